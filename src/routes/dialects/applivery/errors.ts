/**
 * Every reason on Applivery's wire. Published: 3001, 4002, 4004, 4011, 5070. The others are this server's
 * own, chosen beside them: 3xxx finds nothing, 4xxx is about the caller, 5xxx about the login.
 */

import type { Static } from 'elysia';
import type { SsoError, SsoErrorCode } from '#error';
import { adminOnly } from '#routes/dialects/admin-only.ts';
import { refusalsOf } from '#routes/http/openapi-refusals.ts';
import { type Refusal, refusalHeaders } from '#routes/http/problem.ts';
import type { appliveryModels } from './payload.ts';

const row = <S extends number, C extends number>(status: S, code: C, message: string) => ({ status, code, message });

const NOT_FOUND = row(404, 3001, 'Entity not found');
const INVALID_TOKEN = row(401, 4004, 'Invalid Token');
const STALE_PAIR = row(401, 4011, 'Last access token and refresh token invalid');
const NO_TOKEN = row(401, 4002, 'No auth token');
const UNAVAILABLE = row(503, 5000, 'Temporarily unavailable');
const NOT_THIS_LOGIN = row(400, 5071, 'Login not found, expired or already finished');
const UNUSABLE = row(400, 5072, 'SSO is not available for this organization');
const PROVIDER_REFUSED = row(400, 5073, 'Identity provider refused the login');
const NOT_VERIFIED = row(400, 5074, 'Identity provider answer could not be verified');
const SAML_PROFILE = row(400, 5070, 'Saml get profile error');
const EMAIL = row(400, 5075, 'Email of the profile is missing or not allowed');
const NOT_ENTITLED = row(403, 5079, 'Access is not allowed');
const USER_EXISTS = row(409, 5076, 'A user with this email exists already');
const USER_DISABLED = row(403, 5078, 'User is disabled');
const PROVIDER_FAILED = row(502, 5080, 'Identity provider failed');
const PROVIDER_SLOW = row(504, 5081, 'Identity provider did not answer in time');

const APPLIVERY_ERRORS = {
  input_invalid: row(400, 4000, 'Invalid request'),
  body_too_large: row(413, 4000, 'Request too large'),
  content_type_unsupported: row(415, 4000, 'Unsupported content type'),
  not_found: NOT_FOUND,
  method_not_allowed: row(405, 4000, 'Method not allowed'),
  conflict: row(400, 4000, 'Invalid request'),
  rate_limited: row(429, 4029, 'Too many requests'),

  api_key_missing: NO_TOKEN,
  api_key_invalid: INVALID_TOKEN,
  api_key_forbidden: row(403, 4003, 'Not allowed'),
  token_missing: NO_TOKEN,
  token_invalid: INVALID_TOKEN,
  token_expired: INVALID_TOKEN,
  session_ended: INVALID_TOKEN,
  session_expired: INVALID_TOKEN,
  refresh_token_invalid: STALE_PAIR,
  refresh_token_reused: STALE_PAIR,
  refresh_busy: UNAVAILABLE,
  token_foreign: INVALID_TOKEN,

  organization_not_found: NOT_FOUND,
  organization_disabled: UNUSABLE,
  connection_not_found: NOT_FOUND,
  connection_disabled: UNUSABLE,
  connection_mismatch: NOT_THIS_LOGIN,
  connection_misconfigured: UNUSABLE,
  dialect_mismatch: NOT_THIS_LOGIN,
  redirect_not_allowed: row(400, 5079, 'Redirect URI is not registered'),
  browser_required: UNUSABLE,

  state_missing: NOT_THIS_LOGIN,
  state_invalid: NOT_THIS_LOGIN,
  state_expired: NOT_THIS_LOGIN,
  state_consumed: NOT_THIS_LOGIN,
  code_missing: row(400, 4000, 'Invalid request'),
  response_ambiguous: row(400, 4000, 'Invalid request'),
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
  idp_busy: row(503, 5082, 'Identity provider is busy'),
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
  saml_profile: SAML_PROFILE,
  saml_encoding: SAML_PROFILE,
  saml_dtd: SAML_PROFILE,
  saml_structure: SAML_PROFILE,
  saml_multiple_assertions: SAML_PROFILE,
  saml_algorithm: SAML_PROFILE,
  saml_signature: SAML_PROFILE,
  saml_decryption: SAML_PROFILE,
  saml_encryption_required: SAML_PROFILE,
  saml_status: SAML_PROFILE,
  saml_issuer: SAML_PROFILE,
  saml_destination: SAML_PROFILE,
  saml_recipient: SAML_PROFILE,
  saml_audience: SAML_PROFILE,
  saml_conditions: SAML_PROFILE,
  saml_expired: SAML_PROFILE,
  saml_not_yet: SAML_PROFILE,
  saml_confirmation: SAML_PROFILE,
  saml_subject: SAML_PROFILE,
  saml_in_response_to: SAML_PROFILE,
  saml_unsolicited: SAML_PROFILE,
  saml_replay: SAML_PROFILE,
  saml_authn_context: SAML_PROFILE,
  saml_metadata: UNUSABLE,
  saml_entity_id_mismatch: UNUSABLE,
  saml_binding_unsupported: UNUSABLE,
  saml_busy: UNAVAILABLE,
  saml_timeout: UNAVAILABLE,

  email_missing: EMAIL,
  email_verification_required: EMAIL,
  email_invalid: EMAIL,
  domain_not_allowed: EMAIL,
  email_unverified: USER_EXISTS,
  email_verified_missing: USER_EXISTS,
  email_verified_malformed: USER_EXISTS,
  domain_not_verified: USER_EXISTS,
  member_email_unverified: USER_EXISTS,
  account_exists_link_required: USER_EXISTS,
  access_denied_by_rule: NOT_ENTITLED,
  requirement_not_met: NOT_ENTITLED,
  groups_overage: NOT_VERIFIED,
  provisioning_disabled: row(403, 5077, 'User is unknown'),
  user_disabled: USER_DISABLED,
  membership_disabled: USER_DISABLED,

  login_abandoned: row(400, 5083, 'Login was interrupted, start a new login'),
  database_unavailable: UNAVAILABLE,
  signing_unavailable: UNAVAILABLE,
  internal_error: row(500, 5000, 'Internal error'),
  ...adminOnly(row(400, 4000, 'Invalid request')),
} as const satisfies Record<SsoErrorCode, { status: number; code: number; message: string }>;

/** The refusal in Applivery's envelope. */
export function presentError(error: SsoError): Refusal<Static<(typeof appliveryModels)['Applivery.Error']>> {
  const { status, code, message } = APPLIVERY_ERRORS[error.code];
  return { status, body: { status: false, error: { code, message } }, headers: refusalHeaders(error, status) };
}

/** For `describe`: the answers that the named reasons lead to. */
export const refusals = refusalsOf('Applivery.Error', APPLIVERY_ERRORS, presentError);
