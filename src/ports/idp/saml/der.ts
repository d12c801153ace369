/** The little of DER (X.690 §10) that a certificate takes: reading values by tag, and writing them. */

export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific and constructed, numbers 0 and 3. */
  explicit0: 0xa0,
  explicit3: 0xa3,
} as const;

export interface DerValue {
  readonly tag: number;
  /** Tag, length and content. */
  readonly encoded: Uint8Array<ArrayBuffer>;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * The values that stand one after the other in `bytes`, all of them.
 *
 * @throws Error when they do not fill it exactly, or a length is indefinite
 */
export function readValues(bytes: Uint8Array<ArrayBuffer>): DerValue[] {
  const values: DerValue[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const value = readValue(bytes.subarray(offset));
    values.push(value);
    offset += value.encoded.length;
  }
  return values;
}

/** The content of the one value that `bytes` holds. @throws Error when it has another tag, or something follows */
export function readOnly(bytes: Uint8Array<ArrayBuffer>, tag: number): Uint8Array<ArrayBuffer> {
  const [value, ...rest] = readValues(bytes);
  if (value?.tag !== tag || rest.length > 0) throw new Error('not the expected DER value');
  return value.content;
}

function readValue(bytes: Uint8Array<ArrayBuffer>): DerValue {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new Error('not a DER value');
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 3) throw new Error('a DER length out of bounds');
  const length = first < 0x80 ? first : bytes.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  const start = 2 + lengthBytes;
  if (start + length > bytes.length) throw new Error('a DER value is cut off');
  return { tag, encoded: bytes.subarray(0, start + length), content: bytes.subarray(start, start + length) };
}

/** One value around the given contents. */
export function writeValue(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = concat(contents);
  const length = content.length;
  if (length < 0x80) return concat([Uint8Array.of(tag, length), content]);
  if (length < 0x100) return concat([Uint8Array.of(tag, 0x81, length), content]);
  if (length < 0x10000) return concat([Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), content]);
  throw new Error('a DER value of more than 64 KiB');
}

/** @param hex the content of an object identifier */
export function writeIdentifier(hex: string): Uint8Array<ArrayBuffer> {
  return writeValue(TAG.objectIdentifier, Uint8Array.fromHex(hex));
}

/** A whole, positive number, its most significant byte first. */
export function writeInteger(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return writeValue(TAG.integer, (digits[0] ?? 0) < 0x80 ? digits : concat([Uint8Array.of(0), digits]));
}

/** Whole bytes; no bit is unused. */
export function writeBitString(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeValue(TAG.bitString, Uint8Array.of(0), bytes);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
