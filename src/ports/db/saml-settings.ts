/** What a SAML connection keeps in its `saml` column. */

/** What the operator settles for a SAML connection; what the provider says of itself is in `saml_metadata`. */
export interface SamlSettings {
  /** Where the provider's metadata is read again and again; null when it was given as a document. */
  readonly metadataUrl: string | null;
  /** Base64 DER of the certificate that signs the metadata; with it, changes are followed without approval. */
  readonly metadataCertificate: string | null;
  /** Whether requests are signed; null does as the provider's metadata wants (`WantAuthnRequestsSigned`). */
  readonly signRequests: boolean | null;
  /** Which binding the request takes; null prefers Redirect where the provider offers both. */
  readonly requestBinding: 'redirect' | 'post' | null;
  /** Whether the assertion itself must be signed, also within a signed response. */
  readonly wantAssertionsSigned: boolean;
  readonly wantEncrypted: boolean;
  /** AES-CBC within a signed response (SimpleSAMLphp, LemonLDAP::NG); otherwise only AES-GCM. */
  readonly allowCbc: boolean;
  readonly allowIdpInitiated: boolean;
  readonly forceAuthn: boolean;
  /** `AuthnContextClassRef` values to ask for; one of them must come back. */
  readonly authnContexts: readonly string[];
  /** `NameIDPolicy` Format to ask for, and the only one accepted then; null asks for none. */
  readonly nameIdFormat: string | null;
  /** Attribute that names the subject instead of the NameID, which may then be transient. */
  readonly subjectAttribute: string | null;
  /** A front end's own consumer service, which hands the response on to Applivery's callback; null: ours. */
  readonly consumerServiceUrl: string | null;
  /** Where a browser goes after a single logout; null shows a page of ours. */
  readonly logoutRedirectUri: string | null;
  readonly clockSkewSeconds: number;
  /** Elements that a message may have, 600 to 2,000: group-heavy providers need more. */
  readonly maxElements: number;
}
