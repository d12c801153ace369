/**
 * The connection to Postgres breaks in the middle (RT-09, RT-10, FI-05): the client asks again, and is neither locked
 * out nor served twice, whether or not the statement had been executed.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, CLIENTS, keepTokens, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, readPair, rotate, sendPair, sessionOf } from '#tests/hostile/pairs.ts';
import { openReplica, type Replica } from '#tests/hostile/replica.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { openWiretap, type Wiretap } from '#tests/hostile/wiretap.ts';
import { read } from '#tests/journey.ts';

let stage: Stage;
let wiretap: Wiretap;
let replica: Replica;
beforeAll(async () => {
  stage = await openStage();
  wiretap = await openWiretap(stage.world.ports.config.DATABASE_URL ?? '');
  replica = await openReplica(stage, { databaseUrl: wiretap.url, poolMax: 1 });
});
beforeEach(async () => {
  stage.honest();
  // a new connection asks for the types of the server first: that must not be what is counted
  expect((await replica.fetch('/v1/auth/sso/acme/oidc')).status).toBe(200);
});
afterAll(async () => {
  await replica?.close();
  await wiretap?.close();
  await stage?.close();
});

async function rowsOf(requestId: string | null): Promise<{ outcomes: string[]; sessions: number }> {
  const logins = await stage.world.sql`select outcome from logins where request_id = ${requestId} order by outcome`;
  const [row] = await stage.world.sql`select count(*)::int as count from sessions where revoked_at is null`;
  return { outcomes: logins.map((login) => String(login['outcome'])), sessions: row?.['count'] };
}

describe.each(['before', 'after'] as const)('the connection breaks %s the statement is executed:', (when) => {
  test('RT-09, RT-10 a rotation, and the client asks again', async () => {
    const parent = asPair(await signIn(stage, applivery));
    wiretap.cut(1, when);
    const broken = await sendPair(replica.fetch, parent);
    expect(broken.status).toBe(503);
    expect(broken.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    const child = await readPair(stage, await sendPair(stage.world.fetch, parent));
    const [row] = await stage.world
      .sql`select count(*)::int as tokens from refresh_tokens where session_id = ${sessionOf(parent)}`;
    expect(row).toEqual({ tokens: 2 });
    expect(await applivery.use(stage.world.fetch, stage, await rotate(stage, child))).toBe(200);
    await expectNoSecrets(stage);
  });

  test.each([...CLIENTS])('$dialect: the write of a login, which is tried again or found written', async (client) => {
    await signIn(stage, client);
    const started = await client.start(stage);
    const callback = client.callback(stage, started, await visitProvider(stage, started));
    const before = await rowsOf(null);
    wiretap.cut(3, when);
    const answer = await replica.fetch(...callback);
    const first = await read(answer);
    const { outcomes, sessions } = await rowsOf(answer.headers.get('request-id'));
    expect({ outcomes, sessions: sessions - before.sessions }).toEqual({ outcomes: ['succeeded'], sessions: 1 });
    expect(await client.use(stage.world.fetch, stage, keepTokens(stage, client.tokensOf(first)))).toBe(200);
    const again = await read(await stage.world.fetch(...callback));
    expect(client.tokensOf(again)).toEqual(client.tokensOf(first));
    await expectNoSecrets(stage);
  });

  test.each([...CLIENTS])('$dialect: the consumption of the request', async (client) => {
    const started = await client.start(stage);
    const callback = client.callback(stage, started, await visitProvider(stage, started));
    const requests = stage.provider.count('token');
    wiretap.cut(1, when);
    expect((await replica.fetch(...callback)).status).toBe(503);
    expect(stage.provider.count('token')).toBe(requests);
    // nothing went to the provider yet: where the request is not consumed, the same callback still works
    if (when === 'before') await read(await stage.world.fetch(...callback));
    expect(await client.use(stage.world.fetch, stage, await signIn(stage, client))).toBe(200);
  });

  test.each([...CLIENTS])('$dialect: the repeat of a login is no other login', async (client) => {
    const started = await client.start(stage);
    const callback = client.callback(stage, started, await visitProvider(stage, started));
    const first = await read(await stage.world.fetch(...callback));
    keepTokens(stage, client.tokensOf(first));
    for (const nth of [1, 2]) {
      wiretap.cut(nth, when);
      expect((await replica.fetch(...callback)).status).toBe(503);
      expect(await read(await replica.fetch(...callback))).toEqual(first);
    }
  });

  test('an authenticated read', async () => {
    const tokens = await signIn(stage, applivery);
    wiretap.cut(1, when);
    expect(await applivery.use(replica.fetch, stage, tokens)).toBe(503);
    expect(await applivery.use(replica.fetch, stage, tokens)).toBe(200);
  });
});

test.each([...CLIENTS])('$dialect: a login that cannot be written has failed for good', async (client) => {
  const started = await client.start(stage);
  const callback = client.callback(stage, started, await visitProvider(stage, started));
  const holder = await stage.world.sql.reserve();
  await holder`begin`;
  await holder`lock table sessions in exclusive mode`;
  const answer = await stage.world.fetch(...callback);
  await holder`rollback`;
  holder.release();
  expect(answer.status).toBeOneOf([400, 401]);
  expect(answer.headers.get('retry-after')).toBeNull();
  const logins = await stage.world
    .sql`select reason from logins where request_id = ${answer.headers.get('request-id')}`;
  expect([...logins]).toEqual([{ reason: 'login_abandoned' }]);
  // at once, and when the window of repeats is over
  for (const seconds of [0, 61]) {
    stage.world.clock.moveBy(seconds);
    const again = await stage.world.fetch(...callback);
    expect([again.status, again.headers.get('retry-after')]).toEqual([answer.status, null]);
  }
  expect(await client.use(stage.world.fetch, stage, await signIn(stage, client))).toBe(200);
});
