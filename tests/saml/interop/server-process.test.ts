/** A server process and identity providers of other makes, which know each other by nothing but their metadata's URLs. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import postgres from 'postgres';
import { signInWithSaml } from '#dev/saml/sign-in.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { samlAcme } from '#tests/saml/saml-world.ts';
import { type ServerProcess, startServer } from '#tests/server-process.ts';
import { migrate } from '#tests/world.ts';
import { type Client, EMAIL, LOGINS } from './interop-world.ts';
import type { ForeignProvider } from './provider-host.ts';
import { startSamlify } from './samlify-host.ts';
import { startSamlp } from './samlp-host.ts';

describe.each([
  ['bun', 'samlify', startSamlify],
  ['deno', 'samlp', startSamlp],
] as const)('a server process under %s, and %s', (runtime, _, start) => {
  let provider: ForeignProvider;
  let database: ClonedDatabase;
  let server: ServerProcess;
  let client: Client;

  beforeAll(async () => {
    provider = await start();
    database = await cloneDatabase(migrate);
    const apiKey = createApiKey();
    const port = await freePort();
    server = await startServer({
      runtime,
      databaseUrl: database.url,
      declaration: samlAcme(apiKey, { saml: { metadataUrl: provider.metadataUrl, wantAssertionsSigned: true } }),
      environment: {
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        OUTBOUND_ALLOW: new URL(provider.origin).host,
      },
    });
    const metadata = await fetch(`${server.url}/saml/${await connectionId(database)}/metadata`);
    expect(metadata.headers.get('content-type')).toStartWith('application/samlmetadata+xml');
    provider.register(await metadata.text());
    client = {
      apiKey,
      fetch: (path, init) => fetch(new URL(path, server.url), init),
      signIn: (startUrl) => signInWithSaml(startUrl, EMAIL),
    };
  }, 30_000);
  afterAll(async () => {
    await server?.stop();
    await provider?.stop();
    await database?.drop();
  });

  test.each(['applivery', 'indee', 'pria'] as const)('a login through %s', async (dialect) => {
    await LOGINS[dialect](client);
  });
});

async function connectionId({ url }: ClonedDatabase): Promise<string> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql`select id from connections`;
  await sql.end();
  return String(row?.['id']);
}

/** Our own address has to be known before the server listens there: it is part of our metadata. */
async function freePort(): Promise<number> {
  const listener = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() });
  const { port } = listener;
  await listener.stop(true);
  return Number(port);
}
