/** How many statements an operation sends, counted in Postgres while nothing else is under way. */
import type { Sql } from 'postgres';
import { type BenchDialect, type Client, type Pair, pairOf, type Started } from './client.ts';
import { takeStatementCount } from './database.ts';

export interface RoundTrips {
  readonly operation: string;
  readonly each: number;
  /** What the design allows; undefined where it sets no limit. */
  readonly limit: number | undefined;
}

const TIMES = 20;
const LIMITS = { finish: 3, refresh: 2, read: 1 };

/**
 * Every statement is one round trip, but for the first time a connection prepares it. Done once before it is
 * counted, so that what is done once a process (keys, discovery) does not count.
 */
export async function countRoundTrips(client: Client, sql: Sql): Promise<RoundTrips[]> {
  const rows: RoundTrips[] = [];
  const counted = async (operation: string, limit: number | undefined, action: () => Promise<void>) => {
    await takeStatementCount(sql);
    for (let time = 0; time < TIMES; time++) await action();
    rows.push({ operation, limit, each: (await takeStatementCount(sql)) / TIMES });
  };

  let pair: Pair = { accessToken: '', refreshToken: '' };
  for (const [person, dialect] of (['applivery', 'indee', 'pria'] as const satisfies BenchDialect[]).entries()) {
    const first = await client.finish(dialect, await client.start(dialect, person));
    if (dialect === 'applivery') pair = pairOf(first);
    const started: Started[] = [];
    await counted(`${dialect} start`, undefined, async () => void started.push(await client.start(dialect, person)));
    await counted(`${dialect} finish`, LIMITS.finish, async () => {
      const next = started.pop();
      if (next) await client.finish(dialect, next);
    });
  }
  await counted('applivery refresh', LIMITS.refresh, async () => {
    pair = await client.refresh(pair);
  });
  await counted('applivery read', LIMITS.read, async () => void (await client.profile(pair.accessToken)));
  return rows;
}
