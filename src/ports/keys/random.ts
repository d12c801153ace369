/** Random values and digests. A digest of ≥ 256 random bits needs no salt. */
const encoder = new TextEncoder();

/** `bytes` random bytes as base64url without padding. */
export function randomToken(bytes = 32): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toBase64({ alphabet: 'base64url', omitPadding: true });
}

/** At least 0 and below 1; for spreading things, not for secrets. */
export function randomFraction(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

/** SHA-256, base64url without padding: what the database keeps of a state, a token or a key. */
export async function digest(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
  return hash.toBase64({ alphabet: 'base64url', omitPadding: true });
}

/** Compares two texts in a time that depends on their lengths alone. */
export function constantTimeEqual(left: string, right: string): boolean {
  const a = encoder.encode(left);
  const b = encoder.encode(right);
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index % (b.length || 1)] ?? 0);
  return difference === 0;
}
