/** Real signing keys of the scripted provider, made with node:crypto because it also makes and uses weak ones. */
import { constants, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

export interface ScriptedKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const CURVES: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

/** @param rsaBits of RS… and PS… keys; under 2048 makes a key that nobody should trust */
export function generateKey(alg: string, rsaBits = 2048): ScriptedKey {
  return { kid: `${alg}-${randomUUID()}`, alg, ...generatePair(alg, rsaBits) };
}

function generatePair(alg: string, modulusLength: number): { privateKey: KeyObject; publicKey: KeyObject } {
  const namedCurve = CURVES[alg];
  if (namedCurve) return generateKeyPairSync('ec', { namedCurve });
  if (alg === 'EdDSA') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength });
}

/** The public key as the JWK Set shows it. */
export function publicJwk(key: ScriptedKey): JsonWebKey & Record<string, unknown> {
  return { ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: key.alg, use: 'sig' };
}

/** A JWS signature (RFC 7518 §3) over `input`, by `alg` where it differs from the key's own. */
export function signWith(input: string, key: ScriptedKey, alg = key.alg): Uint8Array {
  const data = new TextEncoder().encode(input);
  if (alg === 'EdDSA') return sign(null, data, key.privateKey);
  const hash = `sha${alg.slice(-3)}`;
  if (alg.startsWith('ES')) return sign(hash, data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  if (!alg.startsWith('PS')) return sign(hash, data, key.privateKey);
  return sign(hash, data, {
    key: key.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
}

/** The provider's key ring: one key an algorithm, made when it is first needed. */
export class ScriptedKeys {
  readonly #keys = new Map<string, ScriptedKey>();

  constructor() {
    for (const alg of ['RS256', 'ES256', 'EdDSA']) this.of(alg);
  }

  of(alg: string): ScriptedKey {
    const key = this.#keys.get(alg) ?? generateKey(alg);
    this.#keys.set(alg, key);
    return key;
  }

  /** A new key in the place of the old one, which is announced no longer. @returns the old one */
  rotate(alg = 'RS256'): ScriptedKey {
    const old = this.of(alg);
    this.#keys.set(alg, generateKey(alg));
    return old;
  }

  jwks(): { keys: unknown[] } {
    return { keys: [...this.#keys.values()].map(publicJwk) };
  }
}
