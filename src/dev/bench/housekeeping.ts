/**
 * `bun run bench:housekeeping`: logins and refreshes through two servers while housekeeping clears ten million rows,
 * beside the same without it.
 *
 *   --million=N   rows of a tenth, 1,000,000 unless said otherwise
 *   --shape=ties  rows that all expired at one instant, instead of all over a month
 *
 * Everything runs on loopback, against a cluster of its own in a temporary directory, which takes some 12 GB and is removed.
 */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Sql } from 'postgres';
import { createClient, type Pair, pairOf } from './client.ts';
import { openBenchDatabase } from './database.ts';
import { plantExpiredRows } from './expired-rows.ts';
import { applyLoad, type Operation, percentile } from './load.ts';
import { populate } from './population.ts';
import { type Cleanups, prepareServer } from './setup.ts';
import { align, fixed } from './table.ts';

const { values: options } = parseArgs({
  options: { million: { type: 'string', default: '1000000' }, shape: { type: 'string', default: 'spread' } },
});

/** Workers a server and kind, and how long each rests between two operations: a steady, honest load. */
const WORKERS = 2;
const REST_MS = 40;
const QUIET_MS = 30_000;

interface Phase {
  readonly name: string;
  readonly login: number[];
  readonly refresh: number[];
}

/** Applies the load until `until` resolves. */
async function load(origins: readonly string[], apiKey: string, name: string, until: Promise<void>): Promise<Phase> {
  const phase: Phase = { name, login: [], refresh: [] };
  let over = false;
  void until.finally(() => {
    over = true;
  });
  let person = 0;
  const works = origins.flatMap((origin) => {
    const client = createClient(origin, apiKey);
    const signIn = async () => client.finish('applivery', await client.start('applivery', person++ % 10_000));
    const pairs = new Map<number, Pair>();
    const refresh = async (worker: number) => {
      pairs.set(worker, await client.refresh(pairs.get(worker) ?? pairOf(await signIn())));
    };
    return [
      { kind: phase.login, work: signIn },
      { kind: phase.refresh, work: refresh },
    ];
  });
  const operation =
    ({ kind, work }: (typeof works)[number]): Operation =>
    async (worker) => {
      const startedAt = performance.now();
      await work(worker);
      const took = performance.now() - startedAt;
      kind.push(took);
      await sleep(REST_MS);
      return took;
    };
  while (!over) {
    const bounds = { concurrency: WORKERS, milliseconds: 1_000, operations: 100_000 };
    await Promise.all(works.map((each) => applyLoad(operation(each), bounds)));
  }
  return phase;
}

/** The longest that anybody waited for a lock, milliseconds, looked at every 50 ms. */
function watchLocks(sql: Sql) {
  let [longest, stopped] = [0, false];
  const seen = new Set<string>();
  const watching = (async () => {
    while (!stopped) {
      const rows = await sql<{ waited: number; query: string }[]>`
        select extract(epoch from clock_timestamp() - coalesce(l.waitstart, clock_timestamp()))::float8 * 1000 as waited, left(a.query, 60) as query
        from pg_locks l join pg_stat_activity a using (pid) where not l.granted`;
      for (const { waited, query } of rows) {
        longest = Math.max(longest, waited);
        seen.add(query);
      }
      await sleep(50);
    }
  })();
  return async () => {
    stopped = true;
    await watching;
    return { longestMs: longest, queries: [...seen] };
  };
}

async function removedRows(origins: readonly string[]): Promise<number> {
  let rows = 0;
  for (const origin of origins) {
    const text = await (await fetch(`${origin}/metrics`)).text();
    for (const [, value] of text.matchAll(/^vestibule_housekeeping_rows_total\{[^}]*\} (\d+)/gm)) rows += Number(value);
  }
  return rows;
}

const LEFT = `select (select count(*) from authentication_requests where expires_at < now() - interval '1 hour')
  + (select count(*) from refresh_tokens where expires_at < now()) + (select count(*) from sessions where expires_at < now() - interval '30 days')
  + (select count(*) from logins where created_at < now() - interval '30 days')
  + (select count(*) from audit_events where created_at < now() - interval '400 days') as left`;

async function run(cleanups: Cleanups): Promise<void> {
  // not made here: the server's user has to own it
  const directory = join(tmpdir(), `vestibule-housekeeping-${process.pid}`);
  cleanups.push(() => rm(directory, { recursive: true }));
  const database = await openBenchDatabase(directory);
  cleanups.push(() => database.close());
  const { sql } = database;
  const { start, apiKey } = await prepareServer(fileURLToPath(new URL('../../..', import.meta.url)), cleanups);
  const servers = [await start(database.url, []), await start(database.url, [])];
  for (const server of servers) cleanups.push(() => server.stop());
  const origins = servers.map(({ url }) => url);
  await populate(sql);
  // whoever holds the job's lock keeps both servers from it
  await sql`select pg_advisory_lock(7382002, 1)`;
  const planted = await plantExpiredRows(sql, Number(options.million), options.shape === 'ties' ? 'ties' : 'spread');
  const total = Object.values(planted).reduce((sum, rows) => sum + rows, 0);
  await load(origins, apiKey, 'warm-up', sleep(5_000));
  const before = await load(origins, apiKey, 'before', sleep(QUIET_MS));
  const scans = await countScans(sql);
  const removedBefore = await removedRows(origins);
  await sql`select pg_advisory_unlock(7382002, 1)`;
  const stopWatching = watchLocks(sql);
  const startedAt = performance.now();
  let clearedAt = startedAt;
  const cleared = (async () => {
    // what hangs on a session and what lies in a dropped month is counted by nobody
    let last = -1;
    for (let idle = 0; idle < 8; await sleep(5_000)) {
      const rows = (await removedRows(origins)) - removedBefore;
      console.error(`${Math.round((performance.now() - startedAt) / 1000)} s: ${rows} rows`);
      // longer than a round is away
      idle = rows > total / 2 && rows - last < 1_000 ? idle + 1 : 0;
      if (idle === 0) clearedAt = performance.now();
      last = rows;
    }
  })();
  const during = await load(origins, apiKey, 'during', cleared);
  const seconds = (clearedAt - startedAt) / 1000;
  const locks = await stopWatching();
  const scanned = await countScans(sql);
  const [left] = await sql.unsafe(LEFT);
  const after = await load(origins, apiKey, 'after', sleep(QUIET_MS));
  report([before, during, after]);
  console.log(`${total} rows, ${options.shape}: cleared in ${Math.round(seconds)} s, left ${left?.['left']}`);
  console.log(`longest lock wait seen ${Math.round(locks.longestMs)} ms`, locks.queries);
  console.log(
    'sequential scans meanwhile',
    Object.fromEntries(Object.entries(scanned).map(([table, count]) => [table, count - (scans[table] ?? 0)])),
  );
  console.log(
    [
      ...(await sql`select relname, n_live_tup, n_dead_tup, autovacuum_count, pg_size_pretty(pg_indexes_size(relid)) as indexes
    from pg_stat_user_tables where n_live_tup + n_dead_tup > 5000 order by 1`),
    ]
      .map((row) => JSON.stringify(row))
      .join('\n'),
  );
}

async function countScans(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<
    { name: string; scans: number }[]
  >`select relname as name, seq_scan::int as scans from pg_stat_user_tables
    where relname in ('sessions', 'refresh_tokens', 'authentication_requests', 'identities', 'users', 'memberships')`;
  return Object.fromEntries(rows.map(({ name, scans }) => [name, scans]));
}

function report(phases: readonly Phase[]): void {
  const rows = phases.flatMap(({ name, login, refresh }) =>
    Object.entries({ login, refresh }).map(([kind, values]) => [
      `${kind}, ${name}`,
      String(values.length),
      ...[0.5, 0.95, 0.99, 1].map((share) => fixed(percentile(values, share), 1)),
    ]),
  );
  console.log(align([['', 'operations', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'], ...rows]).join('\n'));
}

const cleanups: Cleanups = [];
try {
  await run(cleanups);
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup().catch((error: unknown) => console.error(error));
}
