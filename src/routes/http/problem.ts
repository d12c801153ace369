/**
 * RFC 9457 problem details: how every route outside the three dialects refuses; and the header fields
 * that a refusal carries on any wire.
 */

import { Type } from '@sinclair/typebox';
import { type Static, t } from 'elysia';
import { SSO_ERRORS, type SsoError, type SsoErrorCode } from '#error';

/** HTTP status a reason, for routes that speak no dialect. */
export const PROBLEM_STATUS = {
  input_invalid: 422,
  body_too_large: 413,
  content_type_unsupported: 415,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  rate_limited: 429,
  api_key_missing: 401,
  api_key_invalid: 401,
  api_key_forbidden: 403,
  token_missing: 401,
  token_invalid: 401,
  token_expired: 401,
  session_ended: 401,
  session_expired: 401,
  refresh_token_invalid: 401,
  refresh_token_reused: 401,
  refresh_busy: 503,
  token_foreign: 400,
  organization_not_found: 404,
  organization_disabled: 403,
  connection_not_found: 404,
  connection_disabled: 400,
  connection_mismatch: 400,
  connection_misconfigured: 400,
  dialect_mismatch: 400,
  redirect_not_allowed: 422,
  browser_required: 400,
  state_missing: 400,
  state_invalid: 400,
  state_expired: 400,
  state_consumed: 400,
  code_missing: 400,
  response_ambiguous: 400,
  idp_error: 400,
  idp_access_denied: 400,
  idp_interaction_required: 400,
  idp_consent_required: 400,
  idp_scope_refused: 400,
  idp_client_not_allowed: 400,
  idp_redirect_uri_mismatch: 400,
  idp_server_error: 400,
  iss_missing: 400,
  iss_mismatch: 400,
  api_key_mismatch: 400,
  browser_mismatch: 400,
  nonce_mismatch: 400,
  email_mismatch: 400,
  url_not_allowed: 422,
  idp_unreachable: 502,
  idp_name_not_found: 502,
  idp_connection_refused: 502,
  idp_connect_timeout: 502,
  idp_certificate_expired: 502,
  idp_certificate_not_yet_valid: 502,
  idp_certificate_name: 502,
  idp_certificate_untrusted: 502,
  idp_tls_failed: 502,
  idp_timeout: 504,
  idp_busy: 503,
  idp_redirect: 502,
  idp_unavailable: 502,
  idp_document_missing: 502,
  idp_document_forbidden: 502,
  idp_bad_response: 502,
  idp_client_auth_failed: 502,
  idp_client_secret_expired: 502,
  idp_client_unknown: 502,
  idp_tenant_mismatch: 502,
  code_exchange_failed: 400,
  issuer_mismatch: 502,
  metadata_changed: 502,
  jwks_unavailable: 502,
  jwks_timeout: 504,
  id_token_missing: 400,
  id_token_malformed: 400,
  id_token_size: 400,
  id_token_alg: 400,
  id_token_typ: 400,
  id_token_kid: 400,
  id_token_signature: 400,
  id_token_iss: 400,
  id_token_aud: 400,
  id_token_azp: 400,
  id_token_exp: 400,
  id_token_iat: 400,
  id_token_nonce: 400,
  id_token_sub: 400,
  id_token_at_hash: 400,
  id_token_tenant: 400,
  reauth_required: 400,
  userinfo_sub: 400,
  subject_missing: 400,
  logout_token: 400,
  logout_token_replay: 400,
  provider_session_ended: 400,
  saml_profile: 400,
  saml_encoding: 400,
  saml_dtd: 400,
  saml_structure: 400,
  saml_multiple_assertions: 400,
  saml_algorithm: 400,
  saml_signature: 400,
  saml_decryption: 400,
  saml_encryption_required: 400,
  saml_status: 400,
  saml_issuer: 400,
  saml_destination: 400,
  saml_recipient: 400,
  saml_audience: 400,
  saml_conditions: 400,
  saml_expired: 400,
  saml_not_yet: 400,
  saml_confirmation: 400,
  saml_subject: 400,
  saml_in_response_to: 400,
  saml_unsolicited: 400,
  saml_replay: 400,
  saml_authn_context: 400,
  saml_metadata: 400,
  saml_entity_id_mismatch: 400,
  saml_binding_unsupported: 400,
  saml_busy: 503,
  saml_timeout: 503,
  email_missing: 400,
  email_verification_required: 400,
  email_invalid: 400,
  domain_not_allowed: 400,
  email_unverified: 409,
  email_verified_missing: 409,
  email_verified_malformed: 409,
  domain_not_verified: 409,
  member_email_unverified: 409,
  account_exists_link_required: 409,
  access_denied_by_rule: 403,
  requirement_not_met: 403,
  groups_overage: 400,
  provisioning_disabled: 403,
  user_disabled: 403,
  membership_disabled: 403,
  login_abandoned: 400,
  database_unavailable: 503,
  signing_unavailable: 503,
  internal_error: 500,
  admin_key_forbidden: 403,
  precondition_failed: 412,
  idempotency_key_reused: 422,
  version_not_tested: 409,
  version_has_errors: 409,
  idempotency_in_progress: 409,
} as const satisfies Record<SsoErrorCode, number>;

/** RFC 9110 §15. `about:blank` problems take their title from here (RFC 9457 §4.2.1). */
export const STATUS_PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const FieldProblem = t.Object(
  {
    pointer: t.String({
      description:
        'JSON Pointer (RFC 6901) to the member of the body; of a query parameter or header field `/` and its name.',
      examples: ['/redirectUris/0'],
    }),
    detail: t.String({ description: 'What is wrong with it; never its value.' }),
  },
  { description: 'One member that was refused.', additionalProperties: false },
);

const Problem = t.Object(
  {
    type: t.Literal('about:blank', { description: 'The problem is told by `status` and `code`.' }),
    title: t.String({ description: 'The status in words.' }),
    status: Type.Integer({ description: 'HTTP status.', minimum: 400, maximum: 599 }),
    detail: t.String({ description: 'What went wrong, in a sentence.' }),
    code: t.String({ description: 'The reason; the same words stand in login traces.', pattern: '^[a-z][a-z_]*$' }),
    requestId: t.String({ description: 'As in the `Request-Id` header.' }),
    errors: t.Optional(t.Array(FieldProblem, { description: 'The members of the request that were refused.' })),
  },
  { description: 'Problem details (RFC 9457).', additionalProperties: false, noValidate: true },
);

export const problemModels = { Problem, FieldProblem };

/** What a refusal looks like on a wire. Header names are in lower case. */
export interface Refusal<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
}

/** The refusal as problem details; send it as `application/problem+json`. */
export function presentProblem(error: SsoError, requestId: string): Refusal<Static<typeof Problem>> {
  const status = PROBLEM_STATUS[error.code];
  const body: Static<typeof Problem> = {
    type: 'about:blank',
    title: STATUS_PHRASES[status] ?? 'Error',
    status,
    detail: SSO_ERRORS[error.code],
    code: error.code,
    requestId,
  };
  if (error.members.length > 0) body.errors = [...error.members];
  return { status, body, headers: { 'content-type': 'application/problem+json', ...refusalHeaders(error, status) } };
}

/** Nothing, or too little, was presented: RFC 6750 §3.1 wants no error code then. */
const NOTHING_PRESENTED: ReadonlySet<SsoErrorCode> = new Set(['token_missing', 'api_key_missing']);

const RETRY_AFTER_SECONDS = 1;

/** `WWW-Authenticate` for a 401 (RFC 6750 §3), `Allow` for a 405 (RFC 9110 §15.5.6), `Retry-After` in seconds for a 429 or 503 (RFC 9110 §10.2.3). */
export function refusalHeaders(error: SsoError, status: number): Record<string, string> {
  if (status === 401) {
    return { 'www-authenticate': NOTHING_PRESENTED.has(error.code) ? 'Bearer' : 'Bearer error="invalid_token"' };
  }
  if (status === 405) return { allow: error.allow.join(', ') };
  if (status === 429 || status === 503) {
    return { 'retry-after': String(Math.max(1, Math.ceil(error.retryAfterSeconds ?? RETRY_AFTER_SECONDS))) };
  }
  return {};
}
