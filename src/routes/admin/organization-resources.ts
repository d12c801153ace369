/** The admin API's wire for organizations. */
import { type Static, t } from 'elysia';
import type { Organization } from '#ports/db/schema.ts';
import { OrganizationAttributes } from '#routes/dialects/applivery/attributes.ts';
import { answer, choice, closed, dateTime, objectId, text } from '#routes/dialects/fields.ts';
import { known, knownOrNothing } from '#routes/dialects/known.ts';
import { InstitutionAttributes } from '#routes/dialects/pria/attributes.ts';
import { clearable, httpUrl, text as line, mergeable, slug } from './declaration-field.ts';
import { RefreshLifetime, SessionLifetimes } from './declaration-organization.ts';
import { nextCursor, pageQuery } from './page.ts';

const { branding, store, configuration } = OrganizationAttributes.properties;
const status = choice(
  ['active', 'disabled'],
  '`disabled`: nobody signs in, and sessions can’t be used. Another status than before ends the sessions that there are.',
);
const name = { ...line(), description: 'What people call it.' };
const texts = {
  picture: clearable(httpUrl, 'Address of its picture.'),
  createdBy: clearable(line(128), 'Who made it, in your own words.'),
};
const members = {
  ...texts,
  branding: clearable(branding, 'Branding, for Applivery.'),
  store: clearable(store, 'App store, for Applivery.'),
  configuration: clearable(configuration, 'Configuration, for Applivery.'),
  institution: clearable(InstitutionAttributes, 'Institution fields, for Pria.'),
  refreshLifetime: clearable(RefreshLifetime, 'Bounds of what an Indee client may ask; `null`: none.'),
  sessionLifetimes: clearable(SessionLifetimes, 'In place of the configuration’s figures; `null`: none.'),
};
const merged = {
  branding: clearable(mergeable(branding), members.branding.description),
  store: clearable(mergeable(store), members.store.description),
  configuration: clearable(mergeable(configuration), members.configuration.description),
  institution: clearable(mergeable(InstitutionAttributes), members.institution.description),
  refreshLifetime: clearable(mergeable(RefreshLifetime), members.refreshLifetime.description),
  sessionLifetimes: clearable(mergeable(SessionLifetimes), members.sessionLifetimes.description),
};
const slugOf = {
  ...slug,
  description: 'Names it in addresses: lower-case letters, digits, hyphens; not 24 hex digits.',
};

const NewOrganization = closed('The organization to make.', {
  slug: slugOf,
  name,
  status: t.Optional(status),
  ...members,
});
const OrganizationChange = closed(
  'What changes (RFC 7396): a member that is left out stays, `null` clears it, objects are merged at any depth.',
  { slug: t.Optional(slugOf), name: t.Optional(name), status: t.Optional(status), ...texts, ...merged },
);

const OrganizationModel = answer('An organization.', {
  id: objectId('Organization id.'),
  slug: text('Names it in addresses.', 64),
  name: text('What people call it.', 256),
  status: choice(['active', 'disabled'], 'Whether it may be used.'),
  picture: t.Optional(text('Address of its picture.', 2048)),
  createdBy: t.Optional(text('Who made it.', 128)),
  branding,
  store,
  configuration,
  institution: t.Optional(InstitutionAttributes),
  refreshLifetime: t.Optional(RefreshLifetime),
  sessionLifetimes: t.Optional(SessionLifetimes),
  createdAt: dateTime('When it was made.'),
  updatedAt: dateTime('When it was last changed.'),
});

export const organizationModels = {
  'Admin.OrganizationParams': t.Object({ id: objectId('Organization id.') }),
  'Admin.OrganizationQuery': t.Object({
    ...pageQuery,
    slug: t.Optional({ ...slug, description: 'Only the one with this slug: lower-case letters, digits, hyphens.' }),
    status: t.Optional(choice(['active', 'disabled'], 'Only in this status.')),
    namePrefix: t.Optional(text('Only those whose name begins so, in upper or lower case.', 256)),
  }),
  'Admin.Organization': OrganizationModel,
  'Admin.OrganizationPage': answer('A page of organizations.', {
    items: t.Array(OrganizationModel, { description: 'Newest first.' }),
    nextCursor,
  }),
  'Admin.NewOrganization': NewOrganization,
  'Admin.OrganizationChange': OrganizationChange,
};

export function presentOrganization(organization: Organization): Static<typeof OrganizationModel> {
  const { id, slug, name, status, picture, createdBy, branding, store, configuration } = organization;
  const { institution, refreshMinSeconds, refreshMaxSeconds, sessionLifetimes } = organization;
  return known({
    id,
    slug,
    name,
    status,
    picture,
    createdBy,
    branding,
    store,
    configuration,
    institution: knownOrNothing(institution),
    refreshLifetime: knownOrNothing({ minSeconds: refreshMinSeconds, maxSeconds: refreshMaxSeconds }),
    sessionLifetimes: knownOrNothing(sessionLifetimes),
    createdAt: organization.createdAt.toISOString(),
    updatedAt: organization.updatedAt.toISOString(),
  });
}
