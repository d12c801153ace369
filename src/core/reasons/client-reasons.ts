/** Reasons about the API client’s own request: what it sent, and as whom. */
import type { SsoErrorCode } from '#error';
import { NOT_YOU, NOTHING, type ReasonTexts, START_AGAIN, TRY_LATER } from './texts.ts';

const SETTING_WRONG =
  'A setting of the application is not right. Tell its support; trying again does not help until it is changed.';
const SIGNED_OUT = 'You are no longer signed in. Sign in again.';

export const CLIENT_REASONS = {
  input_invalid: {
    cause: 'The request does not match the schema that the route documents, or its address holds U+0000.',
    person: NOT_YOU,
    integrator:
      'Compare the request with the route in /openapi.json; where a member was refused, `errors` of a problem answer points to it. Members, types and lengths are checked exactly.',
    admin: NOTHING,
  },
  body_too_large: {
    cause: 'The body is larger than the route reads.',
    person: NOT_YOU,
    integrator:
      'Send less: most routes take 64 KiB, SAML messages as they are posted 256 KiB, connections in the admin API 512 KiB.',
    admin:
      'If it was a SAML response: release fewer attributes or groups to this application, so that the response gets smaller.',
  },
  content_type_unsupported: {
    cause: 'The Content-Type of the request is none that the route documents.',
    person: NOT_YOU,
    integrator: 'Set Content-Type to the one that /openapi.json lists for the route, mostly `application/json`.',
    admin: NOTHING,
  },
  not_found: {
    cause: 'No route, or no resource, has this address; what belongs to another organization is answered so too.',
    person: 'This page does not exist. Check the address, or start again from the application.',
    integrator: 'Check the path and the ids in it, and that they belong to the organization that you call for.',
    admin: NOTHING,
  },
  method_not_allowed: {
    cause: 'The address exists, but not for this HTTP method.',
    person: NOT_YOU,
    integrator: 'Use one of the methods in the `Allow` header of the answer.',
    admin: NOTHING,
  },
  conflict: {
    cause: 'The change contradicts what is kept: a name is taken, or the state is not one in which this can be done.',
    person: NOT_YOU,
    integrator:
      'Read the resource again, look at `errors` of the answer, and send a change that fits what is there now.',
    admin: NOTHING,
  },
  rate_limited: {
    cause: 'The address sent more requests, or more wrong API keys, than this server takes in a minute.',
    person: 'There were too many attempts. Wait a minute and try again.',
    integrator:
      'Wait for `Retry-After` seconds. If all people come through one proxy, set TRUSTED_PROXY_HOPS so that they are counted one by one. The limits are RATE_LIMIT_PER_MINUTE and API_KEY_FAILURES_PER_MINUTE.',
    admin: NOTHING,
  },
  api_key_missing: {
    cause: 'The route wants an API key, and the request has no Authorization header with one.',
    person: NOT_YOU,
    integrator: 'Send `Authorization: Bearer <API key>` with every call of this API.',
    admin: NOTHING,
  },
  api_key_invalid: {
    cause:
      'The API key is not one that is kept, or it is revoked or past its end; the check `start.apiKey` says whether it has the form of one.',
    person: NOT_YOU,
    integrator:
      'Make a new key with `POST /admin/v1/organizations/{id}/api-keys` and put it into the client, whole; revoked keys never come back.',
    admin: NOTHING,
  },
  api_key_forbidden: {
    cause:
      'The API key is good, but not for this API: its `dialects` do not name it; the check `start.apiKey`, at the end of a login `apiKey.dialect`, shows them.',
    person: NOT_YOU,
    integrator: 'Use a key whose `dialects` include the API that you call, or make one.',
    admin: NOTHING,
  },
  token_missing: {
    cause: 'The route wants a token, and the request has none.',
    person: SIGNED_OUT,
    integrator: 'Send the token as the route documents it: mostly `Authorization: Bearer <token>`.',
    admin: NOTHING,
  },
  token_invalid: {
    cause: 'The token was not signed by this server, was changed, or is of another kind or API.',
    person: SIGNED_OUT,
    integrator:
      'Send the token exactly as it was issued, to the API that issued it; an ID token of the provider is none.',
    admin: NOTHING,
  },
  token_expired: {
    cause: 'The token is ours and past its end.',
    person: SIGNED_OUT,
    integrator:
      'Renew the session with its refresh token before the access token ends; where there is none, start a login.',
    admin: NOTHING,
  },
  session_ended: {
    cause:
      'The session was ended: by a logout, by an administrator, or because the user, organization or connection may not be used any more.',
    person: SIGNED_OUT,
    integrator: 'Drop the tokens and start a login. The audit event `session.ended` says who ended it and why.',
    admin: NOTHING,
  },
  session_expired: {
    cause: 'The session reached its end, or was not used for longer than it may be.',
    person: SIGNED_OUT,
    integrator: 'Start a login. Lifetimes are set by the organization’s `sessionLifetimes` and the configuration.',
    admin: NOTHING,
  },
  refresh_token_invalid: {
    cause: 'The refresh token is unknown, over, or not the one that was issued with this access token.',
    person: SIGNED_OUT,
    integrator:
      'Send the refresh token together with the last access token that came with it; otherwise start a login.',
    admin: NOTHING,
  },
  refresh_token_reused: {
    cause: 'A refresh token that had been replaced was used again, as if two parties held it; the session was ended.',
    person: 'For your safety you were signed out. Sign in again.',
    integrator:
      'Keep the newest pair only and renew from one place at a time; a repeat gets the same answer within REFRESH_GRACE_SECONDS and ends the session after that.',
    admin: NOTHING,
  },
  refresh_busy: {
    cause: 'Other renewals of the same session did not end within 5 seconds.',
    person: TRY_LATER,
    integrator: 'Send the same renewal again after `Retry-After`; renew from one place at a time.',
    admin: NOTHING,
  },
  token_foreign: {
    cause: 'The token belongs to a session of another organization, or of an API that the API key is not for.',
    person: NOT_YOU,
    integrator: 'Revoke it with an API key of the organization and API that issued it.',
    admin: NOTHING,
  },
  dialect_mismatch: {
    cause: 'The login was started over one API and finished over another.',
    person: START_AGAIN,
    integrator: 'Post the callback to the API that the login was started with.',
    admin: NOTHING,
  },
  redirect_not_allowed: {
    cause:
      'The redirect URI that the client asked for is not among the connection’s `redirectUris`; the check `start.request` shows both.',
    person: SETTING_WRONG,
    integrator:
      'Ask for a registered URI, character for character, or add this one to the connection’s `redirectUris` (`actual` of the check). No prefix or wildcard matches.',
    admin: 'Once the new redirect URI is on the connection, register the same URI at the identity provider.',
  },
  api_key_mismatch: {
    cause: 'The login was started with one API key and finished with another, or with none.',
    person: START_AGAIN,
    integrator:
      'Finish a login with the very API key that started it; during a change of keys, let the old one finish its logins.',
    admin: NOTHING,
  },
  browser_required: {
    cause:
      'The connection’s `requireBrowser` is set, and the login was started by an API call, which no browser is bound to and nobody could finish.',
    person: SETTING_WRONG,
    integrator:
      'Let the browser itself navigate to the start (`Accept: text/html`), as Applivery’s and Pria’s do. Indee’s `initiate` is always an API call: for its people set `requireBrowser` of the connection to false, or give them a connection of their own.',
    admin: NOTHING,
  },
  browser_mismatch: {
    cause: 'A browser navigated to the start, and the callback lacks that browser’s cookie or brings another one.',
    person:
      'The sign-in was started in another window or browser. Start it again here and finish it in the same browser.',
    integrator:
      'Let the browser that navigated to the start send the callback itself, with credentials (cookies) included, from a page of the same site. Unless the connection’s `requireBrowser` is set, a client may start by an API call (JSON) instead and keep `state` itself.',
    admin: NOTHING,
  },
  nonce_mismatch: {
    cause: 'The nonce that the client posted is not the one that the start gave to it.',
    person: START_AGAIN,
    integrator: 'Keep the `nonce` of the start’s answer beside its `state`, and post the pair of the same start.',
    admin: NOTHING,
  },
  email_mismatch: {
    cause:
      'The email that the client posted, or the one that the provider answered, is not the one that the login was started with.',
    person:
      'You signed in with another address than the one you entered. Start again with the address of your account.',
    integrator: 'Post the address that the login was started with, and show people which account they signed in with.',
    admin:
      'If the address that the provider sends is an alias: let it send the person’s primary address, which they type in at the application.',
  },
} as const satisfies Partial<Record<SsoErrorCode, ReasonTexts>>;
