/**
 * What a token endpoint means by its refusal (RFC 6749 §5.2): the registered error codes, GitHub's own, and the numbers by
 * which Entra ID says which of many things it is. Descriptions are the provider's own text: they are looked at and never kept.
 */
import { SsoError, type SsoErrorCode } from '#error';
import type { OutboundResponse } from '#ports/http/outbound.ts';
import { isJsonObject, type JsonObject, member } from './json-answer.ts';

const BY_ERROR: Readonly<Record<string, SsoErrorCode>> = {
  invalid_grant: 'code_exchange_failed',
  bad_verification_code: 'code_exchange_failed',
  invalid_client: 'idp_client_auth_failed',
  incorrect_client_credentials: 'idp_client_auth_failed',
  unauthorized_client: 'idp_client_not_allowed',
  unsupported_grant_type: 'idp_client_not_allowed',
  redirect_uri_mismatch: 'idp_redirect_uri_mismatch',
  invalid_scope: 'idp_scope_refused',
  consent_required: 'idp_consent_required',
  interaction_required: 'idp_interaction_required',
  server_error: 'idp_unavailable',
  temporarily_unavailable: 'idp_unavailable',
};

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const BY_AADSTS: Readonly<Record<string, SsoErrorCode>> = {
  '50011': 'idp_redirect_uri_mismatch',
  '500112': 'idp_redirect_uri_mismatch',
  '50194': 'idp_tenant_mismatch',
  '90002': 'idp_tenant_mismatch',
  '9002346': 'idp_tenant_mismatch',
  '700016': 'idp_client_unknown',
  '7000112': 'idp_client_not_allowed',
  '7000215': 'idp_client_auth_failed',
  '7000218': 'idp_client_auth_failed',
  '7000222': 'idp_client_secret_expired',
  '700027': 'idp_client_auth_failed',
  '65001': 'idp_consent_required',
  '50105': 'idp_access_denied',
  '70011': 'idp_scope_refused',
};

/** @param response any that hands out no token */
export function tokenRefusal(response: OutboundResponse): SsoError {
  const { status } = response;
  const body = readBody(response.body);
  const error = errorOf(body);
  const aadsts = aadstsOf(body);
  const said = [error, aadsts === undefined ? undefined : `AADSTS${aadsts}`].filter((part) => part !== undefined);
  return new SsoError(meaningOf(status, body, error, aadsts), {
    detail: ['token endpoint:', status, ...said].join(' '),
  });
}

function meaningOf(
  status: number,
  body: JsonObject,
  error: string | undefined,
  aadsts: string | undefined,
): SsoErrorCode {
  const ofEntra = aadsts === undefined ? undefined : BY_AADSTS[aadsts];
  if (ofEntra) return ofEntra;
  if (status === 429 || status >= 500) return 'idp_unavailable';
  // GitHub's way of saying that it has no such OAuth app
  if (status === 404 && member(body, 'error') === 'Not Found') return 'idp_client_unknown';
  if (blamesRedirectUri(body, error)) return 'idp_redirect_uri_mismatch';
  const named = error === undefined ? undefined : BY_ERROR[error];
  // Keycloak answers a wrong secret with 401 unauthorized_client
  if (named && !(named === 'idp_client_not_allowed' && status === 401)) return named;
  return status === 401 ? 'idp_client_auth_failed' : 'idp_bad_response';
}

/**
 * Okta, Auth0 and Keycloak tell a redirect URI by the description alone. (GitLab's sentence on any code at all speaks of the
 * “redirection URI”, which is not looked for.)
 */
function blamesRedirectUri(body: JsonObject, error: string | undefined): boolean {
  const description = member(body, 'error_description');
  const isVague = error === 'invalid_grant' || error === 'invalid_request';
  return isVague && typeof description === 'string' && /\bredirect[ _]ur[il]\b/i.test(description);
}

function readBody(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The `error` member if it looks like one of the registered codes. */
function errorOf(body: JsonObject): string | undefined {
  const error = member(body, 'error');
  return typeof error === 'string' && /^[a-z_]{1,64}$/.test(error) ? error : undefined;
}

/** The first of Entra ID's `error_codes`. */
function aadstsOf(body: JsonObject): string | undefined {
  const codes = member(body, 'error_codes');
  const first: unknown = Array.isArray(codes) ? codes[0] : undefined;
  return typeof first === 'number' && Number.isSafeInteger(first) && first > 0 ? String(first) : undefined;
}
