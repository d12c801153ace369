/** What a provider means by an error in place of a code (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6). */
import type { SsoErrorCode } from '#error';
import type { Checks } from './checks.ts';

const MEANINGS: Readonly<Record<string, SsoErrorCode>> = {
  access_denied: 'idp_access_denied',
  login_required: 'idp_interaction_required',
  interaction_required: 'idp_interaction_required',
  account_selection_required: 'idp_interaction_required',
  consent_required: 'idp_consent_required',
  invalid_scope: 'idp_scope_refused',
  unauthorized_client: 'idp_client_not_allowed',
  unsupported_response_type: 'idp_client_not_allowed',
  // GitHub's
  application_suspended: 'idp_client_not_allowed',
  redirect_uri_mismatch: 'idp_redirect_uri_mismatch',
  server_error: 'idp_server_error',
  temporarily_unavailable: 'idp_server_error',
};

/**
 * A code or an error, never both. Only an error's enum-like name goes into the trace.
 * @param error true when the client only says that there was one
 * @throws SsoError `response_ambiguous`, `idp_error` or the error's own reason
 */
export function requireSuccess(code: string | undefined, error: string | true | undefined, checks: Checks): void {
  checks.require('response.unambiguous', !(code && error), 'response_ambiguous');
  if (error === undefined) {
    checks.pass('response.success');
    return;
  }
  const name = typeof error === 'string' && /^[a-z_]{1,64}$/.test(error) ? error : 'unnamed error';
  const meaning = Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined;
  checks.fail('response.success', meaning ?? 'idp_error', { actual: name });
}
