/** What the admin API's routes of sessions say of themselves. */
import { bodyParser } from '#routes/http/body.ts';
import { CHANGE_REFUSALS, taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';
import { requireOneScope } from './session-resources.ts';

const described = { tag: 'Users', security: ['adminKey'] } as const;

const session = {
  id: '6735a1c19f3b2e4d8c7a6b53',
  userId: '507f1f77bcf86cd799439023',
  email: 'ada@acme.example',
  organizationId: '507f1f77bcf86cd799439024',
  connectionId: '507f1f77bcf86cd799439029',
  dialect: 'applivery',
  target: 'dashboard',
  state: 'live',
  createdAt: '2026-02-03T15:30:00.123Z',
  lastUsedAt: '2026-02-03T15:45:00.000Z',
  expiresAt: '2026-03-05T15:30:00.123Z',
  idleSeconds: 604800,
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
};

export const list = {
  query: 'Admin.SessionQuery',
  ...describe({
    ...described,
    operationId: 'listSessions',
    summary: 'Sessions',
    description: 'Of a user, an organization or over a connection (one of them has to be named), newest first.',
    answers: {
      200: answerOf('Admin.SessionPage', 'A page.', { items: [session], nextCursor: `${session.id}.w7Hk2-Qe` }),
      ...problems(...ADMIN_REFUSALS),
    },
  }),
} as const;

export const read = {
  params: 'Admin.SessionParams',
  ...describe({
    ...described,
    operationId: 'readSession',
    summary: 'One session',
    description: 'As it stands now.',
    answers: { 200: taggedOf('Admin.Session', 'The session.', session), ...problems('not_found', ...ADMIN_REFUSALS) },
  }),
} as const;

export const end = {
  params: 'Admin.SessionParams',
  headers: 'Admin.ChangeHeaders',
  ...describe({
    ...described,
    operationId: 'endSession',
    summary: 'End a session',
    description:
      'Its access tokens and its refresh token stop working at once, on every replica. Ending it twice is no error.',
    answers: { 204: bodiless('It has ended.'), ...problems(...CHANGE_REFUSALS, ...ADMIN_REFUSALS) },
  }),
} as const;

export const endAll = {
  parse: bodyParser('application/json'),
  transform: requireOneScope,
  ...describe({
    ...described,
    operationId: 'endSessions',
    summary: 'End all sessions of somebody',
    description:
      'Of a user, a member of one organization, an organization, or over a connection: whoever signed in until now has to sign in again. Works at once, on every replica, however many they are.',
    body: {
      model: 'Admin.SessionsEnd',
      examples: {
        user: { value: { userId: session.userId } },
        member: { value: { userId: session.userId, organizationId: session.organizationId } },
        organization: { value: { organizationId: session.organizationId } },
        connection: { value: { connectionId: session.connectionId } },
      },
    },
    answers: {
      200: answerOf('Admin.SessionsEnded', 'They have ended.', { endedAt: '2026-02-03T16:00:00.000Z', sessions: 3 }),
      ...problems('not_found', ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;
