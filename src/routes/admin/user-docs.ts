/** What the admin API's routes of users and memberships say of themselves. */
import { bodyParser, PATCH_TYPES } from '#routes/http/body.ts';
import { CHANGE_REFUSALS, CREATION_REFUSALS, createdOf, taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';

const parse = bodyParser('application/json');
const parsePatch = bodyParser(...PATCH_TYPES);
const described = { tag: 'Users', security: ['adminKey'] } as const;
const creation = problems('not_found', 'conflict', ...CREATION_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS);
const change = problems(...CHANGE_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS);
const reading = problems('not_found', ...ADMIN_REFUSALS);

const membership = {
  id: '6735a1c19f3b2e4d8c7a6b56',
  organizationId: '507f1f77bcf86cd799439024',
  userId: '507f1f77bcf86cd799439023',
  email: 'ada@acme.example',
  role: 'admin',
  groups: [{ source: 'oidc', name: 'engineering' }],
  status: 'active',
  createdAt: '2026-02-03T15:30:00.123Z',
};
const wanted = { email: membership.email, firstName: 'Ada', lastName: 'Lovelace', role: 'admin' };
const user = {
  id: membership.userId,
  email: membership.email,
  emailVerified: true,
  firstName: 'Ada',
  lastName: 'Lovelace',
  status: 'active',
  memberships: [membership],
  createdAt: '2026-02-03T15:30:00.123Z',
  updatedAt: '2026-02-03T15:30:00.123Z',
};

export const createUser = {
  params: 'Admin.MemberParams',
  headers: 'Admin.CreationHeaders',
  parse,
  ...describe({
    ...described,
    operationId: 'createUser',
    summary: 'Make a user before the first login',
    description:
      'A member of the organization who has not signed in yet. The first login over a connection that is trusted for the address finds it and becomes theirs; where `jit` is off, this is how people come in. Where group rules decide roles, the login’s decision replaces `role`.',
    body: { model: 'Admin.NewUser', examples: { default: { value: wanted } } },
    answers: { 201: createdOf('Admin.User', 'The user.', user), ...creation },
  }),
} as const;

export const listUsers = {
  params: 'Admin.MemberParams',
  query: 'Admin.UserQuery',
  ...describe({
    ...described,
    operationId: 'listUsers',
    summary: 'Users of an organization',
    description: 'By newest membership. `status` looks at the user and the membership together.',
    answers: {
      200: answerOf('Admin.UserPage', 'A page.', { items: [user], nextCursor: `${user.id}.w7Hk2-Qe` }),
      ...reading,
    },
  }),
} as const;

export const readUser = {
  params: 'Admin.UserParams',
  ...describe({
    ...described,
    operationId: 'readUser',
    summary: 'One user',
    description: 'With the memberships within the key’s reach.',
    answers: { 200: taggedOf('Admin.User', 'The user.', user), ...reading },
  }),
} as const;

export const updateUser = {
  params: 'Admin.UserParams',
  headers: 'Admin.ChangeHeaders',
  parse: parsePatch,
  ...describe({
    ...described,
    operationId: 'updateUser',
    summary: 'Change or deactivate a user',
    description:
      'The record that all organizations of the user share: a key that does not reach all of them is refused (403), and changes the membership instead. Takes effect at once, on every replica. Another `status` ends the sessions that there are, and they stay ended when it is put back. A declaration that names a member sets it again at the next start.',
    body: {
      model: 'Admin.UserChange',
      contentTypes: PATCH_TYPES,
      examples: {
        default: { value: { status: 'deactivated' } },
        attributes: { value: { attributes: { pria: { plan: 'team' }, applivery: null } } },
      },
    },
    answers: { 200: taggedOf('Admin.User', 'As it is now.', { ...user, status: 'deactivated' }), ...change },
  }),
} as const;

export const createMembership = {
  params: 'Admin.MemberParams',
  headers: 'Admin.CreationHeaders',
  parse,
  ...describe({
    ...described,
    operationId: 'createMembership',
    summary: 'Make a user a member',
    description:
      'Of one more organization. The key has to reach it and every organization that the user belongs to, since they share the record.',
    body: { model: 'Admin.NewMembership', examples: { default: { value: { userId: user.id, role: 'user' } } } },
    answers: { 201: createdOf('Admin.Membership', 'The membership.', membership), ...creation },
  }),
} as const;

export const listMemberships = {
  params: 'Admin.MemberParams',
  query: 'Admin.MembershipQuery',
  ...describe({
    ...described,
    operationId: 'listMemberships',
    summary: 'Memberships of an organization',
    description: 'Newest first. `status` looks at the user and the membership together.',
    answers: {
      200: answerOf('Admin.MembershipPage', 'A page.', {
        items: [membership],
        nextCursor: `${membership.id}.w7Hk2-Qe`,
      }),
      ...reading,
    },
  }),
} as const;

export const readMembership = {
  params: 'Admin.MembershipParams',
  ...describe({
    ...described,
    operationId: 'readMembership',
    summary: 'One membership',
    description: 'As it stands now.',
    answers: { 200: taggedOf('Admin.Membership', 'The membership.', membership), ...reading },
  }),
} as const;

export const updateMembership = {
  params: 'Admin.MembershipParams',
  headers: 'Admin.ChangeHeaders',
  parse: parsePatch,
  ...describe({
    ...described,
    operationId: 'updateMembership',
    summary: 'Change a membership',
    description:
      'The role, or whether the user may sign in to this organization; others stay as they are. Takes effect at once, on every replica. Another `status` ends the sessions in this organization. Where group rules decide roles, the next login decides anew. Members are deactivated, not removed: who is removed would come back with the next login.',
    body: {
      model: 'Admin.MembershipChange',
      contentTypes: PATCH_TYPES,
      examples: { default: { value: { role: 'admin' } } },
    },
    answers: { 200: taggedOf('Admin.Membership', 'As it is now.', membership), ...change },
  }),
} as const;
