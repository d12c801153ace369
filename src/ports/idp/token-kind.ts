/**
 * What differs between the tokens that a provider signs with the same keys: how their checks are called in a trace, and
 * which `typ` tells them apart (RFC 8725 §3.11).
 */
import type { SsoErrorCode } from '#error';

/** What may be wrong with a token. */
export type TokenFault =
  | 'size'
  | 'malformed'
  | 'typ'
  | 'alg'
  | 'kid'
  | 'signature'
  | 'iss'
  | 'tenant'
  | 'aud'
  | 'azp'
  | 'sub'
  | 'exp'
  | 'iat';

export interface TokenKind {
  /** First part of the names of its checks. */
  readonly name: 'idToken' | 'logoutToken';
  /** The `typ` that it may have; it may also have none. */
  readonly typ: RegExp;
  /** The same in words, for the trace. */
  readonly types: string;
  /** Whether it has to name the tenant (`tid`), at a provider of many. */
  readonly namesTenant: boolean;
  /** Whether it may do without `exp`: then it is good as long as it counts as recent. */
  readonly mayLackExpiry: boolean;
  readonly reason: (fault: TokenFault) => SsoErrorCode;
}

/** An access token (at+jwt) or a logout token (logout+jwt) is none. */
export const ID_TOKEN: TokenKind = {
  name: 'idToken',
  typ: /^(application\/)?jwt$/i,
  types: 'JWT, or absent',
  namesTenant: true,
  mayLackExpiry: false,
  reason: (fault) => `id_token_${fault}`,
};

/**
 * The specification recommends `logout+jwt`; providers from before that say JWT, or nothing, and there the event
 * it has to carry and the nonce it must not carry tell it from an ID token.
 */
export const LOGOUT_TOKEN: TokenKind = {
  name: 'logoutToken',
  typ: /^(application\/)?(logout\+)?jwt$/i,
  types: 'logout+jwt, JWT, or absent',
  namesTenant: false,
  // required since the specification is final, and left out by Ory Hydra, LemonLDAP::NG, older Keycloak and authentik
  mayLackExpiry: true,
  reason: () => 'logout_token',
};
