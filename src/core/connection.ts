/** Which connection a login runs on. */
import { SsoError } from '#error';
import { type OrganizationConnections, readOrganizationConnections } from '#ports/db/connections.ts';
import type { Connection, Organization } from '#ports/db/schema.ts';
import { kindOf } from '#ports/idp/evidence.ts';
import type { Ports } from '#ports/ports.ts';
import { servingConnections } from './connection-choice.ts';
import type { Email } from './email.ts';

/** What was found of a connection before it was refused. */
export type Sight = Pick<ChosenConnection, 'organization'> & Partial<Pick<ChosenConnection, 'connection'>>;
export type Seen = (sight: Sight) => void;

export interface ChosenConnection {
  readonly organization: Organization;
  readonly connection: Connection;
}

/**
 * The organization's connection with this slug; without a slug, its only active one (Pria knows exactly one).
 * @throws SsoError `organization_not_found`, `organization_disabled`, `connection_not_found`, `connection_disabled`
 */
export async function findConnection(
  ports: Ports,
  reference: string,
  slug?: string,
  seen?: Seen,
): Promise<ChosenConnection> {
  const { organization, connections } = await activeOrganization(ports, reference, undefined, seen);
  const connection =
    slug === undefined
      ? (connections.find((each) => each.status === 'active') ?? connections[0])
      : connections.find((each) => each.slug === slug);
  if (!connection) throw new SsoError('connection_not_found', { detail: `no connection ${namedBy(slug)}` });
  seen?.({ organization, connection });
  if (connection.status !== 'active') throw new SsoError('connection_disabled');
  return { organization, connection };
}

/**
 * The connection that serves an email's domain within an organization: the first of `servingConnections`.
 * @throws SsoError as `findConnection`
 */
export async function findConnectionForEmail(
  ports: Ports,
  organizationId: string,
  email: Email,
  seen?: Seen,
): Promise<ChosenConnection> {
  const found = await activeOrganization(ports, organizationId, email.domain, seen);
  const [serving] = servingConnections(found, email.domain);
  if (serving) return { organization: found.organization, connection: serving.connection };
  const isOff = found.connections.length > 0 && found.connections.every(({ status }) => status !== 'active');
  throw new SsoError(isOff ? 'connection_disabled' : 'connection_not_found', { detail: `none serves ${email.domain}` });
}

async function activeOrganization(
  ports: Ports,
  reference: string,
  domain?: string,
  seen?: Seen,
): Promise<OrganizationConnections> {
  const found = await readOrganizationConnections(ports.db, reference, domain);
  if (!found) throw new SsoError('organization_not_found', { detail: `no organization ${namedBy(reference)}` });
  seen?.({ organization: found.organization });
  if (found.organization.status !== 'active') throw new SsoError('organization_disabled');
  return found;
}

/** What was asked for, if it looks like a slug or an id: whatever else somebody puts there is not ours to keep. */
function namedBy(text: string | undefined): string {
  if (text === undefined) return 'of any name';
  return /^[A-Za-z0-9-]{1,64}$/.test(text) ? `named ${text}` : `named by a ${kindOf(text)}`;
}
