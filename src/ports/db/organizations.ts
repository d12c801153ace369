/** Organizations by themselves, as the admin API sees them. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { parameter, statement } from './statement.ts';

const MISSING = statement<{ ids: readonly string[] }, string>(
  sql`select id from jsonb_array_elements_text(${parameter('ids', 'jsonb')}) as wanted (id)
    where not exists (select from organizations o where o.id = wanted.id)`,
  (row) => String(row['id']),
);

/** Those of the ids that no organization has. */
export async function missingOrganizations(db: Database, ids: readonly string[]): Promise<string[]> {
  return db.run(MISSING, { ids });
}
