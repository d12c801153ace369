/** Every reason is explained to three people, in words that each of them understands, and the page of them is not stale. */
import { expect, test } from 'bun:test';
import { ConfigSchema } from '#config';
import { REASON_CHAPTERS, REASONS } from '#core/reasons/reasons.ts';
import { openapiDocument } from '#dev/openapi-document.ts';
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

/** What Bun and Deno read by themselves, and names of TLS alerts; tests/ports/http shows that they are these. */
const OF_THE_RUNTIME = ['NODE_EXTRA_CA_CERTS', 'WRONG_VERSION_NUMBER', 'PROTOCOL_VERSION'];

test('variables that a text names exist', () => {
  const named = CODES.flatMap(
    (code) =>
      Object.values(REASONS[code])
        .join(' ')
        .match(/\b[A-Z]+(_[A-Z]+)+\b/g) ?? [],
  );
  expect(named.length).toBeGreaterThan(3);
  for (const name of new Set(named))
    expect([...Object.keys(ConfigSchema.properties), ...OF_THE_RUNTIME]).toContain(name);
});

const TEXTS = CODES.flatMap((code) => Object.values(REASONS[code])).join(' ');

test('calls of the admin API that a text names exist', async () => {
  const { paths } = JSON.parse(await openapiDocument()) as { paths: Record<string, Record<string, unknown>> };
  const named = TEXTS.match(/(GET|POST|PATCH|PUT|DELETE) \/admin\/v1[\w/{}-]*/g) ?? [];
  expect(named.length).toBeGreaterThan(8);
  for (const call of new Set(named)) {
    const [method = '', path = ''] = call.split(' ');
    expect([call, Object.keys(paths[path] ?? {})]).toEqual([call, expect.arrayContaining([method.toLowerCase()])]);
  }
});

/** A check's evidence, and a NameID format: of these no member has the name. */
const OF_PROVIDERS = ['otherSubject', 'emailAddress'];

test('settings that a text names exist under that name', async () => {
  const known = new Set(OF_PROVIDERS);
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      known.add(name);
      collect(inner);
    }
  };
  collect(JSON.parse(await openapiDocument()));
  const named = [...TEXTS.matchAll(/`([a-z]+[A-Z]\w*)(?:\.\w+)?`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(20);
  for (const name of new Set(named)) expect(known).toContain(name);
});

test('the page of reasons is the one that the texts make', async () => {
  expect(await Bun.file('docs/reasons.md').text()).toBe(reasonCatalogue());
});
