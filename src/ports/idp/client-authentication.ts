/** How we prove to the token endpoint who we are (RFC 6749 §2.3, OpenID Connect Core §9). */

import { importJWK, type JWK } from 'jose';
import { SsoError } from '#error';
import type { ClientAuthentication, Connection } from '#ports/db/schema.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import { isJsonObject, member } from './json-answer.ts';

/** Opened credentials; they live as long as one code exchange. */
export type ClientCredentials =
  | { readonly method: 'client_secret_basic' | 'client_secret_post'; readonly secret: string }
  | { readonly method: 'private_key_jwt'; readonly key: CryptoKey; readonly kid: string | undefined }
  | { readonly method: 'none' };

/** In order of preference; a connection without a method of its own gets the first that both sides can do. */
const PREFERENCE = ['private_key_jwt', 'client_secret_basic', 'client_secret_post', 'none'] as const;

/**
 * The connection's method, or the best one the provider announces and the connection has the means for.
 *
 * @param announced `token_endpoint_auth_methods_supported`; absent means `client_secret_basic`, and with a
 * connection that has no secret at all it means a public client
 * @throws SsoError `connection_misconfigured` when none fits, at the start of a login rather than at its end
 */
export function chooseClientAuthentication(
  connection: Connection,
  announced: readonly string[] | undefined,
): ClientAuthentication {
  const has = {
    private_key_jwt: connection.sealedClientKey !== null,
    client_secret_basic: connection.sealedClientSecret !== null,
    client_secret_post: connection.sealedClientSecret !== null,
    none: connection.sealedClientSecret === null && connection.sealedClientKey === null,
  };
  const chosen = connection.clientAuthentication;
  if (chosen !== null) {
    if (chosen === 'none' || has[chosen]) return chosen;
    throw misconfigured(`there is no secret or key for ${chosen}`);
  }
  const offered = announced ?? ['client_secret_basic', 'none'];
  const method = PREFERENCE.find((candidate) => has[candidate] && offered.includes(candidate));
  // a provider that announces public clients alone does not refuse a secret that the operator was given
  const announcesNothing = offered.every((each) => each === 'none');
  if (!method && announcesNothing && has.client_secret_basic) return 'client_secret_basic';
  if (!method) throw misconfigured('the provider takes no client authentication that the connection has the means for');
  return method;
}

/** Opens what `method` needs. @throws SsoError `connection_misconfigured` when it does not open or is no key */
export async function openClientCredentials(
  connection: Connection,
  method: ClientAuthentication,
  sealer: Sealer,
): Promise<ClientCredentials> {
  if (method === 'none') return { method };
  if (method === 'private_key_jwt') {
    const text = await open(sealer, connection.sealedClientKey, `connections:${connection.id}:client_key`);
    return { method, ...(await importPrivateKey(text)) };
  }
  const secret = await open(sealer, connection.sealedClientSecret, `connections:${connection.id}:client_secret`);
  return { method, secret };
}

async function open(sealer: Sealer, sealed: string | null, context: string): Promise<string> {
  if (sealed === null) throw misconfigured('the client secret or key is missing');
  try {
    return await sealer.open(sealed, context);
  } catch (cause) {
    throw new SsoError('connection_misconfigured', { detail: 'the client secret or key does not open', cause });
  }
}

/** Whether it could sign for `private_key_jwt`. */
export async function isPrivateJwk(jwk: Readonly<Record<string, unknown>>): Promise<boolean> {
  return importPrivateKey(JSON.stringify(jwk)).then(
    () => true,
    () => false,
  );
}

async function importPrivateKey(text: string): Promise<{ key: CryptoKey; kid: string | undefined }> {
  try {
    const jwk: unknown = JSON.parse(text);
    if (!isJsonObject(jwk) || typeof jwk.d !== 'string') throw new Error('not a private JWK');
    const key = await importJWK(jwk as JWK, algorithmOf(jwk));
    if (key instanceof Uint8Array) throw new Error('not an asymmetric key');
    return { key, kid: typeof jwk.kid === 'string' ? jwk.kid : undefined };
  } catch {
    // without `cause`: a parser's message may quote what it could not parse, which is the key
    throw misconfigured('the client key is not a private JWK');
  }
}

function algorithmOf(jwk: Readonly<Record<string, unknown>>): string {
  const alg = member(jwk, 'alg');
  if (typeof alg === 'string') return alg;
  const byCurve: Record<string, string> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512', Ed25519: 'EdDSA' };
  return typeof jwk.crv === 'string' ? (byCurve[jwk.crv] ?? 'ES256') : 'RS256';
}

function misconfigured(detail: string): SsoError {
  return new SsoError('connection_misconfigured', { detail });
}
