/**
 * The way from our logout to the identity provider's (SAML profiles §4.4.3.1, OpenID Connect RP-Initiated Logout 1.0): the session here ends first and
 * whatever happens; where its provider offers to end its own too, the client gets the address to send the person to.
 */
import { asSsoError, SsoError } from '#error';
import { readConnection, readSessionOnConnection } from '#ports/db/connections.ts';
import type { Origin } from '#ports/db/logins.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { Session } from '#ports/db/session-schema.ts';
import type { BrowserMessage } from '#ports/idp/browser-message.ts';
import type { Ports } from '#ports/ports.ts';
import { idTokenContext } from './login-draft.ts';
import { endSession } from './revocation.ts';

/** What a client hears of a logout. */
export interface EndedLogout {
  /** Ends the provider's session too, when the person's browser goes there. */
  readonly logoutUrl?: string | undefined;
}

/** As long as the provider may take to act on a request. */
const PAGE_SECONDS = 300;

/** Ends the session on its owner's word. */
export async function logOut(
  ports: Ports,
  session: Session,
  actor: { type: 'user' | 'api_key'; id: string },
  origin: Origin,
): Promise<EndedLogout> {
  await endSession(ports, session.id, actor, origin);
  return { logoutUrl: await findLogoutUrl(ports, session) };
}

/** The session has ended already: a provider that can't be reached takes nothing of that back. */
async function findLogoutUrl(ports: Ports, session: Session): Promise<string | undefined> {
  const { connectionId } = session;
  try {
    const connection = await readConnection(ports.db, connectionId);
    const request = connection && (await requestLogout(ports, session, connection));
    return request && (await addressOf(ports, session, connection, request));
  } catch (error) {
    const { code, detail } = asSsoError(error);
    ports.log.warn({ connectionId, reason: code, detail }, 'a logout leaves the session of the identity provider');
    return undefined;
  }
}

/** Undefined where the provider takes none. Each call makes another one. */
async function requestLogout(
  ports: Ports,
  session: Session,
  connection: Connection,
): Promise<BrowserMessage | undefined> {
  const { nameId, providerSessionId } = session;
  if (connection.type === 'saml')
    return nameId ? ports.saml.requestLogout(connection, nameId, providerSessionId) : undefined;
  const logout = ports.identityProvider.oidcLogoutOf(connection);
  return logout?.requestLogout(connection, await keptIdToken(ports, session));
}

/** A hint is worth much, and nothing depends on it: one that does not open, its key being gone, is none. */
async function keptIdToken({ keys, log }: Ports, { id, sealedIdToken }: Session): Promise<string | undefined> {
  if (!sealedIdToken) return undefined;
  return keys.open(sealedIdToken, idTokenContext(id)).catch(() => {
    log.warn({ sessionId: id }, 'a kept ID token does not open, so the logout goes without it');
    return undefined;
  });
}

/** A request that is posted needs a page of ours to post it. */
async function addressOf(
  { keys, clock, config }: Ports,
  { id: sessionId }: Session,
  { id, type }: Connection,
  request: BrowserMessage,
): Promise<string> {
  if (request.binding === 'redirect') return request.url.href;
  const ticket: Ticket = { sessionId, expires: clock.now().getTime() + PAGE_SECONDS * 1000 };
  const page = new URL(`${config.PUBLIC_URL}/${type === 'saml' ? 'saml' : 'oidc'}/${id}/logout`);
  page.searchParams.set('session', await keys.seal(JSON.stringify(ticket), ticketContext(id)));
  return page.href;
}

interface Ticket {
  readonly sessionId: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** The place that the sealed value is bound to. */
function ticketContext(connectionId: string): string {
  return `connections:${connectionId}:logout`;
}

/**
 * The request for the page at the address that `logOut` answered; each call makes another one, so that it may be loaded twice.
 * @param sealed of that address
 * @throws SsoError `not_found`, `saml_metadata`, `idp_*`, the reasons of discovery, `signing_unavailable`
 */
export async function findLogoutRequest(ports: Ports, connectionId: string, sealed: string): Promise<BrowserMessage> {
  const text = await ports.keys.open(sealed, ticketContext(connectionId)).catch((cause: unknown) => {
    throw new SsoError('not_found', { detail: 'the logout does not open', cause });
  });
  const { sessionId, expires } = JSON.parse(text) as Ticket;
  if (expires <= ports.clock.now().getTime()) throw new SsoError('not_found', { detail: 'the logout is too old' });
  const found = await readSessionOnConnection(ports.db, { sessionId, connectionId });
  if (!found) throw new SsoError('not_found', { detail: 'no such session of the connection' });
  const request = await requestLogout(ports, found.session, found.connection);
  if (!request) throw new SsoError('not_found', { detail: 'the provider takes no request any more' });
  return request;
}
