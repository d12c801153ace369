/** LogoutRequest and LogoutResponse (SAML core §3.7), written and read. */

import { instantOf, issuerElement, type NameIdParts, nameIdElement, newId, statusElement } from './document.ts';
import { element, NAMESPACES, type RenderOptions, render } from './element.ts';
import { type Binding, parseMessage, type ReceivedMessage, type SignatureState } from './message.ts';
import { RefusedRequest } from './refused-request.ts';

export interface LogoutRequestOptions extends RenderOptions {
  readonly id?: string | undefined;
  readonly issuer: string;
  readonly destination?: string | null | undefined;
  readonly issueInstant: Date | string;
  readonly notOnOrAfter?: Date | string | null | undefined;
  readonly nameId: NameIdParts;
  readonly sessionIndexes?: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

export interface LogoutResponseOptions extends RenderOptions {
  readonly id?: string | undefined;
  readonly issuer: string;
  readonly destination?: string | null | undefined;
  readonly issueInstant: Date | string;
  readonly inResponseTo?: string | null | undefined;
  /** Outermost first; default Success. */
  readonly statusCodes?: readonly string[] | undefined;
}

export interface ReceivedLogout {
  readonly kind: 'LogoutRequest' | 'LogoutResponse';
  readonly id: string;
  readonly issuer: string;
  readonly destination: string | undefined;
  readonly inResponseTo: string | undefined;
  readonly notOnOrAfter: string | undefined;
  readonly nameId: string | undefined;
  readonly nameIdFormat: string | undefined;
  readonly sessionIndexes: readonly string[];
  /** Outermost first. */
  readonly statusCodes: readonly string[];
  readonly binding: Binding;
  readonly relayState: string | undefined;
  readonly signature: SignatureState;
  readonly xml: string;
}

export function buildLogoutRequest(options: LogoutRequestOptions): string {
  const attributes = {
    ID: options.id ?? newId(),
    Version: '2.0',
    IssueInstant: instantOf(options.issueInstant),
    Destination: options.destination,
    NotOnOrAfter: instantOf(options.notOnOrAfter),
    Reason: options.reason,
  };
  const indexes = (options.sessionIndexes ?? []).map((each) => element('protocol', 'SessionIndex', {}, [each]));
  const children = [issuerElement(options.issuer, undefined, ''), nameIdElement(options.nameId), ...indexes];
  return render(element('protocol', 'LogoutRequest', attributes, children), options);
}

export function buildLogoutResponse(options: LogoutResponseOptions): string {
  const attributes = {
    ID: options.id ?? newId(),
    Version: '2.0',
    IssueInstant: instantOf(options.issueInstant),
    Destination: options.destination,
    InResponseTo: options.inResponseTo,
  };
  const children = [issuerElement(options.issuer, undefined, ''), statusElement(options)];
  return render(element('protocol', 'LogoutResponse', attributes, children), options);
}

const NAMES = { samlp: NAMESPACES.protocol, saml: NAMESPACES.assertion };

/** @throws RefusedRequest when the message is neither of the two, or lacks ID or Issuer */
export function readLogout(message: ReceivedMessage, signature: SignatureState): ReceivedLogout {
  using document = parseMessage(message.xml);
  const kind = document.root.name;
  if (document.root.namespaceUri !== NAMES.samlp || (kind !== 'LogoutRequest' && kind !== 'LogoutResponse')) {
    throw new RefusedRequest('The message is not one of single logout');
  }
  const text = (path: string) => document.get(`/samlp:${kind}${path}`, NAMES)?.content.trim();
  const all = (path: string) => document.find(`/samlp:${kind}${path}`, NAMES).map((node) => node.content.trim());
  const [id, issuer] = [text('/@ID'), text('/saml:Issuer')];
  if (!id || !issuer) throw new RefusedRequest(`The ${kind} lacks its ID or its Issuer`);
  return {
    kind,
    id,
    issuer,
    destination: text('/@Destination'),
    inResponseTo: text('/@InResponseTo'),
    notOnOrAfter: text('/@NotOnOrAfter'),
    nameId: text('/saml:NameID'),
    nameIdFormat: text('/saml:NameID/@Format'),
    sessionIndexes: all('/samlp:SessionIndex'),
    statusCodes: all('/samlp:Status//samlp:StatusCode/@Value'),
    binding: message.binding,
    relayState: message.relayState,
    signature,
    xml: message.xml,
  };
}
