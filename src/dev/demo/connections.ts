/** The connections that the demo declared, as the database has them. */
import { eq } from 'drizzle-orm';
import type { Database } from '#ports/db/client.ts';
import { connections, organizations } from '#ports/db/schema.ts';
import { ORGANIZATIONS, type OrganizationSlug, type Protocol } from './organization.ts';

export interface DemoConnection {
  readonly id: string;
  readonly organization: OrganizationSlug;
  /** As paths name it. */
  readonly slug: string;
  readonly protocol: Protocol;
}

export async function readConnections(db: Database): Promise<DemoConnection[]> {
  const rows = await db.using((query) =>
    query
      .select({
        id: connections.id,
        organization: organizations.slug,
        slug: connections.slug,
        type: connections.type,
      })
      .from(connections)
      .innerJoin(organizations, eq(organizations.id, connections.organizationId)),
  );
  return rows.flatMap(({ type, organization, ...connection }) =>
    isOrganization(organization) ? [{ ...connection, organization, protocol: protocolOf(type) }] : [],
  );
}

export function isOrganization(slug: string): slug is OrganizationSlug {
  return Object.hasOwn(ORGANIZATIONS, slug);
}

export function protocolOf(type: string): Protocol {
  return type === 'saml' ? 'saml' : 'oidc';
}
