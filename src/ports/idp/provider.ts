/**
 * What a provider is: data over one of two flows. A file in `providers/` fills one of these records,
 * and a line in registry.ts names it; no provider has code of its own on the path of a login.
 */
import type { Mapping } from '#ports/db/schema.ts';
import type { ProviderGuide } from './guide.ts';
import type { JsonObject } from './json-answer.ts';

/** Where a provider's endpoints are and what it announces (OpenID Connect Discovery §3, RFC 8414 §2). */
export interface ProviderMetadata {
  /** The `iss` of its ID tokens and of its authorization responses, compared character by character. */
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly userinfoEndpoint?: string | undefined;
  /** Where Entra ID's groups are listed, for those whose token has no room for them. */
  readonly groupsEndpoint?: string | undefined;
  /** Where a browser ends the provider's session (RP-Initiated Logout 1.0 §2.1); looked at when it is used. */
  readonly endSessionEndpoint?: string | undefined;
  /** `backchannel_logout_supported`, `backchannel_logout_session_supported`; absent where nothing is known. */
  readonly backchannelLogout?: boolean | undefined;
  readonly backchannelLogoutSession?: boolean | undefined;
  /** `id_token_signing_alg_values_supported`; absent means that nothing was announced. */
  readonly idTokenAlgs?: readonly string[] | undefined;
  /** `token_endpoint_auth_methods_supported`; absent means `client_secret_basic` (Discovery §3). */
  readonly clientAuthentications?: readonly string[] | undefined;
  /** `authorization_response_iss_parameter_supported` (RFC 9207 §3). */
  readonly announcesIss: boolean;
  /** For a provider of many tenants: the issuer of one of them. `issuer` is then only its template. */
  readonly issuerOfTenant?: ((tenant: string) => string) | undefined;
  /** `aud` of a `private_key_jwt` assertion; `issuer` unless the provider insists on the other. */
  readonly assertionAudience?: 'issuer' | 'token_endpoint' | undefined;
}

/** A named provider that issues ID tokens. */
export interface OidcProvider {
  readonly kind: 'oidc';
  readonly guide: ProviderGuide;
  /**
   * @param issuer the connection's issuer or base URL; null means the provider's public one
   * @throws SsoError `connection_misconfigured` when the provider has no public one, or it is malformed
   */
  readonly metadata: (issuer: string | null) => ProviderMetadata;
  /** Where its discovery document lies under, if that is not the issuer; it is read for checks, not for logins. */
  readonly discoveryBase?: ((issuer: string | null) => string) | undefined;
  readonly scopes: readonly string[];
  /** What differs from the standard claims of OpenID Connect Core §5.1. */
  readonly mapping: Mapping;
  /** Takes back what the provider says but cannot vouch for; absent: all of it stands. */
  readonly claims?: ((document: JsonObject) => JsonObject) | undefined;
}

/** A named provider of plain OAuth 2.0: it is asked who the access token belongs to. */
export interface OAuth2Provider {
  readonly kind: 'oauth2';
  readonly guide: ProviderGuide;
  /** As of {@link OidcProvider.metadata}. */
  readonly metadata: (issuer: string | null) => OAuth2Metadata;
  readonly scopes: readonly string[];
  readonly mapping: Mapping;
  /** Member of the user document that never changes and is never given to anyone else. */
  readonly subject: string;
  /** The user document with `email` and `email_verified` put in as the provider's API vouches for them. */
  readonly claims: (user: JsonObject, emails: readonly JsonObject[]) => JsonObject;
  /** Whether an address that the provider does not vouch for lets nobody in, not even as somebody new. */
  readonly needsVerifiedEmail?: boolean;
}

export interface OAuth2Metadata {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string;
  /** List of addresses with `email`, `primary`, `verified`, where the user document lacks them. */
  readonly emailsEndpoint?: string | undefined;
}

export type NamedProvider = OidcProvider | OAuth2Provider;
