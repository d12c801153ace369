/** The chain next to the events, page by page, for whoever verifies or exports it. */
import { type SQL, sql } from 'drizzle-orm';
import { BEGINNING, type ChainHead, eventOf, inOrder, isAfter, type OrderKey } from './audit-chain.ts';
import type { AuditEvent } from './audit-schema.ts';
import type { Database } from './client.ts';
import { parameter, rowObject, statement } from './statement.ts';

/** A record; the event that it names stands elsewhere. */
export interface ChainRecord extends OrderKey {
  readonly position: number;
  /** Hex. */
  readonly digest: string;
  readonly hash: string;
}

const CARE = { deadlineMs: 120_000, prepare: false } as const;
const hex = (column: SQL) => sql`encode(${column}, 'hex')`;
const RECORD = sql`c.position, ${hex(sql`c.digest`)} as digest, ${hex(sql`c.hash`)} as hash, c.transaction_id, c.event_created_at, c.event_id`;

function recordOf(row: Record<string, unknown>): ChainRecord {
  return {
    position: Number(row['position']),
    digest: String(row['digest']),
    hash: String(row['hash']),
    transactionId: Number(row['transaction_id']),
    createdAt: new Date(String(row['event_created_at'])),
    eventId: String(row['event_id']),
  };
}

const RECORDS = statement<{ position: number; limit: number }, ChainRecord>(
  sql`select ${RECORD} from audit_chain c where c.position > ${parameter('position', 'bigint')}
    order by c.position limit ${parameter('limit', 'int')}`,
  recordOf,
);

/** The records behind a position. */
export function readRecords(db: Database, position: number, limit: number): Promise<ChainRecord[]> {
  return db.run(RECORDS, { position, limit }, CARE);
}

const SPAN = statement<
  OrderKey & { lastTransactionId: number; lastCreatedAt: Date; lastEventId: string; limit: number },
  AuditEvent
>(
  sql`select ${rowObject('e')} as event from audit_events e where ${isAfter} and (e.transaction_id, e.created_at, e.id)
      <= (${parameter('lastTransactionId', 'bigint')}, ${parameter('lastCreatedAt', 'timestamptz')}, ${parameter('lastEventId')})
    order by ${inOrder} limit ${parameter('limit', 'int')}`,
  (row) => eventOf(row['event']),
);

/** The events behind `after`, up to `last`, in their order. */
export function readSpan(db: Database, after: OrderKey, last: OrderKey, limit: number): Promise<AuditEvent[]> {
  const { transactionId, createdAt, eventId } = after;
  const until = { lastTransactionId: last.transactionId, lastCreatedAt: last.createdAt, lastEventId: last.eventId };
  return db.run(SPAN, { transactionId, createdAt, eventId, ...until, limit }, CARE);
}

const ELSEWHERE = statement<{ eventIds: readonly string[] }, AuditEvent>(
  sql`select ${rowObject('e')} as event from jsonb_array_elements_text(${parameter('eventIds', 'jsonb')}) wanted
    join audit_events e on e.id = wanted`,
  (row) => eventOf(row['event']),
);

/** Events that do not stand where their records say. */
export function readElsewhere(db: Database, eventIds: readonly string[]): Promise<AuditEvent[]> {
  return db.run(ELSEWHERE, { eventIds }, CARE);
}

const NAMED = statement<{ eventIds: readonly string[] }, string>(
  sql`select c.event_id from jsonb_array_elements_text(${parameter('eventIds', 'jsonb')}) wanted
    join audit_chain c on c.event_id = wanted`,
  (row) => String(row['event_id']),
);

/** Those of the ids that some record names. */
export function readNamed(db: Database, eventIds: readonly string[]): Promise<string[]> {
  return db.run(NAMED, { eventIds }, CARE);
}

const START = statement<{ since: Date }, ChainHead>(
  sql`select ${RECORD}, c.chained_at from audit_chain c where c.position = coalesce(
      (select min(position) - 1 from audit_chain where event_created_at >= ${parameter('since', 'timestamptz')}),
      (select max(position) from audit_chain))`,
  (row) => ({ ...recordOf(row), chainedAt: new Date(String(row['chained_at'])) }),
);

/** The record before the first one of an event of this time or later, the last if there is none; `BEGINNING` if it is the first of all. */
export async function readStart(db: Database, since: Date): Promise<ChainHead> {
  const [start] = await db.run(START, { since }, CARE);
  return start ?? BEGINNING;
}

const TAIL = statement<OrderKey, { count: number; oldest: Date | undefined }>(
  sql`select count(*)::int as count, min(e.created_at) as oldest from audit_events e where ${isAfter}`,
  (row) => ({
    count: Number(row['count']),
    oldest: row['oldest'] === null ? undefined : new Date(String(row['oldest'])),
  }),
);

/** Events that are not chained yet. */
export async function readTail(db: Database, head: OrderKey): Promise<{ count: number; oldest: Date | undefined }> {
  const { transactionId, createdAt, eventId } = head;
  const [tail] = await db.run(TAIL, { transactionId, createdAt, eventId }, CARE);
  return tail ?? { count: 0, oldest: undefined };
}

export interface DroppedMonth {
  readonly month: string;
  readonly position: number;
  readonly hash: string;
  readonly droppedAt: Date;
}

const DROPPED = statement<Record<string, never>, DroppedMonth>(
  sql`select month, position, ${hex(sql`hash`)} as hash, dropped_at from audit_anchors order by month`,
  (row) => ({
    month: String(row['month']),
    position: Number(row['position']),
    hash: String(row['hash']),
    droppedAt: new Date(String(row['dropped_at'])),
  }),
);

export function readDroppedMonths(db: Database): Promise<DroppedMonth[]> {
  return db.run(DROPPED, {});
}

const TOLD = statement<Record<string, never>, string>(
  sql`select month from audit_anchors a where exists (select from audit_events e where e.created_at = a.dropped_at
    and e.action = 'audit.month_dropped' and e.target_id = a.month and e.details ->> 'hash' = ${hex(sql`a.hash`)})`,
  (row) => String(row['month']),
);

/**
 * Dropped months that the audit itself tells of: an anchor by itself can be written by whoever owns the database, beside what
 * they removed. The event goes when its own month does; by then nothing of the month it tells of is left to verify.
 */
export function readToldMonths(db: Database): Promise<string[]> {
  return db.run(TOLD, {}, CARE);
}
