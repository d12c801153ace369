/** The months of logins and audit events on a moved clock: made ahead, dropped whole, and never missed by a row. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { sweep } from '#ports/db/housekeeping.ts';
import { listPartitions, preparePartitions } from '#ports/db/partitions.ts';
import { pastTriggers } from '#tests/audit/append-only.ts';
import { createWorld, type World } from '#tests/world.ts';

const DAY = 86_400;
const TABLES = ['audit_events', 'logins'] as const;

let world: World;
let replica: World;
beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  replica = await world.replica();
  // the first of a month, some days in
  const now = world.clock.now();
  world.clock.moveBy((Date.UTC(2031, 0, 5) - now.getTime()) / 1000);
});
beforeEach(async () => {
  for (const table of TABLES) {
    for (const { name, end } of await listPartitions(world.ports.db, table)) {
      await pastTriggers(world.sql, (query) => query.unsafe(end ? `drop table ${name}` : `truncate ${name}`));
    }
  }
});
afterAll(() => world?.close());

const monthsOf = async (table: (typeof TABLES)[number]) =>
  (await listPartitions(world.ports.db, table)).filter(({ end }) => end).map(({ name }) => name);

async function writeLogin(id: string, at: Date): Promise<string> {
  const [row] = await world.sql`insert into logins (id, outcome, checks, duration_ms, created_at)
    values (${id}, 'failed', '[]', 0, ${at}) returning tableoid::regclass::text as partition`;
  return row?.['partition'];
}

const idsOf = async () => (await world.sql`select id from logins order by id`).map(({ id }) => id);

test('this month and the next two are there, over a turn of the year as well, and twice is once', async () => {
  expect(await preparePartitions(world.ports)).toBe(true);
  expect(await preparePartitions(world.ports)).toBe(true);
  expect(await monthsOf('logins')).toEqual(['logins_2031_01', 'logins_2031_02', 'logins_2031_03']);
  expect(await monthsOf('audit_events')).toEqual([
    'audit_events_2031_01',
    'audit_events_2031_02',
    'audit_events_2031_03',
  ]);
});

test('replicas that start together make them together', async () => {
  const made = await Promise.all([world, replica, world, replica].map(({ ports }) => preparePartitions(ports)));
  expect(made).toEqual([true, true, true, true]);
  expect((await monthsOf('logins')).length).toBe(3);
});

test('a row goes where its UTC month says, to the millisecond, with the keys and indexes of all', async () => {
  await preparePartitions(world.ports);
  expect(await writeLogin('1', new Date('2031-01-31T23:59:59.999Z'))).toBe('logins_2031_01');
  expect(await writeLogin('2', new Date('2031-02-01T00:00:00.000Z'))).toBe('logins_2031_02');
  expect(await writeLogin('3', new Date('2031-04-01T00:00:00.000Z'))).toBe('logins_default');
  const indexes = await world.sql`select count(*)::int as count, indrelid::regclass::text as name from pg_index
    where indrelid in ('logins_2031_01'::regclass, 'logins_default'::regclass) group by 2`;
  expect(new Set(indexes.map(({ count }) => count)).size).toBe(1);
  expect(await writeLogin('1', new Date('2031-01-31T23:59:59.999Z')).catch((error) => error.code)).toBe('23505');
});

test('a month that can’t be had is no reason to refuse a row: it waits in the default partition', async () => {
  await world.sql.begin(async (transaction) => {
    await transaction`lock table logins_default in row exclusive mode`;
    expect(await preparePartitions(replica.ports)).toBe(false);
    expect(await writeLogin('1', new Date('2031-01-02'))).toBe('logins_default');
  });
  expect(await monthsOf('logins')).toEqual([]);
  expect(replica.logLines.join('\n')).toContain('rows go into the default one meanwhile');
  // the month with that row stays in the default partition, the others are made
  expect(await preparePartitions(replica.ports)).toBe(true);
  expect(await monthsOf('logins')).toEqual(['logins_2031_02', 'logins_2031_03']);
  expect(await writeLogin('2', new Date('2031-01-03'))).toBe('logins_default');
});

test('with a big default partition the months ahead are proven empty first, and no check stays behind', async () => {
  await world.sql`insert into logins (id, outcome, checks, duration_ms, created_at)
    select i, 'failed', to_jsonb(repeat('x', 1000)), 0, '2030-06-01' from generate_series(1, 10000) i`;
  expect(await preparePartitions(world.ports)).toBe(true);
  expect(await monthsOf('logins')).toEqual(['logins_2031_01', 'logins_2031_02', 'logins_2031_03']);
  expect(await checks()).toEqual([]);
});

const checks = async () =>
  (
    await world.sql`select conname as name from pg_constraint where conrelid = 'logins_default'::regclass and contype = 'c'`
  ).map(({ name }) => name);

test('a check that a dead server left refuses nothing once its month has come', async () => {
  // a row that keeps the month from being attached
  await writeLogin('late', new Date('2031-01-01'));
  await world.sql`alter table logins_default add constraint logins_2031_01_is_empty
    check (created_at < '2031-01-01T00:00:00Z' or created_at >= '2031-02-01T00:00:00Z') not valid`;
  await preparePartitions(world.ports);
  expect(await checks()).toEqual([]);
  expect(await writeLogin('1', new Date('2031-01-02'))).toBe('logins_default');
});

test('a month is dropped when its last row is over, and what is over in the others goes in batches', async () => {
  const { clock } = world;
  await preparePartitions(world.ports);
  await writeLogin('default', new Date('2030-12-01'));
  await writeLogin('january', new Date('2031-01-31T23:59:59Z'));
  await writeLogin('february', new Date('2031-02-01T12:00:00Z'));
  const now = clock.now().getTime();
  clock.moveBy((Date.UTC(2031, 2, 3) - now) / 1000); // 30 days after 1 February, 0:00
  await sweep(world.ports);
  expect(await monthsOf('logins')).toEqual(['logins_2031_02', 'logins_2031_03']);
  expect(await idsOf()).toEqual(['february']);
  clock.moveBy(DAY / 2 + 1);
  await sweep(world.ports);
  expect(await idsOf()).toEqual([]);
  expect(await monthsOf('logins')).toEqual(['logins_2031_02', 'logins_2031_03']);
  expect(await world.ports.metrics.text()).toContain(
    'vestibule_housekeeping_partitions_dropped_total{table="logins"} 1',
  );
  clock.moveBy((now - clock.now().getTime()) / 1000);
});

test('a month that somebody reads is emptied in batches, and dropped the next time', async () => {
  const { clock } = world;
  await preparePartitions(world.ports);
  await writeLogin('january', new Date('2031-01-02'));
  const now = clock.now().getTime();
  clock.moveBy(100 * DAY);
  await world.sql.begin(async (transaction) => {
    await transaction`select count(*) from logins`;
    expect(await sweep(replica.ports)).toMatchObject({ outcome: 'done' });
    expect(await monthsOf('logins')).toContain('logins_2031_01');
  });
  expect(await idsOf()).toEqual([]);
  const position = () => world.sql`select name from sweep_positions where name = 'logins_2031_01'`;
  expect((await position()).length).toBe(1);
  await sweep(replica.ports);
  expect(await monthsOf('logins')).not.toContain('logins_2031_01');
  expect((await position()).length).toBe(0);
  clock.moveBy((now - clock.now().getTime()) / 1000);
});

test('a table that only looks like a month of ours is not dropped with what it keeps', async () => {
  const { sql, clock } = world;
  await sql`create table logins_2030_01 partition of logins for values from ('2030-01-01T00:00:00Z') to ('2040-01-01T00:00:00Z')`;
  await writeLogin('kept', clock.now());
  await sweep(world.ports);
  expect(await idsOf()).toEqual(['kept']);
});
