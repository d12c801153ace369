/** What an operator may store about users and organizations so that Applivery's answers can carry it. */

import { t } from 'elysia';
import { closed, dateTime, flag, foreignId, line, url } from '#routes/dialects/fields.ts';

export const PlatformRole = closed('A platform-wide role.', {
  id: t.Optional(foreignId('Role id.')),
  name: t.Optional(line('Role name.', 128)),
  description: t.Optional(line('What the role is for.', 1024)),
  platformActions: t.Optional(
    t.Array(line('An action.', 256), { description: 'Actions that the role permits.', maxItems: 1000 }),
  ),
  supplant: t.Optional(
    t.Record(t.String(), t.Unknown(), { description: 'Whom holders of the role may act for; free-form.' }),
  ),
  createdAt: t.Optional(dateTime('When the role was created.')),
  updatedAt: t.Optional(dateTime('When the role was last changed.')),
});

/** `user.attributes.applivery`. */
export const UserAttributes = closed('User fields of Applivery that are set by the operator, not computed.', {
  role: t.Optional(line('Platform-wide role; `user` when not set. Not the role in the organization.', 64)),
  newsletter: t.Optional(flag('Whether the user takes the newsletter.')),
  intercomUserHash: t.Optional(line('Identity verification hash for the support chat.', 256)),
  platformRoles: t.Optional(t.Array(PlatformRole, { description: 'Platform-wide roles in full.', maxItems: 100 })),
  supplantCapability: t.Optional(line('Whom the user may act for.', 128)),
});

export const Branding = closed('Branding of the organization.', {
  primaryColor: t.Optional(line('CSS color.', 64)),
  logoUrl: t.Optional(url('Address of the logo.')),
});

export const Store = closed('App store of the organization.', {
  enabled: t.Optional(flag('Whether the store is open.')),
  customDomain: t.Optional(line('Host name of the store.', 253)),
});

export const Configuration = closed('Configuration of the organization.', {
  defaultStorageProvider: t.Optional(foreignId('Id of the storage provider.')),
  enforceSSO: t.Optional(flag('Whether members must sign in through SSO.')),
});

/** `organization.branding`, `.store` and `.configuration`. */
export const OrganizationAttributes = closed('Organization fields of Applivery that are set by the operator.', {
  branding: t.Optional(Branding),
  store: t.Optional(Store),
  configuration: t.Optional(Configuration),
});
