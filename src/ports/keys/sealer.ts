/**
 * Sealing at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce and the place as associated data. A sealed
 * value names its key, `v1.<key id>.<nonce>.<ciphertext and tag>`, so that several keys can open while one seals.
 */
import type { Sealer } from './keys.ts';

const VERSION = 'v1';
const NONCE_BYTES = 12;

/**
 * @param secretsKey seals and opens; 32 bytes, base64 or base64url
 * @param previous open only
 * @throws Error when one is not 32 bytes
 */
export async function createSealer(secretsKey: string, previous: readonly string[] = []): Promise<Sealer> {
  const sealing = await importSecretsKey(secretsKey);
  const opening = new Map<string, CryptoKey>();
  for (const { id, key } of await Promise.all(previous.map(importSecretsKey))) opening.set(id, key);
  opening.set(sealing.id, sealing.key);
  const encoder = new TextEncoder();

  return {
    keyIds: [sealing.id, ...[...opening.keys()].filter((id) => id !== sealing.id)],
    async seal(plaintext, context) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const parameters = { name: 'AES-GCM', iv, additionalData: encoder.encode(context) };
      const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, sealing.key, encoder.encode(plaintext)));
      return [VERSION, sealing.id, base64url(iv), base64url(sealed)].join('.');
    },
    async open(value, context) {
      const [version, keyId, iv, sealed] = value.split('.');
      if (version !== VERSION || !keyId || !iv || !sealed) throw new Error('not a sealed value');
      const key = opening.get(keyId);
      if (!key) throw new Error('sealed under another SECRETS_KEY');
      const parameters = { name: 'AES-GCM', iv: bytes(iv), additionalData: encoder.encode(context) };
      return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, key, bytes(sealed)));
    },
  };
}

/** The id is the beginning of the key's SHA-256: it tells keys apart, and nothing of what they are. */
async function importSecretsKey(text: string): Promise<{ id: string; key: CryptoKey }> {
  const raw = Uint8Array.fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (raw.length !== 32) throw new Error('SECRETS_KEY must be 32 bytes');
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { id: new Uint8Array(await crypto.subtle.digest('SHA-256', raw)).subarray(0, 4).toHex(), key };
}

function base64url(value: Uint8Array): string {
  return value.toBase64({ alphabet: 'base64url', omitPadding: true });
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(text, { alphabet: 'base64url' });
}
