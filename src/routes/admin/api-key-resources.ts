/** The admin API's wire for API keys. Nothing but the answer to the making of a key holds the key. */

import { type Static, t } from 'elysia';
import type { ApiKey } from '#ports/db/schema.ts';
import {
  answer,
  choice,
  closed,
  dateTime,
  objectId,
  pageLimit,
  text,
  utcDateTime,
  WRITTEN_LINE,
} from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';
import { clearable } from './declaration-field.ts';

const closedMembers = { additionalProperties: false };
const dialect = choice(['applivery', 'indee', 'pria'], 'An API that the key may call.');
const name = text('What people call it, in one line; no other key of the organization in use has it.', 256, {
  minLength: 1,
  pattern: WRITTEN_LINE,
});
const dialects = t.Array(dialect, {
  description: 'APIs that the key may call.',
  minItems: 1,
  maxItems: 3,
  uniqueItems: true,
});
const expiresAt = clearable(utcDateTime('When it stops working, RFC 3339 in UTC; `null`: never.'));

const kept = {
  id: objectId('Key id.'),
  organizationId: objectId('Whose.'),
  name: text('What people call it.', 256),
  prefix: text('How the key begins.', 8),
  dialects: t.Array(dialect, { description: 'APIs that it may call.' }),
  createdAt: dateTime('When it was made.'),
  expiresAt: t.Optional(dateTime('When it stops working; absent: never.')),
  lastUsedAt: t.Optional(dateTime('When it was last used, as exact as a minute; absent: never.')),
  revokedAt: t.Optional(dateTime('When it was revoked; absent: it was not.')),
};
const ApiKeyModel = closed('An API key, without the key.', kept);
const IssuedApiKey = answer('A new API key.', {
  ...kept,
  key: t.String({ description: 'The key. It is shown here and never again.', pattern: '^vst_[\\w-]{43}_[0-9a-f]{8}$' }),
});

export const apiKeyAdminModels = {
  'Admin.ApiKeyParams': t.Object({ id: objectId('Key id.') }),
  'Admin.ApiKeyOrganizationParams': t.Object({ id: objectId('Organization id.') }),
  'Admin.ApiKeyQuery': t.Object({
    limit: pageLimit(),
    cursor: t.Optional(objectId('`nextCursor` of the page before.')),
  }),
  'Admin.ApiKey': ApiKeyModel,
  'Admin.ApiKeyPage': closed('A page of API keys.', {
    items: t.Array(ApiKeyModel, { description: 'Newest first, revoked ones among them.' }),
    nextCursor: t.Optional(objectId('Where the next page begins; absent on the last.')),
  }),
  'Admin.NewApiKey': closed('The key to make.', { name, dialects, expiresAt }),
  'Admin.ApiKeyChange': t.Partial(t.Object({ name, dialects, expiresAt }, closedMembers), {
    description: 'What changes; a member that is left out stays as it is.',
    ...closedMembers,
  }),
  'Admin.IssuedApiKey': IssuedApiKey,
};

export function presentApiKey({
  keyDigest: _never,
  createdAt,
  expiresAt,
  lastUsedAt,
  revokedAt,
  ...key
}: ApiKey): Static<typeof ApiKeyModel> {
  return known({
    ...key,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString(),
    revokedAt: revokedAt?.toISOString(),
  });
}

export function presentIssuedApiKey(issued: { key: string; apiKey: ApiKey }): Static<typeof IssuedApiKey> {
  return { ...presentApiKey(issued.apiKey), key: issued.key };
}
