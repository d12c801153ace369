/** Organizations and audit events are listed by indexes, in the order of the list. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { organizationList } from '#ports/db/organizations.ts';
import { auditList } from '#ports/db/traces.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { planOf } from '#tests/ports/db/plan.ts';
import { migrate } from '#tests/world.ts';

const ROWS = 30_000;
let database: ClonedDatabase;
let sql: Sql;

beforeAll(async () => {
  database = await cloneDatabase(migrate);
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
  await sql`insert into organizations (id, slug, name, created_at)
    select lpad(to_hex(i), 24, '0'), 'slug-' || i, 'Name ' || i, now() - i * interval '1 minute' from generate_series(1, ${ROWS}::int) i`;
  await sql`insert into audit_events (id, organization_id, action, actor_type, created_at)
    select lpad(to_hex(i), 24, '0'), 'o' || i % 100, case when i % 5000 = 0 then 'admin_key.created' else 'login.success' end,
      'user', now() - i * interval '1 minute' from generate_series(1, ${ROWS}::int) i`;
  await sql`analyze organizations, audit_events`;
}, 60_000);
afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

const page = { limit: 51 };
const before = (15_000).toString(16).padStart(24, '0');
const LISTS = {
  'all organizations': () => organizationList(drizzle(sql), page),
  'organizations from a place on': () => organizationList(drizzle(sql), { ...page, before }),
  'organizations whose name begins so': () => organizationList(drizzle(sql), { ...page, namePrefix: 'NAME 2999' }),
  'organizations of which none is called so': () => organizationList(drizzle(sql), { ...page, namePrefix: 'x' }),
  'all audit events': () => auditList(drizzle(sql), page),
  'events from a place on': () => auditList(drizzle(sql), { ...page, before }),
  'events of a seldom action': () => auditList(drizzle(sql), { ...page, action: 'admin_key.created' }),
  'events of an action that never was': () => auditList(drizzle(sql), { ...page, action: 'domain.created' }),
  'events of organizations': () => auditList(drizzle(sql), { ...page, within: ['o7', 'o8'] }),
};

test.each(Object.entries(LISTS))('%s', async (_what, list) => {
  const { rows, scans } = await planOf(sql, list());
  expect(scans.filter((scan) => scan.includes('Seq Scan'))).toEqual([]);
  expect(rows).toBeLessThan(ROWS / 10);
});

test('and what no index is for is found out', async () => {
  await sql`drop index organizations_created`;
  const { scans } = await planOf(sql, LISTS['all organizations']());
  expect(scans).toEqual(['Seq Scan']);
});
