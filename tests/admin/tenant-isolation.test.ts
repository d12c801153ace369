/**
 * TI: whoever has a key for one organization learns and changes nothing of another, on any operation of the admin API that the
 * OpenAPI document names, and cannot tell it from one that does not exist.
 */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { cursorOf } from '#routes/admin/page.ts';
import type { Call } from '#tests/admin/callers.ts';
import { type Estate, type Estates, openEstates } from '#tests/admin/estate.ts';
import { type AdminOperation, type Attempt, adminOperations, attemptsOf, queriesOf } from '#tests/admin/operations.ts';
import { read } from '#tests/journey.ts';
import { PUBLIC_URL } from '#tests/world.ts';

/** For keys without a limit, whatever they are asked about. */
const UNLIMITED = new Set([
  'createOrganization',
  'deleteOrganization',
  'createAdminKey',
  'listAdminKeys',
  'readAdminKey',
  'updateAdminKey',
  'revokeAdminKey',
  'listSigningKeys',
  'rotateSigningKeys',
  'readAuditChainHead',
]);
/** Without a member of their body that is for keys without a limit. */
const PARTLY = new Set(['updateDomain']);
/** POSTs that a key may use that only reads. */
const READING = new Set(['evaluateLogin', 'simulateRules']);

let estates: Estates;
let operations: AdminOperation[];
let secrets: Set<string>;
let acmeReads: Call;
let acmeWrites: Call;
let globexWrites: Call;

beforeAll(async () => {
  estates = await openEstates();
  const { stage, callers, acme, globex } = estates;
  operations = adminOperations(await read(await stage.world.fetch('/openapi.json')));
  const limit = ({ ids }: Estate) => ({ organizations: [ids['organizations'] ?? ''] });
  acmeReads = await callers.with({ ...limit(acme), access: 'read' });
  acmeWrites = await callers.with(limit(acme));
  globexWrites = await callers.with(limit(globex));
  secrets = await estates.fingerprints();
});
afterAll(() => estates?.stage.close());

/** An answer without what differs by itself: who asked when. */
async function told(call: Call, { path, init }: Attempt) {
  const answer = await call(path, init);
  const text = await answer.text();
  return {
    status: answer.status,
    text: text.replace(/"requestId":"[0-9a-f]{24}"/g, '"requestId":""'),
    etag: answer.headers.get('etag'),
  };
}
const leaks = (text: string) => [...secrets].filter((secret) => text.includes(secret));
const refusal = (text: string): string => JSON.parse(text).code;
const title = ({ method, path }: AdminOperation) => `${method} ${path}`;
const isRead = ({ method, id }: AdminOperation) => method === 'GET' || READING.has(id);
const namesSomebody = (described: AdminOperation) =>
  described.path.includes('{id}') ||
  JSON.stringify(attemptsOf(described, estates.acme)) !== JSON.stringify(attemptsOf(described, estates.globex));

test('the estates are full: Globex’s own key and the operator see it', async () => {
  expect(secrets.size).toBeGreaterThan(20);
  const seen: string[] = [];
  for (const described of operations.filter(({ method }) => method === 'GET')) {
    for (const attempt of attemptsOf(described, estates.globex)) {
      const [own, operator] = [await told(globexWrites, attempt), await told(estates.callers.operator, attempt)];
      if (leaks(own.text).length > 0) seen.push(described.id);
      if (described.path.includes('{id}')) expect([title(described), operator.status]).toEqual([title(described), 200]);
      if (described.path.includes('{id}') && !UNLIMITED.has(described.id))
        expect([title(described), own.status]).toEqual([title(described), 200]);
    }
  }
  expect(seen).toContain('listLogins');
  expect(seen).toContain('listAuditEvents');
  expect(seen).toContain('listOrganizations');
});

test('every operation can be fed, and knows no stranger', async () => {
  const { callers, stage, acme } = estates;
  const soon = new Date(stage.world.clock.now().getTime() + 60_000).toISOString();
  const revoked = await callers.with({});
  const expired = await callers.with({ expiresAt: soon });
  await read(await callers.operator(`/admin-keys/${revoked.id}`, { method: 'DELETE' }), 204);
  stage.world.clock.moveBy(61);
  const before = await estates.rowsOf(acme);
  const strangers: Record<string, Call> = {
    nobody: (path, init) => stage.world.fetch(`/admin/v1${path}`, init),
    'a wrong key': callers.as(createApiKey('vsa')),
    'an API key': callers.as(stage.world.apiKey),
    'a revoked key': revoked,
    'an expired key': expired,
  };
  expect(operations.length).toBeGreaterThan(50);
  for (const described of operations) {
    queriesOf(described, acme);
    for (const attempt of attemptsOf(described, acme)) {
      for (const [name, call] of Object.entries(strangers)) {
        const { status } = await told(call, attempt);
        expect([title(described), name, status]).toEqual([title(described), name, 401]);
      }
    }
  }
  expect(await estates.rowsOf(acme)).toEqual(before);
});

describe('a key of Acme', () => {
  test('cannot tell what is Globex’s from what does not exist, and changes nothing of it', async () => {
    const { globex, nobody } = estates;
    const before = await estates.rowsOf(globex);
    for (const described of operations) {
      const foreign = attemptsOf(described, globex);
      const missing = attemptsOf(described, nobody);
      for (const [index, attempt] of foreign.entries()) {
        for (const call of [acmeReads, acmeWrites]) {
          const answer = await told(call, attempt);
          expect([title(described), leaks(answer.text)]).toEqual([title(described), []]);
          if (!namesSomebody(described)) continue;
          expect([title(described), answer]).toEqual([title(described), await told(call, missing[index] ?? attempt)]);
          expect([title(described), [403, 404].includes(answer.status)]).toEqual([title(described), true]);
        }
      }
    }
    expect(await estates.rowsOf(globex)).toEqual(before);
  });

  test('learns nothing by filters and cursors', async () => {
    const { globex, nobody, acme } = estates;
    let tried = 0;
    for (const described of operations) {
      const [base] = attemptsOf(described, acme);
      const foreign = queriesOf(described, globex);
      const missing = queriesOf(described, nobody);
      for (const [index, [name, value]] of foreign.entries()) {
        const list = new URL(`/admin/v1${base?.path}`, PUBLIC_URL);
        const ask = async (text: string) => {
          const query = new URLSearchParams({ [name]: name === 'cursor' ? await cursorOf(text, list) : text });
          return told(acmeReads, { path: `${base?.path}?${query}`, init: {} });
        };
        const answer = await ask(value);
        const place = `${title(described)}?${name}`;
        expect([place, leaks(answer.text.replaceAll(value, ''))]).toEqual([place, []]);
        const absent = (await ask(missing[index]?.[1] ?? '')).text.replaceAll(missing[index]?.[1] ?? '', '');
        expect([place, answer.text.replaceAll(value, '')]).toEqual([place, absent]);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(30);
  });

  test('that only reads changes nothing of Acme either', async () => {
    const { acme } = estates;
    const before = await estates.rowsOf(acme);
    for (const described of operations) {
      for (const attempt of attemptsOf(described, acme)) {
        const { status, text } = await told(acmeReads, attempt);
        const isRefused = !isRead(described) || UNLIMITED.has(described.id);
        expect([title(described), status === 403 ? refusal(text) : 'answered']).toEqual([
          title(described),
          isRefused ? 'admin_key_forbidden' : 'answered',
        ]);
      }
    }
    expect(await estates.rowsOf(acme)).toEqual(before);
  });

  test('that writes is let in to all that is Acme’s, and to nothing else', async () => {
    const { acme } = estates;
    const before = await estates.rowsOf(estates.globex);
    const removalsLast = operations.toSorted(
      (one, other) => Number(one.method === 'DELETE') - Number(other.method === 'DELETE'),
    );
    for (const described of removalsLast) {
      const [attempt] = attemptsOf(described, acme);
      if (!attempt) throw new Error('no attempt');
      const { status, text } = await told(acmeWrites, attempt);
      expect([title(described), leaks(text)]).toEqual([title(described), []]);
      if (PARTLY.has(described.id)) continue;
      const isLetIn = status !== 401 && status !== 404 && status !== 403;
      expect([title(described), isLetIn, status]).toEqual([title(described), !UNLIMITED.has(described.id), status]);
    }
    expect(await estates.rowsOf(estates.globex)).toEqual(before);
  });
});
