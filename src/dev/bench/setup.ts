/** Starts everything that a benchmark needs, and takes it down again whatever happens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#ports/clock.ts';
import { openDatabase } from '#ports/db/client.ts';
import { type BareStatements, createBareStatements } from './bare-statements.ts';
import { type Client, createClient } from './client.ts';
import { type BenchDatabase, openBenchDatabase } from './database.ts';
import { populate } from './population.ts';
import { startChild } from './processes.ts';
import { countRoundTrips, type RoundTrips } from './round-trips.ts';
import { type BenchServer, POOL_SIZE, type ServerOptions, startServer, writeSeed } from './server.ts';

export interface Bench {
  readonly database: BenchDatabase;
  readonly server: BenchServer;
  readonly client: Client;
  readonly bare: BareStatements;
  readonly roundTrips: readonly RoundTrips[];
  /** Start to ready, milliseconds. */
  readonly startMs: { readonly empty: number; readonly migrated: number };
}

/** Called in reverse order. */
export type Cleanups = (() => Promise<unknown>)[];

type Starter = (databaseUrl: string, runtimeOptions: readonly string[]) => Promise<BenchServer>;

/**
 * @param runtimeOptions of the server's runtime, while it is measured
 * @param cleanups is filled as things are started, also when this fails half-way
 */
export async function setUp(runtimeOptions: readonly string[], cleanups: Cleanups): Promise<Bench> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const database = await openBenchDatabase(join(root, '.data', 'bench'));
  cleanups.push(() => database.close());
  const { start, apiKey } = await prepareServer(root, cleanups);

  const { roundTrips, readyMs } = await countOnFirstStart(() => start(database.url, []), database, apiKey);
  const server = await start(database.url, runtimeOptions);
  cleanups.push(() => server.stop());
  const client = createClient(server.url, apiKey);

  const db = openDatabase({ url: database.url, prepare: true, poolMax: POOL_SIZE, clock: systemClock });
  cleanups.push(() => db.close());
  // the bare statements take what they write from a login that the server has finished
  await client.finish('applivery', await client.start('applivery', 0));
  const bare = await createBareStatements(db, database.sql);
  return { database, server, client, bare, roundTrips, startMs: { empty: readyMs, migrated: server.readyMs } };
}

export async function prepareServer(root: string, cleanups: Cleanups): Promise<{ start: Starter; apiKey: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'vestibule-bench-'));
  cleanups.push(() => rm(directory, { recursive: true }));
  const providerPort = await startProvider(cleanups);
  const { path: seed, apiKey } = await writeSeed(directory, providerPort);
  const secretsKey = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const fixed: Omit<ServerOptions, 'databaseUrl' | 'runtimeOptions'> = { root, providerPort, secretsKey, seed };
  return {
    start: (databaseUrl, runtimeOptions) => startServer({ ...fixed, databaseUrl, runtimeOptions }),
    apiKey,
  };
}

async function startProvider(cleanups: Cleanups): Promise<number> {
  const script = fileURLToPath(new URL('./stub-provider.ts', import.meta.url));
  const child = startChild([script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  cleanups.push(() => child.stop());
  return new Promise((resolve, reject) => {
    child.process.once('message', (message: { port: number }) => resolve(message.port));
    child.process.once('exit', () => reject(new Error('the stub provider did not start')));
  });
}

/** The start that migrates and applies the seed; its statements are counted, and its speed is of no account. */
async function countOnFirstStart(
  start: () => Promise<BenchServer>,
  database: BenchDatabase,
  apiKey: string,
): Promise<{ roundTrips: RoundTrips[]; readyMs: number }> {
  const canCount = await database.count(true);
  const server = await start();
  try {
    await populate(database.sql);
    const client = createClient(server.url, apiKey);
    const roundTrips = canCount ? await countRoundTrips(client, database.sql) : [];
    return { roundTrips, readyMs: server.readyMs };
  } finally {
    await server.stop();
    await database.count(false);
  }
}
