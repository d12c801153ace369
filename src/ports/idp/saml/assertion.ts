/**
 * What a verified SAML response says, as plain data: it crosses from the worker that verified it. The members of
 * `SamlAssertion` are read only from the bytes that a signature covers; those of `SamlResponse` are not, unless
 * the response itself is signed. Texts are trimmed; times are kept as they were written.
 */

/** SAML core §2.2.2. */
export interface SamlNameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
}

/** SAML core §2.4.1.1 and §2.4.1.2. */
export interface SubjectConfirmation {
  readonly method: string;
  readonly recipient?: string;
  readonly inResponseTo?: string;
  readonly notBefore?: string;
  readonly notOnOrAfter?: string;
}

/** SAML core §2.5. */
export interface SamlConditions {
  readonly notBefore?: string;
  readonly notOnOrAfter?: string;
  /** All of the restrictions must hold; each holds if one of its audiences is ours. */
  readonly audienceRestrictions: readonly (readonly string[])[];
  /** Local names of conditions that we do not know: they make the assertion unusable. */
  readonly unknown: readonly string[];
}

/** SAML core §2.7.2. */
export interface AuthnStatement {
  readonly authnInstant?: string;
  readonly sessionIndex?: string;
  readonly sessionNotOnOrAfter?: string;
  readonly authnContextClassRef?: string;
}

/** SAML core §2.7.3.1. `FriendlyName` is left out: nobody vouches for it. */
export interface SamlAttribute {
  readonly name: string;
  readonly nameFormat?: string;
  readonly values: readonly string[];
}

export interface SamlAssertion {
  readonly id: string;
  readonly issueInstant: string;
  readonly issuer: string;
  readonly issuerFormat?: string;
  readonly nameId?: SamlNameId;
  readonly subjectConfirmations: readonly SubjectConfirmation[];
  readonly conditions?: SamlConditions;
  readonly authnStatements: readonly AuthnStatement[];
  /** In document order; the same name may come several times. */
  readonly attributes: readonly SamlAttribute[];
}

/** The envelope (SAML core §3.3.3). */
export interface SamlResponse {
  readonly id: string;
  readonly issueInstant: string;
  readonly destination?: string;
  readonly inResponseTo?: string;
  readonly issuer?: string;
  readonly issuerFormat?: string;
  /** Whether a signature covers the envelope. */
  readonly signed: boolean;
}

/** Outcome of a verification that went well. */
export interface VerifiedResponse {
  readonly response: SamlResponse;
  readonly assertion: SamlAssertion;
  readonly encrypted: boolean;
}

/** A message of the single logout profile, its envelope verified (SAML core §3.7). */
export interface VerifiedLogoutMessage {
  readonly kind: 'LogoutRequest' | 'LogoutResponse';
  readonly id: string;
  readonly issueInstant: string;
  readonly destination?: string;
  readonly inResponseTo?: string;
  readonly issuer?: string;
  readonly notOnOrAfter?: string;
  readonly nameId?: SamlNameId;
  readonly sessionIndexes: readonly string[];
  /** Status codes, outermost first; of a LogoutResponse. */
  readonly statusCodes: readonly string[];
  /** Whether the message itself carries a verified signature; in the Redirect binding it never does. */
  readonly signed: boolean;
}
