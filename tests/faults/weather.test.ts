/** Two servers and a database that is far away, breaks, or is short of connections (RT-11, FI-07, FI-08, FI-10). */
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import { expectSound, type Fleet, openFleet, persistent, settleAbandoned, signInAt } from '#tests/faults/harness.ts';
import { applivery, CLIENTS, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, type Pair, readPair, rotate, sendPair, sessionOf } from '#tests/hostile/pairs.ts';

const PATIENCE_MS = 40_000;

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet({ environment: { REFRESH_GRACE_SECONDS: '60', DATABASE_POOL_MAX: '2' } });
});
afterEach(() => {
  for (const { database } of fleet.members) database.weather.latencyMs = 0;
});
afterAll(() => fleet?.close());

const begin = async () => asPair(await signInAt(fleet, applivery, persistent(fleet.members, PATIENCE_MS)));

async function activeOf(pair: Pair): Promise<number> {
  const [row] = await fleet.sql`select count(*) filter (where rotated_at is null)::int as active
    from refresh_tokens where session_id = ${sessionOf(pair)}`;
  return row?.['active'];
}

test('RT-11 two hundred wait for one token on two connections, and others sign in at the same server', async () => {
  const parent = await begin();
  const [{ fetch }] = fleet.members;
  const ask = persistent([{ fetch }], PATIENCE_MS);
  let waiting: Promise<Response>[] = [];
  await fleet.sql.begin(async (transaction) => {
    await transaction`select 1 from refresh_tokens where session_id = ${sessionOf(parent)} for update`;
    waiting = Array.from({ length: 200 }, () => sendPair(ask, parent));
    for (const client of CLIENTS)
      expect(await client.use(ask, fleet.scene(), await signInAt(fleet, client, ask))).toBe(200);
  });
  const pairs = await Promise.all((await Promise.all(waiting)).map((answer) => readPair(fleet.scene(), answer)));
  expect(new Set(pairs.map(({ refresh }) => refresh)).size).toBe(1);
  await expectSound(fleet);
});

test('FI-10 a database 200 ms away: people sign in, renew and are read, and crowds get one successor', async () => {
  for (const { database } of fleet.members) database.weather.latencyMs = 100;
  const ask = persistent(fleet.members, PATIENCE_MS);
  for (const client of CLIENTS)
    expect(await client.use(ask, fleet.scene(), await signInAt(fleet, client, ask))).toBe(200);
  const parent = await begin();
  const answers = await Promise.all(Array.from({ length: 20 }, () => sendPair(ask, parent)));
  const pairs = await Promise.all(answers.map((answer) => readPair(fleet.scene(), answer)));
  expect(new Set(pairs.map(({ refresh }) => refresh)).size).toBe(1);
  await expectSound(fleet);
});

test('FI-08 every backend terminated again and again: refusals say come again, and no family is torn', async () => {
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
  let isOver = false;
  const travellers = parents.map(async (parent) => {
    let pair = parent;
    for (let left = 2; left > 0; left -= isOver ? 1 : 0) {
      pair = await readPair(fleet.scene(), await sendPair(ask, pair));
      expect(await applivery.use(ask, fleet.scene(), pair)).toBe(200);
    }
    return pair;
  });
  for (let round = 0; round < 15; round++) {
    await Bun.sleep(200);
    await fleet.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name <> 'fault harness'`;
  }
  isOver = true;
  for (const pair of await Promise.all(travellers)) expect(await activeOf(pair)).toBe(1);
  expect([...told].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  await expectSound(fleet);
});

/** The statements of a login's end, in order. */
const LOGIN = [/update authentication_requests set consumed_at/, /from identities i/, /insert into sessions/];

test('a reset while each statement of a login is executed: the person gets in, at once or again', async () => {
  const [{ fetch, database }, other] = fleet.members;
  for (const [index, statement] of LOGIN.entries()) {
    const client = CLIENTS[index] ?? applivery;
    const scene = fleet.scene();
    const started = await client.start(scene);
    const callback = client.callback(scene, started, await visitProvider(scene, started));
    const reset = database.at({ statement, moment: 'executing', act: (link) => link.reset() });
    // nothing is lost of what was not begun, and what was begun is tried again
    expect((await fetch(...callback)).status).toBe(index === 0 ? 503 : 200);
    await reset;
    expect(await client.use(other.fetch, scene, await signInAt(fleet, client, persistent([other])))).toBe(200);
  }
  expect((await rotate(fleet.scene(), await begin())).refresh).toStartWith('vrt_');
  await settleAbandoned(fleet);
  await expectSound(fleet, { loginSeconds: 0 });
});
