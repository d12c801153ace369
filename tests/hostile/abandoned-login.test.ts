/** A login whose server died after consuming its request is explained, once; one that was only slow has one outcome too (FI-14). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { matchCallback } from '#core/callback-match.ts';
import { Checks } from '#core/checks.ts';
import { completeLogin } from '#core/login-completion.ts';
import type { SsoError } from '#error';
import { claimAuthenticationRequest } from '#ports/db/authentication-requests.ts';
import { settle } from '#ports/db/housekeeping.ts';
import { digest } from '#ports/keys/random.ts';
import { pastTriggers } from '#tests/audit/append-only.ts';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, CLIENTS, type Client, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { expectWire } from '#tests/hostile/wire.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  stage.honest();
  await pastTriggers(
    stage.world.sql,
    (query) => query`truncate authentication_requests, sessions, logins, audit_events cascade`,
  );
});
afterAll(() => stage?.close());

async function outcome() {
  const { sql } = stage.world;
  const [request] = await sql`select reason, finished_at is not null as finished, sealed_answer is not null as answered
    from authentication_requests`;
  const logins = await sql`select outcome, reason, dialect from logins`;
  const audit = await sql`select action, reason from audit_events`;
  const [sessions] = await sql`select count(*)::int as count from sessions`;
  return { request, logins: [...logins], audit: [...audit], sessions: sessions?.['count'] };
}

const unfinished = { request: { reason: null, finished: false, answered: false }, logins: [], audit: [], sessions: 0 };
const abandoned = (dialect: string) => ({
  request: { reason: 'login_abandoned', finished: true, answered: false },
  logins: [{ outcome: 'failed', reason: 'login_abandoned', dialect }],
  audit: [{ action: 'login.failure', reason: 'login_abandoned' }],
  sessions: 0,
});
const succeeded = (dialect: string) => ({
  request: { reason: null, finished: true, answered: true },
  logins: [{ outcome: 'succeeded', reason: null, dialect }],
  audit: [{ action: 'login.success', reason: null }],
  sessions: 1,
});

async function begin(client: Client) {
  const started = await client.start(stage);
  const returned = await visitProvider(stage, started);
  const post = (extra?: Record<string, unknown>) =>
    stage.world.fetch(...client.callback(stage, started, returned, extra));
  return post;
}

/** What a server leaves that dies while it waits for the identity provider. */
async function dieMidway(client: Client) {
  const post = await begin(client);
  expect((await post()).status).toBeLessThan(300);
  const { sql } = stage.world;
  await sql`update authentication_requests set finished_at = null, sealed_answer = null`;
  await pastTriggers(sql, (query) => query`truncate sessions, logins, audit_events cascade`);
  return post;
}

describe.each([...CLIENTS])('$dialect:', (client) => {
  test('a dead server’s login is refused after a minute, once, and its client is told', async () => {
    const post = await dieMidway(client);
    stage.world.clock.moveBy(55);
    await settle(stage.world.ports);
    expect(await outcome()).toEqual(unfinished);
    stage.world.clock.moveBy(6);
    await Promise.all([stage.world, stage.replica, stage.world].map(({ ports }) => settle(ports)));
    await settle(stage.world.ports);
    expect(await outcome()).toEqual(abandoned(client.dialect));
    const [trace] = await stage.world
      .sql`select l.*, r.id as request, e.organization_id as audited, e.target_id, e.details
      from logins l, authentication_requests r, audit_events e`;
    const [connection] = await stage.world.sql`select c.id, o.id as organization from connections c
      join organizations o on o.id = c.organization_id where o.slug = 'acme'`;
    expect(trace).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      authentication_request_id: trace?.['request'],
      organization_id: connection?.['organization'],
      connection_id: connection?.['id'],
      audited: connection?.['organization'],
      target_id: connection?.['id'],
      details: { loginId: trace?.['id'] },
    });
    await expectWire(await post(), client.dialect, 'login_abandoned');
    expect(await outcome()).toEqual(abandoned(client.dialect));
    await expectNoSecrets(stage);
  });
});

test('a repeat settles it as soon as its time is over, which another callback does not', async () => {
  const post = await dieMidway(applivery);
  stage.world.clock.moveBy(21);
  await expectWire(await post({ code: 'another' }), 'applivery', 'state_consumed');
  expect(await outcome()).toMatchObject({ request: unfinished.request });
  await pastTriggers(stage.world.sql, (query) => query`truncate logins, audit_events`);
  const counted = await abandonedLogins();
  await expectWire(await post(), 'applivery', 'login_abandoned');
  expect(await abandonedLogins()).toBe(counted + 1);
  expect(await outcome()).toEqual(abandoned('applivery'));
  await settle(stage.replica.ports);
  await expectWire(await post(), 'applivery', 'login_abandoned');
  expect(await abandonedLogins()).toBe(counted + 1);
  expect(await outcome()).toEqual(abandoned('applivery'));
});

/** As the metrics count them. */
async function abandonedLogins(): Promise<number> {
  const text = await (await stage.world.fetch('/metrics')).text();
  const lines = text.split('\n').filter((line) => line.includes('login_abandoned'));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

test('another callback with that state learns nothing of it', async () => {
  const post = await dieMidway(applivery);
  stage.world.clock.moveBy(61);
  await settle(stage.world.ports);
  await expectWire(await post({ code: 'another' }), 'applivery', 'state_consumed');
});

test('a login that is slower than that is refused, and leaves no session', async () => {
  const post = await begin(applivery);
  const counted = await abandonedLogins();
  const exchanges = stage.provider.count('token');
  stage.provider.script.answers.token = { delayMs: 300 };
  const answer = post();
  while (stage.provider.count('token') === exchanges) await Bun.sleep(5);
  stage.world.clock.moveBy(61);
  await settle(stage.replica.ports);
  await expectWire(await answer, 'applivery', 'login_abandoned');
  expect(await outcome()).toEqual(abandoned('applivery'));
  // by whoever settled it, and not once more
  expect(await abandonedLogins()).toBe(counted);
});

test('a login that fails only after it was given up is told what its repeats were told', async () => {
  const post = await begin(applivery);
  const exchanges = stage.provider.count('token');
  stage.provider.script.answers.token = { delayMs: 300, status: 400, body: '{"error":"invalid_grant"}' };
  const answer = post();
  while (stage.provider.count('token') === exchanges) await Bun.sleep(5);
  stage.world.clock.moveBy(61);
  await settle(stage.replica.ports);
  await expectWire(await answer, 'applivery', 'login_abandoned');
  expect(await outcome()).toEqual(abandoned('applivery'));
  // and in time it is told what it is
  stage.provider.script.answers.token = { ...stage.provider.script.answers.token, delayMs: 0 };
  await expectWire(await (await begin(applivery))(), 'applivery', 'code_exchange_failed');
});

test('a provider that takes its time at every step is given up before the clients give up', async () => {
  stage.provider.script.answers.token = { delayMs: 300 };
  const { ports } = stage.world;
  const origin = { address: null, userAgent: null, requestId: 'a'.repeat(24) };
  const finish = async (secondsAgo: number) => {
    const { state, code } = await visitProvider(stage, await applivery.start(stage));
    const parameters = { callbackDigest: 'x', apiKeyDigest: null, repeatSeconds: 60 };
    const claim = await claimAuthenticationRequest(ports.db, { ...parameters, stateDigest: await digest(state ?? '') });
    const callback = { dialect: 'applivery', origin, state, code } as const;
    const attempt = { callback, claim, checks: new Checks(), startedAt: performance.now() - secondsAgo * 1000 };
    const issued = completeLogin(ports, attempt, await matchCallback(ports, attempt));
    return issued.then(
      () => 'issued',
      (error: SsoError) => [error.code, attempt.checks.entries.at(-1)?.name],
    );
  };
  expect(await finish(14.9)).toEqual(['idp_timeout', 'provider.inTime']);
  expect(await finish(0)).toBe('issued');
});

/** Resolves when so many statements wait for a lock. */
async function waitFor(count: number): Promise<void> {
  for (let waiting = 0; waiting < count; await Bun.sleep(5)) {
    const [row] = await stage.replica.sql`select count(distinct pid)::int as waiting from pg_locks where not granted
      and pid in (select pid from pg_stat_activity where datname = current_database())`;
    waiting = row?.['waiting'];
  }
}

test('a login that is being written when it is given up is a success', async () => {
  await signIn(stage, applivery);
  await pastTriggers(
    stage.world.sql,
    (query) => query`truncate authentication_requests, sessions, logins, audit_events cascade`,
  );
  const post = await begin(applivery);
  const { sent, settling } = await stage.world.sql.begin(async (transaction) => {
    await transaction`select 1 from users for update`;
    const answer = post();
    await waitFor(1);
    stage.world.clock.moveBy(61);
    await settle(stage.replica.ports);
    return { sent: answer, settling: await outcome() };
  });
  expect(settling).toEqual(unfinished);
  expect((await sent).status).toBe(200);
  expect(await outcome()).toEqual(succeeded('applivery'));
});

test('a login that is given up when it is about to be written is a refusal', async () => {
  const post = await begin(applivery);
  stage.provider.script.answers.token = { delayMs: 100 };
  const exchanges = stage.provider.count('token');
  const sent = await stage.world.sql.begin(async (transaction) => {
    const answer = post();
    while (stage.provider.count('token') === exchanges) await Bun.sleep(5);
    // as the sweep does it, not committed yet
    await transaction`update authentication_requests set reason = 'login_abandoned', finished_at = now()`;
    await waitFor(1);
    return { answer };
  });
  await expectWire(await sent.answer, 'applivery', 'login_abandoned');
  expect(await outcome()).toMatchObject({ request: { reason: 'login_abandoned' }, logins: [], audit: [], sessions: 0 });
});
