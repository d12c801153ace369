/** PR-07: each kind of row, a second before and a second after its time. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { settle, sweep } from '#ports/db/housekeeping.ts';
import { applivery, signIn } from '#tests/hostile/clients.ts';
import { asPair, refusalOf, rotate, STALE, sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';

const DAY = 86_400;
const EDGE = 2;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const run = () => sweep(stage.world.ports);

/** A row whose column `at` lies so many seconds back, by the moved clock. */
interface Kind {
  readonly name: string;
  readonly seconds: number;
  readonly plant: (id: string, at: string) => string;
  /** True while it is there, or not blanked. */
  readonly stays: string;
}

const OWNER = `(select c.id from connections c join organizations o on o.id = c.organization_id where o.slug = 'acme')`;
const ORGANIZATION = `(select id from organizations where slug = 'acme')`;
const request = (columns: string, values: string) => (id: string, at: string) =>
  `insert into authentication_requests (id, state_digest, sealed_nonce, sealed_code_verifier, connection_id, connection_version,
    organization_id, dialect, redirect_uri, expires_at${columns}) values ('${id}', '${id}', '', '', ${OWNER}, 1, ${ORGANIZATION}, 'pria', '',
    ${values.replaceAll('AT', at)})`;
const session = (columns: string, values: string) => (id: string, at: string) =>
  `insert into sessions (id, user_id, organization_id, connection_id, dialect, target, expires_at${columns})
    select '${id}', u.id, ${ORGANIZATION}, ${OWNER}, 'pria', 'dashboard', ${values.replaceAll('AT', at)} from users u`;
const token = (columns: string, values: string) => (id: string, at: string) =>
  `insert into refresh_tokens (id, session_id, token_digest, access_token_id, expires_at${columns})
    select '${id}', s.id, '${id}', '', ${values.replaceAll('AT', at)} from sessions s limit 1`;
const there = (table: string) => `exists (select 1 from ${table} where id = 'ID')`;
const filled = (table: string, column: string) =>
  `exists (select 1 from ${table} where id = 'ID' and ${column} is not null)`;

const KINDS: readonly Kind[] = [
  {
    name: 'the sealed answer of a login: the repeat window',
    seconds: 60,
    plant: request(', consumed_at, finished_at, sealed_answer', `'2100-01-01', AT, AT, 'x'`),
    stays: filled('authentication_requests', 'sealed_answer'),
  },
  {
    name: 'sealed claims: the life of their code',
    seconds: 0,
    plant: request(', code_expires_at, sealed_claims', `'2100-01-01', AT, 'x'`),
    stays: filled('authentication_requests', 'sealed_claims'),
  },
  {
    name: 'a started login: an hour after its time',
    seconds: 3_600,
    plant: request('', 'AT'),
    stays: there('authentication_requests'),
  },
  {
    name: 'an assertion that was used: its own time',
    seconds: 0,
    plant: (id, at) => `insert into saml_replays values (${OWNER}, '${id}', ${at})`,
    stays: `exists (select 1 from saml_replays where assertion_digest = 'ID')`,
  },
  {
    name: 'a provider’s logout: its own time',
    seconds: 0,
    plant: (id, at) => `insert into provider_logouts (id, connection_id, message_digest, key, expires_at)
      values ('${id}', ${OWNER}, '${id}', 'sid:none', ${at})`,
    stays: there('provider_logouts'),
  },
  {
    name: 'a sealed successor: the grace',
    seconds: 10,
    plant: token(', rotated_at, sealed_successor', `'2100-01-01', AT, 'x'`),
    stays: filled('refresh_tokens', 'sealed_successor'),
  },
  {
    name: 'a spent refresh token: its own life',
    seconds: 0,
    plant: token(', rotated_at', `AT, '2020-01-01'`),
    stays: there('refresh_tokens'),
  },
  {
    name: 'the ID token of a session that ended',
    seconds: 300,
    plant: session(', revoked_at, sealed_id_token', `'2100-01-01', AT, 'x'`),
    stays: filled('sessions', 'sealed_id_token'),
  },
  {
    name: 'the ID token of a session that expired',
    seconds: 300,
    plant: session(', sealed_id_token', `AT, 'x'`),
    stays: filled('sessions', 'sealed_id_token'),
  },
  {
    name: 'a session: 30 days after its end',
    seconds: 30 * DAY,
    plant: session('', 'AT'),
    stays: there('sessions'),
  },
  {
    name: 'a login trace: 30 days',
    seconds: 30 * DAY,
    plant: (id, at) =>
      `insert into logins (id, outcome, checks, duration_ms, created_at) values ('${id}', 'failed', '[]', 0, ${at})`,
    stays: there('logins'),
  },
];

describe('goes when its time is over and not before:', () => {
  beforeAll(() => signIn(stage, applivery));

  test.each([...KINDS])('$name', async ({ name, seconds, plant, stays }) => {
    const { sql, clock } = stage.world;
    const id = String(KINDS.findIndex((kind) => kind.name === name)).padStart(24, '0');
    const isThere = async () => (await sql.unsafe(`select ${stays.replaceAll('ID', id)} as stays`))[0]?.['stays'];
    const at = `now() + interval '1 second' * ${clock.offsetSeconds - seconds + EDGE + 1}`;
    await sql.unsafe(plant(id, at));
    await run();
    expect(await isThere()).toBe(true);
    clock.moveBy(2 * EDGE);
    await run();
    expect(await isThere()).toBe(false);
  });
});

test('a session of many refresh tokens goes without a statement that removes them all', async () => {
  const { sql, clock } = stage.world;
  const pair = asPair(await signIn(stage, applivery));
  await sql`insert into refresh_tokens (id, session_id, token_digest, access_token_id, expires_at, rotated_at)
    select 'many' || i, ${sessionOf(pair)}, 'many' || i, '', '2100-01-01', now() from generate_series(1, 2500) i`;
  clock.moveBy(61 * DAY);
  await run();
  const [left] = await sql`select (select count(*)::int from sessions where id = ${sessionOf(pair)}) as sessions,
    (select count(*)::int from refresh_tokens where session_id = ${sessionOf(pair)}) as tokens`;
  expect({ ...left }).toEqual({ sessions: 0, tokens: 0 });
});

test('a theft is seen for as long as the stolen token would have lived', async () => {
  const { clock } = stage.world;
  const stolen = asPair(await signIn(stage, applivery));
  const second = await rotate(stage, stolen);
  clock.moveBy(6 * DAY);
  const third = await rotate(stage, second);
  await run();
  clock.moveBy(DAY - 60);
  await run();
  expect(await refusalOf(stage.world.fetch, stolen)).toEqual(STALE);
  expect(await applivery.use(stage.world.fetch, stage, third)).toBe(401);
});

test('and afterwards it is unknown, and the session goes on', async () => {
  const { clock } = stage.world;
  const stolen = asPair(await signIn(stage, applivery));
  const second = await rotate(stage, stolen);
  clock.moveBy(6 * DAY);
  const third = await rotate(stage, second);
  clock.moveBy(DAY + 1);
  await run();
  expect(await refusalOf(stage.world.fetch, stolen)).toEqual(STALE);
  await rotate(stage, third);
});

test('a successor that is over before its parent stays as long as the parent', async () => {
  const { sql, clock } = stage.world;
  const parent = asPair(await signIn(stage, applivery));
  const child = await rotate(stage, parent);
  // as after a change of the configuration
  await sql`update refresh_tokens set expires_at = now() + ${clock.offsetSeconds} * interval '1 second' where session_id = ${sessionOf(child)} and rotated_at is null`;
  clock.moveBy(11);
  await run();
  expect(await refusalOf(stage.world.fetch, parent)).toEqual(STALE);
  const [session] = await sql`select revoked_reason from sessions where id = ${sessionOf(parent)}`;
  expect(session?.['revoked_reason']).toBe('refresh_token_reused');
});

test('a request that was consumed and not finished is settled before it goes', async () => {
  const { sql } = stage.world;
  await sql.unsafe(request(', consumed_at', `'2020-01-01', '2020-01-01'`)('f'.repeat(24), ''));
  await run();
  const [left] = await sql`select count(*)::int as count from authentication_requests where id = ${'f'.repeat(24)}`;
  expect(left?.['count']).toBe(1);
  await settle(stage.world.ports);
  await run();
  const [after] =
    await sql`select (select count(*)::int from authentication_requests where id = ${'f'.repeat(24)}) as requests,
    (select count(*)::int from logins where authentication_request_id = ${'f'.repeat(24)} and reason = 'login_abandoned') as traces`;
  expect({ ...after }).toEqual({ requests: 0, traces: 1 });
});

test('more spared requests of one instant than a batch has: what comes after them goes', async () => {
  const { sql } = stage.world;
  const many = request(', consumed_at', `'2020-01-01', '2020-01-01'`)('ID', '').replaceAll(`'ID'`, `'spared' || i`);
  await sql.unsafe(`do $$ begin for i in 1..600 loop ${many}; end loop; end $$`);
  await sql.unsafe(request('', `'2020-01-02'`)('later', ''));
  await run();
  const [left] = await sql`select (select count(*)::int from authentication_requests where id like 'spared%') as spared,
    (select count(*)::int from authentication_requests where id = 'later') as later`;
  expect({ ...left }).toEqual({ spared: 600, later: 0 });
});
