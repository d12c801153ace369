/** The audit: what happened, who did it, over what. Rows are only added, and go by month. */
import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt } from './schema.ts';

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
  },
  (table) => [
    primaryKey({ columns: [table.id, table.createdAt] }),
    index('audit_events_organization').on(table.organizationId, table.createdAt, table.id),
    index('audit_events_created').on(table.createdAt),
  ],
);

export type AuditEvent = typeof auditEvents.$inferSelect;
