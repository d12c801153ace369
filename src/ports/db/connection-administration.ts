/** Connections as the operator sees them: each with the version that waits to become active, and with all of its versions. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { type ConnectionVersion, connectionVersions } from './connection-schema.ts';
import type { IdpMetadata } from './saml-schema.ts';
import { type Connection, connections } from './schema.ts';
import { parameter, reviveRow, rowObject, statement } from './statement.ts';

export interface VersionedConnection {
  /** Its own row: what logins run on. */
  readonly connection: Connection;
  /** What was changed since and is not in use yet; of a connection that is a draft, its own row once more. */
  readonly waiting: ConnectionVersion | undefined;
}

const decode = (row: Record<string, unknown>): VersionedConnection => ({
  connection: reviveRow(connections, row['connection']) as Connection,
  waiting: reviveRow(connectionVersions, row['waiting']),
});

const waiting = sql`left join connection_versions w on w.connection_id = c.id and w.state in ('draft', 'tested')`;

const READ = statement<{ id: string }, VersionedConnection>(
  sql`select ${rowObject('c')} as connection, ${rowObject('w')} as waiting from connections c ${waiting}
  where c.id = ${parameter('id')}`,
  decode,
);

export async function readVersionedConnection(db: Database, id: string): Promise<VersionedConnection | undefined> {
  const [found] = await db.run(READ, { id });
  return found;
}

interface ConnectionPage extends Record<string, unknown> {
  readonly organizationId: string;
  readonly status: string | undefined;
  readonly type: string | undefined;
  readonly limit: number;
  readonly before: string | undefined;
}

const LIST = statement<ConnectionPage, VersionedConnection | undefined>(
  sql`select ${rowObject('c')} as connection, ${rowObject('w')} as waiting from organizations o left join lateral (
    select * from connections n where n.organization_id = o.id
      and (${parameter('status')} is null or n.status = ${parameter('status')})
      and (${parameter('type')} is null or n.type = ${parameter('type')})
      and (${parameter('before')} is null
        or (n.created_at, n.id) < (select created_at, id from connections where id = ${parameter('before')} and organization_id = o.id))
    order by n.created_at desc, n.id desc limit ${parameter('limit', 'int')}
  ) c on true ${waiting} where o.id = ${parameter('organizationId')} order by c.created_at desc, c.id desc`,
  (row) => (row['connection'] === null ? undefined : decode(row)),
);

/** Newest first. @returns undefined when there is no such organization */
export async function listVersionedConnections(
  db: Database,
  page: ConnectionPage,
): Promise<VersionedConnection[] | undefined> {
  const rows = await db.run(LIST, page);
  return rows.length === 0 ? undefined : rows.filter((row) => row !== undefined);
}

const version = (row: Record<string, unknown>) => reviveRow(connectionVersions, row['version']) as ConnectionVersion;

const VERSIONS = statement<{ connectionId: string; limit: number; before: number | undefined }, ConnectionVersion>(
  sql`select ${rowObject('v')} as version from connection_versions v where v.connection_id = ${parameter('connectionId')}
    and (${parameter('before', 'int')} is null or v.version < ${parameter('before', 'int')})
  order by v.version desc limit ${parameter('limit', 'int')}`,
  version,
);

/** @param page `before` is a version's number */
export async function listConnectionVersions(
  db: Database,
  page: { connectionId: string; limit: number; before: number | undefined },
): Promise<ConnectionVersion[]> {
  return db.run(VERSIONS, page);
}

const VERSION = statement<{ connectionId: string; version: number }, ConnectionVersion>(
  sql`select ${rowObject('v')} as version from connection_versions v
  where v.connection_id = ${parameter('connectionId')} and v.version = ${parameter('version', 'int')}`,
  version,
);

export async function readConnectionVersion(
  db: Database,
  connectionId: string,
  number: number,
): Promise<ConnectionVersion | undefined> {
  const [found] = await db.run(VERSION, { connectionId, version: number });
  return found;
}

const KEEP_METADATA = statement<{ id: string; document: IdpMetadata; isAnew: boolean }, unknown>(
  sql`update connection_versions set metadata_document = ${parameter('document', 'jsonb')}
  where id = ${parameter('id')} and (metadata_document is null or ${parameter('isAnew', 'boolean')})`,
  (row) => row,
);

/**
 * The provider's metadata as the version's source names them, where none were known.
 * @param isAnew in place of the ones that were
 */
export async function keepVersionMetadata(
  db: Database,
  id: string,
  document: IdpMetadata,
  isAnew = false,
): Promise<void> {
  await db.run(KEEP_METADATA, { id, document, isAnew });
}
