/** Audit events that belong to no other statement. */
import type { Database } from './client.ts';
import { auditEvents } from './schema.ts';

export async function writeAuditEvent(db: Database, event: typeof auditEvents.$inferInsert): Promise<void> {
  await db.using((query) => query.insert(auditEvents).values(event));
}
