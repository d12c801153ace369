/** Addresses that are equal become equal before any check; addresses that only look equal don't. */
import { expect, test } from 'bun:test';
import { parseDomain, parseEmail } from '#core/email.ts';

test.each([
  ['Admin@Corp.test', 'admin@corp.test'],
  ['admin@corp.test ', 'admin@corp.test'],
  ['admin\uff20corp.test', 'admin@corp.test'],
  ['admin@ⓒorp.test', 'admin@corp.test'],
  ['admin@\u212aorp.test', 'admin@korp.test'],
  ['a+b@corp.test', 'a+b@corp.test'],
  ['x@bücher.test', 'x@xn--bcher-kva.test'],
  ['x@XN--BCHER-KVA.test', 'x@xn--bcher-kva.test'],
])('%p is %p', (text, address) => {
  expect(parseEmail(text)?.address).toBe(address);
});

test.each([
  ['\u0430dmin@corp.test', 'a Cyrillic a'],
  ['stra\u00dfe@corp.test', 'a sharp s'],
  ['\u0130stanbul@corp.test', 'a dotted capital I'],
  ['a\u0308@corp.test', 'a combining mark'],
  ['admin@corp.test\u0000', 'a NUL'],
  ['admin\n@corp.test', 'a line break'],
  ['"a b"@corp.test', 'a quoted local part'],
  ['a@b@corp.test', 'two @'],
  ['a(comment)@corp.test', 'a comment'],
  ['.a@corp.test', 'a leading dot'],
  ['a..b@corp.test', 'two dots'],
  ['@corp.test', 'no local part'],
  ['a@', 'no domain'],
  ['a@corp', 'a single label'],
  ['a@127.0.0.1', 'an address'],
  ['a@[127.0.0.1]', 'an address literal'],
  ['a@corp.test.', 'a trailing dot'],
  ['a@corp.test/x', 'a path'],
  ['a@corp.test:25', 'a port'],
  [`${'a'.repeat(65)}@corp.test`, 'a local part of 65'],
  [`a@${'b'.repeat(64)}.test`, 'a label of 64'],
  [`${'a'.repeat(64)}@${'b.'.repeat(100)}test`, '265 characters'],
  ['x'.repeat(400), '400 characters'],
])('%p is no address: %s', (text) => {
  expect(parseEmail(text)).toBeUndefined();
});

test('a domain is compared whole', () => {
  expect(parseDomain('Corp.Test')).toBe('corp.test');
  expect(parseDomain('corp.test.')).toBe('corp.test');
  expect(parseEmail('a@evilcorp.test')?.domain).toBe('evilcorp.test');
  expect(parseEmail('a@corp.test.evil.test')?.domain).toBe('corp.test.evil.test');
  for (const none of [
    '',
    '*.corp.test',
    'corp.test@evil',
    'a b.test',
    'corp..test',
    'corp.test..',
    '.',
    'http://corp.test',
  ]) {
    expect(parseDomain(none)).toBeUndefined();
  }
});
