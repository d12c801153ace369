/** What the benchmark of housekeeping sees of the database meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import type { Cleanups } from './setup.ts';

/** The longest that anybody waited for a lock, milliseconds, looked at every 50 ms. */
export function watchLocks(sql: Sql) {
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

/** What is over, table by table. From the newest on: beginning with the oldest would step over all that was deleted. */
const OVER = Object.entries({
  authentication_requests: `expires_at < now() - interval '1 hour 2 minutes'`,
  refresh_tokens: `expires_at < now() - interval '1 hour'`,
  sessions: `expires_at < now() - interval '30 days 1 hour'`,
  logins: `created_at < now() - interval '30 days 1 hour'`,
  audit_events: `created_at < date_trunc('month', now() - interval '400 days', 'UTC')`,
})
  .map(([table, condition]) => {
    const column = condition.split(' ', 1)[0];
    return `(select ${column} from ${table} where ${condition} order by ${column} desc limit 1)`;
  })
  .join(', ');

/** Prints how many rows were deleted so far, every 5 s. @returns milliseconds until nothing is over any more */
export async function watchClearing(sql: Sql): Promise<number> {
  const startedAt = performance.now();
  const first = await deletedRows(sql);
  for (let last = 0; ; ) {
    await sleep(5_000);
    const rows = (await deletedRows(sql)) - first;
    console.error(
      `${Math.round((performance.now() - startedAt) / 1000)} s: ${rows} rows, ${(rows - last) / 5} a second`,
    );
    last = rows;
    const [left] = await sql.unsafe(`select coalesce(${OVER}) is not null as something`);
    if (!left?.['something']) return performance.now() - startedAt;
  }
}

/** By whichever server; what went with its month is not among them. */
async function deletedRows(sql: Sql): Promise<number> {
  const [row] = await sql<{ rows: number }[]>`select sum(n_tup_del)::int as rows from pg_stat_user_tables`;
  return row?.rows ?? 0;
}

/** Opens a transaction that goes on seeing everything as it is now, until the end. */
export async function holdHorizon(url: string, cleanups: Cleanups): Promise<void> {
  const holder = postgres(url, { max: 1 });
  cleanups.push(() => holder.end());
  await holder.unsafe('begin isolation level repeatable read');
  await holder.unsafe('select count(*) from organizations');
}
