/** Admin keys: looked up by digest, and kept by the operator. A revoked key stays: its digest can't be used again. */
import { desc, eq, sql } from 'drizzle-orm';
import { type AdminKey, adminKeys } from './admin-schema.ts';
import type { Database } from './client.ts';
import { now, parameter, reviveRow, rowObject, statement } from './statement.ts';

/** Notes the use, at most once a minute, and waits for nobody who holds the row: see `noteApiKeyUse`. */
const READ_USABLE = statement<{ keyDigest: string }, AdminKey | undefined>(
  sql`with key as (
    select * from admin_keys where key_digest = ${parameter('keyDigest')} and revoked_at is null
      and (expires_at is null or expires_at > ${now})
  ), used as (
    update admin_keys set last_used_at = ${now} from (
      select a.id from key join admin_keys a on a.id = key.id
      where a.revoked_at is null and (a.last_used_at is null or a.last_used_at < ${now} - interval '1 minute')
      for no key update of a skip locked) free
    where admin_keys.id = free.id
  )
  select ${rowObject('k')} as key from key k`,
  (row) => reviveRow(adminKeys, row['key']),
);

export async function readUsableAdminKey(db: Database, keyDigest: string): Promise<AdminKey | undefined> {
  const [key] = await db.run(READ_USABLE, { keyDigest });
  return key;
}

export async function readAdminKey(db: Database, id: string): Promise<AdminKey | undefined> {
  const [key] = await db.using((query) => query.select().from(adminKeys).where(eq(adminKeys.id, id)));
  return key;
}

/** Newest first, revoked ones among them. */
export async function listAdminKeys(
  db: Database,
  { limit, before }: { limit: number; before: string | undefined },
): Promise<AdminKey[]> {
  const older = sql`(created_at, id) < (select created_at, id from admin_keys c where c.id = ${before})`;
  return db.using((query) =>
    query
      .select()
      .from(adminKeys)
      .where(before === undefined ? undefined : older)
      .orderBy(desc(adminKeys.createdAt), desc(adminKeys.id))
      .limit(limit),
  );
}
