/** JWS algorithms that an ID token may be signed with, and the keys they take (RFC 7518 §3, RFC 8037 §3.1). */

interface KeyShape {
  readonly kty: 'RSA' | 'EC' | 'OKP';
  readonly crv?: string;
  /** Of the hash in `at_hash` (OpenID Connect Core §3.1.3.6). */
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
}

/** Asymmetric ones only: with a shared secret, whoever can verify a token can also make one. */
const ALGORITHMS: Readonly<Record<string, KeyShape>> = {
  RS256: { kty: 'RSA', hash: 'SHA-256' },
  RS384: { kty: 'RSA', hash: 'SHA-384' },
  RS512: { kty: 'RSA', hash: 'SHA-512' },
  PS256: { kty: 'RSA', hash: 'SHA-256' },
  PS384: { kty: 'RSA', hash: 'SHA-384' },
  PS512: { kty: 'RSA', hash: 'SHA-512' },
  ES256: { kty: 'EC', crv: 'P-256', hash: 'SHA-256' },
  ES384: { kty: 'EC', crv: 'P-384', hash: 'SHA-384' },
  ES512: { kty: 'EC', crv: 'P-521', hash: 'SHA-512' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', hash: 'SHA-512' },
  Ed25519: { kty: 'OKP', crv: 'Ed25519', hash: 'SHA-512' },
};

/** @returns undefined for `none`, HS… and whatever else is no asymmetric signature we know */
export function keyShapeOf(alg: string): KeyShape | undefined {
  return Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
}

/**
 * The connection's algorithms, or those the provider announces, or all; never one that is not asymmetric.
 *
 * @param configured `connections.id_token_algs`; null means no choice was made
 */
export function allowedAlgorithms(
  configured: readonly string[] | null,
  announced: readonly string[] | undefined,
): readonly string[] {
  return (configured ?? announced ?? Object.keys(ALGORITHMS)).filter((alg) => keyShapeOf(alg) !== undefined);
}
