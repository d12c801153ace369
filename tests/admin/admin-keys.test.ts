/** Admin keys: what they reach, what they may do, when they stop, and that the audit names them. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { ADMIN_API_KEY, type Callers, callersOf, patch } from '#tests/admin/callers.ts';
import { json, read } from '#tests/journey.ts';
import { createWorld, type World } from '#tests/world.ts';

let world: World;
let callers: Callers;
let acme: string;
let globex: string;

beforeAll(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: () => ({
      organizations: [
        { slug: 'acme', name: 'Acme' },
        { slug: 'globex', name: 'Globex' },
      ],
    }),
    environment: { ADMIN_API_KEY, API_KEY_FAILURES_PER_MINUTE: '5', TRUSTED_PROXY_HOPS: '1' },
  });
  callers = callersOf(world);
  const rows = await world.sql`select id, slug from organizations order by slug`;
  [acme = '', globex = ''] = rows.map((row) => String(row['id']));
});
afterAll(() => world?.close());

const wish = (more: object = {}) => ({ name: crypto.randomUUID(), organizations: [acme], access: 'write', ...more });
const keysOf = (organization: string) => `/organizations/${organization}/api-keys`;
const code = async (answer: Response, status: number) => (await read(answer, status)).code;

test('a key is shown once, and what is kept of it is a digest', async () => {
  const answer = await callers.operator('/admin-keys', json(wish({ expiresAt: '2100-01-01T00:00:00Z' })));
  const location = answer.headers.get('location') ?? '';
  const etag = answer.headers.get('etag');
  const made = await read(answer, 201);
  expect(made).toMatchObject({ organizations: [acme], access: 'write', expiresAt: '2100-01-01T00:00:00.000Z' });
  expect(made.key).toMatch(/^vsa_[\w-]{43}_[0-9a-f]{8}$/);
  const again = await callers.operator(`/admin-keys/${made.id}`);
  expect(new URL(location).pathname).toBe(`/admin/v1/admin-keys/${made.id}`);
  expect(again.headers.get('etag')).toBe(etag);
  const { key: _shownOnce, ...kept } = made;
  expect(await read(again)).toEqual(kept);
  const rows = await world.sql`select * from admin_keys`;
  expect(JSON.stringify(rows)).not.toContain(made.key);
  expect(world.logLines.join()).not.toContain(made.key);
});

test('a limited key reaches its organization and finds no other', async () => {
  const limited = await callers.with({ organizations: [acme] });
  await read(await limited(keysOf(acme), json({ name: 'of a', dialects: ['indee'] })), 201);
  await read(await limited(keysOf(acme)));
  expect(await code(await limited(keysOf(globex)), 404)).toBe('not_found');
  expect(await code(await limited(keysOf(globex), json({ name: 'of b', dialects: ['indee'] })), 404)).toBe('not_found');
  const events = await read(await limited('/audit-events?limit=100'));
  expect(new Set(events.items.map((event: { organizationId?: string }) => event.organizationId))).toEqual(
    new Set([acme]),
  );
  const named = await read(await limited(`/audit-events?organizationId=${globex}`));
  expect(named).toEqual({ items: [] });
  expect((await read(await callers.operator(`/audit-events?organizationId=${globex}`))).items).not.toEqual([]);
});

test('what concerns every organization is for keys without a limit', async () => {
  const limited = await callers.with({ organizations: [acme, globex] });
  const unlimited = await callers.with({ organizations: null });
  for (const path of ['/admin-keys', '/signing-keys']) {
    expect(await code(await limited(path), 403)).toBe('admin_key_forbidden');
    await read(await unlimited(path));
  }
  expect(await code(await limited('/admin-keys', json(wish())), 403)).toBe('admin_key_forbidden');
  await read(await unlimited('/admin-keys', json(wish())), 201);
});

test('a key that reads changes nothing', async () => {
  const reader = await callers.with({ organizations: [acme], access: 'read' });
  await read(await reader(keysOf(acme)));
  expect(await code(await reader(keysOf(acme), json({ name: 'never', dialects: ['indee'] })), 403)).toBe(
    'admin_key_forbidden',
  );
  expect(await world.sql`select id from api_keys where name = 'never'`).toHaveLength(0);
});

test('an expired, a revoked and a mistyped key are strangers', async () => {
  const soon = new Date(world.clock.now().getTime() + 60_000).toISOString();
  const expiring = await callers.with({ expiresAt: soon });
  const revoked = await callers.with({});
  await read(await expiring('/logins'));
  await read(await callers.operator(`/admin-keys/${revoked.id}`, { method: 'DELETE' }), 204);
  await read(await callers.operator(`/admin-keys/${revoked.id}`, { method: 'DELETE' }), 204);
  expect(await code(await revoked('/logins'), 401)).toBe('token_invalid');
  expect(await code(await callers.operator(`/admin-keys/${revoked.id}`, patch({ name: 'back' })), 409)).toBe(
    'conflict',
  );
  world.clock.moveBy(61);
  expect(await code(await expiring('/logins'), 401)).toBe('token_invalid');
  expect(await code(await callers.as(`${revoked.key.slice(0, -1)}x`)('/logins'), 401)).toBe('token_invalid');
  const events =
    await world.sql`select action from audit_events where target_id = ${revoked.id} order by created_at, id`;
  expect(events.map((event) => event['action'])).toEqual(['admin_key.created', 'admin_key.revoked']);
});

test('a key’s reach is changed at once, and its names are checked', async () => {
  const key = await callers.with({ organizations: [acme], access: 'read' });
  await read(await callers.operator(`/admin-keys/${key.id}`, patch({ organizations: [globex], access: 'write' })));
  expect(await code(await key(keysOf(acme)), 404)).toBe('not_found');
  await read(await key(keysOf(globex)));
  const bad = await read(
    await callers.operator('/admin-keys', json(wish({ organizations: [acme, '0'.repeat(24)] }))),
    422,
  );
  expect(bad.errors[0].pointer).toBe('/organizations/1');
  expect(
    await code(await callers.operator('/admin-keys', json(wish({ expiresAt: '2001-01-01T00:00:00Z' }))), 422),
  ).toBe('input_invalid');
  const twice = wish();
  await read(await callers.operator('/admin-keys', json(twice)), 201);
  expect((await read(await callers.operator('/admin-keys', json(twice)), 409)).errors[0].pointer).toBe('/name');
});

test('the audit says by which key', async () => {
  const key = await callers.with({ organizations: [acme] });
  await read(await key(`/organizations/${acme}`, patch({ status: 'disabled' })));
  await read(await callers.operator(`/organizations/${acme}`, patch({ status: 'active' })));
  const events = await world.sql`select actor_type, actor_id from audit_events
    where action = 'organization.updated' and target_id = ${acme} order by created_at, id`;
  expect(events.map((event) => [event['actor_type'], event['actor_id']])).toEqual([
    ['operator', key.id],
    ['operator', null],
  ]);
});

test('a change meant for what was read before another change is refused', async () => {
  const { id } = await callers.with({ organizations: [acme] });
  const path = `/admin-keys/${id}`;
  const etag = (await callers.operator(path)).headers.get('etag') ?? '';
  await read(await callers.operator(path, patch({ name: 'first' }, { 'if-match': etag })));
  expect(await code(await callers.operator(path, patch({ name: 'second' }, { 'if-match': etag })), 412)).toBe(
    'precondition_failed',
  );
  const gone = { method: 'DELETE', headers: { 'if-match': etag } };
  expect(await code(await callers.operator(path, gone), 412)).toBe('precondition_failed');
  expect(await read(await callers.operator(path))).toMatchObject({ name: 'first' });
  await read(await callers.operator(path, patch({ name: 'third' }, { 'if-match': `"other", *` })), 412);
  await read(await callers.operator(path, patch({ name: 'third' }, { 'if-match': '*' })));
});

test('of an API key too', async () => {
  const made = await read(await callers.operator(keysOf(acme), json({ name: 'tagged', dialects: ['indee'] })), 201);
  const path = `/api-keys/${made.id}`;
  const etag = (await callers.operator(path)).headers.get('etag') ?? '';
  const changed = await callers.operator(path, patch({ name: 'tagged 2' }, { 'if-match': etag }));
  const next = changed.headers.get('etag') ?? '';
  await read(changed);
  expect(await code(await callers.operator(path, patch({ name: 'tagged 3' }, { 'if-match': etag })), 412)).toBe(
    'precondition_failed',
  );
  expect(await code(await callers.operator(path, { method: 'DELETE', headers: { 'if-match': etag } }), 412)).toBe(
    'precondition_failed',
  );
  await read(await callers.operator(path, { method: 'DELETE', headers: { 'if-match': next } }), 204);
});

test('of two changes that were meant for the same API key one is made', async () => {
  const { id } = await read(await callers.operator(keysOf(acme), json({ name: 'raced', dialects: ['indee'] })), 201);
  const path = `/api-keys/${id}`;
  const etag = (await callers.operator(path)).headers.get('etag') ?? '';
  const names = Array.from({ length: 6 }, (_, index) => `raced ${index}`);
  // connections are open by then, so that nobody is ahead
  await Promise.all(names.map(() => callers.operator(path)));
  const answers = await Promise.all(names.map((name) => callers.operator(path, patch({ name }, { 'if-match': etag }))));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 412, 412, 412, 412, 412]);
  const events = await world.sql`select 1 from audit_events where target_id = ${id} and action = 'api_key.updated'`;
  expect(events).toHaveLength(1);
});

test('who guesses is refused by address, the operator never', async () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const key = await callers.with({});
  for (let count = 0; count < 5; count++) {
    expect((await callers.as(createApiKey('vsa'))('/logins', from('192.0.2.1'))).status).toBe(401);
  }
  expect((await key('/logins', from('192.0.2.1'))).status).toBe(429);
  expect((await key('/logins', from('192.0.2.2'))).status).toBe(200);
  expect((await callers.operator('/logins', from('192.0.2.1'))).status).toBe(200);
});
