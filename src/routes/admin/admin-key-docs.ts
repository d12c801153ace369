/** What the admin API's routes of admin keys say of themselves. */
import { bodyParser, PATCH_TYPES } from '#routes/http/body.ts';
import { CHANGE_REFUSALS, CREATION_REFUSALS, createdOf, taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';

const parse = bodyParser('application/json');
const parsePatch = bodyParser(...PATCH_TYPES);
const described = { tag: 'Admin keys', security: ['adminKey'] } as const;

const wanted = {
  name: 'support of Acme',
  organizations: ['507f1f77bcf86cd799439024'],
  access: 'read',
  expiresAt: '2100-01-01T00:00:00Z',
};
const adminKey = {
  id: '6735a1c19f3b2e4d8c7a6b55',
  name: wanted.name,
  prefix: 'vsa_J7wz',
  organizations: wanted.organizations,
  access: wanted.access,
  createdAt: '2026-02-03T15:30:00.123Z',
  expiresAt: '2100-01-01T00:00:00.000Z',
  lastUsedAt: '2026-02-03T15:45:00.000Z',
};
const { lastUsedAt: _unused, ...fresh } = adminKey;

export const create = {
  headers: 'Admin.CreationHeaders',
  parse,
  ...describe({
    ...described,
    operationId: 'createAdminKey',
    summary: 'Make an admin key',
    description:
      'A key for this API that reaches some organizations or all, and reads or writes. What it does not reach is answered as if it were not there. The answer holds the key, of which only a digest is kept (with an Idempotency-Key the answer itself is kept too, sealed, for 24 hours).',
    body: { model: 'Admin.NewAdminKey', examples: { default: { value: wanted } } },
    answers: {
      201: createdOf('Admin.IssuedAdminKey', 'The key, this once.', {
        ...fresh,
        key: 'vsa_J7wzExampleExampleExampleExampleExampleExam_00000000',
      }),
      ...problems('conflict', ...CREATION_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const list = {
  query: 'Admin.AdminKeyQuery',
  ...describe({
    ...described,
    operationId: 'listAdminKeys',
    summary: 'Admin keys',
    description: 'All of them, newest first; the operator’s own key is not among them.',
    answers: {
      200: answerOf('Admin.AdminKeyPage', 'A page.', { items: [adminKey], nextCursor: `${adminKey.id}.w7Hk2-Qe` }),
      ...problems(...ADMIN_REFUSALS),
    },
  }),
} as const;

export const read = {
  params: 'Admin.AdminKeyParams',
  ...describe({
    ...described,
    operationId: 'readAdminKey',
    summary: 'One admin key',
    description: 'As it stands now.',
    answers: { 200: taggedOf('Admin.AdminKey', 'The key.', adminKey), ...problems('not_found', ...ADMIN_REFUSALS) },
  }),
} as const;

export const update = {
  params: 'Admin.AdminKeyParams',
  headers: 'Admin.ChangeHeaders',
  parse: parsePatch,
  ...describe({
    ...described,
    operationId: 'updateAdminKey',
    summary: 'Change an admin key',
    description:
      'Its name, its reach or its expiry; works at once, on every replica. A revoked key is refused (409) and stays as it is.',
    body: {
      model: 'Admin.AdminKeyChange',
      contentTypes: PATCH_TYPES,
      examples: { default: { value: { access: 'write', expiresAt: null } } },
    },
    answers: {
      200: taggedOf('Admin.AdminKey', 'As it is now.', fresh),
      ...problems('conflict', ...CHANGE_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const revoke = {
  params: 'Admin.AdminKeyParams',
  headers: 'Admin.ChangeHeaders',
  ...describe({
    ...described,
    operationId: 'revokeAdminKey',
    summary: 'Revoke an admin key',
    description: 'Refused at once, on every replica, and for good. Revoking it twice is no error.',
    answers: { 204: bodiless('It is revoked.'), ...problems(...CHANGE_REFUSALS, ...ADMIN_REFUSALS) },
  }),
} as const;
