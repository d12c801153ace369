/** What we send in a single logout (SAML core §3.7, profiles §4.4.4): requests and responses, always signed. */
import type { IdpMetadata, SamlBinding, SamlEndpoint } from '#ports/db/saml-schema.ts';
import type { BrowserMessage } from '#ports/idp/browser-message.ts';
import { randomToken } from '#ports/keys/random.ts';
import type { SamlNameId } from './assertion.ts';
import { requestId } from './authn-request.ts';
import type { ServiceProvider } from './endpoints.ts';
import { formatInstant } from './instant.ts';
import { element, type OutgoingElement } from './message-writer.ts';
import { postedMessage } from './post-binding.ts';
import { type OutgoingMessage, redirectUrl } from './redirect-binding.ts';
import type { MessageSigner } from './signature-algorithms.ts';

const USER_REASON = 'urn:oasis:names:tc:SAML:2.0:logout:user';
const STATUS = 'urn:oasis:names:tc:SAML:2.0:status:';
/** How long the provider may take to act on a request. */
const REQUEST_SECONDS = 300;
const ID_BYTES = 16;

interface LogoutMessage {
  readonly endpoint: SamlEndpoint;
  readonly sender: ServiceProvider;
  readonly key: MessageSigner;
  readonly relayState: string | undefined;
  readonly now: Date;
}

export interface LogoutRequest extends LogoutMessage {
  /** The ID is made of it: `requestId(nonce)`, which the response names in `InResponseTo`. */
  readonly nonce: string;
  readonly nameId: SamlNameId;
  /** None ends all sessions of the subject (core §3.7.1). */
  readonly sessionIndexes: readonly string[];
}

export interface LogoutResponse extends LogoutMessage {
  readonly inResponseTo: string;
  /** Top-level status code first, without the common prefix, such as `['Success']` or `['Responder', 'PartialLogout']`. */
  readonly status: LogoutStatus;
}

export type LogoutStatus =
  | readonly ['Success']
  | readonly ['Success', 'PartialLogout']
  | readonly ['Requester' | 'Responder', 'RequestDenied' | 'UnknownPrincipal' | 'PartialLogout']
  | readonly ['Requester' | 'Responder' | 'VersionMismatch'];

/** Where logout messages go: by the preferred binding if the provider offers it; undefined when it offers none. */
export function logoutEndpoint({ singleLogout }: IdpMetadata, preferred: SamlBinding): SamlEndpoint | undefined {
  return singleLogout.find(({ binding }) => binding === preferred) ?? singleLogout[0];
}

/** @throws SsoError `connection_misconfigured` */
export async function createLogoutRequest(request: LogoutRequest): Promise<BrowserMessage> {
  const { endpoint, sender, nonce, nameId, sessionIndexes, now } = request;
  const message = element(
    'samlp:LogoutRequest',
    {
      ...commonAttributes(requestId(nonce), endpoint.location, now),
      NotOnOrAfter: formatInstant(new Date(now.getTime() + REQUEST_SECONDS * 1000)),
      Reason: USER_REASON,
    },
    element('saml:Issuer', {}, sender.entityId),
    element(
      'saml:NameID',
      { Format: nameId.format, NameQualifier: nameId.nameQualifier, SPNameQualifier: nameId.spNameQualifier },
      nameId.value,
    ),
    ...sessionIndexes.map((each) => element('samlp:SessionIndex', {}, each)),
  );
  return send(request, endpoint.location, 'SAMLRequest', message);
}

/** Goes to the endpoint's `responseLocation` where it has one. @throws SsoError `connection_misconfigured` */
export async function createLogoutResponse(response: LogoutResponse): Promise<BrowserMessage> {
  const { endpoint, sender, inResponseTo, status, now } = response;
  const destination = endpoint.responseLocation ?? endpoint.location;
  const [topLevel, second] = status;
  const message = element(
    'samlp:LogoutResponse',
    { ...commonAttributes(`_${randomToken(ID_BYTES)}`, destination, now), InResponseTo: inResponseTo },
    element('saml:Issuer', {}, sender.entityId),
    element(
      'samlp:Status',
      {},
      element(
        'samlp:StatusCode',
        { Value: STATUS + topLevel },
        second && element('samlp:StatusCode', { Value: STATUS + second }),
      ),
    ),
  );
  return send(response, destination, 'SAMLResponse', message);
}

function commonAttributes(id: string, destination: string, now: Date) {
  return { ID: id, Version: '2.0', IssueInstant: formatInstant(now), Destination: destination };
}

async function send(
  { endpoint, key, relayState }: LogoutMessage,
  destination: string,
  name: OutgoingMessage['name'],
  message: OutgoingElement,
): Promise<BrowserMessage> {
  const outgoing = { name, message, relayState, signer: key };
  return endpoint.binding === 'redirect'
    ? { binding: 'redirect', url: await redirectUrl(destination, outgoing) }
    : { binding: 'post', form: await postedMessage(destination, outgoing) };
}
