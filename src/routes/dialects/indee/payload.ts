/**
 * Indee's wire: models and presentation of `admin.auth.session.sso.*` and the endpoints around it.
 * Every answer carries `status_code` and `status_message`, success too (`A0000`, `success`).
 */

import { type Static, t } from 'elysia';
import type { IssuedSession } from '#core/profile.ts';
import type { EndedLogout } from '#core/provider-logout.ts';
import {
  answer,
  authorizationUrl,
  flag,
  logoutUrl,
  request,
  text,
  token,
  typedEmail,
} from '#routes/dialects/fields.ts';
import * as examples from './examples.ts';

const SUCCESS = { status_code: 'A0000', status_message: 'success' } as const;

const succeeded = {
  status_code: t.Literal(SUCCESS.status_code, { description: 'Status code: `A0000` for success.' }),
  status_message: t.Literal(SUCCESS.status_message, { description: 'What the status code means.' }),
};
const refreshToken = token('The refresh token, a JWT.');

const InitiateRequest = request(
  'Who wants to sign in.',
  {
    username: typedEmail('The person’s email address; its domain leads to the organization’s connection.'),
  },
  examples.initiateRequest,
);
const InitiateResponse = answer(
  'A started login. Keep `state` and `nonce`, and send the person to `redirect`.',
  {
    ...succeeded,
    state: text('Compare with the `state` that comes back, and send it on.', 512),
    nonce: text('Send it on with the login; it must be in the ID token.', 512),
    redirect: authorizationUrl(),
  },
  examples.initiate,
);
const LoginRequest = request(
  'What came back to the redirect URI, with what the initiation answered.',
  {
    state: text('The `state` of the initiation.', 512, { minLength: 1 }),
    nonce: text('The `nonce` of the initiation.', 512, { minLength: 1 }),
    email: typedEmail('The email address that the login was initiated with.'),
    code: text('Authorization code (RFC 6749 §4.1.2); may be empty when `error` is set.', 4096),
    error: t.Union([t.Boolean(), t.String({ maxLength: 256 })], {
      description: 'Whether the identity provider answered with an error, or its error code.',
    }),
    error_description: t.Optional(
      t.Union([t.String({ maxLength: 2048 }), t.Object({}, { additionalProperties: true }), t.Null()], {
        description: 'The identity provider’s explanation; recorded nowhere and shown to nobody.',
      }),
    ),
    iss: t.Optional(text('Issuer of the authorization response (RFC 9207), if the redirect carried one.', 2048)),
    extended_expiry: t.Optional(flag('Asks for the longest refresh token life that the organization allows.')),
  },
  examples.loginRequest,
);
const TokenResponse = answer(
  'A session.',
  {
    ...succeeded,
    token: token('The access token, a JWT.'),
    refresh_token: refreshToken,
  },
  examples.session,
);
const RefreshRequest = request('The session to go on with.', { refresh_token: refreshToken }, examples.refreshRequest);
const RefreshResponse = answer(
  'A new access token; the refresh token stays the same.',
  {
    ...succeeded,
    token: token('The access token, a JWT.'),
  },
  examples.refresh,
);
const LogoutRequest = request('The session to end.', { refresh_token: refreshToken }, examples.refreshRequest);
const LogoutResponse = answer(
  'The session has ended; its access tokens stop working too.',
  { ...succeeded, redirect: logoutUrl() },
  examples.logout,
  examples.logoutAtProvider,
  examples.logoutAtOpenIdProvider,
);
const ErrorResponse = answer('A refusal.', {
  status_code: t.String({ description: 'Status code: a letter and four digits.', pattern: '^A[1-9][0-9]{3}$' }),
  status_message: text('A short sentence.', 256),
});

export const indeeModels = {
  'Indee.InitiateRequest': InitiateRequest,
  'Indee.InitiateResponse': InitiateResponse,
  'Indee.LoginRequest': LoginRequest,
  'Indee.TokenResponse': TokenResponse,
  'Indee.RefreshRequest': RefreshRequest,
  'Indee.RefreshResponse': RefreshResponse,
  'Indee.LogoutRequest': LogoutRequest,
  'Indee.LogoutResponse': LogoutResponse,
  'Indee.Error': ErrorResponse,
};

/** `redirect` is the whole authorization request, `state` and `nonce` included. */
export function presentInitiation(started: {
  state: string;
  nonce: string;
  redirect: string;
}): Static<typeof InitiateResponse> {
  return { ...SUCCESS, state: started.state, nonce: started.nonce, redirect: started.redirect };
}

/** @throws Error when the session has no refresh token, which Indee's wire cannot do without */
export function presentSession(
  issued: Pick<IssuedSession, 'accessToken' | 'refreshToken'>,
): Static<typeof TokenResponse> {
  if (!issued.refreshToken) throw new Error('an Indee session needs a refresh token');
  return { ...SUCCESS, token: issued.accessToken.token, refresh_token: issued.refreshToken.token };
}

export function presentRefresh(issued: Pick<IssuedSession, 'accessToken'>): Static<typeof RefreshResponse> {
  return { ...SUCCESS, token: issued.accessToken.token };
}

export function presentLogout({ logoutUrl: redirect }: EndedLogout = {}): Static<typeof LogoutResponse> {
  return redirect === undefined ? { ...SUCCESS } : { ...SUCCESS, redirect };
}
