/**
 * The second half of ID token validation: what a rightly signed token has to say (OpenID Connect Core §2 and
 * §3.1.3.7, RFC 8725 §3.8 to §3.10). Some of it a logout token has to say as well.
 */
import type { Checks } from '#core/checks.ts';
import { kindOf, shown } from './evidence.ts';
import type { VerifiedJws } from './id-token-signature.ts';
import { requireTokenIssuer } from './issuer-check.ts';
import { type JsonObject, member } from './json-answer.ts';
import type { ProviderMetadata } from './provider.ts';
import { ID_TOKEN, type TokenKind } from './token-kind.ts';

/** Tolerated difference of clocks, seconds. */
const SKEW_SECONDS = 30;
/** A token is made for this login, moments ago. */
const MAX_AGE_SECONDS = 10 * 60;
/** The last second of the year 9999: beyond it a date is a trick. */
const LAST_SECOND = 253_402_300_799;
/** 1 to 255 printable ASCII characters. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;

/** Whose and whose for, at what time. */
export interface TokenExpectation {
  readonly metadata: Pick<ProviderMetadata, 'issuer' | 'issuerOfTenant'>;
  readonly clientId: string;
  readonly trustedAudiences: readonly string[];
  readonly tenants: readonly string[];
  readonly now: Date;
}

export interface IdTokenExpectation extends TokenExpectation {
  readonly nonce: string;
  readonly maxAgeSeconds: number | null;
}

/** What the rest of a login takes from an ID token without looking again. */
export interface TokenIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/**
 * @throws SsoError `id_token_iss`, `id_token_tenant`, `id_token_aud`, `id_token_azp`, `id_token_sub`, `id_token_exp`,
 * `id_token_iat` (also for `nbf`), `id_token_nonce`, `reauth_required`
 */
export function checkClaims(jws: VerifiedJws, expected: IdTokenExpectation, checks: Checks): TokenIdentity {
  const { claims } = jws;
  const nowSeconds = expected.now.getTime() / 1000;
  const issuer = requireTokenIssuer(ID_TOKEN, jws, expected, checks);
  checkAudience(ID_TOKEN, claims, expected, checks);
  const subject = requireSubject(ID_TOKEN, claims, checks);
  checkTimes(ID_TOKEN, claims, nowSeconds, checks);
  const nonce = member(claims, 'nonce');
  checks.require('idToken.nonce', nonce === expected.nonce, 'id_token_nonce', {
    expected: 'matches',
    actual: nonce === expected.nonce ? 'matches' : nonce === undefined ? undefined : 'differs',
  });
  checkAuthenticationTime(claims, expected.maxAgeSeconds, nowSeconds, checks);
  return { issuer, subject };
}

/** §3.1.3.7 (3) to (5): ours among them, the others trusted by name, and with several of them `azp` ours as well. */
export function checkAudience(
  kind: TokenKind,
  claims: JsonObject,
  { clientId, trustedAudiences }: Pick<TokenExpectation, 'clientId' | 'trustedAudiences'>,
  checks: Checks,
): void {
  const aud = member(claims, 'aud');
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const isTrusted = (audience: unknown) =>
    typeof audience === 'string' && (audience === clientId || trustedAudiences.includes(audience));
  const holds = audiences.includes(clientId) && audiences.every(isTrusted);
  checks.require(`${kind.name}.aud`, holds, kind.reason('aud'), { expected: clientId, actual: shown(aud) });

  const azp = member(claims, 'azp');
  const isAuthorized = azp === clientId || (azp === undefined && audiences.length === 1);
  checks.require(`${kind.name}.azp`, isAuthorized, kind.reason('azp'), { expected: clientId, actual: shown(azp) });
}

/** @throws SsoError the kind's reason for `sub` */
export function requireSubject(kind: TokenKind, claims: JsonObject, checks: Checks): string {
  const sub = member(claims, 'sub');
  const evidence = { expected: '1 to 255 printable ASCII characters', actual: kindOf(sub) };
  if (typeof sub !== 'string' || !SUBJECT.test(sub))
    return checks.fail(`${kind.name}.sub`, kind.reason('sub'), evidence);
  checks.pass(`${kind.name}.sub`, evidence);
  return sub;
}

/**
 * @param now seconds since the epoch
 * @throws SsoError the kind's reason for `exp`, or for `iat` (also for `nbf`)
 */
export function checkTimes(kind: TokenKind, claims: JsonObject, now: number, checks: Checks): void {
  const { exp, iat, nbf } = claims;
  if (exp === undefined && kind.mayLackExpiry)
    checks.skip(`${kind.name}.exp`, 'the token carries none: its date decides');
  else {
    const notExpired = isNumericDate(exp) && now < exp + SKEW_SECONDS;
    const evidence = { expected: `after ${stamp(now)}`, actual: stamp(exp) };
    checks.require(`${kind.name}.exp`, notExpired, kind.reason('exp'), evidence);
  }

  const isRecent = isNumericDate(iat) && iat <= now + SKEW_SECONDS && iat >= now - MAX_AGE_SECONDS;
  checks.require(`${kind.name}.iat`, isRecent, kind.reason('iat'), {
    expected: `within ${MAX_AGE_SECONDS} seconds before ${stamp(now)}`,
    actual: stamp(iat),
  });
  if (nbf === undefined) return;
  const isValid = isNumericDate(nbf) && nbf <= now + SKEW_SECONDS;
  checks.require(`${kind.name}.nbf`, isValid, kind.reason('iat'), {
    expected: `before ${stamp(now)}`,
    actual: stamp(nbf),
  });
}

/** §3.1.3.7 (13): only if we asked for it with `max_age`, and then it must be there. */
function checkAuthenticationTime(claims: JsonObject, maxAgeSeconds: number | null, now: number, checks: Checks): void {
  if (maxAgeSeconds === null) {
    checks.skip('idToken.authTime', 'the connection sets no maximum age');
    return;
  }
  const authTime = member(claims, 'auth_time');
  const isRecent =
    isNumericDate(authTime) && authTime <= now + SKEW_SECONDS && authTime >= now - maxAgeSeconds - SKEW_SECONDS;
  checks.require('idToken.authTime', isRecent, 'reauth_required', {
    expected: `within ${maxAgeSeconds} seconds before ${stamp(now)}`,
    actual: stamp(authTime),
  });
}

export function isNumericDate(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= LAST_SECOND;
}

function stamp(value: unknown): string | undefined {
  return isNumericDate(value) ? new Date(value * 1000).toISOString() : kindOf(value);
}
