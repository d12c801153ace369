/** The request that a login starts with (SAML core §3.4.1, profiles §4.1.4.1), in the binding that the provider offers. */

import { SsoError } from '#error';
import type { IdpMetadata, SamlBinding, SamlEndpoint } from '#ports/db/saml-schema.ts';
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import type { PostedForm } from '#ports/idp/browser-message.ts';
import type { ServiceProvider } from './endpoints.ts';
import { formatInstant } from './instant.ts';
import { element, type OutgoingElement } from './message-writer.ts';
import { postedMessage } from './post-binding.ts';
import { type OutgoingMessage, redirectUrl } from './redirect-binding.ts';
import type { MessageSigner } from './signature-algorithms.ts';

const HTTP_POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';

export interface AuthnRequest {
  readonly settings: SamlSettings;
  readonly metadata: IdpMetadata;
  readonly sender: ServiceProvider;
  /** Signs the request where it is to be signed. */
  readonly key: MessageSigner | undefined;
  readonly nonce: string;
  /** Goes along as RelayState; at most 80 bytes. */
  readonly state: string;
  readonly now: Date;
}

/** The ID of a request: an NCName, and as hard to guess as the nonce that it is made of (core §1.3.4). */
export function requestId(nonce: string): string {
  return `_${nonce}`;
}

/** Whether requests are signed: as the operator settled it, else as the provider wants (SAML metadata §2.4.3). */
export function wantsSignedRequest(settings: SamlSettings, metadata: IdpMetadata): boolean {
  return settings.signRequests ?? metadata.wantAuthnRequestsSigned;
}

/** @throws SsoError `saml_binding_unsupported`, `saml_metadata` when the provider offers no binding that fits */
export function requestBinding(settings: SamlSettings, metadata: IdpMetadata): SamlBinding {
  return chooseEndpoint(settings, metadata).binding;
}

function chooseEndpoint({ requestBinding: settled }: SamlSettings, { singleSignOn }: IdpMetadata): SamlEndpoint {
  const wanted = settled ? [settled] : (['redirect', 'post'] as const);
  for (const binding of wanted) {
    const endpoint = singleSignOn.find((each) => each.binding === binding);
    if (endpoint) return endpoint;
  }
  const detail = `the provider offers no single sign-on service for the binding ${wanted.join(' or ')}`;
  if (!settled) throw new SsoError('saml_metadata', { detail });
  const evidence = { expected: settled, actual: singleSignOn.map(({ binding }) => binding).join(' ') };
  throw new SsoError('saml_binding_unsupported', { detail, evidence });
}

/**
 * The address to send the browser to.
 *
 * @throws SsoError `saml_metadata`, `saml_binding_unsupported` when the binding is not Redirect, `connection_misconfigured`
 */
export async function redirectAuthnRequest(request: AuthnRequest): Promise<URL> {
  const { location } = endpointOf(request, 'redirect');
  return redirectUrl(location, outgoing(request, location));
}

/**
 * The form for the browser to post.
 *
 * @throws SsoError `saml_metadata`, `saml_binding_unsupported` when the binding is not POST, `connection_misconfigured`
 */
export async function postAuthnRequest(request: AuthnRequest): Promise<PostedForm> {
  const { location } = endpointOf(request, 'post');
  return postedMessage(location, outgoing(request, location));
}

function endpointOf({ settings, metadata }: AuthnRequest, binding: SamlBinding): SamlEndpoint {
  const endpoint = chooseEndpoint(settings, metadata);
  if (endpoint.binding === binding) return endpoint;
  throw new SsoError('saml_metadata', { detail: `requests to the provider take the binding ${endpoint.binding}` });
}

function outgoing(request: AuthnRequest, destination: string): OutgoingMessage {
  const { state, key } = request;
  return { name: 'SAMLRequest', message: authnRequest(request, destination), relayState: state, signer: key };
}

/** Issuer first, then the order of the schema: NameIDPolicy, RequestedAuthnContext. */
function authnRequest({ settings, sender, nonce, now }: AuthnRequest, destination: string): OutgoingElement {
  const { nameIdFormat, authnContexts } = settings;
  return element(
    'samlp:AuthnRequest',
    {
      ID: requestId(nonce),
      Version: '2.0',
      IssueInstant: formatInstant(now),
      Destination: destination,
      AssertionConsumerServiceURL: settings.consumerServiceUrl ?? sender.consumerServiceUrl,
      ProtocolBinding: HTTP_POST,
      ForceAuthn: settings.forceAuthn ? 'true' : undefined,
    },
    element('saml:Issuer', {}, sender.entityId),
    // AllowCreate has no place beside transient identifiers (core §3.4.1.1)
    nameIdFormat !== null &&
      element('samlp:NameIDPolicy', {
        Format: nameIdFormat,
        AllowCreate: nameIdFormat === TRANSIENT ? undefined : 'true',
      }),
    authnContexts.length > 0 &&
      element(
        'samlp:RequestedAuthnContext',
        { Comparison: 'exact' },
        ...authnContexts.map((each) => element('saml:AuthnContextClassRef', {}, each)),
      ),
  );
}
