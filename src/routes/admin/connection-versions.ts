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
import { presentConnection, presentVersion } from './connection-resources.ts';
import { openPage } from './page.ts';

/** Mounted behind the check of the caller. */
export const connectionVersionAdmin = (ports: Ports) => {
  const present = (found: VersionedConnection) => presentConnection(found, ports.config.PUBLIC_URL);

  return new Elysia({ name: 'admin connection versions' })
    .model({ ...problemModels, ...adminHeaderModels, ...connectionModels })
    .get(
      '/connections/:id/versions',
      async ({ params, query, request }) => {
        const connection = await reachConnection(ports, callerOf(request), params.id);
        const { rows, present } = await openPage(request, query, 'number');
        const before = rows.before === undefined ? undefined : Number(rows.before);
        const found = await listConnectionVersions(ports.db, { connectionId: params.id, limit: rows.limit, before });
        const versions = found.map((version) => ({ ...version, id: String(version.version) }));
        return present(versions, (version) => presentVersion(connection, version));
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
      async ({ params, body, request, set }) => {
        const call = await connectionCall(ports, request, params.id);
        return tagged(set, present(await rollBack(ports, params.id, body ?? {}, call)));
      },
      docs.rollback,
    );
};
