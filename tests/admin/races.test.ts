/** Changes over the admin API that meet another one halfway: each sees what the other left, and nothing falls between them. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { TransactionSql } from 'postgres';
import { type Callers, openAdminWorld, patch } from '#tests/admin/callers.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI, type World } from '#tests/world.ts';

let world: World;
let callers: Callers;
let acme: string;
let globex: string;
let connection: string;

const client = { clientId: 'a', clientSecret: 'b', redirectUris: [REDIRECT_URI] };
beforeAll(async () => {
  ({ world, callers } = await openAdminWorld([
    { slug: 'acme', name: 'Acme', connections: [{ type: 'oidc', issuer: 'https://idp.example.com', ...client }] },
    { slug: 'globex', name: 'Globex' },
  ]));
  const rows = await world.sql`select id from organizations order by slug`;
  [acme = '', globex = ''] = rows.map((row) => String(row['id']));
  const [row] = await world.sql`select id from connections`;
  connection = String(row?.['id']);
});
afterAll(() => world?.close());

/** `ours` begins when `theirs` has written and not committed, and goes on when it waits for that. */
async function meeting<T>(theirs: (query: TransactionSql) => Promise<unknown>, ours: () => Promise<T>): Promise<T> {
  const begun = await world.sql.begin(async (query) => {
    await theirs(query);
    const answer = ours();
    const isWaiting = async () => {
      const waiting = await world.sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.length > 0;
    };
    while (!(await isWaiting())) await Bun.sleep(10);
    return { answer };
  });
  return begun.answer;
}

const operator: Callers['operator'] = (path, init) => callers.operator(path, init);
const etagOf = async (path: string) => {
  const answer = await operator(path);
  await read(answer);
  return { 'if-match': answer.headers.get('etag') ?? '' };
};
const member = async (organization: string, email: string) =>
  read(await operator(`/organizations/${organization}/users`, json({ email, role: 'user' })), 201);
const join = (query: TransactionSql, organization: string, { id, email }: { id: string; email: string }) =>
  query`insert into memberships (id, organization_id, user_id, email, role)
    values (${crypto.getRandomValues(new Uint8Array(12)).toHex()}, ${organization}, ${id}, ${email}, 'user')`;

test('a status meant for a connection as it was is refused once that is another', async () => {
  const path = `/connections/${connection}`;
  const seen = await etagOf(path);
  const disable = () => operator(path, patch({ status: 'disabled' }, seen));
  const change = (query: TransactionSql) =>
    query`update connections set default_role = 'boss' where id = ${connection}`;
  expect((await meeting(change, disable)).status).toBe(412);
  expect(await read(await operator(path))).toMatchObject({ status: 'active' });
  await read(await operator(path, patch({ status: 'disabled' }, await etagOf(path))));
});

test('whoever becomes a member elsewhere while a limited key changes them is out of its reach', async () => {
  const limited = await callers.with({ organizations: [acme] });
  const user = await member(acme, 'ada@acme.test');
  const change = () => limited(`/users/${user.id}`, patch({ status: 'deactivated' }));
  const met = await meeting((query) => join(query, globex, user), change);
  expect((await read(met, 403)).code).toBe('admin_key_forbidden');
  const other = await member(acme, 'eve@acme.test');
  await read(await limited(`/users/${other.id}`, patch({ status: 'deactivated' })));
});

test('a change meant for a user of one organization is refused once there are two', async () => {
  const user = await member(acme, 'bob@acme.test');
  const seen = await etagOf(`/users/${user.id}`);
  const change = () => operator(`/users/${user.id}`, patch({ language: 'de' }, seen));
  expect((await meeting((query) => join(query, globex, user), change)).status).toBe(412);
});

test('whoever becomes a member elsewhere while their organization is deleted stays', async () => {
  const made = await read(await operator('/organizations', json({ slug: 'leaving', name: 'Leaving' })), 201);
  const [stays, goes] = [await member(made.id, 'stays@acme.test'), await member(made.id, 'goes@acme.test')];
  await read(await operator(`/organizations/${made.id}`, patch({ status: 'disabled' })));
  const remove = () => operator(`/organizations/${made.id}`, { method: 'DELETE' });
  await read(await meeting((query) => join(query, globex, stays), remove), 204);
  expect(await read(await operator(`/users/${stays.id}`))).toMatchObject({ memberships: [{ organizationId: globex }] });
  await read(await operator(`/users/${goes.id}`), 404);
});

test('a domain for an organization that is being deleted finds none', async () => {
  const made = await read(await operator('/organizations', json({ slug: 'gone', name: 'Gone' })), 201);
  const add = () => operator(`/organizations/${made.id}/domains`, json({ domain: 'gone.test' }));
  const remove = (query: TransactionSql) => query`delete from organizations where id = ${made.id}`;
  expect((await read(await meeting(remove, add), 404)).code).toBe('not_found');
});

test('a declaration that meets the same organization over the API takes it as it is', async () => {
  const declare = () => world.apply({ organizations: [{ slug: 'both', name: 'Of the file' }] });
  const make = (query: TransactionSql) =>
    query`insert into organizations (id, slug, name) values ('0123456789abcdef01234567', 'both', 'Of the API')`;
  await meeting(make, declare);
  const rows = await world.sql`select id, name from organizations where slug = 'both'`;
  expect(rows).toEqual([{ id: '0123456789abcdef01234567', name: 'Of the file' }] as never);
});
