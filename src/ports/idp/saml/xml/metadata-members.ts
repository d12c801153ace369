/** Endpoints, certificates and validity of a role in metadata (SAML metadata §2.2.2, §2.4.1.1 and §2.4.3). */
import type { SsoError } from '#error';
import type { SamlBinding, SamlEndpoint } from '#ports/db/saml-schema.ts';
import { decodeBase64 } from './base64.ts';
import { attributeOf, type Element, find, query } from './document.ts';
import { refusal } from './trail.ts';

const BINDINGS: ReadonlyMap<string, SamlBinding> = new Map([
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'redirect'],
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', 'post'],
]);
const ENDPOINTS = {
  SingleSignOnService: query('md:SingleSignOnService'),
  SingleLogoutService: query('md:SingleLogoutService'),
};
const KEY_DESCRIPTORS = query('md:KeyDescriptor');
/** Where there are several in one ds:X509Data, the others are its issuers. */
const CERTIFICATES = query('ds:KeyInfo/ds:X509Data/ds:X509Certificate[1]');
const MAX_LOCATION = 2048;
const MAX_CERTIFICATES = 10;

/** @param path of the member, from the entity on; never what stands there */
export function metadataRefusal(path: string, problem: string): SsoError {
  return refusal('saml_metadata', `${path}: ${problem}`);
}

/** Endpoints of other bindings are left out. */
export function readEndpoints(role: Element, name: keyof typeof ENDPOINTS, path: string): SamlEndpoint[] {
  return find(role, ENDPOINTS[name]).flatMap((element, index) => {
    const binding = BINDINGS.get(attributeOf(element, 'Binding') ?? '');
    if (!binding) return [];
    const at = `${path}/${name}[${index + 1}]`;
    const location = readAddress(attributeOf(element, 'Location'), `${at}/@Location`);
    const response = attributeOf(element, 'ResponseLocation');
    if (response === undefined) return [{ binding, location }];
    return [{ binding, location, responseLocation: readAddress(response, `${at}/@ResponseLocation`) }];
  });
}

function readAddress(location: string | undefined, path: string): string {
  if (location === undefined) throw metadataRefusal(path, 'is missing');
  if (location.length > MAX_LOCATION) throw metadataRefusal(path, `is longer than ${MAX_LOCATION} characters`);
  const url = URL.parse(location);
  if (!/^https?:\/\//i.test(location) || !url?.hostname) throw metadataRefusal(path, 'is not an http(s) address');
  return location;
}

/** Those for signing; a key without a use is for everything. */
export function readCertificates(role: Element, path: string): string[] {
  const certificates = new Set<string>();
  for (const [index, descriptor] of find(role, KEY_DESCRIPTORS).entries()) {
    if ((attributeOf(descriptor, 'use') ?? 'signing') !== 'signing') continue;
    for (const element of find(descriptor, CERTIFICATES)) {
      const text = element.content.replace(/[ \t\r\n]+/g, '');
      if (!decodeBase64(text)) {
        throw metadataRefusal(`${path}/KeyDescriptor[${index + 1}]/KeyInfo/X509Data/X509Certificate`, 'is not base64');
      }
      certificates.add(text);
    }
  }
  if (certificates.size === 0) throw metadataRefusal(`${path}/KeyDescriptor`, 'none has a certificate for signing');
  if (certificates.size > MAX_CERTIFICATES) {
    throw metadataRefusal(`${path}/KeyDescriptor`, `more than ${MAX_CERTIFICATES} certificates for signing`);
  }
  return [...certificates];
}

/** What is said of a role holds no longer than what is said of the elements around it. */
export function readValidity(role: Element): { validUntil: string | null; cacheDuration: string | null } {
  const ends: string[] = [];
  let cacheDuration: string | null = null;
  for (let element: Element | null = role; element; element = element.parent) {
    const end = attributeOf(element, 'validUntil');
    if (end !== undefined) ends.push(end);
    cacheDuration ??= attributeOf(element, 'cacheDuration') ?? null;
  }
  const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text));
  const malformed = ends.find((end) => !isDate(end));
  const earliest = ends.reduce<string | null>(
    (least, end) => (least === null || Date.parse(end) < Date.parse(least) ? end : least),
    null,
  );
  return { validUntil: malformed ?? earliest, cacheDuration };
}
