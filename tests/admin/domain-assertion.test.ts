/** Domains by the operator's word: asserted, taken back, deleted; by whom, and what a declaration says beside it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { type Callers, patch } from '#tests/admin/callers.ts';
import { type DomainDesk, domainCalls, freshName, openDomainDesk } from '#tests/admin/domain-desk.ts';
import type { NameServer } from '#tests/dns-server.ts';
import { json, read } from '#tests/journey.ts';
import type { World } from '#tests/world.ts';

let desk: DomainDesk;
let world: World;
let names: NameServer;
let callers: Callers;
let ids: DomainDesk['ids'];
beforeAll(async () => {
  desk = await openDomainDesk();
  ({ world, names, callers, ids } = desk);
});
beforeEach(() => {
  names.zone = {};
});
afterAll(() => desk?.close());

const { add, added, verify, get, actionsOf } = domainCalls(() => desk);

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

test('a change that names nothing changes nothing', async () => {
  const { id } = await added();
  for (const verified of [true, false]) {
    const set = await callers.operator(`/domains/${id}`, patch({ verified }));
    const etag = set.headers.get('etag') ?? '';
    const same = await callers.operator(`/domains/${id}`, patch({}, { 'if-match': etag }));
    expect(same.headers.get('etag')).toBe(etag);
    expect(await read(same)).toEqual(await read(set));
  }
  expect(await actionsOf(id)).toEqual(['domain.created', 'domain.asserted', 'domain.unverified']);
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
