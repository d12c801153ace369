/** Whether the database answers and has the schema that this version was built for. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { statement } from './statement.ts';

const NEWEST = statement<Record<string, never>, number>(
  sql`select max(created_at) as newest from drizzle.__drizzle_migrations`,
  (row) => Number(row['newest']),
);

/**
 * @param newest when the newest migration of this version was made, ms
 * @throws Error when the database does not answer or lacks a migration; a newer schema is fine (a rollback under way)
 */
export async function assertMigrated(db: Database, newest: number): Promise<void> {
  const [applied] = await db.run(NEWEST, {});
  if (applied === undefined || applied < newest) throw new Error('migrations are missing');
}
