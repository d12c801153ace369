/**
 * The contract between the core and the identity providers. A provider builds the authorization
 * request and turns the authorization response into verified claims; it never sees a session or a
 * token of ours.
 */
import type { Checks } from '#core/checks.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { BrowserMessage } from './browser-message.ts';
import type { Attributes } from './claim-attributes.ts';
import type { ClientProbe } from './client-probe.ts';
import type { EmailVoucher } from './email-verification.ts';
import type { ProviderExamination } from './examination.ts';
import type { JsonObject } from './json-answer.ts';
import type { LogoutToken } from './logout-token.ts';
import type { SamlAttribute, SamlNameId } from './saml/assertion.ts';

/** What the core drew for one login. `nonce` and `codeVerifier` are in clear here and sealed at rest. */
export interface AuthorizationRequest {
  readonly state: string;
  readonly nonce: string;
  /** PKCE verifier, 43 to 128 characters (RFC 7636 §4.1). The challenge method is always S256. */
  readonly codeVerifier: string;
  readonly redirectUri: string;
  readonly loginHint?: string | undefined;
}

/** The authorization response as the client handed it on (RFC 6749 §4.1.2, RFC 9207 §2). */
export interface AuthorizationResponse {
  readonly code: string;
  /** RFC 9207 `iss`, if the client passed it on. */
  readonly iss?: string | undefined;
}

/** What a connection speaks with its provider. */
export type Protocol = 'oidc' | 'oauth2' | 'saml';

/** What a provider said by its own names, verified: what a mapping reads. Documents stand in order of precedence. */
export type ClaimSource =
  | { readonly documents: readonly JsonObject[] }
  | { readonly attributes: readonly SamlAttribute[]; readonly nameId?: SamlNameId | undefined };

/** What a provider vouches for, verified. Dialects and provisioning read nothing else. */
export interface Claims {
  readonly issuer: string;
  /** The connection's stable subject, case-sensitive, 1 to 255 characters. */
  readonly subject: string;
  /** As the provider spelled it; the core normalises. */
  readonly email?: string | undefined;
  /** True only when the provider said the boolean `true` (or its API marks the address verified). */
  readonly emailVerified: boolean;
  /** How that was said, or why it is not; absent in what an earlier version kept of a SAML response. */
  readonly emailVoucher?: EmailVoucher | undefined;
  /** Whether an email that is not verified lets nobody in, not even as somebody new. */
  readonly emailMustBeVerified?: boolean | undefined;
  readonly givenName?: string | undefined;
  readonly familyName?: string | undefined;
  readonly name?: string | undefined;
  readonly picture?: string | undefined;
  readonly locale?: string | undefined;
  /** Group names in the provider's spelling; undefined when the provider sent none at all. */
  readonly groups?: readonly string[] | undefined;
  /** True when the provider left groups out because there are too many for the message (Entra ID's overage). */
  readonly groupsIncomplete?: boolean | undefined;
  /** What it said by its own names, for rules. */
  readonly attributes?: Attributes | undefined;
  /** The provider's own session id (`sid`), for back-channel logout. */
  readonly providerSessionId?: string | undefined;
  readonly authenticatedAt?: Date | undefined;
  /** When the provider's session ends; ours must not outlive it (SAML `SessionNotOnOrAfter`, OpenID Connect `session_expiry`). */
  readonly sessionNotAfter?: Date | undefined;
  /** The SAML NameID, for single logout. */
  readonly nameId?: SamlNameId | undefined;
  /** The ID token, where the provider's logout will want it for a hint (RP-Initiated Logout 1.0 §2). */
  readonly idToken?: string | undefined;
  /** What the mapping made these claims of. */
  readonly source?: ClaimSource | undefined;
}

/** The claims that a mapping finds. */
export type MappedClaims = Omit<Claims, 'issuer' | 'subject' | 'source'>;

/** The request that a response is checked against. */
export interface VerificationRequest extends Omit<AuthorizationRequest, 'state'> {
  /** What was kept of the SAML response, where one came. */
  readonly kept?: KeptClaims | undefined;
}

/** The one-time code of a SAML login and what it stands for. */
export interface KeptClaims {
  readonly requestId: string;
  readonly codeDigest: string;
  readonly expired: boolean;
  readonly sealedClaims: string;
}

export interface IdentityProvider {
  /**
   * The address to send the browser to.
   * @throws SsoError `connection_misconfigured`, `issuer_mismatch`, `url_not_allowed`, `idp_*`
   */
  authorize(connection: Connection, request: AuthorizationRequest): Promise<URL>;

  /**
   * Exchanges the code and verifies what comes back; each check is recorded in `checks`.
   * @throws SsoError with the reason of the first check that failed
   */
  verify(
    connection: Connection,
    request: VerificationRequest,
    response: AuthorizationResponse,
    checks: Checks,
  ): Promise<Claims>;

  /** The claims that this connection makes of what was verified over it, or over another version of it. */
  mapClaims(connection: Connection, source: ClaimSource): MappedClaims;

  /** Where the protocol knows logout by OpenID Connect. */
  readonly oidcLogout?: OidcLogout | undefined;
}

/** What a provider says of logout; absent members are ones that nothing is known of. */
export interface LogoutAnnouncement {
  readonly issuer: string;
  /** RP-Initiated Logout 1.0 §2.1. */
  readonly endSessionEndpoint: string | undefined;
  /** Whether the connection may send a browser there. */
  readonly endSessionTrusted: boolean;
  /** `backchannel_logout_supported`. */
  readonly backchannelLogout: boolean | undefined;
  /** `backchannel_logout_session_supported`: whether it names the session (`sid`) and not only the person. */
  readonly backchannelLogoutSession: boolean | undefined;
}

export interface OidcLogout {
  /**
   * Verifies a logout token but for its being used once; each check is recorded in `checks`.
   * @throws SsoError `logout_token`; `jwks_*`, `idp_*` and the reasons of discovery when it could not be judged
   */
  verifyLogoutToken(connection: Connection, logoutToken: string, checks: Checks): Promise<LogoutToken>;
  /**
   * The request to end the provider's session; undefined where the provider takes none.
   * @param idToken of the session, where one was kept
   * @throws SsoError `url_not_allowed` or `metadata_changed` when the address is not to be trusted, and the reasons of discovery
   */
  requestLogout(connection: Connection, idToken: string | undefined): Promise<BrowserMessage | undefined>;
  /** @throws SsoError the reasons of discovery */
  readAnnouncement(connection: Connection): Promise<LogoutAnnouncement>;
}

/** Providers of every type behind one contract. */
export interface IdentityProviders extends IdentityProvider {
  /** Undefined for a type that no provider serves. */
  protocolOf(connection: Pick<Connection, 'type'>): Protocol | undefined;
  /**
   * What the provider says of itself at this moment; undefined for types that publish nothing of that kind.
   * @throws SsoError `connection_misconfigured`, `url_not_allowed`, `idp_*`
   */
  examine(connection: Connection): Promise<ProviderExamination | undefined>;
  /** Whether the provider takes the client id and secret; for those that are complete. Never throws. */
  readonly probeClient: ClientProbe;
  /** Undefined for types that know no logout by OpenID Connect. */
  oidcLogoutOf(connection: Connection): OidcLogout | undefined;
}
