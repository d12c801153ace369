/** The checks of a version, as they are answered with a draft and asked before its activation. */
import { asSsoError, SsoError } from '#error';
import {
  keepVersionMetadata,
  listConnectionVersions,
  readConnectionVersion,
  type VersionedConnection,
} from '#ports/db/connection-administration.ts';
import type { ConnectionVersion } from '#ports/db/connection-schema.ts';
import { connectionAt } from '#ports/db/connection-versions.ts';
import { readSamlMetadata } from '#ports/db/saml-metadata.ts';
import type { Connection } from '#ports/db/schema.ts';
import { hasSameSource } from '#ports/idp/saml/metadata-decision.ts';
import { isOver } from '#ports/idp/saml/metadata-policy.ts';
import type { Ports } from '#ports/ports.ts';
import { requireVersioned } from './connection-administration.ts';
import { checkConnection } from './connection-checks.ts';
import type { ConnectionProblem } from './connection-problems.ts';

/** The connection as it is in one of its versions. */
export interface ConnectionView {
  /** Its own row: what logins run on. */
  readonly own: Connection;
  /** As its version has it; where that is the connection's own row, that row. */
  readonly connection: Connection;
  /** Undefined where the row is older than its versions. */
  readonly version: ConnectionVersion | undefined;
}

/**
 * @param number undefined for the newest: the one that waits, or the one in use
 * @throws SsoError `not_found` (no such connection), `conflict` (no such version)
 */
export async function viewConnection(ports: Ports, id: string, number?: number): Promise<ConnectionView> {
  const { connection, waiting } = await requireVersioned(ports, id);
  const version = number === undefined ? (waiting ?? undefined) : await readConnectionVersion(ports.db, id, number);
  if (number !== undefined && number !== connection.version && !version) throw await noSuchVersion(ports, id);
  return { own: connection, connection: version ? viewOf(connection, version) : connection, version };
}

/** How many are told. */
const MOST_TOLD = 20;

/** What a version that there is not is refused with, wherever one is named by its number. */
export async function noSuchVersion({ db }: Pick<Ports, 'db'>, id: string): Promise<SsoError> {
  const kept = await listConnectionVersions(db, { connectionId: id, limit: MOST_TOLD + 1, before: undefined });
  const numbers = kept.slice(0, MOST_TOLD).map(({ version }) => version);
  const there = `${numbers.join(', ')}${kept.length > MOST_TOLD ? ' and older ones' : ''}`;
  const detail = `The connection has no such version, or keeps it no more. There are: ${there} (GET /connections/{id}/versions)`;
  return new SsoError('conflict', { detail, members: [{ pointer: '/version', detail }] });
}

/** The version of the row itself is the row: what it has by now of its provider's metadata counts. */
function viewOf(connection: Connection, version: ConnectionVersion): Connection {
  return version.version === connection.version ? connection : connectionAt(connection, version);
}

/**
 * What the checks find of the version that is shown of a connection that was just changed; undefined where they can't be made
 * at this moment, for the change is kept whatever becomes of them.
 */
export async function reviewConnection(
  ports: Ports,
  { connection, waiting }: VersionedConnection,
): Promise<readonly ConnectionProblem[] | undefined> {
  try {
    const { problems } = await checkConnection(ports, waiting ? viewOf(connection, waiting) : connection);
    return problems;
  } catch (error) {
    ports.log.warn({ connectionId: connection.id, error: asSsoError(error) }, 'a changed connection was not checked');
    return undefined;
  }
}

/**
 * A version that waits has the copy that is in use, where its source is the same; of one of its own the metadata are
 * read when they are first needed, and kept.
 * @throws SsoError `saml_*`, `idp_*`
 */
export async function withMetadata(ports: Ports, { own, connection, version }: ConnectionView): Promise<Connection> {
  if (connection.versionMetadata !== undefined && hasSameSource(own, connection)) {
    const document = (await readSamlMetadata(ports.db, own.id))?.document;
    const { versionMetadata: _kept, ...rest } = connection;
    if (document && !isOver(document.validUntil, ports.clock.now())) return rest;
  }
  const isWanted = connection.versionMetadata === null && Boolean(connection.saml?.metadataUrl);
  if (!version || !isWanted) return connection;
  const document = await ports.samlMetadata.examine(connection);
  await keepVersionMetadata(ports.db, version.id, document);
  return { ...connection, versionMetadata: document };
}
