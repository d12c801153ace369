/** Times as SAML writes them: UTC with Z, and no other. */
import { expect, test } from 'bun:test';
import { formatInstant, parseInstant } from '#ports/idp/saml/instant.ts';

test.each([
  ['2026-11-22T08:09:10Z', '2026-11-22T08:09:10.000Z'],
  ['2026-11-22T08:09:10.5Z', '2026-11-22T08:09:10.500Z'],
  ['2026-11-22T08:09:10.123456Z', '2026-11-22T08:09:10.123Z'],
  ['2026-11-22T08:09:10.999999999Z', '2026-11-22T08:09:10.999Z'],
  ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
])('%s', (text, iso) => {
  expect(parseInstant(text)?.toISOString()).toBe(iso);
});

test.each([
  '',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-11-31T00:00:00Z',
  '2026-11-22T24:00:00Z',
  '2026-11-22T23:60:00Z',
  '2026-11-22T23:59:60Z',
  '2026-11-22T08:09:10',
  '2026-11-22T08:09:10+00:00',
  '2026-11-22T08:09:10z',
  '2026-11-22 08:09:10Z',
  '2026-11-22T08:09Z',
  '2026-11-22T08:09:10.Z',
  '2026-11-22T08:09:10.1234567890Z',
  '2026-11-22',
  '-2026-11-22T08:09:10Z',
  '12026-11-22T08:09:10Z',
  '0050-01-01T00:00:00Z',
  ' 2026-11-22T08:09:10Z',
  '2026-11-22T08:09:10Z\n',
  '２０２６-11-22T08:09:10Z',
])('refused: %p', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('written to the second, and read back', () => {
  const date = new Date('2026-11-22T08:09:10.987Z');
  expect(formatInstant(date)).toBe('2026-11-22T08:09:10Z');
  expect(parseInstant(formatInstant(date))?.getTime()).toBe(date.getTime() - 987);
});
