/**
 * The benchmark's Postgres: the embedded one, with the settings that keep data safe, and a database that
 * is made anew for each run. What it executes is counted by its own extension `pg_stat_statements`.
 */
import postgres, { type Sql } from 'postgres';
import { createDatabase, type RunningPostgres, startPostgres } from '#dev/postgres.ts';
import { parentOf } from './processes.ts';

const NAME = 'bench';
const COUNTER = 'pg_stat_statements';

export interface BenchDatabase {
  readonly url: string;
  /** A connection of the benchmark's own. */
  readonly sql: Sql;
  /** Process id of the server; undefined where there is no `/proc`. */
  readonly postmaster: number | undefined;
  /** `18.4: fsync on, synchronous_commit on, …` */
  readonly description: string;
  /** Whether connections opened from now on have their statements counted. False when it can't be had. */
  count(enabled: boolean): Promise<boolean>;
  close(): Promise<void>;
}

/** @param directory kept for the next run, so that the cluster is made once */
export async function openBenchDatabase(directory: string): Promise<BenchDatabase> {
  const server = await startCounting(directory);
  try {
    const url = await emptyDatabase(server.url);
    const sql = connect(url);
    const canCount = await isLoaded(sql);
    if (canCount) await sql.unsafe(`create extension ${COUNTER}`);
    return {
      url,
      sql,
      postmaster: await postmasterOf(sql),
      description: await describe(sql),
      async count(enabled) {
        if (canCount) await sql.unsafe(`alter database ${NAME} set ${COUNTER}.track = '${enabled ? 'top' : 'none'}'`);
        return canCount;
      },
      async close() {
        await sql.end();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** What the server does now and then whoever calls: it reads its keys anew and looks after its tables. */
const BY_THE_CLOCK = 'signing_keys|pg_try_advisory_xact_lock|saml_metadata';

/** Statements executed by counted connections since the last call; BEGIN and COMMIT count too. */
export async function takeStatementCount(sql: Sql): Promise<number> {
  const [row] = await sql<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::int as calls from pg_stat_statements(true)
    where dbid = (select oid from pg_database where datname = current_database()) and query !~ ${BY_THE_CLOCK}`;
  await sql`select pg_stat_statements_reset()`;
  return row?.calls ?? 0;
}

/** The extension has to be loaded with the server, and counts nothing until it is asked to. */
async function startCounting(directory: string): Promise<RunningPostgres> {
  const server = await startPostgres({ directory });
  const sql = connect(server.url);
  try {
    if (await isLoaded(sql)) return server;
    const available = await sql`select 1 from pg_available_extensions where name = ${COUNTER}`;
    if (available.length === 0) return server;
    await sql.unsafe(`alter system set shared_preload_libraries = '${COUNTER}'`);
    await sql.unsafe(`alter system set ${COUNTER}.track = 'none'`);
  } finally {
    await sql.end();
  }
  await server.stop();
  return startPostgres({ directory });
}

async function isLoaded(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ loaded: string }[]>`select current_setting('shared_preload_libraries') as loaded`;
  return row?.loaded === COUNTER;
}

async function emptyDatabase(url: string): Promise<string> {
  const sql = connect(url);
  await sql.unsafe(`drop database if exists ${NAME} with (force)`);
  await sql.end();
  return createDatabase(url, NAME);
}

async function postmasterOf(sql: Sql): Promise<number | undefined> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row && parentOf(row.pid);
}

async function describe(sql: Sql): Promise<string> {
  const settings = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers'];
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, current_setting(name) as setting from unnest(${settings}::text[]) name`;
  const [version, ...others] = rows.map(({ name, setting }) =>
    name === 'server_version' ? setting : `${name} ${setting}`,
  );
  return `Postgres ${version}: ${others.join(', ')}`;
}

function connect(url: string): Sql {
  return postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'vestibule-bench' } });
}
