/** Configuration as rows: found by its natural key, inserted or updated only where something differs. */
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Database } from './client.ts';
import {
  apiKeys,
  auditEvents,
  type Connection,
  connections,
  domains,
  memberships,
  organizations,
  users,
} from './schema.ts';

/** Replicas that start together apply the same file one after the other. */
const LOCK = 7_382_002;

type Query = Pick<PostgresJsDatabase, 'select' | 'insert' | 'update' | 'execute'>;

/** What came of one row. */
export type Change = 'created' | 'updated' | 'unchanged';

export interface ConfigurationStore {
  organization(row: typeof organizations.$inferInsert): Promise<{ id: string; change: Change }>;
  domain(row: typeof domains.$inferInsert): Promise<Change>;
  /** The connection as it is kept now, to compare secrets with. */
  findConnection(organizationId: string, slug: string): Promise<Connection | undefined>;
  /** A change counts the version up and forgets the pinned metadata. */
  connection(row: typeof connections.$inferInsert): Promise<{ id: string; change: Change }>;
  apiKey(row: typeof apiKeys.$inferInsert): Promise<Change>;
  /** The user with this email in the organization, with the membership. */
  member(user: typeof users.$inferInsert, membership: typeof memberships.$inferInsert): Promise<Change>;
  audit(row: typeof auditEvents.$inferInsert): Promise<void>;
}

/** Runs `change` in one transaction: all of a file takes effect, or nothing. */
export function changeConfiguration(db: Database, change: (store: ConfigurationStore) => Promise<void>): Promise<void> {
  return db.using((query) =>
    query.transaction(async (transaction) => {
      await transaction.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
      await change(storeOn(transaction));
    }),
  );
}

function storeOn(query: Query): ConfigurationStore {
  return {
    async organization(row) {
      const [before] = await query.select().from(organizations).where(eq(organizations.slug, row.slug));
      return keep(query, organizations, before, row, { updatedAt: sql`now()` });
    },
    async domain(row) {
      const same = and(eq(domains.organizationId, row.organizationId), eq(domains.domain, row.domain));
      const [before] = await query.select().from(domains).where(same);
      const verifiedAt = row.verifiedAt ? (before?.verifiedAt ?? row.verifiedAt) : null;
      return (await keep(query, domains, before, { ...row, verifiedAt })).change;
    },
    async findConnection(organizationId, slug) {
      const same = and(eq(connections.organizationId, organizationId), eq(connections.slug, slug));
      const [row] = await query.select().from(connections).where(same);
      return row;
    },
    async connection(row) {
      const before = await this.findConnection(row.organizationId, row.slug);
      const bump = { version: sql`${connections.version} + 1`, pinnedMetadata: null, updatedAt: sql`now()` };
      return keep(query, connections, before, row, bump);
    },
    async apiKey(row) {
      const same = and(eq(apiKeys.organizationId, row.organizationId), eq(apiKeys.name, row.name));
      const [before] = await query.select().from(apiKeys).where(same);
      return (await keep(query, apiKeys, before, row)).change;
    },
    member: (user, membership) => keepMember(query, user, membership),
    async audit(row) {
      await query.insert(auditEvents).values(row);
    },
  };
}

async function keepMember(
  query: Query,
  user: typeof users.$inferInsert,
  membership: typeof memberships.$inferInsert,
): Promise<Change> {
  const same = and(eq(memberships.organizationId, membership.organizationId), eq(memberships.email, user.email));
  const [known] = await query.select().from(memberships).innerJoin(users, eq(users.id, memberships.userId)).where(same);
  const bump = { version: sql`${users.version} + 1`, updatedAt: sql`now()` };
  const kept = await keep(query, users, known?.users, user, bump);
  const since = membership.deactivatedAt
    ? (known?.memberships.deactivatedAt ?? membership.deactivatedAt)
    : membership.deactivatedAt;
  const joined = await keep(query, memberships, known?.memberships, {
    ...membership,
    userId: kept.id,
    deactivatedAt: since,
  });
  return kept.change === 'unchanged' ? joined.change : kept.change;
}

/** Inserts a missing row, updates one whose named columns differ, and leaves any other alone. */
async function keep<Table extends PgTable>(
  query: Query,
  table: Table,
  before: (Record<string, unknown> & { id: string }) | undefined,
  row: Record<string, unknown> & { id: string },
  onChange: Record<string, unknown> = {},
): Promise<{ id: string; change: Change }> {
  if (!before) {
    await query.insert(table as PgTable).values(row);
    return { id: row.id, change: 'created' };
  }
  const { id: _drawn, ...wanted } = row;
  const differs = Object.keys(wanted).filter((key) => wanted[key] !== undefined && !same(before[key], wanted[key]));
  if (differs.length === 0) return { id: before.id, change: 'unchanged' };
  const changes = Object.fromEntries(differs.map((key) => [key, wanted[key]]));
  const idColumn = getTableColumns(table)['id'];
  if (!idColumn) throw new Error('a table without id');
  await query
    .update(table as PgTable)
    .set({ ...changes, ...onChange })
    .where(eq(idColumn, before.id));
  return { id: before.id, change: 'updated' };
}

function same(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

/** JSON with sorted keys: Postgres keeps jsonb members in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member) && !(member instanceof Date)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
