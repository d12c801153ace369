/** What is kept, as the declarative file says it: without secrets, API keys and users. Applied where it came from, it changes nothing. */
import { requireComplete } from '#core/declaration-connection.ts';
import { OAUTH_ONLY } from '#core/declaration-saml.ts';
import type { Domain } from '#ports/db/domain-schema.ts';
import type { Connection, Organization } from '#ports/db/schema.ts';
import { presentConfiguration } from './connection-resources.ts';
import type { Declaration } from './declaration.ts';
import { withoutMasked } from './mask.ts';
import { presentOrganization } from './organization-resources.ts';

type DeclaredOrganization = Declaration['organizations'][number];
type DeclaredConnection = NonNullable<DeclaredOrganization['connections']>[number];

export interface KeptOrganization {
  readonly organization: Organization;
  readonly domains: readonly Domain[];
  /** In the order in which they were made, by which some logins find theirs. */
  readonly connections: readonly Connection[];
}

/** A connection that was never completed has no place in a file. */
export function declarationOf({ organization, domains, connections }: KeptOrganization): DeclaredOrganization {
  const { id: _id, createdAt: _made, updatedAt: _changed, ...members } = presentOrganization(organization);
  const declared = connections.filter(isComplete).map(connectionOf);
  const owned = domains.map(({ domain, verifiedAt }) => ({ domain, verified: verifiedAt !== null }));
  return {
    ...members,
    ...(owned.length > 0 ? { domains: owned } : {}),
    ...(declared.length > 0 ? { connections: declared } : {}),
  } as DeclaredOrganization;
}

function isComplete(connection: Connection): boolean {
  try {
    requireComplete({}, connection, '');
    return true;
  } catch {
    return false;
  }
}

function connectionOf(connection: Connection): DeclaredConnection {
  const { slug, type, status } = connection;
  const { saml, ...members } = withoutMasked(presentConfiguration(connection));
  const foreign: readonly string[] = type === 'saml' ? OAUTH_ONLY : [];
  const set = Object.entries(members).filter(([name, value]) => !isEmpty(value) && !foreign.includes(name));
  const settings = Object.entries(saml ?? {}).filter(([, value]) => !isEmpty(value));
  return {
    slug,
    type,
    status,
    ...Object.fromEntries(set),
    ...(saml ? { saml: Object.fromEntries(settings) } : {}),
  } as DeclaredConnection;
}

/** What a new row has anyway. */
const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
