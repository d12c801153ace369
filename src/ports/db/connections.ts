/** Connections of an organization, found by slug or by a person's email domain. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { type Connection, connections, type Organization, organizations, type PinnedMetadata } from './schema.ts';
import { parameter, reviveRow, rowObject, statement } from './statement.ts';

export interface OrganizationConnections {
  readonly organization: Organization;
  /** Of every status, in the order of creation. */
  readonly connections: readonly Connection[];
  /** Whether the organization has verified the domain asked about; false without a domain. */
  readonly domainVerified: boolean;
  /** Whether the organization has any verified domain. */
  readonly hasDomains: boolean;
}

const READ = statement<{ reference: string; domain: string | null }, OrganizationConnections>(
  sql`select ${rowObject('o')} as organization,
    (select json_agg(${rowObject('c')} order by c.created_at, c.id) from connections c where c.organization_id = o.id) as connections,
    exists (select 1 from domains d where d.organization_id = o.id and d.verified_at is not null
      and d.domain = ${parameter('domain')}) as domain_verified,
    exists (select 1 from domains d where d.organization_id = o.id and d.verified_at is not null) as has_domains
  from organizations o where o.slug = ${parameter('reference')} or o.id = ${parameter('reference')}`,
  (row) => ({
    organization: reviveRow(organizations, row['organization']) as Organization,
    connections: ((row['connections'] ?? []) as unknown[]).map((value) => reviveRow(connections, value) as Connection),
    domainVerified: row['domain_verified'] === true,
    hasDomains: row['has_domains'] === true,
  }),
);

/** @param reference the organization's slug or id */
export async function readOrganizationConnections(
  db: Database,
  reference: string,
  domain: string | null = null,
): Promise<OrganizationConnections | undefined> {
  // an empty text instead of null: Postgres may plan anew for each null
  const [row] = await db.run(READ, { reference, domain: domain ?? '' });
  return row;
}

const PIN = statement<{ id: string; version: number; metadata: PinnedMetadata }, unknown>(
  sql`update connections set pinned_metadata = ${parameter('metadata', 'jsonb')}
  where id = ${parameter('id')} and version = ${parameter('version', 'int')} and pinned_metadata is null`,
  (row) => row,
);

/** Keeps the endpoints that discovery named first; later discoveries don't change them. */
export async function pinConnectionMetadata(
  db: Database,
  { id, version }: Pick<Connection, 'id' | 'version'>,
  metadata: PinnedMetadata,
): Promise<void> {
  await db.run(PIN, { id, version, metadata });
}
