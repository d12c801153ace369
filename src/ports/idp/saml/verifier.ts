/**
 * The contract of the verifier: XML comes in, plain verified data goes out. Parsing, canonicalisation, signatures
 * and decryption happen behind it in a bounded pool of workers, so that no document stalls the event loop.
 */
import type { Checks } from '#core/checks.ts';
import type { IdpMetadata } from '#ports/db/saml-schema.ts';
import type { VerifiedLogoutMessage, VerifiedResponse } from './assertion.ts';

/** What a response must satisfy to be looked at any further. */
export interface ResponsePolicy {
  /** The provider's entity id: a response that names another is not worth a signature check. */
  readonly issuer: string;
  /** Public keys of the connection's provider and of no other: base64 DER, SubjectPublicKeyInfo. */
  readonly publicKeys: readonly string[];
  /** Our private keys, the newest first: base64 DER, PKCS #8. */
  readonly decryptionKeys: readonly string[];
  readonly wantAssertionsSigned: boolean;
  readonly wantEncrypted: boolean;
  readonly allowCbc: boolean;
  readonly maxElements: number;
}

export interface MetadataPolicy {
  /** The entity to choose from an aggregate, and to insist on; undefined takes the only one. */
  readonly entityId?: string | undefined;
  /** Base64 DER of a certificate: the metadata must be signed by its key. */
  readonly certificate?: string | undefined;
}

export interface SamlVerifier {
  /**
   * The named checks are `saml.encoding`, `saml.structure`, `saml.status`, `saml.signature`, `saml.encryption`.
   * @param message the XML text's bytes, base64 already taken off
   * @param organizationId whose turn it is: no organization can take all workers
   * @throws SsoError `saml_encoding`, `saml_dtd`, `saml_structure`, `saml_multiple_assertions`, `saml_algorithm`,
   * `saml_signature`, `saml_decryption`, `saml_encryption_required`, `saml_status`, `saml_issuer`, `saml_busy`, `saml_timeout`
   */
  verifyResponse(
    message: Uint8Array,
    policy: ResponsePolicy,
    organizationId: string,
    checks: Checks,
  ): Promise<VerifiedResponse>;
  /**
   * A LogoutRequest or LogoutResponse. With `signature: 'detached'` (Redirect binding) the caller has verified it.
   * @throws SsoError as `verifyResponse`
   */
  verifyLogoutMessage(
    message: Uint8Array,
    policy: Pick<ResponsePolicy, 'publicKeys'> & { readonly signature: 'enveloped' | 'detached' },
    organizationId: string,
    checks: Checks,
  ): Promise<VerifiedLogoutMessage>;
  /**
   * The identity provider's side of a metadata document (SAML metadata §2.4.3).
   * @throws SsoError `saml_metadata`, `saml_dtd`, `saml_encoding`, `saml_structure`, `saml_algorithm`, `saml_signature`, `saml_busy`, `saml_timeout`;
   * `detail` says in words what is wrong, with the XML path of the member
   */
  readMetadata(document: Uint8Array, policy: MetadataPolicy, organizationId: string): Promise<IdpMetadata>;
  close(): Promise<void>;
}
