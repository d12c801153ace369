/** Applies the generated migrations, one replica at a time. */
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const LOCK = 7_382_001;

/**
 * Brings the database to the newest schema. A session-wide advisory lock on a connection of its own makes
 * replicas that start together wait for the first; the rest then find nothing to do.
 * @param folder where `drizzle-kit generate` wrote
 */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    const db = drizzle(client);
    await db.execute(sql`select pg_advisory_lock(${LOCK})`);
    await migrate(db, { migrationsFolder: folder });
    await db.execute(sql`select pg_advisory_unlock(${LOCK})`);
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** When the newest known migration was made, ms since the epoch: what a ready database has applied. */
export function newestMigration(folder: string): number {
  return Math.max(0, ...readMigrationFiles({ migrationsFolder: folder }).map((migration) => migration.folderMillis));
}
