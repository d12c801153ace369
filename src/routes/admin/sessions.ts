/** The admin API of sessions: see them, end one, end all. */

import { Elysia } from 'elysia';
import { type AdminCaller, requireReach } from '#core/admin-caller.ts';
import { endSession, endSessions } from '#core/revocation.ts';
import { SsoError } from '#error';
import { type ListedSession, listSessions, readSession } from '#ports/db/session-list.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { originOf } from '#routes/http/context.ts';
import { ifMatch, tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import { openPage } from './page.ts';
import * as docs from './session-docs.ts';
import { presentListedSession, presentSessionsEnded, requireOwner, sessionAdminModels } from './session-resources.ts';

/** Mounted behind the operator's key. */
export const sessionAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin sessions' })
    .model({ ...problemModels, ...adminHeaderModels, ...sessionAdminModels })
    .get(
      '/sessions',
      async ({ query: { limit, cursor, ...filter }, request }) => {
        requireOwner(filter);
        const { rows, present } = await openPage(request, { limit, cursor });
        const { organizations } = callerOf(request);
        const within = organizations === 'all' ? undefined : organizations;
        const found = await listSessions(ports.db, { ...filter, ...rows, within });
        const listed = found.map((one) => ({ ...one, id: one.session.id }));
        return present(listed, presentListedSession);
      },
      docs.list,
    )
    .get(
      '/sessions/:id',
      async ({ params, request, set }) =>
        tagged(set, presentListedSession(await reachSession(ports, callerOf(request), params.id))),
      docs.read,
    )
    .delete(
      '/sessions/:id',
      async ({ params, request, set }) => {
        const caller = callerOf(request);
        const found = await reachSession(ports, caller, params.id);
        // whoever is faster than this look has ended it as well: no lock is needed
        await ifMatch(request)(presentListedSession(found));
        const actor = { type: 'operator', id: caller.keyId } as const;
        await endSession(ports, params.id, actor, originOf(request), 'ended_by_operator');
        return answerBodiless(set, 204);
      },
      docs.end,
    )
    .post(
      '/sessions/end',
      async ({ body, request }) =>
        presentSessionsEnded(await endSessions(ports, callerOf(request), body, adminOriginOf(request))),
      docs.endAll,
    );

/** @throws SsoError `not_found` when there is none, or none within reach */
async function reachSession(ports: Ports, caller: AdminCaller, id: string): Promise<ListedSession> {
  const found = await readSession(ports.db, id);
  if (!found) throw new SsoError('not_found');
  requireReach(caller, found.session.organizationId);
  return found;
}
