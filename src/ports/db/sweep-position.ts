/**
 * How far each sweep has come, kept in the database: whichever replica does the next batch goes on where the last one ended.
 * What was deleted stays in the index until the table is vacuumed, and beginning at the oldest entry steps over all of it.
 *
 * A walk begins at the oldest entry, since rows may have come to lie below the position (a row that was spared or locked, a
 * backup that was restored). It goes on, batch by batch and round by round, to the newest entry that is over. The next
 * walk begins after ten times as long as that took, so that these looks are a tenth of the work at most; what is newly over
 * is removed meanwhile from the position on.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { now, statement } from './statement.ts';

/** A walk that took less is begun anew in each round. */
const SHORT = sql.raw(`interval '3 seconds'`);
/** The next walk is put off no longer than this. */
const PUT_OFF = sql.raw(`interval '10 minutes'`);
/** `now` does not move within a statement. */
const clock = sql`(clock_timestamp() + ${sql.placeholder('offset')}::float8 * interval '1 second')`;

/** `position`, one row: where the batch begins (`start`), and as part of which walk. */
export const position = (name: string): SQL => sql`position as materialized (
    select p.next, p.reached, p.again_at, anew, anew or p.again_at is null as walking,
      case when anew then '-infinity' else coalesce(p.next, '-infinity') end as start,
      case when anew then ${now} else p.began_at end as began_at
    from (select) as one left join sweep_positions p on p.name = ${name}
    cross join lateral (
      -- a time further away was written by a clock that went wrong
      select p.name is null or coalesce(p.again_at <= ${now} or p.again_at > ${now} + ${PUT_OFF}, false) as anew
    ) as begun
  )`;

/**
 * `seen` and `kept`: what the batch makes of the position.
 * @param more whether the batch left something that is over; false ends the walk
 * @param next where the next one begins, over the rows of `due`; null to leave it where it is
 */
export const keepPosition = (name: string, more: SQL, next: SQL): SQL => sql`seen as materialized (
    select ${more} as more, ${next} as next, ${clock} as at from due
  ), kept as (
    insert into sweep_positions as p (name, next, reached, began_at, again_at)
    select ${name}, coalesce(seen.next, position.next), greatest(position.reached, seen.next), began_at,
      case when not walking then again_at when more then null when took < ${SHORT} then at else at + least(10 * took, ${PUT_OFF}) end
    from position cross join seen cross join lateral (select seen.at - began_at as took) as walk
    where (select mine from turn) and (seen.next is not null or walking and (not anew or took >= ${SHORT}))
    on conflict (name) do update set next = excluded.next, reached = excluded.reached, began_at = excluded.began_at,
      again_at = excluded.again_at
  )`;

const SKIP = statement<{ name: string }, never>(
  sql`update sweep_positions set next = reached, again_at = ${now} + ${PUT_OFF} where name = ${sql.placeholder('name')}`,
  (row) => row as never,
);

/**
 * Leaves a walk that a batch could not bring forward in its time; the sweep goes on from the furthest that it had come to. That
 * much is dead in an index only while a transaction of somebody else's keeps it from being forgotten.
 */
export async function leaveWalk(db: Database, name: string): Promise<void> {
  await db.run(SKIP, { name });
}

/** Of a partition that is dropped. */
export const forgetPosition = (name: string): SQL => sql`delete from sweep_positions where name = ${name}`;
