/** What the admin API's routes of organizations say of themselves. */
import { bodyParser, PATCH_TYPES } from '#routes/http/body.ts';
import { CHANGE_REFUSALS, CREATION_REFUSALS, createdOf, taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';

const parse = bodyParser('application/json');
const parsePatch = bodyParser(...PATCH_TYPES);
const described = { tag: 'Organizations', security: ['adminKey'] } as const;

const wanted = {
  slug: 'acme',
  name: 'Acme Industries',
  refreshLifetime: { minSeconds: 3600, maxSeconds: 604800 },
  sessionLifetimes: { applivery: { absoluteSeconds: 1209600, idleSeconds: 86400 } },
};
const organization = {
  id: '507f1f77bcf86cd799439024',
  ...wanted,
  status: 'active',
  createdAt: '2026-02-03T15:30:00.123Z',
  updatedAt: '2026-02-03T15:30:00.123Z',
};

export const create = {
  headers: 'Admin.CreationHeaders',
  parse,
  ...describe({
    ...described,
    operationId: 'createOrganization',
    summary: 'Make an organization',
    description:
      'Domains, connections, users and API keys follow with their own routes. For keys without a limit: a limited one would not reach what it made.',
    body: { model: 'Admin.NewOrganization', examples: { default: { value: wanted } } },
    answers: {
      201: createdOf('Admin.Organization', 'The organization.', organization),
      ...problems('conflict', ...CREATION_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const list = {
  query: 'Admin.OrganizationQuery',
  ...describe({
    ...described,
    operationId: 'listOrganizations',
    summary: 'Organizations',
    description: 'Those within the key’s reach, newest first.',
    answers: {
      200: answerOf('Admin.OrganizationPage', 'A page.', {
        items: [organization],
        nextCursor: `${organization.id}.w7Hk2-Qe`,
      }),
      ...problems(...ADMIN_REFUSALS),
    },
  }),
} as const;

export const read = {
  params: 'Admin.OrganizationParams',
  ...describe({
    ...described,
    operationId: 'readOrganization',
    summary: 'One organization',
    description: 'As it stands now.',
    answers: {
      200: taggedOf('Admin.Organization', 'The organization.', organization),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const update = {
  params: 'Admin.OrganizationParams',
  headers: 'Admin.ChangeHeaders',
  parse: parsePatch,
  ...describe({
    ...described,
    operationId: 'updateOrganization',
    summary: 'Change an organization',
    description:
      'Takes effect at once, on every replica. A new `slug` is for keys without a limit. Another `status` ends the sessions that there are, and they stay ended when it is put back. A declaration finds organizations by slug and sets what it names again at the next start.',
    body: {
      model: 'Admin.OrganizationChange',
      contentTypes: PATCH_TYPES,
      examples: {
        default: { value: { name: 'Acme & Co', picture: null } },
        disable: { value: { status: 'disabled' } },
      },
    },
    answers: {
      200: taggedOf('Admin.Organization', 'As it is now.', { ...organization, name: 'Acme & Co' }),
      ...problems('conflict', ...CHANGE_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const remove = {
  params: 'Admin.OrganizationParams',
  headers: 'Admin.ChangeHeaders',
  ...describe({
    ...described,
    operationId: 'deleteOrganization',
    summary: 'Delete an organization',
    description:
      'With its domains, connections, API keys, memberships and sessions, and with the users who belong to no other organization. There is no way back. For keys without a limit. One that is not disabled is refused (409): disable it first. Login traces and audit events stay for as long as they are kept. If the answer does not come, ask again: it goes on where it was.',
    answers: { 204: bodiless('It is gone.'), ...problems('conflict', ...CHANGE_REFUSALS, ...ADMIN_REFUSALS) },
  }),
} as const;
