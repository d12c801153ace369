/** The admin API of a connection's versions: list, read, put in use, go back. */
import { Elysia } from 'elysia';
import { reachConnection } from '#core/admin-caller.ts';
import { activateVersion, rollBack } from '#core/connection-activation.ts';
import { SsoError } from '#error';
import {
  listConnectionVersions,
  readConnectionVersion,
  type VersionedConnection,
} from '#ports/db/connection-administration.ts';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from '#routes/http/admin-caller.ts';
import { tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import { connectionCall } from './connection-call.ts';
import * as docs from './connection-docs.ts';
import { connectionModels } from './connection-models.ts';
import { presentConnection, presentVersion, presentVersionPage } from './connection-resources.ts';

const DEFAULT_LIMIT = 50;

/** Mounted behind the check of the caller. */
export const connectionVersionAdmin = (ports: Ports) => {
  const present = (found: VersionedConnection) => presentConnection(found, ports.config.PUBLIC_URL);

  return new Elysia({ name: 'admin connection versions' })
    .model({ ...problemModels, ...adminHeaderModels, ...connectionModels })
    .get(
      '/connections/:id/versions',
      async ({ params, query: { limit = DEFAULT_LIMIT, cursor }, request }) => {
        const connection = await reachConnection(ports, callerOf(request), params.id);
        const page = { connectionId: params.id, limit: limit + 1, before: cursor };
        return presentVersionPage(connection, await listConnectionVersions(ports.db, page), limit);
      },
      docs.versions,
    )
    .get(
      '/connections/:id/versions/:version',
      async ({ params, request, set }) => {
        const connection = await reachConnection(ports, callerOf(request), params.id);
        const version = await readConnectionVersion(ports.db, params.id, params.version);
        if (!version) throw new SsoError('not_found');
        return tagged(set, presentVersion(connection, version));
      },
      docs.version,
    )
    .post(
      '/connections/:id/activate',
      async ({ params, body, request, set }) =>
        tagged(
          set,
          present(await activateVersion(ports, params.id, body ?? {}, await connectionCall(ports, request, params.id))),
        ),
      docs.activate,
    )
    .post(
      '/connections/:id/rollback',
      async ({ params, request, set }) =>
        tagged(set, present(await rollBack(ports, params.id, await connectionCall(ports, request, params.id)))),
      docs.rollback,
    );
};
