/**
 * The way from our logout to the identity provider's (SAML profiles §4.4.3.1): the session here ends first and
 * whatever happens; where its provider offers to end its own too, the client gets the address to send the person to.
 */
import { asSsoError, SsoError } from '#error';
import type { Origin } from '#ports/db/logins.ts';
import { readSamlConnection } from '#ports/db/saml-answers.ts';
import { readSamlSession } from '#ports/db/saml-sessions.ts';
import type { Session } from '#ports/db/session-schema.ts';
import type { BrowserMessage } from '#ports/idp/saml/logout-messages.ts';
import type { PostedMessage } from '#ports/idp/saml/post-binding.ts';
import type { Ports } from '#ports/ports.ts';
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
  const { nameId, connectionId } = session;
  if (!nameId) return undefined;
  try {
    const connection = await readSamlConnection(ports.db, connectionId);
    const request = connection && (await ports.saml.requestLogout(connection, nameId, session.providerSessionId));
    return request && (await addressOf(ports, session, request));
  } catch (error) {
    const { code, detail } = asSsoError(error);
    ports.log.warn({ connectionId, reason: code, detail }, 'a logout leaves the session of the identity provider');
    return undefined;
  }
}

/** A request that is posted needs a page of ours to post it. */
async function addressOf({ keys, clock, config }: Ports, session: Session, request: BrowserMessage): Promise<string> {
  if (request.binding === 'redirect') return request.url.href;
  const ticket: Ticket = { sessionId: session.id, expires: clock.now().getTime() + PAGE_SECONDS * 1000 };
  const sealed = await keys.seal(JSON.stringify(ticket), ticketContext(session.connectionId));
  const page = new URL(`${config.PUBLIC_URL}/saml/${session.connectionId}/logout`);
  page.searchParams.set('session', sealed);
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
 * The request for a page to post; each call makes another one, so that the page may be loaded twice.
 * @param sealed of the address that `logOut` answered
 * @throws SsoError `not_found`, `saml_metadata`, `idp_*`, `signing_unavailable`
 */
export async function findPostedLogout(ports: Ports, connectionId: string, sealed: string): Promise<PostedMessage> {
  const text = await ports.keys.open(sealed, ticketContext(connectionId)).catch((cause: unknown) => {
    throw new SsoError('not_found', { detail: 'the logout does not open', cause });
  });
  const { sessionId, expires } = JSON.parse(text) as Ticket;
  if (expires <= ports.clock.now().getTime()) throw new SsoError('not_found', { detail: 'the logout is too old' });
  const found = await readSamlSession(ports.db, { sessionId, connectionId });
  const { nameId, providerSessionId } = found?.session ?? {};
  if (!found || !nameId) throw new SsoError('not_found', { detail: 'no such session of the connection' });
  const request = await ports.saml.requestLogout(found.connection, nameId, providerSessionId ?? null);
  if (request?.binding !== 'post') throw new SsoError('not_found', { detail: 'the provider takes no posted request' });
  return request.form;
}
