/** A connection that many people signed in over is removed a little at a time. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Callers, openAdminWorld, patch } from '#tests/admin/callers.ts';
import { read } from '#tests/journey.ts';
import { REDIRECT_URI, type World } from '#tests/world.ts';

const MANY = 1200;
let world: World;
let callers: Callers;
let connection: string;

beforeAll(async () => {
  const used = { issuer: 'https://idp.example.com', clientId: 'a', clientSecret: 'b', redirectUris: [REDIRECT_URI] };
  ({ world, callers } = await openAdminWorld([
    { slug: 'acme', name: 'Acme', connections: [{ type: 'oidc', ...used }] },
  ]));
  const { sql } = world;
  const [row] = await sql`select id, organization_id from connections`;
  connection = String(row?.['id']);
  await sql`insert into users (id, email) select 'user-' || n, n || '@acme.test' from generate_series(1, ${MANY}) n`;
  await sql`insert into identities (id, connection_id, subject, user_id, last_login_at)
    select 'identity-' || n, ${connection}, n, 'user-' || n, now() from generate_series(1, ${MANY}) n`;
  await sql`insert into sessions (id, user_id, organization_id, connection_id, identity_id, dialect, target, expires_at)
    select 'session-' || n, 'user-' || n, ${row?.['organization_id']}, ${connection}, 'identity-' || n, 'indee', 'dashboard',
      now() + interval '1 day' from generate_series(1, ${MANY}) n`;
  await sql`create table batches (of text, rows int)`;
  await sql`create function note_batch() returns trigger language plpgsql as
    $$ begin insert into batches select tg_table_name, count(*) from gone; return null; end $$`;
  for (const table of ['sessions', 'identities'])
    await sql`create trigger note_batch after delete on ${sql(table)} referencing old table as gone
      for each statement execute function note_batch()`;
}, 60_000);
afterAll(() => world?.close());

const left = async () => (await world.sql`select 1 from sessions union all select 1 from identities`).length;

test('nothing goes while it is in use; then all of it, in batches', async () => {
  const path = `/connections/${connection}`;
  await read(await callers.operator(path, { method: 'DELETE' }), 409);
  expect(await left()).toBe(2 * MANY);
  await read(await callers.operator(path, patch({ status: 'disabled' })));
  await read(await callers.operator(path, { method: 'DELETE', headers: { 'if-match': '"another"' } }), 412);
  expect(await left()).toBe(2 * MANY);
  await read(await callers.operator(path, { method: 'DELETE' }), 204);
  await read(await callers.operator(path), 404);
  expect(await left()).toBe(0);
  const batches = await world.sql`select of, max(rows)::int as most, sum(rows)::int as all from batches group by of`;
  expect(batches.map(({ all }) => all)).toEqual([MANY, MANY]);
  for (const { most } of batches) expect(most).toBeLessThanOrEqual(500);
}, 60_000);
