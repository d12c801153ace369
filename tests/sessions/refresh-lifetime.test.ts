/** How long Indee's refresh token lives: the organization's shortest and longest, `extended_expiry`, and what caps both (RT-17). */
import { afterEach, describe, expect, test } from 'bun:test';
import { applivery, CLIENTS, indee, signIn, type Tokens, visitProvider } from '#tests/hostile/clients.ts';
import { claimsOf, sessionOf } from '#tests/hostile/pairs.ts';
import { openReplica } from '#tests/hostile/replica.ts';
import { openStage, type Stage, type StageOptions } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

let stage: Stage;
afterEach(() => stage?.close());

async function login(extended: boolean): Promise<Tokens> {
  const started = await indee.start(stage);
  const returned = await visitProvider(stage, started);
  const [path, init] = indee.callback(stage, started, returned, extended ? { extended_expiry: true } : {});
  return indee.tokensOf(await read(await stage.world.fetch(path, init)));
}

/** Seconds from now to the end of the refresh token and to that of the session's row. */
async function livesOf(tokens: Tokens): Promise<{ token: number; session: number }> {
  const [row] = await stage.world.sql`select expires_at from sessions where id = ${sessionOf(tokens)}`;
  const now = stage.world.clock.now().getTime() / 1000;
  const { exp } = claimsOf({ access: tokens.refresh ?? tokens.access });
  return { token: exp - now, session: Number(row?.['expires_at']) / 1000 - now };
}

async function expectLife(tokens: Tokens, seconds: number): Promise<void> {
  const { token, session } = await livesOf(tokens);
  for (const life of [token, session]) {
    expect(life).toBeLessThanOrEqual(seconds + 1);
    expect(life).toBeGreaterThan(seconds - 30);
  }
}

const CASES: readonly {
  readonly name: string;
  readonly organization: StageOptions['organization'];
  readonly usual: number;
  readonly extended: number;
}[] = [
  { name: 'nothing said', organization: {}, usual: DAY, extended: DAY },
  {
    name: 'a longest below the usual',
    organization: { refreshLifetime: { maxSeconds: HOUR } },
    usual: HOUR,
    extended: HOUR,
  },
  {
    name: 'a longest above it',
    organization: { refreshLifetime: { maxSeconds: 7 * DAY } },
    usual: DAY,
    extended: 7 * DAY,
  },
  {
    name: 'a shortest above it',
    organization: { refreshLifetime: { minSeconds: 2 * DAY } },
    usual: 2 * DAY,
    extended: 2 * DAY,
  },
  {
    name: 'a life of its own between both',
    organization: {
      refreshLifetime: { minSeconds: HOUR, maxSeconds: 7 * DAY },
      sessionLifetimes: { indee: { absoluteSeconds: 2 * HOUR } },
    },
    usual: 2 * HOUR,
    extended: 7 * DAY,
  },
  {
    name: 'a life of its own below the shortest',
    organization: {
      refreshLifetime: { minSeconds: 3 * HOUR, maxSeconds: 7 * DAY },
      sessionLifetimes: { indee: { absoluteSeconds: HOUR } },
    },
    usual: 3 * HOUR,
    extended: 7 * DAY,
  },
];

test.each([...CASES])('$name', async ({ organization, usual, extended }) => {
  stage = await openStage({ organization: organization ?? {} });
  await expectLife(await login(false), usual);
  await expectLife(await login(true), extended);
});

describe('the provider’s end', () => {
  test.each([...CLIENTS])('caps $dialect, extended or not: session, refresh token and access token', async (client) => {
    stage = await openStage({ organization: { refreshLifetime: { minSeconds: DAY, maxSeconds: 7 * DAY } } });
    const end = Math.floor(Date.now() / 1000) + 300;
    stage.provider.script.idToken.claims = { session_expiry: end };
    const all = [await signIn(stage, client), ...(client === indee ? [await login(true)] : [])];
    for (const tokens of all) {
      const [row] = await stage.world.sql`select expires_at from sessions where id = ${sessionOf(tokens)}`;
      expect(Number(row?.['expires_at'])).toBeLessThanOrEqual(end * 1000);
      expect(claimsOf(tokens).exp).toBeLessThanOrEqual(end);
      if (client === indee) expect(claimsOf({ access: tokens.refresh ?? '' }).exp).toBeLessThanOrEqual(end);
      expect(await client.use(stage.replica.fetch, stage, tokens)).toBe(200);
    }
    stage.world.clock.moveBy(301);
    for (const tokens of all) expect(await client.use(stage.replica.fetch, stage, tokens)).toBe(401);
  });

  test.each([-25, 25])('is the provider’s also by a clock that is %d s off', async (skewSeconds) => {
    stage = await openStage();
    const skewed = await openReplica(stage, { skewSeconds });
    try {
      const end = Math.floor(Date.now() / 1000) + 600;
      stage.provider.script.idToken.claims = { session_expiry: end };
      const started = await applivery.start(stage);
      const callback = applivery.callback(stage, started, await visitProvider(stage, started));
      const tokens = applivery.tokensOf(await read(await skewed.fetch(...callback)));
      const [row] = await stage.world.sql`select expires_at from sessions where id = ${sessionOf(tokens)}`;
      expect(Number(row?.['expires_at'])).toBeLessThanOrEqual(end * 1000);
    } finally {
      await skewed.close();
    }
  });
});
