/** The admin API of what a connection is like before it is in use: its checks, and links for test logins. */
import { Elysia } from 'elysia';
import { reachConnection } from '#core/admin-caller.ts';
import { checkConnection } from '#core/connection-checks.ts';
import { viewConnection } from '#core/connection-review.ts';
import { createTest } from '#core/connection-test.ts';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from '#routes/http/admin-caller.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as docs from './connection-docs.ts';
import { connectionModels } from './connection-models.ts';
import { presentTest } from './connection-resources.ts';

/** Mounted behind the check of the caller. */
export const connectionTestAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin connection tests' })
    .model({ ...problemModels, ...connectionModels })
    .get(
      '/connections/:id/check',
      async ({ params, query, request }) => {
        await reachConnection(ports, callerOf(request), params.id);
        const { connection } = await viewConnection(ports, params.id, query.version);
        const problems = await checkConnection(ports, connection);
        const usable = problems.every(({ severity }) => severity !== 'error');
        return { version: connection.version, usable, problems };
      },
      docs.check,
    )
    .post(
      '/connections/:id/test',
      async ({ params, body, request, set }) => {
        await reachConnection(ports, callerOf(request), params.id);
        const { token, test } = await createTest(ports, params.id, body ?? {});
        set.status = 201;
        return presentTest(token, test, ports.config.PUBLIC_URL);
      },
      docs.test,
    );
