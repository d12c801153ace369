/** Ids: 24 lowercase hex digits, 4 bytes of seconds and 8 random ones, so that they sort by time. */
export function createId(now: Date): string {
  const bytes = new Uint8Array(12);
  crypto.getRandomValues(bytes.subarray(4));
  new DataView(bytes.buffer).setUint32(0, Math.floor(now.getTime() / 1000));
  return bytes.toHex();
}
