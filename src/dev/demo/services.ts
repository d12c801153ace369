/** What the demo runs: an embedded Postgres, two identity providers, and the server on a database of its own. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { AnyElysia } from 'elysia';
import { readConfig } from '#config';
import { applyDeclaration } from '#core/declaration.ts';
import type { RunningSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import { randomToken } from '#ports/keys/random.ts';
import { createLog } from '#ports/log.ts';
import type { Ports } from '#ports/ports.ts';
import { parseDeclaration } from '#routes/admin/declaration.ts';
import { serve } from '#serve';
import { readConnections } from './connections.ts';
import { openDemoDatabase } from './database.ts';
import { demoDeclaration, type OrganizationSlug } from './organization.ts';
import { introduce, startProviders } from './providers.ts';

/** What the demo's logins and its page know of the running server. */
export interface DemoServer {
  /** The server's origin. */
  readonly url: string;
  /** Of the OpenID provider. */
  readonly issuer: string;
  readonly saml: RunningSamlIdentityProvider;
  /** For Indee. */
  readonly apiKeys: Readonly<Record<OrganizationSlug, string>>;
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
  /**
   * Host of the server's own addresses. The providers are at 127.0.0.1; to a browser `localhost` is another site, and
   * another port is not. Default `127.0.0.1`.
   */
  readonly host?: 'localhost' | '127.0.0.1' | undefined;
}

/** Where everything listens. */
const LOOPBACK = '127.0.0.1';

/**
 * Starts all of it. Every start has a new database, new keys and new providers, so that the demo always
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
    const url = `http://${options.host ?? LOOPBACK}:${port}`;
    const clientSecret = randomToken();
    const [databaseUrl, providers] = await settled(
      openDemoDatabase(join(options.directory, 'postgres'), port, stops),
      startProviders(url, clientSecret, stops),
    );
    const { oidc, saml } = providers;
    const apiKeys = { acme: createApiKey(), globex: createApiKey() };
    const server = { url, issuer: oidc.issuer, saml, apiKeys, adminKey: randomToken() };
    const running = await serve(configOf(options, port, server, databaseUrl), {
      log: createLog(options.logLevel),
      mount: (ports) => options.mount(ports, server),
    });
    stops.push(() => running.stop());
    const place = { url, issuer: oidc.issuer, metadataUrl: saml.metadataUrl };
    const declaration = demoDeclaration(place, { clientSecret, apiKeys });
    await applyDeclaration(running.ports, parseDeclaration(JSON.stringify(declaration)));
    await introduce(url, providers, await readConnections(running.ports.db));
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

function configOf({ logLevel }: DemoOptions, port: number, server: DemoServer, databaseUrl: string) {
  const SECRETS_KEY = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const config = readConfig({
    HOST: LOOPBACK,
    PORT: String(port),
    PUBLIC_URL: server.url,
    ADMIN_API_KEY: server.adminKey,
    OUTBOUND_ALLOW: [server.issuer, server.saml.origin].map((origin) => new URL(origin).host).join(),
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
      probe.listen(port, LOOPBACK, () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
      });
    });
  return attempt(wanted).catch(() => attempt(0));
}
