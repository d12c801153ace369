/**
 * The first half of ID token validation: is this a JWS that the provider's key signed? (RFC 7515 §5.2, RFC 8725
 * §3, OpenID Connect Core §3.1.3.7 (6) to (8).) Nothing of the payload is read before the signature holds, and
 * what is read afterwards are the very bytes that were verified.
 */

import { base64url, compactVerify, importJWK } from 'jose';
import type { Checks } from '#core/checks.ts';
import { kindOf, shown } from './evidence.ts';
import { isJsonObject, type JsonObject, member } from './json-answer.ts';
import type { KeySource } from './jwks.ts';
import type { SigningKey } from './signing-keys.ts';

/** Bytes; the token is base64url, so its length counts them. */
const MAX_SIZE = 16 * 1024;
const JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/;

export interface VerifiedJws {
  readonly alg: string;
  readonly key: SigningKey;
  readonly claims: JsonObject;
}

/**
 * @param algorithms the allow-list; the header only chooses from it
 * @throws SsoError `id_token_size`, `id_token_malformed`, `id_token_typ`, `id_token_alg`, `id_token_kid`,
 * `id_token_signature`, and what reading the keys throws
 */
export async function verifySignature(
  token: string,
  algorithms: readonly string[],
  keys: KeySource,
  checks: Checks,
): Promise<VerifiedJws> {
  checks.require('idToken.size', token.length <= MAX_SIZE, 'id_token_size', {
    expected: `≤ ${MAX_SIZE}`,
    actual: token.length,
  });
  checks.require('idToken.shape', JWS.test(token), 'id_token_malformed', {
    expected: '3 segments of base64url',
    actual: `${token.split('.').length} segments`,
  });
  const { alg, kid } = checkHeader(token, algorithms, checks);
  const key = await chooseKey(alg, kid, keys, checks);
  const payload = await verifiedPayload(token, alg, key);
  checks.require('idToken.signature', payload !== undefined, 'id_token_signature');
  const claims = payload && parseObject(payload);
  if (!claims) return checks.fail('idToken.payload', 'id_token_malformed', { expected: 'a JSON object' });
  return { alg, key, claims };
}

function checkHeader(
  token: string,
  algorithms: readonly string[],
  checks: Checks,
): { alg: string; kid: string | undefined } {
  const header = parseObject(token.slice(0, token.indexOf('.')));
  if (!header) return checks.fail('idToken.header', 'id_token_malformed', { expected: 'a JSON object' });

  // an access token (at+jwt) or logout token (logout+jwt) of the same provider is signed by the same key
  const typ = member(header, 'typ');
  const isJwt = typ === undefined || (typeof typ === 'string' && /^(application\/)?jwt$/i.test(typ));
  checks.require('idToken.typ', isJwt, 'id_token_typ', { expected: 'JWT, or absent', actual: shown(typ) });

  // extensions change what a signature means, and we understand none of them
  const extended = ['crit', 'b64', 'zip', 'enc'].filter((name) => Object.hasOwn(header, name));
  checks.require('idToken.crit', extended.length === 0, 'id_token_malformed', {
    expected: 'no extensions',
    actual: extended.join(' '),
  });

  const alg = member(header, 'alg');
  const evidence = { expected: algorithms.join(' '), actual: shown(alg) };
  if (typeof alg !== 'string' || !algorithms.includes(alg)) return checks.fail('idToken.alg', 'id_token_alg', evidence);
  checks.pass('idToken.alg', evidence);

  const kid = member(header, 'kid');
  if (kid !== undefined && typeof kid !== 'string') {
    return checks.fail('idToken.key', 'id_token_kid', { expected: 'a string, or absent', actual: kindOf(kid) });
  }
  return { alg, kid };
}

/** Without a `kid` the choice has to be free of doubt: one key, or none. Trying several would be guessing. */
async function chooseKey(alg: string, kid: string | undefined, keys: KeySource, checks: Checks): Promise<SigningKey> {
  const candidates = await checks.step('idToken.jwks', () => keys(alg, kid));
  const [key] = candidates;
  const evidence = {
    expected: `one key for ${alg}, kid ${shown(kid) ?? 'absent'}`,
    actual: `${candidates.length} keys`,
  };
  if (!key || candidates.length > 1) return checks.fail('idToken.key', 'id_token_kid', evidence);
  checks.pass('idToken.key', evidence);
  return key;
}

/** The signed bytes, or undefined when the signature does not hold. */
async function verifiedPayload(token: string, alg: string, { jwk }: SigningKey): Promise<Uint8Array | undefined> {
  try {
    const { payload } = await compactVerify(token, await importJWK(jwk, alg), { algorithms: [alg] });
    return payload;
  } catch {
    return undefined;
  }
}

function parseObject(source: string | Uint8Array): JsonObject | undefined {
  try {
    const bytes = typeof source === 'string' ? base64url.decode(source) : source;
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
