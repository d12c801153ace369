/** What the admin API's routes of API keys say of themselves. */
import { bodyParser, PATCH_TYPES } from '#routes/http/body.ts';
import { CHANGE_REFUSALS, CREATION_REFUSALS, createdOf, taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';

const parse = bodyParser('application/json');
const parsePatch = bodyParser(...PATCH_TYPES);
const described = { tag: 'API keys', security: ['adminKey'] } as const;

const wanted = { name: 'front end', dialects: ['indee'], expiresAt: '2100-01-01T00:00:00Z' };
const apiKey = {
  id: '6735a1c19f3b2e4d8c7a6b54',
  organizationId: '507f1f77bcf86cd799439024',
  name: wanted.name,
  prefix: 'vst_J7wz',
  dialects: wanted.dialects,
  createdAt: '2026-02-03T15:30:00.123Z',
  expiresAt: '2100-01-01T00:00:00.000Z',
  lastUsedAt: '2026-02-03T15:45:00.000Z',
};
const { lastUsedAt: _unused, ...fresh } = apiKey;

export const create = {
  params: 'Admin.ApiKeyOrganizationParams',
  headers: 'Admin.CreationHeaders',
  parse,
  ...describe({
    ...described,
    operationId: 'createApiKey',
    summary: 'Make an API key',
    description:
      'The answer holds the key, of which only a digest is kept (with an Idempotency-Key the answer itself is kept too, sealed, for 24 hours). A name that another key in use has is refused.',
    body: { model: 'Admin.NewApiKey', examples: { default: { value: wanted } } },
    answers: {
      201: createdOf('Admin.IssuedApiKey', 'The key, this once.', {
        ...fresh,
        key: 'vst_J7wzExampleExampleExampleExampleExampleExam_00000000',
      }),
      ...problems('not_found', 'conflict', ...CREATION_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const list = {
  params: 'Admin.ApiKeyOrganizationParams',
  query: 'Admin.ApiKeyQuery',
  ...describe({
    ...described,
    operationId: 'listApiKeys',
    summary: 'API keys of an organization',
    description: 'Declared ones and those made here, newest first.',
    answers: {
      200: answerOf('Admin.ApiKeyPage', 'A page.', { items: [apiKey], nextCursor: `${apiKey.id}.w7Hk2-Qe` }),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const read = {
  params: 'Admin.ApiKeyParams',
  ...describe({
    ...described,
    operationId: 'readApiKey',
    summary: 'One API key',
    description: 'As it stands now.',
    answers: { 200: taggedOf('Admin.ApiKey', 'The key.', apiKey), ...problems('not_found', ...ADMIN_REFUSALS) },
  }),
} as const;

export const update = {
  params: 'Admin.ApiKeyParams',
  headers: 'Admin.ChangeHeaders',
  parse: parsePatch,
  ...describe({
    ...described,
    operationId: 'updateApiKey',
    summary: 'Change an API key',
    description:
      'Its name, its APIs or its expiry; works at once, on every replica. A revoked key is refused (409) and stays as it is. A declaration that names the key sets what it names again at the next start.',
    body: {
      model: 'Admin.ApiKeyChange',
      contentTypes: PATCH_TYPES,
      examples: { default: { value: { dialects: wanted.dialects, expiresAt: null } } },
    },
    answers: {
      200: taggedOf('Admin.ApiKey', 'As it is now.', fresh),
      ...problems('conflict', ...CHANGE_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const revoke = {
  params: 'Admin.ApiKeyParams',
  headers: 'Admin.ChangeHeaders',
  ...describe({
    ...described,
    operationId: 'revokeApiKey',
    summary: 'Revoke an API key',
    description:
      'Refused at once, on every replica, and for good, whatever a declaration says. Sessions that were started with it go on. Revoking it twice is no error.',
    answers: { 204: bodiless('It is revoked.'), ...problems(...CHANGE_REFUSALS, ...ADMIN_REFUSALS) },
  }),
} as const;
