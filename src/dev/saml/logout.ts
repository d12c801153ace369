/** The identity provider's part of single logout (SAML profiles §4.4): answers requests, and makes some. */
import { newId } from './document.ts';
import {
  buildLogoutRequest,
  buildLogoutResponse,
  type LogoutRequestOptions,
  type ReceivedLogout,
  readLogout,
} from './logout-message.ts';
import {
  type Binding,
  type BrowserStep,
  type MessageName,
  type ReceivedMessage,
  send,
  signatureState,
} from './message.ts';
import { STATUS } from './names.ts';
import { type ProviderSession, type ProviderState, serviceProviderOf, signerOf } from './provider-state.ts';
import { RefusedRequest } from './refused-request.ts';
import { type ServiceProvider, signingCertificatesOf } from './service-provider.ts';
import { signElement } from './signature.ts';

export interface StartLogoutOptions {
  /** Entity id; default: the service provider that the person signed in to last. */
  readonly serviceProvider?: string | undefined;
  /** Default: the first that the service provider takes. */
  readonly binding?: Binding | undefined;
  readonly relayState?: string | undefined;
  /** False names no session: all of the person's are meant. Default true. */
  readonly withSessionIndex?: boolean | undefined;
  /** Default true. */
  readonly signed?: boolean | undefined;
  /** The last word on the request. */
  readonly edit?: ((request: LogoutRequestOptions) => LogoutRequestOptions) | undefined;
}

export type StartedLogout = BrowserStep & { readonly id: string; readonly session: ProviderSession };

/** @param who email, subject or NameID of somebody who signed in. @throws Error when nobody did, or there is no place to send to */
export async function startLogout(
  state: ProviderState,
  who: string,
  options: StartLogoutOptions,
): Promise<StartedLogout> {
  const session = state.sessions.findLast(
    ({ person, nameId, serviceProvider }) =>
      [person.email, person.subject, nameId.value].includes(who) &&
      (options.serviceProvider === undefined || serviceProvider === options.serviceProvider),
  );
  if (!session) throw new Error(`${who} is not signed in`);
  const to = serviceProviderOf(state, session.serviceProvider);
  const honest: LogoutRequestOptions = {
    id: newId(),
    issuer: state.entityId,
    destination: to.sloUrl,
    issueInstant: state.now(),
    notOnOrAfter: new Date(state.now().getTime() + 300_000),
    nameId: session.nameId,
    sessionIndexes: options.withSessionIndex === false ? [] : [session.index],
    style: state.faults.style,
  };
  const request = { ...(options.edit?.(honest) ?? honest) };
  const id = request.id ?? newId();
  const xml = buildLogoutRequest({ ...request, id });
  const message = { name: 'SAMLRequest' as const, id, xml, relayState: options.relayState };
  const step = await sendTo(state, to, options.binding, message, options.signed ?? true);
  return { ...step, id, session };
}

/**
 * A message at the logout endpoint. Of a request, its sessions end and the answer goes back; a response is only kept.
 * @returns undefined for a response
 * @throws RefusedRequest when a request is not signed by a registered service provider
 */
export async function receiveLogout(state: ProviderState, message: ReceivedMessage): Promise<BrowserStep | undefined> {
  const { issuer } = readLogout(message, 'none');
  const from = serviceProviderOf(state, issuer);
  const signature = await signatureState(message, signingCertificatesOf(from));
  const logout = readLogout(message, signature);
  state.logouts.push(logout);
  if (logout.kind === 'LogoutResponse') return undefined;
  if (signature !== 'good') throw new RefusedRequest(`The logout request is not signed well: ${signature}`);
  const ended = endSessions(state, logout);
  const { sloUrl } = from;
  const xml = buildLogoutResponse({
    issuer: state.entityId,
    destination: sloUrl,
    issueInstant: state.now(),
    inResponseTo: logout.id,
    statusCodes: ended > 0 ? [STATUS.success] : [STATUS.success, STATUS.partialLogout],
    style: state.faults.style,
  });
  const answer = { name: 'SAMLResponse' as const, id: idIn(xml), xml, relayState: logout.relayState };
  return sendTo(state, from, logout.binding, answer, true);
}

/** A request without SessionIndex ends all of the person's sessions (SAML profiles §4.4.4.1). @returns how many ended */
function endSessions({ sessions }: ProviderState, { issuer, nameId, sessionIndexes }: ReceivedLogout): number {
  const ends = (session: ProviderSession) =>
    session.serviceProvider === issuer &&
    session.nameId.value === nameId &&
    (sessionIndexes.length === 0 || sessionIndexes.includes(session.index));
  const kept = sessions.filter((session) => !ends(session));
  const count = sessions.length - kept.length;
  sessions.splice(0, sessions.length, ...kept);
  return count;
}

async function sendTo(
  state: ProviderState,
  to: ServiceProvider,
  wanted: Binding | undefined,
  message: {
    readonly name: MessageName;
    readonly id: string;
    readonly xml: string;
    readonly relayState: string | undefined;
  },
  isSigned: boolean,
): Promise<BrowserStep> {
  if (!to.sloUrl) throw new RefusedRequest(`${to.entityId} has no place for single logout`);
  const offered = to.sloBindings ?? ['redirect', 'post'];
  const binding = wanted && offered.includes(wanted) ? wanted : (offered[0] ?? 'redirect');
  const signer = signerOf(state);
  const { name, xml, relayState } = message;
  const isEnveloped = isSigned && binding === 'post';
  return send({
    binding,
    location: to.sloUrl,
    name,
    xml: isEnveloped ? await signElement(xml, { ...signer, id: message.id }) : xml,
    relayState,
    ...(isSigned && { key: signer.key, algorithm: signer.algorithm }),
  });
}

function idIn(xml: string): string {
  return / ID="([^"]+)"/.exec(xml)?.[1] ?? '';
}
