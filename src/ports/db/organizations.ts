/** Organizations by themselves, as the admin API sees them. */
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { auditEvents } from './audit-schema.ts';
import { lockRow } from './audited-change.ts';
import { inBatches, rowsOf } from './batches.ts';
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
  return db.using((query) => organizationList(query, filter));
}

/** The statement alone, for whoever looks at its plan. */
export function organizationList(query: Pick<Query, 'select'>, filter: OrganizationFilter) {
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
  return query
    .select()
    .from(organizations)
    .where(and(...wanted))
    .orderBy(desc(organizations.createdAt), desc(organizations.id))
    .limit(limit);
}

export async function readOrganization(db: Database, id: string): Promise<Organization | undefined> {
  const [row] = await db.using((query) => query.select().from(organizations).where(eq(organizations.id, id)));
  return row;
}

export interface OrganizationRemoval {
  readonly id: string;
  /** Asked under the lock before every batch, and before the row goes; throwing stops there. */
  readonly check: (organization: Organization | undefined) => Promise<void>;
  readonly audit: (organization: Organization) => typeof auditEvents.$inferInsert;
}

/** Sessions first, then members (and users who belong to no other organization), then the row with all that refers to it. */
export async function removeOrganizationRow(db: Database, { id, check, audit }: OrganizationRemoval): Promise<void> {
  const checked = async (query: Query) => check(await lockRow(query, organizations, id));
  await inBatches(db, checked, rowsOf('sessions', sql`organization_id = ${id}`));
  await inBatches(db, checked, (query, limit) => removeMembers(query, id, limit));
  await db.transaction(async (query) => {
    const organization = await lockRow(query, organizations, id);
    await check(organization);
    await query.delete(organizations).where(eq(organizations.id, id));
    if (organization) await query.insert(auditEvents).values(audit(organization));
  });
}

async function removeMembers(query: Query, organizationId: string, limit: number): Promise<number> {
  const rows = await query.execute(sql`delete from memberships where id in (
    select id from memberships where organization_id = ${organizationId} limit ${limit}) returning user_id`);
  const ids = JSON.stringify(rows.map((row) => row['user_id']));
  const these = sql`id in (select jsonb_array_elements_text(${ids}::jsonb))`;
  // locked first, so that the next statement sees who became a member elsewhere at this moment, and nobody does after it
  await query.execute(sql`select from users where ${these} order by id for update`);
  await query.execute(sql`delete from users u where ${these}
    and not exists (select from memberships m where m.user_id = u.id)`);
  return rows.length;
}
