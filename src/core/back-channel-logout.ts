/**
 * A logout that an OpenID provider sends to us directly (OpenID Connect Back-Channel Logout 1.0 §2.5 to §2.7): its token
 * is verified, taken once, and ends the sessions that it means.
 */
import { asSsoError, SsoError } from '#error';
import { readConnection } from '#ports/db/connections.ts';
import type { Origin } from '#ports/db/logins.ts';
import { endOidcSessions } from '#ports/db/provider-logouts.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { LogoutToken } from '#ports/idp/logout-token.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { Checks } from './checks.ts';
import { logoutKeysOfToken } from './logout-keys.ts';
import { auditRefusedLogout, endCrossing, REMEMBER_SECONDS } from './received-logout.ts';

export interface ReceivedLogoutToken {
  readonly connectionId: string;
  readonly logoutToken: string | undefined;
  readonly origin: Origin;
}

/**
 * Connections in any status: whoever may not sign in may be signed out. That no session was meant is no error.
 * @throws SsoError `connection_not_found`, or the reason of the first check that failed, which is audited, ends no session
 * and leaves the token as it was
 */
export async function receiveLogoutToken(ports: Ports, received: ReceivedLogoutToken): Promise<void> {
  const connection = await readConnection(ports.db, received.connectionId);
  const logout = connection && ports.identityProvider.oidcLogoutOf(connection);
  if (!connection || !logout) throw new SsoError('connection_not_found');
  const checks = new Checks();
  try {
    const { logoutToken = '' } = received;
    checks.require('logoutToken.present', logoutToken !== '', 'logout_token');
    const token = await logout.verifyLogoutToken(connection, logoutToken, checks);
    await take(ports, connection, token, received.origin, checks);
  } catch (error) {
    const refusal = asSsoError(error);
    await auditRefusedLogout(ports, connection, received.origin, refusal, checks);
    throw refusal;
  }
}

async function take(
  ports: Ports,
  { id: connectionId, organizationId }: Connection,
  token: LogoutToken,
  origin: Origin,
  checks: Checks,
): Promise<void> {
  const now = ports.clock.now();
  const logout = {
    ...origin,
    connectionId,
    organizationId,
    logoutId: createId(now),
    messageDigest: await digest(token.id),
    logoutKeys: logoutKeysOfToken(token),
    meant: null,
    rememberSeconds: REMEMBER_SECONDS,
    subject: token.subject ?? null,
    providerSessionId: token.providerSessionId ?? null,
    auditId: createId(now),
  };
  const { replayed } = await endOidcSessions(ports.db, logout);
  // a repeat, too, when the server died that took it first
  await endCrossing(ports, logout);
  checks.require('logoutToken.unused', !replayed, 'logout_token_replay', {
    expected: 'a token that was not used before',
  });
}
