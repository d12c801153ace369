/** What the admin API's routes of identities say of themselves. */
import { CHANGE_REFUSALS, taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';

const described = { tag: 'Users', security: ['adminKey'] } as const;
const identity = {
  id: '6735a1c19f3b2e4d8c7a6b57',
  userId: '507f1f77bcf86cd799439023',
  connectionId: '507f1f77bcf86cd799439029',
  organizationId: '507f1f77bcf86cd799439024',
  subject: '248289761001',
  email: 'ada@acme.example',
  createdAt: '2026-02-03T15:30:00.123Z',
  lastLoginAt: '2026-02-10T08:15:00.456Z',
};

export const list = {
  params: 'Admin.IdentityUserParams',
  query: 'Admin.IdentityQuery',
  ...describe({
    ...described,
    operationId: 'listIdentities',
    summary: 'Identities of a user',
    description: 'Whom the connections within the key’s reach know the user as, newest first.',
    answers: {
      200: answerOf('Admin.IdentityPage', 'A page.', { items: [identity], nextCursor: `${identity.id}.w7Hk2-Qe` }),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const read = {
  params: 'Admin.IdentityParams',
  ...describe({
    ...described,
    operationId: 'readIdentity',
    summary: 'One identity',
    description:
      'As it stands now. The check `member.noOtherSubject` of a login that was refused with `account_exists_link_required` names it.',
    answers: {
      200: taggedOf('Admin.Identity', 'The identity.', identity),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const remove = {
  params: 'Admin.IdentityParams',
  headers: 'Admin.ChangeHeaders',
  ...describe({
    ...described,
    operationId: 'deleteIdentity',
    summary: 'Unlink an identity',
    description:
      'For a person whom the provider made anew. The user stays with all that belongs to it; sessions of the identity end at once, on every replica. The next login over the connection with the user’s email becomes theirs, whatever subject it comes with, if the provider says that the email is verified and its domain is a verified one of the organization; otherwise it is refused. So never unlink where the address was given to somebody else: that person would get the account.',
    answers: { 204: bodiless('It is unlinked.'), ...problems(...CHANGE_REFUSALS, ...ADMIN_REFUSALS) },
  }),
} as const;
