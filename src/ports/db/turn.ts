/**
 * One replica at a time. Each batch takes a transaction's advisory lock, tries no more than once, and gives it back by
 * ending: nothing is left behind by a replica that dies, and a pooler in transaction mode is none the wiser, which a
 * session's lock would not survive.
 */
import { sql } from 'drizzle-orm';

/** First half of the key; the second says which work. */
const LOCK = 7_382_002;

/** Kinds of work that may go on beside each other. */
const DUTIES = { sweep: 1, settle: 2, partitions: 3, chain: 4 } as const;
export type Duty = keyof typeof DUTIES;

/** The two halves of the lock's key. */
export const lockKeyOf = (duty: Duty) => sql.raw(`${LOCK}, ${DUTIES[duty]}`);

/**
 * A statement begins with `turn`; whatever it does holds only if `(select mine from turn)`. Not waiting for the disk: what
 * a crash of the database undoes is found again. Nor for somebody's row longer than callers of the API would: they may be
 * waiting for ours.
 */
export const turn = (duty: Duty) =>
  sql`turn as materialized (select pg_try_advisory_xact_lock(${lockKeyOf(duty)}) as mine, set_config('synchronous_commit', 'off', true),
    set_config('lock_timeout', '3s', true))`;
