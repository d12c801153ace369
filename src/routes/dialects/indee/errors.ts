/**
 * Every reason on Indee's wire. The families are published: 20xx authentication, 21xx authorization,
 * 49xx miscellaneous input, 5xxx server. Which reason takes which code is this server's choice.
 */

import type { Static } from 'elysia';
import type { SsoError, SsoErrorCode } from '#error';
import { adminOnly } from '#routes/dialects/admin-only.ts';
import { refusalsOf } from '#routes/http/openapi-refusals.ts';
import { type Refusal, refusalHeaders } from '#routes/http/problem.ts';
import type { indeeModels } from './payload.ts';

const row = <S extends number, C extends `A${number}`>(status: S, code: C, message: string) => ({
  status,
  code,
  message,
});

const NO_HEADER = row(401, 'A2000', 'Authorization header missing or unreadable');
const REFUSED = row(401, 'A2001', 'Login refused');
const DENIED = row(403, 'A2002', 'Access Denied');
const INVALID_TOKEN = row(401, 'A2003', 'Invalid token');
const KEY_NOT_AUTHORIZED = row(401, 'A2100', 'API key not authorized');
const INVALID_INPUT = row(400, 'A4900', 'Invalid input');
const UNAVAILABLE = row(503, 'A5000', 'Temporarily unavailable');
const PROVIDER_FAILED = row(502, 'A5000', 'Identity provider failed');
const PROVIDER_SLOW = row(504, 'A5000', 'Identity provider did not answer in time');

const INDEE_ERRORS = {
  input_invalid: INVALID_INPUT,
  body_too_large: row(413, 'A4900', 'Request too large'),
  content_type_unsupported: row(415, 'A4900', 'Unsupported content type'),
  not_found: row(404, 'A4900', 'Not found'),
  method_not_allowed: row(405, 'A4900', 'Method not allowed'),
  conflict: INVALID_INPUT,
  rate_limited: row(429, 'A5001', 'Too many requests'),

  api_key_missing: NO_HEADER,
  api_key_invalid: KEY_NOT_AUTHORIZED,
  api_key_forbidden: KEY_NOT_AUTHORIZED,
  token_missing: NO_HEADER,
  token_invalid: INVALID_TOKEN,
  token_expired: INVALID_TOKEN,
  session_ended: INVALID_TOKEN,
  session_expired: INVALID_TOKEN,
  refresh_token_invalid: INVALID_TOKEN,
  refresh_token_reused: INVALID_TOKEN,
  refresh_busy: UNAVAILABLE,
  token_foreign: INVALID_TOKEN,

  // one answer for all of these, so that a caller can't probe which organizations and users exist
  organization_not_found: REFUSED,
  organization_disabled: REFUSED,
  connection_not_found: REFUSED,
  connection_disabled: REFUSED,
  connection_mismatch: REFUSED,
  connection_misconfigured: REFUSED,
  dialect_mismatch: REFUSED,
  redirect_not_allowed: INVALID_INPUT,
  browser_required: REFUSED,

  state_missing: INVALID_INPUT,
  state_invalid: REFUSED,
  state_expired: REFUSED,
  state_consumed: REFUSED,
  code_missing: INVALID_INPUT,
  response_ambiguous: INVALID_INPUT,
  idp_error: REFUSED,
  idp_access_denied: REFUSED,
  idp_interaction_required: REFUSED,
  idp_consent_required: REFUSED,
  idp_scope_refused: REFUSED,
  idp_client_not_allowed: REFUSED,
  idp_redirect_uri_mismatch: REFUSED,
  idp_server_error: REFUSED,
  iss_missing: REFUSED,
  iss_mismatch: REFUSED,
  api_key_mismatch: REFUSED,
  browser_mismatch: REFUSED,
  nonce_mismatch: REFUSED,
  email_mismatch: REFUSED,

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
  idp_busy: row(503, 'A5000', 'Identity provider is busy'),
  idp_redirect: PROVIDER_FAILED,
  idp_unavailable: PROVIDER_FAILED,
  idp_document_missing: PROVIDER_FAILED,
  idp_document_forbidden: PROVIDER_FAILED,
  idp_bad_response: PROVIDER_FAILED,
  idp_client_auth_failed: PROVIDER_FAILED,
  idp_client_secret_expired: PROVIDER_FAILED,
  idp_client_unknown: PROVIDER_FAILED,
  idp_tenant_mismatch: PROVIDER_FAILED,
  code_exchange_failed: REFUSED,
  issuer_mismatch: PROVIDER_FAILED,
  metadata_changed: PROVIDER_FAILED,
  jwks_unavailable: PROVIDER_FAILED,
  jwks_timeout: PROVIDER_SLOW,

  id_token_missing: REFUSED,
  id_token_malformed: REFUSED,
  id_token_size: REFUSED,
  id_token_alg: REFUSED,
  id_token_typ: REFUSED,
  id_token_kid: REFUSED,
  id_token_signature: REFUSED,
  id_token_iss: REFUSED,
  id_token_aud: REFUSED,
  id_token_azp: REFUSED,
  id_token_exp: REFUSED,
  id_token_iat: REFUSED,
  id_token_nonce: REFUSED,
  id_token_sub: REFUSED,
  id_token_at_hash: REFUSED,
  id_token_tenant: REFUSED,
  reauth_required: REFUSED,
  userinfo_sub: REFUSED,
  subject_missing: REFUSED,
  logout_token: REFUSED,
  logout_token_replay: REFUSED,
  provider_session_ended: REFUSED,
  saml_profile: REFUSED,
  saml_encoding: REFUSED,
  saml_dtd: REFUSED,
  saml_structure: REFUSED,
  saml_multiple_assertions: REFUSED,
  saml_algorithm: REFUSED,
  saml_signature: REFUSED,
  saml_decryption: REFUSED,
  saml_encryption_required: REFUSED,
  saml_status: REFUSED,
  saml_issuer: REFUSED,
  saml_destination: REFUSED,
  saml_recipient: REFUSED,
  saml_audience: REFUSED,
  saml_conditions: REFUSED,
  saml_expired: REFUSED,
  saml_not_yet: REFUSED,
  saml_confirmation: REFUSED,
  saml_subject: REFUSED,
  saml_in_response_to: REFUSED,
  saml_unsolicited: REFUSED,
  saml_replay: REFUSED,
  saml_authn_context: REFUSED,
  saml_metadata: REFUSED,
  saml_entity_id_mismatch: REFUSED,
  saml_binding_unsupported: REFUSED,
  saml_busy: UNAVAILABLE,
  saml_timeout: UNAVAILABLE,

  email_missing: REFUSED,
  email_verification_required: REFUSED,
  email_invalid: REFUSED,
  domain_not_allowed: REFUSED,
  email_unverified: REFUSED,
  email_verified_missing: REFUSED,
  email_verified_malformed: REFUSED,
  domain_not_verified: REFUSED,
  member_email_unverified: REFUSED,
  account_exists_link_required: REFUSED,
  access_denied_by_rule: DENIED,
  requirement_not_met: DENIED,
  groups_overage: REFUSED,
  provisioning_disabled: DENIED,
  user_disabled: DENIED,
  membership_disabled: DENIED,

  login_abandoned: row(401, 'A2001', 'Login was interrupted, start a new login'),
  database_unavailable: UNAVAILABLE,
  signing_unavailable: UNAVAILABLE,
  internal_error: row(500, 'A5000', 'Internal error'),
  ...adminOnly(INVALID_INPUT),
} as const satisfies Record<SsoErrorCode, { status: number; code: `A${number}`; message: string }>;

/** The refusal in Indee's envelope. */
export function presentError(error: SsoError): Refusal<Static<(typeof indeeModels)['Indee.Error']>> {
  const { status, code, message } = INDEE_ERRORS[error.code];
  return { status, body: { status_code: code, status_message: message }, headers: refusalHeaders(error, status) };
}

/** For `describe`: the answers that the named reasons lead to. */
export const refusals = refusalsOf('Indee.Error', INDEE_ERRORS, presentError);
