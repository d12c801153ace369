/** SAML connections on the web: where providers post, what we publish about ourselves, and the page that posts a request. */

import { Elysia } from 'elysia';
import { receiveSamlAnswer } from '#core/saml-answer.ts';
import { findPostedRequest, publishMetadata } from '#core/saml-service-provider.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { refuseMethod } from '#routes/http/allow.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { largeBodyParser } from '#routes/http/body.ts';
import type { BrowserBinding } from '#routes/http/browser.ts';
import { originOf } from '#routes/http/context.ts';
import { isNamed } from '#routes/http/etag.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { autoPostPage } from '#routes/pages/page.ts';
import { answerPage, refuseInPerson } from '#routes/pages/page-answer.ts';
import * as docs from './docs.ts';

/** Providers read metadata again now and then; the next certificate is there long before it signs. */
const METADATA_CACHE_SECONDS = 300;

export const saml = (ports: Ports, browser: BrowserBinding) =>
  new Elysia({ name: 'saml', prefix: '/saml/:connectionId' })
    .model(docs.samlModels)
    .onError(refuseWith(ports.log, refuseInPerson()))
    .post(
      '/acs',
      async ({ params, body, request, set }) => {
        const { redirectUri, code, state } = await receiveSamlAnswer(ports, {
          connectionId: params.connectionId,
          message: body.SAMLResponse,
          relayState: body.RelayState,
          browser: browser.read(request),
          origin: originOf(request),
        });
        return answerBodiless(set, 303, { location: withParameters(redirectUri, { code, state }) });
      },
      docs.consume(largeBodyParser('application/x-www-form-urlencoded')),
    )
    // SAML profiles §4.1.2
    .get('/acs', refuseMethod, { detail: { hide: true } })
    .get(
      '/metadata',
      async ({ params, request, set }) => {
        const document = await publishMetadata(ports, params.connectionId);
        const etag = `"${await digest(document)}"`;
        Object.assign(set.headers, { 'cache-control': `public, max-age=${METADATA_CACHE_SECONDS}`, etag });
        delete set.headers['pragma'];
        if (isNamed(etag, request.headers.get('if-none-match'))) return answerBodiless(set, 304);
        set.headers['content-type'] = 'application/samlmetadata+xml';
        return document;
      },
      docs.metadata,
    )
    .get(
      '/request',
      async ({ params, query, set }) => {
        const { action, fields } = await findPostedRequest(ports, params.connectionId, query.state);
        return answerPage(set, await autoPostPage(action, fields));
      },
      docs.request,
    );

/** Adds to the query that a redirect URI may have already. */
function withParameters(redirectUri: string, parameters: Record<string, string | undefined>): string {
  const [base = '', fragment] = redirectUri.split('#', 2);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  const separator = base.includes('?') ? '&' : '?';
  return `${base}${separator}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
