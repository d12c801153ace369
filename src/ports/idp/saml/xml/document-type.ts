/**
 * Whether bytes speak of a document type, in whatever encoding: the attacks of a DTD are reported as such also
 * when they hide in UTF-16, UTF-32 or EBCDIC. Looked at only when a message is refused anyway; in linear time.
 */

const MARKUP_DECLARATION = /<!(?:doctype|entity|attlist|element|notation)/i;

const EBCDIC_LESS_THAN = 0x4c;
/** Letters, `<` and `!` of EBCDIC, code pages 037 and 500. */
const EBCDIC = ebcdicTable();

export function mentionsDocumentType(bytes: Uint8Array): boolean {
  // without its zero bytes, UTF-16 and UTF-32 of ASCII are ASCII, in either byte order
  const ascii = bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes;
  if (MARKUP_DECLARATION.test(asText(ascii))) return true;
  return bytes.includes(EBCDIC_LESS_THAN) && MARKUP_DECLARATION.test(asText(bytes.map((byte) => EBCDIC[byte] ?? 0)));
}

function asText(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function ebcdicTable(): Uint8Array {
  const table = new Uint8Array(256);
  const place = (from: number, characters: string): void => table.set(new TextEncoder().encode(characters), from);
  place(EBCDIC_LESS_THAN, '<');
  place(0x4f, '!');
  place(0x5a, '!');
  for (const [from, letters] of [
    [0x81, 'abcdefghi'],
    [0x91, 'jklmnopqr'],
    [0xa2, 'stuvwxyz'],
  ] as const) {
    place(from, letters);
    place(from + 0x40, letters);
  }
  return table;
}
