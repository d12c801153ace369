/** Users by themselves, as the admin API sees them. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { parameter, statement } from './statement.ts';

const ORGANIZATIONS = statement<{ userId: string }, string>(
  sql`select organization_id from memberships where user_id = ${parameter('userId')} order by created_at, id`,
  (row) => String(row['organization_id']),
);

/** Ids of the organizations that the user is a member of, in whatever state; oldest first. */
export async function readUserOrganizations(db: Database, userId: string): Promise<string[]> {
  return db.run(ORGANIZATIONS, { userId });
}
