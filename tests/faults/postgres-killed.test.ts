/** Postgres dies, with every process and whatever it had not written (RT-10, FI-05), and comes back. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import postgres from 'postgres';
import { type Cluster, openCluster } from '#tests/faults/cluster.ts';
import { expectSound, type Fleet, openFleet, persistent, signInAt } from '#tests/faults/harness.ts';
import { applivery } from '#tests/hostile/clients.ts';
import { asPair, type Pair, readPair, rotate, sendPair, sessionOf } from '#tests/hostile/pairs.ts';

const ROTATION = /update refresh_tokens set rotated_at/;
const PATIENCE_MS = 40_000;

let cluster: Cluster;
let fleet: Fleet;
beforeAll(async () => {
  cluster = await openCluster();
  // whatever a recovery takes on a machine that is busy
  fleet = await openFleet({ databaseUrl: cluster.url, environment: { REFRESH_GRACE_SECONDS: '60' } });
});
afterAll(async () => {
  await fleet?.close();
  await cluster?.remove();
});

const begin = async () => asPair(await signInAt(fleet, applivery, persistent(fleet.members, PATIENCE_MS)));

async function tokensOf(pair: Pair) {
  const [row] = await fleet.sql`select count(*)::int as all, count(*) filter (where rotated_at is null)::int as active
    from refresh_tokens where session_id = ${sessionOf(pair)}`;
  return { ...row };
}

/** The answer when there is no database: come again. */
async function expectUnavailable(answer: Response): Promise<void> {
  expect([answer.status, (await answer.json()).status]).toEqual([503, false]);
  expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
}

test('RT-10 killed between the statement and its commit: the parent is valid, and the client goes on', async () => {
  const parent = await begin();
  await fleet.sql.unsafe(`
    create function wait_at_commit() returns trigger as 'begin perform pg_advisory_xact_lock(4711); return null; end' language plpgsql;
    create constraint trigger wait_at_commit after insert on refresh_tokens deferrable initially deferred
      for each row execute function wait_at_commit()`);
  // a lock of a session: the driver would write a rollback to a connection that has gone
  const holder = postgres(cluster.url, { max: 1, onnotice: () => {} });
  await holder`select pg_advisory_lock(4711)`;
  const broken = sendPair(fleet.members[0].fetch, parent);
  for (let waiting = 0; waiting === 0; await Bun.sleep(5)) {
    const [row] =
      await fleet.sql`select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted`;
    waiting = row?.['waiting'];
  }
  await cluster.kill();
  await holder.end({ timeout: 1 });
  await expectUnavailable(await broken);
  await cluster.start();
  await fleet.sql.unsafe('drop function wait_at_commit() cascade');
  expect(await tokensOf(parent)).toEqual({ all: 1, active: 1 });
  const child = await readPair(fleet.scene(), await sendPair(persistent(fleet.members, PATIENCE_MS), parent));
  expect(await tokensOf(child)).toEqual({ all: 2, active: 1 });
  expect(await applivery.use(persistent(fleet.members), fleet.scene(), await rotate(fleet.scene(), child))).toBe(200);
  await expectSound(fleet);
});

test('killed right after the commit, the answer lost: the client gets that very successor', async () => {
  const parent = await begin();
  const killed = fleet.members[0].database.at({
    statement: ROTATION,
    moment: 'answered',
    async act(link) {
      await cluster.kill();
      link.reset();
    },
  });
  await expectUnavailable(await sendPair(fleet.members[0].fetch, parent));
  await killed;
  await cluster.start();
  const [kept] =
    await fleet.sql`select id from refresh_tokens where session_id = ${sessionOf(parent)} and rotated_at is null`;
  expect(await tokensOf(parent)).toEqual({ all: 2, active: 1 });
  const ask = persistent(fleet.members, PATIENCE_MS);
  const child = await readPair(fleet.scene(), await sendPair(ask, parent));
  expect(await readPair(fleet.scene(), await sendPair(ask, parent))).toEqual(child);
  const [row] =
    await fleet.sql`select id from refresh_tokens where session_id = ${sessionOf(parent)} and rotated_at is null`;
  expect(row).toEqual(kept);
  expect(await tokensOf(await rotate(fleet.scene(), child))).toEqual({ all: 3, active: 1 });
  await expectSound(fleet);
});

test('FI-05 killed under load: come again is all that anybody is told, and everybody goes on', async () => {
  const told = new Set<number>();
  const members = fleet.members.map(({ fetch }) => ({
    fetch: async (path: string, init?: RequestInit) => {
      const answer = await fetch(path, init);
      told.add(answer.status);
      return answer;
    },
  }));
  const ask = persistent(members, PATIENCE_MS);
  const parents = await Promise.all(Array.from({ length: 6 }, begin));
  let isBack = false;
  const travellers = parents.map(async (parent) => {
    let pair = parent;
    // on until two rotations after the server is back
    for (let left = 2; left > 0; left -= isBack ? 1 : 0) {
      pair = await readPair(fleet.scene(), await sendPair(ask, pair));
      expect(await applivery.use(ask, fleet.scene(), pair)).toBe(200);
    }
    return pair;
  });
  await Bun.sleep(300);
  await cluster.kill();
  for (const { fetch } of fleet.members) {
    await expectUnavailable(await sendPair(fetch, parents[0] ?? (await begin())));
    expect((await fetch('/health/live')).status).toBe(200);
    expect((await fetch('/health/ready')).status).toBe(503);
  }
  await cluster.start();
  isBack = true;
  for (const pair of await Promise.all(travellers)) expect((await tokensOf(pair))['active']).toBe(1);
  expect([...told].sort()).toEqual([200, 503]);
  await expectSound(fleet);
});
