/** Refresh rotation, step by step on a moved clock: RT-01 to RT-05, RT-13 to RT-15. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, indee, pria, signIn } from '#tests/hostile/clients.ts';
import { asPair, claimsOf, type Pair, refusalOf, rotate, STALE, sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';

const GRACE_SECONDS = 10;
const DAY = 86_400;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const begin = async () => asPair(await signIn(stage, applivery));
const refused = (pair: Pair) => refusalOf(stage.replica.fetch, pair);
const use = (pair: Pair) => applivery.use(stage.replica.fetch, stage, pair);

async function auditOf(pair: Pair, action: string) {
  return stage.world.sql`select reason, user_agent, organization_id is not null as placed from audit_events
    where target_id = ${sessionOf(pair)} and action = ${action}`;
}

async function tokensOf(pair: Pair) {
  const [row] = await stage.world
    .sql`select count(*)::int as all, count(*) filter (where rotated_at is null)::int as active,
    count(sealed_successor)::int as sealed, max(s.expires_at) as ends, max(s.revoked_at) is not null as revoked
    from refresh_tokens t join sessions s on s.id = t.session_id where s.id = ${sessionOf(pair)}`;
  return { ...row };
}

/** Nothing of the session works any more, and one event says why. */
async function expectStolen(pairs: readonly Pair[]): Promise<void> {
  for (const pair of pairs) {
    expect(await use(pair)).toBe(401);
    expect(await refused(pair)).toEqual(STALE);
  }
  const [pair] = pairs;
  if (!pair) throw new Error('no pair');
  expect([...(await auditOf(pair, 'refresh.reuse_detected'))]).toEqual([
    { reason: 'refresh_token_reused', user_agent: 'rotation test', placed: true },
  ]);
  expect(await tokensOf(pair)).toMatchObject({ revoked: true, sealed: 0 });
  await expectNoSecrets(stage);
  expect(await use(await rotate(stage, await begin()))).toBe(200);
}

test('RT-01 a chain of a hundred: one session, one active token, one end', async () => {
  const first = await begin();
  const before = await tokensOf(first);
  let pair = first;
  for (let step = 0; step < 100; step++) {
    stage.world.clock.moveBy(GRACE_SECONDS + 1);
    const next = await rotate(stage, pair, step % 2 ? stage.world.fetch : stage.replica.fetch);
    expect(next.access).not.toBe(pair.access);
    expect(next.refresh).not.toBe(pair.refresh);
    pair = next;
  }
  expect(sessionOf(pair)).toBe(sessionOf(first));
  expect(await tokensOf(pair)).toEqual({ ...before, all: 101, active: 1, sealed: 1 });
  expect((await auditOf(pair, 'session.renewed')).length).toBe(100);
  expect(await use(pair)).toBe(200);
  expect(await refused(first)).toEqual(STALE);
  await expectStolen([pair]);
});

test('RT-02 the parent after the grace ends the session, its newest token and its access tokens', async () => {
  const parent = await begin();
  const child = await rotate(stage, parent);
  stage.world.clock.moveBy(GRACE_SECONDS + 1);
  expect(await refused(parent)).toEqual(STALE);
  await expectStolen([parent, child]);
});

test.each([
  ['another session’s access token', async () => (await begin()).access],
  ['a newer access token of the session', async (child: Pair) => child.access],
  ['no access token of ours', async () => 'x'],
  ['Indee’s access token', async () => (await signIn(stage, indee)).access],
] as const)('RT-02 the parent after the grace with %s ends the session as well', async (_name, accessFor) => {
  const parent = await begin();
  const child = await rotate(stage, parent);
  const access = await accessFor(child);
  // within the grace half a pair proves nothing yet
  if (access !== child.access) expect(await refused({ ...parent, access })).toEqual(STALE);
  expect(await use(child)).toBe(200);
  stage.world.clock.moveBy(GRACE_SECONDS + 1);
  expect(await refused({ access: 'x', refresh: child.refresh })).toEqual(STALE);
  expect(await use(child)).toBe(200);
  expect(await refused({ ...parent, access })).toEqual(STALE);
  await expectStolen([parent, child]);
});

test('RT-03, RT-05 the grandparent, and so a parent whose successor was used, within the grace', async () => {
  const grandparent = await begin();
  const parent = await rotate(stage, grandparent);
  const child = await rotate(stage, parent);
  expect(await refused(grandparent)).toEqual(STALE);
  await expectStolen([grandparent, parent, child]);
});

test('RT-04 the parent within the grace gets the same pair, as often as it asks', async () => {
  const parent = await begin();
  const child = await rotate(stage, parent);
  const rows = await tokensOf(child);
  for (const { fetch } of [stage.world, stage.replica, stage.world]) {
    stage.world.clock.moveBy(3);
    expect(await rotate(stage, parent, fetch)).toEqual(child);
  }
  expect(await tokensOf(child)).toEqual(rows);
  expect((await auditOf(child, 'session.renewed')).length).toBe(1);
  expect([...(await auditOf(child, 'refresh.repeated'))]).toEqual(
    Array(3).fill({ reason: null, user_agent: 'rotation test', placed: true }),
  );
  await expectNoSecrets(stage);
  const grandchild = await rotate(stage, child);
  expect(await use(grandchild)).toBe(200);
  expect((await tokensOf(child))['sealed']).toBe(1);
});

describe('RT-14 a refresh token that is none of ours', () => {
  const wrong: readonly { name: string; change: (token: string) => string }[] = [
    {
      name: 'with its last character changed',
      change: (token) => token.slice(0, -2) + (token.endsWith('A') ? 'BB' : 'AA'),
    },
    {
      name: 'with its first character changed',
      change: (token) => token.replace(/_./, (start) => (start === '_A' ? '_B' : '_A')),
    },
    { name: 'cut short', change: (token) => token.slice(0, -1) },
    { name: 'with something behind it', change: (token) => `${token}A` },
    { name: 'with a blank behind it', change: (token) => `${token} ` },
    { name: 'of another version', change: (token) => token.replace('vrt_', 'vrt2_') },
    { name: 'without its prefix', change: (token) => token.replace('vrt_', '') },
    { name: 'in capitals', change: (token) => token.toUpperCase() },
    { name: 'of SQL and NUL', change: () => `' or true --\u0000` },
    { name: 'its own digest', change: () => 'x'.repeat(43) },
  ];
  test.each([...wrong])('$name', async ({ change }) => {
    const pair = await begin();
    expect(await refused({ ...pair, refresh: change(pair.refresh) })).toEqual(STALE);
    await expectNoSecrets(stage);
    expect(await use(await rotate(stage, pair))).toBe(200);
  });
});

describe('a pair has two halves, and they belong together', () => {
  test('halves of two sessions of one person', async () => {
    const [one, two] = [await begin(), await begin()];
    expect(await refused({ access: one.access, refresh: two.refresh })).toEqual(STALE);
    expect(await use(await rotate(stage, one))).toBe(200);
    expect(await use(await rotate(stage, two))).toBe(200);
  });

  test('an older access token of the same session', async () => {
    const first = await begin();
    const second = await rotate(stage, first);
    expect(await refused({ access: first.access, refresh: second.refresh })).toEqual(STALE);
    expect(await use(await rotate(stage, second))).toBe(200);
  });

  test.each(['indee', 'pria'] as const)("%s's access token", async (dialect) => {
    const [pair, other] = [await begin(), await signIn(stage, dialect === 'indee' ? indee : pria)];
    expect(await refused({ ...pair, access: other.access })).toEqual(STALE);
    expect(await refused({ ...pair, access: 'x' })).toEqual(STALE);
    expect(await use(await rotate(stage, pair))).toBe(200);
  });

  test('an access token that has expired still shows what it was issued with', async () => {
    const pair = await begin();
    stage.world.clock.moveBy(DAY);
    expect(await use(pair)).toBe(401);
    expect(await use(await rotate(stage, pair))).toBe(200);
  });
});

describe('RT-15', () => {
  test('a session that is not renewed for seven days ends', async () => {
    const pair = await begin();
    stage.world.clock.moveBy(7 * DAY - 5);
    const renewed = await rotate(stage, pair);
    stage.world.clock.moveBy(7 * DAY + 1);
    expect((await refused(renewed))[0]).toBe(401);
    expect(await use(await rotate(stage, await begin()))).toBe(200);
  });

  test('thirty days after the login every session ends, however often it was renewed', async () => {
    let pair = await begin();
    for (let week = 0; week < 5; week++) {
      stage.world.clock.moveBy(6 * DAY - 1);
      pair = await rotate(stage, pair);
    }
    expect(await use(pair)).toBe(200);
    // an access token does not promise more than the session has left
    expect(claimsOf(pair).exp * 1000).toBeLessThanOrEqual(Number((await tokensOf(pair))['ends']));
    stage.world.clock.moveBy(6);
    expect((await refused(pair))[0]).toBe(401);
    expect(await use(pair)).toBe(401);
  });
});

/** TK-03 for the refresh token: what ends a session from outside ends its renewal. */
const ENDINGS: readonly { name: string; sql: string; undo: string }[] = [
  {
    name: 'the user is deactivated',
    sql: 'update users set deactivated_at = now()',
    undo: 'update users set deactivated_at = null',
  },
  {
    name: 'the membership is deactivated',
    sql: 'update memberships set deactivated_at = now()',
    undo: 'update memberships set deactivated_at = null',
  },
  {
    name: 'the organization is disabled',
    sql: `update organizations set status = 'disabled'`,
    undo: `update organizations set status = 'active'`,
  },
  {
    name: 'the connection is disabled',
    sql: `update connections set status = 'disabled'`,
    undo: `update connections set status = 'active'`,
  },
  { name: 'the session ends', sql: 'update sessions set revoked_at = now()', undo: 'select 1' },
];

test.each([...ENDINGS])('TK-03 no renewal when $name, not even the grace', async ({ sql, undo }) => {
  const parent = await begin();
  const child = await rotate(stage, parent);
  await stage.world.sql.unsafe(sql);
  expect(await refused(child)).toEqual(STALE);
  expect(await refused(parent)).toEqual(STALE);
  await stage.world.sql.unsafe(undo);
  expect(await use(await rotate(stage, await begin()))).toBe(200);
});
