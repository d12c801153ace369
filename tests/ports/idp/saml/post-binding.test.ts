/** Messages that come by POST: base64 of XML, wrapped or not, and no other encoding. */
import { expect, test } from 'bun:test';
import { deflateRawSync } from 'node:zlib';
import { decodePosted } from '#ports/idp/saml/post-binding.ts';

const MESSAGE = '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">é</samlp:Response>';
const encoded = Buffer.from(MESSAGE).toString('base64');
const refusal = (code: string) => expect.objectContaining({ code });

test.each([
  ['in one line', encoded],
  ['wrapped', encoded.replaceAll(/.{76}/g, '$&\r\n')],
  ['wrapped, with blanks around', `\n ${encoded.replaceAll(/.{64}/g, '$&\n')}\t\n`],
])('%s', (_how, text) => {
  expect(new TextDecoder().decode(decodePosted(text))).toBe(MESSAGE);
});

test('white space and a byte order mark may come before the XML; the bytes stay as they are', () => {
  for (const start of ['\n \t\r', '\ufeff', '\ufeff\n']) {
    const bytes = Buffer.from(start + MESSAGE);
    expect(decodePosted(bytes.toString('base64'))).toEqual(new Uint8Array(bytes));
  }
});

test.each([
  ['empty', ''],
  ['blank', ' \r\n'],
  ['no base64', '<samlp:Response/>'],
  ['the URL-safe alphabet', Buffer.from('<?>?<?>?~~~~').toString('base64url')],
  ['a missing padding', Buffer.from('<a/>').toString('base64').replace(/=+$/, '')],
  ['bits that no byte takes', 'PGEvPm=='.replace('m', 'n')],
  ['something behind the padding', `${Buffer.from('<a/>').toString('base64')}AAAA`],
  ['deflated', deflateRawSync(MESSAGE).toString('base64')],
  ['base64 of base64', Buffer.from(encoded).toString('base64')],
  ['UTF-16', Buffer.from(`\ufeff${MESSAGE}`, 'utf16le').toString('base64')],
])('%s', (_what, text) => {
  expect(() => decodePosted(text)).toThrow(refusal('saml_encoding'));
});

test('96 KiB are taken, a byte more is not, however it is wrapped', () => {
  const limit = 96 * 1024;
  const sized = (bytes: number) => Buffer.from(`<${'a'.repeat(bytes - 1)}`).toString('base64');
  expect(decodePosted(sized(limit))).toHaveLength(limit);
  expect(decodePosted(sized(limit).replaceAll(/.{64}/g, '$&\r\n'))).toHaveLength(limit);
  for (const text of [sized(limit + 1), sized(3_000_000), `${encoded}${' '.repeat(3_000_000)}`]) {
    expect(() => decodePosted(text)).toThrow(refusal('saml_structure'));
  }
});
