/**
 * The one ID token validation, for every provider (OpenID Connect Core §3.1.3.7). Order: what costs nothing first,
 * then the signature, and the claims only once it holds.
 */

import { base64url } from 'jose';
import type { Checks } from '#core/checks.ts';
import type { Connection } from '#ports/db/schema.ts';
import { allowedAlgorithms, keyShapeOf } from './algorithms.ts';
import { checkClaims, isNumericDate, type TokenIdentity } from './id-token-claims.ts';
import { verifySignature } from './id-token-signature.ts';
import { type JsonObject, member } from './json-answer.ts';
import type { KeySource } from './jwks.ts';
import type { ProviderMetadata } from './provider.ts';
import { ID_TOKEN } from './token-kind.ts';

export interface IdTokenInput {
  readonly idToken: string;
  /** The access token that came with it, for `at_hash`. */
  readonly accessToken: string;
  readonly connection: Connection;
  readonly clientId: string;
  readonly metadata: ProviderMetadata;
  readonly nonce: string;
  readonly keys: KeySource;
  readonly now: Date;
}

/** @throws SsoError `id_token_*`, `reauth_required`, `jwks_*` */
export async function verifyIdToken(
  input: IdTokenInput,
  checks: Checks,
): Promise<TokenIdentity & { readonly claims: JsonObject }> {
  const { connection, clientId, metadata, nonce, now } = input;
  const algorithms = allowedAlgorithms(connection.idTokenAlgs, metadata.idTokenAlgs);
  const jws = await verifySignature(ID_TOKEN, input.idToken, algorithms, input.keys, checks);
  const iat = member(jws.claims, 'iat');
  checks.findings.clock('id_token', isNumericDate(iat) ? new Date(iat * 1000) : undefined, now);
  const { trustedAudiences, tenants, maxAgeSeconds } = connection;
  const identity = checkClaims(
    jws,
    { metadata, clientId, trustedAudiences, tenants, nonce, maxAgeSeconds, now },
    checks,
  );
  await checkAccessTokenHash(jws.claims, jws.alg, input.accessToken, checks);
  return { ...identity, claims: jws.claims };
}

/** §3.1.3.6: the left half of the access token's hash. Optional in the code flow, but wrong it must not be. */
async function checkAccessTokenHash(
  claims: JsonObject,
  alg: string,
  accessToken: string,
  checks: Checks,
): Promise<void> {
  const atHash = member(claims, 'at_hash');
  if (atHash === undefined) {
    checks.skip('idToken.atHash', 'the ID token carries none');
    return;
  }
  const hash = new Uint8Array(
    await crypto.subtle.digest(keyShapeOf(alg)?.hash ?? 'SHA-256', new TextEncoder().encode(accessToken)),
  );
  const expected = base64url.encode(hash.subarray(0, hash.length / 2));
  checks.require('idToken.atHash', atHash === expected, 'id_token_at_hash', {
    expected: 'matches',
    actual: atHash === expected ? 'matches' : 'differs',
  });
}
