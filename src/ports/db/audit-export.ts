/** The audit in the order of its chain, page by page: oldest first, what is not chained yet last. */
import { sql } from 'drizzle-orm';
import { BEGINNING, eventOf, inOrder, isAfter, type OrderKey } from './audit-chain.ts';
import type { AuditEvent } from './audit-schema.ts';
import type { Database } from './client.ts';
import { parameter, rowObject, statement } from './statement.ts';
import type { AuditFilter } from './traces.ts';

export interface ExportedEvent {
  readonly event: AuditEvent;
  /** Undefined while the event is not chained. */
  readonly record: { readonly position: number; readonly hash: string } | undefined;
}

export type ExportFilter = Pick<AuditFilter, 'organizationId' | 'action' | 'within'>;

interface Wanted extends OrderKey {
  readonly organizationId: string | null;
  readonly action: string | null;
  readonly within: readonly string[] | null;
  readonly limit: number;
}

const PAGE = statement<Wanted, ExportedEvent>(
  sql`select ${rowObject('e')} as event, c.position, encode(c.hash, 'hex') as hash from (
      select * from audit_events e where ${isAfter}
        and (${parameter('organizationId')} is null or e.organization_id = ${parameter('organizationId')})
        and (${parameter('action')} is null or e.action = ${parameter('action')})
        and (${parameter('within', 'jsonb')} is null or ${parameter('within', 'jsonb')} ? e.organization_id)
      order by ${inOrder} limit ${parameter('limit', 'int')}
    ) e left join audit_chain c on c.event_id = e.id order by ${inOrder}`,
  (row) => ({
    event: eventOf(row['event']),
    record: row['position'] === null ? undefined : { position: Number(row['position']), hash: String(row['hash']) },
  }),
);
/** Few enough to be held, and enough to be worth a round trip. */
const PAGE_ROWS = 500;
const CARE = { deadlineMs: 60_000, prepare: false } as const;

/** Pages, each read when it is asked for. */
export async function* readAuditPages(db: Database, filter: ExportFilter): AsyncGenerator<ExportedEvent[], void> {
  const { organizationId = null, action = null } = filter;
  const within = filter.within === undefined || filter.within === 'all' ? null : filter.within;
  let after: OrderKey = BEGINNING;
  for (;;) {
    const { transactionId, createdAt, eventId } = after;
    const parameters = { transactionId, createdAt, eventId, organizationId, action, within, limit: PAGE_ROWS };
    const page = await db.run(PAGE, parameters, CARE);
    const last = page.at(-1)?.event;
    if (!last) return;
    yield page;
    if (page.length < PAGE_ROWS) return;
    after = { transactionId: last.transactionId, createdAt: last.createdAt, eventId: last.id };
  }
}
