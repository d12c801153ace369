/** Randomness, digests, sealing and signing: the contract that the core and the other ports see. */

export interface Sealer {
  /** Ids of the keys that open, as they stand in what they sealed; the first one seals. */
  readonly keyIds: readonly string[];
  /**
   * AES-256-GCM under `SECRETS_KEY`. `context` names row and column (`connections:<id>:client_secret`)
   * and is authenticated, so a sealed value moved elsewhere does not open.
   */
  seal(plaintext: string, context: string): Promise<string>;
  /** @throws Error when the value was changed, moved, or sealed under a key that is not given. */
  open(sealed: string, context: string): Promise<string>;
}

/** How long anyone may keep a copy of our key set, seconds; a new key is published for longer before it signs. */
export const JWKS_CACHE_SECONDS = 300;

/** JOSE `typ` of our tokens (RFC 9068 §2.1; RFC 8725 §3.11: no token passes for another kind). */
export type TokenType = 'at+jwt' | 'refresh+jwt';

/** The claims of every token of ours; a dialect may add its own. */
export interface TokenClaims {
  readonly sub: string;
  /** The session that the token stands for. */
  readonly sid: string;
  readonly jti: string;
  /** The dialect. */
  readonly aud: string;
  readonly exp: number;
  readonly [claim: string]: string | number;
}

export interface TokenSigner {
  /** @throws SsoError `signing_unavailable` */
  sign(type: TokenType, claims: TokenClaims): Promise<string>;
  /**
   * The claims of a token of ours of this type and audience (or one of these).
   * @param expired `accept` for the last access token that comes along with a refresh token
   * @throws SsoError `token_invalid`, `token_expired`
   */
  verify(type: TokenType, audience: string | string[], token: string, expired?: 'accept'): Promise<TokenClaims>;
  /** The public keys (RFC 7517 §5) of every key that signs, will sign next, or signed a token still alive. */
  jwks(): Promise<{ keys: Record<string, unknown>[] }>;
  /**
   * Reads the keys, making them where there are none. False when the active key does not open, as under
   * another `SECRETS_KEY`: then tokens are verified and keys published, and `sign` refuses.
   * @throws SsoError `database_unavailable`
   */
  canSign(): Promise<boolean>;
}

export type Keys = Sealer & TokenSigner;
