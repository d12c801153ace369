/**
 * A logout that overtakes a login: the provider ends its session while the login of that session is between the
 * redemption of its code and its row (RT-17). The logout is not lost, and the next login is not hindered.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { generateKey } from '#dev/scripted-keys.ts';
import type { Endpoint } from '#dev/scripted-script.ts';
import type { LogoutSubject } from '#dev/scripted-token.ts';
import { digest } from '#ports/keys/random.ts';
import { connectionId, logoutToken, post } from '#tests/hostile/back-channel.ts';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, CLIENTS, type Client, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { ADA, openStage, type Stage } from '#tests/hostile/stage.ts';

let stage: Stage;
let acme: string;
beforeAll(async () => {
  stage = await openStage();
  acme = await connectionId(stage);
});
beforeEach(() => {
  stage.honest();
  stage.provider.script.user = { ...ADA, sid: 'session-1' };
  // no claim that the ID token leaves open: userinfo is asked, and answers last
  stage.provider.script.idToken.claims = { email: undefined };
});
afterAll(() => stage?.close());

/** A login in which the provider sends `subject`'s logout before it answers at `endpoint`. */
async function overtaken(client: Client, endpoint: Endpoint, subject: Partial<LogoutSubject>): Promise<Response> {
  const started = await client.start(stage);
  const returned = await visitProvider(stage, started);
  stage.provider.script.meanwhile[endpoint] = async () => {
    const answer = await post(stage.replica.fetch, acme, logoutToken(stage, subject));
    expect(answer.status).toBe(200);
  };
  const answer = await stage.world.fetch(...client.callback(stage, started, returned));
  expect(stage.provider.count(endpoint)).toBeGreaterThan(0);
  stage.provider.script.meanwhile = {};
  return answer;
}

async function countSessions(): Promise<number> {
  const [row] = await stage.world.sql`select count(*)::int as count from sessions`;
  return row?.['count'];
}

describe.each([...CLIENTS])('$dialect', (client) => {
  const meant: [string, Endpoint, Partial<LogoutSubject>][] = [
    ['of the session, while the code is exchanged', 'token', { sid: 'session-1' }],
    ['of the person, while the code is exchanged', 'token', { sub: 'ada-1815' }],
    ['of the session of the person, while userinfo is read', 'userinfo', { sub: 'ada-1815', sid: 'session-1' }],
  ];
  test.each(meant)('a logout %s', async (_, endpoint, subject) => {
    const before = await countSessions();
    const answer = await overtaken(client, endpoint, subject);
    expect(answer.status).toBeOneOf([400, 401]);
    expect(await countSessions()).toBe(before);
    const [login] = await stage.world.sql`select reason, outcome from logins
      where request_id = ${answer.headers.get('request-id')}`;
    expect(login).toEqual({ reason: 'provider_session_ended', outcome: 'failed' });
    await expectNoSecrets(stage);

    // the person signs in again within the same session of the provider, and is in
    expect(await client.use(stage.replica.fetch, stage, await signIn(stage, client))).toBe(200);
  });

  test.each<[string, Partial<LogoutSubject>]>([
    ['another session', { sid: 'session-2' }],
    ['another session of the person', { sub: 'ada-1815', sid: 'session-2' }],
    ['somebody else', { sub: 'grace' }],
  ])('a logout of %s hinders nobody', async (_, subject) => {
    const answer = await overtaken(client, 'token', subject);
    expect(answer.status).toBe(200);
    const tokens = client.tokensOf(await answer.json());
    expect(await client.use(stage.replica.fetch, stage, tokens)).toBe(200);
  });
});

test.each([...CLIENTS])(
  '$dialect: a code of a session that the provider ended before it was redeemed',
  async (client) => {
    const comeWithCode = async (subject: Partial<LogoutSubject>) => {
      const started = await client.start(stage);
      const returned = await visitProvider(stage, started);
      expect((await post(stage.replica.fetch, acme, logoutToken(stage, subject))).status).toBe(200);
      return stage.world.fetch(...client.callback(stage, started, returned));
    };
    const before = await countSessions();
    for (const subject of [{ sid: 'session-1' }, { sub: 'ada-1815', sid: 'session-1' }])
      expect((await comeWithCode(subject)).status).toBeOneOf([400, 401]);
    expect(await countSessions()).toBe(before);
    // a login that was started after it, within the same session; and what the logout does not mean
    expect(await client.use(stage.replica.fetch, stage, await signIn(stage, client))).toBe(200);
    for (const subject of [{ sid: 'session-2' }, { sub: 'ada-1815', sid: 'session-2' }, { sub: 'grace' }])
      expect((await comeWithCode(subject)).status).toBe(200);
  },
);
test.each<[string, Partial<LogoutSubject>]>([
  ['of the session', { sid: 'session-1' }],
  ['of the person', { sub: 'ada-1815' }],
  ['of the session of the person', { sub: 'ada-1815', sid: 'session-1' }],
])('RT-17 a logout %s while the session is being written: when both are answered it is over', async (_, subject) => {
  const client = applivery;
  await signIn(stage, client);
  const started = await client.start(stage);
  const callback = client.callback(stage, started, await visitProvider(stage, started));
  const before = await countLogouts();
  const { login, logout } = await stage.world.sql.begin(async (transaction) => {
    // the login's last statement has begun, and waits for the person's row: neither sees the other
    await transaction`select 1 from users where email = 'ada@acme.test' for update`;
    const writing = stage.world.fetch(...callback);
    await untilOneWaits();
    const leaving = post(stage.replica.fetch, acme, logoutToken(stage, subject));
    await until(async () => (await countLogouts()) > before);
    return { login: writing, logout: leaving };
  });
  expect((await logout).status).toBe(200);
  const answer = await login;
  expect(answer.status).toBe(200);
  expect(await client.use(stage.replica.fetch, stage, client.tokensOf(await answer.json()))).toBe(401);
});

test('a logout whose server died before it looked again: the provider’s repeat is refused, and ends what it meant', async () => {
  const tokens = await signIn(stage, applivery);
  const token = logoutToken(stage, { sub: 'ada-1815' }, { claims: { jti: 'taken' } });
  await stage.world.sql`insert into provider_logouts (id, connection_id, message_digest, key, received_at, expires_at)
    values ('taken', ${acme}, ${await digest('taken')}, 'sub:ada-1815', now(), now() + interval '1 hour')`;
  expect(await applivery.use(stage.replica.fetch, stage, tokens)).toBe(200);
  expect((await post(stage.replica.fetch, acme, token)).status).toBe(400);
  expect(await applivery.use(stage.replica.fetch, stage, tokens)).toBe(401);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await Bun.sleep(5);
}
const untilOneWaits = () =>
  until(async () => {
    const waiting = await stage.world.sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like 'with request as materialized%'`;
    return waiting.length > 0;
  });
async function countLogouts(): Promise<number> {
  const [row] = await stage.world
    .sql`select count(distinct split_part(message_digest, ':', 1))::int as count from provider_logouts`;
  return row?.['count'];
}

test('a logout of a session of the person, where the login does not tell its session', async () => {
  stage.provider.script.user = { ...ADA };
  const before = await countSessions();
  const answer = await overtaken(applivery, 'token', { sub: 'ada-1815', sid: 'session-1' });
  expect(answer.status).toBe(400);
  expect(await countSessions()).toBe(before);
  expect((await overtaken(applivery, 'token', { sub: 'grace', sid: 'session-1' })).status).toBe(200);
});

test('JK-03 what strangers post does not keep a login from looking for a new key', async () => {
  await signIn(stage, applivery);
  stage.world.clock.moveBy(60);
  const forged = logoutToken(stage, undefined, { key: generateKey('RS256') });
  const before = stage.provider.count('jwks');
  for (let attempt = 0; attempt < 5; attempt++) expect((await post(stage.world.fetch, acme, forged)).status).toBe(400);
  expect(stage.provider.count('jwks') - before).toBe(1);
  stage.provider.keys.rotate();
  await signIn(stage, applivery);
  expect(stage.provider.count('jwks') - before).toBe(2);
});
