/** How far a sweep has come is everybody's knowledge: replicas go on where another ended, and late rows are found all the same (FI-14). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { sweep } from '#ports/db/housekeeping.ts';
import { type Batch, runBatch, SWEEPS, type Sweep } from '#ports/db/sweeps.ts';
import { createWorld, type World } from '#tests/world.ts';

const MINUTE = 60;
const LIFETIMES = { repeatSeconds: 0, graceSeconds: 0, loginSeconds: 0, auditSeconds: 0 };
const REPLAYS = SWEEPS.find(({ name }) => name === 'saml_replays') as Sweep;

let world: World;
let replica: World;
beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  replica = await world.replica();
});
beforeEach(async () => {
  world.clock.moveBy(-world.clock.offsetSeconds);
  await world.sql`truncate saml_replays, sweep_positions`;
});
afterAll(() => world?.close());

/** One a second, from the beginning of the year on. */
const plant = (rows: number, year: number) =>
  world.sql`insert into saml_replays select 'c', ${year} || '-' || i, make_date(${year}, 1, 1) + i * interval '1 second' from generate_series(1, ${rows}::int) i`;
const years = async () =>
  (await world.sql`select distinct extract(year from expires_at)::int as year from saml_replays order by 1`).map(
    ({ year }) => year,
  );
const left = async () => (await world.sql`select count(*)::int as count from saml_replays`)[0]?.['count'];
/** As if a walk had come to the end of that year's rows. @param again SQL; null while it is under way */
const keep = (year: number, began: string, again: string) =>
  world.sql.unsafe(`insert into sweep_positions (name, next, reached, began_at, again_at)
    values ('saml_replays', '${year}-12-31', '${year}-12-31', ${began}, ${again})`);
const kept = async () => {
  const [row] = await world.sql`select extract(year from next)::int as next, extract(year from reached)::int as reached,
    extract(epoch from again_at - now())::int as "againIn" from sweep_positions where name = 'saml_replays'`;
  return row;
};
/** Has every removal do that. */
const onRemoval = async (body: string, work: () => Promise<void>) => {
  await world.sql.unsafe(`create function on_removal() returns trigger language plpgsql as $$ begin ${body}; return null; end $$;
    create trigger on_removal before delete on saml_replays for each statement execute function on_removal()`);
  await work().finally(() => world.sql`drop function on_removal cascade`);
};

test('a replica that takes over goes on where the other one ended', async () => {
  await plant(20_000, 2001);
  const stopping = new AbortController();
  const round = sweep(world.ports, stopping.signal);
  while ((await left()) === 20_000) await Bun.sleep(5);
  stopping.abort();
  expect((await round).outcome).toBe('stopped');
  // whoever began at the oldest entry would find this one first
  await plant(1, 2000);
  expect((await sweep(replica.ports)).outcome).toBe('done');
  expect(await years()).toEqual([2000]);
  world.clock.moveBy(10 * MINUTE + 1);
  expect(await sweep(world.ports)).toEqual({ outcome: 'done', rows: 1 });
});

test('what is put below the position is found by the next round', async () => {
  await plant(10, 2001);
  expect(await sweep(world.ports)).toEqual({ outcome: 'done', rows: 10 });
  await plant(10, 2000);
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 10 });
  expect(await kept()).toMatchObject({ next: 2000, reached: 2001 });
});

test('after a long walk the look for what is below is put off, and what is newly over goes meanwhile', async () => {
  await keep(2001, `now() - interval '50 seconds'`, 'null');
  await plant(10, 2002);
  expect(await sweep(world.ports)).toEqual({ outcome: 'done', rows: 10 });
  expect(await kept()).toMatchObject({ next: 2002, reached: 2002 });
  expect((await kept())?.['againIn']).toBeGreaterThan(8 * MINUTE);

  await plant(10, 2000);
  await plant(1_500, 2003);
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 1_500 });
  expect(await years()).toEqual([2000]);
  expect((await kept())?.['againIn']).toBeLessThanOrEqual(10 * MINUTE);
  world.clock.moveBy(10 * MINUTE + 1);
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 10 });
});

test('and never for more than ten minutes', async () => {
  await keep(2001, `now() - interval '1 day'`, 'null');
  expect(await sweep(world.ports)).toEqual({ outcome: 'done', rows: 0 });
  expect((await kept())?.['againIn']).toBeGreaterThan(8 * MINUTE);
  expect((await kept())?.['againIn']).toBeLessThanOrEqual(10 * MINUTE);
});

test('a time that a wrong clock wrote puts nothing off', async () => {
  await keep(2001, 'now()', `now() + interval '1 year'`);
  await plant(10, 2000);
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 10 });
});

test('a walk that does not come forward in its time is left, and the sweep goes on from the furthest that it had come to', async () => {
  await plant(10, 2000);
  await plant(10, 2003);
  await keep(2002, 'now()', 'null');
  await world.sql`update sweep_positions set next = '1999-01-01'`;
  await onRemoval(`raise 'out of time' using errcode = 'query_canceled'`, async () => {
    expect(await sweep(replica.ports)).toMatchObject({ outcome: 'failed', rows: 0 });
  });
  expect(await kept()).toMatchObject({ next: 2002, reached: 2002 });
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 10 });
  expect(await years()).toEqual([2000]);
  world.clock.moveBy(10 * MINUTE + 1);
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 10 });
});

test('any other failure leaves the walk where it is', async () => {
  await plant(10, 2000);
  await keep(2002, 'now()', 'null');
  await world.sql`update sweep_positions set next = '1999-01-01'`;
  await onRemoval(`raise 'no'`, async () => {
    expect(await sweep(replica.ports)).toMatchObject({ outcome: 'failed', rows: 0 });
  });
  expect(await kept()).toEqual({ next: 1999, reached: 2002, againIn: null });
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 10 });
});

test('a batch may take longer than a caller of the API would wait', async () => {
  await plant(10, 2000);
  await onRemoval('perform pg_sleep(4)', async () => {
    const batch = await runBatch(replica.ports.db, REPLAYS, LIFETIMES);
    expect(batch).toMatchObject({ mine: true, changed: 10, more: false });
    // only finding the rows counts, not removing them
    expect(batch.walkedMs).toBeLessThan(4_000);
  });
});

test('but it does not wait longer than that for somebody’s row', async () => {
  await plant(10, 2000);
  await world.sql.begin(async (transaction) => {
    await transaction`select 1 from saml_replays for update`;
    expect(await sweep(replica.ports)).toMatchObject({ outcome: 'failed', rows: 0 });
  });
  expect(await sweep(replica.ports)).toEqual({ outcome: 'done', rows: 10 });
});

test('where finding the rows is what takes the time, batches grow, to a bound, and shrink again', async () => {
  await plant(20_000, 2000);
  const changed: number[] = [];
  for (const [walkedMs, limit] of [
    [251, 500],
    [2_000, 6_000],
    [249, 8_000],
  ]) {
    const last = { mine: true, changed: 0, more: true, walkedMs, limit } as Batch;
    const batch = await runBatch(replica.ports.db, REPLAYS, LIFETIMES, last);
    expect(batch.walkedMs).toBeGreaterThan(0);
    changed.push(batch.changed);
  }
  expect(changed).toEqual([1_000, 8_000, 500]);
});
