/** Organizations over the admin API: made, listed, read, changed, and gone with all that is theirs. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Callers, openAdminWorld, patch } from '#tests/admin/callers.ts';
import { json, read } from '#tests/journey.ts';
import type { World } from '#tests/world.ts';

let world: World;
let callers: Callers;

beforeAll(async () => {
  ({ world, callers } = await openAdminWorld());
});
afterAll(() => world?.close());

let made = 0;
const make = async (more: object = {}) => {
  const slug = `made-${++made}`;
  return read(await callers.operator('/organizations', json({ slug, name: `Made ${made}`, ...more })), 201);
};
const change = (id: string, body: object, headers = {}) =>
  callers.operator(`/organizations/${id}`, patch(body, headers));
const lastEvent = async (id: string) => {
  const [event] =
    await world.sql`select action, details from audit_events where target_id = ${id} and target_type = 'organization'
    order by created_at desc, id desc limit 1`;
  return event;
};

const EVERYTHING = {
  picture: 'https://cdn.example.com/acme.png',
  createdBy: 'provisioning',
  branding: { primaryColor: '#123456' },
  store: { enabled: true },
  configuration: { enforceSSO: true },
  institution: { ainame: 'Ada', credits: 5 },
  refreshLifetime: { minSeconds: 3600, maxSeconds: 86_400 },
  sessionLifetimes: { pria: { absoluteSeconds: 86_400 } },
};

test('what is made is what is read, and what the declarative file would have made', async () => {
  const answer = await make(EVERYTHING);
  expect(answer).toMatchObject({ ...EVERYTHING, status: 'active' });
  expect(await read(await callers.operator(`/organizations/${answer.id}`))).toEqual(answer);
  await world.apply({ organizations: [{ slug: 'declared', name: answer.name, ...EVERYTHING }] });
  const rows =
    await world.sql`select o.* from organizations o where slug in ('declared', ${answer.slug}) order by slug`;
  const [declared, created] = rows.map(({ id: _id, slug: _slug, created_at: _at, updated_at: _then, ...row }) => row);
  expect(created).toEqual(declared);
  expect(await lastEvent(answer.id)).toMatchObject({ action: 'organization.created', details: { before: {} } });
});

test('members that are not named stay, and null clears', async () => {
  const { id } = await make(EVERYTHING);
  const renamed = await read(await change(id, { name: 'Renamed' }));
  expect(renamed).toMatchObject({ ...EVERYTHING, name: 'Renamed' });
  expect(await lastEvent(id)).toMatchObject({
    action: 'organization.updated',
    details: { before: { name: expect.stringContaining('Made') }, after: { name: 'Renamed' } },
  });
  const nothing = Object.fromEntries(Object.keys(EVERYTHING).map((name) => [name, null]));
  const cleared = await read(await change(id, nothing));
  for (const name of Object.keys(EVERYTHING)) expect([name, name in cleared]).toEqual([name, false]);
  const events = await world.sql`select id from audit_events where target_id = ${id}`;
  await read(await change(id, { name: 'Renamed' }));
  expect(await world.sql`select id from audit_events where target_id = ${id}`).toHaveLength(events.length);
});

test('each member that is refused is pointed to, with what to do', async () => {
  const { id } = await make();
  const refused = async (body: object, status = 422) => {
    const { errors } = await read(await change(id, body), status);
    for (const { detail } of errors) expect(detail.length).toBeGreaterThan(10);
    return errors.map(({ pointer }: { pointer: string }) => pointer);
  };
  expect(await refused({ nmae: 'x' })).toEqual(['/nmae']);
  expect(await refused({ name: '' })).toContain('/name');
  expect(await refused({ name: null })).toContain('/name');
  expect(await refused({ slug: 'UPPER' })).toContain('/slug');
  expect(await refused({ slug: 'a'.repeat(24) })).toEqual(['/slug']);
  expect(await refused({ slug: 'acme' }, 409)).toEqual(['/slug']);
  expect(await refused({ refreshLifetime: { minSeconds: 500, maxSeconds: 100 } })).toEqual(['/refreshLifetime']);
  expect(await refused({ institution: { credits: 'many' } })).not.toEqual([]);
  expect(await refused({ status: 'gone' })).toContain('/status');
});

test('a list is filtered, limited to the reach, and goes on where it stopped', async () => {
  const [one, two] = [await make({ name: 'Zürich One' }), await make({ name: 'zürich two', status: 'disabled' })];
  const ids = async (query: string, call = callers.operator) =>
    (await read(await call(`/organizations${query}`))).items.map(({ id }: { id: string }) => id);
  expect(await ids(`?slug=${one.slug}`)).toEqual([one.id]);
  expect(await ids(`?namePrefix=${encodeURIComponent('ZÜRICH ')}`)).toEqual([two.id, one.id]);
  expect(await ids(`?namePrefix=${encodeURIComponent('%')}`)).toEqual([]);
  expect(await ids('?status=disabled&namePrefix=z')).toEqual([two.id]);
  const limited = await callers.with({ organizations: [one.id] });
  expect(await ids('', limited)).toEqual([one.id]);
  expect(await ids(`?slug=${two.slug}`, limited)).toEqual([]);
  const first = await read(await callers.operator('/organizations?limit=1'));
  const second = await read(await callers.operator(`/organizations?limit=1&cursor=${first.nextCursor}`));
  expect([first.items[0].id, second.items[0].id]).toEqual([two.id, one.id]);
});

test('a limited key changes its organization, but neither its slug nor its being', async () => {
  const one = await make();
  const limited = await callers.with({ organizations: [one.id] });
  await read(await limited(`/organizations/${one.id}`, patch({ name: 'Ours' })));
  const forbidden = { code: 'admin_key_forbidden' };
  expect(await read(await limited(`/organizations/${one.id}`, patch({ slug: 'acme' })), 403)).toMatchObject(forbidden);
  expect(await read(await limited(`/organizations/${one.id}`, { method: 'DELETE' }), 403)).toMatchObject(forbidden);
  expect(await read(await limited('/organizations', json({ slug: 'more', name: 'More' })), 403)).toMatchObject(
    forbidden,
  );
});

test('one in use is not deleted; a disabled one goes with all that is only its own', async () => {
  const [gone, other] = [await make(), await make()];
  const users = [{ email: 'own@gone.test' }, { email: 'both@gone.test' }];
  const key = { name: 'its key', key: `key-of-${gone.slug}-0123456789abcdef0123456789`, dialects: ['indee' as const] };
  await world.apply({
    organizations: [
      { slug: gone.slug, name: gone.name, users, apiKeys: [key], domains: [{ domain: 'gone.test', verified: true }] },
    ],
  });
  const [both] = await world.sql`select id from users where email = 'both@gone.test'`;
  await world.sql`insert into memberships (id, organization_id, user_id, email, role)
    values (${'f'.repeat(24)}, ${other.id}, ${both?.['id']}, 'both@gone.test', 'user')`;
  const path = `/organizations/${gone.id}`;
  const etag = (await callers.operator(path)).headers.get('etag') ?? '';
  expect((await read(await callers.operator(path, { method: 'DELETE' }), 409)).errors[0].pointer).toBe('/status');
  await read(await change(gone.id, { status: 'disabled' }));
  const stale = { method: 'DELETE', headers: { 'if-match': etag } };
  expect((await read(await callers.operator(path, stale), 412)).code).toBe('precondition_failed');
  await read(await callers.operator(path, { method: 'DELETE' }), 204);
  await read(await callers.operator(path), 404);
  await read(await callers.operator(path, { method: 'DELETE' }), 404);
  const left = await world.sql`select email from users where email like '%@gone.test'`;
  expect(left.map((row) => row['email'])).toEqual(['both@gone.test']);
  for (const table of ['domains', 'api_keys', 'memberships'])
    expect(await world.sql`select 1 from ${world.sql(table)} where organization_id = ${gone.id}`).toHaveLength(0);
  expect(await lastEvent(gone.id)).toMatchObject({ action: 'organization.deleted' });
});

test('a large one goes in batches, and not while it is in use', async () => {
  const large = await make({ status: 'disabled' });
  await world.sql`insert into users (id, email) select 'large-' || n, n || '@large.test' from generate_series(1, 1200) n`;
  await world.sql`insert into memberships (id, organization_id, user_id, email, role)
    select 'large-' || n, ${large.id}, 'large-' || n, n || '@large.test', 'user' from generate_series(1, 1200) n`;
  const count = async () => (await world.sql`select 1 from users where email like '%@large.test'`).length;
  const path = `/organizations/${large.id}`;
  await read(await change(large.id, { status: 'active' }));
  await read(await callers.operator(path, { method: 'DELETE' }), 409);
  expect(await count()).toBe(1200);
  await read(await change(large.id, { status: 'disabled' }));
  await read(await callers.operator(path, { method: 'DELETE' }), 204);
  expect(await count()).toBe(0);
  await read(await callers.operator(path), 404);
});
