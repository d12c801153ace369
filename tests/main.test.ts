/** The journey through the three dialects against a server process, under Bun and under Deno. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { type Traveller, travelApplivery, travelIndee, travelPria } from '#tests/journey.ts';
import { acme, CLIENT } from '#tests/organizations.ts';
import { type ServerProcess, startServer, type WrittenDeclaration } from '#tests/server-process.ts';
import { migrate } from '#tests/world.ts';

/** The same with its secrets in the environment. */
function withReferences({ organizations }: Declaration): WrittenDeclaration {
  return {
    organizations: organizations.map(({ connections = [], apiKeys = [], ...organization }) => ({
      ...organization,
      connections: connections.map((connection) => ({ ...connection, clientSecret: { env: 'ACME_SECRET' } })),
      apiKeys: apiKeys.map((apiKey) => ({ ...apiKey, key: { env: 'ACME_API_KEY' } })),
    })),
  };
}

describe.each(['bun', 'deno'] as const)('a server process under %s', (runtime) => {
  let provider: RunningIdentityProvider;
  let database: ClonedDatabase;
  let server: ServerProcess;
  let traveller: Traveller;

  beforeAll(async () => {
    provider = await startIdentityProvider({ clients: [CLIENT] });
    database = await cloneDatabase(migrate);
    const apiKey = createApiKey();
    server = await startServer({
      runtime,
      databaseUrl: database.url,
      declaration: withReferences(acme(provider.issuer, apiKey)),
      environment: {
        OUTBOUND_ALLOW: new URL(provider.issuer).host,
        ACME_SECRET: CLIENT.clientSecret,
        ACME_API_KEY: apiKey,
      },
    });
    traveller = { fetch: (path, init) => fetch(new URL(path, server.url), init), apiKey, email: 'grace@acme.test' };
  });
  afterAll(async () => {
    await server?.stop();
    await provider?.stop();
    await database?.drop();
  });

  test('is ready', async () => {
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  });
  test('serves Applivery', () => travelApplivery(traveller));
  test('serves Indee', () => travelIndee(traveller, '/v1'));
  test('serves Pria', () => travelPria(traveller, '/sso'));

  test('finishes what is under way on SIGTERM, and exits 0', async () => {
    const slow = fetch(`${server.url}/v1/auth/sso/acme/oidc`);
    await fetch(`${server.url}/health/live`);
    const [code, answer] = await Promise.all([server.stop(), slow]);
    expect({ code, status: answer.status }).toEqual({ code: 0, status: 200 });
    expect(server.output()).not.toContain('"level":50');
  });
});

test('a provider that hangs does not keep a server from ending in good order', async () => {
  const asked = Promise.withResolvers<void>();
  const hanging = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: () => {
      asked.resolve();
      return new Promise<Response>(() => {});
    },
  });
  const database = await cloneDatabase(migrate);
  const host = `127.0.0.1:${hanging.port}`;
  const server = await startServer({
    runtime: 'bun',
    databaseUrl: database.url,
    declaration: acme(`http://${host}`, createApiKey(), { type: 'keycloak' }),
    environment: { OUTBOUND_ALLOW: host },
  });
  const started = await (await fetch(`${server.url}/v1/auth/sso/acme/oidc`)).json();
  const callback = fetch(`${server.url}/v1/auth/sso/acme/oidc/callback?code=c&state=${started.data.state}`, {
    method: 'POST',
  });
  await asked.promise;
  const [code, answer] = await Promise.all([server.stop(), callback]);
  expect({ code, status: answer.status }).toEqual({ code: 0, status: 502 });
  await hanging.stop(true);
  await database.drop();
});

test('what goes wrong at the start is told without values', async () => {
  const start = startServer({
    runtime: 'bun',
    databaseUrl: 'postgres://user:secret-of-the-database@127.0.0.1:1/none',
    declaration: { organizations: [] },
  });
  const output = await start.then(
    () => 'it started',
    (error: Error) => error.message,
  );
  expect(output).toContain('the server ended with 1');
  expect(output).toContain('ECONNREFUSED');
  expect(output).not.toContain('secret-of-the-database');
});

test('a secret that the environment should hold and does not stops the start, before anything is written', async () => {
  const database = await cloneDatabase(migrate);
  const start = startServer({
    runtime: 'bun',
    databaseUrl: database.url,
    declaration: withReferences(acme('https://login.acme.example', createApiKey())),
    environment: { ACME_API_KEY: createApiKey() },
  });
  await expect(start).rejects.toThrow('clientSecret: ACME_SECRET is not set in the environment');
  await database.drop();
});
