/**
 * The audit's chain. Events are written by many statements of many replicas at once, and none of them waits for another:
 * what links them comes some seconds later, one replica at a time.
 *
 * The order is that of the transactions' numbers, then of time and id. A transaction that may still write has a number that
 * is not below the oldest one under way, so the events below that are settled: nothing can come between them any more. A
 * transaction that writes and stays open, in any database of the server, holds the chain up, and no login.
 *
 * Linking waits for the disk: a head that was shown to an auditor, and every event before it, outlives a crash.
 */
import { type SQL, sql } from 'drizzle-orm';
import { eventDigest, GENESIS, recordHash } from '#ports/keys/chain.ts';
import { type AuditEvent, auditEvents } from './audit-schema.ts';
import { type Database, UniqueViolation } from './client.ts';
import { parameter, reviveRow, rowObject, statement } from './statement.ts';
import { lockKeyOf } from './turn.ts';

/** Where an event stands in the order. */
export interface OrderKey extends Record<string, unknown> {
  readonly transactionId: number;
  readonly createdAt: Date;
  readonly eventId: string;
}

export interface ChainHead extends OrderKey {
  /** 0 before the first record. */
  readonly position: number;
  /** Hex. */
  readonly hash: string;
  readonly chainedAt: Date | undefined;
}

export interface Chaining {
  /** Records that were added. */
  readonly chained: number;
  /** Whether there may be more to do at once. */
  readonly more: boolean;
  readonly head: ChainHead;
}

/** Events a statement. */
const LIMIT = 2_000;
const CARE = { deadlineMs: 30_000, prepare: false } as const;

/** Before everything, what has no number included. */
export const BEGINNING: ChainHead = {
  position: 0,
  hash: GENESIS,
  transactionId: -1,
  createdAt: new Date(0),
  eventId: '',
  chainedAt: undefined,
};

const HEAD = statement<Record<string, never>, ChainHead>(
  sql`select position, encode(hash, 'hex') as hash, transaction_id, event_created_at, event_id, chained_at
    from audit_chain order by position desc limit 1`,
  (row) => ({
    position: Number(row['position']),
    hash: String(row['hash']),
    transactionId: Number(row['transaction_id']),
    createdAt: new Date(String(row['event_created_at'])),
    eventId: String(row['event_id']),
    chainedAt: new Date(String(row['chained_at'])),
  }),
);

/** `BEGINNING` where nothing is chained. */
export async function readChainHead(db: Database): Promise<ChainHead> {
  const [head] = await db.run(HEAD, {});
  return head ?? BEGINNING;
}

/** The events of `e` that come after the parameters of an `OrderKey`. */
export const isAfter: SQL = sql`(e.transaction_id, e.created_at, e.id)
  > (${parameter('transactionId', 'bigint')}, ${parameter('createdAt', 'timestamptz')}, ${parameter('eventId')})`;
export const inOrder: SQL = sql`e.transaction_id, e.created_at, e.id`;

const SETTLED = statement<OrderKey & { limit: number }, AuditEvent>(
  sql`select ${rowObject('e')} as event from audit_events e
    where ${isAfter} and e.transaction_id < audit_settled_before() order by ${inOrder} limit ${parameter('limit', 'int')}`,
  (row) => eventOf(row['event']),
);

export function eventOf(value: unknown): AuditEvent {
  const event = reviveRow(auditEvents, value);
  if (!event) throw new Error('an audit event without a row');
  return event;
}

/** As `turn` does, but for the disk. */
const APPEND = statement<{ position: number; records: string }, { mine: boolean; appended: number }>(
  sql`with turn as materialized (
      select pg_try_advisory_xact_lock(${lockKeyOf('chain')}) as mine, set_config('synchronous_commit', 'on', true)
    ), appended as (
      insert into audit_chain (position, event_id, event_created_at, transaction_id, digest, hash)
      select r.position, r.id, r.created_at, r.transaction_id, decode(r.digest, 'hex'), decode(r.hash, 'hex')
      from jsonb_to_recordset(${parameter('records', 'jsonb')}) as r
        (position bigint, id text, created_at timestamptz, transaction_id bigint, digest text, hash text)
      where (select mine from turn) and ${parameter('position', 'bigint')} = coalesce((select max(position) from audit_chain), 0)
      returning 1
    )
    select (select mine from turn) as mine, (select count(*)::int from appended) as appended`,
  (row) => ({ mine: row['mine'] === true, appended: Number(row['appended']) }),
);

/** Links the next events that are settled. Another replica that is at it is left to it. */
export async function chainEvents(db: Database, limit = LIMIT): Promise<Chaining> {
  const head = await readChainHead(db);
  const { transactionId, createdAt, eventId } = head;
  const events = await db.run(SETTLED, { transactionId, createdAt, eventId, limit }, CARE);
  if (events.length === 0) return { chained: 0, more: false, head };
  let { position, hash } = head;
  const records = events.map((event) => {
    const digest = eventDigest(event);
    hash = recordHash(hash, digest);
    position += 1;
    const { id, createdAt: created_at, transactionId: transaction_id } = event;
    return { position, id, created_at, transaction_id, digest, hash };
  });
  const chained = await append(db, head.position, JSON.stringify(records));
  if (chained === 0) return { chained, more: false, head };
  return { chained, more: events.length === limit, head: await readChainHead(db) };
}

async function append(db: Database, position: number, records: string): Promise<number> {
  try {
    const [answer] = await db.run(APPEND, { position, records }, CARE);
    return answer?.appended ?? 0;
  } catch (error) {
    // another replica's records are there since our statement began
    if (error instanceof UniqueViolation) return 0;
    throw error;
  }
}

const MOVED = statement<Record<string, never>, { newest: number; moved: boolean }>(
  sql`select newest, newest >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
      + (audit_transaction() - pg_current_xact_id()::text::bigint) as moved
    from (select coalesce(max(transaction_id), 0) as newest from audit_events) known`,
  (row) => ({ newest: Number(row['newest']), moved: row['moved'] === true }),
);

/**
 * A database that was restored into another server finds its transactions numbered from below what it holds already: then new
 * events would be sorted before those that are chained. To be called before anything is written.
 * @returns whether the numbers were made to count on
 */
export async function continueOrder(db: Database): Promise<boolean> {
  return db.transaction(async (query) => {
    // another replica may be linking a lot just now
    await query.execute(sql`set local lock_timeout = 0`);
    await query.execute(sql`select pg_advisory_xact_lock(${lockKeyOf('chain')})`);
    const [found] = await query.execute(sql.raw(MOVED.text));
    const { newest, moved } = MOVED.decode(found ?? {});
    if (!moved) return false;
    const counting = (name: string, value: string) =>
      sql.raw(
        `create or replace function ${name}() returns bigint language sql stable as 'select ${value}::text::bigint + ${newest}'`,
      );
    await query.execute(counting('audit_transaction', 'pg_current_xact_id()'));
    await query.execute(counting('audit_settled_before', 'pg_snapshot_xmin(pg_current_snapshot())'));
    return true;
  });
}
