/**
 * The first half of ID and logout token validation: is this a JWS that the provider's key signed? (RFC 7515 §5.2, RFC 8725
 * §3, OpenID Connect Core §3.1.3.7 (6) to (8).) Nothing of the payload is read before the signature holds, and
 * what is read afterwards are the very bytes that were verified.
 */

import { base64url, compactVerify, importJWK } from 'jose';
import type { Checks } from '#core/checks.ts';
import { kindOf, shown } from './evidence.ts';
import { isJsonObject, type JsonObject, member } from './json-answer.ts';
import type { KeySource } from './jwks.ts';
import type { SigningKey } from './signing-keys.ts';
import type { TokenKind } from './token-kind.ts';

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
 * @throws SsoError the kind's reason for `size`, `malformed`, `typ`, `alg`, `kid` or `signature`, and what reading the
 * keys throws
 */
export async function verifySignature(
  kind: TokenKind,
  token: string,
  algorithms: readonly string[],
  keys: KeySource,
  checks: Checks,
): Promise<VerifiedJws> {
  checks.require(`${kind.name}.size`, token.length <= MAX_SIZE, kind.reason('size'), {
    expected: `≤ ${MAX_SIZE}`,
    actual: token.length,
  });
  checks.require(`${kind.name}.shape`, JWS.test(token), kind.reason('malformed'), {
    expected: '3 segments of base64url',
    actual: `${token.split('.').length} segments`,
  });
  const { alg, kid } = checkHeader(kind, token, algorithms, checks);
  const key = await chooseKey(kind, alg, kid, keys, checks);
  const payload = await verifiedPayload(token, alg, key);
  checks.require(`${kind.name}.signature`, payload !== undefined, kind.reason('signature'), {
    expected: `a signature by the key ${shown(key.kid) ?? 'without kid'}, ${alg}`,
    actual: payload ? 'one' : 'none of that key: the token was changed, or another key signed it',
  });
  const claims = payload && parseObject(payload);
  if (!claims) return checks.fail(`${kind.name}.payload`, kind.reason('malformed'), { expected: 'a JSON object' });
  return { alg, key, claims };
}

function checkHeader(
  kind: TokenKind,
  token: string,
  algorithms: readonly string[],
  checks: Checks,
): { alg: string; kid: string | undefined } {
  const header = parseObject(token.slice(0, token.indexOf('.')));
  if (!header) return checks.fail(`${kind.name}.header`, kind.reason('malformed'), { expected: 'a JSON object' });

  const typ = member(header, 'typ');
  const isOfKind = typ === undefined || (typeof typ === 'string' && kind.typ.test(typ));
  checks.require(`${kind.name}.typ`, isOfKind, kind.reason('typ'), { expected: kind.types, actual: shown(typ) });

  // extensions change what a signature means, and we understand none of them
  const extended = ['crit', 'b64', 'zip', 'enc'].filter((name) => Object.hasOwn(header, name));
  checks.require(`${kind.name}.crit`, extended.length === 0, kind.reason('malformed'), {
    expected: 'no extensions',
    actual: extended.join(' '),
  });

  const alg = member(header, 'alg');
  const evidence = { expected: algorithms.join(' '), actual: shown(alg) };
  if (typeof alg !== 'string' || !algorithms.includes(alg))
    return checks.fail(`${kind.name}.alg`, kind.reason('alg'), evidence);
  checks.pass(`${kind.name}.alg`, evidence);

  const kid = member(header, 'kid');
  if (kid !== undefined && typeof kid !== 'string') {
    return checks.fail(`${kind.name}.key`, kind.reason('kid'), {
      expected: 'a string, or absent',
      actual: kindOf(kid),
    });
  }
  return { alg, kid };
}

/** Without a `kid` the choice has to be free of doubt: one key, or none. Trying several would be guessing. */
async function chooseKey(
  kind: TokenKind,
  alg: string,
  kid: string | undefined,
  keys: KeySource,
  checks: Checks,
): Promise<SigningKey> {
  const candidates = await checks.step(`${kind.name}.jwks`, () => keys(alg, kid));
  const [key] = candidates;
  const evidence = {
    expected: `one key for ${alg}, kid ${shown(kid) ?? 'absent'}`,
    actual: `${candidates.length} keys`,
  };
  if (!key || candidates.length > 1) return checks.fail(`${kind.name}.key`, kind.reason('kid'), evidence);
  checks.pass(`${kind.name}.key`, evidence);
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
