/** Whatever logins are looked for by, an index answers it, in the order of the list: no filter reads a month of them. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { type LoginFilter, loginList } from '#ports/db/traces.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { planOf } from '#tests/ports/db/plan.ts';
import { migrate } from '#tests/world.ts';

const ROWS = 30_000;
let database: ClonedDatabase;
let sql: Sql;

beforeAll(async () => {
  database = await cloneDatabase(migrate);
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
  // of 100 organizations with two connections each; every twentieth login failed, every thousandth was a test
  await sql`insert into logins (id, organization_id, connection_id, dialect, outcome, reason, checks, user_id, email_digest, subject_digest,
      request_id, duration_ms, is_test, created_at)
    select lpad(to_hex(i), 24, '0'), 'o' || i % 100, 'c' || i % 200, 'pria', case when i % 20 = 0 then 'failed' else 'succeeded' end,
      case when i % 500 = 0 then 'email_missing' when i % 20 = 0 then 'state_invalid' end, '[]', 'u' || i % 5000, 'e' || i % 5000, 's' || i % 5000,
      'r' || i, 10, i % 1000 = 0, now() - (${ROWS}::int - i) * interval '1 minute' from generate_series(1, ${ROWS}::int) i`;
  await sql`analyze logins`;
});
afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

const lookAt = (filter: Partial<LoginFilter>) => planOf(sql, loginList(drizzle(sql), { limit: 51, ...filter }));

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

test.each<[string, Partial<LoginFilter>]>([
  ['nothing', {}],
  ['organization', { organizationId: 'o7' }],
  ['connection', { connectionId: 'c7' }],
  ['user', { userId: 'u7' }],
  ['email', { emailDigest: 'e7' }],
  ['subject', { subjectDigest: 's7' }],
  ['subject of an organization', { organizationId: 'o7', subjectDigest: 's7' }],
  ['subject within a limited key’s organizations', { within: ['o7', 'o8'], subjectDigest: 's7' }],
  ['user within a limited key’s organizations', { within: ['o7', 'o8'], userId: 'u7' }],
  ['subject, failures over a connection', { connectionId: 'c7', outcome: 'failed', subjectDigest: 's7' }],
  ['success', { outcome: 'succeeded' }],
  ['failure', { outcome: 'failed' }],
  ['a reason', { reason: 'email_missing' }],
  ['a reason that nobody had', { reason: 'saml_dtd' }],
  ['Request-Id', { requestId: 'r7' }],
  ['tests', { isTest: true }],
  ['no tests', { isTest: false }],
  ['time', { from: ago(100), to: ago(99) }],
  ['failures of an organization that has none', { organizationId: 'o7', outcome: 'failed' }],
  ['failures of an organization that has some', { organizationId: 'o20', outcome: 'failed' }],
  ['failures of a connection', { connectionId: 'c20', outcome: 'failed' }],
  ['a reason within an organization', { organizationId: 'o0', reason: 'email_missing' }],
  ['an organization and a time', { organizationId: 'o7', from: ago(200), to: ago(100) }],
  ['a user and a time', { userId: 'u7', from: ago(200) }],
])('logins by %s', async (_what, filter) => {
  const { rows, scans } = await lookAt(filter);
  expect(scans.filter((scan) => scan.includes('Seq Scan'))).toEqual([]);
  // two bitmaps that are laid over each other may both hold all of an organization or a connection
  expect(rows).toBeLessThan(ROWS / 10);
});

test('and what no index is for is found out', async () => {
  await sql`drop index logins_email`;
  expect((await lookAt({ emailDigest: 'e-nobody' })).rows).toBeGreaterThan(ROWS / 10);
});
