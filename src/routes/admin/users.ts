/** The admin API of users and memberships: make, list, read, change. */
import { Elysia } from 'elysia';
import { type AdminCaller, reachUser, requireAll, requireReach, requireWholeUser } from '#core/admin-caller.ts';
import { changeMembership, changeUser, createMembership, createUser } from '#core/user-administration.ts';
import { SsoError } from '#error';
import type { Membership } from '#ports/db/schema.ts';
import { listMemberships, listUsers, type MemberOfSome, readMembership } from '#ports/db/users.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { createOnce } from '#routes/http/creation.ts';
import { ifMatch, tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import { requireEmail } from './login-filter.ts';
import { openPage } from './page.ts';
import * as docs from './user-docs.ts';
import { presentMembership, presentUser, userModels } from './user-resources.ts';

/** Mounted behind the check of the caller. */
export const userAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin users' })
    .model({ ...problemModels, ...adminHeaderModels, ...userModels })
    .post(
      '/organizations/:id/users',
      async ({ params, body, request, set }) => {
        const caller = callerOf(request);
        requireReach(caller, params.id);
        return createOnce(ports, { body, request, set }, '/admin/v1/users', async () =>
          presentUser(caller, await createUser(ports, params.id, body, { caller, origin: adminOriginOf(request) })),
        );
      },
      docs.createUser,
    )
    .get(
      '/organizations/:id/users',
      async ({ params, query: { limit, cursor, email, status }, request }) => {
        const caller = callerOf(request);
        requireReach(caller, params.id);
        const { rows, present } = await openPage(request, { limit, cursor });
        const page = { ...rows, organizationId: params.id, email: addressOf(email), status };
        const found = await listUsers(ports.db, page);
        if (!found) throw new SsoError('not_found');
        const listed = found.map((one) => ({ ...one, id: one.user.id }));
        return present(listed, (one) => presentUser(caller, one));
      },
      docs.listUsers,
    )
    .get(
      '/users/:id',
      async ({ params, request, set }) => {
        const caller = callerOf(request);
        return tagged(set, presentUser(caller, await reachUser(ports, caller, params.id)));
      },
      docs.readUser,
    )
    .patch(
      '/users/:id',
      async ({ params, body, request, set }) => {
        const caller = callerOf(request);
        await requireWholeUser(ports, caller, params.id);
        // and again under the lock: they may be a member elsewhere by then
        const precondition = async (current: MemberOfSome) => {
          const organizations = current.memberships.map(({ organizationId }) => organizationId);
          requireAll(caller, organizations);
          await ifMatch(request)(presentUser(caller, current));
        };
        const call = { caller, origin: adminOriginOf(request), precondition };
        return tagged(set, presentUser(caller, await changeUser(ports, params.id, body, call)));
      },
      docs.updateUser,
    )
    .use(membershipAdmin(ports));

const membershipAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin memberships' })
    .model({ ...problemModels, ...adminHeaderModels, ...userModels })
    .post(
      '/organizations/:id/memberships',
      async ({ params, body, request, set }) => {
        requireReach(callerOf(request), params.id);
        await requireWholeUser(ports, callerOf(request), body.userId);
        return createOnce(ports, { body, request, set }, '/admin/v1/memberships', async () =>
          presentMembership(await createMembership(ports, params.id, body, adminOriginOf(request))),
        );
      },
      docs.createMembership,
    )
    .get(
      '/organizations/:id/memberships',
      async ({ params, query: { limit, cursor, ...filter }, request }) => {
        requireReach(callerOf(request), params.id);
        const { rows, present } = await openPage(request, { limit, cursor });
        const found = await listMemberships(ports.db, { ...filter, ...rows, organizationId: params.id });
        if (!found) throw new SsoError('not_found');
        return present(found, presentMembership);
      },
      docs.listMemberships,
    )
    .get(
      '/memberships/:id',
      async ({ params, request, set }) =>
        tagged(set, presentMembership(await reachMembership(ports, callerOf(request), params.id))),
      docs.readMembership,
    )
    .patch(
      '/memberships/:id',
      async ({ params, body, request, set }) => {
        await reachMembership(ports, callerOf(request), params.id);
        const precondition = (current: Membership) => ifMatch(request)(presentMembership(current));
        const call = { origin: adminOriginOf(request), precondition };
        return tagged(set, presentMembership(await changeMembership(ports, params.id, body, call)));
      },
      docs.updateMembership,
    );

/** @throws SsoError `input_invalid` */
function addressOf(email: string | undefined): string | undefined {
  return email === undefined ? undefined : requireEmail(email);
}

/** @throws SsoError `not_found` when there is none, or none within reach */
async function reachMembership(ports: Ports, caller: AdminCaller, id: string): Promise<Membership> {
  const found = await readMembership(ports.db, id);
  if (!found) throw new SsoError('not_found');
  requireReach(caller, found.organizationId);
  return found;
}
