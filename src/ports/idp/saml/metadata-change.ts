/**
 * What a newly read copy of an identity provider's metadata means beside the one in use. A new key or address
 * is new trust: whoever can change the copy could sign in as anybody, so it is followed only when the copy is signed
 * by a key that the operator has pinned, and otherwise waits for the operator's word. Taking trust away is followed.
 */
import type { IdpMetadata, SamlEndpoint } from '#ports/db/saml-schema.ts';
import { digest } from '#ports/keys/random.ts';

/** Fingerprints of certificates and spelled-out endpoints. */
export interface Trusted {
  readonly certificates: readonly string[];
  readonly endpoints: readonly string[];
}

/** For the audit and for the operator: no keys, no dates that each copy brings anew. */
export interface MetadataSummary extends Trusted {
  readonly entityId: string;
  readonly wantAuthnRequestsSigned: boolean;
  readonly nameIdFormats: readonly string[];
}

export function summaryOf(metadata: IdpMetadata): MetadataSummary {
  const { entityId, wantAuthnRequestsSigned, nameIdFormats } = metadata;
  const certificates = metadata.certificates.map(({ fingerprint }) => fingerprint);
  return { entityId, endpoints: endpointsOf(metadata), certificates, wantAuthnRequestsSigned, nameIdFormats };
}

/** Whether two copies say the same, but for how long they are good. */
export function sameButDates(one: IdpMetadata, other: IdpMetadata): boolean {
  return JSON.stringify(summaryOf(one)) === JSON.stringify(summaryOf(other));
}

export function sameMetadata(one: IdpMetadata, other: IdpMetadata): boolean {
  return sameButDates(one, other) && one.validUntil === other.validUntil && one.cacheSeconds === other.cacheSeconds;
}

/**
 * The key counts and not the certificate around it: a provider may renew that over the same key. A provider that no
 * longer wants our requests signed trusts whoever carries them.
 */
export function addsTrust(before: IdpMetadata, after: IdpMetadata): boolean {
  const { certificates, endpoints } = trustBeyond(before, after);
  const trustsUnsigned = before.wantAuthnRequestsSigned && !after.wantAuthnRequestsSigned;
  return certificates.length > 0 || endpoints.length > 0 || trustsUnsigned;
}

/** Keys, by the certificates around them, and addresses that `after` has and `before` lacks. */
export function trustBeyond(before: IdpMetadata, after: IdpMetadata): Trusted {
  const keys = new Set(before.certificates.map(({ publicKey }) => publicKey));
  const endpoints = new Set(endpointsOf(before));
  return {
    certificates: after.certificates
      .filter(({ publicKey }) => !keys.has(publicKey))
      .map(({ fingerprint }) => fingerprint),
    endpoints: endpointsOf(after).filter((endpoint) => !endpoints.has(endpoint)),
  };
}

/** Certificates and addresses that `after` has and `before` lacks; the other way round it is what was taken away. */
export function additions(before: IdpMetadata, after: IdpMetadata): Trusted {
  const known = summaryOf(before);
  const { certificates, endpoints } = summaryOf(after);
  return {
    certificates: certificates.filter((each) => !known.certificates.includes(each)),
    endpoints: endpoints.filter((each) => !known.endpoints.includes(each)),
  };
}

function endpointsOf({ singleSignOn, singleLogout }: IdpMetadata): string[] {
  const spelled = (service: string) => (endpoint: SamlEndpoint) =>
    [service, endpoint.binding, endpoint.location, endpoint.responseLocation ?? []].flat().join(' ');
  return [...singleSignOn.map(spelled('sso')), ...singleLogout.map(spelled('slo'))];
}

/** Names a copy by what it says, but for its dates. */
export function copyDigest(metadata: IdpMetadata): Promise<string> {
  return digest(JSON.stringify(summaryOf(metadata)));
}
