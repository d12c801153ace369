/**
 * FI-22: the newest migration on a database that was in use: nothing is lost, the version before it goes on beside it, and one
 * that fails half-way leaves everything as it was.
 */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { migrateDatabase } from '#ports/db/migrate.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';

const NEW = new URL('../../../drizzle', import.meta.url).pathname;
/** The migrations of the version before: those that released databases have. */
const OLD = 2;

let old: string;
let database: ClonedDatabase;
let sql: Sql;
beforeEach(async () => {
  old = await mkdtemp(join(tmpdir(), 'vestibule-migrations-'));
  await cp(NEW, old, { recursive: true });
  const journal = join(old, 'meta', '_journal.json');
  const { entries, ...rest } = JSON.parse(await readFile(journal, 'utf8')) as { entries: unknown[] };
  await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, OLD) }));
  database = await cloneDatabase(empty);
  await migrateDatabase(database.url, old);
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});
afterEach(async () => {
  await sql?.end();
  await database?.drop();
  await rm(old, { recursive: true, force: true });
});
const empty = async () => {};

/** What the version before writes: a login, from its start to its trace, and a renewal. */
async function work(n: string): Promise<void> {
  await sql`insert into organizations (id, slug, name) values ('o', 'acme', 'Acme') on conflict do nothing`;
  await sql`insert into connections (id, organization_id, slug, type, redirect_uris) values ('c', 'o', 'oidc', 'oidc', '{x}') on conflict do nothing`;
  await sql`insert into users (id, email) values ('u', 'ada@acme.test') on conflict (id) do update set email = excluded.email`;
  await sql`insert into authentication_requests (id, state_digest, sealed_nonce, sealed_code_verifier, connection_id, connection_version,
    organization_id, dialect, redirect_uri, expires_at) values (${n}, ${n}, '', '', 'c', 1, 'o', 'applivery', 'x', now() + interval '10 minutes')`;
  await sql`with s as (
      insert into sessions (id, user_id, organization_id, connection_id, dialect, target, created_at, last_used_at, expires_at)
      values (${n}, 'u', 'o', 'c', 'applivery', 'dashboard', now(), now(), now() + interval '30 days') returning id
    ), t as (
      insert into refresh_tokens (id, session_id, token_digest, access_token_id, created_at, expires_at)
      select ${n}, id, ${n}, ${n}, now(), now() + interval '7 days' from s
    ), l as (
      insert into logins (id, authentication_request_id, organization_id, connection_id, dialect, outcome, checks, user_id, session_id, duration_ms, created_at)
      select ${n}, ${n}, 'o', 'c', 'applivery', 'succeeded', '[]', 'u', id, 1, now() from s
    )
    insert into audit_events (id, organization_id, action, actor_type, actor_id, target_type, target_id, created_at)
    select ${n}, 'o', 'login.success', 'user', 'u', 'session', id, now() from s`;
  await sql`update refresh_tokens set rotated_at = now(), successor_id = ${`${n}+`}, sealed_successor = 'x' where token_digest = ${n}`;
  await sql`insert into refresh_tokens (id, session_id, token_digest, access_token_id, parent_id, created_at, expires_at)
    values (${`${n}+`}, ${n}, ${`${n}+`}, 'a', ${n}, now(), now() + interval '7 days')`;
}

const rows = async () => {
  const dump: Record<string, unknown> = {};
  for (const table of [
    'organizations',
    'users',
    'authentication_requests',
    'sessions',
    'refresh_tokens',
    'logins',
    'audit_events',
  ]) {
    dump[table] = [...(await sql.unsafe(`select id, created_at from ${table} order by id`))];
  }
  return dump;
};

test('keeps every row, and the version before goes on beside it', async () => {
  await work('1');
  const before = await rows();
  await migrateDatabase(database.url, NEW);
  expect(await rows()).toEqual(before);
  await work('2');
  // as its housekeeping, its admin API and its way back do
  await sql`delete from logins where id in (select id from logins where created_at < now() - interval '30 days' order by created_at limit 500)`;
  const [trace] = await sql`select * from logins where id = '2'`;
  expect(trace).toMatchObject({ outcome: 'succeeded', session_id: '2' });
  const page =
    await sql`select id from logins where (created_at, id) < (select created_at, id from logins cursor_row where cursor_row.id = '2')
    order by created_at desc, id desc limit 10`;
  expect(page.map(({ id }) => id)).toEqual(['1']);
  expect((await sql`select id from audit_events order by id`).map(({ id }) => id)).toEqual(['1', '2']);
  await migrateDatabase(database.url, old);
  await work('3');
});

test('one that fails half-way changes nothing, and can be tried again', async () => {
  await work('1');
  const before = await rows();
  // in the way of the last statements
  await sql`create table logins_default ()`;
  await expect(migrateDatabase(database.url, NEW)).rejects.toThrow();
  expect(await rows()).toEqual(before);
  expect([
    ...(await sql`select to_regclass('provider_logouts') as made, to_regclass('audit_events_default') as moved`),
  ]).toEqual([{ made: null, moved: null }]);
  await work('2');
  await sql`drop table logins_default`;
  await migrateDatabase(database.url, NEW);
  await work('3');
});

test('replicas that start together migrate once', async () => {
  await work('1');
  await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url, NEW)));
  const [applied] =
    await sql`select count(*)::int as count, count(distinct hash)::int as distinct from drizzle.__drizzle_migrations`;
  expect(applied?.['count']).toBe(applied?.['distinct']);
  await work('2');
});
