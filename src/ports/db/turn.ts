/**
 * One replica at a time. Each batch takes a transaction's advisory lock, tries no more than once, and gives it back by
 * ending: nothing is left behind by a replica that dies, and a pooler in transaction mode is none the wiser, which a
 * session's lock would not survive.
 */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { statement } from './statement.ts';

/** First half of the key; the second says which work. */
const LOCK = 7_382_002;

/** Kinds of work that may go on beside each other. */
const DUTIES = { sweep: 1, settle: 2, partitions: 3 } as const;
export type Duty = keyof typeof DUTIES;

/** The two halves of the lock's key. */
export const lockKeyOf = (duty: Duty) => sql.raw(`${LOCK}, ${DUTIES[duty]}`);

/**
 * A statement begins with `turn`; whatever it does holds only if `(select mine from turn)`. Not waiting for the disk: what
 * a crash of the database undoes is found again.
 */
export const turn = (duty: Duty) =>
  sql`turn as materialized (select pg_try_advisory_xact_lock(${lockKeyOf(duty)}) as mine, set_config('synchronous_commit', 'off', true))`;

/** A look that takes nothing: whoever is at it must not find the lock taken by somebody who only asked. */
const IS_TAKEN = statement<Record<string, never>, boolean>(
  sql`select exists (select 1 from pg_locks where locktype = 'advisory' and objsubid = 2 and granted
    and (classid, objid) = (${lockKeyOf('sweep')}) and database = (select oid from pg_database where datname = current_database())) as taken`,
  (row) => row['taken'] === true,
);

/** Whether a replica is in the midst of a batch right now. */
export async function isSweepUnderWay(db: Database): Promise<boolean> {
  const [taken] = await db.run(IS_TAKEN, {});
  return taken === true;
}
