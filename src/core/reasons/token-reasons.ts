/** Reasons about the ID token (OpenID Connect Core §3.1.3.7), userinfo, and logout tokens. */
import type { SsoErrorCode } from '#error';
import { type ReasonTexts, START_AGAIN, TELL_ADMIN, TRY_LATER } from './texts.ts';

const OUR_CLIENT = 'the connection’s `clientId`';

export const TOKEN_REASONS = {
  id_token_missing: {
    cause: 'The token response has no `id_token`.',
    person: TELL_ADMIN,
    integrator:
      'Let `scopes` of the connection hold `openid`, or leave them out. A provider of plain OAuth 2.0 needs its own `type`, such as `github`.',
    admin: 'Enable OpenID Connect for this application, and allow it the scope `openid`.',
  },
  id_token_malformed: {
    cause: 'The ID token is not a signed JWT of three segments, is encrypted, or uses header extensions.',
    person: TELL_ADMIN,
    integrator: 'Nothing to set here: signed tokens are taken, encrypted ones are not.',
    admin: 'Switch off encryption of ID tokens for this application; they travel over TLS from server to server.',
  },
  id_token_size: {
    cause: 'The ID token is larger than 16 KiB.',
    person: TELL_ADMIN,
    integrator: 'Ask for fewer `scopes`; groups may come from userinfo instead.',
    admin: 'Put fewer claims into the ID token, above all fewer groups: those assigned to this application will do.',
  },
  id_token_alg: {
    cause:
      'The ID token is signed by an algorithm that the connection does not allow; `none` and shared secrets (HS256) never are.',
    person: TELL_ADMIN,
    integrator:
      'If the algorithm in the trace is asymmetric, add it to the connection’s `idTokenAlgs`, or clear them to take what the provider announces.',
    admin: 'Sign this application’s ID tokens by RS256 or ES256.',
  },
  id_token_typ: {
    cause: 'The `typ` of the token says that it is something else, such as an access token (`at+jwt`).',
    person: TELL_ADMIN,
    integrator: 'See `actual` in the trace: the provider put another token where the ID token belongs.',
    admin: 'Let the token endpoint answer an ID token (`typ` `JWT` or none) as `id_token`.',
  },
  id_token_kid: {
    cause: 'No key, or more than one, of the provider’s published keys fits the token’s `kid` and algorithm.',
    person: TRY_LATER,
    integrator:
      'Look whether the `kid` of the trace is at the provider’s `jwks_uri`; keys are read again when an unknown one is named.',
    admin:
      'Publish the signing key at `jwks_uri` before it signs, each with a `kid` of its own; RSA keys need 2048 bits.',
  },
  id_token_signature: {
    cause: 'The signature of the ID token is not of the published key that it names.',
    person: TELL_ADMIN,
    integrator:
      'Nothing to set here. If it happens to everybody, the provider publishes other keys than it signs with.',
    admin: 'Let `jwks_uri` publish the very key that signs; two keys must not share a `kid`.',
  },
  id_token_iss: {
    cause: 'The `iss` of the ID token is not the connection’s issuer, character for character.',
    person: TELL_ADMIN,
    integrator:
      'Compare expected and actual in the trace. If the actual one is your provider, set the connection’s `issuer` to it, slash and case included.',
    admin: 'Say which issuer this application’s tokens carry; behind a proxy, set the provider’s public address.',
  },
  id_token_aud: {
    cause: `The ID token is not meant for ${OUR_CLIENT}, or is meant for others too that it does not trust.`,
    person: TELL_ADMIN,
    integrator:
      'Set `clientId` to the one of the provider’s application. If `actual` lists ours and others, and they are wanted, add those to `trustedAudiences`.',
    admin: 'Check the client id that was handed over; remove further audiences from this application’s ID tokens.',
  },
  id_token_azp: {
    cause: `The \`azp\` of the ID token is not ${OUR_CLIENT}, or is missing although there are several audiences.`,
    person: TELL_ADMIN,
    integrator: 'Set `clientId` to the client that asks for the token.',
    admin: 'Issue the token to this application’s own client, with its id as `azp`.',
  },
  id_token_exp: {
    cause: 'The ID token was over when it arrived (30 s are allowed for clocks), or has no `exp`.',
    person: TRY_LATER,
    integrator:
      'See `clockSkews` of the trace: beyond 30 s one of the two clocks is wrong; let this machine’s be set by NTP.',
    admin: 'Set the provider’s clock by NTP, and let ID tokens live for a minute at least.',
  },
  id_token_iat: {
    cause:
      'The ID token says that it was issued in the future (beyond 30 s), more than 10 minutes ago, or not when; or it is not valid yet (`nbf`).',
    person: TRY_LATER,
    integrator:
      'See `clockSkews` of the trace: positive means that the provider’s clock is ahead of ours. Let this machine’s clock be set by NTP.',
    admin: 'Set the provider’s clock by NTP; issue a new ID token for each sign-in.',
  },
  id_token_nonce: {
    cause:
      'The `nonce` of the ID token is not the one of this login: the token was made for another one, or carries none.',
    person: START_AGAIN,
    integrator: 'Do not change the address that the start answered: its `nonce` must reach the provider.',
    admin: 'Let the provider put the `nonce` of the request into the ID token; a cached token must not be given again.',
  },
  id_token_sub: {
    cause: 'The `sub` of the ID token is missing, or not 1 to 255 printable ASCII characters.',
    person: TELL_ADMIN,
    integrator: 'Nothing to set here: the subject can’t be mapped.',
    admin:
      'Let `sub` be a text that stays the person’s for ever, in ASCII; not a number and not an address that changes.',
  },
  id_token_at_hash: {
    cause: 'The `at_hash` of the ID token is not the hash of the access token that came with it.',
    person: START_AGAIN,
    integrator: 'Nothing to set here: the two tokens were not made for each other.',
    admin: 'Let the token endpoint compute `at_hash` of the access token that it answers, or leave it out.',
  },
  id_token_tenant: {
    cause:
      'The token’s tenant (`tid`) is not one of the connection’s `tenants`, or its `iss` or key is not that tenant’s.',
    person:
      'Your account belongs to an organization that may not sign in here. Use your work account of the right organization.',
    integrator:
      'Add the tenant id in the trace to the connection’s `tenants` if its people are to be let in. If no token of this provider names a `tid`, clear `tenants`.',
    admin:
      'Tell your tenant id (Entra: Overview, “Tenant ID”), or sign in with an account of your own tenant, not as a guest.',
  },
  reauth_required: {
    cause:
      'The person’s sign-in at the provider is older than the connection’s `maxAgeSeconds` or `maxSessionSeconds` allow, or is not dated; or the provider’s session is over already.',
    person: 'You have been signed in at your organization for too long. Sign out there, then start again here.',
    integrator:
      'The age was asked for (`max_age`, `ForceAuthn`). Raise `maxAgeSeconds` or `maxSessionSeconds`, or clear them, if the provider can’t do better.',
    admin: 'Let the provider honour `max_age` and send `auth_time`; for SAML `ForceAuthn` and `AuthnInstant`.',
  },
  userinfo_sub: {
    cause: 'The userinfo answer is about another subject than the ID token, or about none.',
    person: TELL_ADMIN,
    integrator: 'Map the wanted claims from the ID token, so that userinfo is not asked.',
    admin: 'Let userinfo answer the same `sub` as the ID token does for this application.',
  },
  subject_missing: {
    cause: 'The user document of a plain OAuth 2.0 provider has no stable id: a whole number is wanted.',
    person: TELL_ADMIN,
    integrator:
      'Check that the connection’s `type` and base URL fit the provider, and that its scopes let the user document be read.',
    admin: 'Allow the application to read the signed-in person’s profile.',
  },
  logout_token: {
    cause:
      'The logout token of a back-channel logout failed a check: signature, issuer, audience, age, event or subject. Nobody was signed out.',
    person: 'You may still be signed in at the application. Sign out there.',
    integrator:
      'See the failed check in the audit event; the address at the provider must be the one of this very connection.',
    admin: 'Enter the back-channel logout address of this connection, and sign logout tokens as ID tokens are signed.',
  },
  logout_token_replay: {
    cause: 'The same logout token came before; what it ended has ended.',
    person: 'You are signed out already.',
    integrator: 'Nothing to do: the repeat changes nothing.',
    admin: 'Give each logout token a `jti` of its own, and send it once.',
  },
  provider_session_ended: {
    cause: 'The provider told of the end of its session while the login that came of it was under way.',
    person: 'You signed out at your organization meanwhile. Sign in again.',
    integrator: START_AGAIN,
    admin: 'If nobody signed out: look for what ends sessions at the provider right after a sign-in.',
  },
} as const satisfies Partial<Record<SsoErrorCode, ReasonTexts>>;
