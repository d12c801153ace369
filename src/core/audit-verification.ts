/**
 * Walks the audit's chain and compares it with the events as they are now. What it can't know by itself is whether all of it
 * was written anew: for that, the head is kept elsewhere and given as `anchor`.
 */
import { BEGINNING, type ChainHead, type OrderKey } from '#ports/db/audit-chain.ts';
import type { AuditEvent } from '#ports/db/audit-schema.ts';
import {
  type ChainRecord,
  type DroppedMonth,
  readDroppedMonths,
  readElsewhere,
  readNamed,
  readRecords,
  readSpan,
  readStart,
  readTail,
  readToldMonths,
} from '#ports/db/chain-pages.ts';
import { eventDigest, recordHash } from '#ports/keys/chain.ts';
import type { Ports } from '#ports/ports.ts';

/** Records that are read at a time. */
const PAGE = 2_000;

export interface VerificationOptions {
  /** Begins with the first event of this time or later; what comes before is taken as it is. */
  readonly since?: Date | undefined;
  /** The hash of a head that was kept elsewhere, hex: it must stand in what is walked. */
  readonly anchor?: string | undefined;
}

export interface ChainFault {
  readonly kind: 'changed' | 'removed' | 'inserted' | 'reordered' | 'anchor_missing';
  /** Of the record, or of the one before which an event was inserted. */
  readonly position?: number;
  readonly eventId?: string;
  readonly createdAt?: Date;
}

export interface Verification {
  /** The first one; undefined when the chain holds. */
  readonly fault: ChainFault | undefined;
  /** Records that were found good. */
  readonly verified: number;
  /** The last record that was found good. */
  readonly head: Pick<ChainHead, 'position' | 'hash'>;
  readonly droppedMonths: readonly DroppedMonth[];
  /** Events that are not chained yet, of which nothing can be said. */
  readonly tail: { readonly count: number; readonly oldest: Date | undefined };
}

interface Walk {
  last: OrderKey & { position: number; hash: string };
  verified: number;
  anchored: boolean;
}

export async function verifyAudit({ db }: Pick<Ports, 'db'>, options: VerificationOptions): Promise<Verification> {
  const start = options.since ? await readStart(db, options.since) : BEGINNING;
  const anchor = options.anchor?.toLowerCase();
  const walk: Walk = { last: start, verified: 0, anchored: anchor === undefined || anchor === start.hash };
  let fault: ChainFault | undefined;
  for (let more = true; more && !fault; ) {
    const records = await readRecords(db, walk.last.position, PAGE);
    more = records.length === PAGE;
    fault = await verifyPage(db, records, walk, anchor);
  }
  if (!fault && !walk.anchored) fault = { kind: 'anchor_missing' };
  const { position, hash } = walk.last;
  return {
    fault,
    verified: walk.verified,
    head: { position, hash },
    droppedMonths: await readDroppedMonths(db),
    tail: fault && fault.kind !== 'anchor_missing' ? { count: 0, oldest: undefined } : await readTail(db, walk.last),
  };
}

/** What a page of records is compared with. */
interface Surroundings {
  readonly events: ReadonlyMap<string, AuditEvent>;
  readonly droppedMonths: ReadonlySet<string>;
}

async function verifyPage(
  db: Ports['db'],
  records: readonly ChainRecord[],
  walk: Walk,
  anchor: string | undefined,
): Promise<ChainFault | undefined> {
  const end = records.at(-1);
  if (!end) return undefined;
  const span = await readSpan(db, walk.last, end, 2 * PAGE);
  const surroundings = await surroundingsOf(db, records, span);
  let fault: ChainFault | undefined;
  for (const record of records) {
    fault = faultOf(record, walk.last, surroundings);
    if (fault) break;
    walk.last = record;
    walk.verified += 1;
    walk.anchored ||= record.hash === anchor;
  }
  return (await insertedInto(db, records, span, walk.last)) ?? fault;
}

async function surroundingsOf(
  db: Ports['db'],
  records: readonly ChainRecord[],
  span: readonly AuditEvent[],
): Promise<Surroundings> {
  const events = new Map(span.map((event) => [event.id, event]));
  const missing = records.filter(({ eventId }) => !events.has(eventId)).map(({ eventId }) => eventId);
  if (missing.length === 0) return { events, droppedMonths: new Set() };
  for (const event of await readElsewhere(db, missing)) events.set(event.id, event);
  return { events, droppedMonths: new Set(await readToldMonths(db)) };
}

function faultOf(record: ChainRecord, last: Walk['last'], around: Surroundings): ChainFault | undefined {
  const { position, eventId, createdAt, digest, hash } = record;
  const at = { position, eventId, createdAt };
  const event = around.events.get(eventId);
  const wasDropped = !event && around.droppedMonths.has(createdAt.toISOString().slice(0, 7));
  // the oldest record that is kept stands for all before it, and goes with a month that was dropped
  if (last.position === 0 && position > 1) return wasDropped ? undefined : { kind: 'removed', position: position - 1 };
  if (position !== last.position + 1) return { kind: 'removed', position: last.position + 1 };
  if (!event && !wasDropped) return { kind: 'removed', ...at };
  if (event && eventDigest(event) !== digest) return { kind: 'changed', ...at };
  if (event && event.transactionId !== record.transactionId) return { kind: 'reordered', ...at };
  if (!isBefore(last, record) || recordHash(last.hash, digest) !== hash) return { kind: 'reordered', ...at };
  return undefined;
}

/** Up to the last good record, every event has to be one that a record names. */
async function insertedInto(
  db: Ports['db'],
  records: readonly ChainRecord[],
  span: readonly AuditEvent[],
  last: OrderKey,
): Promise<ChainFault | undefined> {
  const named = new Set(records.map(({ eventId }) => eventId));
  const strangers = span.filter(({ id }) => !named.has(id)).map((event) => ({ ...event, eventId: event.id }));
  const early = strangers.filter((event) => isBefore(event, last));
  if (early.length === 0) return undefined;
  // one that a record elsewhere names was moved, which shows there
  const moved = new Set(
    await readNamed(
      db,
      early.map(({ id }) => id),
    ),
  );
  const inserted = early.find(({ id }) => !moved.has(id));
  if (!inserted) return undefined;
  const next = records.find((record) => isBefore(inserted, record));
  const { id: eventId, createdAt } = inserted;
  return { kind: 'inserted', eventId, createdAt, ...(next ? { position: next.position } : {}) };
}

/** In the order of the chain; ids are hex, and compared as the database's `C` collation and JavaScript do alike. */
function isBefore(left: OrderKey, right: OrderKey): boolean {
  if (left.transactionId !== right.transactionId) return left.transactionId < right.transactionId;
  const apart = left.createdAt.getTime() - right.createdAt.getTime();
  return apart !== 0 ? apart < 0 : left.eventId < right.eventId;
}
