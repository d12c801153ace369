/** An AuthnRequest as the development identity provider understands it (SAML core §3.4.1). */

import { NAMESPACES } from './element.ts';
import { type Binding, parseMessage, type ReceivedMessage, type SignatureState } from './message.ts';
import { RefusedRequest } from './refused-request.ts';

export interface ReceivedAuthnRequest {
  readonly id: string;
  readonly issuer: string;
  readonly issueInstant: string;
  readonly destination: string | undefined;
  readonly acsUrl: string | undefined;
  readonly protocolBinding: string | undefined;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  /** Of NameIDPolicy. */
  readonly nameIdFormat: string | undefined;
  readonly allowCreate: boolean;
  /** Of RequestedAuthnContext. */
  readonly authnContexts: readonly string[];
  readonly comparison: string | undefined;
  readonly binding: Binding;
  readonly relayState: string | undefined;
  /** `none` also where the provider has no certificate to verify it with. */
  readonly signature: SignatureState;
  /** URI that the query names; of the Redirect binding. */
  readonly signatureAlgorithm: string | undefined;
  readonly xml: string;
}

const NAMES = { samlp: NAMESPACES.protocol, saml: NAMESPACES.assertion };

/** @throws RefusedRequest when the message is not an AuthnRequest with ID and Issuer */
export function readAuthnRequest(message: ReceivedMessage, signature: SignatureState): ReceivedAuthnRequest {
  using document = parseMessage(message.xml);
  const text = (path: string) => document.get(`/samlp:AuthnRequest${path}`, NAMES)?.content.trim();
  const [id, issuer] = [text('/@ID'), text('/saml:Issuer')];
  if (!id || !issuer) throw new RefusedRequest('The message is no AuthnRequest with an ID and an Issuer');
  const contexts = '/samlp:AuthnRequest/samlp:RequestedAuthnContext/saml:AuthnContextClassRef';
  return {
    id,
    issuer,
    issueInstant: text('/@IssueInstant') ?? '',
    destination: text('/@Destination'),
    acsUrl: text('/@AssertionConsumerServiceURL'),
    protocolBinding: text('/@ProtocolBinding'),
    forceAuthn: isTrue(text('/@ForceAuthn')),
    isPassive: isTrue(text('/@IsPassive')),
    nameIdFormat: text('/samlp:NameIDPolicy/@Format'),
    allowCreate: isTrue(text('/samlp:NameIDPolicy/@AllowCreate')),
    authnContexts: document.find(contexts, NAMES).map((node) => node.content.trim()),
    comparison: text('/samlp:RequestedAuthnContext/@Comparison'),
    binding: message.binding,
    relayState: message.relayState,
    signature,
    signatureAlgorithm: message.detached?.algorithm,
    xml: message.xml,
  };
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1';
}
