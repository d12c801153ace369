/**
 * A logout that comes from a SAML identity provider (SAML profiles §4.4.3.3): its request ends the sessions that
 * it means, and is answered; its response to a request of ours finds the session ended already.
 */
import { asSsoError, SsoError } from '#error';
import type { Origin } from '#ports/db/logins.ts';
import { readSamlConnection } from '#ports/db/saml-answers.ts';
import { endSamlSessions } from '#ports/db/saml-sessions.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { BrowserMessage } from '#ports/idp/browser-message.ts';
import type { ReadLogoutRequest, ReadLogoutResponse, ReceivedLogoutMessage } from '#ports/idp/saml/logout.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { Checks } from './checks.ts';
import { logoutKeysOfRequest } from './logout-keys.ts';
import { auditRefusedLogout, endCrossing, REMEMBER_SECONDS } from './received-logout.ts';

export interface ProviderLogoutMessage {
  readonly connectionId: string;
  readonly received: ReceivedLogoutMessage;
  readonly origin: Origin;
}

/** What the browser does next: it carries an answer, or is at the end of its way. */
export type LogoutOutcome =
  | { readonly answer: BrowserMessage }
  /** The connection's address for people who signed out; null where it has none. */
  | { readonly redirectUri: string | null };

/**
 * Connections in any status: whoever may not sign in may be signed out.
 * @throws SsoError `connection_not_found`, or the reason of the first check that failed, which is audited and ends no session
 */
export async function receiveLogoutMessage(ports: Ports, message: ProviderLogoutMessage): Promise<LogoutOutcome> {
  const connection = await readSamlConnection(ports.db, message.connectionId);
  if (!connection) throw new SsoError('connection_not_found');
  const read = await take(ports, connection, message);
  if (read.kind === 'response') {
    noteStatus(ports, connection, read);
    return { redirectUri: connection.saml?.logoutRedirectUri ?? null };
  }
  const answer = await ports.saml.answerLogout(connection, read);
  return answer ? { answer } : { redirectUri: null };
}

async function take(ports: Ports, connection: Connection, { received, origin }: ProviderLogoutMessage) {
  const checks = new Checks();
  try {
    const read = await ports.saml.readLogoutMessage(connection, received, checks);
    if (read.kind === 'request') await endSessions(ports, connection, read, origin, checks);
    return read;
  } catch (error) {
    const refusal = asSsoError(error);
    await auditRefusedLogout(ports, connection, origin, refusal, checks);
    throw refusal;
  }
}

async function endSessions(
  ports: Ports,
  connection: Connection,
  request: ReadLogoutRequest,
  origin: Origin,
  checks: Checks,
): Promise<void> {
  const now = ports.clock.now();
  const { nameId, sessionIndexes } = request;
  const meant = { nameId, sessionIndexes };
  const logout = {
    ...origin,
    connectionId: connection.id,
    organizationId: connection.organizationId,
    logoutId: createId(now),
    messageDigest: await digest(request.id),
    logoutKeys: logoutKeysOfRequest(nameId, sessionIndexes),
    nameDigest: await digest(nameId.value),
    rememberSeconds: Math.max(REMEMBER_SECONDS, (request.usableUntil.getTime() - now.getTime()) / 1000),
    ...meant,
    meant,
    auditId: createId(now),
  };
  const { replayed } = await endSamlSessions(ports.db, logout);
  // a repeat, too, when the server died that took it first
  await endCrossing(ports, logout);
  checks.require('saml.replay', !replayed, 'saml_replay', { expected: 'a request that was not used before' });
}

/** Other participants may still be signed in; here everything is done, so nobody is told but the operator. */
function noteStatus({ log }: Ports, { id: connectionId }: Connection, { statusCodes }: ReadLogoutResponse): void {
  const status = statusCodes.map((code) => code.slice(code.lastIndexOf(':') + 1, 64));
  if (status.length !== 1 || status[0] !== 'Success')
    log.warn({ connectionId, status }, 'the identity provider did not end every session');
}
