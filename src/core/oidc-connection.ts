/** What the administrator of an OpenID provider has to be told about a connection, and what the provider says of itself. */
import { asSsoError, SsoError, type SsoErrorCode } from '#error';
import { readConnection } from '#ports/db/connections.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { LogoutAnnouncement } from '#ports/idp/identity-provider.ts';
import type { Ports } from '#ports/ports.ts';

export interface OidcConnection {
  readonly connection: Connection;
  /** Undefined when it could not be read. */
  readonly announcement: LogoutAnnouncement | undefined;
  /** Why it could not. */
  readonly failure: SsoErrorCode | undefined;
}

/** Of connections in any status. @throws SsoError `not_found` when there is no such OpenID connection */
export async function readOidcConnection(ports: Ports, connectionId: string): Promise<OidcConnection> {
  const connection = await readConnection(ports.db, connectionId);
  const logout = connection && ports.identityProvider.oidcLogoutOf(connection);
  if (!connection || !logout) throw new SsoError('not_found');
  try {
    return { connection, announcement: await logout.readAnnouncement(connection), failure: undefined };
  } catch (error) {
    const { code } = asSsoError(error);
    if (code === 'internal_error' || code === 'database_unavailable') throw error;
    return { connection, announcement: undefined, failure: code };
  }
}
