/**
 * Which connections of an organization serve an email's domain, in the order of choice: those that list it in
 * `allowedDomains` before those that list none, the older before the younger. One that lists other domains never serves it,
 * and one that lists none only if the domain is a verified one of the organization, or it has no verified domain at all.
 */
import type { OrganizationConnections } from '#ports/db/connections.ts';
import type { Connection } from '#ports/db/schema.ts';

export interface ServingConnection {
  readonly connection: Connection;
  readonly because: 'allowed_domains' | 'verified_domain' | 'no_domains';
}

/** @param found with the connections in the order of creation */
export function servingConnections(
  found: Pick<OrganizationConnections, 'connections' | 'domainVerified' | 'hasDomains'>,
  domain: string,
): ServingConnection[] {
  const active = found.connections.filter(({ status }) => status === 'active');
  const listing = active.filter(({ allowedDomains }) => allowedDomains.includes(domain));
  const isOpen = found.domainVerified || !found.hasDomains;
  const open = isOpen ? active.filter(({ allowedDomains }) => allowedDomains.length === 0) : [];
  const because = found.domainVerified ? 'verified_domain' : 'no_domains';
  return [
    ...listing.map((connection) => ({ connection, because: 'allowed_domains' as const })),
    ...open.map((connection) => ({ connection, because }) as const),
  ];
}
