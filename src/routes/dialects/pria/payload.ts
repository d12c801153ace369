/**
 * Pria's wire: models and presentation of the SSO callback, the sliding renewal and the endpoints around
 * them. The callback's answer has no `success` flag, the others have one, as documented.
 */

import { type Static, t } from 'elysia';
import type { Profile, TimedToken } from '#core/profile.ts';
import type { EndedLogout } from '#core/provider-logout.ts';
import {
  answer,
  authorizationUrl,
  choice,
  closed,
  count,
  dateTime,
  email,
  instant,
  logoutUrl,
  objectId,
  request,
  text,
  token,
  url,
} from '#routes/dialects/fields.ts';
import { attributeReader, known } from '#routes/dialects/known.ts';
import { InstitutionAttributes, UserAttributes } from './attributes.ts';
import * as examples from './examples.ts';

const ACCOUNT_TYPES = ['user', 'admin', 'super'] as const;

const succeeded = t.Literal(true, { description: '`true` for success.' });
const sessionToken = token(
  'Signed JWT. Send it as `x-access-token` or `Authorization: Bearer`. It expires after 24 hours unless set otherwise.',
);

const StartParams = t.Object(
  { organizationSlug: text('Slug or id of the organization.', 128, { minLength: 1 }) },
  { additionalProperties: false },
);
const StartResponse = answer(
  'Where to send the person.',
  {
    success: succeeded,
    redirectUrl: authorizationUrl(),
    state: text('Compare with the `state` that comes back, and send it on.', 512),
  },
  examples.start,
);
const CallbackRequest = request(
  'What came back to the redirect URI.',
  {
    code: t.Optional(text('Authorization code (RFC 6749 §4.1.2).', 4096)),
    state: t.Optional(text('The `state` that the login was started with.', 512)),
    iss: t.Optional(text('Issuer of the authorization response (RFC 9207).', 2048)),
    error: t.Optional(text('Error code of the identity provider (RFC 6749 §4.1.2.1).', 256)),
  },
  examples.callbackRequest,
);
const RefreshRequest = request('No member is read.', {});
const SignoutRequest = request('No member is read.', {});

const Institution = closed('The institution of this session.', {
  ...InstitutionAttributes.properties,
  _id: objectId('Institution id.'),
  id: objectId('Institution id, as in `_id`.'),
  name: text('Name.', 256),
  picture: t.Optional(url('Picture.')),
  status: text('Status of the institution.', 64),
});
const ProfileModel = closed('The signed-in user.', {
  ...UserAttributes.properties,
  _id: objectId('User id.'),
  email: email('Email address.'),
  fname: t.Optional(text('First name.', 128)),
  lname: t.Optional(text('Last name.', 128)),
  picture: t.Optional(url('Profile picture.')),
  accountType: choice(ACCOUNT_TYPES, 'Account type.'),
  status: text('Account status.', 64),
  created: dateTime('When the user was created.'),
  __v: count('Version of the record; counts up with every change.'),
  institution: Institution,
});
const SessionResponse = answer('A session.', { token: sessionToken, profile: ProfileModel }, examples.session);
const RefreshResponse = answer(
  'A fresh token for the same session, and the profile as it is now.',
  {
    success: succeeded,
    token: sessionToken,
    profile: ProfileModel,
  },
  examples.refresh,
);
const SignoutResponse = answer(
  'The session has ended.',
  { success: succeeded, message: text('What was done.', 256), logoutUrl: logoutUrl() },
  examples.signout,
  examples.signoutAtProvider,
  examples.signoutAtOpenIdProvider,
);
const ErrorResponse = answer('A refusal.', {
  success: t.Literal(false, { description: '`false` for failure.' }),
  message: text('A short sentence.', 256),
});

export const priaModels = {
  'Pria.StartParams': StartParams,
  'Pria.StartResponse': StartResponse,
  'Pria.CallbackRequest': CallbackRequest,
  'Pria.SessionResponse': SessionResponse,
  'Pria.RefreshRequest': RefreshRequest,
  'Pria.RefreshResponse': RefreshResponse,
  'Pria.SignoutRequest': SignoutRequest,
  'Pria.SignoutResponse': SignoutResponse,
  'Pria.Error': ErrorResponse,
  'Pria.Profile': ProfileModel,
  'Pria.Institution': Institution,
  'Pria.UserAttributes': UserAttributes,
  'Pria.InstitutionAttributes': InstitutionAttributes,
};

const readUser = attributeReader(UserAttributes);
const readInstitution = attributeReader(InstitutionAttributes);

/** What a signed-in answer is made of; an `IssuedSession` is one. */
export interface SignedIn {
  readonly accessToken: TimedToken;
  readonly profile: Profile;
}

/** The claims that Pria's token carries beside the registered ones (RFC 7519 §4.1). */
export interface PriaClaims {
  readonly _id: string;
  readonly email: string;
  readonly customerId?: string;
  readonly accountType: (typeof ACCOUNT_TYPES)[number];
  readonly sessionId: string;
}

export function priaClaims(profile: Pick<Profile, 'user' | 'membership'>, sessionId: string): PriaClaims {
  const { customerId } = readUser(profile.user.attributes.pria);
  return known({
    _id: profile.user.id,
    email: profile.user.email,
    customerId,
    accountType: accountType(profile.membership.role),
    sessionId,
  });
}

export function presentSession(issued: SignedIn): Static<typeof SessionResponse> {
  return { token: issued.accessToken.token, profile: presentProfile(issued.profile) };
}

export function presentRefresh(issued: SignedIn): Static<typeof RefreshResponse> {
  return { success: true, token: issued.accessToken.token, profile: presentProfile(issued.profile) };
}

export function presentStart(started: { redirectUrl: string; state: string }): Static<typeof StartResponse> {
  return { success: true, redirectUrl: started.redirectUrl, state: started.state };
}

export function presentSignout({ logoutUrl: address }: EndedLogout): Static<typeof SignoutResponse> {
  const outcome = { success: true, message: 'Signed out.' } as const;
  return address === undefined ? outcome : { ...outcome, logoutUrl: address };
}

function presentProfile({ user, organization, membership }: Profile): Static<typeof ProfileModel> {
  return known({
    // whoever holds a session is an active member, so that is known without the operator saying so
    status: 'active',
    ...readUser(user.attributes.pria),
    _id: user.id,
    email: user.email,
    fname: user.firstName,
    lname: user.lastName,
    picture: user.picture,
    accountType: accountType(membership.role),
    created: instant(user.createdAt),
    __v: user.version,
    institution: presentInstitution(organization),
  });
}

function presentInstitution({
  id,
  name,
  picture,
  status,
  institution,
}: Profile['organization']): Static<typeof Institution> {
  return known({ status, ...readInstitution(institution), _id: id, id, name, picture });
}

/** Roles of connections are free text; Pria's wire knows three account types. */
function accountType(role: string) {
  return ACCOUNT_TYPES.find((type) => type === role) ?? 'user';
}
