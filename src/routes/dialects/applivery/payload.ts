/**
 * Applivery's wire: models and presentation of the SSO callback and the endpoints around it.
 * Success is `{status: true, data}`, failure `{status: false, error: {code, message}}`.
 */

import { type Static, t } from 'elysia';
import type { IssuedSession, Profile, TimedToken } from '#core/profile.ts';
import type { EndedLogout } from '#core/provider-logout.ts';
import type { Activity } from '#ports/db/schema.ts';
import {
  answer,
  authorizationUrl,
  choice,
  closed,
  count,
  dateTime,
  email,
  flag,
  instant,
  logoutUrl,
  objectId,
  request,
  text,
  token,
  url,
} from '#routes/dialects/fields.ts';
import { attributeReader, known, knownOrNothing } from '#routes/dialects/known.ts';
import { Branding, Configuration, OrganizationAttributes, PlatformRole, Store, UserAttributes } from './attributes.ts';
import * as examples from './examples.ts';

const LANGUAGES = ['es', 'en', 'fr', 'de', 'it', 'zh', 'pt', 'ru'] as const;

const succeeded = t.Literal(true, { description: '`true` for success.' });

const redirectParameters = {
  code: t.Optional(text('Authorization code (RFC 6749 §4.1.2).', 4096)),
  state: t.Optional(text('The `state` that the login was started with.', 512)),
  iss: t.Optional(text('Issuer of the authorization response (RFC 9207).', 2048)),
  error: t.Optional(text('Error code of the identity provider (RFC 6749 §4.1.2.1).', 256)),
  error_description: t.Optional(text('Explanation of `error`; recorded nowhere and shown to nobody.', 2048)),
};
const samlParameters = {
  SAMLResponse: t.Optional(text('SAML response, base64 (SAML bindings §3.5).', 262_144)),
  RelayState: t.Optional(text('RelayState that came with `SAMLResponse`.', 512)),
};

const CallbackParams = t.Object(
  {
    organizationSlug: text('Slug or id of the organization.', 128, { minLength: 1 }),
    type: text('Slug of the connection; unless renamed, its type, such as `saml` or `google`.', 128, { minLength: 1 }),
  },
  { additionalProperties: false },
);
const CallbackRequest = request(
  'What the identity provider sent to the redirect URI: `code` and `state`, or `SAMLResponse` and `RelayState`. Free-form: other members are ignored.',
  { ...redirectParameters, ...samlParameters },
  examples.callbackRequest,
  examples.samlCallbackRequest,
);
const CallbackQuery = request(
  'The parameters of a redirect in the query, for clients that hand it on as it came.',
  redirectParameters,
);
const StartQuery = request('Optional parameters of a login.', {
  redirect_uri: t.Optional(url('Where the identity provider sends the person; must be registered on the connection.')),
  login_hint: t.Optional(text('Email or user name to fill in at the identity provider.', 254)),
});
const RefreshRequest = request(
  'The last pair, both halves.',
  {
    lastAccessToken: token('The access token that came with this refresh token; it may have expired.'),
    refreshToken: token('The refresh token.'),
  },
  examples.refreshRequest,
);
const LogoutRequest = request('No member is read.', {});

const Token = closed('A token and when it stops working.', {
  token: token('The token.'),
  expireAt: dateTime('When it expires.'),
});
const OrganizationSummary = closed('An organization the user belongs to.', {
  id: objectId('Organization id.'),
  name: text('Name.', 256),
  slug: text('Slug.', 128),
  picture: t.Optional(url('Logo.')),
});
const OrganizationInfo = closed('The organization of this session.', {
  id: objectId('Organization id.'),
  name: text('Name.', 256),
  slug: text('Slug.', 128),
  picture: t.Optional(url('Logo.')),
  createdBy: t.Optional(text('Id of the user who created it.', 128)),
  branding: t.Optional(Branding),
  store: t.Optional(Store),
  configuration: t.Optional(Configuration),
});
const Surfaces = closed('One time stamp a surface.', {
  dashboard: t.Optional(dateTime('On the dashboard.')),
  sdk: t.Optional(dateTime('Through the SDK.')),
  store: t.Optional(dateTime('In the app store.')),
});
const ActivityTrace = closed('When the user was last seen.', {
  lastLogin: t.Optional(Surfaces),
  lastAction: t.Optional(Surfaces),
});
const User = closed('The signed-in user.', {
  ...UserAttributes.properties,
  id: objectId('User id.'),
  email: email('Email address.'),
  firstName: t.Optional(text('First name.', 128)),
  lastName: t.Optional(text('Last name.', 128)),
  fullName: t.Optional(text('Full name.', 256)),
  picture: t.Optional(url('Profile picture.')),
  role: text('Platform-wide role; not the role in the organization.', 64),
  hasPassword: flag('Always false: users sign in through their identity provider.'),
  has2FAActive: flag('Always false: second factors are the identity provider’s.'),
  ssoUser: flag('Always true.'),
  organizationId: objectId('The organization of this session.'),
  organizations: t.Array(OrganizationSummary, { description: 'Every organization the user is an active member of.' }),
  organizationInfo: OrganizationInfo,
  language: t.Optional(choice(LANGUAGES, 'Interface language.')),
  verificationStatus: t.Optional(
    text('`verified` when the email address is verified; absent when it is not known to be.', 64),
  ),
  activityTrace: t.Optional(ActivityTrace),
  createdAt: dateTime('When the user was created.'),
  updatedAt: dateTime('When the user was last changed.'),
});

const tokenPair = { accessToken: Token, refreshToken: t.Optional(Token) };
const SessionResponse = answer(
  'A session: the pair of tokens and the user.',
  {
    status: succeeded,
    data: closed('The session.', { ...tokenPair, user: User }),
  },
  examples.session,
);
const RefreshResponse = answer(
  'The next pair; the one sent is spent.',
  {
    status: succeeded,
    data: closed('The pair.', tokenPair),
  },
  examples.refresh,
);
const ProfileResponse = answer('The signed-in user.', { status: succeeded, data: User }, examples.profile);
const StartResponse = answer(
  'Where to send the person.',
  {
    status: succeeded,
    data: closed('The started login.', {
      redirectUrl: authorizationUrl(),
      state: text('Compare with the `state` that comes back, and send it on.', 512),
    }),
  },
  examples.start,
);
const LogoutResponse = answer(
  'The session has ended.',
  {
    status: succeeded,
    data: closed('The outcome.', {
      done: flag('Always true.'),
      message: text('What was done.', 256),
      logoutUrl: logoutUrl(),
    }),
  },
  examples.logout,
  examples.logoutAtProvider,
  examples.logoutAtOpenIdProvider,
);
const ErrorResponse = answer('A refusal.', {
  status: t.Literal(false, { description: '`false` for failure.' }),
  error: closed('What went wrong.', {
    code: count('Error code; the table at the head of this API says whose it is.'),
    message: text('A short sentence.', 256),
  }),
});

export const appliveryModels = {
  'Applivery.CallbackParams': CallbackParams,
  'Applivery.CallbackQuery': CallbackQuery,
  'Applivery.CallbackRequest': CallbackRequest,
  'Applivery.StartQuery': StartQuery,
  'Applivery.StartResponse': StartResponse,
  'Applivery.SessionResponse': SessionResponse,
  'Applivery.RefreshRequest': RefreshRequest,
  'Applivery.RefreshResponse': RefreshResponse,
  'Applivery.ProfileResponse': ProfileResponse,
  'Applivery.LogoutRequest': LogoutRequest,
  'Applivery.LogoutResponse': LogoutResponse,
  'Applivery.Error': ErrorResponse,
  'Applivery.Token': Token,
  'Applivery.User': User,
  'Applivery.OrganizationSummary': OrganizationSummary,
  'Applivery.OrganizationInfo': OrganizationInfo,
  'Applivery.ActivityTrace': ActivityTrace,
  'Applivery.Surfaces': Surfaces,
  'Applivery.PlatformRole': PlatformRole,
  'Applivery.UserAttributes': UserAttributes,
  'Applivery.OrganizationAttributes': OrganizationAttributes,
};

const readUser = attributeReader(UserAttributes);
const readOrganization = attributeReader(OrganizationAttributes);

export function presentSession(issued: IssuedSession): Static<typeof SessionResponse> {
  return { status: true, data: { ...presentPair(issued), user: presentUser(issued.profile) } };
}

export function presentRefresh(
  issued: Pick<IssuedSession, 'accessToken' | 'refreshToken'>,
): Static<typeof RefreshResponse> {
  return { status: true, data: presentPair(issued) };
}

export function presentProfile(profile: Profile): Static<typeof ProfileResponse> {
  return { status: true, data: presentUser(profile) };
}

/** `redirectUrl` is the authorization request; `state` is repeated so that a client need not take the URL apart. */
export function presentStart(started: { redirectUrl: string; state: string }): Static<typeof StartResponse> {
  return { status: true, data: { redirectUrl: started.redirectUrl, state: started.state } };
}

export function presentLogout({ logoutUrl: address }: EndedLogout): Static<typeof LogoutResponse> {
  const outcome = { done: true, message: 'The session has ended.' };
  return { status: true, data: address === undefined ? outcome : { ...outcome, logoutUrl: address } };
}

function presentPair(issued: Pick<IssuedSession, 'accessToken' | 'refreshToken'>) {
  const accessToken = presentToken(issued.accessToken);
  return issued.refreshToken ? { accessToken, refreshToken: presentToken(issued.refreshToken) } : { accessToken };
}

function presentToken(timed: TimedToken): Static<typeof Token> {
  return { token: timed.token, expireAt: instant(timed.expiresAt) };
}

function presentUser({ user, organization, organizations }: Profile): Static<typeof User> {
  const names = [user.firstName, user.lastName].filter(Boolean).join(' ');
  return known({
    role: 'user',
    ...readUser(user.attributes.applivery),
    id: user.id,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    fullName: user.fullName ?? (names || undefined),
    picture: user.picture,
    hasPassword: false,
    has2FAActive: false,
    ssoUser: true,
    organizationId: organization.id,
    organizations: organizations.map(({ id, name, slug, picture }) => known({ id, name, slug, picture })),
    organizationInfo: presentOrganization(organization),
    language: presentLanguage(user.language),
    verificationStatus: user.emailVerified ? 'verified' : undefined,
    activityTrace: knownOrNothing({
      lastLogin: presentActivity(user.lastLogin),
      lastAction: presentActivity(user.lastAction),
    }),
    createdAt: instant(user.createdAt),
    updatedAt: instant(user.updatedAt),
  });
}

function presentOrganization(organization: Profile['organization']): Static<typeof OrganizationInfo> {
  const { id, name, slug, picture, createdBy, branding, store, configuration } = organization;
  const attributes = readOrganization(known({ branding, store, configuration }));
  return known({ id, name, slug, picture, createdBy, ...attributes });
}

function presentActivity({ dashboard, sdk, store }: Activity) {
  return knownOrNothing({
    dashboard: dashboard && instant(dashboard),
    sdk: sdk && instant(sdk),
    store: store && instant(store),
  });
}

/** The wire knows eight primary languages; of a tag such as `pt-BR` the first part counts (RFC 5646 §2.2.1). */
function presentLanguage(tag: string | null) {
  const primary = tag?.split('-', 1)[0]?.toLowerCase();
  return LANGUAGES.find((language) => language === primary);
}
