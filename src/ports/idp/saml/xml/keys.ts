/**
 * Keys as WebCrypto wants them. Importing costs as much as using: the imported keys of the last connections are
 * kept, by their text and use. A key that is no key of the wanted kind, or a weak one, is none.
 */
import type { HashName, SignatureAlgorithm } from './algorithms.ts';

const CACHE_SIZE = 512;
const RSA_BITS = { min: 2048, max: 8192 };
const CURVES = ['P-256', 'P-384', 'P-521'] as const;

class KeyCache {
  readonly #entries = new Map<string, Promise<CryptoKey | undefined>>();

  get(use: string, text: string, read: () => Promise<CryptoKey | undefined>): Promise<CryptoKey | undefined> {
    const name = `${use} ${text}`;
    const cached = this.#entries.get(name);
    if (cached !== undefined) return cached;
    const key = read();
    const oldest = this.#entries.keys().next();
    if (this.#entries.size >= CACHE_SIZE && !oldest.done) this.#entries.delete(oldest.value);
    this.#entries.set(name, key);
    return key;
  }
}

const cache = new KeyCache();

/**
 * @param text base64 DER, SubjectPublicKeyInfo
 * @returns undefined when the key cannot have made signatures of the algorithm, or is too weak (RSA under 2048 bits)
 */
export function verificationKey(text: string, algorithm: SignatureAlgorithm): Promise<CryptoKey | undefined> {
  return cache.get(`${algorithm.name} ${algorithm.hash}`, text, () =>
    algorithm.name === 'ECDSA' ? importEcdsa(text) : importRsa('spki', text, { ...algorithm, usage: 'verify' }),
  );
}

/**
 * @param text base64 DER, PKCS #8
 * @returns undefined when it is no RSA key of at least 2048 bits
 */
export function decryptionKey(text: string, hash: HashName): Promise<CryptoKey | undefined> {
  return cache.get(`RSA-OAEP ${hash}`, text, () =>
    importRsa('pkcs8', text, { name: 'RSA-OAEP', hash, usage: 'decrypt' }),
  );
}

interface RsaUse {
  readonly name: string;
  readonly hash: HashName;
  readonly usage: KeyUsage;
}

async function importRsa(format: 'spki' | 'pkcs8', text: string, use: RsaUse): Promise<CryptoKey | undefined> {
  try {
    const der = Uint8Array.fromBase64(text);
    const key = await crypto.subtle.importKey(format, der, { name: use.name, hash: use.hash }, false, [use.usage]);
    return isStrong(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function isStrong(key: CryptoKey): boolean {
  const { modulusLength, publicExponent } = key.algorithm as RsaKeyAlgorithm;
  const exponent = publicExponent.reduce((value, byte) => value * 256 + byte, 0);
  return modulusLength >= RSA_BITS.min && modulusLength <= RSA_BITS.max && exponent > 1;
}

async function importEcdsa(text: string): Promise<CryptoKey | undefined> {
  for (const namedCurve of CURVES) {
    try {
      const der = Uint8Array.fromBase64(text);
      return await crypto.subtle.importKey('spki', der, { name: 'ECDSA', namedCurve }, false, ['verify']);
    } catch {
      // a key of another curve, or no EC key at all
    }
  }
  return undefined;
}
