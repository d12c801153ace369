/** The admin API's wire for API keys. Nothing but the answer to the making of a key holds the key. */

import { type Static, t } from 'elysia';
import type { ApiKey } from '#ports/db/schema.ts';
import { answer, choice, closed, objectId } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';
import { keyExpiry, keyLabels, keyName, keyTimes, presentKept, shownOnce } from './key-fields.ts';
import { nextCursor, pageQuery } from './page.ts';

const closedMembers = { additionalProperties: false };
const dialect = choice(['applivery', 'indee', 'pria'], 'An API that the key may call.');
const name = keyName('What people call it, in one line; no other key of the organization in use has it.');
const dialects = t.Array(dialect, {
  description: 'APIs that the key may call.',
  minItems: 1,
  maxItems: 3,
  uniqueItems: true,
});
const expiresAt = keyExpiry;

const kept = {
  id: objectId('Key id.'),
  organizationId: objectId('Whose.'),
  ...keyLabels,
  dialects: t.Array(dialect, { description: 'APIs that it may call.' }),
  ...keyTimes,
};
const ApiKeyModel = closed('An API key, without the key.', kept);
const IssuedApiKey = answer('A new API key.', {
  ...kept,
  key: shownOnce('vst'),
});

export const apiKeyAdminModels = {
  'Admin.ApiKeyParams': t.Object({ id: objectId('Key id.') }),
  'Admin.ApiKeyOrganizationParams': t.Object({ id: objectId('Organization id.') }),
  'Admin.ApiKeyQuery': t.Object({
    ...pageQuery,
  }),
  'Admin.ApiKey': ApiKeyModel,
  'Admin.ApiKeyPage': closed('A page of API keys.', {
    items: t.Array(ApiKeyModel, { description: 'Newest first, revoked ones among them.' }),
    nextCursor,
  }),
  'Admin.NewApiKey': closed('The key to make.', { name, dialects, expiresAt }),
  'Admin.ApiKeyChange': t.Partial(t.Object({ name, dialects, expiresAt }, closedMembers), {
    description: 'What changes; a member that is left out stays as it is.',
    ...closedMembers,
  }),
  'Admin.IssuedApiKey': IssuedApiKey,
};

export function presentApiKey(key: ApiKey): Static<typeof ApiKeyModel> {
  return known(presentKept(key));
}

export function presentIssuedApiKey(issued: { key: string; apiKey: ApiKey }): Static<typeof IssuedApiKey> {
  return { ...presentApiKey(issued.apiKey), key: issued.key };
}
