/**
 * API keys: `vst_` + 32 random bytes (base64url) + `_` + CRC-32 of what stands before it (8 hex digits),
 * so that a typing error is refused without a query and secret scanners know a key when they see one.
 * Admin keys are made alike and begin with `vsa_`.
 */
import { randomToken } from './random.ts';

const FORM = /^vs[ta]_[A-Za-z0-9_-]{43}_[0-9a-f]{8}$/;

/** Of an organization's API client; of whoever calls the admin API. */
type KeyKind = 'vst' | 'vsa';

export function createApiKey(kind: KeyKind = 'vst'): string {
  const body = `${kind}_${randomToken(32)}`;
  return `${body}_${checksum(body)}`;
}

/** Whether the text has the form and the checksum of a key of ours. */
export function isApiKey(text: string, kind: KeyKind = 'vst'): boolean {
  const cut = text.length - 9;
  return text.startsWith(`${kind}_`) && FORM.test(text) && checksum(text.slice(0, cut)) === text.slice(cut + 1);
}

/** What the database shows to tell keys apart: the beginning, with at most 8 characters. */
export function apiKeyPrefix(key: string): string {
  return key.slice(0, 8);
}

/** CRC-32 (ISO 3309), as GitHub's tokens carry it. */
function checksum(text: string): string {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}
