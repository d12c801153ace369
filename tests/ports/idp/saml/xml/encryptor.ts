/** Encrypts assertions to us (XML Encryption 1.1), as providers do and as they should not. */
import type { KeyPair } from './signer.ts';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
export const GCM128 = 'http://www.w3.org/2009/xmlenc11#aes128-gcm';
export const GCM256 = 'http://www.w3.org/2009/xmlenc11#aes256-gcm';
export const CBC128 = `${XENC}aes128-cbc`;
export const CBC256 = `${XENC}aes256-cbc`;
export const MGF1P = `${XENC}rsa-oaep-mgf1p`;
export const OAEP = 'http://www.w3.org/2009/xmlenc11#rsa-oaep';

export interface EncryptOptions {
  readonly recipients: readonly KeyPair[];
  readonly algorithm?: string;
  readonly keyAlgorithm?: string;
  /** What stands in the key's EncryptionMethod. */
  readonly keyMethod?: string;
  readonly hash?: string;
  /** The keys stand beside the data, and not in its KeyInfo. */
  readonly beside?: boolean;
  readonly data?: (cipher: Uint8Array) => Uint8Array;
  readonly key?: (cipher: Uint8Array) => Uint8Array;
}

export function oaepKeys(): RsaHashedKeyGenParams {
  return { name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
}

export async function encrypt(plaintext: string, options: EncryptOptions): Promise<string> {
  const algorithm = options.algorithm ?? GCM256;
  const raw = crypto.getRandomValues(new Uint8Array(algorithm.includes('128') ? 16 : 32));
  const data = await encryptContent(new TextEncoder().encode(plaintext), algorithm, raw);
  const keys = await Promise.all(options.recipients.map((recipient) => encryptKey(raw, recipient, options)));
  const inside = options.beside
    ? ''
    : `<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${keys.join('')}</ds:KeyInfo>`;
  const cipher = (options.data?.(data) ?? data).toBase64();
  return `<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element"><xenc:EncryptionMethod Algorithm="${algorithm}"/>${inside}<xenc:CipherData><xenc:CipherValue>${cipher}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>${options.beside ? keys.join('') : ''}</saml:EncryptedAssertion>`;
}

async function encryptKey(raw: Uint8Array<ArrayBuffer>, recipient: KeyPair, options: EncryptOptions): Promise<string> {
  const hash = options.hash ?? 'SHA-1';
  const spki = Uint8Array.fromBase64(recipient.spki);
  const key = await crypto.subtle.importKey('spki', spki, { name: 'RSA-OAEP', hash }, false, ['encrypt']);
  const cipher = new Uint8Array(await crypto.subtle.encrypt('RSA-OAEP', key, raw));
  const text = (options.key?.(cipher) ?? cipher).toBase64();
  return `<xenc:EncryptedKey xmlns:xenc="${XENC}"><xenc:EncryptionMethod Algorithm="${options.keyAlgorithm ?? MGF1P}">${options.keyMethod ?? ''}</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>${text}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`;
}

async function encryptContent(
  text: Uint8Array<ArrayBuffer>,
  algorithm: string,
  raw: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const cbc = algorithm.endsWith('cbc');
  const name = cbc ? 'AES-CBC' : 'AES-GCM';
  const iv = crypto.getRandomValues(new Uint8Array(cbc ? 16 : 12));
  const key = await crypto.subtle.importKey('raw', raw, name, false, ['encrypt']);
  // ISO 10126: random bytes, and the last one says how many; WebCrypto's own block is cut off again
  const padded = cbc ? withPadding(text) : text;
  const cipher = new Uint8Array(await crypto.subtle.encrypt({ name, iv }, key, padded));
  return new Uint8Array([...iv, ...(cbc ? cipher.subarray(0, padded.length) : cipher)]);
}

function withPadding(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = 16 - (text.length % 16);
  const padding = crypto.getRandomValues(new Uint8Array(length));
  padding[length - 1] = length;
  return new Uint8Array([...text, ...padding]);
}
