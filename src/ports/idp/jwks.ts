/**
 * A connection's view of its provider's keys. The cache is the connection's own: two connections to one
 * provider never see each other's keys, so no key can travel from a hostile connection to an honest one.
 */
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import { badResponse, readJsonObject } from './json-answer.ts';
import { getDocument } from './provider-calls.ts';
import { type Asker, RemoteDocuments } from './remote-documents.ts';
import { matchingKeys, readSigningKeys, type SigningKey } from './signing-keys.ts';

const MEDIA_TYPES = ['application/json', 'application/jwk-set+json'];

/**
 * The keys that may have signed a token with this `alg` and `kid`, after one more look at the provider when the
 * cached set has none.
 *
 * @throws SsoError `jwks_timeout`, `jwks_unavailable`, `url_not_allowed`, `idp_busy`
 */
export type KeySource = (alg: string, kid: string | undefined) => Promise<readonly SigningKey[]>;

/** @param asker whether a login brings the token, or anybody */
export type JwksCache = (connection: Connection, jwksUri: string, asker: Asker) => KeySource;

export function createJwksCache(
  outbound: Outbound,
  clock: Clock,
  onStale: (connectionId: string) => void = () => {},
): JwksCache {
  const documents = new RemoteDocuments<readonly SigningKey[]>(clock, (key) => onStale(key.slice(0, key.indexOf(' '))));
  return (connection, jwksUri, asker) => async (alg, kid) => {
    const key = `${connection.id} ${connection.version} ${jwksUri}`;
    const read = () => readKeys(outbound, connection, jwksUri);
    const known = matchingKeys(await documents.get(key, read), alg, kid);
    if (known.length > 0) return known;
    const newer = await documents.reload(key, read, asker);
    return newer ? matchingKeys(newer, alg, kid) : known;
  };
}

async function readKeys(outbound: Outbound, connection: Connection, jwksUri: string): Promise<readonly SigningKey[]> {
  try {
    const answer = await getDocument(outbound, connection, jwksUri);
    if (answer.status !== 200) throw badResponse(`JWKS: ${answer.status}`);
    return readSigningKeys(readJsonObject(answer, MEDIA_TYPES));
  } catch (error) {
    if (!(error instanceof SsoError) || error.code === 'url_not_allowed' || error.code === 'idp_busy') throw error;
    const detail =
      error.code === 'idp_bad_response' ? error.detail : [error.code, error.detail ?? []].flat().join(': ');
    const { retryAfterSeconds } = error;
    throw new SsoError(error.code === 'idp_timeout' ? 'jwks_timeout' : 'jwks_unavailable', {
      detail,
      retryAfterSeconds,
      cause: error,
    });
  }
}
