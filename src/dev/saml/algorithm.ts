/**
 * Digests and signatures under the names of XML Signature (RFC 9231). The type of the key decides how it signs, the URI
 * which hash: so a document can name an algorithm that fits neither.
 */
import { createHash, sign as signWithNode } from 'node:crypto';
import { DIGESTS, SIGNATURE_ALGORITHMS } from './names.ts';
import { pemOf, type SigningKey } from './signing-key.ts';

type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';
type Bytes = Uint8Array<ArrayBuffer>;

const PSS_SALT_BYTES = 32;

/** @param digest a URI; one that is not known takes SHA-256. @returns base64 */
export async function digestOf(data: Bytes, digest: string): Promise<string> {
  if (digest === DIGESTS.md5) return createHash('md5').update(data).digest('base64');
  return new Uint8Array(await crypto.subtle.digest(hashOf(digest), data)).toBase64();
}

/**
 * @param key a secret for HMAC, a key pair for everything else
 * @param algorithm a URI; one that is not known signs with SHA-256
 * @returns base64; ECDSA as r and s side by side (XML Signature §6.4.3)
 */
export async function signatureOf(data: Bytes, key: SigningKey | Bytes, algorithm: string): Promise<string> {
  const hash = hashOf(algorithm);
  if (key instanceof Uint8Array) return signWith(await importSecret(key, hash), 'HMAC', data);
  if (algorithm === SIGNATURE_ALGORITHMS.rsaMd5) {
    return signWithNode('md5', data, pemOf('PRIVATE KEY', key.privateKey)).toString('base64');
  }
  const pkcs8 = Uint8Array.fromBase64(key.privateKey);
  const parameters = parametersOf(key, algorithm, hash);
  const imported = await crypto.subtle.importKey('pkcs8', pkcs8, parameters, false, ['sign']);
  return signWith(imported, parameters, data);
}

/** What a key signs with where nothing else is asked for. */
export function usualAlgorithm(key: SigningKey | Bytes): string {
  if (key instanceof Uint8Array) return SIGNATURE_ALGORITHMS.hmacSha256;
  return key.type === 'ec' ? SIGNATURE_ALGORITHMS.ecdsaSha256 : SIGNATURE_ALGORITHMS.rsaSha256;
}

function parametersOf(key: SigningKey, algorithm: string, hash: Hash) {
  if (key.curve) return { name: 'ECDSA', namedCurve: key.curve, hash };
  if (/-mgf1$/i.test(algorithm)) return { name: 'RSA-PSS', hash, saltLength: PSS_SALT_BYTES };
  return { name: 'RSASSA-PKCS1-v1_5', hash };
}

function importSecret(secret: Bytes, hash: Hash): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign']);
}

async function signWith(key: CryptoKey, parameters: Parameters<SubtleCrypto['sign']>[0], data: Bytes): Promise<string> {
  return new Uint8Array(await crypto.subtle.sign(parameters, key, data)).toBase64();
}

function hashOf(uri: string): Hash {
  const size = /sha-?(1|256|384|512)(-rsa-mgf1)?$/i.exec(uri)?.[1] ?? '256';
  return `SHA-${size}` as Hash;
}
