/** The admin API of sessions: see them, end one, end all. */

import { Elysia } from 'elysia';
import { endSession, endSessions } from '#core/revocation.ts';
import { SsoError } from '#error';
import { listSessions, readSession } from '#ports/db/session-list.ts';
import type { Ports } from '#ports/ports.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { originOf } from '#routes/http/context.ts';
import { problemModels } from '#routes/http/problem.ts';
import { presentPage } from './resources.ts';
import * as docs from './session-docs.ts';
import { presentListedSession, presentSessionsEnded, requireOwner, sessionAdminModels } from './session-resources.ts';

const DEFAULT_LIMIT = 50;
const OPERATOR = { type: 'operator', id: null } as const;

/** Mounted behind the operator's key. */
export const sessionAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin sessions' })
    .model({ ...problemModels, ...sessionAdminModels })
    .get(
      '/sessions',
      async ({ query: { limit = DEFAULT_LIMIT, cursor, ...filter } }) => {
        requireOwner(filter);
        const found = await listSessions(ports.db, { ...filter, before: cursor, limit: limit + 1 });
        const rows = found.map((listed) => ({ ...listed, id: listed.session.id }));
        return presentPage(rows, limit, presentListedSession);
      },
      docs.list,
    )
    .get(
      '/sessions/:id',
      async ({ params }) => {
        const found = await readSession(ports.db, params.id);
        if (!found) throw new SsoError('not_found');
        return presentListedSession(found);
      },
      docs.read,
    )
    .delete(
      '/sessions/:id',
      async ({ params, request, set }) => {
        if (!(await readSession(ports.db, params.id))) throw new SsoError('not_found');
        await endSession(ports, params.id, OPERATOR, originOf(request), 'ended_by_operator');
        return answerBodiless(set, 204);
      },
      docs.end,
    )
    .post(
      '/sessions/end',
      async ({ body, request }) => presentSessionsEnded(await endSessions(ports, body, originOf(request))),
      docs.endAll,
    );
