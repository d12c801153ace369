/** The configuration as it is kept, an organization at a time. */
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Member } from './declaration.ts';
import { type Domain, domains } from './domain-schema.ts';
import { type ApiKey, apiKeys, type Connection, connections, memberships, users } from './schema.ts';

/** Of one organization; in an order that does not depend on when somebody asks. */
interface Configuration {
  readonly domains: readonly Domain[];
  /** In the order in which they were made, by which some logins find theirs. */
  readonly connections: readonly Connection[];
  /** Those that were not revoked. */
  readonly apiKeys: readonly ApiKey[];
  /** Whom the operator named, in the file or over the admin API; who came by a login alone is not among them. */
  readonly members: readonly Member[];
}

export async function readConfiguration(db: Database, organizationId: string): Promise<Configuration> {
  const ofOrganization = await db.using((query) =>
    query.select().from(domains).where(eq(domains.organizationId, organizationId)).orderBy(asc(domains.domain)),
  );
  const made = await db.using((query) =>
    query
      .select()
      .from(connections)
      .where(eq(connections.organizationId, organizationId))
      .orderBy(asc(connections.createdAt), asc(connections.id)),
  );
  const usable = await db.using((query) =>
    query
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.organizationId, organizationId), isNull(apiKeys.revokedAt)))
      .orderBy(asc(apiKeys.name)),
  );
  const named = await db.using((query) =>
    query
      .select({ membership: memberships, user: users })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.organizationId, organizationId), isNotNull(memberships.declaredEmail)))
      .orderBy(asc(memberships.declaredEmail)),
  );
  return { domains: ofOrganization, connections: made, apiKeys: usable, members: named };
}
