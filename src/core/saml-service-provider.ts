/** What we are to the identity providers of SAML connections: our metadata, and the request that a page posts. */
import { SsoError } from '#error';
import { readSamlConnection, readStartedRequest } from '#ports/db/saml-answers.ts';
import { readSamlMetadata } from '#ports/db/saml-metadata.ts';
import type { PostedForm } from '#ports/idp/browser-message.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { requestContext } from './authentication-request.ts';

/** Of connections in any status: the provider is set up before the connection is used. @throws SsoError `connection_not_found` */
export async function publishMetadata(ports: Ports, connectionId: string): Promise<string> {
  const connection = await readSamlConnection(ports.db, connectionId);
  if (!connection) throw new SsoError('connection_not_found');
  const provider = await readSamlMetadata(ports.db, connectionId);
  return ports.saml.metadata(connection, provider?.document ?? null);
}

/**
 * The form of a login that was started and not answered yet. Reading it changes nothing: a page may be loaded twice.
 * @throws SsoError `state_missing`, `state_invalid`, `state_expired`, `state_consumed`, `connection_mismatch`,
 * `connection_disabled`, `organization_disabled`, `saml_metadata`
 */
export async function findPostedRequest(
  ports: Ports,
  connectionId: string,
  state: string | undefined,
): Promise<PostedForm> {
  if (!state) throw new SsoError('state_missing');
  const started = await readStartedRequest(ports.db, { connectionId, stateDigest: await digest(state) });
  if (!started) throw new SsoError('connection_not_found');
  const { request, connection, organization, expired } = started;
  if (!request) throw new SsoError('state_invalid');
  if (request.connectionId !== connectionId) throw new SsoError('connection_mismatch');
  if (organization.status !== 'active') throw new SsoError('organization_disabled');
  if (connection.status !== 'active') throw new SsoError('connection_disabled');
  if (request.connectionVersion !== connection.version) throw new SsoError('connection_mismatch');
  if (request.consumedAt || request.answeredAt) throw new SsoError('state_consumed');
  if (expired) throw new SsoError('state_expired');
  const nonce = await ports.keys.open(request.sealedNonce, requestContext(request.id, 'nonce'));
  return ports.saml.postedRequest(connection, { nonce, state });
}
