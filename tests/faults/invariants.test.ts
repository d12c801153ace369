/** The invariants find nothing where nothing is wrong, and each finds what it is there for. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { findViolations, INVARIANTS } from '#tests/faults/invariants.ts';
import { applivery, bearer, CLIENTS, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, rotate, sendPair } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  for (const client of CLIENTS) await signIn(stage, client);
  // a chain, a repeat, a logout, a theft, a refused login
  const first = asPair(await signIn(stage, applivery));
  const second = await rotate(stage, first);
  await rotate(stage, first);
  await rotate(stage, second);
  const { access } = await signIn(stage, applivery);
  await stage.world.fetch('/v1/auth/logout', { method: 'POST', headers: bearer(access) });
  const parent = asPair(await signIn(stage, applivery));
  await rotate(stage, await rotate(stage, parent));
  expect((await sendPair(stage.world.fetch, parent)).status).toBe(401);
  const started = await applivery.start(stage);
  const returned = { ...(await visitProvider(stage, started)), code: 'wrong' };
  expect((await stage.world.fetch(...applivery.callback(stage, started, returned))).status).toBe(400);
});
afterAll(() => stage?.close());

test('nothing is wrong after honest and dishonest work', async () => {
  const [row] = await stage.world
    .sql`select (select count(*)::int from refresh_tokens where rotated_at is not null) as rotations,
    (select count(*)::int from sessions where revoked_at is not null) as ended, (select count(*)::int from logins where outcome = 'failed') as refused`;
  expect(row).toEqual({ rotations: 4, ended: 2, refused: 1 });
  expect(await findViolations(stage.world.sql)).toEqual([]);
});

const LIVE = `(select session_id from refresh_tokens group by 1 having count(*) = 3 and count(parent_id) = 2
  and bool_and(session_id in (select id from sessions where revoked_at is null)) limit 1)`;
const COPY = 'token_digest, session_id, access_token_id, created_at, expires_at';

/** What is planted, the invariant that must tell (its beginning), and how. Foreign keys and the index that allows one active token are off meanwhile. */
const PLANTED: readonly { tells: string; found: RegExp; sql: string }[] = [
  { tells: 'a session has its user', found: /^no user$/, sql: 'delete from users' },
  {
    tells: 'a session has its user',
    found: /^no user, no membership, no id/,
    sql: `update sessions set user_id = 'x'`,
  },
  { tells: 'a session has its user', found: /^no membership$/, sql: 'delete from memberships' },
  { tells: 'a session has its user', found: /^no identity/, sql: 'delete from identities' },
  { tells: 'a session has its user', found: /^no identity/, sql: 'update sessions set identity_id = null' },
  { tells: 'a session has its user', found: /no organization/, sql: `delete from organizations where slug = 'acme'` },
  {
    tells: 'a session has its user',
    found: /^no connection/,
    sql: 'update connections set organization_id = id',
  },
  {
    tells: 'a session has one active',
    found: /^2 active tokens$/,
    sql: `insert into refresh_tokens (id, parent_id, ${COPY}) select 'x', 'y', 'z' || token_digest, session_id,
      access_token_id, created_at, expires_at from refresh_tokens where rotated_at is null limit 1`,
  },
  {
    tells: 'a live session that was renewed',
    found: /^every token is spent$/,
    sql: `update refresh_tokens set rotated_at = now() where rotated_at is null and session_id = ${LIVE}`,
  },
  {
    tells: 'a chain of refresh tokens',
    found: /^2 children$/,
    sql: `insert into refresh_tokens (id, parent_id, rotated_at, ${COPY}) select 'x', parent_id, now(), 'z', session_id, access_token_id,
      created_at, expires_at from refresh_tokens where parent_id is not null limit 1`,
  },
  {
    tells: 'a chain of refresh tokens',
    found: /^3 beginnings$/,
    sql: `update refresh_tokens set parent_id = null where session_id = ${LIVE}`,
  },
  {
    tells: 'a spent refresh token',
    found: /^spent, without/,
    sql: 'update refresh_tokens set successor_id = null where parent_id is null and rotated_at is not null',
  },
  {
    tells: 'a spent refresh token',
    found: /^spent, without/,
    sql: `delete from refresh_tokens where rotated_at is null and session_id = ${LIVE}`,
  },
  {
    tells: 'a spent refresh token',
    found: /^active, with a successor$/,
    sql: 'update refresh_tokens set rotated_at = null where parent_id is null',
  },
  {
    tells: 'a consumed authentication request',
    found: /no outcome$/,
    sql: `update authentication_requests set finished_at = null, consumed_at = now() - interval '151 seconds' where reason is null`,
  },
  { tells: 'a consumed authentication request', found: /without a trace/, sql: 'delete from logins' },
  {
    tells: 'a consumed authentication request',
    found: /without a trace/,
    sql: `update authentication_requests set reason = 'idp_error' where finished_at is not null`,
  },
  {
    tells: 'a consumed authentication request',
    found: /^6 successful logins$/,
    sql: `update logins set authentication_request_id = (select id from authentication_requests where finished_at is not null limit 1)`,
  },
  {
    tells: 'a session has one login.success',
    found: /^0 events$/,
    sql: `delete from audit_events where action = 'login.success'`,
  },
  { tells: 'a session has one login.success', found: /^no session, 1 events$/, sql: 'delete from sessions' },
  {
    tells: 'a login has one event',
    found: /^failed, 0 events$/,
    sql: `delete from audit_events where action = 'login.failure'`,
  },
  { tells: 'a login has one event', found: /^no trace, 1 events$/, sql: `delete from logins where outcome = 'failed'` },
  { tells: 'a login has one event', found: /^succeeded, 0 events$/, sql: `update logins set outcome = 'succeeded'` },
  {
    tells: 'a rotation has one session.renewed',
    found: /1 rotations, 0 events$/,
    sql: `delete from audit_events where action = 'session.renewed'`,
  },
  {
    tells: 'a rotation has one session.renewed',
    found: /1 rotations, 2 events$/,
    sql: `insert into audit_events select 'x' || substr(id, 2), organization_id, action, actor_type, actor_id, target_type, target_id, reason, details,
      address, user_agent, request_id, created_at from audit_events where action = 'session.renewed'`,
  },
  {
    tells: 'a rotation has one session.renewed',
    found: /0 rotations, 1 events$/,
    sql: `update refresh_tokens set rotated_at = null where session_id = ${LIVE} and parent_id is null`,
  },
  {
    tells: 'a session that was ended',
    found: /^0 events$/,
    sql: `delete from audit_events where action = 'refresh.reuse_detected'`,
  },
  { tells: 'a session that was ended', found: /^0 events$/, sql: 'update sessions set revoked_at = now()' },
  { tells: 'a session that was ended', found: /^not ended, 1 events$/, sql: 'update sessions set revoked_at = null' },
  { tells: 'a user came by', found: /^neither$/, sql: `insert into users (id, email) values ('x', 'x@acme.test')` },
  {
    tells: 'nothing sealed',
    found: /^answer of a login$/,
    sql: `update authentication_requests set finished_at = now() - interval '211 seconds'`,
  },
  {
    tells: 'nothing sealed',
    found: /^claims of a SAML response$/,
    sql: `update authentication_requests set sealed_claims = 'x', code_expires_at = now() - interval '151 seconds'`,
  },
  {
    tells: 'nothing sealed',
    found: /^successor of a refresh token$/,
    sql: `update refresh_tokens set rotated_at = now() - interval '211 seconds' where sealed_successor is not null`,
  },
  {
    tells: 'nothing sealed',
    found: /^ID token/,
    sql: `update sessions set sealed_id_token = 'x', revoked_at = now() - interval '451 seconds'`,
  },
];

const ROLLBACK = new Error('what was planted goes');

describe.each(PLANTED.map((each, index) => [`${each.tells} … (${index}): ${each.found}`, each] as const))(
  '%s',
  (_name, { tells, found, sql }) => {
    test('is found', async () => {
      const planted = stage.world.sql.begin(async (transaction) => {
        await transaction.unsafe(
          `set local session_replication_role = replica; drop index refresh_tokens_active; ${sql}`,
        );
        const told = (await findViolations(transaction)).filter(({ invariant }) => invariant.startsWith(tells));
        expect(told.map((violation) => violation.found)).toContainEqual(expect.stringMatching(found));
        throw ROLLBACK;
      });
      expect(await planted.catch((error: unknown) => error)).toBe(ROLLBACK);
    });
  },
);

test('every invariant is among those that were broken', () => {
  for (const invariant of Object.keys(INVARIANTS)) {
    expect(PLANTED.some(({ tells }) => invariant.startsWith(tells))).toBe(true);
  }
});

test('as a command it prints what it found and exits 1; nothing and 0 otherwise', async () => {
  const run = async (...options: string[]) => {
    const url = stage.world.ports.config.DATABASE_URL ?? '';
    const child = Bun.spawn([process.execPath, 'tests/faults/invariants.ts', url, ...options]);
    const [code, text] = await Promise.all([child.exited, new Response(child.stdout).text()]);
    return { code, lines: text.split('\n').filter(Boolean) };
  };
  expect(await run()).toEqual({ code: 0, lines: [] });
  await stage.world.sql`insert into users (id, email) values ('x', 'x@acme.test')`;
  const violation = { invariant: 'a user came by an identity or by declaration', id: 'x', found: 'neither' };
  expect(await run('--login-seconds', '60')).toEqual({ code: 1, lines: [JSON.stringify(violation)] });
});
