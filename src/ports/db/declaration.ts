/** Configuration as rows, each found by its natural key. */
import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { auditEvents } from './audit-schema.ts';
import { disabledNow } from './audited-change.ts';
import type { Database } from './client.ts';
import {
  type ConnectionVersionRows,
  connectionVersionRows,
  isConfiguration,
  nextVersion,
} from './connection-versions.ts';
import { domains } from './domain-schema.ts';
import { keepRow, type Query, type RowChange } from './row-change.ts';
import { type SamlMetadataRows, samlMetadataRows } from './saml-metadata.ts';
import {
  apiKeys,
  type Connection,
  connections,
  type Membership,
  memberships,
  organizations,
  type User,
  users,
} from './schema.ts';

/** Replicas that start together apply the same file one after the other. */
const LOCK = 7_382_002;

/** Columns that the file names; undefined ones keep what they are. */
type Named<Row> = { readonly [Name in keyof Row]?: Row[Name] | undefined };
type Keyed<Row, Key extends keyof Row> = Named<Row> & Required<Pick<Row, Key>>;

export type OrganizationRow = Keyed<typeof organizations.$inferInsert, 'id' | 'slug'>;
export type ConnectionRow = Keyed<typeof connections.$inferInsert, 'id' | 'organizationId' | 'slug'>;
export type UserRow = Keyed<typeof users.$inferInsert, 'id'>;
export type MembershipRow = Keyed<typeof memberships.$inferInsert, 'id'>;
type DomainRow = Keyed<typeof domains.$inferInsert, 'id' | 'organizationId' | 'domain'>;
type ApiKeyRow = Keyed<typeof apiKeys.$inferInsert, 'id' | 'organizationId' | 'name'>;

export interface Member {
  readonly user: User;
  readonly membership: Membership;
}

/** Every write throws `UniqueViolation` when another row has what must be unique. */
export interface ConfigurationStore extends SamlMetadataRows, ConnectionVersionRows {
  /** Undefined when there is none and no name to make one with. */
  organization(row: OrganizationRow): Promise<RowChange | undefined>;
  /** A domain that is verified already keeps its instant. */
  domain(row: DomainRow): Promise<RowChange>;
  /** The connection as it is kept now, to compare secrets with. */
  findConnection(organizationId: string, slug: string): Promise<Connection | undefined>;
  /**
   * A change of the configuration counts the version up and forgets the pinned metadata.
   * @param place of a new one among those that are made in one transaction: time stamps keep the order
   */
  connection(before: Connection | undefined, row: ConnectionRow, place?: number): Promise<RowChange>;
  /** Whether some connection of the organization gives roles by rule. */
  groupsDecideRoles(organizationId: string): Promise<boolean>;
  /**
   * Found by its digest, else by its name. A revoked key stays as it is, and no other takes its place. Undefined when there
   * is none and no digest, or no dialects, to make one with.
   */
  apiKey(row: ApiKeyRow): Promise<RowChange | undefined>;
  /** The member that the file has named by this address before; else the one who has it now. */
  findMember(organizationId: string, email: string): Promise<Member | undefined>;
  user(before: User | undefined, row: UserRow, atCreation: UserRow): Promise<RowChange>;
  membership(before: Membership | undefined, row: MembershipRow, atCreation: MembershipRow): Promise<RowChange>;
  audit(row: typeof auditEvents.$inferInsert): Promise<void>;
}

/**
 * Runs `change` in one transaction: all of a file takes effect, or nothing.
 * @param isPatient waits for whoever changes something, however long they take
 * @throws SsoError `database_unavailable` when another change takes too long
 */
export function changeConfiguration(
  db: Database,
  change: (store: ConfigurationStore) => Promise<void>,
  isPatient = false,
): Promise<void> {
  return db.transaction(async (transaction) => {
    if (isPatient) await transaction.execute(sql`set local lock_timeout = 0`);
    await transaction.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const now = db.now();
    await change({
      ...resources(transaction, now),
      ...members(transaction, now),
      ...samlMetadataRows(transaction),
      ...connectionVersionRows(transaction, now),
    });
  });
}

type MemberStore = Pick<ConfigurationStore, 'groupsDecideRoles' | 'findMember' | 'user' | 'membership'>;

/** As `endingSessions` of `audited-change.ts`, for what a file declares. */
function endingSessions<Row>(before: Row | undefined, row: Named<Row>, status: keyof Row, now: SQL) {
  const isTurned = before && row[status] !== undefined && String(row[status]) !== String(before[status]);
  return isTurned ? { sessionsEndedAt: sql`greatest(sessions_ended_at, ${now})` } : {};
}

type ResourceStore = Omit<ConfigurationStore, keyof MemberStore | keyof SamlMetadataRows | keyof ConnectionVersionRows>;

function resources(query: Query, now: SQL): ResourceStore {
  return {
    async organization(row) {
      const [before] = await query.select().from(organizations).where(eq(organizations.slug, row.slug));
      if (!before && row.name === undefined) return undefined;
      const atUpdate = { updatedAt: now, ...endingSessions(before, row, 'status', now) };
      return keepRow(query, { table: organizations, before, row, atUpdate });
    },
    async domain(row) {
      const same = and(eq(domains.organizationId, row.organizationId), eq(domains.domain, row.domain));
      const [before] = await query.select().from(domains).where(same);
      const verifiedAt = row.verifiedAt ? (before?.verifiedAt ?? row.verifiedAt) : row.verifiedAt;
      const isSame = verifiedAt === undefined || Boolean(verifiedAt) === Boolean(before?.verifiedAt);
      const verifiedBy = verifiedAt ? ('operator' as const) : null;
      return keepRow(query, { table: domains, before, row: { ...row, verifiedAt, ...(isSame ? {} : { verifiedBy }) } });
    },
    async findConnection(organizationId, slug) {
      const same = and(eq(connections.organizationId, organizationId), eq(connections.slug, slug));
      const [row] = await query.select().from(connections).where(same);
      return row;
    },
    connection(before, row, place = 0) {
      const made = sql`${now} + ${place} * interval '1 millisecond'`;
      const isTakenOut = before?.status === 'active' && row.status !== undefined && row.status !== 'active';
      const atUpdate = (changed: readonly string[]) => ({
        ...(changed.some(isConfiguration) ? { version: nextVersion, pinnedMetadata: null } : {}),
        updatedAt: now,
        ...endingSessions(before, row, 'status', now),
        ...(isTakenOut ? { disabledAt: disabledNow(now) } : {}),
      });
      return keepRow(query, {
        table: connections,
        before,
        row,
        atInsert: { createdAt: made, updatedAt: made },
        atUpdate,
      });
    },
    async apiKey(row) {
      const isNamed = and(eq(apiKeys.name, row.name), isNull(apiKeys.revokedAt));
      // nothing is no key's digest
      const isSame = eq(apiKeys.keyDigest, row.keyDigest ?? '');
      const [before] = await query
        .select()
        .from(apiKeys)
        .where(and(eq(apiKeys.organizationId, row.organizationId), or(isSame, isNamed)))
        .orderBy(sql`${isSame} desc`)
        .for('update');
      if (before?.revokedAt) return { id: before.id, change: 'unchanged', before: {}, after: {} };
      if (!before && (row.keyDigest === undefined || row.dialects === undefined)) return undefined;
      return keepRow(query, { table: apiKeys, before, row });
    },
    async audit(row) {
      await query.insert(auditEvents).values(row);
    },
  };
}

function members(query: Query, now: SQL): MemberStore {
  return {
    async groupsDecideRoles(organizationId) {
      const ruled = sql`(jsonb_array_length(${connections.groupRoles}) > 0 or jsonb_path_exists(${connections.rules}, '$[*].role'))`;
      const found = await query
        .select({ id: connections.id })
        .from(connections)
        .where(and(eq(connections.organizationId, organizationId), ruled))
        .limit(1);
      return found.length > 0;
    },
    async findMember(organizationId, email) {
      const [found] = await query
        .select({ membership: memberships, user: users })
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(
          and(
            eq(memberships.organizationId, organizationId),
            or(eq(memberships.declaredEmail, email), eq(memberships.email, email)),
          ),
        )
        .orderBy(sql`${memberships.declaredEmail} is distinct from ${email}`)
        .limit(1);
      return found;
    },
    user(before, row, atCreation) {
      const atUpdate = { version: sql`${users.version} + 1`, updatedAt: now };
      return keepRow(query, { table: users, before, row, atCreation, atUpdate });
    },
    membership: (before, row, atCreation) =>
      keepRow(query, {
        table: memberships,
        before,
        row,
        atCreation,
        atUpdate: endingSessions(before, row, 'deactivatedAt', now),
      }),
  };
}
