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
  if (!connection) throw unknown('connection_not_found', `no connection ${namedBy(slug)}`, slugsOf(connections));
  seen?.({ organization, connection });
  requireActive('connection_disabled', connection.status);
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
  if (isOff)
    requireActive('connection_disabled', found.connections.map(({ slug, status }) => `${slug}: ${status}`).join(', '));
  const expected = 'an active connection that lists the domain, or a verified domain';
  throw unknown('connection_not_found', `none serves ${email.domain}`, expected);
}

async function activeOrganization(
  ports: Ports,
  reference: string,
  domain?: string,
  seen?: Seen,
): Promise<OrganizationConnections> {
  const found = await readOrganizationConnections(ports.db, reference, domain);
  if (!found) throw unknown('organization_not_found', `no organization ${namedBy(reference)}`, 'the slug or id of one');
  seen?.({ organization: found.organization });
  requireActive('organization_disabled', found.organization.status);
  return found;
}

function requireActive(code: 'connection_disabled' | 'organization_disabled', status: string): void {
  if (status !== 'active') throw new SsoError(code, { evidence: { expected: 'active', actual: status } });
}

function unknown(code: 'connection_not_found' | 'organization_not_found', detail: string, expected: string): SsoError {
  return new SsoError(code, { detail, evidence: { expected, actual: detail } });
}

function slugsOf(connections: readonly Connection[]): string {
  return connections.length > 0
    ? `one of: ${connections.map(({ slug }) => slug).join(', ')}`
    : 'the organization has none';
}

/** What was asked for, if it looks like a slug or an id: whatever else somebody puts there is not ours to keep. */
function namedBy(text: string | undefined): string {
  if (text === undefined) return 'of any name';
  return /^[A-Za-z0-9-]{1,64}$/.test(text) ? `named ${text}` : `named by a ${kindOf(text)}`;
}
