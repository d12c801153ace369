/** The pages of a test login: the link, the way to the provider, and what came of it. For people, with a browser. */
import { Elysia } from 'elysia';
import { findTest, finishTest, startTest } from '#core/connection-test.ts';
import { SSO_ERRORS, SsoError, type SsoErrorCode } from '#error';
import type { ConnectionTest } from '#ports/db/connection-schema.ts';
import { readConnection } from '#ports/db/connections.ts';
import { readLogin } from '#ports/db/traces.ts';
import type { Ports } from '#ports/ports.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { contextOf, originOf } from '#routes/http/context.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { autoPostPage, testPage } from '#routes/pages/page.ts';
import { answerPage, refuseInPerson } from '#routes/pages/page-answer.ts';
import * as docs from './docs.ts';

interface Outgoing {
  status?: number | string;
  headers: Record<string, string | number>;
}

export const connectionTest = (ports: Ports) =>
  new Elysia({ name: 'connection test', prefix: '/connections/test' })
    .model(docs.connectionTestModels)
    .onError(refuseWith(ports.log, refuseInPerson('The test did not work')))
    .get(
      '/callback',
      async ({ query, request, set }) => {
        const test = await finishTest(ports, query, originOf(request));
        if (!test) throw new SsoError('state_invalid');
        return show(ports, set, request, test);
      },
      docs.callback,
    )
    .get(
      '/:token',
      async ({ params, query, request, set }) => {
        const { test, expired } = await findTest(ports, params.token);
        if (test.outcome) return show(ports, set, request, test);
        if (expired) throw new SsoError('state_expired');
        if (query.start === undefined) return show(ports, set, request, test);
        const message = await startTest(ports, params.token, originOf(request));
        if (!message) return show(ports, set, request, (await findTest(ports, params.token)).test);
        if (message.binding === 'redirect') return answerBodiless(set, 303, { location: message.url.href });
        return answerPage(set, await autoPostPage(message.form.action, message.form.fields));
      },
      docs.link,
    )
    .post(
      '/:token',
      async ({ params, body, request, set }) => {
        const { test } = await findTest(ports, params.token);
        const given = responseIn(body.address);
        const found = await finishTest(ports, given, originOf(request));
        if (found?.id !== test.id) throw new SsoError('state_invalid');
        return answerBodiless(set, 303, { location: `/connections/test/${params.token}` });
      },
      docs.answer,
    );

/** The authorization response in the address that somebody landed on, in its query or its fragment. */
function responseIn(address: string) {
  const url = URL.parse(address.trim());
  const query = new URLSearchParams(url?.search || url?.hash.replace(/^#/, '') || '');
  const read = (name: string) => query.get(name) ?? undefined;
  return { state: read('state'), code: read('code'), iss: read('iss'), error: read('error') };
}

async function show(ports: Ports, set: Outgoing, request: Request, test: ConnectionTest): Promise<string> {
  const connection = await readConnection(ports.db, test.connectionId);
  const page = { connection: connection?.slug ?? '', requestId: contextOf(request).requestId };
  if (!test.outcome) return answerPage(set, await testPage(page));
  const login = test.loginId ? await readLogin(ports.db, test.loginId) : undefined;
  const failed = (login?.checks ?? []).filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
  const told = test.reason ? { reason: test.reason, sentence: SSO_ERRORS[test.reason as SsoErrorCode] } : {};
  return answerPage(set, await testPage({ ...page, outcome: { passed: test.outcome === 'passed', failed, ...told } }));
}
