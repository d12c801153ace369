/**
 * What each reason has to look like on each wire: stated here once more, and not read from the product's own tables,
 * so that a table can't be wrong unseen.
 */
import { expect } from 'bun:test';
import type { SsoErrorCode } from '#error';
import type { Client } from '#tests/hostile/clients.ts';

interface Row {
  /** HTTP status and `error.code`. */
  readonly applivery: readonly [number, number];
  /** HTTP status and `status_code`. */
  readonly indee: readonly [number, string];
  /** HTTP status. */
  readonly pria: number;
}

const row = (applivery: Row['applivery'], indee: Row['indee'], pria: number): Row => ({ applivery, indee, pria });

const INPUT = row([400, 4000], [400, 'A4900'], 400);
const NOT_FOUND = row([404, 3001], [401, 'A2001'], 404);
const NOT_THIS_LOGIN = row([400, 5071], [401, 'A2001'], 400);
const PROVIDER_REFUSED = row([400, 5073], [401, 'A2001'], 400);
const NOT_VERIFIED = row([400, 5074], [401, 'A2001'], 400);
const EMAIL = row([400, 5075], [401, 'A2001'], 400);
const PROVIDER_FAILED = row([502, 5080], [502, 'A5000'], 502);
const PROVIDER_SLOW = row([504, 5081], [504, 'A5000'], 504);
const NOT_ENTITLED = row([403, 5079], [403, 'A2002'], 403);
const USER_EXISTS = row([409, 5076], [401, 'A2001'], 409);
const USER_DISABLED = row([403, 5078], [403, 'A2002'], 403);
const KEY = row([401, 4004], [401, 'A2100'], 401);

const ROWS: Partial<Record<SsoErrorCode, Row>> = {
  input_invalid: INPUT,
  response_ambiguous: INPUT,
  code_missing: INPUT,
  state_missing: row([400, 5071], [400, 'A4900'], 400),
  state_invalid: NOT_THIS_LOGIN,
  state_expired: NOT_THIS_LOGIN,
  state_consumed: NOT_THIS_LOGIN,
  dialect_mismatch: NOT_THIS_LOGIN,
  connection_mismatch: NOT_THIS_LOGIN,
  browser_mismatch: NOT_THIS_LOGIN,
  api_key_mismatch: NOT_THIS_LOGIN,
  nonce_mismatch: NOT_THIS_LOGIN,
  email_mismatch: NOT_THIS_LOGIN,
  organization_not_found: NOT_FOUND,
  connection_not_found: NOT_FOUND,
  organization_disabled: row([400, 5072], [401, 'A2001'], 403),
  connection_disabled: row([400, 5072], [401, 'A2001'], 403),
  connection_misconfigured: row([400, 5072], [401, 'A2001'], 400),
  browser_required: row([400, 5072], [401, 'A2001'], 400),
  api_key_missing: row([401, 4002], [401, 'A2000'], 401),
  api_key_invalid: KEY,
  idp_error: PROVIDER_REFUSED,
  idp_access_denied: PROVIDER_REFUSED,
  idp_interaction_required: PROVIDER_REFUSED,
  idp_consent_required: PROVIDER_REFUSED,
  idp_scope_refused: PROVIDER_REFUSED,
  idp_client_not_allowed: PROVIDER_REFUSED,
  idp_redirect_uri_mismatch: PROVIDER_REFUSED,
  idp_server_error: PROVIDER_REFUSED,
  code_exchange_failed: PROVIDER_REFUSED,
  iss_missing: NOT_VERIFIED,
  iss_mismatch: NOT_VERIFIED,
  idp_redirect: PROVIDER_FAILED,
  idp_unavailable: PROVIDER_FAILED,
  idp_document_missing: PROVIDER_FAILED,
  idp_document_forbidden: PROVIDER_FAILED,
  idp_bad_response: PROVIDER_FAILED,
  idp_client_auth_failed: PROVIDER_FAILED,
  idp_client_secret_expired: PROVIDER_FAILED,
  idp_client_unknown: PROVIDER_FAILED,
  idp_tenant_mismatch: PROVIDER_FAILED,
  idp_unreachable: PROVIDER_FAILED,
  idp_name_not_found: PROVIDER_FAILED,
  idp_connection_refused: PROVIDER_FAILED,
  idp_connect_timeout: PROVIDER_FAILED,
  idp_certificate_expired: PROVIDER_FAILED,
  idp_certificate_not_yet_valid: PROVIDER_FAILED,
  idp_certificate_name: PROVIDER_FAILED,
  idp_certificate_untrusted: PROVIDER_FAILED,
  idp_tls_failed: PROVIDER_FAILED,
  jwks_unavailable: PROVIDER_FAILED,
  idp_timeout: PROVIDER_SLOW,
  id_token_missing: NOT_VERIFIED,
  id_token_alg: NOT_VERIFIED,
  id_token_typ: NOT_VERIFIED,
  id_token_kid: NOT_VERIFIED,
  id_token_signature: NOT_VERIFIED,
  id_token_iss: NOT_VERIFIED,
  id_token_aud: NOT_VERIFIED,
  id_token_exp: NOT_VERIFIED,
  id_token_iat: NOT_VERIFIED,
  id_token_nonce: NOT_VERIFIED,
  id_token_sub: NOT_VERIFIED,
  id_token_at_hash: NOT_VERIFIED,
  userinfo_sub: NOT_VERIFIED,
  email_missing: EMAIL,
  email_verification_required: EMAIL,
  email_invalid: EMAIL,
  domain_not_allowed: EMAIL,
  login_abandoned: row([400, 5083], [401, 'A2001'], 400),
  email_unverified: USER_EXISTS,
  email_verified_missing: USER_EXISTS,
  email_verified_malformed: USER_EXISTS,
  domain_not_verified: USER_EXISTS,
  member_email_unverified: USER_EXISTS,
  account_exists_link_required: USER_EXISTS,
  access_denied_by_rule: NOT_ENTITLED,
  requirement_not_met: NOT_ENTITLED,
  groups_overage: NOT_VERIFIED,
  provisioning_disabled: row([403, 5077], [403, 'A2002'], 403),
  user_disabled: USER_DISABLED,
  membership_disabled: USER_DISABLED,
};

/** A sentence of ours: no echo, no markup, no path, no code. */
const SENTENCE = /^[A-Z][A-Za-z ,]{3,60}$/;

/** The answer is this refusal in the dialect's shape and nothing more. @returns the body as text */
export async function expectWire(answer: Response, dialect: Client['dialect'], reason: SsoErrorCode): Promise<string> {
  const expected = ROWS[reason];
  if (!expected) throw new Error(`wire.ts states nothing about ${reason}`);
  const text = await answer.text();
  expect({ status: answer.status, text }).toEqual({ status: statusOf(expected, dialect), text: expect.any(String) });
  const { headers } = answer;
  expect(headers.get('content-type')?.split(';')[0]).toBe('application/json');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('request-id')).toMatch(/^[0-9a-f]{24}$/);
  expect(headers.get('set-cookie')).toBeNull();
  expect(headers.has('www-authenticate')).toBe(answer.status === 401);
  expect(headers.has('location')).toBe(false);
  const body: unknown = JSON.parse(text);
  const sentence = expect.stringMatching(SENTENCE);
  if (dialect === 'applivery') {
    expect(body).toEqual({ status: false, error: { code: expected.applivery[1], message: sentence } });
  } else if (dialect === 'indee') {
    expect(body).toEqual({ status_code: expected.indee[1], status_message: sentence });
  } else {
    expect(body).toEqual({ success: false, message: sentence });
  }
  return text;
}

function statusOf(expected: Row, dialect: Client['dialect']): number {
  return dialect === 'pria' ? expected.pria : expected[dialect][0];
}
