/** Sealing at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce and the place as associated data. */
import type { Sealer } from './keys.ts';

const VERSION = 'v1';
const NONCE_BYTES = 12;

/**
 * @param secretsKey 32 bytes, base64 or base64url
 * @throws Error when it is not 32 bytes
 */
export async function createSealer(secretsKey: string): Promise<Sealer> {
  const raw = Uint8Array.fromBase64(secretsKey.replaceAll('-', '+').replaceAll('_', '/'));
  if (raw.length !== 32) throw new Error('SECRETS_KEY must be 32 bytes');
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const keyId = new Uint8Array(await crypto.subtle.digest('SHA-256', raw)).subarray(0, 4).toHex();
  const encoder = new TextEncoder();

  return {
    async seal(plaintext, context) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const parameters = { name: 'AES-GCM', iv, additionalData: encoder.encode(context) };
      const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, key, encoder.encode(plaintext)));
      return [VERSION, keyId, base64url(iv), base64url(sealed)].join('.');
    },
    async open(value, context) {
      const [version, usedKeyId, iv, sealed] = value.split('.');
      if (version !== VERSION || !iv || !sealed) throw new Error('not a sealed value');
      if (usedKeyId !== keyId) throw new Error('sealed under another SECRETS_KEY');
      const parameters = { name: 'AES-GCM', iv: bytes(iv), additionalData: encoder.encode(context) };
      return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, key, bytes(sealed)));
    },
  };
}

function base64url(value: Uint8Array): string {
  return value.toBase64({ alphabet: 'base64url', omitPadding: true });
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(text, { alphabet: 'base64url' });
}
