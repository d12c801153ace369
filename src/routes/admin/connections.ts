/** The admin API of connections: make, list, read, change, delete. */
import { Elysia, type Static } from 'elysia';
import { reachConnection, requireReach } from '#core/admin-caller.ts';
import {
  changeConnection,
  createConnection,
  type NewConnection,
  removeConnection,
  requireVersioned,
} from '#core/connection-administration.ts';
import type { ConnectionChange } from '#core/connection-change.ts';
import { reviewConnection } from '#core/connection-review.ts';
import { SsoError } from '#error';
import { listVersionedConnections, type VersionedConnection } from '#ports/db/connection-administration.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { createOnce } from '#routes/http/creation.ts';
import { tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import { connectionCall } from './connection-call.ts';
import * as docs from './connection-docs.ts';
import { connectionModels } from './connection-models.ts';
import { presentConnection } from './connection-resources.ts';
import { withoutMasked } from './mask.ts';
import { openPage } from './page.ts';

/** Mounted behind the check of the caller. */
export const connectionAdmin = (ports: Ports) => {
  const present = (found: VersionedConnection) => presentConnection(found, ports.config.PUBLIC_URL);

  return new Elysia({ name: 'admin connections' })
    .model({ ...problemModels, ...adminHeaderModels, ...connectionModels })
    .post(
      '/organizations/:id/connections',
      async ({ params, body, request, set }) => {
        requireReach(callerOf(request), params.id);
        return createOnce(ports, { body, request, set }, '/admin/v1/connections', async () =>
          presentReviewed(
            ports,
            await createConnection(ports, params.id, withoutMasked(body) as NewConnection, adminOriginOf(request)),
          ),
        );
      },
      docs.create,
    )
    .get(
      '/organizations/:id/connections',
      async ({ params, query, request }) => {
        requireReach(callerOf(request), params.id);
        return listPage(ports, params.id, query, request);
      },
      docs.list,
    )
    .get(
      '/connections/:id',
      async ({ params, request, set }) => {
        await reachConnection(ports, callerOf(request), params.id);
        return tagged(set, present(await requireVersioned(ports, params.id)));
      },
      docs.read,
    )
    .patch(
      '/connections/:id',
      async ({ params, body, request, set }) => {
        const call = await connectionCall(ports, request, params.id);
        const changed = await changeConnection(ports, params.id, withoutMasked(body) as ConnectionChange, call);
        return tagged(set, await presentReviewed(ports, changed));
      },
      docs.update,
    )
    .delete(
      '/connections/:id',
      async ({ params, request, set }) => {
        await removeConnection(ports, params.id, await connectionCall(ports, request, params.id));
        return answerBodiless(set, 204);
      },
      docs.remove,
    );
};

type Query = Static<(typeof connectionModels)['Admin.ConnectionQuery']>;

/** @throws SsoError `not_found`, `input_invalid` */
async function listPage(ports: Ports, organizationId: string, query: Query, request: Request) {
  const { limit, cursor, ...filter } = query;
  const { rows, present } = await openPage(request, { limit, cursor });
  const found = await listVersionedConnections(ports.db, {
    type: undefined,
    status: undefined,
    ...filter,
    ...rows,
    organizationId,
  });
  if (!found) throw new SsoError('not_found');
  const listed = found.map((one) => ({ ...one, id: one.connection.id }));
  return present(listed, (one) => presentConnection(one, ports.config.PUBLIC_URL));
}

/** With what the checks find, as a change is answered. */
async function presentReviewed(ports: Ports, found: VersionedConnection) {
  return presentConnection(found, ports.config.PUBLIC_URL, await reviewConnection(ports, found));
}
