/** What the declarative file and the admin API say of a person. */
import { t } from 'elysia';
import { UserAttributes as AppliveryUserAttributes } from '#routes/dialects/applivery/attributes.ts';
import { choice, closed } from '#routes/dialects/fields.ts';
import { UserAttributes as PriaUserAttributes } from '#routes/dialects/pria/attributes.ts';
import { httpUrl, text } from './declaration-field.ts';

export const UserAttributes = closed('Fields of the dialects that the operator sets.', {
  applivery: t.Optional(AppliveryUserAttributes),
  pria: t.Optional(PriaUserAttributes),
});

export const language = t.String({ pattern: '^[a-z]{2,3}$', description: 'ISO 639 code.' });

export const DeclaredUser = closed('A person who belongs to the organization.', {
  email: text(254),
  emailVerified: t.Optional(t.Boolean({ description: 'Whether the address is known to be theirs; `true`.' })),
  firstName: t.Optional(text()),
  lastName: t.Optional(text()),
  picture: t.Optional(httpUrl),
  language: t.Optional(language),
  role: t.Optional(text(64)),
  status: t.Optional(choice(['active', 'deactivated'], 'Whether it may be used.')),
  attributes: t.Optional(UserAttributes),
});
