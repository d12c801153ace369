/** Organizations by themselves, as the admin API sees them. */
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { auditEvents } from './audit-schema.ts';
import { lockRow } from './audited-change.ts';
import type { Database } from './client.ts';
import type { Query } from './row-change.ts';
import { type Organization, organizations } from './schema.ts';
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

export interface OrganizationFilter {
  readonly slug?: string | undefined;
  readonly status?: Organization['status'] | undefined;
  /** Upper and lower case are the same. */
  readonly namePrefix?: string | undefined;
  /** Only these; default: all. */
  readonly within?: 'all' | readonly string[] | undefined;
  readonly limit: number;
  /** The id after which (going back in time) the page begins. */
  readonly before?: string | undefined;
}

/** Newest first. */
export async function listOrganizations(db: Database, filter: OrganizationFilter): Promise<Organization[]> {
  const { slug, status, namePrefix, within = 'all', before, limit } = filter;
  const reached = within === 'all' ? undefined : inArray(organizations.id, [...within]);
  // a place that is out of reach is none
  const place = sql`(select created_at, id from organizations where ${and(sql`id = ${before}`, reached)})`;
  const wanted: (SQL | undefined)[] = [
    slug === undefined ? undefined : eq(organizations.slug, slug),
    status === undefined ? undefined : eq(organizations.status, status),
    namePrefix === undefined ? undefined : sql`starts_with(lower(name), lower(${namePrefix}))`,
    reached,
    before === undefined ? undefined : sql`(created_at, id) < ${place}`,
  ];
  return db.using((query) =>
    query
      .select()
      .from(organizations)
      .where(and(...wanted))
      .orderBy(desc(organizations.createdAt), desc(organizations.id))
      .limit(limit),
  );
}

export async function readOrganization(db: Database, id: string): Promise<Organization | undefined> {
  const [row] = await db.using((query) => query.select().from(organizations).where(eq(organizations.id, id)));
  return row;
}

/** Rows a transaction: few enough to hold no lock for long. */
const BATCH = 500;

export interface OrganizationRemoval {
  readonly id: string;
  /** Asked under the lock before every batch, and before the row goes; throwing stops there. */
  readonly check: (organization: Organization | undefined) => Promise<void>;
  readonly audit: (organization: Organization) => typeof auditEvents.$inferInsert;
}

/**
 * Sessions first, then members (and users who belong to no other organization), then the row with all that refers to it. What
 * was removed before a failure stays removed: asked again, it goes on from there.
 */
export async function removeOrganizationRow(db: Database, { id, check, audit }: OrganizationRemoval): Promise<void> {
  const inBatches = async (remove: (query: Query) => Promise<number>): Promise<void> => {
    for (let count = BATCH; count >= BATCH; ) {
      count = await db.transaction(async (query) => {
        await check(await lockRow(query, organizations, id));
        return remove(query);
      });
    }
  };
  await inBatches(async (query) => {
    const rows = await query.execute(sql`delete from sessions where id in (
      select id from sessions where organization_id = ${id} limit ${BATCH}) returning 1`);
    return rows.length;
  });
  await inBatches((query) => removeMembers(query, id));
  await db.transaction(async (query) => {
    const organization = await lockRow(query, organizations, id);
    await check(organization);
    await query.delete(organizations).where(eq(organizations.id, id));
    if (organization) await query.insert(auditEvents).values(audit(organization));
  });
}

async function removeMembers(query: Query, organizationId: string): Promise<number> {
  const rows = await query.execute(sql`delete from memberships where id in (
    select id from memberships where organization_id = ${organizationId} limit ${BATCH}) returning user_id`);
  const userIds = JSON.stringify(rows.map((row) => row['user_id']));
  await query.execute(sql`delete from users u where id in (select jsonb_array_elements_text(${userIds}::jsonb))
    and not exists (select from memberships m where m.user_id = u.id)`);
  return rows.length;
}
