/** Versions of connections: written along with every change of a connection, and read for logins that began on one before. */
import { and, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { inBatches, rowsOf } from './batches.ts';
import type { Database } from './client.ts';
import { type ConnectionConfiguration, type ConnectionVersion, connectionVersions } from './connection-schema.ts';
import type { Query } from './row-change.ts';
import { samlMetadata } from './saml-schema.ts';
import { type Connection, connections, organizations } from './schema.ts';
import { parameter, reviveRow, rowObject, statement } from './statement.ts';

/** Versions that a connection keeps once they are out of use. Those that were never in use go first, then the oldest. */
const KEPT_VERSIONS = 50;

/** Columns that are the same in all versions, or have a column of their own there. */
const NO_CONFIGURATION: ReadonlySet<string> = new Set([
  'id',
  'organizationId',
  'slug',
  'status',
  'version',
  'pinnedMetadata',
  'sealedClientSecret',
  'sealedClientKey',
  'sessionsEndedAt',
  'disabledAt',
  'createdAt',
  'updatedAt',
  'versionMetadata',
]);

/** Whether a change of this column makes a new version. */
export const isConfiguration = (column: string): boolean =>
  column.startsWith('sealed') || !NO_CONFIGURATION.has(column);

export function configurationOf(connection: Connection): ConnectionConfiguration {
  const members = Object.entries(connection).filter(([name]) => !NO_CONFIGURATION.has(name));
  return Object.fromEntries(members) as ConnectionConfiguration;
}

/** The connection as it is in a version: what a login or a test over that version runs on. */
export function connectionAt(connection: Connection, version: ConnectionVersion): Connection {
  const { configuration, sealedClientSecret, sealedClientKey, pinnedMetadata, metadataDocument } = version;
  const secrets = { sealedClientSecret, sealedClientKey };
  const at = { version: version.version, pinnedMetadata, versionMetadata: metadataDocument };
  return { ...connection, ...configuration, ...secrets, ...at };
}

/** Joins the version that the request `r` began on, where it is not the one in use of the connection `c`. */
export const requestedVersion = sql`left join connection_versions v on v.connection_id = c.id and r.connection_id = c.id
      and v.version = r.connection_version and v.version <> c.version`;

/** The connection `c` of such a statement, as it was when the request began; as it is now where that is not known any more. */
export function reviveRequested(row: Record<string, unknown>): Connection | undefined {
  const connection = reviveRow(connections, row['connection']);
  const version = reviveRow(connectionVersions, row['version']);
  return connection && version ? connectionAt(connection, version) : connection;
}

/** One more than any version had so far. */
export const nextVersion = sql`greatest(${connections.version}, (select max(version) from connection_versions
  where connection_id = ${connections.id})) + 1`;

/** Who makes a version, and the id of its row, should there be none yet. */
export type VersionAuthor = Pick<ConnectionVersion, 'id' | 'source' | 'createdBy'>;
type NewDraft = VersionAuthor &
  Pick<ConnectionVersion, 'connectionId' | 'configuration' | 'metadataDocument'> & {
    readonly sealedClientSecret: string | null;
    readonly sealedClientKey: string | null;
  };

const AT = statement<{ id: string; version: number | null }, { connection: Connection; version: unknown }>(
  sql`select ${rowObject('c')} as connection, ${rowObject('v')} as version from connections c
  left join connection_versions v on v.connection_id = c.id and v.version = ${parameter('version', 'int')} and v.version <> c.version
  where c.id = ${parameter('id')}`,
  (row) => ({ connection: reviveRequested(row) as Connection, version: row['version'] }),
);

/** The connection as it is, or as it is in one of its versions; undefined when there is none, or no such version. */
export async function readConnectionAt(db: Database, id: string, version?: number): Promise<Connection | undefined> {
  const [row] = await db.run(AT, { id, version: version ?? null });
  return version === undefined || row?.connection.version === version ? row?.connection : undefined;
}

export interface ConnectionVersionRows {
  /**
   * Keeps the connection's own row as a version: the one in use, or the draft of a connection that is one itself.
   * Whichever was that before is superseded. Called before a change too, it keeps what is in use as it is by now.
   */
  settleVersion(connectionId: string, author: VersionAuthor): Promise<void>;
  /** A version that is not in use; it takes the place of the one that waited so far. */
  addDraft(draft: NewDraft): Promise<ConnectionVersion>;
  /** The one with this number, or the one that waits, or the one that was in use before. */
  findVersion(connectionId: string, which: number | 'waiting' | 'previous'): Promise<ConnectionVersion | undefined>;
  /** The connection by its id, locked until the change is over. */
  lockConnection(id: string): Promise<Connection | undefined>;
  /** The connection becomes what it is in the version; one that was a draft is in use from now on. */
  takeVersion(connection: Connection, version: ConnectionVersion): Promise<void>;
  /** Undefined when there is no such organization. */
  countConnections(organizationId: string): Promise<number | undefined>;
  /** With all that hangs on it; what there may be much of goes first, by `emptyConnection`. */
  removeConnection(id: string): Promise<void>;
}

/** @param now the database's clock, as `Database.now` */
export function connectionVersionRows(query: Query, now: SQL): ConnectionVersionRows {
  return {
    settleVersion: (connectionId, author) => settle(query, now, connectionId, author),
    addDraft: (draft) => addDraft(query, draft),
    findVersion: (connectionId, which) => find(query, connectionId, which),
    async lockConnection(id) {
      const [row] = await query.select().from(connections).where(eq(connections.id, id)).for('update');
      return row;
    },
    async takeVersion(connection, { version, configuration, sealedClientSecret, sealedClientKey, pinnedMetadata }) {
      const status = connection.status === 'draft' ? 'active' : connection.status;
      const secrets = { sealedClientSecret, sealedClientKey };
      const columns = { ...configuration, ...secrets, pinnedMetadata, version, status, updatedAt: now };
      await query.update(connections).set(columns).where(eq(connections.id, connection.id));
    },
    async countConnections(organizationId) {
      const count = sql<number>`(select count(*)::int from ${connections} where organization_id = ${organizationId})`;
      const [row] = await query.select({ count }).from(organizations).where(eq(organizations.id, organizationId));
      return row?.count;
    },
    async removeConnection(id) {
      await query.delete(connections).where(eq(connections.id, id));
    },
  };
}

/**
 * Removes the connection's sessions and identities.
 * @param check asked before every batch; throwing stops there
 */
export async function emptyConnection(
  db: Database,
  id: string,
  check: (rows: ConnectionVersionRows) => Promise<void>,
): Promise<void> {
  const checked = (query: Query) => check(connectionVersionRows(query, db.now()));
  for (const table of ['sessions', 'identities'])
    await inBatches(db, checked, rowsOf(table, sql`connection_id = ${id}`));
}

const isOf = (connectionId: string) => eq(connectionVersions.connectionId, connectionId);
const isWaiting = inArray(connectionVersions.state, ['draft', 'tested']);

async function settle(query: Query, now: SQL, connectionId: string, author: VersionAuthor): Promise<void> {
  const [found] = await query
    .select({ connection: connections, document: samlMetadata.document })
    .from(connections)
    .leftJoin(samlMetadata, eq(samlMetadata.connectionId, connections.id))
    .where(eq(connections.id, connectionId));
  if (!found) return;
  const { connection, document } = found;
  const others = and(isOf(connectionId), ne(connectionVersions.version, connection.version));
  await query
    .update(connectionVersions)
    .set({ state: 'superseded' })
    .where(and(others, ne(connectionVersions.state, 'superseded')));
  const isDraft = connection.status === 'draft';
  const { sealedClientSecret, sealedClientKey, pinnedMetadata } = connection;
  const content = { configuration: configurationOf(connection), sealedClientSecret, sealedClientKey, pinnedMetadata };
  const kept = { ...content, metadataDocument: document };
  const isInUse = eq(connectionVersions.state, 'active');
  await query
    .insert(connectionVersions)
    .values({
      ...kept,
      ...author,
      connectionId,
      version: connection.version,
      state: isDraft ? 'draft' : 'active',
      createdAt: now,
      activatedAt: isDraft ? null : now,
    })
    .onConflictDoUpdate({
      target: [connectionVersions.connectionId, connectionVersions.version],
      set: {
        ...kept,
        state: isDraft
          ? sql`case when ${connectionVersions.testedAt} is null then 'draft' else 'tested' end`
          : 'active',
        ...(isDraft
          ? {}
          : { activatedAt: sql`case when ${isInUse} then ${connectionVersions.activatedAt} else ${now} end` }),
      },
    });
  await prune(query, connectionId);
}

async function addDraft(query: Query, draft: NewDraft): Promise<ConnectionVersion> {
  const { connectionId } = draft;
  await query
    .update(connectionVersions)
    .set({ state: 'superseded' })
    .where(and(isOf(connectionId), isWaiting));
  const version = sql`(select ${nextVersion} from ${connections} where ${connections.id} = ${connectionId})`;
  const [row] = await query
    .insert(connectionVersions)
    .values({ ...draft, version, state: 'draft' })
    .returning();
  if (!row) throw new Error('a version was not written');
  await prune(query, connectionId);
  return row;
}

async function find(query: Query, connectionId: string, which: number | 'waiting' | 'previous') {
  const wanted = {
    waiting: isWaiting,
    previous: and(eq(connectionVersions.state, 'superseded'), sql`${connectionVersions.activatedAt} is not null`),
  };
  const [row] = await query
    .select()
    .from(connectionVersions)
    .where(and(isOf(connectionId), typeof which === 'number' ? eq(connectionVersions.version, which) : wanted[which]))
    .orderBy(sql`${connectionVersions.activatedAt} desc nulls last`)
    .limit(1);
  return row;
}

async function prune(query: Query, connectionId: string): Promise<void> {
  const spare = query
    .select({ id: connectionVersions.id })
    .from(connectionVersions)
    .where(and(isOf(connectionId), eq(connectionVersions.state, 'superseded')))
    .orderBy(sql`${connectionVersions.activatedAt} desc nulls last`, desc(connectionVersions.version))
    .offset(KEPT_VERSIONS);
  await query.delete(connectionVersions).where(inArray(connectionVersions.id, spare));
}
