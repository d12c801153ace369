/** Audit events that belong to no other statement. */

import { auditEvents } from './audit-schema.ts';
import type { Database } from './client.ts';

export async function writeAuditEvent(db: Database, event: typeof auditEvents.$inferInsert): Promise<void> {
  await db.using((query) => query.insert(auditEvents).values(event));
}
