/** The configuration as it is kept, an organization at a time. */
import { asc, eq } from 'drizzle-orm';
import type { Database } from './client.ts';
import { type Domain, domains } from './domain-schema.ts';
import { type Connection, connections } from './schema.ts';

/** Domains and connections of one organization, in the order in which they were made. */
export async function readConfiguration(
  db: Database,
  organizationId: string,
): Promise<{ domains: Domain[]; connections: Connection[] }> {
  const ofOrganization = await db.using((query) =>
    query
      .select()
      .from(domains)
      .where(eq(domains.organizationId, organizationId))
      .orderBy(asc(domains.createdAt), asc(domains.id)),
  );
  const made = await db.using((query) =>
    query
      .select()
      .from(connections)
      .where(eq(connections.organizationId, organizationId))
      .orderBy(asc(connections.createdAt), asc(connections.id)),
  );
  return { domains: ofOrganization, connections: made };
}
