/** The keys of a JWK Set that may verify an ID token (RFC 7517 §4 and §5), and which of them a token means. */
import { base64url, type JWK } from 'jose';
import { keyShapeOf } from './algorithms.ts';
import { badResponse, isJsonObject, type JsonObject, member } from './json-answer.ts';

export interface SigningKey {
  readonly kid: string | undefined;
  /** Public members only. */
  readonly jwk: JWK;
  /** Entra ID says on its shared keys which tenants' issuer they sign for. */
  readonly issuer: string | undefined;
}

const MAX_KEYS = 100;
const RSA_BITS = { min: 2048, max: 8192 };
const PRIVATE_MEMBERS = ['k', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];

/**
 * Keys that are not for verifying, are private, shared or weak are left out, as RFC 7517 §5 advises for keys that
 * are not understood. Two different keys of one type under one `kid` are both left out: which one is
 * meant is unknowable. (Of different types they may share it, §4.5.)
 *
 * @throws SsoError `idp_bad_response` when it is no JWK Set, or one of more than 100 keys
 */
export function readSigningKeys(set: JsonObject): readonly SigningKey[] {
  const keys = member(set, 'keys');
  if (!Array.isArray(keys)) throw badResponse('the JWK Set has no keys');
  if (keys.length > MAX_KEYS) throw badResponse(`the JWK Set has more than ${MAX_KEYS} keys`);
  const usable = keys.flatMap((key: unknown) => (isJsonObject(key) ? (readKey(key) ?? []) : []));
  return usable.filter(
    (key, index) =>
      !usable.some((other) => key.kid !== undefined && other.kid === key.kid && isRival(other, key)) &&
      usable.findIndex((other) => other.kid === key.kid && sameKey(other, key)) === index,
  );
}

/** The keys that could have made a signature by `alg`; with a `kid` only those that bear it. */
export function matchingKeys(keys: readonly SigningKey[], alg: string, kid: string | undefined): readonly SigningKey[] {
  const shape = keyShapeOf(alg);
  return keys.filter(
    ({ jwk, kid: keyId }) =>
      jwk.kty === shape?.kty &&
      (shape?.crv === undefined || jwk.crv === shape.crv) &&
      (jwk.alg === undefined || canonical(jwk.alg) === canonical(alg)) &&
      (kid === undefined || keyId === kid),
  );
}

function readKey(key: JsonObject): SigningKey | undefined {
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(key, name))) return undefined;
  const { use, key_ops: operations, alg, kid, issuer } = key;
  if (use !== undefined && use !== 'sig') return undefined;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return undefined;
  if (alg !== undefined && (typeof alg !== 'string' || !keyShapeOf(alg))) return undefined;
  if (kid !== undefined && typeof kid !== 'string') return undefined;
  const jwk = publicMembers(key);
  if (!jwk) return undefined;
  return {
    kid,
    jwk: alg === undefined ? jwk : { ...jwk, alg },
    issuer: typeof issuer === 'string' ? issuer : undefined,
  };
}

function publicMembers({ kty, n, e, crv, x, y }: JsonObject): JWK | undefined {
  if (kty === 'RSA' && typeof n === 'string' && typeof e === 'string')
    return isStrongRsa(n, e) ? { kty, n, e } : undefined;
  if (typeof crv !== 'string' || typeof x !== 'string') return undefined;
  if (kty === 'EC' && typeof y === 'string') return { kty, crv, x, y };
  return kty === 'OKP' ? { kty, crv, x } : undefined;
}

/** 2048 to 8192 bits, and an odd exponent of at most 32 bits above 1: with 1, every number signs itself. */
function isStrongRsa(n: string, e: string): boolean {
  try {
    const modulus = stripZeros(base64url.decode(n));
    const exponent = stripZeros(base64url.decode(e));
    const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
    const value = exponent.reduce((sum, byte) => sum * 256 + byte, 0);
    return bits >= RSA_BITS.min && bits <= RSA_BITS.max && exponent.length <= 4 && value > 1 && value % 2 === 1;
  } catch {
    return false;
  }
}

function stripZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.subarray(bytes.length) : bytes.subarray(first);
}

function isRival(left: SigningKey, right: SigningKey): boolean {
  return left.jwk.kty === right.jwk.kty && material(left) !== material(right);
}

function material({ jwk }: SigningKey): string {
  return [jwk.kty, jwk.crv, jwk.n, jwk.e, jwk.x, jwk.y].join(' ');
}

function sameKey(left: SigningKey, right: SigningKey): boolean {
  return material(left) === material(right) && left.jwk.alg === right.jwk.alg;
}

/** RFC 9864 renamed EdDSA with Ed25519. */
function canonical(alg: string): string {
  return alg === 'EdDSA' ? 'Ed25519' : alg;
}
