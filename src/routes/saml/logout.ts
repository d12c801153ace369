/** Single logout on the web (SAML profiles §4.4): where providers send their messages, and the page that posts ours. */
import { Elysia } from 'elysia';
import { findLogoutRequest } from '#core/provider-logout.ts';
import { type LogoutOutcome, receiveLogoutMessage } from '#core/single-logout.ts';
import { SsoError } from '#error';
import type { Ports } from '#ports/ports.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { largeBodyParser } from '#routes/http/body.ts';
import { originOf } from '#routes/http/context.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { logoutPage, signedOutPage } from '#routes/pages/page.ts';
import { answerPage, conveyLogout, refuseInPerson } from '#routes/pages/page-answer.ts';
import * as docs from './logout-docs.ts';

export const samlLogout = (ports: Ports) =>
  new Elysia({ name: 'saml logout', prefix: '/saml/:connectionId' })
    .model(docs.samlLogoutModels)
    .onError(refuseWith(ports.log, refuseInPerson('Signing out did not work')))
    .get(
      '/slo',
      async ({ params: { connectionId }, query, request, set }) => {
        const name = query.SAMLRequest === undefined ? 'SAMLResponse' : 'SAMLRequest';
        // the signature covers the octets that came, not what was made of them
        const [, rawQuery = ''] = request.url.split(/\?(.*)/s);
        const received = { binding: 'redirect', name, rawQuery } as const;
        return conclude(set, await receiveLogoutMessage(ports, { connectionId, received, origin: originOf(request) }));
      },
      docs.redirected,
    )
    .post(
      '/slo',
      async ({ params: { connectionId }, body, request, set }) => {
        const received = { binding: 'post', ...postedMessage(body), relayState: body.RelayState } as const;
        return conclude(set, await receiveLogoutMessage(ports, { connectionId, received, origin: originOf(request) }));
      },
      docs.posted(largeBodyParser('application/x-www-form-urlencoded')),
    )
    .get(
      '/logout',
      async ({ params, query, set }) =>
        conveyLogout(set, await findLogoutRequest(ports, params.connectionId, query.session ?? '')),
      docs.page,
    );

/** One message, as in the Redirect binding. */
function postedMessage({ SAMLRequest, SAMLResponse }: { SAMLRequest?: string; SAMLResponse?: string }) {
  if (SAMLRequest !== undefined && SAMLResponse === undefined)
    return { name: 'SAMLRequest', message: SAMLRequest } as const;
  if (SAMLResponse !== undefined && SAMLRequest === undefined)
    return { name: 'SAMLResponse', message: SAMLResponse } as const;
  throw new SsoError('saml_structure', { detail: 'the form must hold one message' });
}

interface Outgoing {
  status?: number | string;
  headers: Record<string, string | number>;
}

async function conclude(set: Outgoing, outcome: LogoutOutcome): Promise<string> {
  if ('answer' in outcome) {
    const { answer } = outcome;
    return answer.binding === 'redirect'
      ? answerBodiless(set, 302, { location: answer.url.href })
      : answerPage(set, await logoutPage(answer.form, framingOrigin(answer.form.action)));
  }
  return outcome.redirectUri === null
    ? answerPage(set, await signedOutPage())
    : answerBodiless(set, 302, { location: outcome.redirectUri });
}

/** Where a page of ours may be framed; a name that a policy would read as more than one is nobody's. */
function framingOrigin(action: string): string | undefined {
  const { origin } = new URL(action);
  return /^https?:\/\/(?:[a-z\d.-]+|\[[\da-f:.]+\])(?::\d+)?$/.test(origin) ? origin : undefined;
}
