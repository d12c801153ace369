/**
 * Opens an encrypted assertion with our keys (XML Encryption 1.1 §5.2 and §5.5.2; NIST SP 800-38D).
 *
 * Whatever fails is one refusal after the same work, so that nobody learns from us what was wrong with a ciphertext:
 * every key is tried on every encrypted key, and where none opens, the content is opened with a random one.
 */
import type { ContentAlgorithm } from './algorithms.ts';
import type { EncryptedInput, EncryptedKey } from './encryption.ts';
import { decryptionKey } from './keys.ts';
import { refusal } from './trail.ts';

const GCM_IV_BYTES = 12;
const BLOCK_BYTES = 16;

/**
 * @param privateKeys base64 DER, PKCS #8
 * @returns the plaintext: bytes of unknown making
 * @throws SsoError `saml_decryption`
 */
export async function decrypt(input: EncryptedInput, privateKeys: readonly string[]): Promise<Uint8Array> {
  const attempts = input.keys.flatMap((key) => privateKeys.map((text) => unwrap(key, text)));
  const unwrapped = await Promise.all(attempts);
  const { keyBytes } = input.algorithm;
  const random = crypto.getRandomValues(new Uint8Array(keyBytes));
  const contentKey = unwrapped.find((key) => key?.length === keyBytes) ?? random;
  const plaintext = await open(input.algorithm, contentKey, input.cipher);
  if (!plaintext) throw refusal('saml_decryption', 'none of our keys opens the assertion');
  return plaintext;
}

async function unwrap({ hash, cipher }: EncryptedKey, text: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const key = await decryptionKey(text, hash);
  if (!key) return undefined;
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, key, cipher));
  } catch {
    return undefined;
  }
}

async function open(
  algorithm: ContentAlgorithm,
  keyBytes: Uint8Array<ArrayBuffer>,
  cipher: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array | undefined> {
  const key = await crypto.subtle.importKey('raw', keyBytes, algorithm.name, false, ['encrypt', 'decrypt']);
  try {
    return algorithm.name === 'AES-GCM' ? await openGcm(key, cipher) : await openCbc(key, cipher);
  } catch {
    return undefined;
  }
}

async function openGcm(key: CryptoKey, cipher: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const iv = cipher.subarray(0, GCM_IV_BYTES);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, cipher.subarray(GCM_IV_BYTES)));
}

/**
 * XML Encryption pads as ISO 10126 does: only the last byte tells. WebCrypto insists on PKCS #7, so a block is
 * appended that is its padding: what an empty plaintext encrypts to after the last block.
 */
async function openCbc(key: CryptoKey, cipher: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
  const blocks = cipher.length / BLOCK_BYTES;
  if (!Number.isInteger(blocks) || blocks < 2) return undefined;
  const last = cipher.subarray(-BLOCK_BYTES);
  const padding = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: last }, key, new Uint8Array(0));
  const content = new Uint8Array(cipher.length);
  content.set(cipher.subarray(BLOCK_BYTES));
  content.set(new Uint8Array(padding), cipher.length - BLOCK_BYTES);
  const iv = cipher.subarray(0, BLOCK_BYTES);
  const padded = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, content));
  const pad = padded.at(-1) ?? 0;
  return pad >= 1 && pad <= BLOCK_BYTES ? padded.subarray(0, padded.length - pad) : undefined;
}
