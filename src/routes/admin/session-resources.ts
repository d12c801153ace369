/** The admin API's wire for sessions. */

import { type Static, t } from 'elysia';
import { SsoError } from '#error';
import type { EndedAll } from '#ports/db/session-ends.ts';
import type { ListedSession } from '#ports/db/session-list.ts';
import { answer, choice, closed, count, dateTime, objectId, text } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';
import { nextCursor, pageQuery } from './page.ts';

const STATES = ['live', 'expired', 'ended'] as const;
const optionalId = (description: string) => t.Optional(objectId(description));

const SessionQuery = t.Object({
  ...pageQuery,
  userId: optionalId('Only this user’s.'),
  organizationId: optionalId('Only this organization’s.'),
  connectionId: optionalId('Only over this connection.'),
  state: t.Optional(choice(STATES, 'Only in this state.')),
});
const OWNERS = ['userId', 'organizationId', 'connectionId'] as const;

/** A page of everybody's sessions would be of no use. @throws SsoError `input_invalid`, which names the parameters */
export function requireOwner(query: Static<typeof SessionQuery>): void {
  if (OWNERS.some((name) => query[name] !== undefined)) return;
  const detail = `Expected one of ${OWNERS.join(', ')}`;
  throw new SsoError('input_invalid', { members: OWNERS.map((name) => ({ pointer: `/${name}`, detail })) });
}

const SessionParams = t.Object({ id: objectId('Session id.') });

const SessionModel = closed('One session: what came of one login.', {
  id: objectId('Session id; access tokens name it as `sid`.'),
  userId: objectId('Whose.'),
  email: text('The address that the organization knows the user by.', 254),
  organizationId: objectId('In which organization.'),
  connectionId: objectId('Over which connection.'),
  dialect: choice(['applivery', 'indee', 'pria'], 'The API that it belongs to.'),
  target: choice(['dashboard', 'store', 'sdk'], 'The surface that it counts for.'),
  apiKeyId: optionalId('The API key that it was started with.'),
  state: choice(STATES, 'Whether it may be used.'),
  endReason: t.Optional(text('Why it ended before its time.', 64)),
  createdAt: dateTime('When the login was finished.'),
  lastUsedAt: dateTime('When it was last used, as exact as a minute.'),
  expiresAt: dateTime('Its absolute end.'),
  idleSeconds: t.Optional(count('It ends when it is not used for this long.')),
  endedAt: t.Optional(dateTime('When it was ended, where it was ended alone.')),
  address: t.Optional(text('Where the login came from.', 64)),
  userAgent: t.Optional(text('With what.', 256)),
});

const SessionsEnd = t.Union(
  [
    closed('A user’s.', {
      userId: objectId('The user.'),
      organizationId: optionalId('In this organization alone; absent: in all.'),
    }),
    closed('An organization’s.', { organizationId: objectId('The organization.') }),
    closed('Those over a connection.', { connectionId: objectId('The connection.') }),
  ],
  { description: 'Whose sessions end.' },
);
const SessionsEndedModel = answer('All of them have ended.', {
  endedAt: dateTime('Every session whose login was redeemed until then is over.'),
  sessions: count('Live sessions that ended with this call, among the newest 10,000.'),
});

const SCOPES = new Set(['userId', 'organizationId,userId', 'organizationId', 'connectionId']);

/**
 * A route's `transform`: whose sessions end has to be said in one of these ways. What a union does not know is dropped in silence,
 * and a connection that is named beside its organization would end everybody's.
 * @throws SsoError `input_invalid`
 */
export function requireOneScope({ body }: { body: unknown }): void {
  const named = Object.keys(Object(body)).toSorted().join();
  if (SCOPES.has(named)) return;
  const detail = 'Say whose sessions end by userId, userId and organizationId, organizationId, or connectionId';
  throw new SsoError('input_invalid', { members: [{ pointer: '', detail }] });
}

export const sessionAdminModels = {
  'Admin.SessionQuery': SessionQuery,
  'Admin.SessionParams': SessionParams,
  'Admin.Session': SessionModel,
  'Admin.SessionPage': closed('A page of sessions.', {
    items: t.Array(SessionModel, { description: 'Newest first.' }),
    nextCursor,
  }),
  'Admin.SessionsEnd': SessionsEnd,
  'Admin.SessionsEnded': SessionsEndedModel,
};

export function presentListedSession({ session, email, state, endReason }: ListedSession): Static<typeof SessionModel> {
  const { id, userId, organizationId, connectionId, dialect, target, apiKeyId, idleSeconds, address, userAgent } =
    session;
  return known({
    id,
    userId,
    email,
    organizationId,
    connectionId,
    dialect,
    target,
    apiKeyId,
    state,
    endReason,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    idleSeconds,
    endedAt: session.revokedAt?.toISOString(),
    address,
    userAgent,
  });
}

export function presentSessionsEnded({ endedAt, sessions }: EndedAll): Static<typeof SessionsEndedModel> {
  return { endedAt: endedAt.toISOString(), sessions };
}
