/** The admin API's wire for admin keys. Nothing but the answer to the making of a key holds the key. */
import { type Static, t } from 'elysia';
import type { AdminKey } from '#ports/db/admin-schema.ts';
import { answer, choice, closed, objectId } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';
import { keyExpiry, keyLabels, keyName, keyTimes, presentKept, shownOnce } from './key-fields.ts';
import { nextCursor, pageQuery } from './page.ts';

const closedMembers = { additionalProperties: false };
const name = keyName('What people call it, in one line; no other admin key in use has it.');
const organizations = t.Union(
  [t.Array(objectId('Organization id.'), { minItems: 1, maxItems: 1000, uniqueItems: true }), t.Null()],
  { description: 'Ids of the organizations that it reaches; `null`: all of them, and what belongs to none.' },
);
const access = choice(['read', 'write'], '`read`: nothing can be changed with it.');
const expiresAt = keyExpiry;

const kept = {
  id: objectId('Key id; the audit names it as `actorId`.'),
  ...keyLabels,
  organizations,
  access: choice(['read', 'write'], 'Whether it may change something.'),
  ...keyTimes,
};
const AdminKeyModel = closed('An admin key, without the key.', kept);
const IssuedAdminKey = answer('A new admin key.', {
  ...kept,
  key: shownOnce('vsa'),
});

export const adminKeyModels = {
  'Admin.AdminKeyParams': t.Object({ id: objectId('Key id.') }),
  'Admin.AdminKeyQuery': t.Object({
    ...pageQuery,
  }),
  'Admin.AdminKey': AdminKeyModel,
  'Admin.AdminKeyPage': closed('A page of admin keys.', {
    items: t.Array(AdminKeyModel, { description: 'Newest first, revoked ones among them.' }),
    nextCursor,
  }),
  'Admin.NewAdminKey': closed('The key to make.', { name, organizations, access, expiresAt }),
  'Admin.AdminKeyChange': t.Partial(t.Object({ name, organizations, access, expiresAt }, closedMembers), {
    description: 'What changes; a member that is left out stays as it is.',
    ...closedMembers,
  }),
  'Admin.IssuedAdminKey': IssuedAdminKey,
};

export function presentAdminKey(key: AdminKey): Static<typeof AdminKeyModel> {
  const { organizations, ...plain } = presentKept(key);
  return { ...known(plain), organizations };
}

export function presentIssuedAdminKey(issued: { key: string; adminKey: AdminKey }): Static<typeof IssuedAdminKey> {
  return { ...presentAdminKey(issued.adminKey), key: issued.key };
}
