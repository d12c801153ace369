/** What the demo runs: an embedded Postgres, the development identity provider, and the server on a database of its own. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { AnyElysia } from 'elysia';
import postgres from 'postgres';
import { readConfig } from '#config';
import { applyDeclaration } from '#core/declaration.ts';
import { startIdentityProvider } from '#dev/identity-provider.ts';
import { createDatabase, startPostgres } from '#dev/postgres.ts';
import { migrateDatabase } from '#ports/db/migrate.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import { randomToken } from '#ports/keys/random.ts';
import { createLog } from '#ports/log.ts';
import type { Ports } from '#ports/ports.ts';
import { parseDeclaration } from '#routes/admin/declaration.ts';
import { MIGRATIONS, serve } from '#serve';
import { CLIENT_ID, demoDeclaration } from './organization.ts';

/** What the demo's logins and its page know of the running server. */
export interface DemoServer {
  /** The server's origin. */
  readonly url: string;
  readonly issuer: string;
  /** For Indee. */
  readonly apiKey: string;
  /** For `/admin/v1`. */
  readonly adminKey: string;
}

export interface RunningDemo extends DemoServer {
  readonly ports: Ports;
  /** The port that was asked for, when another program had it. */
  readonly takenPort: number | undefined;
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** Where the embedded Postgres keeps its data. */
  readonly directory: string;
  /** Wanted, but not insisted on; 0 for any. */
  readonly port: number;
  /** Least level that the server logs. */
  readonly logLevel: string;
  readonly mount: (ports: Ports, server: DemoServer) => AnyElysia;
}

const HOST = '127.0.0.1';
const REDIRECT_PATH = '/demo/callback';

/**
 * Starts all of it. Every start has a new database, new keys and a new provider, so that the demo always
 * tells the same story; nothing of the environment but what the options carry leads it elsewhere.
 * @throws Error when something does not start; whatever had started is stopped again
 */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    const port = await freePort(options.port);
    const url = `http://${HOST}:${port}`;
    const secrets = { clientSecret: randomToken(), apiKey: createApiKey(), adminKey: randomToken() };
    const redirectUri = url + REDIRECT_PATH;
    const [databaseUrl, provider] = await settled(
      openDemoDatabase(join(options.directory, 'postgres'), port, stops),
      startProvider(redirectUri, secrets.clientSecret, stops),
    );
    const server = { url, issuer: provider.issuer, apiKey: secrets.apiKey, adminKey: secrets.adminKey };
    const running = await serve(configOf(options, port, server, databaseUrl), {
      log: createLog(options.logLevel),
      mount: (ports) => options.mount(ports, server),
    });
    stops.push(() => running.stop());
    const declaration = demoDeclaration(provider.issuer, redirectUri, secrets);
    await applyDeclaration(running.ports, parseDeclaration(JSON.stringify(declaration)));
    const takenPort = options.port !== 0 && options.port !== port ? options.port : undefined;
    return { ...server, ports: running.ports, takenPort, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Both, or the first failure once both have come to an end: what started can then be stopped. */
async function settled<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

async function startProvider(redirectUri: string, clientSecret: string, stops: (() => Promise<void>)[]) {
  const client = { clientId: CLIENT_ID, clientSecret, redirectUris: [redirectUri], name: 'Acme’s front end' };
  const provider = await startIdentityProvider({ clients: [client] });
  stops.push(() => provider.stop());
  return provider;
}

/** A new, migrated database. Its name holds the port, which no other running demo has. */
async function openDemoDatabase(directory: string, port: number, stops: (() => Promise<void>)[]): Promise<string> {
  const cluster = await startPostgres({ directory });
  stops.push(() => cluster.stop());
  const name = `demo_${port}`;
  await dropDatabase(cluster.url, name);
  const url = await createDatabase(cluster.url, name);
  stops.push(() => dropDatabase(cluster.url, name));
  await migrateDatabase(url, MIGRATIONS);
  return url;
}

async function dropDatabase(clusterUrl: string, name: string): Promise<void> {
  const sql = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
  } finally {
    await sql.end();
  }
}

function configOf({ logLevel }: DemoOptions, port: number, { url, issuer, adminKey }: DemoServer, databaseUrl: string) {
  const SECRETS_KEY = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const config = readConfig({
    HOST,
    PORT: String(port),
    PUBLIC_URL: url,
    ADMIN_API_KEY: adminKey,
    OUTBOUND_ALLOW: new URL(issuer).host,
    LOG_LEVEL: logLevel,
  });
  return { ...config, DATABASE_URL: databaseUrl, SECRETS_KEY };
}

/** That port if it is free, else one that the system picks. */
async function freePort(wanted: number): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const probe = createServer();
      probe.once('error', reject);
      probe.listen(port, HOST, () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
      });
    });
  return attempt(wanted).catch(() => attempt(0));
}
