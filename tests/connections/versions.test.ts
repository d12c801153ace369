/** A connection's versions over the admin API: a change waits, is activated, and taken back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { MASK } from '#routes/admin/mask.ts';
import { patch } from '#tests/admin/callers.ts';
import { applivery, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { CLIENT_SECRET } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { type Desk, openDesk, problem } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.stage.honest());
afterAll(() => desk?.stage.close());

describe('a change', () => {
  test('of a draft holds at once and is a version of its own', async () => {
    const { id } = await desk.make(desk.oidc({ mapping: { email: ['mail'], name: ['cn'] } }));
    const changed = await read(
      await desk.operator(
        `/connections/${id}`,
        patch({ jit: false, clientSecret: MASK, mapping: { name: null, groups: ['roles'] } }),
      ),
    );
    expect(changed).toMatchObject({
      version: 2,
      jit: false,
      clientSecret: MASK,
      mapping: { email: ['mail'], groups: ['roles'] },
    });
    expect(changed.mapping.name).toBeUndefined();
    const [row] = await desk.stage.world.sql`select sealed_client_secret from connections where id = ${id}`;
    expect(
      await desk.stage.world.ports.keys.open(row?.['sealed_client_secret'], `connections:${id}:client_secret`),
    ).toBe(CLIENT_SECRET);
    const cleared = await read(
      await desk.operator(`/connections/${id}`, patch({ jit: null, clientSecret: null, mapping: null })),
    );
    expect(cleared).toMatchObject({ version: 3, jit: true, mapping: {} });
    expect(cleared.clientSecret).toBeUndefined();
    expect((await read(await desk.operator(`/connections/${id}`, patch({ jit: true })))).version).toBe(3);
    const events = await desk.actions(id);
    expect(events.map(({ action }) => action)).toEqual([
      'connection.created',
      'connection.updated',
      'connection.updated',
    ]);
    expect(events[1]?.details).toMatchObject({ before: { jit: true }, after: { jit: false } });
  });

  test('of one that is in use waits; logins run on what is active until it is activated, and again after a rollback', async () => {
    const made = await desk.make(desk.oidc({ slug: 'in-use' }));
    const { id } = made;
    await read(await desk.activate(id));
    const changed = await read(
      await desk.operator(
        `/connections/${id}`,
        patch({ issuer: desk.stage.issuer('rival'), clientSecret: CLIENT_SECRET }),
      ),
    );
    expect(changed).toMatchObject({
      status: 'active',
      version: 2,
      versionState: 'draft',
      activeVersion: 1,
      issuer: desk.stage.issuer('rival'),
    });
    const more = await read(await desk.operator(`/connections/${id}`, patch({ jit: true, defaultRole: 'guest' })));
    expect(more).toMatchObject({
      version: 3,
      activeVersion: 1,
      issuer: desk.stage.issuer('rival'),
      defaultRole: 'guest',
    });
    await read(await desk.loginOver('in-use'));

    const start = await read(await desk.stage.world.fetch('/v1/auth/sso/acme/in-use'));
    const returned = await visitProvider(desk.stage, { url: new URL(start.data.redirectUrl) });
    expect(await problem(await desk.activate(id, {}), 409)).toMatchObject({ code: 'version_not_tested' });
    expect(await read(await desk.activate(id))).toMatchObject({ version: 3, versionState: 'active', activeVersion: 3 });
    await read(await desk.stage.world.fetch('/v1/auth/sso/acme/in-use/callback', json(returned)));
    const moved = await read(await desk.stage.world.fetch('/v1/auth/sso/acme/in-use'));
    expect(new URL(moved.data.redirectUrl).pathname).toStartWith('/rival/');

    const back = await read(await desk.operator(`/connections/${id}/rollback`, { method: 'POST' }));
    expect(back).toMatchObject({
      version: 1,
      versionState: 'active',
      activeVersion: 1,
      issuer: desk.stage.issuer('acme'),
    });
    await read(await desk.loginOver('in-use'));
    const { items } = await read(await desk.operator(`/connections/${id}/versions`));
    expect(items.map(({ version, state }: Record<string, unknown>) => [version, state])).toEqual([
      [3, 'superseded'],
      [2, 'superseded'],
      [1, 'active'],
    ]);
    const third = await read(await desk.operator(`/connections/${id}/versions/3`));
    expect(third.configuration).toMatchObject({ issuer: desk.stage.issuer('rival'), clientSecret: MASK });
    const events = await desk.actions(id);
    expect(events.map(({ action }) => action)).toEqual([
      'connection.created',
      'connection.activated',
      'connection.drafted',
      'connection.drafted',
      'connection.activated',
      'connection.rolled_back',
    ]);
    expect(events[4]?.details).toMatchObject({ version: 3, from: 1, tested: false, forced: true });
    expect(JSON.stringify(events)).not.toContain(CLIENT_SECRET);
  });

  test('has its own secret in each version', async () => {
    const { id } = await desk.make(desk.oidc({ slug: 'secrets' }));
    await read(await desk.activate(id));
    await read(await desk.operator(`/connections/${id}`, patch({ clientSecret: 'another' })));
    await read(await desk.loginOver('secrets'));
    await read(await desk.activate(id));
    expect((await desk.loginOver('secrets')).status).not.toBe(200);
    await read(await desk.operator(`/connections/${id}/rollback`, { method: 'POST' }));
    await read(await desk.loginOver('secrets'));
  });

  test('is refused where somebody else was first', async () => {
    const made = await desk.operator(`/organizations/${desk.acme}/connections`, json(desk.oidc()));
    const etag = made.headers.get('etag') ?? '';
    const { id } = await read(made, 201);
    await read(await desk.operator(`/connections/${id}`, patch({ jit: false }, { 'if-match': etag })));
    const late = await desk.operator(`/connections/${id}`, patch({ jit: true }, { 'if-match': etag }));
    expect(await problem(late, 412)).toMatchObject({ code: 'precondition_failed' });
  });
});

test('there is nothing to desk.activate or to go back to', async () => {
  const { id } = await desk.make(desk.oidc());
  expect((await problem(await desk.operator(`/connections/${id}/rollback`, { method: 'POST' }), 409)).code).toBe(
    'conflict',
  );
  await read(await desk.activate(id));
  expect((await problem(await desk.activate(id), 409)).errors[0].pointer).toBe('/version');
  expect((await problem(await desk.activate(id, { version: 9, force: true }), 409)).errors[0].pointer).toBe('/version');
  expect((await problem(await desk.operator(`/connections/${id}/rollback`, { method: 'POST' }), 409)).code).toBe(
    'conflict',
  );
});

test('a rollback to a version by number takes any that was in use, and may be sent twice', async () => {
  const { id } = await desk.make(desk.oidc({ slug: 'by-number' }));
  await read(await desk.activate(id));
  for (const defaultRole of ['second', 'third']) {
    await read(await desk.operator(`/connections/${id}`, patch({ defaultRole })));
    await read(await desk.activate(id));
  }
  const to = (version: number) => desk.operator(`/connections/${id}/rollback`, json({ version }));
  for (const _twice of [1, 2]) expect(await read(await to(1))).toMatchObject({ activeVersion: 1, defaultRole: 'user' });
  expect((await desk.actions(id)).filter(({ action }) => action === 'connection.rolled_back')).toHaveLength(1);
  expect(await read(await to(3))).toMatchObject({ activeVersion: 3, defaultRole: 'third' });
  await read(await desk.operator(`/connections/${id}`, patch({ defaultRole: 'untried' })));
  for (const version of [4, 9]) {
    const { code, errors } = await problem(await to(version), 409);
    expect([code, errors[0].pointer]).toEqual(['conflict', '/version']);
  }
});

test('the declared connection and the API’s are the same: a file’s change is in use at once and supersedes a draft', async () => {
  const [row] = await desk.stage.world
    .sql`select id from connections where organization_id = ${desk.acme} and slug = 'oidc'`;
  const id = String(row?.['id']);
  const changed = await read(await desk.operator(`/connections/${id}`, patch({ defaultRole: 'drafted' })));
  expect(changed).toMatchObject({ version: 2, activeVersion: 1 });
  await desk.stage.reconnect({ defaultRole: 'declared' });
  const now = await read(await desk.operator(`/connections/${id}`));
  expect(now).toMatchObject({ version: 3, versionState: 'active', activeVersion: 3, defaultRole: 'declared' });
  await signIn(desk.stage, applivery);
});
