/** The metadata of identity providers as rows: read for logins, claimed for a check, changed under a lock. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { auditEvents } from './audit-schema.ts';
import type { Database } from './client.ts';
import { nextVersion } from './connection-versions.ts';
import type { Query } from './row-change.ts';
import { type SamlMetadata, samlMetadata } from './saml-schema.ts';
import { type Connection, connections } from './schema.ts';
import { now, nowPlus, parameter, reviveRow, rowObject, statement } from './statement.ts';

export interface SamlConnection {
  readonly connection: Connection;
  readonly metadata: SamlMetadata;
}

type AuditRow = typeof auditEvents.$inferInsert;

/** What a change writes: the columns that differ, and the audit events that tell of it. */
export interface MetadataWrite {
  readonly columns: Partial<Omit<SamlMetadata, 'connectionId' | 'createdAt'>>;
  readonly events: readonly AuditRow[];
}

/** Numbers for the operator's alarms, over the connections that are not disabled. */
export interface MetadataTally {
  /** Connections whose last check failed. */
  readonly stale: number;
  /** Connections with a copy that awaits approval. */
  readonly pending: number;
  /** Certificates in use that expire within the given time, and those that have expired. */
  readonly expiring: number;
  readonly expired: number;
}

const samlConnection = (row: Record<string, unknown>): SamlConnection => ({
  connection: reviveRow(connections, row['connection']) as Connection,
  metadata: reviveRow(samlMetadata, row['metadata']) as SamlMetadata,
});

const READ = statement<{ id: string }, SamlConnection>(
  sql`select ${rowObject('c')} as connection, row_to_json(m) as metadata
  from connections c join saml_metadata m on m.connection_id = c.id
  where c.id = ${parameter('id')} and c.type = 'saml'`,
  samlConnection,
);

const READ_METADATA = statement<{ id: string }, SamlMetadata>(
  sql`select row_to_json(m) as metadata from saml_metadata m where m.connection_id = ${parameter('id')}`,
  (row) => samlConnection(row).metadata,
);

/**
 * The claim moves the next check forward before anything is fetched: of several replicas one does it, no lock is
 * held while a provider hangs, and a replica that dies leaves the check to the next after the lease.
 */
const CLAIM_DUE = statement<{ leaseSeconds: number; limit: number }, SamlConnection>(
  sql`with due as (
    select m.connection_id from saml_metadata m
    join connections c on c.id = m.connection_id join organizations o on o.id = c.organization_id
    where m.next_check_at <= ${now} and c.type = 'saml' and c.status <> 'disabled' and o.status = 'active'
    order by m.next_check_at limit ${parameter('limit', 'int')} for update of m skip locked),
  claimed as (
    update saml_metadata set next_check_at = ${nowPlus('leaseSeconds')}, read_at = ${now}
    where connection_id in (select connection_id from due) returning *)
  select ${rowObject('c')} as connection, row_to_json(claimed) as metadata
  from claimed join connections c on c.id = claimed.connection_id`,
  samlConnection,
);

const warnLine = (expiry: SQL) => sql`${expiry} - ${parameter('warnSeconds', 'float8')} * interval '1 second'`;
const notAfter = sql`(k.value->>'notAfter')::timestamptz`;

const TALLY = statement<{ warnSeconds: number }, MetadataTally>(
  sql`select count(*) filter (where m.failures > 0)::int as stale,
    count(*) filter (where m.pending is not null)::int as pending,
    coalesce(sum(counted.expiring), 0)::int as expiring, coalesce(sum(counted.expired), 0)::int as expired
  from saml_metadata m join connections c on c.id = m.connection_id and c.status <> 'disabled'
  cross join lateral (
    select count(*) filter (where ${warnLine(notAfter)} <= ${now} and ${notAfter} > ${now}) as expiring,
      count(*) filter (where ${notAfter} <= ${now}) as expired
    from jsonb_array_elements(coalesce(m.document->'certificates', '[]'::jsonb)) k) counted`,
  (row) => ({
    stale: Number(row['stale']),
    pending: Number(row['pending']),
    expiring: Number(row['expiring']),
    expired: Number(row['expired']),
  }),
);

/** Never later than it is planned, never sooner after the last reading than `gapSeconds`, and written once however often it is asked for. */
const soonest = sql`greatest(${now}, read_at + ${parameter('gapSeconds', 'float8')} * interval '1 second')`;
const HASTEN = statement<{ id: string; gapSeconds: number }, unknown>(
  sql`update saml_metadata set next_check_at = ${soonest}
  where connection_id = ${parameter('id')} and next_check_at > ${soonest}`,
  (row) => row,
);

/** A SAML connection of any status with its metadata; undefined for another type. */
export async function readConnectionMetadata(db: Database, connectionId: string): Promise<SamlConnection | undefined> {
  const [found] = await db.run(READ, { id: connectionId });
  return found;
}

export async function readSamlMetadata(db: Database, connectionId: string): Promise<SamlMetadata | undefined> {
  const [row] = await db.run(READ_METADATA, { id: connectionId });
  return row;
}

/** The source is read by the next round of housekeeping of any replica, or once the gap since its last reading is over. */
export async function hastenMetadataCheck(db: Database, id: string, gapSeconds: number): Promise<void> {
  await db.run(HASTEN, { id, gapSeconds });
}

/** Rows whose check is due, and which nobody else gets for the time of the lease. */
export async function claimDueMetadata(
  db: Database,
  claim: { leaseSeconds: number; limit: number },
): Promise<SamlConnection[]> {
  return db.run(CLAIM_DUE, claim);
}

export async function tallySamlMetadata(db: Database, warnSeconds: number): Promise<MetadataTally> {
  const [tally = { stale: 0, pending: 0, expiring: 0, expired: 0 }] = await db.run(TALLY, { warnSeconds });
  return tally;
}

/**
 * Decides on the row as it is now and writes what comes of it, row and audit together.
 *
 * @param version of the connection that the news was fetched for; the lock waits for a change of the configuration
 * that is under way, and news for a source that is no longer the connection's are dropped. Undefined: any version
 * @param decide undefined writes nothing
 * @returns the row afterwards; undefined when the connection was changed or removed meanwhile
 */
export function changeSamlMetadata(
  db: Database,
  { connectionId, version }: { connectionId: string; version: number | undefined },
  decide: (row: SamlMetadata) => MetadataWrite | undefined | Promise<MetadataWrite | undefined>,
): Promise<SamlMetadata | undefined> {
  return db.transaction(async (transaction) => {
    const [connection] = await transaction
      .select({ version: connections.version })
      .from(connections)
      .where(eq(connections.id, connectionId))
      .for('share');
    if (!connection || (version !== undefined && connection.version !== version)) return undefined;
    const same = eq(samlMetadata.connectionId, connectionId);
    const [row] = await transaction.select().from(samlMetadata).where(same).for('update');
    const write = row && (await decide(row));
    if (!row || !write) return row;
    await transaction.update(samlMetadata).set(write.columns).where(same);
    if (write.events.length > 0) await transaction.insert(auditEvents).values([...write.events]);
    return { ...row, ...write.columns };
  });
}

/** A date that has come since the row was reported last. */
const hasCome = (line: SQL, at: Date) =>
  sql`(${line} <= ${at.toISOString()}::timestamptz and ${line} > coalesce(${samlMetadata.expiryReportedAt}, '-infinity'))`;

/**
 * Writes the events of rows with a certificate that has come into the warning time, or expired, since the last
 * report; of several replicas one does it.
 * @returns how many rows were reported
 */
export function reportExpiry(
  db: Database,
  { at, warnSeconds, limit }: { at: Date; warnSeconds: number; limit: number },
  eventsOf: (found: SamlConnection) => readonly AuditRow[],
): Promise<number> {
  const warned = sql`${notAfter} - ${warnSeconds}::float8 * interval '1 second'`;
  const isDue = sql`exists (select from jsonb_array_elements(${samlMetadata.document}->'certificates') k
    where ${hasCome(warned, at)} or ${hasCome(notAfter, at)})`;
  return db.transaction(async (transaction) => {
    const found = await transaction
      .select({ connection: connections, metadata: samlMetadata })
      .from(samlMetadata)
      .innerJoin(connections, eq(connections.id, samlMetadata.connectionId))
      .where(and(isDue, sql`${connections.status} <> 'disabled'`))
      .limit(limit)
      .for('update', { of: samlMetadata, skipLocked: true });
    for (const one of found) {
      const events = eventsOf(one);
      if (events.length > 0) await transaction.insert(auditEvents).values([...events]);
      await transaction
        .update(samlMetadata)
        .set({ expiryReportedAt: at })
        .where(eq(samlMetadata.connectionId, one.connection.id));
    }
    return found.length;
  });
}

export interface SamlMetadataRows {
  findSamlMetadata(connectionId: string): Promise<SamlMetadata | undefined>;
  keepSamlMetadata(connectionId: string, columns: MetadataWrite['columns']): Promise<void>;
  removeSamlMetadata(connectionId: string): Promise<void>;
  /** The metadata changed, and nothing in the connection's own row. */
  countVersionUp(connectionId: string): Promise<void>;
}

/** What a declaration does with the rows, within its transaction, after it has written the connection. */
export function samlMetadataRows(
  query: Query & Pick<Parameters<Parameters<Database['using']>[0]>[0], 'delete'>,
): SamlMetadataRows {
  return {
    async findSamlMetadata(connectionId) {
      const same = eq(samlMetadata.connectionId, connectionId);
      const [row] = await query.select().from(samlMetadata).where(same).for('update');
      return row;
    },
    async keepSamlMetadata(connectionId, columns) {
      const conflict = { target: samlMetadata.connectionId, set: columns };
      const values = { ...columns, connectionId };
      if (Object.keys(columns).length > 0) await query.insert(samlMetadata).values(values).onConflictDoUpdate(conflict);
      else await query.insert(samlMetadata).values(values).onConflictDoNothing();
    },
    async removeSamlMetadata(connectionId) {
      await query.delete(samlMetadata).where(eq(samlMetadata.connectionId, connectionId));
    },
    async countVersionUp(connectionId) {
      const set = { version: nextVersion, updatedAt: sql`now()` };
      await query.update(connections).set(set).where(eq(connections.id, connectionId));
    },
  };
}
