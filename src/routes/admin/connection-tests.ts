/** The admin API of what a connection is like before it is in use: its checks, and links for test logins. */
import { Elysia } from 'elysia';
import { reachConnection } from '#core/admin-caller.ts';
import { checkConnection } from '#core/connection-checks.ts';
import { viewConnection } from '#core/connection-review.ts';
import { createTest } from '#core/connection-test.ts';
import { SsoError } from '#error';
import { readTestOfConnection } from '#ports/db/connection-tests.ts';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from '#routes/http/admin-caller.ts';
import { createOnce } from '#routes/http/creation.ts';
import { tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as docs from './connection-docs.ts';
import { connectionModels } from './connection-models.ts';
import { presentTest } from './connection-resources.ts';

/** Mounted behind the check of the caller. */
export const connectionTestAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin connection tests' })
    .model({ ...problemModels, ...adminHeaderModels, ...connectionModels })
    .get(
      '/connections/:id/check',
      async ({ params, query, request }) => {
        await reachConnection(ports, callerOf(request), params.id);
        const { connection } = await viewConnection(ports, params.id, query.version);
        const { problems, clientCredentials } = await checkConnection(ports, connection);
        const usable = problems.every(({ severity }) => severity !== 'error');
        return {
          version: connection.version,
          usable,
          problems: [...problems],
          ...(clientCredentials && { clientCredentials }),
        };
      },
      docs.check,
    )
    .post(
      '/connections/:id/test',
      async ({ params: { id }, body, request, set }) => {
        await reachConnection(ports, callerOf(request), id);
        return createOnce(ports, { body, request, set }, `/admin/v1/connections/${id}/tests`, async () => {
          const { token, test } = await createTest(ports, id, body ?? {});
          return presentTest(test, `${ports.config.PUBLIC_URL}/connections/test/${token}`);
        });
      },
      docs.test,
    )
    .get(
      '/connections/:id/tests/:testId',
      async ({ params: { id, testId }, request, set }) => {
        await reachConnection(ports, callerOf(request), id);
        const test = await readTestOfConnection(ports.db, { id: testId, connectionId: id });
        if (!test) throw new SsoError('not_found');
        return tagged(set, presentTest(test));
      },
      docs.readTest,
    );
