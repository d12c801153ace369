/**
 * How the audit grows old. Its events are never deleted one by one: a month goes as a whole when all of it is past its time,
 * once it is chained, and leaves the hash of its last record behind (`audit_anchors`) and an event that says so. Records
 * of the chain go when nothing before them is left to verify; the last of them stays, since the next one builds on it.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Clock } from '#ports/clock.ts';
import { createId } from '#ports/keys/identifier.ts';
import { auditEvents } from './audit-schema.ts';
import type { Database } from './client.ts';
import type { Partition } from './partitions.ts';
import type { Query } from './row-change.ts';
import { parameter, statement } from './statement.ts';
import type { Sweep } from './sweeps.ts';
import { turn } from './turn.ts';

const DEFAULT = 'audit_events_default';

/** What the trigger wants to hear before it lets a row go; until the transaction ends. */
export const permitted: SQL = sql`(select set_config('vestibule.audit_retention', 'on', true)) = 'on'`;
const monthOf = (at: SQL): SQL => sql`to_char(${at} at time zone 'utc', 'YYYY-MM')`;
export const isDropped = (at: SQL): SQL => sql`exists (select 1 from audit_anchors a where a.month = ${monthOf(at)})`;

interface Month {
  readonly start: Date;
  readonly end: Date;
}

/** The month that ends then. */
const endingAt = (end: Date): Month => ({
  start: new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 1)),
  end,
});

/** Of a partition that is about to be dropped. @returns false when some of its events are not chained yet */
export function anchorPartition(query: Query, { name, end }: Partition, clock: Clock): Promise<boolean> {
  if (!end) return Promise.resolve(false);
  return anchor(query, name, endingAt(end), clock);
}

/**
 * Of the months of the default partition, which lose their events a batch at a time.
 * @param before rows of this time and later are kept
 */
export async function anchorDefault(db: Database, before: Date, clock: Clock): Promise<void> {
  const last = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth()));
  for (let from = new Date(0); from < last; ) {
    const [found] = await db.using(
      (query) =>
        query.execute(sql`select min(created_at) as at from ${sql.identifier(DEFAULT)}
        where created_at >= ${from.toISOString()} and created_at < ${last.toISOString()}`),
      { deadlineMs: 30_000 },
    );
    if (!found?.['at']) return;
    const oldest = new Date(String(found['at']));
    const month = endingAt(new Date(Date.UTC(oldest.getUTCFullYear(), oldest.getUTCMonth() + 1)));
    if (!(await db.transaction((query) => anchor(query, DEFAULT, month, clock)))) return;
    from = month.end;
  }
}

async function anchor(query: Query, partition: string, { start, end }: Month, clock: Clock): Promise<boolean> {
  const [from, to] = [start.toISOString(), end.toISOString()];
  const month = from.slice(0, 7);
  const [last] = await query.execute(sql`select c.position, encode(c.hash, 'hex') as hash from (
      select id from ${sql.identifier(partition)} where created_at >= ${from} and created_at < ${to}
      order by transaction_id desc, created_at desc, id desc limit 1
    ) e left join audit_chain c on c.event_id = e.id`);
  if (!last) return true;
  if (last['position'] === null) return false;
  // one instant for both: verification believes an anchor that the audit tells of
  const droppedAt = clock.now();
  const [made] = await query.execute(sql`insert into audit_anchors (month, position, hash, dropped_at)
    values (${month}, ${last['position']}, decode(${last['hash']}, 'hex'), ${droppedAt.toISOString()}) on conflict (month) do nothing returning month`);
  if (!made) return true;
  await query.insert(auditEvents).values({
    id: createId(droppedAt),
    createdAt: droppedAt,
    action: 'audit.month_dropped',
    actorType: 'system',
    targetType: 'audit_month',
    targetId: month,
    details: { position: Number(last['position']), hash: last['hash'] },
  });
  return true;
}

const LIMIT = parameter('limit', 'int');

/** A scalar, so that each record is looked up by itself. */
const isThere = sql`(select 1 from audit_events e where e.id = o.event_id and e.created_at = o.event_created_at) is not null`;

/** Records before the first event that is still there, or that is gone without its month, which is for the verification to tell. */
export const CHAIN_SWEEP: Sweep = {
  name: 'audit_chain',
  positionName: 'audit_chain',
  statement: statement(
    sql`with ${turn('sweep')}, oldest as materialized (
      select position, event_id, event_created_at from audit_chain where (select mine from turn) order by position limit ${LIMIT}
    ), kept as (
      select coalesce(min(o.position) filter (where ${isThere} or not ${isDropped(sql`o.event_created_at`)}), max(o.position) + 1) as position
      from oldest o
    ), changed as (
      delete from audit_chain where position in (select position from oldest) and position < (select position from kept) - 1
        and ${permitted} returning 1
    )
    select (select mine from turn) as mine, count(*)::int as changed, count(*) >= ${LIMIT} - 1 as more from changed`,
    (row) => ({ mine: row['mine'] === true, changed: Number(row['changed']), more: row['more'] === true, walkedMs: 0 }),
  ),
};
