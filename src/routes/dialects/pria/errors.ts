/**
 * Every reason on Pria's wire: `{success: false, message}`. Only the wording of token errors is
 * published (“Invalid access token” + reason); statuses and the other sentences are this server's own.
 */

import type { Static } from 'elysia';
import type { SsoError, SsoErrorCode } from '#error';
import { adminOnly } from '#routes/dialects/admin-only.ts';
import { refusalsOf } from '#routes/http/openapi-refusals.ts';
import { type Refusal, refusalHeaders } from '#routes/http/problem.ts';
import type { priaModels } from './payload.ts';

const row = <S extends number>(status: S, message: string) => ({ status, message });

const NOT_FOUND = row(404, 'Not found');
const UNAVAILABLE = row(503, 'Temporarily unavailable');
const NOT_THIS_LOGIN = row(400, 'Login not found, expired or already finished');
const DISABLED = row(403, 'SSO is disabled for this institution');
const PROVIDER_REFUSED = row(400, 'Identity provider refused the login');
const NOT_VERIFIED = row(400, 'Identity provider answer could not be verified');
const EMAIL = row(400, 'Email of the profile is missing or not allowed');
const NOT_ENTITLED = row(403, 'Access is not allowed');
const ACCOUNT_EXISTS = row(409, 'An account with this email exists already');
const ACCOUNT_DISABLED = row(403, 'Account is disabled');
const PROVIDER_FAILED = row(502, 'Identity provider failed');
const PROVIDER_SLOW = row(504, 'Identity provider did not answer in time');

const PRIA_ERRORS = {
  input_invalid: row(400, 'Invalid request'),
  body_too_large: row(413, 'Request too large'),
  content_type_unsupported: row(415, 'Unsupported content type'),
  not_found: NOT_FOUND,
  method_not_allowed: row(405, 'Method not allowed'),
  conflict: row(400, 'Invalid request'),
  rate_limited: row(429, 'Too many requests'),

  api_key_missing: row(401, 'API key missing'),
  api_key_invalid: row(401, 'Invalid API key'),
  api_key_forbidden: row(403, 'Not allowed'),
  token_missing: row(401, 'Invalid access token jwt must be provided'),
  token_invalid: row(401, 'Invalid access token invalid token'),
  token_expired: row(401, 'Invalid access token jwt expired'),
  session_ended: row(401, 'Invalid access token session ended'),
  session_expired: row(401, 'Invalid access token session expired'),
  refresh_token_invalid: row(401, 'Invalid access token invalid token'),
  refresh_token_reused: row(401, 'Invalid access token session ended'),
  refresh_busy: UNAVAILABLE,
  token_foreign: row(401, 'Invalid access token invalid token'),

  organization_not_found: NOT_FOUND,
  organization_disabled: DISABLED,
  connection_not_found: NOT_FOUND,
  connection_disabled: DISABLED,
  connection_mismatch: NOT_THIS_LOGIN,
  connection_misconfigured: row(400, 'SSO is not configured for this institution'),
  dialect_mismatch: NOT_THIS_LOGIN,
  redirect_not_allowed: row(400, 'Redirect URI is not registered'),
  browser_required: row(400, 'Start the sign-in in the browser'),

  state_missing: row(400, 'State is missing'),
  state_invalid: NOT_THIS_LOGIN,
  state_expired: NOT_THIS_LOGIN,
  state_consumed: NOT_THIS_LOGIN,
  code_missing: row(400, 'Code is missing'),
  response_ambiguous: row(400, 'Invalid request'),
  idp_error: PROVIDER_REFUSED,
  idp_access_denied: PROVIDER_REFUSED,
  idp_interaction_required: PROVIDER_REFUSED,
  idp_consent_required: PROVIDER_REFUSED,
  idp_scope_refused: PROVIDER_REFUSED,
  idp_client_not_allowed: PROVIDER_REFUSED,
  idp_redirect_uri_mismatch: PROVIDER_REFUSED,
  idp_server_error: PROVIDER_REFUSED,
  iss_missing: NOT_VERIFIED,
  iss_mismatch: NOT_VERIFIED,
  api_key_mismatch: NOT_THIS_LOGIN,
  browser_mismatch: NOT_THIS_LOGIN,
  nonce_mismatch: NOT_THIS_LOGIN,
  email_mismatch: NOT_THIS_LOGIN,

  url_not_allowed: PROVIDER_FAILED,
  idp_unreachable: PROVIDER_FAILED,
  idp_name_not_found: PROVIDER_FAILED,
  idp_connection_refused: PROVIDER_FAILED,
  idp_connect_timeout: PROVIDER_FAILED,
  idp_certificate_expired: PROVIDER_FAILED,
  idp_certificate_not_yet_valid: PROVIDER_FAILED,
  idp_certificate_name: PROVIDER_FAILED,
  idp_certificate_untrusted: PROVIDER_FAILED,
  idp_tls_failed: PROVIDER_FAILED,
  idp_timeout: PROVIDER_SLOW,
  idp_busy: row(503, 'Identity provider is busy'),
  idp_redirect: PROVIDER_FAILED,
  idp_unavailable: PROVIDER_FAILED,
  idp_document_missing: PROVIDER_FAILED,
  idp_document_forbidden: PROVIDER_FAILED,
  idp_bad_response: PROVIDER_FAILED,
  idp_client_auth_failed: PROVIDER_FAILED,
  idp_client_secret_expired: PROVIDER_FAILED,
  idp_client_unknown: PROVIDER_FAILED,
  idp_tenant_mismatch: PROVIDER_FAILED,
  code_exchange_failed: PROVIDER_REFUSED,
  issuer_mismatch: PROVIDER_FAILED,
  metadata_changed: PROVIDER_FAILED,
  jwks_unavailable: PROVIDER_FAILED,
  jwks_timeout: PROVIDER_SLOW,

  id_token_missing: NOT_VERIFIED,
  id_token_malformed: NOT_VERIFIED,
  id_token_size: NOT_VERIFIED,
  id_token_alg: NOT_VERIFIED,
  id_token_typ: NOT_VERIFIED,
  id_token_kid: NOT_VERIFIED,
  id_token_signature: NOT_VERIFIED,
  id_token_iss: NOT_VERIFIED,
  id_token_aud: NOT_VERIFIED,
  id_token_azp: NOT_VERIFIED,
  id_token_exp: NOT_VERIFIED,
  id_token_iat: NOT_VERIFIED,
  id_token_nonce: NOT_VERIFIED,
  id_token_sub: NOT_VERIFIED,
  id_token_at_hash: NOT_VERIFIED,
  id_token_tenant: NOT_VERIFIED,
  reauth_required: NOT_VERIFIED,
  userinfo_sub: NOT_VERIFIED,
  subject_missing: NOT_VERIFIED,
  logout_token: NOT_VERIFIED,
  logout_token_replay: NOT_VERIFIED,
  provider_session_ended: NOT_VERIFIED,
  saml_profile: NOT_VERIFIED,
  saml_encoding: NOT_VERIFIED,
  saml_dtd: NOT_VERIFIED,
  saml_structure: NOT_VERIFIED,
  saml_multiple_assertions: NOT_VERIFIED,
  saml_algorithm: NOT_VERIFIED,
  saml_signature: NOT_VERIFIED,
  saml_decryption: NOT_VERIFIED,
  saml_encryption_required: NOT_VERIFIED,
  saml_status: NOT_VERIFIED,
  saml_issuer: NOT_VERIFIED,
  saml_destination: NOT_VERIFIED,
  saml_recipient: NOT_VERIFIED,
  saml_audience: NOT_VERIFIED,
  saml_conditions: NOT_VERIFIED,
  saml_expired: NOT_VERIFIED,
  saml_not_yet: NOT_VERIFIED,
  saml_confirmation: NOT_VERIFIED,
  saml_subject: NOT_VERIFIED,
  saml_in_response_to: NOT_VERIFIED,
  saml_unsolicited: NOT_VERIFIED,
  saml_replay: NOT_VERIFIED,
  saml_authn_context: NOT_VERIFIED,
  saml_metadata: row(400, 'SSO is not configured for this institution'),
  saml_entity_id_mismatch: row(400, 'SSO is not configured for this institution'),
  saml_binding_unsupported: row(400, 'SSO is not configured for this institution'),
  saml_busy: UNAVAILABLE,
  saml_timeout: UNAVAILABLE,

  email_missing: EMAIL,
  email_verification_required: EMAIL,
  email_invalid: EMAIL,
  domain_not_allowed: EMAIL,
  email_unverified: ACCOUNT_EXISTS,
  email_verified_missing: ACCOUNT_EXISTS,
  email_verified_malformed: ACCOUNT_EXISTS,
  domain_not_verified: ACCOUNT_EXISTS,
  member_email_unverified: ACCOUNT_EXISTS,
  account_exists_link_required: ACCOUNT_EXISTS,
  access_denied_by_rule: NOT_ENTITLED,
  requirement_not_met: NOT_ENTITLED,
  groups_overage: NOT_VERIFIED,
  provisioning_disabled: row(403, 'Account is unknown'),
  user_disabled: ACCOUNT_DISABLED,
  membership_disabled: ACCOUNT_DISABLED,

  login_abandoned: row(400, 'Login was interrupted, start a new login'),
  database_unavailable: UNAVAILABLE,
  signing_unavailable: UNAVAILABLE,
  internal_error: row(500, 'Internal error'),
  ...adminOnly(row(400, 'Invalid request')),
} as const satisfies Record<SsoErrorCode, { status: number; message: string }>;

/** The refusal in Pria's envelope. */
export function presentError(error: SsoError): Refusal<Static<(typeof priaModels)['Pria.Error']>> {
  const { status, message } = PRIA_ERRORS[error.code];
  return { status, body: { success: false, message }, headers: refusalHeaders(error, status) };
}

/** For `describe`: the answers that the named reasons lead to. */
export const refusals = refusalsOf('Pria.Error', PRIA_ERRORS, presentError);
