/** One replica at a time, whatever becomes of the others; and a round that ends when it is told to (FI-14). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import postgres from 'postgres';
import { startHousekeeping, sweep } from '#ports/db/housekeeping.ts';
import { createWorld, type World } from '#tests/world.ts';

let world: World;
let replica: World;
beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  replica = await world.replica();
});
beforeEach(async () => {
  await world.sql`truncate saml_replays`;
});
afterAll(() => world?.close());

const plant = (rows: number, year = 2000) =>
  world.sql`insert into saml_replays select 'c', ${year} || '-' || i, make_date(${year}, 1, 1) + i * interval '1 second' from generate_series(1, ${rows}::int) i`;
const left = async () => (await world.sql`select count(*)::int as count from saml_replays`)[0]?.['count'];

test('two replicas at once: everything goes, each row once', async () => {
  await plant(20_000);
  const rounds = await Promise.all([sweep(world.ports), sweep(replica.ports)]);
  expect(rounds.map(({ outcome }) => outcome)).toContain('done');
  expect(rounds.reduce((sum, { rows }) => sum + rows, 0)).toBe(20_000);
  expect(await left()).toBe(0);
});

test('while one replica is in the midst of a batch, another gives up', async () => {
  await plant(10);
  const { round } = await world.sql.begin(async (transaction) => {
    await transaction`select 1 from saml_replays for update`;
    const first = sweep(world.ports);
    for (let waiting = 0; waiting === 0; await Bun.sleep(5)) {
      const [row] = await replica.sql`select count(*)::int as waiting from pg_locks where not granted`;
      waiting = row?.['waiting'];
    }
    expect(await sweep(replica.ports)).toEqual({ outcome: 'elsewhere', rows: 0 });
    return { round: first };
  });
  expect(await round).toEqual({ outcome: 'done', rows: 10 });
});

test('while another replica is at it, nothing is done', async () => {
  await plant(10);
  await world.sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(7382002, 1)`;
    expect(await sweep(replica.ports)).toEqual({ outcome: 'elsewhere', rows: 0 });
    expect(await left()).toBe(10);
  });
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 10 });
});

test('a replica that dies in the midst of a batch keeps nobody from the work', async () => {
  const dying = postgres(world.ports.config.DATABASE_URL ?? '', { max: 1, onnotice: () => {} });
  const [row] = await dying`select pg_backend_pid() as pid`;
  const held = dying`select pg_advisory_xact_lock(7382002, 1), pg_sleep(600)`.catch(() => 'dead');
  while ((await sweep(replica.ports)).outcome !== 'elsewhere') await Bun.sleep(5);
  await plant(10, 2002);
  await world.sql`select pg_terminate_backend(${row?.['pid']})`;
  expect(await held).toBe('dead');
  expect((await sweep(replica.ports)).outcome).toBe('done');
  expect(await left()).toBe(0);
  await dying.end({ timeout: 1 });
});

test('a round ends at once when the server stops, and the next goes on', async () => {
  await plant(20_000);
  const stopping = new AbortController();
  const round = sweep(world.ports, stopping.signal);
  while ((await left()) === 20_000) await Bun.sleep(5);
  stopping.abort();
  expect((await round).outcome).toBe('stopped');
  expect(await left()).toBeGreaterThan(0);
  expect((await sweep(world.ports)).outcome).toBe('done');
  expect(await left()).toBe(0);
});

test('a table that fails is told once and keeps no other from its turn', async () => {
  await world.sql.unsafe(`create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
    create trigger refuse before delete on provider_logouts for each statement execute function refuse()`);
  await plant(5_000);
  const before = world.logLines.length;
  const round = await sweep(world.ports);
  expect(round).toMatchObject({ outcome: 'failed', rows: 5_000 });
  const lines = world.logLines.slice(before);
  expect(lines.filter((line) => line.includes('housekeeping failed')).length).toBe(1);
  expect(await left()).toBe(0);
  await world.sql`drop trigger refuse on provider_logouts`;
});

test('a database that is gone ends the round, and the server goes on', async () => {
  const lonely = await world.replica();
  await lonely.ports.db.close();
  expect((await sweep(lonely.ports)).outcome).toBe('failed');
});

test('rows and the end of a round are to be seen in the metrics', async () => {
  await plant(7);
  await sweep(replica.ports);
  const text = await replica.ports.metrics.text();
  expect(text).toMatch(/vestibule_housekeeping_rows_total\{what="saml_replays"\} [1-9]/);
  expect(text).toMatch(
    /vestibule_housekeeping_completed_timestamp_seconds 1\.\d+e\+09|completed_timestamp_seconds \d{10}/,
  );
  expect(text).toMatch(/vestibule_housekeeping_round_seconds \d/);
});

test('stopping is allowed before the first round has begun', () => {
  startHousekeeping(world.ports, async () => {})();
});
