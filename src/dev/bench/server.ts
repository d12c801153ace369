/** The server under test: `src/main.ts` as production runs it, in a process of its own. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApiKey } from '#ports/keys/api-key.ts';
import { type Child, startChild } from './processes.ts';
import { CLIENT_ID } from './stub-provider.ts';

export interface BenchServer extends Child {
  readonly url: string;
  /** From the start of the process until `/health/ready` says yes, milliseconds. */
  readonly readyMs: number;
}

export interface ServerOptions {
  readonly root: string;
  readonly databaseUrl: string;
  readonly providerPort: number;
  readonly secretsKey: string;
  /** The file that creates organization, connection and API key. */
  readonly seed: string;
  /** Options of the runtime, for profiling. */
  readonly runtimeOptions: readonly string[];
}

export const ORGANIZATION = 'bench';
export const CONNECTION = 'oidc';
export const EMAIL_DOMAIN = 'bench.example';
/** The default, said here because the bare statements get a pool of the same size. */
export const POOL_SIZE = 10;

const READY_WITHIN_MS = 20_000;

/** Starts it and waits until it is ready. @throws Error when it is not in time */
export async function startServer(options: ServerOptions): Promise<BenchServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = startChild([...options.runtimeOptions, 'src/main.ts'], {
    cwd: options.root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: options.databaseUrl,
      DATABASE_POOL_MAX: String(POOL_SIZE),
      SECRETS_KEY: options.secretsKey,
      OUTBOUND_ALLOW: `127.0.0.1:${options.providerPort}`,
      VESTIBULE_SEED: options.seed,
    },
  });
  while (!(await isReady(url))) {
    if (child.process.exitCode !== null || performance.now() - startedAt > READY_WITHIN_MS) {
      await child.stop().catch(() => undefined);
      throw new Error('the server did not become ready');
    }
    await sleep(2);
  }
  return { ...child, url, readyMs: performance.now() - startedAt };
}

/** Writes the seed. @returns its path and the API key in it */
export async function writeSeed(directory: string, providerPort: number): Promise<{ path: string; apiKey: string }> {
  const apiKey = createApiKey();
  const connection = {
    slug: CONNECTION,
    type: 'oidc',
    issuer: `http://127.0.0.1:${providerPort}`,
    clientId: CLIENT_ID,
    clientSecret: 'a secret that the stub provider does not ask for',
    redirectUris: ['http://127.0.0.1/sso_callback'],
  };
  const organization = {
    slug: ORGANIZATION,
    name: 'Benchmark',
    domains: [{ domain: EMAIL_DOMAIN, verified: true }],
    connections: [connection],
    apiKeys: [{ name: 'load driver', key: apiKey, dialects: ['indee'] }],
  };
  const path = join(directory, 'seed.json');
  await writeFile(path, JSON.stringify({ organizations: [organization] }), { mode: 0o600 });
  return { path, apiKey };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    },
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
