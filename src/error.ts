/**
 * The one error class and the closed list of reasons.
 *
 * A reason is what a login's trace records and what an operator searches for. Each dialect maps every
 * reason onto its own wire in a table that `satisfies Record<SsoErrorCode, …>`, so adding a code here
 * makes the compiler name every table that lacks it.
 */

/** Reasons that the admin API alone gives: a login never has them, and no dialect words them. */
export const ADMIN_ERRORS = {
  admin_key_forbidden: 'The admin key may not do this: it reads only, or is limited to some organizations.',
  precondition_failed: 'It was changed since you read it: read it again, and send its new ETag in If-Match.',
  idempotency_key_reused: 'The Idempotency-Key was used for another request: send a new key with this one.',
  version_not_tested:
    'No test login over this version has passed: make one with POST /admin/v1/connections/{id}/test, or send force.',
  version_has_errors: 'The checks of this version found errors: correct them as errors[] says, or send force.',
  idempotency_in_progress: 'A request with this Idempotency-Key is under way: send the same again in a moment.',
} as const satisfies Record<string, string>;

/** Every reason, with the sentence an integrator reads. Sentences never hold input or secrets. */
export const SSO_ERRORS = {
  // the caller's request
  input_invalid: 'The request does not match the documented schema.',
  body_too_large: 'The request body is too large.',
  content_type_unsupported: 'The content type is not one that this route documents.',
  not_found: 'There is nothing at this address.',
  method_not_allowed: 'This address does not answer that method.',
  conflict: 'The request does not fit what is there now.',
  rate_limited: 'Too many requests; try again after the time given in Retry-After.',

  // who may call
  api_key_missing: 'An API key is needed: Authorization: Bearer <API key>.',
  api_key_invalid: 'The API key is unknown, expired or revoked.',
  api_key_forbidden: 'The API key may not be used for this.',
  token_missing: 'An access token is needed.',
  token_invalid: 'The access token is not one of ours, or was changed.',
  token_expired: 'The access token has expired.',
  session_ended: 'The session has been ended.',
  session_expired: 'The session has expired.',
  refresh_token_invalid: 'The refresh token is unknown, expired, or does not belong to this access token.',
  refresh_token_reused: 'The refresh token was used before; the session has been ended.',
  refresh_busy: 'Another renewal of this session is under way; try again.',
  token_foreign: 'The token was issued to another client.',

  // organization and connection
  organization_not_found: 'No such organization.',
  organization_disabled: 'The organization is disabled.',
  connection_not_found: 'The organization has no such connection.',
  connection_disabled: 'The connection is not active.',
  connection_mismatch: 'The login was started on another connection.',
  connection_misconfigured: 'The connection is not configured completely.',
  dialect_mismatch: 'The login was started through another API.',
  redirect_not_allowed: 'The redirect URI is not registered on the connection.',
  browser_required: 'The connection takes logins that a browser starts, and none did.',

  // the authorization response (RFC 6749 §4.1.2, RFC 9207)
  state_missing: 'The response carries no state.',
  state_invalid: 'The state is unknown.',
  state_expired: 'The login was started too long ago.',
  state_consumed: 'The login was already finished.',
  code_missing: 'The response carries no code.',
  response_ambiguous: 'The response carries both a code and an error.',
  idp_error: 'The identity provider refused the login.',
  idp_access_denied: 'The identity provider did not let the person in, or they cancelled.',
  idp_interaction_required: 'The identity provider wanted to ask the person something and was not allowed to.',
  idp_consent_required: 'The identity provider wants a consent that nobody has given.',
  idp_scope_refused: 'The identity provider refused the scopes that were asked for.',
  idp_client_not_allowed: 'The identity provider does not allow this application the authorization code flow.',
  idp_redirect_uri_mismatch: 'The redirect URI is not registered at the identity provider.',
  idp_server_error: 'The identity provider broke down while the person signed in there.',
  iss_missing: 'The identity provider announces an iss parameter, and the response lacks it.',
  iss_mismatch: 'The response came from another issuer than the connection’s.',
  api_key_mismatch: 'The login was started with another API key.',
  browser_mismatch: 'The login was started in another browser.',
  nonce_mismatch: 'The nonce is not the one that the login was started with.',
  email_mismatch: 'The email is not the one that the login was started with.',

  // talking to the identity provider
  url_not_allowed: 'The identity provider’s address is not one that may be called.',
  idp_unreachable: 'The identity provider could not be reached.',
  idp_name_not_found: 'The host name of the identity provider could not be resolved.',
  idp_connection_refused: 'Nothing accepts connections at the identity provider’s address.',
  idp_connect_timeout: 'No connection to the identity provider came about in time.',
  idp_certificate_expired: 'The identity provider’s TLS certificate has expired.',
  idp_certificate_not_yet_valid: 'The identity provider’s TLS certificate is not valid yet.',
  idp_certificate_name: 'The identity provider’s TLS certificate is for another host name.',
  idp_certificate_untrusted: 'The identity provider’s TLS certificate was issued by nobody whom this server trusts.',
  idp_tls_failed: 'No TLS connection to the identity provider could be agreed on.',
  idp_timeout: 'The identity provider did not answer in time.',
  idp_busy: 'Too many calls to this identity provider are waiting.',
  idp_redirect: 'The identity provider answered with a redirect where none is allowed.',
  idp_unavailable: 'The identity provider is down or overloaded.',
  idp_document_missing: 'There is no document of an identity provider at this address.',
  idp_document_forbidden: 'The identity provider does not show its document to this server.',
  idp_bad_response: 'The identity provider’s answer could not be understood.',
  idp_client_auth_failed: 'The identity provider refused our client credentials.',
  idp_client_secret_expired: 'The client secret has expired.',
  idp_client_unknown: 'The identity provider knows no application of this client id.',
  idp_tenant_mismatch: 'The application belongs to another tenant than the one that was asked.',
  code_exchange_failed: 'The identity provider refused the code.',
  issuer_mismatch: 'The identity provider’s metadata names another issuer than the connection.',
  metadata_changed: 'The identity provider’s metadata names endpoints that the connection does not trust.',
  jwks_unavailable: 'The identity provider’s signing keys could not be read.',
  jwks_timeout: 'The identity provider’s signing keys did not arrive in time.',

  // the ID token (OpenID Connect Core §3.1.3.7)
  id_token_missing: 'The token response carries no ID token.',
  id_token_malformed: 'The ID token is not a signed JWT.',
  id_token_size: 'The ID token is larger than 16 KiB.',
  id_token_alg: 'The ID token is signed with an algorithm that the connection does not allow.',
  id_token_typ: 'The token is of another type than an ID token.',
  id_token_kid: 'No single key of the identity provider matches the ID token.',
  id_token_signature: 'The signature of the ID token is wrong.',
  id_token_iss: 'The ID token names another issuer.',
  id_token_aud: 'The ID token is meant for another client.',
  id_token_azp: 'The ID token was issued to another client.',
  id_token_exp: 'The ID token has expired, or carries no expiry.',
  id_token_iat: 'The ID token was issued too long ago, in the future, or carries no date.',
  id_token_nonce: 'The nonce of the ID token is not the one that the login was started with.',
  id_token_sub: 'The subject of the ID token is missing or malformed.',
  id_token_at_hash: 'The ID token does not belong to the access token.',
  id_token_tenant: 'The ID token comes from a tenant that the connection does not allow.',
  reauth_required: 'The person signed in too long ago.',
  userinfo_sub: 'The userinfo answer is about another subject than the ID token.',
  subject_missing: 'The identity provider named no stable subject.',
  logout_token: 'The logout token is not one that the connection’s identity provider made for us.',
  logout_token_replay: 'The logout token was already used.',
  provider_session_ended: 'The identity provider ended its session while the login was under way.',

  // SAML
  saml_profile: 'No profile could be had from the SAML response.',
  saml_encoding: 'The SAML message is not base64 of well-formed UTF-8.',
  saml_dtd: 'The SAML message carries a document type declaration.',
  saml_structure: 'The SAML message is not built as the profile allows.',
  saml_multiple_assertions: 'The SAML response carries more than one assertion.',
  saml_algorithm: 'The SAML message uses an algorithm that is not allowed.',
  saml_signature: 'The SAML message is not signed by the connection’s identity provider.',
  saml_decryption: 'The encrypted assertion could not be opened.',
  saml_encryption_required: 'The connection wants encrypted assertions, and this one is not.',
  saml_status: 'The identity provider answered with another status than success.',
  saml_issuer: 'The SAML message names another issuer than the connection’s identity provider.',
  saml_destination: 'The SAML message was addressed to another endpoint.',
  saml_recipient: 'The assertion was issued for another consumer service.',
  saml_audience: 'The assertion is meant for another service provider.',
  saml_conditions: 'The assertion carries no conditions, or ones that are not understood.',
  saml_expired: 'The SAML message is no longer valid.',
  saml_not_yet: 'The SAML message is not valid yet.',
  saml_confirmation: 'The subject of the assertion is not confirmed by bearer.',
  saml_subject: 'The assertion names no usable subject.',
  saml_in_response_to: 'The SAML response answers another request.',
  saml_unsolicited: 'The SAML response answers no request, and the connection does not allow that.',
  saml_replay: 'The assertion was already used.',
  saml_authn_context: 'The person signed in by another method than the connection asks for.',
  saml_metadata: 'The metadata of the identity provider is missing or not usable.',
  saml_entity_id_mismatch: 'The metadata are of another entity than the one that the connection names.',
  saml_binding_unsupported: 'The identity provider’s metadata lack the binding that the connection names.',
  saml_busy: 'Too many SAML messages are waiting to be verified.',
  saml_timeout: 'The SAML message could not be verified in time.',

  // provisioning
  email_missing: 'The identity provider gave no email address.',
  email_invalid: 'The email address is malformed.',
  email_verification_required:
    'The identity provider does not say that the email is verified, and nobody is let in without.',
  domain_not_allowed: 'The email’s domain is not allowed on this connection.',
  email_unverified: 'A user with this email exists, and the identity provider says that the email is not verified.',
  email_verified_missing:
    'A user with this email exists, and the identity provider does not say whether it is verified.',
  email_verified_malformed:
    'A user with this email exists, and what the identity provider says of its verification is not true or false.',
  domain_not_verified: 'A user with this email exists, and its domain is not a verified domain of the organization.',
  member_email_unverified: 'A user with this email exists, and the address is not known to be theirs.',
  account_exists_link_required: 'A user with this email exists, and signs in over this connection as another subject.',
  access_denied_by_rule: 'A rule of the connection denies this person.',
  requirement_not_met: 'The person lacks what a rule of the connection requires.',
  groups_overage:
    'The person is in more groups than the identity provider tells, and the connection’s rules read groups.',
  provisioning_disabled: 'The user is unknown, and this connection creates none.',
  user_disabled: 'The user is deactivated.',
  membership_disabled: 'The user’s membership of the organization is deactivated.',

  // ourselves
  login_abandoned: 'The server stopped before the login was finished; a new one has to be started.',
  database_unavailable: 'The service is temporarily unavailable.',
  signing_unavailable: 'No signing key is available.',
  internal_error: 'Something went wrong on our side.',

  ...ADMIN_ERRORS,
} as const satisfies Record<string, string>;

export type SsoErrorCode = keyof typeof SSO_ERRORS;
export type AdminErrorCode = keyof typeof ADMIN_ERRORS;

export interface SsoErrorOptions {
  /** For the log and the trace, never for the caller. No secrets, no raw input. */
  readonly detail?: string | undefined;
  /** What was compared, for the check that failed by it. No secrets, no raw input; `undefined` reads as “absent”. */
  readonly evidence?: Evidence | undefined;
  readonly cause?: unknown;
  /** Seconds, for `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
  /** Methods that the address does answer, for `Allow`. */
  readonly allow?: readonly string[] | undefined;
  /** Members of the request that were refused, and what to do about each, for the caller. */
  readonly members?: readonly RefusedMember[] | undefined;
  /** The refusal of an earlier, identical request, given again: it is in the trace already. */
  readonly repeated?: boolean | undefined;
}

/** The two sides of a comparison, as the operator may see them. */
export interface Evidence {
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** Where in a request (RFC 6901), and what is wrong there; never what stood there. */
export interface RefusedMember {
  readonly pointer: string;
  readonly detail: string;
}

/** A refusal with its reason. `message` is the reason's sentence; `detail` is for the operator. */
export class SsoError extends Error {
  override readonly name = 'SsoError';
  readonly code: SsoErrorCode;
  readonly detail: string | undefined;
  readonly evidence: Evidence | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly allow: readonly string[];
  readonly repeated: boolean;
  readonly members: readonly RefusedMember[];

  constructor(code: SsoErrorCode, options: SsoErrorOptions = {}) {
    super(SSO_ERRORS[code], options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
    this.evidence = options.evidence;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.allow = options.allow ?? [];
    this.repeated = options.repeated ?? false;
    this.members = options.members ?? [];
  }
}

/** The same error if it is one of ours, else `internal_error` with the original as `cause`. */
export function asSsoError(error: unknown): SsoError {
  return error instanceof SsoError ? error : new SsoError('internal_error', { cause: error });
}

/** What is there does not fit. @param pointer of the member at fault, empty where none is @param detail what to do about it */
export function conflict(pointer: string, detail: string): SsoError {
  return new SsoError('conflict', { detail, members: [{ pointer, detail }] });
}
