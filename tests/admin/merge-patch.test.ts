/** PATCH is a merge patch (RFC 7396) in both of its content types, at any depth; a declared file goes on replacing what it names. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Declaration } from '#routes/admin/declaration.ts';
import { MASK } from '#routes/admin/mask.ts';
import { ADMIN_API_KEY, type Call, callersOf, patch } from '#tests/admin/callers.ts';
import { adminOperations } from '#tests/admin/operations.ts';
import { json, read } from '#tests/journey.ts';
import { createWorld, REDIRECT_URI, type World } from '#tests/world.ts';

const declared: Declaration = {
  organizations: [
    {
      slug: 'acme',
      name: 'Acme',
      branding: { primaryColor: 'red' },
      sessionLifetimes: { pria: { absoluteSeconds: 3600 } },
      users: [{ email: 'ada@acme.test', attributes: { pria: { plan: 'team' } } }],
    },
  ],
};
const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };

let world: World;
let call: Call;
let acme: string;

beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => declared, environment: { ADMIN_API_KEY } });
  call = callersOf(world).operator;
  acme = (await read(await call('/organizations?slug=acme'))).items[0].id;
});
afterAll(() => world?.close());

describe.each([
  ['application/json', {}],
  ['application/merge-patch+json', MERGE_PATCH],
])('%s', (_type, headers: Record<string, string>) => {
  const change = async (path: string, body: object) => read(await call(path, patch(body, headers)));

  test('merges the objects of an organization at any depth', async () => {
    const path = `/organizations/${acme}`;
    await world.apply(declared);
    const changed = await change(path, {
      branding: { logoUrl: 'https://acme.test/logo.png' },
      sessionLifetimes: { pria: { idleSeconds: 1800 }, indee: { absoluteSeconds: 7200 } },
      refreshLifetime: { minSeconds: 600, maxSeconds: 900 },
      institution: { ainame: 'Ada', maxFiles: 3 },
    });
    expect(changed).toMatchObject({
      branding: { primaryColor: 'red', logoUrl: 'https://acme.test/logo.png' },
      sessionLifetimes: { pria: { absoluteSeconds: 3600, idleSeconds: 1800 }, indee: { absoluteSeconds: 7200 } },
    });
    const removed = await change(path, {
      branding: { primaryColor: null, logoUrl: null },
      sessionLifetimes: { pria: { idleSeconds: null }, indee: null },
      refreshLifetime: { maxSeconds: null },
      institution: { ainame: null },
    });
    expect(removed).toMatchObject({
      sessionLifetimes: { pria: { absoluteSeconds: 3600 } },
      refreshLifetime: { minSeconds: 600 },
      institution: { maxFiles: 3 },
    });
    expect([removed.branding, removed.sessionLifetimes.indee, removed.institution.ainame]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    // what is merged is judged as a whole
    const { errors } = await read(await call(path, patch({ refreshLifetime: { maxSeconds: 300 } }, headers)), 422);
    expect(errors[0].pointer).toBe('/refreshLifetime');
    const cleared = await change(path, { sessionLifetimes: null, refreshLifetime: null, institution: null });
    expect([cleared.sessionLifetimes, cleared.refreshLifetime, cleared.institution]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect((await change(path, { branding: {} })).updatedAt).toBe(cleared.updatedAt);
  });

  test('merges the attributes of a user', async () => {
    const { items } = await read(await call(`/organizations/${acme}/users?email=ada@acme.test`));
    const path = `/users/${items[0].id}`;
    const changed = await change(path, { attributes: { pria: { credits: 5 }, applivery: { newsletter: true } } });
    expect(changed.attributes).toEqual({ pria: { plan: 'team', credits: 5 }, applivery: { newsletter: true } });
    const removed = await change(path, { attributes: { pria: { credits: null }, applivery: null } });
    expect(removed.attributes).toEqual({ pria: { plan: 'team' } });
  });

  test('merges mapping and SAML settings of a connection, and leaves a secret that is not named', async () => {
    const oidc = {
      slug: `oidc-${Object.keys(headers).length}`,
      type: 'oidc',
      redirectUris: [REDIRECT_URI],
      clientSecret: 'secret',
      mapping: { email: ['mail'], name: ['cn'] },
    };
    const one = await read(await call(`/organizations/${acme}/connections`, json(oidc)), 201);
    expect(await change(`/connections/${one.id}`, { mapping: { email: null, locale: ['lang'] } })).toMatchObject({
      clientSecret: MASK,
    });
    const { mapping } = await read(await call(`/connections/${one.id}`));
    expect(mapping).toEqual({ name: ['cn'], locale: ['lang'] });

    const saml = {
      slug: `saml-${Object.keys(headers).length}`,
      type: 'saml',
      redirectUris: [REDIRECT_URI],
      saml: { metadataUrl: 'https://idp.acme.test/metadata', wantEncrypted: true },
    };
    const two = await read(await call(`/organizations/${acme}/connections`, json(saml)), 201);
    const path = `/connections/${two.id}`;
    expect((await change(path, { saml: { signRequests: true, clockSkewSeconds: 60 } })).saml).toMatchObject({
      metadataUrl: 'https://idp.acme.test/metadata',
      signRequests: true,
      wantEncrypted: true,
      clockSkewSeconds: 60,
    });
    expect((await change(path, { saml: { clockSkewSeconds: null, wantEncrypted: null } })).saml).toMatchObject({
      signRequests: true,
      wantEncrypted: false,
      clockSkewSeconds: 180,
    });
    const cleared = await change(path, { saml: null });
    expect([cleared.saml.metadataUrl, cleared.saml.signRequests]).toEqual([undefined, undefined]);
  });
});

test('a file replaces what it names: members that it no longer has go, and again it changes nothing', async () => {
  const kept = await read(
    await call(`/organizations/${acme}`, patch({ branding: { logoUrl: 'https://acme.test/a.png' } })),
  );
  expect(kept.branding.logoUrl).toBe('https://acme.test/a.png');
  await world.apply(declared);
  const applied = await read(await call(`/organizations/${acme}`));
  expect(applied.branding).toEqual({ primaryColor: 'red' });
  await world.apply(declared);
  expect((await read(await call(`/organizations/${acme}`))).updatedAt).toBe(applied.updatedAt);
});

test('a member of an object that there is none of is pointed to', async () => {
  const answer = await call(
    `/organizations/${acme}`,
    patch({ branding: { colour: 'red' }, sessionLifetimes: { pria: { idle: null } } }),
  );
  const pointers = (await read(answer, 422)).errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers.toSorted()).toEqual(['/branding/colour', '/sessionLifetimes/pria/idle']);
});

test('every PATCH takes both content types, and says so', async () => {
  const operations = adminOperations(await read(await world.fetch('/openapi.json')));
  const patches = operations.filter(({ method }) => method === 'PATCH');
  expect(patches.length).toBeGreaterThan(5);
  for (const { id, operation } of patches)
    expect([id, Object.keys(operation.requestBody?.content ?? {})]).toEqual([
      id,
      ['application/json', 'application/merge-patch+json'],
    ]);
});
