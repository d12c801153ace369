/**
 * One callback, one login: OC-01, OC-07, OC-08, ST-10. The identical callback gets the identical answer for a minute
 * (design, section 4); any other use of the same state is refused.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { sweep } from '#ports/db/housekeeping.ts';
import { dumpTables, expectNoSecrets } from '#tests/hostile/canaries.ts';
import {
  CLIENTS,
  type Client,
  keepTokens,
  type Returned,
  type Started,
  visitProvider,
} from '#tests/hostile/clients.ts';
import { expectRefusal } from '#tests/hostile/refusal.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';

const CALLERS = 50;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

async function begin(client: Client): Promise<{ started: Started; returned: Returned }> {
  const started = await client.start(stage);
  return { started, returned: await visitProvider(stage, started) };
}

/** Rows that logins leave. */
async function countRows(): Promise<Record<string, number>> {
  const [row] = await stage.world.sql`select
    (select count(*)::int from users) as users, (select count(*)::int from identities) as identities,
    (select count(*)::int from memberships) as memberships, (select count(*)::int from sessions) as sessions,
    (select count(*)::int from refresh_tokens) as refresh_tokens, (select count(*)::int from logins) as logins,
    (select count(*)::int from audit_events where action = 'login.success') as successes,
    (select count(*)::int from audit_events where action = 'login.failure') as failures`;
  return { ...row };
}

function difference(after: Record<string, number>, before: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));
}

describe.each([...CLIENTS])('$dialect', (client) => {
  const refreshTokens = client.dialect === 'applivery' ? 1 : 0;

  test('OC-01 a first login makes one of each row, a second one no user', async () => {
    const email = `${client.dialect}@acme.test`;
    for (const fresh of [1, 0]) {
      stage.provider.script.user = { sub: client.dialect, email, email_verified: true };
      const before = await countRows();
      const started = await client.start(stage, email);
      const answer = stage.world.fetch(...client.callback(stage, started, await visitProvider(stage, started)));
      keepTokens(stage, client.tokensOf(await read(await answer)));
      expect(difference(await countRows(), before)).toEqual({
        users: fresh,
        identities: fresh,
        memberships: fresh,
        sessions: 1,
        refresh_tokens: refreshTokens,
        logins: 1,
        successes: 1,
        failures: 0,
      });
    }
    await expectNoSecrets(stage);
  });

  test('OC-07 the same callback again, on another replica, gets the same answer', async () => {
    const { started, returned } = await begin(client);
    const before = await countRows();
    const first = await read(await stage.world.fetch(...client.callback(stage, started, returned)));
    const again = await read(await stage.replica.fetch(...client.callback(stage, started, returned)));
    expect(again).toEqual(first);
    expect(difference(await countRows(), before)).toMatchObject({ sessions: 1, logins: 1, successes: 1, failures: 0 });
    expect(stage.provider.count('token')).toBe(1);
    expect(await client.use(stage.world.fetch, stage, keepTokens(stage, client.tokensOf(first)))).toBe(200);
    await expectNoSecrets(stage);
  });

  test('OC-08 fifty at once over two replicas: one session, one token request', async () => {
    const email = `crowd-${client.dialect}@acme.test`;
    stage.provider.script.user = { sub: `crowd-${client.dialect}`, email, email_verified: true };
    const started = await client.start(stage, email);
    const returned = await visitProvider(stage, started);
    const before = await countRows();
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, (_, index) => {
        const { fetch } = index % 2 ? stage.replica : stage.world;
        return fetch(...client.callback(stage, started, returned));
      }),
    );
    const bodies = await Promise.all(answers.map((answer) => read(answer)));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(stage.provider.count('token')).toBe(1);
    expect(difference(await countRows(), before)).toEqual({
      users: 1,
      identities: 1,
      memberships: 1,
      sessions: 1,
      refresh_tokens: refreshTokens,
      logins: 1,
      successes: 1,
      failures: 0,
    });
  });

  test('OC-08 fifty different callbacks of one state: one of them is answered', async () => {
    const { started, returned } = await begin(client);
    const before = await countRows();
    const statuses = await Promise.all(
      Array.from({ length: CALLERS }, async (_, index) => {
        const { fetch } = index % 2 ? stage.replica : stage.world;
        const different = { ...returned, code: index === 0 ? returned['code'] : `guess-${index}` };
        return (await fetch(...client.callback(stage, started, different))).status;
      }),
    );
    expect(stage.provider.count('token')).toBe(1);
    const successes = statuses.filter((status) => status === 200).length;
    const { sessions, failures } = difference(await countRows(), before);
    expect({ sessions, failures }).toEqual({ sessions: successes, failures: CALLERS - successes });
  });

  /** What makes a second callback another one. */
  const changes: readonly { name: string; change: (returned: Returned) => Returned; only?: string }[] = [
    { name: 'another code', change: (returned) => ({ ...returned, code: 'stolen' }) },
    { name: 'without its iss', change: ({ iss: _gone, ...rest }) => rest },
    { name: 'as an error', change: ({ state }) => ({ state, error: 'access_denied' }) },
  ];
  test.each([...changes])('OC-07 $name after the login is refused, and the session stays', async ({ change }) => {
    const { started, returned } = await begin(client);
    const first = await read(await stage.world.fetch(...client.callback(stage, started, returned)));
    const tokens = keepTokens(stage, client.tokensOf(first));
    const send = () => stage.replica.fetch(...client.callback(stage, started, change(returned)));
    await expectRefusal(stage, client, undefined, send, { reason: 'state_consumed', consumed: false });
    expect(await client.use(stage.world.fetch, stage, tokens)).toBe(200);
  });

  test('OC-07 the same callback after a minute is refused, and nothing is left to answer it with', async () => {
    const { started, returned } = await begin(client);
    keepTokens(
      stage,
      client.tokensOf(await read(await stage.world.fetch(...client.callback(stage, started, returned)))),
    );
    stage.world.clock.moveBy(61);
    const send = () => stage.world.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, undefined, send, { reason: 'state_consumed', consumed: false });
    stage.world.clock.moveBy(61);
    await sweep(stage.world.ports);
    expect((await dumpTables(stage))['authentication_requests']).not.toMatch(/"sealed_answer":"/);
    expect((await send()).status).toBe(client.dialect === 'indee' ? 401 : 400);
  });

  test('OC-07 the same callback after the session ended gives no tokens', async () => {
    const { started, returned } = await begin(client);
    keepTokens(
      stage,
      client.tokensOf(await read(await stage.world.fetch(...client.callback(stage, started, returned)))),
    );
    await stage.world.sql`update sessions set revoked_at = now() where revoked_at is null`;
    const send = () => stage.world.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, undefined, send, { reason: 'state_consumed', consumed: false });
  });

  test('a refused callback again is the same refusal, and leaves one trace', async () => {
    const { started, returned } = await begin(client);
    const before = await countRows();
    const refused = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const { fetch } = index % 2 ? stage.replica : stage.world;
        const answer = await fetch(...client.callback(stage, started, { ...returned, code: 'wrong' }));
        return { status: answer.status, body: await answer.text() };
      }),
    );
    expect(new Set(refused.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(refused[0]?.status).toBe(client.dialect === 'indee' ? 401 : 400);
    expect(stage.provider.count('token')).toBe(1);
    expect(difference(await countRows(), before)).toMatchObject({ sessions: 0, logins: 1, successes: 0, failures: 1 });
  });

  test('ST-10 two tabs, finished in reverse order', async () => {
    const [first, second] = [await begin(client), await begin(client)];
    const results: unknown[] = [];
    for (const { started, returned } of [second, first]) {
      results.push(await read(await stage.world.fetch(...client.callback(stage, started, returned))));
    }
    expect(JSON.stringify(results[0])).not.toBe(JSON.stringify(results[1]));
  });
});

test('a person who signs in for the first time in eight tabs at once is one user', async () => {
  const client = CLIENTS[0];
  stage.provider.script.user = { sub: 'twice', email: 'twice@acme.test', email_verified: true };
  const before = await countRows();
  const logins = await Promise.all(Array.from({ length: 8 }, () => begin(client)));
  await Promise.all(
    logins.map(async ({ started, returned }, index) => {
      const { fetch } = index % 2 ? stage.replica : stage.world;
      await read(await fetch(...client.callback(stage, started, returned)));
    }),
  );
  expect(difference(await countRows(), before)).toMatchObject({ users: 1, identities: 1, memberships: 1, sessions: 8 });
});
