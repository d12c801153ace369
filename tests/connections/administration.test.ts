/** Connections over the admin API: made, read, listed, switched, deleted. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { MASK } from '#routes/admin/mask.ts';
import { ADMIN_API_KEY, patch } from '#tests/admin/callers.ts';
import { applivery, visitProvider } from '#tests/hostile/clients.ts';
import { CLIENT_SECRET } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI } from '#tests/world.ts';
import { type Desk, openDesk, problem } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.stage.honest());
afterAll(() => desk?.stage.close());

describe('making one', () => {
  test('answers the draft with what to enter at the provider, and where it stands', async () => {
    const answer = await desk.operator(`/organizations/${desk.acme}/connections`, json(desk.oidc({ slug: 'shown' })));
    const etag = answer.headers.get('etag');
    const location = new URL(answer.headers.get('location') ?? '');
    const made = await read(answer, 201);
    expect(made).toMatchObject({
      slug: 'shown',
      status: 'draft',
      version: 1,
      versionState: 'draft',
      clientSecret: MASK,
      atProvider: {
        redirectUris: [REDIRECT_URI],
        backchannelLogoutUri: `http://localhost:3000/oidc/${made.id}/backchannel-logout`,
      },
    });
    expect(made.activeVersion).toBeUndefined();
    const again = await desk.stage.world.fetch(location.pathname, {
      headers: { authorization: `Bearer ${ADMIN_API_KEY}` },
    });
    expect(again.headers.get('etag')).toBe(etag);
    const { problems, ...kept } = made;
    expect(problems).toEqual([]);
    expect(await read(again)).toEqual(kept);
    expect(desk.stage.world.logLines.join()).not.toContain(CLIENT_SECRET);
    expect(JSON.stringify(await desk.stage.world.sql`select * from audit_events`)).not.toContain(CLIENT_SECRET);
  });

  test('SAML: names and addresses of ours, before the provider has said anything', async () => {
    const made = await desk.make({
      slug: 'saml-made',
      type: 'saml',
      redirectUris: [REDIRECT_URI],
      saml: { wantEncrypted: true },
    });
    const ours = `http://localhost:3000/saml/${made.id}`;
    expect(made.atProvider).toEqual({
      entityId: `${ours}/metadata`,
      metadataUrl: `${ours}/metadata`,
      consumerServiceUrl: `${ours}/acs`,
      logoutUrl: `${ours}/slo`,
    });
    expect(made.saml).toMatchObject({ wantEncrypted: true, clockSkewSeconds: 180 });
    const metadata = await desk.stage.world.fetch(`/saml/${made.id}/metadata`);
    expect(metadata.status).toBe(200);
  });

  test.each(['google', 'microsoft', 'okta', 'auth0', 'keycloak', 'github', 'gitlab'])(
    'of the preset %s',
    async (type) => {
      const made = await desk.make(
        desk.oidc({ type, issuer: ['microsoft', 'google'].includes(type) ? undefined : 'https://login.example.com' }),
      );
      expect(made).toMatchObject({ type, status: 'draft' });
    },
  );

  test('takes an incomplete draft, and refuses what contradicts itself at its place', async () => {
    const made = await desk.make({ slug: 'bare', type: 'oidc', redirectUris: [REDIRECT_URI] });
    expect(made.clientId).toBeUndefined();
    const create = (body: object) => desk.operator(`/organizations/${desk.acme}/connections`, json(body));
    const refused = async (body: object, pointer: string, status = 422) => {
      const { errors } = await problem(await create(body), status);
      expect(errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    };
    await refused(desk.oidc({ saml: { wantEncrypted: true } }), '/saml');
    await refused({ ...desk.oidc(), type: 'saml' }, '/issuer');
    await refused(desk.oidc({ redirectUris: [] }), '/redirectUris');
    await refused(desk.oidc({ redirectUris: ['javascript:alert(1)'] }), '/redirectUris/0');
    await refused(desk.oidc({ typo: 1 }), '/typo');
    await refused(desk.oidc({ mapping: { mail: ['x'] } }), '/mapping/mail');
    await refused({ type: 'saml', redirectUris: [REDIRECT_URI], saml: { metadataXML: '<a/>' } }, '/saml/metadataXML');
    await refused({ type: 'saml', redirectUris: [REDIRECT_URI], saml: { metadataXml: '<a/>' } }, '/saml/metadataXml');
    await refused(desk.oidc({ slug: 'a'.repeat(24).replaceAll('a', '0') }), '/slug');
    await refused(desk.oidc({ slug: 'bare' }), '/slug', 409);
  });

  test('the same key makes one', async () => {
    const body = desk.oidc();
    const send = () =>
      desk.operator(`/organizations/${desk.acme}/connections`, json(body, { 'idempotency-key': 'the-same' }));
    expect((await read(await send(), 201)).id).toBe((await read(await send(), 201)).id);
  });
});

test('another organization’s connections are not there', async () => {
  const mine = await desk.make(desk.oidc(), desk.acme);
  const theirs = await desk.callers.with({ organizations: [desk.globex] });
  const etc = { headers: { 'content-type': 'application/json' } };
  const calls: [string, RequestInit][] = [
    ['', {}],
    ['', patch({ jit: false })],
    ['', { method: 'DELETE' }],
    ['/versions', {}],
    ['/versions/1', {}],
    ['/activate', json({ force: true })],
    ['/rollback', { method: 'POST', ...etc }],
  ];
  for (const [path, init] of calls) expect((await theirs(`/connections/${mine.id}${path}`, init)).status).toBe(404);
  expect((await theirs(`/organizations/${desk.acme}/connections`)).status).toBe(404);
  expect((await theirs(`/organizations/${desk.acme}/connections`, json(desk.oidc()))).status).toBe(404);
  const listed = await read(await theirs(`/organizations/${desk.globex}/connections`));
  expect(listed.items.map(({ slug }: { slug: string }) => slug).sort()).toEqual(['oidc', 'rival']);
  const reader = await desk.callers.with({ organizations: [desk.acme], access: 'read' });
  expect((await reader(`/connections/${mine.id}`)).status).toBe(200);
  expect((await reader(`/connections/${mine.id}`, patch({ jit: false }))).status).toBe(403);
  const { problems: _once, ...kept } = mine;
  expect(await read(await desk.operator(`/connections/${mine.id}`))).toEqual(kept);
});

test('lists by status and type, newest first, page by page', async () => {
  const [first, second] = [await desk.make(desk.oidc()), await desk.make(desk.oidc({ type: 'gitlab', issuer: null }))];
  const page = await read(await desk.operator(`/organizations/${desk.acme}/connections?limit=1&status=draft`));
  expect([page.items.length, page.items[0].id]).toEqual([1, second.id]);
  const next = await read(
    await desk.operator(`/organizations/${desk.acme}/connections?limit=1&status=draft&cursor=${page.nextCursor}`),
  );
  expect(next.items[0].id).toBe(first.id);
  const labs = await read(await desk.operator(`/organizations/${desk.acme}/connections?type=gitlab`));
  expect(new Set(labs.items.map(({ type }: { type: string }) => type))).toEqual(new Set(['gitlab']));
});

describe('the status', () => {
  test('takes effect at once on sessions and on logins under way', async () => {
    const { id } = await desk.make(desk.oidc({ slug: 'switched' }));
    await read(await desk.activate(id));
    const tokens = applivery.tokensOf(await read(await desk.loginOver('switched')));
    const start = await read(await desk.stage.world.fetch('/v1/auth/sso/acme/switched'));
    const returned = await visitProvider(desk.stage, { url: new URL(start.data.redirectUrl) });
    const off = await read(await desk.operator(`/connections/${id}`, patch({ status: 'disabled' })));
    expect(off).toMatchObject({ status: 'disabled', version: 1, activeVersion: 1 });
    expect(await applivery.use(desk.stage.world.fetch, desk.stage, tokens)).toBe(401);
    await read(await desk.operator(`/connections/${id}`, patch({ status: 'active' })));
    expect((await desk.stage.world.fetch('/v1/auth/sso/acme/switched/callback', json(returned))).status).toBe(400);
    expect(await applivery.use(desk.stage.world.fetch, desk.stage, tokens)).toBe(401);
    await read(await desk.loginOver('switched'));
  });

  test('of a draft comes by activation alone', async () => {
    const { id } = await desk.make(desk.oidc());
    for (const status of ['active', 'disabled'])
      expect((await problem(await desk.operator(`/connections/${id}`, patch({ status })), 409)).errors[0].pointer).toBe(
        '/status',
      );
    expect((await read(await desk.operator(`/connections/${id}`))).status).toBe('draft');
  });
});

test('a draft and a disabled one can be deleted, one in use can’t', async () => {
  const { id } = await desk.make(desk.oidc());
  await read(await desk.activate(id));
  const remove = () => desk.operator(`/connections/${id}`, { method: 'DELETE' });
  expect(await problem(await remove(), 409)).toMatchObject({ code: 'conflict' });
  await read(await desk.operator(`/connections/${id}`, patch({ status: 'disabled' })));
  await read(await remove(), 204);
  expect((await desk.operator(`/connections/${id}`)).status).toBe(404);
  const draft = await desk.make(desk.oidc());
  await read(await desk.operator(`/connections/${draft.id}`, { method: 'DELETE' }), 204);
});

describe('a secret that is kept', () => {
  const change = (id: string, body: object) => desk.operator(`/connections/${id}`, patch(body));
  const elsewhere = 'https://elsewhere.example.com';

  test('goes to no other issuer than the one that it was given for, in one step or in two', async () => {
    const { id } = await desk.make();
    const needed = { code: 'input_invalid', errors: [{ pointer: '/clientSecret', detail: expect.any(String) }] };
    expect(await problem(await change(id, { issuer: elsewhere }), 422)).toEqual(needed);
    expect(await problem(await change(id, { issuer: elsewhere, clientSecret: MASK }), 422)).toEqual(needed);
    await read(await change(id, { issuer: null }));
    expect(await problem(await change(id, { issuer: elsewhere }), 422)).toEqual(needed);
    await read(await change(id, { issuer: elsewhere, clientSecret: 'known-to-whoever-asks' }));
    await read(await change(id, { issuer: `${elsewhere}/` }));
  });
});

test.each([{ kty: 'oct' }, { kty: 'RSA', n: 'x' }, { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }])(
  'a client key that is no private JWK is refused: %p',
  async (clientKey) => {
    const body = desk.oidc({ clientAuthentication: 'private_key_jwt', clientKey });
    const answer = await desk.operator(`/organizations/${desk.acme}/connections`, json(body));
    const { errors } = await problem(answer, 422);
    expect(errors).toMatchObject([{ pointer: '/clientKey' }]);
  },
);

test('a private JWK is taken, and metadata of a quarter of a megabyte reach those who read them', async () => {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  const clientKey = await crypto.subtle.exportKey('jwk', privateKey);
  const made = await desk.make(desk.oidc({ clientAuthentication: 'private_key_jwt', clientKey }));
  // whose public half this provider does not have
  expect(made.problems).toMatchObject([{ code: 'idp_client_auth_failed', pointer: '/clientKey' }]);
  const saml = await desk.make({ slug: 'large', type: 'saml', redirectUris: [REDIRECT_URI] });
  const metadataXml = `<md:EntityDescriptor>${' '.repeat(200_000)}</md:EntityDescriptor>`;
  const answer = await desk.operator(`/connections/${saml.id}`, patch({ saml: { metadataXml } }));
  expect(answer.status).not.toBe(413);
});
