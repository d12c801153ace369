/** What people are known by at their providers, as the admin API sees it; and the end of one. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { auditEvents } from './audit-schema.ts';
import { lockRow } from './audited-change.ts';
import type { Database } from './client.ts';
import { connections, type Identity, identities } from './schema.ts';
import { sessions } from './session-schema.ts';
import { parameter, reviveRow, rowObject, statement } from './statement.ts';

/** An identity with the organization of its connection. */
export interface PlacedIdentity {
  readonly identity: Identity;
  readonly organizationId: string;
}

export interface IdentityFilter {
  readonly userId: string;
  /** Only over connections of these organizations; null is all. */
  readonly within: readonly string[] | null;
  readonly limit: number;
  /** The id after which (going back in time) the page begins. */
  readonly before?: string | undefined;
}

const isWithin = sql`(${parameter('within', 'jsonb')} is null
    or c.organization_id in (select jsonb_array_elements_text(${parameter('within', 'jsonb')})))`;

const LIST = statement<IdentityFilter & Record<string, unknown>, PlacedIdentity>(
  sql`select ${rowObject('i')} as identity, c.organization_id from identities i join connections c on c.id = i.connection_id
    where i.user_id = ${parameter('userId')} and ${isWithin}
      and (${parameter('before')} is null or (i.created_at, i.id) < (select i.created_at, i.id from identities i
        join connections c on c.id = i.connection_id
        where i.id = ${parameter('before')} and i.user_id = ${parameter('userId')} and ${isWithin}))
    order by i.created_at desc, i.id desc limit ${parameter('limit', 'int')}`,
  (row) => ({
    identity: reviveRow(identities, row['identity']) as Identity,
    organizationId: String(row['organization_id']),
  }),
);

/** Of one user, newest first. */
export async function listIdentities(db: Database, filter: IdentityFilter): Promise<PlacedIdentity[]> {
  return db.run(LIST, { before: undefined, ...filter });
}

export async function readIdentity(db: Database, id: string): Promise<PlacedIdentity | undefined> {
  const [found] = await db.using((query) =>
    query
      .select({ identity: identities, organizationId: connections.organizationId })
      .from(identities)
      .innerJoin(connections, eq(connections.id, identities.connectionId))
      .where(eq(identities.id, id)),
  );
  return found;
}

export interface IdentityEnd {
  readonly id: string;
  /** Asked of the row under its lock; throwing changes nothing. */
  readonly check: (identity: Identity | undefined) => Promise<void>;
  /** @param sessions how many ended with it */
  readonly audit: (identity: Identity, sessions: number) => typeof auditEvents.$inferInsert;
}

/**
 * Deletes an identity and ends its sessions. A login that is under way as it either comes first, and its session ends too, or
 * finds nothing to lock and is decided anew.
 */
export async function deleteIdentity(db: Database, { id, check, audit }: IdentityEnd): Promise<void> {
  await db.transaction(async (query) => {
    const identity = await lockRow(query, identities, id);
    await check(identity);
    if (!identity) return;
    const ended = await query
      .update(sessions)
      .set({ revokedAt: db.now(), revokedReason: 'identity_unlinked' })
      .where(and(eq(sessions.identityId, id), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    // they stay to be read, as others that were ended
    await query.update(sessions).set({ identityId: null }).where(eq(sessions.identityId, id));
    await query.delete(identities).where(eq(identities.id, id));
    await query.insert(auditEvents).values(audit(identity, ended.length));
  });
}
