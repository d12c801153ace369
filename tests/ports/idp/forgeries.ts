/** Signatures that must not be believed. */
import { createHash, createHmac } from 'node:crypto';
import type { IdTokenScript } from '#dev/scripted-script.ts';

type Sign = NonNullable<IdTokenScript['sign']>;

/** HMAC-SHA-256 under any bytes: what HS256 would be. */
export function hmac(secret: string | Uint8Array): Sign {
  return (input) => createHmac('sha256', secret).update(input).digest();
}

/** The honest signature with one bit of its middle turned. */
export function flipBit(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  const bytes = Uint8Array.fromBase64(signature, { alphabet: 'base64url' });
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return `${header}.${payload}.${bytes.toBase64({ alphabet: 'base64url', omitPadding: true })}`;
}

/** RSA with the exponent 1: the padded digest (RFC 8017 §9.2) is its own signature. */
export const selfSigned: Sign = (input) => {
  const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');
  const tail = Buffer.concat([Buffer.from([0]), digestInfo, createHash('sha256').update(input).digest()]);
  return Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(256 - 2 - tail.length, 0xff), tail]);
};
