/** The operator ends sessions: one, all of somebody, and by switching somebody off; on every replica, and for good (TK-03, RT-07, RT-08, TI-14). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { applivery, bearer, CLIENTS, type Client, indee, signIn, type Tokens } from '#tests/hostile/clients.ts';
import { asPair, readPair, refusalOf, rotate, STALE, sendPair, sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { createWitness } from '#tests/openapi-witness.ts';

const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';
const operator = bearer(ADMIN_API_KEY);
const ROUNDS = 6;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const admin = (path: string, init: RequestInit = {}) =>
  stage.replica.fetch(`/admin/v1${path}`, { ...init, headers: { ...operator, ...init.headers } });
const endAll = (scope: object) => admin('/sessions/end', json(scope));
const patch = (path: string, status: string) => admin(path, { ...json({ status }), method: 'PATCH' });
const begin = async () => asPair(await signIn(stage, applivery));

interface Owners {
  readonly userId: string;
  readonly organizationId: string;
  readonly connectionId: string;
}
async function ownersOf(tokens: Tokens): Promise<Owners> {
  const { userId, organizationId, connectionId } = await read(await admin(`/sessions/${sessionOf(tokens)}`));
  return { userId, organizationId, connectionId };
}
async function somebodyElse(): Promise<Tokens> {
  stage.provider.script.user = { sub: 'grace-1906', email: 'grace@acme.test', email_verified: true };
  const tokens = await signIn(stage, applivery, 'grace@acme.test');
  stage.honest();
  return tokens;
}
/** Whatever the session's tokens are, and wherever they are shown. */
async function expectDead(client: Client, tokens: Tokens): Promise<void> {
  for (const { fetch } of [stage.world, stage.replica]) {
    expect(await client.use(fetch, stage, tokens)).toBe(401);
    if (client === applivery) expect(await refusalOf(fetch, asPair(tokens))).toEqual(STALE);
  }
}
const expectAlive = async (client: Client, tokens: Tokens) =>
  expect(await client.use(stage.world.fetch, stage, tokens)).toBe(200);

/** Each ends the sessions there are, and says afterwards how to let people in again, if they are kept out. */
const WAYS: readonly {
  readonly name: string;
  readonly end: (owners: Owners) => Promise<Response>;
  readonly undo?: (owners: Owners) => Promise<Response>;
  /** Whether another user of the organization is spared. */
  readonly sparesOthers: boolean;
}[] = [
  { name: 'all of a user', end: ({ userId }) => endAll({ userId }), sparesOthers: true },
  {
    name: 'all of a member',
    end: ({ userId, organizationId }) => endAll({ userId, organizationId }),
    sparesOthers: true,
  },
  { name: 'all of an organization', end: ({ organizationId }) => endAll({ organizationId }), sparesOthers: false },
  { name: 'all over a connection', end: ({ connectionId }) => endAll({ connectionId }), sparesOthers: false },
  {
    name: 'a user that is deactivated',
    end: ({ userId }) => patch(`/users/${userId}`, 'deactivated'),
    undo: ({ userId }) => patch(`/users/${userId}`, 'active'),
    sparesOthers: true,
  },
  {
    name: 'an organization that is disabled',
    end: ({ organizationId }) => patch(`/organizations/${organizationId}`, 'disabled'),
    undo: ({ organizationId }) => patch(`/organizations/${organizationId}`, 'active'),
    sparesOthers: false,
  },
  {
    name: 'a connection that is disabled',
    end: ({ connectionId }) => patch(`/connections/${connectionId}`, 'disabled'),
    undo: ({ connectionId }) => patch(`/connections/${connectionId}`, 'active'),
    sparesOthers: false,
  },
];

describe.each([...WAYS])('$name', ({ end, undo, sparesOthers }) => {
  test.each([...CLIENTS])(
    'over $dialect: nothing lives on either replica, and what ended stays ended',
    async (client) => {
      const [tokens, other] = [await signIn(stage, client), await somebodyElse()];
      await expectAlive(client, tokens);
      await expectAlive(applivery, other);
      const owners = await ownersOf(client === indee ? await accessOf(tokens) : tokens);
      expect((await end(owners)).status).toBe(200);
      await expectDead(client, tokens);
      if (sparesOthers) await expectAlive(applivery, other);
      else await expectDead(applivery, other);
      if (undo) expect((await undo(owners)).status).toBe(200);
      await expectDead(client, tokens);
      await expectAlive(client, await signIn(stage, client));
    },
  );

  test('beside refreshes: no token lives after both have finished', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const parent = await begin();
      const owners = await ownersOf(parent);
      const [first, ended, second] = await Promise.all([
        sendPair(stage.world.fetch, parent),
        end(owners),
        sendPair(stage.replica.fetch, parent),
      ]);
      expect(ended.status).toBe(200);
      const children = await Promise.all([first, second].filter(({ ok }) => ok).map((each) => readPair(stage, each)));
      for (const pair of [parent, ...children]) await expectDead(applivery, pair);
      await undo?.(owners);
      for (const pair of [parent, ...children]) await expectDead(applivery, pair);
    }
  });
});

/** Indee's refresh JWT names the session as well, but its access token is the one that is read here. */
const accessOf = async (tokens: Tokens): Promise<Tokens> => ({ access: tokens.access });

test('a login that was redeemed before the end, and is written after it, is over too', async () => {
  const known = await begin();
  const { organizationId } = await ownersOf(known);
  stage.provider.script.answers.token = { delayMs: 800, times: 1 };
  const before = stage.provider.count('token');
  const late = begin();
  while (stage.provider.count('token') === before) await Bun.sleep(5);
  expect((await endAll({ organizationId })).status).toBe(200);
  await expectDead(applivery, await late);
  await expectAlive(applivery, await begin());
});

test('one session ends, the user’s others go on; ending it twice is no error and one event', async () => {
  const [one, other] = [await begin(), await begin()];
  const path = `/sessions/${sessionOf(one)}`;
  for (let time = 0; time < 2; time++) expect((await admin(path, { method: 'DELETE' })).status).toBe(204);
  await expectDead(applivery, one);
  await expectAlive(applivery, other);
  const audit = await stage.world
    .sql`select action, actor_type, reason, request_id is not null as told from audit_events
    where target_id = ${sessionOf(one)} and action <> 'login.success'`;
  expect([...audit]).toEqual([
    { action: 'session.ended', actor_type: 'operator', reason: 'ended_by_operator', told: true },
  ]);
  expect(await read(await admin(path))).toMatchObject({ state: 'ended', endReason: 'ended_by_operator' });
  expect((await admin('/sessions/ffffffffffffffffffffffff', { method: 'DELETE' })).status).toBe(404);
});

test('a session that was read live is ended only while it is, where that is asked for', async () => {
  const path = `/sessions/${sessionOf(await begin())}`;
  const etag = (await admin(path)).headers.get('etag') ?? '';
  const end = (tag: string) => admin(path, { method: 'DELETE', headers: { 'if-match': tag } });
  expect((await end('"another"')).status).toBe(412);
  expect(await read(await admin(path))).toMatchObject({ state: 'live' });
  expect((await end(etag)).status).toBe(204);
  expect((await end(etag)).status).toBe(412);
});

describe('the list of sessions', () => {
  test('is the user’s, the organization’s or the connection’s, by state, in pages, as documented', async () => {
    const [live, ended] = [await begin(), await begin()];
    const owners = await ownersOf(live);
    await admin(`/sessions/${sessionOf(ended)}`, { method: 'DELETE' });
    const ids = async (query: string) =>
      (await read(await admin(`/sessions?${query}`))).items.map(({ id }: { id: string }) => id);
    for (const [name, id] of Object.entries(owners)) {
      expect((await ids(`${name}=${id}&limit=2`)).toSorted()).toEqual([sessionOf(live), sessionOf(ended)].toSorted());
      expect(await ids(`${name}=${id}&state=live`)).toContain(sessionOf(live));
      expect(await ids(`${name}=${id}&state=live`)).not.toContain(sessionOf(ended));
      expect(await ids(`${name}=${id}&state=ended`)).toContain(sessionOf(ended));
    }
    const all = await ids(`userId=${owners.userId}&limit=100`);
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await read(await admin(`/sessions?userId=${owners.userId}&limit=3${cursor && `&cursor=${cursor}`}`));
      paged.push(...page.items.map(({ id }: { id: string }) => id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
    const witness = createWitness(await read(await stage.world.fetch('/openapi.json')));
    const described = witness.operations.find(({ operation }) => operation.operationId === 'listSessions');
    if (!described) throw new Error('the list is not documented');
    expect(await witness.faults(described, await admin(`/sessions?userId=${owners.userId}`))).toEqual([]);
  });

  test('shows sessions that ended with all others, and sessions that have expired', async () => {
    const tokens = await begin();
    const { userId } = await ownersOf(tokens);
    const { sessions, endedAt } = await read(await endAll({ userId }));
    expect(sessions).toBeGreaterThanOrEqual(1);
    expect(Math.abs(new Date(endedAt).getTime() - stage.world.clock.now().getTime())).toBeLessThan(60_000);
    expect(await read(await admin(`/sessions/${sessionOf(tokens)}`))).toMatchObject({
      state: 'ended',
      endReason: 'sessions of the user ended',
    });
    const later = await begin();
    stage.world.clock.moveBy(31 * 86_400);
    expect(await read(await admin(`/sessions/${sessionOf(later)}`))).toMatchObject({ state: 'expired' });
  });

  test('wants to know whose', async () => {
    expect(await read(await admin('/sessions?limit=3&state=live'), 422)).toMatchObject({
      code: 'input_invalid',
      errors: ['/userId', '/organizationId', '/connectionId'].map((pointer) => ({
        pointer,
        detail: 'Expected one of userId, organizationId, connectionId',
      })),
    });
    expect((await admin('/sessions?userId=x')).status).toBe(422);
    expect((await admin('/sessions/end', json({}))).status).toBe(422);
    const owners = await ownersOf(await begin());
    for (const scope of [
      owners,
      { organizationId: owners.organizationId, connectionId: owners.connectionId },
      { userId: owners.userId, connectionId: owners.connectionId },
      { userId: owners.userId, everybody: true },
    ])
      expect((await endAll(scope)).status).toBe(422);
    const more = json({ status: 'deactivated', userId: owners.userId });
    expect((await admin(`/users/${owners.userId}`, { ...more, method: 'PATCH' })).status).toBe(422);
    expect((await admin('/sessions/end', json({ userId: 'x' }))).status).toBe(422);
    const nobody = 'f'.repeat(24);
    for (const scope of [{ userId: nobody }, { organizationId: nobody }, { connectionId: nobody }])
      expect((await endAll(scope)).status).toBe(404);
    expect((await patch(`/users/${nobody}`, 'deactivated')).status).toBe(404);
    expect((await patch(`/connections/${nobody}`, 'away')).status).toBe(422);
  });
});

test('nobody but the operator sees or ends sessions', async () => {
  const pair = await begin();
  const owners = await ownersOf(pair);
  for (const headers of [{}, bearer(pair.access), bearer(stage.world.apiKey)]) {
    const attempts = [
      stage.world.fetch(`/admin/v1/sessions?userId=${owners.userId}`, { headers }),
      stage.world.fetch(`/admin/v1/sessions/${sessionOf(pair)}`, { headers, method: 'DELETE' }),
      stage.world.fetch('/admin/v1/sessions/end', json({ userId: owners.userId }, headers)),
      stage.world.fetch(`/admin/v1/users/${owners.userId}`, {
        ...json({ status: 'deactivated' }, headers),
        method: 'PATCH',
      }),
    ];
    for (const answer of await Promise.all(attempts)) expect(answer.status).toBe(401);
  }
  await expectAlive(applivery, await rotate(stage, pair));
});

test('the declared file ends sessions too, when it switches somebody off, and on again', async () => {
  const pair = await begin();
  const states = [
    { status: 'disabled', dead: true },
    { status: 'active', dead: true },
  ] as const;
  for (const { status } of states) {
    await stage.reconnect({ status });
    await expectDead(applivery, pair);
  }
  await expectAlive(applivery, await begin());
});
