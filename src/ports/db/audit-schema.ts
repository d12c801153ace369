/** The audit: what happened, who did it, over what. Rows are only added, and go by month. */
import { sql } from 'drizzle-orm';
import { bigint, customType, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, createdAt } from './schema.ts';

const position = () => bigint('position', { mode: 'number' });
const sha256 = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** Partitioned by month of `created_at`: see the migrations and `partitions.ts`. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: text('id').notNull(),
    organizationId: text('organization_id'),
    /** `login.success`, `login.failure`, `refresh.reuse_detected`, `session.ended`, `connection.updated`, … */
    action: text('action').notNull(),
    actorType: text('actor_type', { enum: ['user', 'api_key', 'operator', 'system', 'anonymous'] }).notNull(),
    actorId: text('actor_id'),
    targetType: text('target_type'),
    targetId: text('target_id'),
    reason: text('reason'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
    address: text('address'),
    userAgent: text('user_agent'),
    requestId: text('request_id'),
    createdAt: createdAt(),
    /** Of the transaction that wrote it, or 0 from before there was a chain: the chain's order begins with it. */
    transactionId: bigint('transaction_id', { mode: 'number' }).notNull().default(sql`audit_transaction()`),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.createdAt] }),
    index('audit_events_organization').on(table.organizationId, table.createdAt, table.id),
    index('audit_events_created').on(table.createdAt),
    // changes of configuration are few among the logins
    index('audit_events_action').on(table.action, table.createdAt, table.id),
    index('audit_events_order').on(table.transactionId, table.createdAt, table.id),
  ],
);

/** One record an event, in the order of the chain: see `audit-chain.ts`. */
export const auditChain = pgTable(
  'audit_chain',
  {
    /** 1, 2, 3, … */
    position: position().primaryKey(),
    eventId: text('event_id').notNull(),
    eventCreatedAt: at('event_created_at').notNull(),
    transactionId: bigint('transaction_id', { mode: 'number' }).notNull(),
    /** Of the event as `ports/keys/chain.ts` writes it out. */
    digest: sha256('digest').notNull(),
    /** Of the hash before and the digest. */
    hash: sha256('hash').notNull(),
    chainedAt: at('chained_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('audit_chain_event').on(table.eventId)],
);

/** Months whose events were dropped when their time was over; `position` and `hash` are those of the last of them. */
export const auditAnchors = pgTable('audit_anchors', {
  /** Such as `2026-11`. */
  month: text('month').primaryKey(),
  position: position().notNull(),
  hash: sha256('hash').notNull(),
  droppedAt: at('dropped_at').notNull().defaultNow(),
});

export type AuditEvent = typeof auditEvents.$inferSelect;
