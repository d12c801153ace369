/** The service providers that the development identity provider knows, told directly or read from their metadata. */
import { XmlElement } from 'libxml2-wasm';
import { NAMESPACES } from './element.ts';
import { type Binding, parseMessage } from './message.ts';
import { BINDINGS } from './names.ts';

export interface ServiceProvider {
  readonly entityId: string;
  /** Where responses go (HTTP-POST). */
  readonly acsUrl: string;
  /** Further consumer services that a request may name. */
  readonly otherAcsUrls?: readonly string[] | undefined;
  readonly sloUrl?: string | undefined;
  /** Bindings that `sloUrl` takes. Default both. */
  readonly sloBindings?: readonly Binding[] | undefined;
  /** Base64 DER. */
  readonly encryptionCertificate?: string | undefined;
  /** Base64 DER: one, or several while keys change. */
  readonly signingCertificate?: string | readonly string[] | undefined;
  /** Insists on signed requests. */
  readonly authnRequestsSigned?: boolean | undefined;
  /** Shown on the sign-in page. Default: the entity id. */
  readonly name?: string | undefined;
}

const MD = { md: NAMESPACES.metadata, ds: NAMESPACES.signature };
const DESCRIPTOR = '/md:EntityDescriptor/md:SPSSODescriptor';
const TIMEOUT_MS = 10_000;

/** @throws Error when the address does not answer with a service provider's metadata */
export async function fetchServiceProvider(url: string | URL): Promise<ServiceProvider> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  if (!response.ok) throw new Error(`The service provider's metadata answered ${response.status}`);
  return readServiceProvider(text);
}

/** SAML metadata §2.4.4. @throws Error when a required member is missing */
function readServiceProvider(xml: string): ServiceProvider {
  using document = parseMessage(xml);
  const entityId = document.root.attr('entityID')?.value;
  const endpoints = (name: string, binding: Binding) =>
    document.find(`${DESCRIPTOR}/md:${name}[@Binding="${BINDINGS[binding]}"]`, MD).flatMap((node) => {
      const location = node instanceof XmlElement ? node.attr('Location')?.value : undefined;
      return location === undefined ? [] : [location];
    });
  const certificates = (use: string) =>
    document
      .find(`${DESCRIPTOR}/md:KeyDescriptor[@use="${use}" or not(@use)]//ds:X509Certificate`, MD)
      .map((node) => node.content.replace(/\s/g, ''));
  const [acsUrl, ...otherAcsUrls] = endpoints('AssertionConsumerService', 'post');
  if (!entityId || !acsUrl) throw new Error('The metadata names no service provider with a consumer service');
  const slo = (['redirect', 'post'] as const).flatMap((binding) =>
    endpoints('SingleLogoutService', binding).map((location) => ({ binding, location })),
  );
  const sloUrl = slo[0]?.location;
  const descriptor = document.get(DESCRIPTOR, MD);
  return {
    entityId,
    acsUrl,
    otherAcsUrls,
    sloUrl,
    sloBindings: slo.filter(({ location }) => location === sloUrl).map(({ binding }) => binding),
    encryptionCertificate: certificates('encryption')[0],
    signingCertificate: certificates('signing'),
    authnRequestsSigned: descriptor instanceof XmlElement && descriptor.attr('AuthnRequestsSigned')?.value === 'true',
  };
}

export function signingCertificatesOf({ signingCertificate }: ServiceProvider): string[] {
  return signingCertificate === undefined ? [] : [signingCertificate].flat();
}
