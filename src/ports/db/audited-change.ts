/** One row changed under its lock, with the audit event that tells of it, in one transaction. */
import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { auditEvents } from './audit-schema.ts';
import type { Database } from './client.ts';
import { type KeepOptions, keepRow, type Query, type RowChange } from './row-change.ts';

type AuditRow = typeof auditEvents.$inferInsert;

export interface AuditedChange<Row> {
  readonly id: string;
  /** What the row shall be, seen the one that there is, under its lock. Throwing changes nothing. */
  readonly change: (before: Row | undefined, query: Query) => Promise<Readonly<Record<string, unknown>>>;
  /** Columns that go along, where these have changed. */
  readonly atUpdate?: (
    changed: readonly string[],
    now: SQL,
    before: Row | undefined,
  ) => Readonly<Record<string, unknown>>;
  readonly audit: (change: RowChange, before: Row | undefined) => AuditRow;
}

/** @returns the row as it is then @throws UniqueViolation */
export function changeRow<Table extends PgTable>(
  db: Database,
  table: Table,
  { id, change, atUpdate, audit }: AuditedChange<Table['$inferSelect']>,
): Promise<Table['$inferSelect'] | undefined> {
  return db.transaction(async (query) => {
    const before = await lockRow(query, table, id);
    const row = { ...(await change(before, query)), id } as KeepOptions<Table>['row'];
    const along = (changed: readonly string[]) => atUpdate?.(changed, db.now(), before) ?? {};
    const kept = await keepRow(query, { table, before, row, atUpdate: along });
    if (kept.change === 'unchanged') return before;
    await query.insert(auditEvents).values(audit(kept, before));
    return lockRow(query, table, id);
  });
}

/** The row, which nobody else changes until the transaction ends. */
export async function lockRow<Table extends PgTable>(
  query: Query,
  table: Table,
  id: string,
): Promise<Table['$inferSelect'] | undefined> {
  const column = getTableColumns(table)['id'];
  if (!column) throw new Error('a table without id');
  const [row] = await query
    .select()
    .from(table as PgTable)
    .where(eq(column, id))
    .for('update');
  return row;
}

/**
 * Whatever is switched off or on ends the sessions that there are: what was switched off does not come back to life when it is
 * switched on again. See `sessionsEndNow` of why never earlier.
 */
export function endingSessions(changed: readonly string[], status: string, now: SQL): { sessionsEndedAt?: SQL } {
  return changed.includes(status) ? { sessionsEndedAt: sql`greatest(sessions_ended_at, ${now})` } : {};
}

/**
 * When a connection was taken out of use: as the row is written, which may be later than when the transaction began, so that no
 * login begins in between unseen.
 * @param now as `Database.now`
 */
export function disabledNow(now: SQL): SQL {
  return sql`greatest(disabled_at, clock_timestamp() + (${now} - now()))`;
}
