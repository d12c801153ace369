/** The admin API's wire for identities. */
import { type Static, t } from 'elysia';
import type { PlacedIdentity } from '#ports/db/identities.ts';
import { answer, dateTime, objectId, text } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';
import { nextCursor, pageQuery } from './page.ts';

const IdentityModel = answer('Whom a connection knows a user as; one at most of each user and connection.', {
  id: objectId('Identity id.'),
  userId: objectId('Who it is here.'),
  connectionId: objectId('Over which connection.'),
  organizationId: objectId('Whose connection.'),
  subject: text('What the provider calls the person: `sub`, the account’s id, or the SAML NameID.', 2048),
  email: t.Optional(text('The address that the provider gave at the last login.', 254)),
  createdAt: dateTime('When it was linked.'),
  lastLoginAt: dateTime('When it was last used to sign in.'),
});

export const identityModels = {
  'Admin.IdentityParams': t.Object({ id: objectId('Identity id.') }),
  'Admin.IdentityUserParams': t.Object({ id: objectId('User id.') }),
  'Admin.IdentityQuery': t.Object(pageQuery),
  'Admin.Identity': IdentityModel,
  'Admin.IdentityPage': answer('A page of identities.', {
    items: t.Array(IdentityModel, { description: 'Newest first.' }),
    nextCursor,
  }),
};

export function presentIdentity({ identity, organizationId }: PlacedIdentity): Static<typeof IdentityModel> {
  const { id, userId, connectionId, subject, email, createdAt, lastLoginAt } = identity;
  return known({
    id,
    userId,
    connectionId,
    organizationId,
    subject,
    email,
    createdAt: createdAt.toISOString(),
    lastLoginAt: lastLoginAt.toISOString(),
  });
}
