/**
 * Databases for tests: one real Postgres for a run, one migrated template, and a fresh copy of it for
 * whoever asks, which takes some tens of milliseconds.
 *
 * The server starts with the first `cloneDatabase` of a run; `tests/preload.ts` stops it at the end. Runs
 * that overlap share it: every database carries its run's name, and what an interrupted run left behind
 * is dropped by the next.
 */
import { createHash, randomBytes } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { createDatabase, type RunningPostgres, startPostgres } from '#dev/postgres.ts';

/** Brings an empty database to the current schema, and closes its connections. */
export type Migrate = (url: string) => Promise<void>;

export interface ClonedDatabase {
  readonly url: string;
  /** Ends the connections that are left and removes the database. */
  drop(): Promise<void>;
}

interface Run {
  readonly server: RunningPostgres;
  /** Its connection's name says that the run is alive. */
  readonly sql: Sql;
}

const PREFIX = 'test';
const runName = `${PREFIX}_${randomBytes(5).toString('hex')}`;
const templates = new Map<Migrate, Promise<string>>();
let run: Promise<Run> | undefined;
let count = 0;

/** A new database with the current schema and no rows. `migrate` runs once a run. */
export async function cloneDatabase(migrate: Migrate): Promise<ClonedDatabase> {
  run ??= startRun();
  const { server, sql } = await run;
  const made = templates.get(migrate) ?? createTemplate(server, migrate);
  templates.set(migrate, made);
  const name = nextName();
  const url = await createDatabase(server.url, name, await made);
  return {
    url,
    async drop() {
      await sql`drop database if exists ${sql(name)} with (force)`;
    },
  };
}

/** Drops what this run made and leaves the server, if it was ever started. */
export async function stopDatabases(): Promise<void> {
  const running = await run?.catch(() => undefined);
  run = undefined;
  templates.clear();
  if (!running) return;
  await dropRun(running.sql, runName);
  await running.sql.end();
  await running.server.stop();
}

async function startRun(): Promise<Run> {
  // outside the project, which may be read-only, or lie where the server's user can't go
  const key = createHash('sha256')
    .update(import.meta.url)
    .digest('hex')
    .slice(0, 16);
  const directory = join(tmpdir(), `vestibule-test-${userInfo().uid}-${key}`);
  const server = await startPostgres({ directory, durable: false });
  const sql = postgres(server.url, {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: runName },
  });
  await dropAbandoned(sql);
  return { server, sql };
}

async function createTemplate(server: RunningPostgres, migrate: Migrate): Promise<string> {
  const name = nextName();
  await migrate(await createDatabase(server.url, name));
  return name;
}

function nextName(): string {
  count += 1;
  return `${runName}_${count}`;
}

async function dropAbandoned(sql: Sql): Promise<void> {
  const abandoned = await sql<{ name: string }[]>`
    select distinct substring(datname from ${`^${PREFIX}_[0-9a-f]+`}) as name from pg_database
    where datname ~ ${`^${PREFIX}_[0-9a-f]+_[0-9]+$`}
      and substring(datname from ${`^${PREFIX}_[0-9a-f]+`}) not in (select application_name from pg_stat_activity)`;
  for (const { name } of abandoned) await dropRun(sql, name);
}

async function dropRun(sql: Sql, name: string): Promise<void> {
  const databases = await sql<
    { datname: string }[]
  >`select datname from pg_database where starts_with(datname, ${`${name}_`})`;
  for (const { datname } of databases) await sql`drop database if exists ${sql(datname)} with (force)`;
}
