/** The database's clock, and how far ours is from it. Tokens expire by ours, sessions by the database's. */

import { sql } from 'drizzle-orm';
import type { Clock } from '#ports/clock.ts';
import type { Database } from './client.ts';
import { now, statement } from './statement.ts';

const READ_CLOCK = statement<Record<string, never>, number>(sql`select extract(epoch from ${now}) as seconds`, (row) =>
  Number(row['seconds']),
);

/** What the database's clock shows now. */
export async function readDatabaseTime(db: Database): Promise<Date> {
  const [seconds = 0] = await db.run(READ_CLOCK, {});
  return new Date(seconds * 1000);
}

/** Seconds that our clock is ahead of the database's (negative: behind), as exact as half a round trip. */
export async function readClockSkewSeconds(db: Database, clock: Clock): Promise<number> {
  await db.run(READ_CLOCK, {}); // opens the connection, which may take long
  const before = clock.now().getTime();
  const [databaseSeconds = 0] = await db.run(READ_CLOCK, {});
  const after = clock.now().getTime();
  return (before + after) / 2000 - databaseSeconds;
}
