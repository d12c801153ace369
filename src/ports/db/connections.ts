/** Connections: of an organization, found by slug or by a person's email domain, and one by itself or by its session. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { type Connection, connections, type Organization, organizations, type PinnedMetadata } from './schema.ts';
import { type Session, sessions } from './session-schema.ts';
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

const READ_ONE = statement<{ id: string }, Connection>(
  sql`select ${rowObject('c')} as connection from connections c where c.id = ${parameter('id')}`,
  (row) => reviveRow(connections, row['connection']) as Connection,
);

/** Of any type and status. */
export async function readConnection(db: Database, id: string): Promise<Connection | undefined> {
  const [connection] = await db.run(READ_ONE, { id });
  return connection;
}

const LIST = statement<{ limit: number }, { organization: string; connection: Connection }>(
  sql`select o.slug as organization, ${rowObject('c')} as connection from connections c
  join organizations o on o.id = c.organization_id order by o.slug, c.slug limit ${parameter('limit', 'int')}`,
  (row) => ({
    organization: String(row['organization']),
    connection: reviveRow(connections, row['connection']) as Connection,
  }),
);

/** Of all organizations, with the organization's slug, by name. */
export async function listConnections(
  db: Database,
  limit: number,
): Promise<{ organization: string; connection: Connection }[]> {
  return db.run(LIST, { limit });
}

const READ_SESSION = statement<{ sessionId: string; connectionId: string }, SessionOnConnection>(
  sql`select ${rowObject('s')} as session, ${rowObject('c')} as connection
  from sessions s join connections c on c.id = s.connection_id
  where s.id = ${parameter('sessionId')} and c.id = ${parameter('connectionId')}`,
  (row) => ({
    session: reviveRow(sessions, row['session']) as Session,
    connection: reviveRow(connections, row['connection']) as Connection,
  }),
);

/** A session, over or not, and the connection that it began on. */
export interface SessionOnConnection {
  readonly session: Session;
  readonly connection: Connection;
}

/** Undefined for a session of another connection. */
export async function readSessionOnConnection(
  db: Database,
  parameters: { sessionId: string; connectionId: string },
): Promise<SessionOnConnection | undefined> {
  const [found] = await db.run(READ_SESSION, parameters);
  return found;
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
