/** AK-05: a revoked API key is refused at once and for good, whoever is using, changing or declaring it meanwhile. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { type Operator, openOperator } from '#tests/api-keys/operator.ts';
import { indee, signIn } from '#tests/hostile/clients.ts';
import { read } from '#tests/journey.ts';

let operator: Operator;
beforeAll(async () => {
  operator = await openOperator();
});
beforeEach(() => operator.stage.honest());
afterAll(() => operator?.stage.close());

const eventsOf = (id: string) =>
  operator.stage.world
    .sql`select action, actor_type, details from audit_events where target_id = ${id} order by created_at, id`;
const declare = (name: string, key: string, more: object = {}) =>
  operator.stage.world.apply({
    organizations: [{ slug: 'acme', name: 'Acme Industries', apiKeys: [{ name, key, dialects: ['indee'], ...more }] }],
  });

describe('AK-05 revoked', () => {
  test('at once, for good, and its name may be given to another', async () => {
    const { id, key, name } = await operator.make();
    expect(await operator.uses(key)).toEqual([200, 200]);
    await operator.revoke(id);
    expect(await operator.uses(key)).toEqual([401, 401]);
    const { revokedAt } = await read(await operator.call(`/api-keys/${id}`));
    await operator.revoke(id);
    expect(await read(await operator.call(`/api-keys/${id}`))).toMatchObject({ revokedAt });
    expect(await eventsOf(id)).toMatchObject([
      { action: 'api_key.created' },
      {
        action: 'api_key.revoked',
        actor_type: 'operator',
        details: { name, before: { revokedAt: null }, after: { revokedAt } },
      },
    ]);
    const revoked = await operator.rowOf(id);
    for (const change of [{ dialects: ['indee', 'pria'] }, { expiresAt: null }, { name: 'another' }, { name }, {}]) {
      expect(await read(await operator.patch(id, change), 409)).toMatchObject({ code: 'conflict' });
    }
    expect(await operator.rowOf(id)).toEqual(revoked);
    expect(await eventsOf(id)).toHaveLength(2);
    expect(await operator.uses(key)).toEqual([401, 401]);
    const next = await operator.make({ name });
    expect(await operator.uses(next.key)).toEqual([200, 200]);
  });

  test('by two operators at once leaves one event', async () => {
    const { id } = await operator.make();
    const answers = await Promise.all(Array.from({ length: 8 }, () => operator.remove(id)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204));
    expect((await eventsOf(id)).map(({ action }) => action)).toEqual(['api_key.created', 'api_key.revoked']);
  });

  test('while it is being used and changed: nothing writes it back', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, key, name } = await operator.make();
      await Promise.all([
        ...Array.from({ length: 6 }, () => operator.uses(key)),
        operator.revoke(id),
        operator.patch(id, { name: `${name} renamed`, expiresAt: '2100-01-01T00:00:00Z' }),
        ...Array.from({ length: 6 }, () => operator.uses(key)),
      ]);
      expect(await operator.uses(key)).toEqual([401, 401]);
      expect((await operator.rowOf(id))['revoked_at']).toBeInstanceOf(Date);
    }
  });

  test('a use beside it neither waits for the row nor changes it', async () => {
    const { id, key } = await operator.make();
    await operator.stage.world.sql.begin(async (sql) => {
      await sql`update api_keys set revoked_at = now() where id = ${id}`;
      // never used before: the use wants to note itself, on the row that is locked
      expect(await operator.uses(key)).toEqual([200, 200]);
    });
    expect(await operator.rowOf(id)).toMatchObject({ revoked_at: expect.any(Date), last_used_at: null });
    expect(await operator.uses(key)).toEqual([401, 401]);
  });

  test('sessions that were started with it go on with another key of the organization', async () => {
    const { id, key } = await operator.make();
    const tokens = await signIn({ ...operator.stage, world: { ...operator.stage.world, apiKey: key } }, indee);
    await operator.revoke(id);
    expect(
      await indee.use(
        operator.stage.world.fetch,
        { ...operator.stage, world: { ...operator.stage.world, apiKey: key } },
        tokens,
      ),
    ).toBe(401);
    expect(await indee.use(operator.stage.world.fetch, operator.stage, tokens)).toBe(200);
  });
});

describe('declared and made keys live together', () => {
  test('a key that the file still names stays revoked, with another name too', async () => {
    const key = createApiKey();
    await declare('declared', key);
    const [row] = await operator.stage.world.sql`select id from api_keys where name = 'declared'`;
    expect(await operator.uses(key)).toEqual([200, 200]);
    await operator.revoke(String(row?.['id']));
    const after = await operator.rowOf(String(row?.['id']));
    for (const name of ['declared', 'declared anew']) {
      await declare(name, key, { expiresAt: null, dialects: ['indee', 'pria'] });
      expect(await operator.uses(key)).toEqual([401, 401]);
      expect(await operator.rowOf(String(row?.['id']))).toEqual(after);
    }
  });

  test('another key under the name of a revoked one is a new key, and the file of before brings nothing back', async () => {
    const [old, next] = [createApiKey(), createApiKey()];
    await declare('replaced', old);
    const [row] = await operator.stage.world.sql`select id from api_keys where name = 'replaced'`;
    await operator.revoke(String(row?.['id']));
    await declare('replaced', next);
    expect([await operator.uses(old), await operator.uses(next)]).toEqual([
      [401, 401],
      [200, 200],
    ]);
    await declare('replaced', old);
    expect([await operator.uses(old), await operator.uses(next)]).toEqual([
      [401, 401],
      [200, 200],
    ]);
  });

  test('a renamed key is the same key; another key under a name takes the place of the one there', async () => {
    const [key, next] = [createApiKey(), createApiKey()];
    await declare('before', key);
    const [row] = await operator.stage.world.sql`select id from api_keys where name = 'before'`;
    await declare('after', key);
    expect(await operator.rowOf(String(row?.['id']))).toMatchObject({ name: 'after' });
    await declare('after', next);
    expect(await operator.rowOf(String(row?.['id']))).toMatchObject({ name: 'after', prefix: next.slice(0, 8) });
    expect([await operator.uses(key), await operator.uses(next)]).toEqual([
      [401, 401],
      [200, 200],
    ]);
  });

  test('a name that another key has is told at its place', async () => {
    const key = createApiKey();
    await declare('third', key);
    const { name } = await operator.make();
    await expect(declare(name, key)).rejects.toThrow('/organizations/0/apiKeys/0');
    expect(await operator.uses(key)).toEqual([200, 200]);
  });
});
