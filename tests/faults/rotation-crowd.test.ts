/** Rotation when everybody comes at once, over two server processes: RT-01, RT-07, RT-08, OC-08. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { expectSound, type Fleet, openFleet, persistent, signInAt } from '#tests/faults/harness.ts';
import { applivery, bearer, CLIENTS, type Client, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, type Pair, readPair, refusalOf, rotate, STALE, sendPair, sessionOf } from '#tests/hostile/pairs.ts';
import { json, read } from '#tests/journey.ts';

const ADMIN_API_KEY = 'operator-of-the-fault-harness-0123456789';

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet({ environment: { ADMIN_API_KEY } });
});
afterAll(() => fleet?.close());

const begin = async () => asPair(await signInAt(fleet, applivery));
const fetchOf = (index: number) => fleet.members[index % 2 ? 1 : 0].fetch;

async function tokensOf(pair: Pair) {
  const [row] = await fleet.sql`select count(*)::int as all, count(*) filter (where rotated_at is null)::int as active
    from refresh_tokens where session_id = ${sessionOf(pair)}`;
  return { ...row };
}

async function countOf(pair: Pair, action: string): Promise<number> {
  const [row] = await fleet.sql`select count(*)::int as count from audit_events
    where target_id = ${sessionOf(pair)} and action = ${action}`;
  return row?.['count'];
}

test.each([50, 200])(
  '%d parallel refreshes of one token: one successor, and every answer carries it',
  async (callers) => {
    const parent = await begin();
    const answers = await Promise.all(Array.from({ length: callers }, (_, index) => sendPair(fetchOf(index), parent)));
    const pairs = await Promise.all(answers.map((answer) => readPair(fleet.scene(), answer)));
    expect(new Set(pairs.map((pair) => JSON.stringify(pair))).size).toBe(1);
    const [child] = pairs;
    if (!child) throw new Error('no successor');
    expect(await tokensOf(child)).toEqual({ all: 2, active: 1 });
    expect([await countOf(child, 'session.renewed'), await countOf(child, 'refresh.repeated')]).toEqual([
      1,
      callers - 1,
    ]);
    expect(await applivery.use(fetchOf(1), fleet.scene(), await rotate(fleet.scene(), child))).toBe(200);
    await expectSound(fleet);
  },
);

test('a chain of a hundred, each link asked for by four callers of two servers', async () => {
  let pair = await begin();
  for (let link = 0; link < 100; link++) {
    const answers = await Promise.all([0, 1, 2, 3].map((index) => sendPair(fetchOf(index), pair)));
    const successors = await Promise.all(answers.map((answer) => readPair(fleet.scene(), answer)));
    expect(new Set(successors.map(({ refresh }) => refresh)).size).toBe(1);
    pair = successors[0] ?? pair;
  }
  expect(await tokensOf(pair)).toEqual({ all: 101, active: 1 });
  expect(await countOf(pair, 'session.renewed')).toBe(100);
  await expectSound(fleet);
});

/** The operator's word, and the owner's. */
const ENDINGS: readonly { name: string; end: (pair: Pair) => Promise<Response> }[] = [
  {
    name: 'RT-07 a logout',
    end: ({ access }) => fetchOf(1)('/v1/auth/logout', { method: 'POST', headers: bearer(access) }),
  },
  { name: 'RT-07 the end of the session', end: (pair) => admin(`/sessions/${sessionOf(pair)}`, { method: 'DELETE' }) },
  {
    name: 'RT-08 the end of all sessions of the user',
    async end(pair) {
      const [row] = await fleet.sql`select user_id from sessions where id = ${sessionOf(pair)}`;
      return admin('/sessions/end', json({ userId: row?.['user_id'] }));
    },
  },
];

function admin(path: string, init: RequestInit): Promise<Response> {
  return fetchOf(1)(`/admin/v1${path}`, { ...init, headers: { ...init.headers, ...bearer(ADMIN_API_KEY) } });
}

test.each([...ENDINGS])(
  'eight refreshes raced with $name: afterwards nothing of the session lives',
  async ({ end }) => {
    for (let round = 0; round < 6; round++) {
      const parent = await begin();
      const sent = Array.from({ length: 8 }, (_, index) => sendPair(fetchOf(index), parent));
      const ended = await end(parent);
      expect(ended.ok).toBe(true);
      const granted = (await Promise.all(sent)).filter(({ ok }) => ok);
      const children = await Promise.all(granted.map((answer) => readPair(fleet.scene(), answer)));
      for (const pair of [parent, ...children.slice(0, 1)]) {
        expect(await applivery.use(fetchOf(0), fleet.scene(), pair)).toBe(401);
        expect(await refusalOf(fetchOf(1), pair)).toEqual(STALE);
      }
    }
    expect(await applivery.use(fetchOf(0), fleet.scene(), await rotate(fleet.scene(), await begin()))).toBe(200);
    await expectSound(fleet);
  },
);

test('OC-08 one callback of each dialect posted fifty times over two servers, one of which is killed meanwhile', async () => {
  const [survivor, victim] = fleet.members;
  // long enough for everybody to come while the first one asks
  fleet.provider.script.answers.token = { delayMs: 500 };
  const before = fleet.provider.count('token');
  const crowds: { client: Client; sent: Promise<Response>[] }[] = [];
  for (const [index, client] of CLIENTS.entries()) {
    const started = await client.start(fleet.scene());
    const callback = client.callback(fleet.scene(), started, await visitProvider(fleet.scene(), started));
    const first = survivor.fetch(...callback);
    while (fleet.provider.count('token') - before <= index) await Bun.sleep(5);
    const others = Array.from({ length: 49 }, (_, caller) =>
      persistent(caller % 2 ? [victim, survivor] : [survivor])(...callback),
    );
    crowds.push({ client, sent: [first, ...others] });
  }
  await victim.kill();
  for (const { client, sent } of crowds) {
    const bodies = await Promise.all((await Promise.all(sent)).map((answer) => read(answer)));
    // who the person is, is read anew, and their other logins count there
    expect(new Set(bodies.map((body) => JSON.stringify(client.tokensOf(body)))).size).toBe(1);
    expect(await client.use(survivor.fetch, fleet.scene(), client.tokensOf(bodies[0]))).toBe(200);
  }
  expect(fleet.provider.count('token') - before).toBe(CLIENTS.length);
  fleet.provider.script.answers = {};
  await victim.restart();
  await expectSound(fleet);
});
