/** Removing what may have any number of rows: a few at a time, so that nobody waits long for a lock. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Query } from './row-change.ts';

/** Rows a transaction. */
const BATCH = 500;

/**
 * What was removed before a failure stays removed: asked again, it goes on from there.
 * @param check asked in every transaction before anything is removed; throwing stops there
 * @param remove takes away at most so many @returns how many it were
 */
export async function inBatches(
  db: Database,
  check: (query: Query) => Promise<void>,
  remove: (query: Query, limit: number) => Promise<number>,
): Promise<void> {
  for (let count = BATCH; count >= BATCH; ) {
    count = await db.transaction(async (query) => {
      await check(query);
      return remove(query, BATCH);
    });
  }
}

/** For `inBatches`: rows of a table with `id`. */
export function rowsOf(table: string, where: SQL): (query: Query, limit: number) => Promise<number> {
  const name = sql.identifier(table);
  return async (query, limit) => {
    const rows = await query.execute(sql`delete from ${name} where id in (
      select id from ${name} where ${where} limit ${limit}) returning 1`);
    return rows.length;
  };
}
