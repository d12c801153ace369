/** Which connection a login runs on where the dialect names none: always the same one, and the documented one. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { json, read } from '#tests/journey.ts';
import { CLIENT } from '#tests/organizations.ts';
import { createWorld, REDIRECT_URI, type World } from '#tests/world.ts';

const NAMES = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
let provider: RunningIdentityProvider;
let world: World;

type Organization = Declaration['organizations'][number];
type Connection = NonNullable<Organization['connections']>[number];

function connection(slug: string, more: Partial<Connection> = {}): Connection {
  return {
    type: 'oidc',
    issuer: provider.issuer,
    clientId: slug,
    clientSecret: CLIENT.clientSecret,
    redirectUris: [REDIRECT_URI],
    slug,
    ...more,
  } satisfies Partial<Connection> as Connection;
}

function organization(slug: string, connections: Connection[], apiKey?: string): Organization {
  const apiKeys = apiKey ? [{ name: 'key', key: apiKey, dialects: ['indee' as const] }] : [];
  const domains = [{ domain: 'acme.test', verified: true }];
  return { slug, name: slug, domains, connections, apiKeys };
}

beforeAll(async () => {
  provider = await startIdentityProvider({ clients: [CLIENT] });
  world = await createWorld({
    outboundAllow: [new URL(provider.issuer).host],
    declaration: (apiKey) => ({
      organizations: [
        organization(
          'plain',
          NAMES.map((name) => connection(name)),
        ),
        organization(
          'off',
          NAMES.map((name) => connection(name, name === 'first' ? { status: 'disabled' } : {})),
        ),
        organization(
          'by-domain',
          [connection('open'), connection('listing', { allowedDomains: ['partner.test'] }), connection('last')],
          apiKey,
        ),
      ],
    }),
  });
});
afterAll(async () => {
  await world?.close();
  await provider?.stop();
});

async function priaClient(slug: string): Promise<string | null> {
  const { redirectUrl } = await read(await world.fetch(`/sso/${slug}`, { headers: { accept: 'application/json' } }));
  return new URL(redirectUrl).searchParams.get('client_id');
}

test('Pria: the first active one of the file', async () => {
  expect(await priaClient('plain')).toBe('first');
  expect(await priaClient('off')).toBe('second');
});

test.each([
  ['ada@acme.test', 'open'],
  ['eve@partner.test', 'listing'],
  ['ADA@ACME.TEST', 'open'],
])('Indee: %s signs in over %s', async (username, clientId) => {
  const key = { authorization: `Bearer ${world.apiKey}` };
  const { redirect } = await read(await world.fetch('/v1/admin/auth/sso/initiate', json({ username }, key)));
  expect(new URL(redirect).searchParams.get('client_id')).toBe(clientId);
});

test('Indee: nobody signs in with a domain that is not the organization’s', async () => {
  const key = { authorization: `Bearer ${world.apiKey}` };
  const refused = await world.fetch('/v1/admin/auth/sso/initiate', json({ username: 'mallory@elsewhere.test' }, key));
  expect((await read(refused, 401)).status_code).toBe('A2001');
});

test('a start that fails explains itself to the operator', async () => {
  const { organizations } = {
    organizations: [organization('broken', [connection('oidc', { issuer: `${provider.issuer}/other` })])],
  };
  await world.apply({ organizations });
  const refused = await world.fetch('/v1/auth/sso/broken/oidc');
  const requestId = refused.headers.get('request-id');
  expect(refused.status).toBeGreaterThanOrEqual(400);
  const [login] = await world.sql`select * from logins where request_id = ${requestId}`;
  const [{ id } = { id: '' }] = await world.sql`select id from organizations where slug = 'broken'`;
  expect(login).toMatchObject({ outcome: 'failed', dialect: 'applivery', organization_id: id });
  expect(login?.['checks'].at(-1)).toMatchObject({ name: 'start.request', outcome: 'failed' });
});

test('a refused choice names what it found', async () => {
  await world.apply({ organizations: [organization('closed', [connection('oidc', { status: 'disabled' })])] });
  const refused = await world.fetch('/v1/auth/sso/closed/oidc');
  const [login] = await world.sql`select * from logins where request_id = ${refused.headers.get('request-id')}`;
  expect(login).toMatchObject({ reason: 'connection_disabled', connection_version: 1 });
  expect(login?.['organization_id']).toMatch(/^[0-9a-f]{24}$/);
});
