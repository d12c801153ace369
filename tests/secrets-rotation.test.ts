/** `SECRETS_KEY` replaced while the server works (PR-02, PR-03): every sealed value, in its place and nowhere else. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { rotateSecrets } from '#core/secrets.ts';
import { createSealer } from '#ports/keys/sealer.ts';
import { createLog } from '#ports/log.ts';
import { type OpenPorts, openPorts } from '#ports/open.ts';
import { assertUsable } from '#ports/start-check.ts';
import { applivery, indee, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { openReplica } from '#tests/hostile/replica.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { CONTEXTS, columnsOf, fillSealedColumns, insertRequests } from '#tests/sealed-rows.ts';

const newKey = () => crypto.getRandomValues(new Uint8Array(32)).toBase64();
/** Versions of one connection are bound alike. */
const placeOf = (table: string, column: string, row: Record<string, unknown>) => `${table}.${column} of ${row['id']}`;
const TABLES = [...new Set(Object.keys(CONTEXTS).map((name) => name.split('.')[0] ?? ''))];

let stage: Stage;
let oldKey: string;
/** Every key that sealed something in this file, the newest first. */
const keys: string[] = [];
const opened: OpenPorts[] = [];
beforeAll(async () => {
  stage = await openStage();
  oldKey = stage.world.ports.config.SECRETS_KEY ?? '';
  keys.push(oldKey);
});
afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()));
  await stage?.close();
});

async function portsWith(SECRETS_KEY: string, ...previous: string[]) {
  const { config } = stage.world.ports;
  const settled = { ...config, DATABASE_URL: config.DATABASE_URL ?? '', SECRETS_KEY, SECRETS_KEY_PREVIOUS: previous };
  const made = await openPorts(settled, createLog('silent'), stage.world.clock);
  opened.push(made);
  if (!keys.includes(SECRETS_KEY)) keys.unshift(SECRETS_KEY);
  return made.ports;
}

async function keyIdsInUse(): Promise<string[]> {
  const counts = await Promise.all(
    Object.keys(CONTEXTS).map((name) => {
      const [table = '', column = ''] = name.split('.');
      const { sql } = stage.world;
      return sql`select distinct split_part(${sql(column)}, '.', 2) as id from ${sql(table)} where ${sql(column)} <> ''`;
    }),
  );
  return [...new Set(counts.flatMap((rows) => rows.map((row) => String(row['id']))))];
}

test('the list of sealed columns is the one of the database', async () => {
  const rows = await stage.world.sql`select c.table_name || '.' || c.column_name as name
    from information_schema.columns c join pg_class t on t.relname = c.table_name and not t.relispartition
    where c.table_schema = 'public' and c.column_name like 'sealed%'`;
  expect(rows.map((row) => row['name']).sort()).toEqual(Object.keys(CONTEXTS).sort());
});

test('every value opens under the new key alone afterwards, in its own place, and under the old key no more', async () => {
  const { world } = stage;
  await signIn(stage, applivery);
  const tokens = await signIn(stage, applivery);
  const pair = json({ lastAccessToken: tokens.access, refreshToken: tokens.refresh });
  const successor = await read(await world.fetch('/v1/auth/refresh', pair));
  const started = await indee.start(stage);
  await world.sql`insert into saml_keys (id, connection_id, status, certificate, sealed_private_key)
    select left(md5(c.id), 24), c.id, 'active', '', '' from connections c`;
  const before = new Map<string, string>();
  for (const table of TABLES) {
    await fillSealedColumns(world.sql, world.ports.keys, table);
    for (const row of await world.sql`select * from ${world.sql(table)}`) {
      for (const column of columnsOf(table)) {
        const context = CONTEXTS[`${table}.${column}`]?.(row) ?? '';
        before.set(placeOf(table, column, row), await world.ports.keys.open(row[column], context));
      }
    }
  }
  expect(before.size).toBeGreaterThan(20);

  const key = newKey();
  const both = await portsWith(key, oldKey);
  await assertUsable(both);
  const rotation = await rotateSecrets(both);
  expect(rotation).toMatchObject({ sealing: both.keys.keyIds[0], remaining: 0 });
  expect(rotation.tables.reduce((sum, { resealed }) => sum + resealed, 0)).toBe(before.size);
  expect((await rotateSecrets(both)).tables.every(({ resealed }) => resealed === 0)).toBe(true);
  expect(await keyIdsInUse()).toEqual([both.keys.keyIds[0] ?? '']);

  const fresh = await portsWith(key);
  const old = await createSealer(oldKey);
  for (const table of TABLES) {
    for (const row of await world.sql`select * from ${world.sql(table)}`) {
      for (const column of columnsOf(table)) {
        const context = CONTEXTS[`${table}.${column}`]?.(row) ?? '';
        expect(await fresh.keys.open(row[column], context)).toBe(before.get(placeOf(table, column, row)) ?? 'nothing');
        await expect(fresh.keys.open(row[column], `${context}x`)).rejects.toThrow();
        await expect(old.open(row[column], context)).rejects.toThrow('another SECRETS_KEY');
      }
    }
  }
  await assertUsable(fresh);
  await expect(assertUsable(await portsWith(oldKey))).rejects.toThrow(
    /SECRETS_KEY does not open what this database holds: \d+ in connection_versions, \d+ in connections, \d+ in saml_keys, 2 in signing_keys$/,
  );

  // and the product finds its own: the successor within its grace, a login that was under way, a new one
  await world.sql`update connections set sealed_client_key = null`;
  await world.sql`update authentication_requests set sealed_answer = null, sealed_claims = null where finished_at is null`;
  const replica = await openReplica(stage, { secretsKey: key });
  try {
    expect(await read(await replica.fetch('/v1/auth/refresh', pair))).toEqual(successor);
    const [path, init] = indee.callback(stage, started, await visitProvider(stage, started));
    expect(await read(await replica.fetch(path, init))).toMatchObject({ status_code: 'A0000' });
    const there = { ...stage, world: { ...world, fetch: replica.fetch } };
    expect(await signIn(there, applivery)).toMatchObject({ access: expect.any(String) });
  } finally {
    await replica.close();
  }
});

test('what changes while it is sealed anew is never overwritten', async () => {
  const { world } = stage;
  const key = newKey();
  const ports = await portsWith(key, ...keys);
  await insertRequests(world.sql, ports.keys, 0x1000, 1_000);
  const later = await portsWith(newKey(), ...keys);
  const changes = {
    ...later.keys,
    async open(value: string, context: string) {
      const opened = await later.keys.open(value, context);
      // a login that ends at just this moment
      if (context === `authentication_requests:${(0x1010).toString(16).padStart(24, '0')}:nonce`) {
        await world.sql`update authentication_requests set sealed_nonce = 'changed' where sealed_nonce = ${value}`;
      }
      return opened;
    },
  };
  const rotation = await rotateSecrets({ ...later, keys: changes });
  expect(rotation.tables.find(({ table }) => table === 'authentication_requests')).toMatchObject({
    changedMeanwhile: 1,
  });
  expect(rotation.remaining).toBe(1);
  const [row] =
    await world.sql`select count(*)::int as count from authentication_requests where sealed_nonce = 'changed'`;
  expect(row?.['count']).toBe(1);
});

test('two at once do no harm, and what does not open is counted and left', async () => {
  const { world } = stage;
  const previous = [...keys];
  const ports = await portsWith(newKey(), ...previous);
  await insertRequests(world.sql, (await portsWith(previous[0] ?? '', ...previous)).keys, 0x8000, 3_000);
  const both = await Promise.all([rotateSecrets(ports), rotateSecrets(ports)]);
  const sums = both.map(({ tables }) => tables.find(({ table }) => table === 'authentication_requests'));
  expect((sums[0]?.resealed ?? 0) + (sums[1]?.resealed ?? 0)).toBeGreaterThanOrEqual(6_000);
  // 'changed' of the test before
  expect(sums.map((sum) => sum?.unopened)).toEqual([1, 1]);
  expect(both.map(({ remaining }) => remaining)).toEqual([1, 1]);
  const audited = await world.sql`select actor_type, details from audit_events where action = 'secrets.resealed'`;
  expect(audited.at(-1)).toMatchObject({ actor_type: 'operator', details: { remaining: 1 } });
});
