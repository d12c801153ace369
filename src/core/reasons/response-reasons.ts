/** Reasons about organization and connection, and the response that comes back. */
import type { SsoErrorCode } from '#error';
import { NOTHING, type ReasonTexts, START_AGAIN, TELL_ADMIN, TRY_LATER } from './texts.ts';

const UNAVAILABLE =
  'Signing in is not available for your organization. Ask your organization’s administrator or the application’s support.';

const REFUSED_THERE =
  'Your organization’s sign-in page refused, or you cancelled. Start again; if it stays so, ask your organization’s administrator for access.';

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
    integrator:
      'If it is to sign in again: `PATCH /admin/v1/organizations/{id}` with its `status` `active` (`{"status": "active"}`); set the organization’s `status` to `active` in the declared file, where one is used.',
    admin: NOTHING,
  },
  connection_not_found: {
    cause: 'The organization has no connection of this slug, or none that serves the email’s domain.',
    person: UNAVAILABLE,
    integrator:
      'Check the connection’s `slug` in the path. Where an email chooses it: add the domain to a connection’s `allowedDomains`, or verify it for the organization (`POST /admin/v1/organizations/{id}/domains`).',
    admin: NOTHING,
  },
  connection_disabled: {
    cause:
      'The connection is a draft or disabled, or was disabled between the login’s start and its end; the failed check says which.',
    person: UNAVAILABLE,
    integrator:
      'See `actual` of the trace. A draft is put in use with `POST /admin/v1/connections/{id}/activate`; a disabled one with `PATCH /admin/v1/connections/{id}` and `{"status": "active"}`. `disabled since the login began`: a new login works, if it is active by now.',
    admin: NOTHING,
  },
  connection_mismatch: {
    cause:
      'The callback names another connection than the login was started on, or the version of the connection that it began with is not kept any more.',
    person: START_AGAIN,
    integrator:
      'See which check failed. `request.connection`: `expected` is the organization and connection that the login was started on; keep them beside the `state`, and post the callback to their path. `connection.versionKept`: the connection was changed very often while the person signed in, and a new login works.',
    admin:
      'If the same application is registered for two connections: register for each the redirect URI or consumer service address that was handed over for that very one.',
  },
  connection_misconfigured: {
    cause: 'The connection lacks something that this login needs; the trace’s `detail` names it.',
    person: TELL_ADMIN,
    integrator:
      '`GET /admin/v1/connections/{id}/check` lists what is missing, each with its place. Complete the connection as it or `detail` says: `issuer`, `clientId`, `clientSecret` or `clientKey`, a `redirectUris` entry, a `clientAuthentication` that the provider takes, or the `saml` settings.',
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
    integrator:
      'Start a new login when the person clicks, not when the page loads. If people need longer at their provider, raise AUTHENTICATION_REQUEST_SECONDS.',
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
    cause:
      'The provider answered with an error in place of a code, and none of those that have a reason of their own; the trace shows its name where the client handed it on.',
    person: REFUSED_THERE,
    integrator:
      'Look at the check `response.success`. `unnamed error` means that the client only said that there was one: have it hand on the `error` of the redirect as it is. `invalid_request` means that the request was changed on its way: send people to the address that the start answered, unchanged.',
    admin: 'Look for this sign-in in your provider’s own log, which says what it refused and why.',
  },
  idp_access_denied: {
    cause:
      'The provider answered `access_denied`: the person cancelled, is not assigned to the application, or a policy of the provider keeps them out.',
    person: REFUSED_THERE,
    integrator: 'Nothing to set here: the provider decides who may sign in to the application.',
    admin:
      'Assign the person or their group to this application, and see whether a sign-in policy (conditional access, device, network) keeps them out; your own log has the sign-in.',
  },
  idp_interaction_required: {
    cause:
      'The provider wanted to show the person something (sign-in, a second factor, a choice of account), and the request or a policy did not let it.',
    person: START_AGAIN,
    integrator:
      'Send people to the address that the start answered, unchanged and in a whole window: a `prompt=none` that was added to it, or a hidden frame, has this effect.',
    admin:
      'If it happens in whole windows too: see in your own log which policy asks for something that the person could not do.',
  },
  idp_consent_required: {
    cause: 'Nobody has consented to the scopes that this application asks for, and this person may not.',
    person: TELL_ADMIN,
    integrator: 'If the connection’s `scopes` ask for more than is needed, take the rest out.',
    admin:
      'Consent to this application for the whole organization. Entra ID: Enterprise applications, the application, Permissions, Grant admin consent.',
  },
  idp_scope_refused: {
    cause: 'The provider refused the scopes that the connection asks for (`invalid_scope`).',
    person: TELL_ADMIN,
    integrator:
      'Take what the provider does not know out of the connection’s `scopes`, or set them to null for the usual ones; `GET /admin/v1/connections/{id}/check` names those that are not announced.',
    admin:
      'Allow this application the scopes `openid`, `email` and `profile`, and those that were agreed on for groups.',
  },
  idp_client_not_allowed: {
    cause:
      'The provider knows the application and does not let it use the authorization code flow (`unauthorized_client`, `unsupported_response_type`, `unsupported_grant_type`), or has it disabled.',
    person: TELL_ADMIN,
    integrator: 'Nothing to set here, if the connection’s `clientId` is that of the application meant for it.',
    admin:
      'Enable the application and its authorization code flow: grant type Authorization Code (Okta, Auth0), Standard flow (Keycloak), platform Web (Entra ID).',
  },
  idp_redirect_uri_mismatch: {
    cause:
      'The redirect URI of the login is not one that the provider has for this application, character for character; most providers say so on a page of their own, and the login never comes back.',
    person: TELL_ADMIN,
    integrator:
      'Compare the connection’s `redirectUris` with what the provider has: scheme, port, path, case and a slash at the end count. `atProvider` of the connection shows what has to be entered there. GitHub takes one callback URL alone.',
    admin:
      'Register the redirect URI that was handed over, character for character, as a redirect URI of a web application (not of a single-page one).',
  },
  idp_server_error: {
    cause:
      'The provider sent the person back with `server_error` or `temporarily_unavailable`: it broke down while they signed in there.',
    person: TRY_LATER,
    integrator: 'Nothing to set here: start a new login later. The provider’s status page may know of it.',
    admin:
      'Look for this sign-in in the provider’s own log; a policy or hook that fails there can have this effect too.',
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
} as const satisfies Partial<Record<SsoErrorCode, ReasonTexts>>;
