/** Base64 as XML writes it (XML Schema part 2 §3.2.16): padded, with white space anywhere. */

/** @returns undefined for anything else, the URL-safe alphabet included */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
    return bytes.length === 0 ? undefined : bytes;
  } catch {
    return undefined;
  }
}
