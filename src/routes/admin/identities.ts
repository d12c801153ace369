/** The admin API of identities: whom connections know a user as, and the end of one that is no longer right. */
import { Elysia } from 'elysia';
import { type AdminCaller, reachUser, requireReach } from '#core/admin-caller.ts';
import { unlinkIdentity } from '#core/identity-administration.ts';
import { SsoError } from '#error';
import { listIdentities, type PlacedIdentity, readIdentity } from '#ports/db/identities.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { ifMatch, tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as docs from './identity-docs.ts';
import { identityModels, presentIdentity } from './identity-resources.ts';
import { openPage } from './page.ts';

/** Mounted behind the check of the caller. */
export const identityAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin identities' })
    .model({ ...problemModels, ...adminHeaderModels, ...identityModels })
    .get(
      '/users/:id/identities',
      async ({ params, query, request }) => {
        const caller = callerOf(request);
        await reachUser(ports, caller, params.id);
        const within = caller.organizations === 'all' ? null : caller.organizations;
        const { rows, present } = await openPage(request, query);
        const page = { userId: params.id, within, ...rows };
        const found = (await listIdentities(ports.db, page)).map((one) => ({ ...one, id: one.identity.id }));
        return present(found, presentIdentity);
      },
      docs.list,
    )
    .get(
      '/identities/:id',
      async ({ params, request, set }) =>
        tagged(set, presentIdentity(await reachIdentity(ports, callerOf(request), params.id))),
      docs.read,
    )
    .delete(
      '/identities/:id',
      async ({ params, request, set }) => {
        const placed = await reachIdentity(ports, callerOf(request), params.id);
        const precondition = (current: PlacedIdentity) => ifMatch(request)(presentIdentity(current));
        await unlinkIdentity(ports, placed, { origin: adminOriginOf(request), precondition });
        return answerBodiless(set, 204);
      },
      docs.remove,
    );

/** @throws SsoError `not_found` when there is none, or none over a connection within reach */
async function reachIdentity(ports: Ports, caller: AdminCaller, id: string): Promise<PlacedIdentity> {
  const found = await readIdentity(ports.db, id);
  if (!found) throw new SsoError('not_found');
  requireReach(caller, found.organizationId);
  return found;
}
