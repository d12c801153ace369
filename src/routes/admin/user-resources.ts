/** The admin API's wire for users and memberships. */
import { type Static, t } from 'elysia';
import { type AdminCaller, reaches } from '#core/admin-caller.ts';
import type { Membership } from '#ports/db/schema.ts';
import type { MemberOfSome } from '#ports/db/users.ts';
import { answer, choice, closed, dateTime, objectId, text } from '#routes/dialects/fields.ts';
import { known, knownOrNothing } from '#routes/dialects/known.ts';
import { clearable, httpUrl, text as line, mergeable } from './declaration-field.ts';
import { DeclaredUser, language, UserAttributes } from './declaration-user.ts';
import { nextCursor, pageQuery } from './page.ts';

const STATES = ['active', 'deactivated'] as const;
const role = { ...line(64), description: 'Role in the organization.' };
const status = (description: string) => choice(STATES, description);
const { applivery, pria } = UserAttributes.properties;

const membership = {
  id: objectId('Membership id.'),
  organizationId: objectId('Organization id.'),
  userId: objectId('User id.'),
  email: text('The address that the organization knows the user by.', 254),
  role: text('Role in the organization.', 64),
  groups: t.Array(
    closed('A group.', { source: text('Slug of the connection that told it.', 64), name: text('Its name.', 256) }),
    { description: 'As the identity provider told them at the last login.' },
  ),
  status: status('Whether the user may sign in to this organization.'),
  createdAt: dateTime('When it was made.'),
};
const MembershipModel = answer('A user’s membership of one organization.', membership);

const UserModel = answer(
  'A user. Of one who also belongs to organizations out of the key’s reach, `email` is the one of the first membership shown, and `emailVerified`, `attributes` and `updatedAt` are left out.',
  {
    id: objectId('User id.'),
    email: text('The user’s address.', 254),
    emailVerified: t.Optional(t.Boolean({ description: 'Whether it is known to be theirs.' })),
    firstName: t.Optional(text('Given name.', 256)),
    lastName: t.Optional(text('Family name.', 256)),
    picture: t.Optional(text('Address of a picture.', 2048)),
    language: t.Optional(text('ISO 639 code.', 8)),
    status: status('Whether the user may sign in anywhere.'),
    attributes: t.Optional(UserAttributes),
    memberships: t.Array(MembershipModel, { description: 'Those within the key’s reach, oldest first.' }),
    createdAt: dateTime('When the user was made.'),
    updatedAt: t.Optional(
      dateTime(
        'When the user’s own members were last changed, also by a login that brought others; not their memberships.',
      ),
    ),
  },
);

const NewUser = closed('A person who becomes a member of the organization.', {
  ...DeclaredUser.properties,
  emailVerified: t.Optional(
    t.Boolean({
      description:
        'Whether the address is known to be theirs. Left out: `true`; with a limited key, whether the organization has verified the address’s domain, without which such a key may not say `true` (403).',
    }),
  ),
});

const UserChange = closed(
  'What changes (RFC 7396): a member that is left out stays, `null` clears it. Names, picture and language hold until the next login brings the provider’s.',
  {
    emailVerified: t.Optional(
      t.Boolean({
        description:
          'Whether the email is known to be theirs: only then a login over another connection may be linked by it. A limited key may set `true` only where an organization of the user has verified the domain.',
      }),
    ),
    firstName: clearable(line(), 'Given name.'),
    lastName: clearable(line(), 'Family name.'),
    picture: clearable(httpUrl, 'Address of a picture.'),
    language: clearable(language, 'ISO 639 code.'),
    status: t.Optional(
      status('`deactivated`: signs in nowhere. Another status than before ends the sessions that there are.'),
    ),
    attributes: clearable(
      closed('Fields of the dialects, merged at any depth; `null` clears one, or a dialect’s.', {
        applivery: clearable(mergeable(applivery), 'Applivery’s.'),
        pria: clearable(mergeable(pria), 'Pria’s.'),
      }),
      'Fields of the dialects that the operator sets.',
    ),
  },
);
const MembershipChange = closed('What changes; a member that is left out stays.', {
  role: t.Optional(role),
  status: t.Optional(
    status('`deactivated`: does not sign in here. Another status than before ends the sessions that there are.'),
  ),
});

const ofOrganization = { ...pageQuery, status: t.Optional(status('Only in this status.')) };

export const userModels = {
  'Admin.UserParams': t.Object({ id: objectId('User id.') }),
  'Admin.MembershipParams': t.Object({ id: objectId('Membership id.') }),
  'Admin.MemberParams': t.Object({ id: objectId('Organization id.') }),
  'Admin.UserQuery': t.Object({
    ...ofOrganization,
    email: t.Optional(text('Only the member with this address.', 320)),
  }),
  'Admin.MembershipQuery': t.Object({ ...ofOrganization, role: t.Optional(text('Only with this role.', 64)) }),
  'Admin.User': UserModel,
  'Admin.UserPage': answer('A page of users.', {
    items: t.Array(UserModel, { description: 'Newest member first.' }),
    nextCursor,
  }),
  'Admin.NewUser': NewUser,
  'Admin.UserChange': UserChange,
  'Admin.Membership': MembershipModel,
  'Admin.MembershipPage': answer('A page of memberships.', {
    items: t.Array(MembershipModel, { description: 'Newest first.' }),
    nextCursor,
  }),
  'Admin.NewMembership': closed('Who becomes a member.', { userId: objectId('A user of any organization.'), role }),
  'Admin.MembershipChange': MembershipChange,
};

export function presentMembership(one: Membership): Static<typeof MembershipModel> {
  const { id, organizationId, userId, email, role, groups, deactivatedAt, createdAt } = one;
  return {
    id,
    organizationId,
    userId,
    email,
    role,
    groups: groups.map(({ source, name }) => ({ source, name })),
    status: deactivatedAt ? 'deactivated' : 'active',
    createdAt: createdAt.toISOString(),
  };
}

/** Who belongs elsewhere too has a record that others write into: what they may have written is not shown. */
export function presentUser(caller: AdminCaller, { user, memberships }: MemberOfSome): Static<typeof UserModel> {
  const { id, firstName, lastName, picture, language, deactivatedAt } = user;
  const within = memberships.filter(({ organizationId }) => reaches(caller, organizationId));
  const isWhole = within.length === memberships.length;
  return known({
    id,
    email: isWhole ? user.email : (within[0]?.email ?? ''),
    emailVerified: isWhole ? user.emailVerified : undefined,
    firstName,
    lastName,
    picture,
    language,
    status: deactivatedAt ? ('deactivated' as const) : ('active' as const),
    attributes: isWhole ? knownOrNothing(user.attributes) : undefined,
    memberships: within.map(presentMembership),
    createdAt: user.createdAt.toISOString(),
    updatedAt: isWhole ? user.updatedAt.toISOString() : undefined,
  });
}
