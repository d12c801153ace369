/**
 * `bun run bench:housekeeping`: logins and refreshes through two servers while housekeeping clears ten million rows,
 * beside the same without it.
 *
 *   --million=N   rows of a tenth, 1,000,000 unless said otherwise
 *   --shape=ties  rows that all expired at one instant, instead of all over a month
 *   --kill=N      a third server, without load, that is killed and started anew every N seconds
 *   --vacuum=off  no autovacuum: what was deleted stays in the indexes
 *   --hold        a transaction that stays open meanwhile, so that nobody may forget what was deleted
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
import { holdHorizon, watchClearing, watchLocks } from './housekeeping-watch.ts';
import { applyLoad, type Operation, percentile } from './load.ts';
import { populate } from './population.ts';
import { residentMib } from './processes.ts';
import type { BenchServer } from './server.ts';
import { type Cleanups, prepareServer } from './setup.ts';
import { align, fixed } from './table.ts';

const { values: options } = parseArgs({
  options: {
    million: { type: 'string', default: '1000000' },
    shape: { type: 'string', default: 'spread' },
    kill: { type: 'string' },
    vacuum: { type: 'string', default: 'on' },
    hold: { type: 'boolean', default: false },
  },
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

/** Kills a server and starts another, again and again, until the returned function is called. */
function killAgainAndAgain(start: () => Promise<BenchServer>, milliseconds: number): () => Promise<void> {
  const stopped = new AbortController();
  const killing = (async () => {
    while (!stopped.signal.aborted) {
      const { process } = await start();
      await sleep(milliseconds, undefined, { signal: stopped.signal }).catch(() => undefined);
      process.kill('SIGKILL');
    }
  })();
  return () => {
    stopped.abort();
    return killing;
  };
}

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
  if (options.vacuum === 'off') await sql.unsafe('alter system set autovacuum = off');
  await sql`select pg_reload_conf()`;
  await populate(sql);
  // whoever holds the job's lock keeps both servers from it
  await sql`select pg_advisory_lock(7382002, 1)`;
  const planted = await plantExpiredRows(sql, Number(options.million), options.shape === 'ties' ? 'ties' : 'spread');
  const total = Object.values(planted).reduce((sum, rows) => sum + rows, 0);
  await load(origins, apiKey, 'warm-up', sleep(5_000));
  const before = await load(origins, apiKey, 'before', sleep(QUIET_MS));
  const scans = await countScans(sql);
  if (options.hold) await holdHorizon(database.url, cleanups);
  if (options.kill) {
    cleanups.push(killAgainAndAgain(() => start(database.url, []), Number(options.kill) * 1000));
  }
  await sql`select pg_advisory_unlock(7382002, 1)`;
  const stopWatching = watchLocks(sql);
  const cleared = watchClearing(sql);
  const during = await load(
    origins,
    apiKey,
    'during',
    cleared.then(() => {}),
  );
  const locks = await stopWatching();
  const scanned = await countScans(sql);
  const after = await load(origins, apiKey, 'after', sleep(QUIET_MS));
  report([before, during, after]);
  console.log(`${total} rows, ${options.shape}: cleared in ${Math.round((await cleared) / 1000)} s`);
  console.log(`longest lock wait seen ${Math.round(locks.longestMs)} ms`, locks.queries);
  for (const { pid } of servers) console.log('memory of a server, MiB', await residentMib(pid));
  console.log(
    'sequential scans meanwhile',
    Object.fromEntries(Object.entries(scanned).map(([table, count]) => [table, count - (scans[table] ?? 0)])),
  );
  const tables =
    await sql`select relname, n_live_tup, n_dead_tup, autovacuum_count, pg_size_pretty(pg_indexes_size(relid)) as indexes
    from pg_stat_user_tables where n_live_tup + n_dead_tup > 5000 order by 1`;
  console.log(tables.map((row) => JSON.stringify(row)).join('\n'));
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
