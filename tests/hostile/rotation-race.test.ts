/** Refresh rotation when everything happens at once, on two replicas and three clocks: RT-04, RT-07, RT-08, RT-11, RT-16. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { applivery, bearer, signIn } from '#tests/hostile/clients.ts';
import { asPair, type Pair, readPair, refusalOf, rotate, STALE, sendPair, sessionOf } from '#tests/hostile/pairs.ts';
import { openReplica } from '#tests/hostile/replica.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';

const CALLERS = 50;
const ROUNDS = 8;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const begin = async () => asPair(await signIn(stage, applivery));

async function activeTokens(pair: Pair): Promise<{ all: number; active: number }> {
  const [row] = await stage.world
    .sql`select count(*)::int as all, count(*) filter (where rotated_at is null)::int as active
    from refresh_tokens where session_id = ${sessionOf(pair)}`;
  return { all: row?.['all'], active: row?.['active'] };
}

test('RT-04 fifty parallel refreshes over two replicas: one successor', async () => {
  const parent = await begin();
  const answers = await Promise.all(
    Array.from({ length: CALLERS }, (_, index) =>
      sendPair(index % 2 ? stage.replica.fetch : stage.world.fetch, parent),
    ),
  );
  const pairs = await Promise.all(answers.map((answer) => readPair(stage, answer)));
  expect(new Set(pairs.map((pair) => JSON.stringify(pair))).size).toBe(1);
  const [child] = pairs;
  if (!child) throw new Error('no successor');
  expect(await activeTokens(child)).toEqual({ all: 2, active: 1 });
  expect(await applivery.use(stage.world.fetch, stage, await rotate(stage, child))).toBe(200);
});

test('fifty people refresh at once, and each gets a successor of their own', async () => {
  const parents = await Promise.all(Array.from({ length: CALLERS }, begin));
  const children = await Promise.all(parents.map((parent) => rotate(stage, parent)));
  expect(new Set(children.map(({ refresh }) => refresh)).size).toBe(CALLERS);
  expect(children.map(sessionOf)).toEqual(parents.map(sessionOf));
});

/** What happens beside the refresh; afterwards nothing of the session may live. */
const ENDINGS: readonly { name: string; end: (pair: Pair) => Promise<unknown>; undo?: string }[] = [
  {
    name: 'RT-07 logout',
    end: ({ access }) => stage.replica.fetch('/v1/auth/logout', { method: 'POST', headers: bearer(access) }),
  },
  {
    name: 'RT-08 user deactivated',
    end: () => stage.replica.sql`update users set deactivated_at = now()`,
    undo: 'update users set deactivated_at = null',
  },
  {
    name: 'RT-08 organization disabled',
    end: () => stage.replica.sql`update organizations set status = 'disabled'`,
    undo: `update organizations set status = 'active'`,
  },
];

describe('a refresh beside', () => {
  test.each([...ENDINGS])('$name: nothing lives afterwards', async ({ end, undo }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const parent = await begin();
      const [first, , second] = await Promise.all([
        sendPair(stage.world.fetch, parent),
        end(parent),
        sendPair(stage.replica.fetch, parent),
      ]);
      const children = await Promise.all(
        [first, second].filter(({ ok }) => ok).map((answer) => readPair(stage, answer)),
      );
      for (const pair of [parent, ...children]) {
        expect(await applivery.use(stage.world.fetch, stage, pair)).toBe(401);
        expect(await refusalOf(stage.replica.fetch, pair)).toEqual(STALE);
      }
      if (undo) await stage.world.sql.unsafe(undo);
    }
  });

  test('RT-02 a theft: one of the two parties is stopped, and then both are', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const grandparent = await begin();
      const parent = await rotate(stage, grandparent);
      const [honest] = await Promise.all([
        sendPair(stage.world.fetch, parent),
        (async () => {
          stage.world.clock.moveBy(11);
          return refusalOf(stage.replica.fetch, grandparent);
        })(),
      ]);
      const pairs = honest.ok ? [parent, await readPair(stage, honest)] : [parent];
      for (const pair of pairs) expect(await applivery.use(stage.world.fetch, stage, pair)).toBe(401);
    }
  });
});

test('RT-11 whoever waits for a token holds no database connection', async () => {
  const narrow = await openStage({ environment: { DATABASE_POOL_MAX: '1' } });
  try {
    const parent = asPair(await signIn(narrow, applivery));
    const reader = await signIn(narrow, applivery);
    let answers: Promise<Response[]> | undefined;
    await narrow.replica.sql.begin(async (transaction) => {
      await transaction`select 1 from refresh_tokens where session_id = ${sessionOf(parent)} for update`;
      answers = Promise.all(Array.from({ length: 20 }, () => sendPair(narrow.world.fetch, parent)));
      // the only connection of this replica is free for others while twenty callers wait
      expect(await applivery.use(narrow.world.fetch, narrow, reader)).toBe(200);
      expect(await applivery.use(narrow.world.fetch, narrow, await signIn(narrow, applivery))).toBe(200);
    });
    const pairs = await Promise.all(((await answers) ?? []).map((answer) => readPair(narrow, answer)));
    expect(pairs.length).toBe(20);
    expect(new Set(pairs.map(({ refresh }) => refresh)).size).toBe(1);
  } finally {
    await narrow.close();
  }
});

describe.each([-600, 600])('RT-16 one replica is %d s off', (seconds) => {
  test('no reuse is seen where there is none, and the grace is as long as everywhere', async () => {
    const skewed = await openReplica(stage, { skewSeconds: seconds });
    try {
      const first = await begin();
      const second = await rotate(stage, first, skewed.fetch);
      expect(await rotate(stage, first)).toEqual(second);
      const third = await rotate(stage, second);
      expect(await rotate(stage, second, skewed.fetch)).toEqual(third);
      for (const { fetch } of [skewed, stage.world]) expect(await applivery.use(fetch, stage, third)).toBe(200);
      stage.world.clock.moveBy(11);
      expect(await refusalOf(skewed.fetch, second)).toEqual(STALE);
      for (const { fetch } of [skewed, stage.world]) expect(await applivery.use(fetch, stage, third)).toBe(401);
    } finally {
      await skewed.close();
    }
  });
});
