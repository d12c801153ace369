/** Domains by the operator's word: asserted, taken back, deleted; by whom, and what a declaration says beside it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { ADMIN_API_KEY, type Callers, callersOf, patch } from '#tests/admin/callers.ts';
import { type NameServer, startNameServer } from '#tests/dns-server.ts';
import { json, read } from '#tests/journey.ts';
import { createWorld, type World } from '#tests/world.ts';

let world: World;
let names: NameServer;
let callers: Callers;
const ids: Record<string, string> = {};

beforeAll(async () => {
  names = await startNameServer();
  world = await createWorld({
    outboundAllow: [],
    declaration: () => ({
      organizations: [
        { slug: 'acme', name: 'Acme', domains: [{ domain: 'declared.test', verified: true }] },
        { slug: 'globex', name: 'Globex' },
      ],
    }),
    environment: { ADMIN_API_KEY, DNS_SERVERS: names.address },
  });
  callers = callersOf(world);
  for (const row of await world.sql`select id, slug from organizations`) ids[row['slug']] = row['id'];
});
beforeEach(() => {
  names.zone = {};
});
afterAll(async () => {
  await world?.close();
  await names?.close();
});

let made = 0;
const freshName = () => `d${++made}.test`;
const add = (domain: string, body: object = {}, organization = 'acme', call = callers.operator) =>
  call(`/organizations/${ids[organization]}/domains`, json({ domain, ...body }));
const added = async (domain = freshName(), organization = 'acme') => read(await add(domain, {}, organization), 201);
const verify = async (id: string) => read(await callers.operator(`/domains/${id}/verify`, { method: 'POST' }));
const get = async (id: string) => read(await callers.operator(`/domains/${id}`));
const actionsOf = async (id: string) => {
  const rows = await world.sql`select action from audit_events where target_id = ${id} order by created_at, id`;
  return rows.map(({ action }) => action);
};

describe('the operator’s word', () => {
  test('asserts and takes back, and the audit says who', async () => {
    const { id, challenge } = await added();
    const asserted = await read(await callers.operator(`/domains/${id}`, patch({ verified: true })));
    expect(asserted).toMatchObject({ verified: true, verifiedBy: 'operator' });
    await read(await callers.operator(`/domains/${id}`, patch({ verified: true })));
    names.zone = { [challenge.name]: [[challenge.value]] };
    expect(await verify(id)).toMatchObject({ verified: true, verifiedBy: 'dns' });
    const taken = await read(await callers.operator(`/domains/${id}`, patch({ verified: false })));
    expect(taken.verified).toBe(false);
    expect(taken.challenge.value).not.toBe(challenge.value);
    expect(await actionsOf(id)).toEqual(['domain.created', 'domain.asserted', 'domain.verified', 'domain.unverified']);
    const { id: other } = await read(await add(freshName(), { verified: true }), 201);
    expect(await actionsOf(other)).toEqual(['domain.created_asserted']);
  });

  test('is for keys that reach everything', async () => {
    const limited = await callers.with({ organizations: [String(ids['acme'])] });
    const reading = await callers.with({ access: 'read' });
    const { id } = await read(await add(freshName(), {}, 'acme', limited), 201);
    expect((await read(await add(freshName(), { verified: true }, 'acme', limited), 403)).code).toBe(
      'admin_key_forbidden',
    );
    expect((await read(await limited(`/domains/${id}`, patch({ verified: true })), 403)).code).toBe(
      'admin_key_forbidden',
    );
    expect((await read(await reading(`/domains/${id}`, patch({ verified: true })), 403)).code).toBe(
      'admin_key_forbidden',
    );
    expect((await read(await reading(`/domains/${id}/verify`, { method: 'POST' }), 403)).code).toBe(
      'admin_key_forbidden',
    );
    expect((await read(await limited(`/domains/${id}`, patch({ verified: false })))).verified).toBe(false);
    expect((await read(await limited(`/domains/${id}/verify`, { method: 'POST' }))).outcome).toBe('missing');
    const [event] =
      await world.sql`select actor_id from audit_events where target_id = ${id} and action = 'domain.created'`;
    expect(event?.['actor_id']).toBe(limited.id);
  });

  test('another organization’s domains are not there', async () => {
    const { id } = await added(freshName(), 'globex');
    const limited = await callers.with({ organizations: [String(ids['acme'])] });
    const calls: [string, RequestInit?][] = [
      [`/domains/${id}`],
      [`/domains/${id}`, patch({ verified: true })],
      [`/domains/${id}`, patch({ verified: false })],
      [`/domains/${id}`, { method: 'DELETE' }],
      [`/domains/${id}/verify`, { method: 'POST' }],
      [`/organizations/${ids['globex']}/domains`],
      [`/organizations/${ids['globex']}/domains`, json({ domain: 'x.test' })],
    ];
    const before = await get(id);
    for (const [path, init] of calls) expect((await read(await limited(path, init), 404)).code).toBe('not_found');
    expect(await get(id)).toEqual(before);
  });
});

test('If-Match is honoured, and what is deleted is gone', async () => {
  const { id, domain } = await added();
  const etag = String((await callers.operator(`/domains/${id}`)).headers.get('etag'));
  await read(await callers.operator(`/domains/${id}`, patch({ verified: true }, { 'if-match': etag })));
  for (const init of [
    patch({ verified: false }, { 'if-match': etag }),
    { method: 'DELETE', headers: { 'if-match': etag } },
  ])
    expect((await read(await callers.operator(`/domains/${id}`, init), 412)).code).toBe('precondition_failed');
  expect((await callers.operator(`/domains/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await callers.operator(`/domains/${id}`)).status).toBe(404);
  expect(await actionsOf(id)).toEqual(['domain.created', 'domain.asserted', 'domain.deleted']);
  await added(domain);
});

test('a declaration and the API keep one domain', async () => {
  const { id } = await added('both.test');
  const declare = (verified?: boolean) =>
    world.apply({
      organizations: [
        {
          slug: 'acme',
          name: 'Acme',
          domains: [{ domain: 'both.test', ...(verified === undefined ? {} : { verified }) }],
        },
      ],
    });
  await declare(true);
  expect(await get(id)).toMatchObject({ verified: true, verifiedBy: 'operator' });
  await declare(false);
  const after = await get(id);
  expect(after.verified).toBe(false);
  expect(after).not.toHaveProperty('verifiedBy');
  for (const domain of ['gmail.com', 'co.uk'])
    await expect(
      world.apply({ organizations: [{ slug: 'acme', name: 'Acme', domains: [{ domain, verified: true }] }] }),
    ).rejects.toThrow('/organizations/0/domains/0/domain: ');
});
