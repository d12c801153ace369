/** The operator makes, lists and changes API keys (AK-01, AK-02, AK-03, AK-07). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createApiKey, isApiKey } from '#ports/keys/api-key.ts';
import { digest } from '#ports/keys/random.ts';
import { ADMIN_API_KEY, keysOf, type Operator, openOperator, wanted } from '#tests/api-keys/operator.ts';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { bearer, indee, signIn } from '#tests/hostile/clients.ts';
import { json, read } from '#tests/journey.ts';

let operator: Operator;
beforeAll(async () => {
  operator = await openOperator();
});
beforeEach(() => operator.stage.honest());
afterAll(() => operator?.stage.close());

const post = (body: object) => operator.call(operator.keys, json(body));
const eventsOf = (id: string) =>
  operator.stage.world.sql`select action, actor_type, organization_id, target_type, details from audit_events
    where target_id = ${id} order by created_at, id`;

test('AK-03 a key is shown once and works at once on every replica', async () => {
  const expiresAt = '2100-01-01T00:00:00Z';
  const { key, ...kept } = await operator.make({ name: 'shown once', dialects: ['indee', 'pria'], expiresAt });
  expect(isApiKey(key)).toBe(true);
  expect(kept).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    organizationId: operator.acme,
    name: 'shown once',
    prefix: key.slice(0, 8),
    dialects: ['indee', 'pria'],
    createdAt: expect.any(String),
    expiresAt: '2100-01-01T00:00:00.000Z',
  } as never);
  expect(await operator.rowOf(kept.id)).toMatchObject({ key_digest: await digest(key), last_used_at: null });
  expect(await operator.uses(key)).toEqual([200, 200]);
  const shown = await read(await operator.call(`/api-keys/${kept.id}`));
  expect(shown).toEqual({ ...kept, lastUsedAt: expect.any(String) });
  const listed = await read(await operator.call(operator.keys));
  expect(listed.items).toContainEqual(shown);
  expect(JSON.stringify(listed)).not.toContain(await digest(key));
  expect(await eventsOf(kept.id)).toMatchObject([
    {
      action: 'api_key.created',
      actor_type: 'operator',
      organization_id: operator.acme,
      target_type: 'api_key',
      details: {
        name: 'shown once',
        before: {},
        after: {
          name: 'shown once',
          prefix: key.slice(0, 8),
          dialects: ['indee', 'pria'],
          expiresAt: '2100-01-01T00:00:00.000Z',
        },
      },
    },
  ]);
  await expectNoSecrets(operator.stage, [JSON.stringify(listed), JSON.stringify(shown)]);
});

test('pages are whole, newest first, and of this organization alone', async () => {
  const [row] = await operator.stage.world.sql`select id from organizations where slug = 'globex'`;
  const globex = String(row?.['id']);
  const ids: string[] = [];
  for (let count = 0; count < 5; count++)
    ids.push((await read(await operator.call(keysOf(globex), json(wanted())), 201)).id);
  const seen: string[] = [];
  let cursor = '';
  do {
    const { items, nextCursor = '' } = await read(
      await operator.call(`${keysOf(globex)}?limit=2${cursor && `&cursor=${cursor}`}`),
    );
    expect(items.every(({ organizationId }: { organizationId: string }) => organizationId === globex)).toBe(true);
    seen.push(...items.map(({ id }: { id: string }) => id));
    cursor = nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(6);
  expect(new Set(seen.slice(0, 5))).toEqual(new Set(ids));
});

describe('changed', () => {
  test('name, APIs and expiry, each alone, with before and after', async () => {
    const { id, key, name } = await operator.make({ expiresAt: '2100-01-01T00:00:00Z' });
    expect(await read(await operator.patch(id, { name: `${name} renamed` }))).toMatchObject({
      name: `${name} renamed`,
      dialects: ['indee'],
    });
    expect(await read(await operator.patch(id, { dialects: ['pria'] }))).toMatchObject({
      expiresAt: '2100-01-01T00:00:00.000Z',
    });
    expect(await operator.uses(key)).toEqual([401, 401]);
    expect(await read(await operator.patch(id, { dialects: ['indee'] }))).toMatchObject({ dialects: ['indee'] });
    const open = await read(await operator.patch(id, { expiresAt: null }));
    expect(open).not.toHaveProperty('expiresAt');
    expect(await read(await operator.patch(id, { expiresAt: null }))).toEqual(open);
    expect(await read(await operator.patch(id, {}))).toEqual(open);
    expect(await operator.uses(key)).toEqual([200, 200]);
    const [, renamed, ...rest] = await eventsOf(id);
    expect(renamed).toMatchObject({
      action: 'api_key.updated',
      details: { name: `${name} renamed`, before: { name }, after: { name: `${name} renamed` } },
    });
    expect(rest.map(({ details }) => [details.before, details.after])).toEqual([
      [{ dialects: ['indee'] }, { dialects: ['pria'] }],
      [{ dialects: ['pria'] }, { dialects: ['indee'] }],
      [{ expiresAt: '2100-01-01T00:00:00.000Z' }, { expiresAt: null }],
    ]);
  });

  test('it expires by the clock of the database', async () => {
    const { id, key } = await operator.make();
    const [row] = await operator.stage.world.sql`select now() + interval '2 hours' as at`;
    await read(await operator.patch(id, { expiresAt: row?.['at'].toISOString() }));
    expect(await operator.uses(key)).toEqual([200, 200]);
    operator.stage.world.clock.moveBy(7_201);
    expect(await operator.uses(key)).toEqual([401, 401]);
    operator.stage.world.clock.moveBy(-7_201);
    expect(await operator.uses(key)).toEqual([200, 200]);
  });

  test('its use is noted once a minute', async () => {
    const { id, key } = await operator.make();
    const notes = async () => {
      await operator.uses(key);
      const at = (await operator.rowOf(id))['last_used_at'];
      return at instanceof Date ? at.getTime() : undefined;
    };
    const first = (await notes()) ?? 0;
    expect(await notes()).toBe(first);
    operator.stage.world.clock.moveBy(61);
    expect(await notes()).toBeGreaterThanOrEqual(first + 60_000);
    operator.stage.world.clock.moveBy(-61);
  });
});

interface Problem {
  readonly code: string;
  readonly errors?: readonly { pointer: string; detail: string }[];
}
/** Status, code and where. */
async function refusal(answer: Response): Promise<[number, string, ...string[]]> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const { code, errors = [] } = (await answer.json()) as Problem;
  return [answer.status, code, ...errors.map(({ pointer }) => pointer)];
}

describe('AK-02 refused, and nothing is made', () => {
  const count = async () => (await operator.stage.world.sql`select count(*)::int as count from api_keys`)[0]?.['count'];
  const CASES: readonly [string, object, ...string[]][] = [
    ['a user', wanted({ userId: '507f1f77bcf86cd799439023' }), '/userId'],
    ['another organization', wanted({ organizationId: '507f1f77bcf86cd799439024' }), '/organizationId'],
    ['limits', wanted({ rateLimitEnabled: false, remaining: 9 }), '/rateLimitEnabled', '/remaining'],
    ['permissions', wanted({ permissions: { '*': ['*'] } }), '/permissions'],
    ['a key of the caller', wanted({ key: createApiKey() }), '/key'],
    ['a prototype', JSON.parse('{"name":"p","dialects":["indee"],"__proto__":{"admin":true}}'), '/__proto__'],
    ['no name', { dialects: ['indee'] }, '/name'],
    ['an empty name', wanted({ name: '' }), '/name'],
    ['a long name', wanted({ name: 'n'.repeat(257) }), '/name'],
    ['a name with U+0000', wanted({ name: 'a\u0000b' }), '/name'],
    ['a name with a control of C1', wanted({ name: 'a\u0085b' }), '/name'],
    ['a name with a line break', wanted({ name: 'a\nb' }), '/name'],
    ['a name that turns the line around', wanted({ name: 'a\u202eb' }), '/name'],
    ['a name of white space', wanted({ name: ' \u00a0\u3000' }), '/name'],
    ['a name without width', wanted({ name: '\u200b\u2060' }), '/name'],
    ['a name with half a pair', wanted({ name: 'a\ud83db' }), '/name'],
    ['a name with the other half', wanted({ name: '\udd11' }), '/name'],
    ['a name that is none', wanted({ name: ['a'] }), '/name'],
    ['no API', wanted({ dialects: [] }), '/dialects'],
    ['an unknown API', wanted({ dialects: ['admin'] }), '/dialects/0'],
    ['an API twice', wanted({ dialects: ['indee', 'indee'] }), '/dialects'],
    ['an API as text', wanted({ dialects: 'indee' }), '/dialects'],
    ['an expiry that is no instant', wanted({ expiresAt: 'tomorrow' }), '/expiresAt'],
    ['an expiry in month 13', wanted({ expiresAt: '2100-13-01T00:00:00Z' }), '/expiresAt'],
    ['an expiry on 31 February', wanted({ expiresAt: '2100-02-31T00:00:00Z' }), '/expiresAt'],
    ['an expiry on a leap day of no leap year', wanted({ expiresAt: '2100-02-29T00:00:00Z' }), '/expiresAt'],
    ['an expiry on 31 April', wanted({ expiresAt: '2100-04-31T00:00:00Z' }), '/expiresAt'],
    ['an expiry at 24 o’clock', wanted({ expiresAt: '2100-01-01T24:00:00Z' }), '/expiresAt'],
    ['an expiry in a leap second', wanted({ expiresAt: '2100-12-31T23:59:60Z' }), '/expiresAt'],
    ['an expiry in another zone', wanted({ expiresAt: '2100-01-01T00:00:00+01:00' }), '/expiresAt'],
    ['an expiry in the year 0', wanted({ expiresAt: '0000-01-01T00:00:00Z' }), '/expiresAt'],
    ['an expiry as a number', wanted({ expiresAt: 4_102_444_800 }), '/expiresAt'],
    ['an expiry that is over', wanted({ expiresAt: '2020-01-01T00:00:00Z' }), '/expiresAt'],
  ];
  test.each([...CASES])('with %s', async (_name, body, ...pointers) => {
    const before = await count();
    const answer = await post(body);
    const text = await answer.clone().text();
    expect(await refusal(answer)).toEqual([422, 'input_invalid', ...pointers]);
    expect(text).not.toMatch(/507f1f77|tomorrow|4102444800|vst_/);
    expect(await count()).toBe(before);
  });

  test.each([
    ['/expiresAt', { expiresAt: '2100-02-31T00:00:00Z' }],
    ['/expiresAt', { expiresAt: '0000-01-01T00:00:00Z' }],
    ['/name', { name: ' \u3000' }],
    ['/name', { name: 'a\ud83d' }],
  ])('nor changed: %s', async (pointer, body) => {
    const { id } = await operator.make();
    const before = await operator.rowOf(id);
    expect(await refusal(await operator.patch(id, body))).toEqual([422, 'input_invalid', pointer]);
    expect(await operator.rowOf(id)).toEqual(before);
  });

  test('what looks like it and is right', async () => {
    for (const name of ['Clé à molette 🔑', 'ключ 1', '鍵', 'می‌خواهم', '  a  ']) {
      expect(await operator.make({ name })).toMatchObject({ name });
    }
    for (const [given, kept] of [
      ['2104-02-29T23:59:59.123456789Z', '2104-02-29T23:59:59.123Z'],
      ['9999-12-31T00:00:00Z', '9999-12-31T00:00:00.000Z'],
    ]) {
      expect(await operator.make({ expiresAt: given })).toMatchObject({ expiresAt: kept });
    }
  });

  test('a name that is taken, at making and at renaming', async () => {
    const [first, second] = [await operator.make(), await operator.make()];
    const before = await count();
    expect(await refusal(await post(wanted({ name: first.name })))).toEqual([409, 'conflict', '/name']);
    expect(await refusal(await operator.patch(second.id, { name: first.name }))).toEqual([409, 'conflict', '/name']);
    expect(await count()).toBe(before);
    const both = await Promise.all(Array.from({ length: 6 }, () => post({ name: 'raced', dialects: ['indee'] })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  test('a change that would move it elsewhere', async () => {
    const { id } = await operator.make();
    const before = await operator.rowOf(id);
    for (const body of [
      { organizationId: operator.acme },
      { revokedAt: null },
      { lastUsedAt: null },
      { key: 'x' },
      { id },
    ]) {
      expect((await refusal(await operator.patch(id, body)))[0]).toBe(422);
    }
    expect(await operator.rowOf(id)).toEqual(before);
  });

  test('what is not there', async () => {
    const nobody = '507f1f77bcf86cd799439099';
    for (const answer of [
      await operator.call(keysOf(nobody), json(wanted())),
      await operator.call(keysOf(nobody)),
      await operator.call(`/api-keys/${nobody}`),
      await operator.patch(nobody, { name: 'x' }),
      await operator.remove(nobody),
    ]) {
      expect(await refusal(answer)).toEqual([404, 'not_found']);
    }
    expect((await refusal(await operator.call('/api-keys/nobody')))[0]).toBe(422);
  });
});

test('AK-01, AK-07 nobody but the operator: no key, an API key, a session', async () => {
  const { id, key } = await operator.make();
  const { access } = await signIn(operator.stage, indee);
  const before = await operator.rowOf(id);
  const routes: readonly [string, RequestInit][] = [
    [operator.keys, json({ ...wanted(), userId: 'x', organizationId: operator.acme })],
    [operator.keys, {}],
    [`/api-keys/${id}`, {}],
    [`/api-keys/${id}`, { ...json({ name: 'mine' }), method: 'PATCH' }],
    [`/api-keys/${id}`, { method: 'DELETE' }],
  ];
  for (const [path, init] of routes) {
    for (const headers of [{}, bearer(key), bearer(access), bearer(await digest(ADMIN_API_KEY))]) {
      const given = { ...init, headers: { ...init.headers, authorization: '', ...headers } };
      const [status, code] = await refusal(await operator.stage.world.fetch(`/admin/v1${path}`, given));
      expect([status, code]).toEqual([401, 'authorization' in headers ? 'token_invalid' : 'token_missing']);
    }
  }
  expect(await operator.rowOf(id)).toEqual(before);
  expect(await operator.uses(key)).toEqual([200, 200]);
});
