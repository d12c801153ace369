/** Domains of organizations: kept, looked at, and who is served by one. */
import { and, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { auditEvents } from './audit-schema.ts';
import type { Database } from './client.ts';
import { type Domain, domains } from './domain-schema.ts';
import { keepRow, type RowChange } from './row-change.ts';
import { type Connection, connections, type Organization, organizations } from './schema.ts';
import { parameter, reviveRow, rowObject, statement } from './statement.ts';

export async function readDomain(db: Database, id: string): Promise<Domain | undefined> {
  const [row] = await db.using((query) => query.select().from(domains).where(eq(domains.id, id)));
  return row;
}

/** Newest first. @returns undefined when there is no such organization */
export async function listDomains(
  db: Database,
  { organizationId, limit, before }: { organizationId: string; limit: number; before: string | undefined },
): Promise<Domain[] | undefined> {
  const older = sql`(${domains.createdAt}, ${domains.id}) < (select created_at, id from domains c where c.id = ${before}
    and c.organization_id = ${organizationId})`;
  const rows = await db.using((query) =>
    query
      .select({ domain: domains })
      .from(organizations)
      .leftJoin(domains, and(eq(domains.organizationId, organizations.id), before === undefined ? undefined : older))
      .where(eq(organizations.id, organizationId))
      .orderBy(desc(domains.createdAt), desc(domains.id))
      .limit(limit),
  );
  return rows.length === 0 ? undefined : rows.flatMap(({ domain }) => domain ?? []);
}

type Columns = typeof domains.$inferInsert;
type AuditRow = typeof auditEvents.$inferInsert;

export interface DomainWrite {
  readonly id: string;
  /** What the row shall be, seen the one that there is, under its lock. Throwing changes nothing; `delete` takes it away. */
  readonly change: (before: Domain | undefined) => Promise<Partial<Columns> | 'delete'>;
  /** Undefined: nothing that anybody has to know of. */
  readonly audit: (change: DomainChange) => AuditRow | undefined;
}

export type DomainChange = Omit<RowChange, 'change'> & {
  readonly change: RowChange['change'] | 'deleted';
  readonly row: Pick<Domain, 'organizationId' | 'domain'>;
};

/** @returns the row as it is then, or was @throws UniqueViolation when the organization has the domain already */
export function writeDomain(db: Database, { id, change, audit }: DomainWrite): Promise<Domain | undefined> {
  return db.transaction(async (query) => {
    const isIt = eq(domains.id, id);
    const [before] = await query.select().from(domains).where(isIt).for('update');
    const wanted = await change(before);
    const kept =
      wanted === 'delete'
        ? ({ id, change: 'deleted', before: before ?? {}, after: {} } as const)
        : await keepRow(query, { table: domains, before, row: { ...wanted, id } });
    const [after] = await query.select().from(domains).where(isIt);
    if (wanted === 'delete') await query.delete(domains).where(isIt);
    const event = after && kept.change !== 'unchanged' ? audit({ ...kept, row: after }) : undefined;
    if (event) await query.insert(auditEvents).values(event);
    return after;
  });
}

/** An organization that a domain leads to, with all its connections in the order of creation. */
export interface ServedOrganization {
  readonly organization: Organization;
  readonly connections: readonly Connection[];
  /** The organization's domain, where it has it; verified or not. */
  readonly domain: Domain | undefined;
  readonly hasDomains: boolean;
}

const place = (domain: SQL, organization: SQL) =>
  sql`${domain}.verified_at is null, coalesce(${domain}.verified_at, 'infinity'), ${organization}.created_at, ${organization}.id`;

const SERVED = statement<ServedQuery & Record<string, unknown>, ServedOrganization>(
  sql`select ${rowObject('o')} as organization, ${rowObject('d')} as domain,
    (select json_agg(${rowObject('c')} order by c.created_at, c.id) from connections c where c.organization_id = o.id) as connections,
    exists (select 1 from domains h where h.organization_id = o.id and h.verified_at is not null) as has_domains
  from organizations o left join domains d on d.organization_id = o.id and d.domain = ${parameter('domain')}
  where o.status = 'active' and (d.verified_at is not null
      or o.id in (select organization_id from connections where ${parameter('domain')} = any (allowed_domains)))
    and (${parameter('organizations', 'jsonb')} is null or ${parameter('organizations', 'jsonb')} ? o.id)
    and (${parameter('after')} is null or (${place(sql`d`, sql`o`)}) > (select ${place(sql`ad`, sql`ao`)} from organizations ao
      left join domains ad on ad.organization_id = ao.id and ad.domain = ${parameter('domain')} where ao.id = ${parameter('after')}
        and (${parameter('organizations', 'jsonb')} is null or ${parameter('organizations', 'jsonb')} ? ao.id)))
  order by d.verified_at is null, d.verified_at, o.created_at, o.id limit ${parameter('limit', 'int')}`,
  (row) => ({
    organization: reviveRow(organizations, row['organization']) as Organization,
    connections: ((row['connections'] ?? []) as unknown[]).map((value) => reviveRow(connections, value) as Connection),
    domain: reviveRow(domains, row['domain']),
    hasDomains: row['has_domains'] === true,
  }),
);

export interface ServedQuery {
  readonly domain: string;
  /** Ids of the only ones to tell of; null: all. */
  readonly organizations: readonly string[] | null;
  readonly limit: number;
  /** Id of the organization after which the page begins. */
  readonly after: string | undefined;
}

/** Who verified the domain, the first one first; then those with a connection that lists it, the oldest first. */
export async function listServed(db: Database, query: ServedQuery): Promise<ServedOrganization[]> {
  return db.run(SERVED, { ...query });
}

/** Whether one of the organizations has verified this domain. */
export async function hasVerifiedDomain(
  db: Database,
  organizationIds: readonly string[],
  domain: string,
): Promise<boolean> {
  const { organizationId, verifiedAt } = domains;
  const isTheirs = and(
    inArray(organizationId, [...organizationIds]),
    eq(domains.domain, domain),
    isNotNull(verifiedAt),
  );
  const [row] = await db.using((query) => query.select({ id: domains.id }).from(domains).where(isTheirs).limit(1));
  return row !== undefined;
}
