/** Reasons about organization and connection, the response that comes back, and talking to the provider. */
import type { SsoErrorCode } from '#error';
import { NOTHING, type ReasonTexts, START_AGAIN, TELL_ADMIN, TRY_LATER } from './texts.ts';

const UNAVAILABLE =
  'Signing in is not available for your organization. Ask your organization’s administrator or the application’s support.';

export const RESPONSE_REASONS = {
  organization_not_found: {
    cause: 'No organization has this slug or id.',
    person: 'This sign-in page does not exist. Check the address that you were given.',
    integrator: 'Use the organization’s `slug` or `id` as the admin API lists it.',
    admin: NOTHING,
  },
  organization_disabled: {
    cause: 'The organization’s status is `disabled`.',
    person: UNAVAILABLE,
    integrator: 'Set the organization’s `status` to `active` in the admin API, if it is to sign in again.',
    admin: NOTHING,
  },
  connection_not_found: {
    cause: 'The organization has no connection of this slug, or none that serves the email’s domain.',
    person: UNAVAILABLE,
    integrator:
      'Check the connection’s `slug` in the path. Where an email chooses it: add the domain to a connection’s `allowedDomains`, or verify it for the organization.',
    admin: NOTHING,
  },
  connection_disabled: {
    cause: 'The connection is a draft or disabled; the failed check says which.',
    person: UNAVAILABLE,
    integrator: 'Activate the connection in the admin API; a login needs `status` `active` from its start to its end.',
    admin: NOTHING,
  },
  connection_mismatch: {
    cause:
      'The callback names another connection than the login was started on, or the version of the connection that it began with is not kept any more.',
    person: START_AGAIN,
    integrator:
      'Post the callback to the path of the connection that started it. If the trace shows two versions, the connection was changed very often while the person signed in: a new login works.',
    admin: 'Register for each connection the redirect URI or consumer service address of that very connection.',
  },
  connection_misconfigured: {
    cause: 'The connection lacks something that this login needs; the trace’s `detail` names it.',
    person: TELL_ADMIN,
    integrator:
      'Complete the connection as `detail` says: `issuer`, `clientId`, `clientSecret` or `clientKey`, a `redirectUris` entry, a `clientAuthentication` that the provider takes, or the `saml` settings.',
    admin: 'Hand over what is missing: usually a client id with a new secret, or the address of the metadata.',
  },
  state_missing: {
    cause: 'The response carries no `state`, or a SAML response no RelayState.',
    person: START_AGAIN,
    integrator:
      'Hand the `state` of the redirect on to the callback, unchanged; for SAML the `RelayState` beside the `SAMLResponse`.',
    admin:
      'For SAML: let the provider return the RelayState of the request. People start at the application unless logins that begin at the provider are allowed.',
  },
  state_invalid: {
    cause: 'No login that is remembered has this `state`.',
    person: START_AGAIN,
    integrator:
      'Post the `state` as the redirect brought it; do not make one up, cut or re-encode it. A started login is forgotten an hour after its time is over.',
    admin: NOTHING,
  },
  state_expired: {
    cause: 'Between the start of the login and its callback passed more time than AUTHENTICATION_REQUEST_SECONDS.',
    person: 'The sign-in took too long. Start it again from the application.',
    integrator: 'Start a new login when the person clicks, not when the page loads.',
    admin: 'If people need longer at the provider (a new device, a reset password), they start again afterwards.',
  },
  state_consumed: {
    cause:
      'The login was finished before, by a callback that differed or came too long ago; or a SAML request was answered before.',
    person: 'This sign-in was already used. Start it again if you are not signed in.',
    integrator:
      'Post each callback once. Only the very same request gets the same answer again, within CALLBACK_REPEAT_SECONDS.',
    admin: NOTHING,
  },
  code_missing: {
    cause: 'The callback has neither a `code` nor an `error`.',
    person: START_AGAIN,
    integrator: 'Hand on the `code` of the redirect, or its `error` if it has one.',
    admin: NOTHING,
  },
  response_ambiguous: {
    cause: 'The callback has both a `code` and an `error`.',
    person: START_AGAIN,
    integrator:
      'Hand on what the redirect brought: a provider sends one of the two. An empty error must be left out or be `false`.',
    admin: NOTHING,
  },
  idp_error: {
    cause: 'The provider answered with an error in place of a code; the trace shows its name, such as `access_denied`.',
    person:
      'Your organization’s sign-in page refused, or you cancelled. Start again; if it stays so, ask your organization’s administrator for access.',
    integrator:
      'Look at the check `response.success`: `access_denied` is the person or a policy, `invalid_scope` or `unauthorized_client` a setting.',
    admin:
      'Assign the person or their group to this application, and allow it the code flow and the scopes that the connection asks for.',
  },
  iss_missing: {
    cause:
      'The provider announces `iss` in its responses, the connection requires it (`requireIss`), and the callback has none.',
    person: START_AGAIN,
    integrator:
      'Hand the `iss` parameter of the redirect on to the callback, or set `requireIss` to false on the connection.',
    admin: NOTHING,
  },
  iss_mismatch: {
    cause: 'The `iss` of the response is not the connection’s issuer: it came from another provider.',
    person: START_AGAIN,
    integrator:
      'Compare expected and actual in the trace: if both are your provider, set the connection’s `issuer` to exactly what it says. If not, somebody mixed up two logins; the code was not sent anywhere.',
    admin: 'Check which issuer this application’s sign-in page belongs to, and tell it exactly.',
  },
  url_not_allowed: {
    cause:
      'An address of the provider is not one that this server calls: not https, not public, or of an unusual port.',
    person: TELL_ADMIN,
    integrator:
      'Use public https addresses on the connection. For a provider inside your network, list its `host:port` in OUTBOUND_ALLOW and restart.',
    admin: 'Serve the provider under https with a public name, and let its metadata name such addresses only.',
  },
  idp_unreachable: {
    cause:
      'No connection to the provider: name, network or TLS failed, or it failed so often that calls pause for some seconds.',
    person: TRY_LATER,
    integrator:
      'See `detail`: `dns` (check the host), `refused` or `reset` (a firewall between us), `tls_error (…)` (the certificate), `circuit open` (wait for `Retry-After`).',
    admin:
      'Check that the provider is up, that its certificate is complete and valid, and that this server’s address is let in.',
  },
  idp_timeout: {
    cause:
      'The provider did not answer within its limit: 5 s a document, 10 s the token endpoint, 15 s all calls of a login.',
    person: TRY_LATER,
    integrator: 'See `calls` of the trace for the slow one. A code is never sent twice: the person signs in again.',
    admin:
      'Look for what slows the provider’s token or metadata endpoint; requests from this server must not be held back.',
  },
  idp_busy: {
    cause: 'As many calls to this provider as are allowed are under way, and those that waited gave up.',
    person: TRY_LATER,
    integrator: 'Wait for `Retry-After`; if it happens often, the provider answers too slowly for so many logins.',
    admin: 'Look for what slows the provider: calls pile up only when it takes seconds to answer.',
  },
  idp_redirect: {
    cause: 'An endpoint of the provider answered with a redirect, which is never followed.',
    person: TELL_ADMIN,
    integrator:
      'Set `issuer` (or `metadataUrl`) to the address where the redirect leads, mostly https in place of http, or with or without `www`.',
    admin: 'Give the final address of the provider, and let its metadata name endpoints that answer by themselves.',
  },
  idp_bad_response: {
    cause:
      'The provider’s answer is not what the protocol wants: status, content type, JSON or members; `detail` names it.',
    person: TRY_LATER,
    integrator:
      'See `detail`: `discovery: 404` means a wrong `issuer`; `token endpoint: 400 invalid_request` a request that the provider does not take, often a `clientAuthentication`; `userinfo: 403` a missing scope; `emails: 404` or `403` one that lacks GitHub’s `user:email`: add it to the connection’s `scopes`, or leave them out, and sign in anew.',
    admin:
      'Check that the endpoint in `detail` answers JSON to this application, and that the scopes it was given allow it.',
  },
  idp_client_auth_failed: {
    cause: 'The provider’s token endpoint refused the client id, the secret or key, or how it was sent.',
    person: TELL_ADMIN,
    integrator:
      'Set the connection’s `clientId` and `clientSecret` (or `clientKey`) anew; they may have been rotated or have expired. If they are right, set `clientAuthentication` to the method that the provider is set to.',
    admin:
      'Make a new client secret for this application and hand it over; see whether the old one expired. Allow `client_secret_basic` or `client_secret_post`.',
  },
  code_exchange_failed: {
    cause:
      'The provider refused the code (`invalid_grant`): used, expired, of another client or redirect URI; or the one-time code of a SAML login was wrong or older than 60 s.',
    person: START_AGAIN,
    integrator:
      'Post the code once and at once. If every login fails so, the redirect URI at the provider is not the connection’s, or the provider’s clock is wrong.',
    admin: 'Register the connection’s redirect URI character for character, and check the provider’s clock.',
  },
  issuer_mismatch: {
    cause:
      'The discovery document at the connection’s issuer names another issuer; the check `start.request` shows both.',
    person: TELL_ADMIN,
    integrator:
      'Set the connection’s `issuer` to the `issuer` of the document at `<issuer>/.well-known/openid-configuration`, character for character; a slash at the end counts.',
    admin: 'Tell the exact issuer; behind a proxy, let the provider know its public address.',
  },
  metadata_changed: {
    cause: 'The provider’s metadata name an endpoint on another site than the issuer’s.',
    person: TELL_ADMIN,
    integrator:
      'If the provider confirms the address in `detail`, add its origin to the connection’s `trustedOrigins`; until then no secret goes there.',
    admin: 'Say whether the endpoint in question is yours; if not, somebody may have changed your metadata.',
  },
  jwks_unavailable: {
    cause: 'The provider’s signing keys (`jwks_uri`) could not be read, and no copy is kept.',
    person: TRY_LATER,
    integrator: 'See `detail`, and open the provider’s `jwks_uri` from where this server runs.',
    admin: 'Let the keys be read by anybody at `jwks_uri`, as JSON, without sign-in or redirect.',
  },
  jwks_timeout: {
    cause: 'The provider’s signing keys did not arrive within 5 seconds, and no copy is kept.',
    person: TRY_LATER,
    integrator: 'Try again; if it stays so, measure `jwks_uri` from where this server runs.',
    admin: 'Look for what slows `jwks_uri`; it is a small document that can be cached.',
  },
} as const satisfies Partial<Record<SsoErrorCode, ReasonTexts>>;
