/**
 * Who calls the admin API, and how far that reaches. What lies out of reach is not there: the answer is `not_found`, never
 * a word that tells of its existence.
 */
import { SsoError } from '#error';
import { readConnection } from '#ports/db/connections.ts';
import type { Connection } from '#ports/db/schema.ts';
import { type MemberOfSome, readUser, readUserOrganizations } from '#ports/db/users.ts';
import type { Ports } from '#ports/ports.ts';

export interface AdminCaller {
  /** Null is the operator's own key. */
  readonly keyId: string | null;
  /** Ids. */
  readonly organizations: 'all' | readonly string[];
  readonly access: 'read' | 'write';
}

export function reaches(caller: AdminCaller, organizationId: string | null | undefined): boolean {
  if (caller.organizations === 'all') return true;
  return typeof organizationId === 'string' && caller.organizations.includes(organizationId);
}

/** @param organizationId of what is asked for; none is the whole installation's @throws SsoError `not_found` */
export function requireReach(caller: AdminCaller, organizationId: string | null | undefined): void {
  if (!reaches(caller, organizationId)) throw new SsoError('not_found');
}

/** For what concerns every organization: keys of the installation, new organizations. @throws SsoError `admin_key_forbidden` */
export function requireUnlimited(caller: AdminCaller): void {
  if (caller.organizations !== 'all') {
    throw new SsoError('admin_key_forbidden', { detail: 'the key is limited to some organizations' });
  }
}

/** A connection of any type and status. @throws SsoError `not_found` when there is none, or none within reach */
export async function reachConnection(ports: Pick<Ports, 'db'>, caller: AdminCaller, id: string): Promise<Connection> {
  const connection = await readConnection(ports.db, id);
  if (!connection) throw new SsoError('not_found');
  requireReach(caller, connection.organizationId);
  return connection;
}

/** @throws SsoError `not_found` when there is none, or no membership of theirs within reach */
export async function reachUser(ports: Pick<Ports, 'db'>, caller: AdminCaller, id: string): Promise<MemberOfSome> {
  const found = await readUser(ports.db, id);
  const isReached =
    caller.organizations === 'all' || found?.memberships.some(({ organizationId }) => reaches(caller, organizationId));
  if (!found || !isReached) throw new SsoError('not_found');
  return found;
}

/**
 * Before a change of what all organizations of a user see: a key that does not reach all of them may not.
 * @throws SsoError `not_found` when none of them is within reach, `admin_key_forbidden` when some are not
 */
export async function requireWholeUser(ports: Pick<Ports, 'db'>, caller: AdminCaller, userId: string): Promise<void> {
  if (caller.organizations === 'all') return;
  requireAll(caller, await readUserOrganizations(ports.db, userId));
}

/** The same, of the organizations that the user belongs to. */
export function requireAll(caller: AdminCaller, organizations: readonly string[]): void {
  if (caller.organizations === 'all') return;
  if (!organizations.some((id) => reaches(caller, id))) throw new SsoError('not_found');
  if (!organizations.every((id) => reaches(caller, id))) {
    throw new SsoError('admin_key_forbidden', { detail: 'the user belongs to organizations out of reach' });
  }
}
