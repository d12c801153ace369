/** EME-OAEP (RFC 8017 §7.1.1) with different hashes for label and mask, which WebCrypto does not offer. */

export type OaepHash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';
type Bytes = Uint8Array<ArrayBuffer>;

/** @param size bytes of the RSA modulus. @throws RangeError when the message is too long for it */
export async function encodeOaep(message: Bytes, size: number, digest: OaepHash, mgf: OaepHash): Promise<Bytes> {
  const labelDigest = new Uint8Array(await crypto.subtle.digest(digest, new Uint8Array()));
  const length = labelDigest.length;
  const block = new Uint8Array(size - length - 1);
  if (message.length > block.length - length - 1) throw new RangeError('The message is too long for this key');
  block.set(labelDigest);
  block[block.length - message.length - 1] = 1;
  block.set(message, block.length - message.length);
  const seed = crypto.getRandomValues(new Uint8Array(length));
  const maskedBlock = xor(block, await mask(seed, block.length, mgf));
  const maskedSeed = xor(seed, await mask(maskedBlock, length, mgf));
  const encoded = new Uint8Array(size);
  encoded.set(maskedSeed, 1);
  encoded.set(maskedBlock, 1 + length);
  return encoded;
}

/** MGF1 (RFC 8017 §B.2.1). */
async function mask(seed: Bytes, length: number, hash: OaepHash): Promise<Bytes> {
  const bytes: number[] = [];
  for (let counter = 0; bytes.length < length; counter += 1) {
    const input = new Uint8Array(seed.length + 4);
    input.set(seed);
    new DataView(input.buffer).setUint32(seed.length, counter);
    bytes.push(...new Uint8Array(await crypto.subtle.digest(hash, input)));
  }
  return new Uint8Array(bytes.slice(0, length));
}

function xor(left: Bytes, right: Bytes): Bytes {
  return left.map((byte, index) => byte ^ (right[index] ?? 0));
}
