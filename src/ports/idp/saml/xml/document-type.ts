/**
 * Whether bytes speak of a document type, in whatever encoding: the attacks of a DTD are reported as such also
 * when they hide in UTF-16, UTF-32 or EBCDIC. Looked at only when a message is refused anyway.
 */

const MARKUP_DECLARATION = /<!(?:doctype|entity|attlist|element|notation)/i;

/** Letters, `<` and `!` of EBCDIC, code pages 037 and 500. */
const EBCDIC = ebcdicTable();

export function mentionsDocumentType(bytes: Uint8Array): boolean {
  // without its zero bytes, UTF-16 and UTF-32 of ASCII are ASCII, in either byte order
  const ascii = new TextDecoder('latin1').decode(bytes).replaceAll('\0', '');
  return MARKUP_DECLARATION.test(ascii) || MARKUP_DECLARATION.test(fromEbcdic(bytes));
}

function fromEbcdic(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes.map((byte) => EBCDIC[byte] ?? 0));
}

function ebcdicTable(): Uint8Array {
  const table = new Uint8Array(256);
  const place = (from: number, characters: string): void => table.set(new TextEncoder().encode(characters), from);
  place(0x4c, '<');
  place(0x4f, '!');
  place(0x5a, '!');
  for (const [offset, letters] of [
    [0x81, 'abcdefghi'],
    [0x91, 'jklmnopqr'],
    [0xa2, 'stuvwxyz'],
  ] as const) {
    place(offset, letters);
    place(offset + 0x40, letters);
  }
  return table;
}
