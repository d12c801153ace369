/** The admin API's switches: whether a user may be used. */

import { Elysia } from 'elysia';
import { requireWholeUser } from '#core/admin-caller.ts';
import { changeUse } from '#core/revocation.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { bodyParser } from '#routes/http/body.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import { refuseUnknown } from '#routes/http/refused-members.ts';
import { sessionAdminModels, UserStanding } from './session-resources.ts';

const EXAMPLE = {
  userId: '507f1f77bcf86cd799439023',
};
const standingOf = (tag: 'Users') =>
  ({
    tag,
    security: ['adminKey'],
    description:
      'Takes effect at once, on every replica. Sessions that there are end, and stay ended when it is switched on again. A declaration that names the status sets it again at the next start.',
  }) as const;
const refusals = problems('not_found', ...ADMIN_REFUSALS, ...INPUT_REFUSALS);
const parse = bodyParser('application/json');

const userDocs = {
  params: 'Admin.StandingParams',
  parse,
  transform: refuseUnknown(UserStanding),
  ...describe({
    ...standingOf('Users'),
    operationId: 'updateUser',
    summary: 'Deactivate or activate a user',
    body: { model: 'Admin.UserStandingChange', examples: { default: { value: { status: 'deactivated' } } } },
    answers: {
      200: answerOf('Admin.UserStanding', 'As it is now.', { id: EXAMPLE.userId, status: 'deactivated' }),
      ...refusals,
    },
  }),
} as const;

/** Mounted behind the operator's key. */
export const standingAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin standing' }).model({ ...problemModels, ...sessionAdminModels }).patch(
    '/users/:id',
    async ({ params: { id }, body: { status }, request }) => {
      await requireWholeUser(ports, callerOf(request), id);
      const standing = status === 'active' ? 'active' : 'disabled';
      await changeUse(ports, 'user', { id, standing }, adminOriginOf(request));
      return { id, status };
    },
    userDocs,
  );
