/** The operator has the metadata of a SAML connection read at once, as after a provider's change of keys. */
import { asSsoError, SsoError } from '#error';
import { keepVersionMetadata } from '#ports/db/connection-administration.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { readConnectionMetadata, type SamlConnection } from '#ports/db/saml-metadata.ts';
import { hasSameSource } from '#ports/idp/saml/metadata-decision.ts';
import { metadataRefusal } from '#ports/idp/saml/metadata-store.ts';
import type { Ports } from '#ports/ports.ts';
import { refuse } from './connection-administration.ts';
import { type ConnectionView, viewConnection } from './connection-review.ts';
import { metadataProblem } from './connection-saml-checks.ts';

/**
 * What is found is decided on as by housekeeping: new keys wait for approval unless they are signed by the pinned one.
 * A version that waits with another source than the one in use gets what stands there now, since nobody signs in by it.
 * @throws SsoError `not_found`; `conflict` without a source; what was wrong with the source, with its fix in `members`
 */
export async function refreshMetadataNow(ports: Ports, id: string, origin: AdminOrigin): Promise<SamlConnection> {
  const found = await requireSaml(ports, id);
  const view = await viewConnection(ports, id);
  const isOwnRead = Boolean(found.connection.saml?.metadataUrl);
  const isVersionRead = hasOwnSource(view);
  if (!isOwnRead && !isVersionRead)
    refuse('conflict', '/saml/metadataUrl', 'There is no address to read: give the new metadata as saml.metadataXml');
  if (isOwnRead) {
    const check = await ports.samlMetadata.check(found, origin);
    if ('error' in check) throw refused(check.error);
  }
  if (isVersionRead) await readVersion(ports, view);
  return requireSaml(ports, id);
}

async function requireSaml({ db }: Ports, id: string): Promise<SamlConnection> {
  const found = await readConnectionMetadata(db, id);
  if (!found) throw new SsoError('not_found');
  return found;
}

function hasOwnSource({ own, connection }: ConnectionView): boolean {
  const isAnother = connection.versionMetadata !== undefined && !hasSameSource(own, connection);
  return isAnother && Boolean(connection.saml?.metadataUrl);
}

async function readVersion(ports: Ports, { connection, version }: ConnectionView): Promise<void> {
  if (!version) return;
  const document = await ports.samlMetadata.examine(connection).catch((error: unknown) => {
    throw refused(asSsoError(error));
  });
  await keepVersionMetadata(ports.db, version.id, document, true);
}

function refused(error: SsoError): SsoError {
  const { pointer, found, fix } = metadataProblem(error, '/saml/metadataUrl');
  const { code, detail, retryAfterSeconds } = metadataRefusal(error);
  return new SsoError(code, {
    detail,
    retryAfterSeconds,
    members: [{ pointer, detail: `${found}; what helps: ${fix}` }],
  });
}
