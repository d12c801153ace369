/** Every reason is explained to three people, in words that each of them understands, and the page of them is not stale. */
import { expect, test } from 'bun:test';
import { ConfigSchema } from '#config';
import { REASON_CHAPTERS, REASONS } from '#core/reasons/reasons.ts';
import { reasonCatalogue } from '#dev/reason-catalogue.ts';
import { SSO_ERRORS, type SsoErrorCode } from '#error';

const CODES = Object.keys(SSO_ERRORS) as SsoErrorCode[];
/** Words that nobody needs to know in order to sign in. */
const JARGON =
  /`|\b(token|oauth|openid|oidc|saml|jwt|nonce|issuer|claims?|metadata|certificate|endpoint|api|assertion|scope|redirect|callback|client|provider|http\w*)\b/i;
const BLAME = /\b(you (forgot|failed|must not|should have)|your (fault|mistake|error)|wrong)\b/i;

test('every reason stands in one chapter', () => {
  expect(Object.values(REASON_CHAPTERS).flat().sort()).toEqual([...CODES].sort());
});

test.each(CODES)('%s is explained in whole sentences', (code) => {
  for (const text of Object.values(REASONS[code])) {
    expect(text).toMatch(/^[A-Z`“].{10,}\.$/);
    expect(text.length).toBeLessThanOrEqual(512);
  }
  expect(REASONS[code].person).not.toMatch(JARGON);
  expect(REASONS[code].person).not.toMatch(BLAME);
});

test('variables that a text names exist', () => {
  const named = CODES.flatMap(
    (code) =>
      Object.values(REASONS[code])
        .join(' ')
        .match(/\b[A-Z]+(_[A-Z]+)+\b/g) ?? [],
  );
  expect(named.length).toBeGreaterThan(3);
  for (const name of new Set(named)) expect(Object.keys(ConfigSchema.properties)).toContain(name);
});

test('the page of reasons is the one that the texts make', async () => {
  expect(await Bun.file('docs/reasons.md').text()).toBe(reasonCatalogue());
});
