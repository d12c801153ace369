/** What the development identity provider can be told to do otherwise: how vendors differ, and how it lies. */
import type { AttributeNames } from './attributes.ts';
import type { ResponseOptions } from './document.ts';
import type { Style } from './element.ts';
import type { EncryptionOptions } from './encryption.ts';

/** Every switch is mutable and read anew for each message. */
export interface SamlFaults {
  // how vendors differ
  sign: 'assertion' | 'response' | 'both' | 'none';
  /** False, or how; the certificate is the service provider's. */
  encrypt: false | Omit<EncryptionOptions, 'certificate' | 'publicKey'>;
  style: Style;
  /** URI of the SignatureMethod; undefined takes the key's usual one. */
  algorithm: string | undefined;
  /** URI of the DigestMethod; undefined takes SHA-256. */
  digest: string | undefined;
  /** URI, whatever the request asks for; undefined does as asked. */
  nameIdFormat: string | undefined;
  attributeNames: AttributeNames;
  /** Groups made up besides the person's own. */
  extraGroups: number;
  /** Sets SessionNotOnOrAfter; undefined leaves it out. */
  sessionSeconds: number | undefined;
  /** AuthnContextClassRef, whatever the request asks for; null leaves it out. */
  authnContext: string | null | undefined;
  // how it lies
  /** Added to its clock. */
  skewSeconds: number;
  wrongAudience: boolean;
  wrongRecipient: boolean;
  wrongDestination: boolean;
  wrongIssuer: boolean;
  omitInResponseTo: boolean;
  wrongInResponseTo: boolean;
  /** Was valid until an hour ago. */
  expired: boolean;
  /** Status codes, outermost first, and no assertion. */
  status: readonly string[] | undefined;
  /** Another email address in place of the one that was signed. */
  tamperAfterSigning: boolean;
  /** Signs with a key that is in no metadata, and shows its certificate in KeyInfo. */
  attackerKey: boolean;
  /** A second assertion, unsigned, about somebody else. */
  duplicateAssertion: boolean;
  /** The last word on what is written, before it is signed. */
  edit: ((options: ResponseOptions) => ResponseOptions) | undefined;
  // metadata
  metadata: MetadataFault | undefined;
  /** `WantAuthnRequestsSigned` in the metadata; unsigned requests are refused then. */
  wantAuthnRequestsSigned: boolean;
  /** Whether the metadata is signed, by the key that signs responses. */
  signMetadata: boolean;
  /** ISO 8601, in the metadata; undefined leaves it out. */
  validUntil: string | undefined;
  /** xs:duration, in the metadata; undefined leaves it out. */
  cacheDuration: string | undefined;
  /** Whether keys in the metadata say `use="signing"`. */
  keyUse: boolean;
}

/**
 * - `html`: a page of somebody's portal; `error`: status 500; `slow`: never answers; `huge`: spaces without end
 * - `dtd`: a document type before the honest document; `other-entity`: somebody else's entity id
 * - `new-key`: a key that signs nothing, in place of the honest one; `redirect`: elsewhere
 */
export type MetadataFault = 'html' | 'error' | 'slow' | 'huge' | 'dtd' | 'other-entity' | 'new-key' | 'redirect';

export function honestFaults(): SamlFaults {
  return {
    sign: 'both',
    encrypt: false,
    style: 'compact',
    algorithm: undefined,
    digest: undefined,
    nameIdFormat: undefined,
    attributeNames: 'basic',
    extraGroups: 0,
    sessionSeconds: undefined,
    authnContext: undefined,
    skewSeconds: 0,
    wrongAudience: false,
    wrongRecipient: false,
    wrongDestination: false,
    wrongIssuer: false,
    omitInResponseTo: false,
    wrongInResponseTo: false,
    expired: false,
    status: undefined,
    tamperAfterSigning: false,
    attackerKey: false,
    duplicateAssertion: false,
    edit: undefined,
    metadata: undefined,
    wantAuthnRequestsSigned: false,
    signMetadata: false,
    validUntil: undefined,
    cacheDuration: undefined,
    keyUse: true,
  };
}
