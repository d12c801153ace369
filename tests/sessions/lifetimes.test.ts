/** How long sessions and tokens live: per dialect and organization, capped by connection and provider (TK-02, TK-09, TK-13, RT-15, RT-17). */
import { afterEach, describe, expect, test } from 'bun:test';
import { rotateSigningKeys } from '#core/signing-keys.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import { LEAD_SECONDS, maintainSigningKeys } from '#ports/keys/rotation.ts';
import {
  applivery,
  bearer,
  CLIENTS,
  type Client,
  pria,
  signIn,
  type Tokens,
  visitProvider,
} from '#tests/hostile/clients.ts';
import { asPair, claimsOf, refusalOf, rotate, STALE, sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage, type StageOptions } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

let stage: Stage;
afterEach(() => stage?.close());

/** Indee shows its session by a renewal, and so keeps it in use; the others by a read. */
const uses = (client: Client, tokens: Tokens) => client.use(stage.replica.fetch, stage, tokens);

/** Uses the session every so often: access tokens are renewed the dialect's way. */
async function keepUsing(client: Client, tokens: Tokens, everySeconds: number, times: number): Promise<Tokens> {
  let kept = tokens;
  for (let time = 0; time < times; time++) {
    stage.world.clock.moveBy(everySeconds);
    if (client === applivery) kept = await rotate(stage, asPair(kept));
    else if (client === pria) kept = await slide(kept);
    else expect(await uses(client, kept)).toBe(200);
  }
  return kept;
}

async function slide({ access }: Tokens): Promise<Tokens> {
  const init = { method: 'POST', headers: { 'x-access-token': access } };
  return { access: (await read(await stage.world.fetch('/api/user/refresh/profile', init))).token };
}

const lifetimes = (idleSeconds: number, absoluteSeconds: number): StageOptions => {
  const lifetime = { idleSeconds, absoluteSeconds };
  return { organization: { sessionLifetimes: { applivery: lifetime, indee: lifetime, pria: lifetime } } };
};

describe.each([...CLIENTS])('TK-09 over $dialect', (client) => {
  test('a session that is not used for as long as the organization says has expired', async () => {
    stage = await openStage(lifetimes(30 * MINUTE, 12 * HOUR));
    const used = await keepUsing(client, await signIn(stage, client), 25 * MINUTE, 3);
    expect(await uses(client, used)).toBe(200);
    stage.world.clock.moveBy(30 * MINUTE + 1);
    expect(await uses(client, used)).toBe(401);
    if (client === applivery) expect(await refusalOf(stage.world.fetch, asPair(used))).toEqual(STALE);
    expect(await uses(client, await signIn(stage, client))).toBe(200);
  });

  test('however often it is used, its absolute end comes', async () => {
    stage = await openStage(lifetimes(30 * MINUTE, 2 * HOUR));
    const tokens = await keepUsing(client, await signIn(stage, client), 20 * MINUTE, 5);
    const used = await keepUsing(client, tokens, 19 * MINUTE, 1);
    expect(await uses(client, used)).toBe(200);
    stage.world.clock.moveBy(MINUTE + 1);
    expect(await uses(client, used)).toBe(401);
  });

  test('without a word of the organization the configuration counts', async () => {
    stage = await openStage({
      environment: {
        APPLIVERY_REFRESH_IDLE_SECONDS: '600',
        INDEE_IDLE_SECONDS: '600',
        PRIA_IDLE_SECONDS: '600',
      },
    });
    const tokens = await keepUsing(client, await signIn(stage, client), 9 * MINUTE, 2);
    expect(await uses(client, tokens)).toBe(200);
    stage.world.clock.moveBy(10 * MINUTE + 1);
    expect(await uses(client, tokens)).toBe(401);
  });
});

describe('RT-17 the provider’s session', () => {
  const asserted = async (claims: Overrides) => {
    stage = await openStage();
    stage.provider.script.idToken.claims = claims;
    return asPair(await signIn(stage, applivery));
  };
  const now = () => Math.floor(Date.now() / 1000);

  test('ends ours where the ID token says when (session_expiry)', async () => {
    let pair = await asserted({ session_expiry: now() + 2 * HOUR });
    stage.world.clock.moveBy(2 * HOUR - MINUTE);
    pair = await rotate(stage, pair);
    expect(await uses(applivery, pair)).toBe(200);
    expect(claimsOf(pair).exp).toBeLessThanOrEqual(now() + 2 * HOUR + 5);
    stage.world.clock.moveBy(2 * MINUTE);
    expect(await uses(applivery, pair)).toBe(401);
    expect(await refusalOf(stage.world.fetch, pair)).toEqual(STALE);
  });

  test('that is over already lets nobody in', async () => {
    stage = await openStage();
    const started = await applivery.start(stage);
    stage.provider.script.idToken.claims = { session_expiry: now() - 1 };
    const returned = await visitProvider(stage, started);
    const answer = await stage.world.fetch(...applivery.callback(stage, started, returned));
    expect(answer.status).toBe(400);
    const [trace] = await stage.world.sql`select reason, checks from logins where outcome = 'failed'`;
    expect(trace).toMatchObject({ reason: 'reauth_required' });
    expect(trace?.['checks'].at(-1)).toMatchObject({ name: 'session.notOver', outcome: 'failed' });
    stage.honest();
    expect(await uses(applivery, await signIn(stage, applivery))).toBe(200);
  });
});

describe('a connection’s longest session', () => {
  test('counts from the sign-in at the provider, which is asked for one as recent', async () => {
    stage = await openStage({ connection: { maxSessionSeconds: HOUR } });
    const started = await applivery.start(stage);
    expect(started.url.searchParams.get('max_age')).toBe(String(HOUR));
    stage.provider.script.idToken.claims = { auth_time: Math.floor(Date.now() / 1000) - 20 * MINUTE };
    const answer = await stage.world.fetch(...applivery.callback(stage, started, await visitProvider(stage, started)));
    let pair = asPair(applivery.tokensOf(await read(answer)));
    stage.world.clock.moveBy(39 * MINUTE);
    pair = await rotate(stage, pair);
    expect(await uses(applivery, pair)).toBe(200);
    stage.world.clock.moveBy(MINUTE + 5);
    expect(await uses(applivery, pair)).toBe(401);
  });

  test('counts from the login where the provider does not say', async () => {
    stage = await openStage({ connection: { maxSessionSeconds: HOUR } });
    stage.provider.script.idToken.claims = { auth_time: undefined };
    const pair = asPair(await signIn(stage, applivery));
    stage.world.clock.moveBy(HOUR - MINUTE);
    const last = await rotate(stage, pair);
    stage.world.clock.moveBy(MINUTE + 5);
    expect(await uses(applivery, last)).toBe(401);
  });
});

test('access tokens live up to a twentieth less, each its own, and never longer', async () => {
  stage = await openStage();
  const lives: number[] = [];
  let pair = asPair(await signIn(stage, applivery));
  for (let step = 0; step < 40; step++) {
    pair = await rotate(stage, pair);
    const { exp, iat } = claimsOf(pair);
    lives.push(exp - iat);
  }
  // `iat` is the second that the token was signed in
  expect(Math.max(...lives)).toBeLessThanOrEqual(15 * MINUTE);
  expect(Math.min(...lives)).toBeGreaterThanOrEqual(0.95 * 15 * MINUTE - 1);
  expect(new Set(lives).size).toBeGreaterThan(10);
});

describe('TK-13 a user’s most sessions', () => {
  test('beyond them the oldest ends, which is audited; other organizations and users have their own', async () => {
    stage = await openStage({ environment: { SESSIONS_PER_USER: '3' } });
    stage.provider.script.user = { sub: 'grace-1906', email: 'grace@acme.test', email_verified: true };
    const other = await signIn(stage, applivery, 'grace@acme.test');
    stage.honest();
    const all: Tokens[] = [];
    for (let login = 0; login < 5; login++) {
      all.push(await signIn(stage, applivery));
      stage.world.clock.moveBy(2);
    }
    const states = await Promise.all(all.map((tokens) => uses(applivery, tokens)));
    expect(states).toEqual([401, 401, 200, 200, 200]);
    expect(await uses(applivery, other)).toBe(200);
    const audit = await stage.world
      .sql`select target_id, action, actor_type from audit_events where reason = 'session_limit' order by created_at`;
    expect([...audit]).toEqual(
      all
        .slice(0, 2)
        .map((tokens) => ({ target_id: sessionOf(tokens), action: 'session.ended', actor_type: 'system' })),
    );
  });

  test('sessions that are over don’t count, and 0 is no limit', async () => {
    stage = await openStage({ environment: { SESSIONS_PER_USER: '2' } });
    const [kept, left] = [await signIn(stage, applivery), await signIn(stage, applivery)];
    await stage.world.fetch('/v1/auth/logout', { method: 'POST', headers: bearer(left.access) });
    await signIn(stage, applivery);
    expect(await uses(applivery, kept)).toBe(200);
    await stage.close();
    stage = await openStage({ environment: { SESSIONS_PER_USER: '0' } });
    const many = await Promise.all(Array.from({ length: 4 }, () => signIn(stage, applivery)));
    for (const tokens of many) expect(await uses(applivery, tokens)).toBe(200);
  });
});

test('what the file says of lifetimes is checked, kept and cleared', async () => {
  stage = await openStage(lifetimes(30 * MINUTE, HOUR));
  const refused = stage.world.apply({
    organizations: [{ slug: 'acme', name: 'Acme', sessionLifetimes: { pria: { idleSeconds: 299 } } }],
  });
  await expect(refused).rejects.toThrow('/organizations/0/sessionLifetimes/pria/idleSeconds');
  await stage.world.apply({ organizations: [{ slug: 'acme', name: 'Acme', sessionLifetimes: {} }] });
  const tokens = await signIn(stage, pria);
  stage.world.clock.moveBy(2 * HOUR);
  expect(await uses(pria, tokens)).toBe(200);
});

test('a session outlives the key that signed for it, also when lifetimes are shortened meanwhile', async () => {
  stage = await openStage(lifetimes(60 * 24 * HOUR, 60 * 24 * HOUR));
  const { ports, clock, sql } = stage.world;
  const tokens = await signIn(stage, applivery);
  await sql`update organizations set session_lifetimes = '{}'`;
  clock.moveBy(HOUR);
  const { retired } = await rotateSigningKeys(ports, 'force');
  clock.moveBy(40 * 24 * HOUR);
  await maintainSigningKeys(ports);
  await rotate(stage, asPair(tokens));
  clock.moveBy(20 * 24 * HOUR + LEAD_SECONDS);
  await maintainSigningKeys(ports);
  const [kept] = await sql`select count(*)::int as count from signing_keys where id = any(${[...retired]})`;
  expect(kept?.['count']).toBe(0);
});
