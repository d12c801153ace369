/** Which version of a connection logins run on: the operator activates one, or goes back to the one before. */
import { SsoError } from '#error';
import { readConnectionVersion, type VersionedConnection } from '#ports/db/connection-administration.ts';
import type { ConnectionVersion } from '#ports/db/connection-schema.ts';
import { configurationOf } from '#ports/db/connection-versions.ts';
import { type ConfigurationStore, changeConfiguration } from '#ports/db/declaration.ts';
import { difference } from '#ports/db/row-change.ts';
import type { Connection } from '#ports/db/schema.ts';
import { hasSameSource } from '#ports/idp/saml/metadata-decision.ts';
import type { Ports } from '#ports/ports.ts';
import {
  authorOf,
  type ConnectionCall,
  lockedVersion,
  note,
  refuse,
  requireVersioned,
} from './connection-administration.ts';
import { checkConnection } from './connection-checks.ts';
import { noSuchVersion, viewConnection } from './connection-review.ts';

export interface Activation {
  /** The one that waits, if none is named. */
  readonly version?: number | undefined;
  /** Although no test login over it has passed. */
  readonly force?: boolean | undefined;
}

/**
 * New logins run on the version from now on; those under way finish on theirs. A connection that is disabled stays so.
 * @throws SsoError `not_found` (no such connection or version), `precondition_failed`, `conflict` (nothing waits, or no such version), `version_not_tested`
 */
export async function activateVersion(
  ports: Ports,
  id: string,
  { version, force = false }: Activation,
  { origin, precondition }: ConnectionCall,
): Promise<VersionedConnection> {
  const checked = force ? undefined : await requireUsable(ports, id, version);
  await changeConfiguration(ports.db, async (store) => {
    const found = await lockedVersion(store, id);
    await precondition(found);
    const wanted = version === undefined ? found.waiting : await store.findVersion(id, version);
    if (!wanted && version !== undefined) throw await noSuchVersion(ports, id);
    if (!wanted)
      refuse('conflict', '/version', 'Nothing waits to be activated: change the connection first, or name a version');
    if (wanted.state === 'active') return;
    if (!force && wanted.version !== checked)
      refuse('conflict', '/version', 'Another version waits since it was checked: read the connection, and name it');
    const isTested = wanted.testedAt !== null;
    if (!isTested && !force) throw new SsoError('version_not_tested');
    await take({ ports, store, call: { origin } }, found.connection, wanted);
    const { before, after } = changeBetween(found.connection, wanted);
    const details = { version: wanted.version, from: versionOf(found.connection), tested: isTested, forced: force };
    await note({ ports, store, connection: found.connection, origin }, 'activated', { ...details, before, after });
  });
  return requireVersioned(ports, id);
}

/**
 * Asked before any lock is held, since it asks the provider.
 * @returns the version that was found usable; undefined where there is none to ask about, which is for the change itself to say
 * @throws SsoError `version_not_tested`, `version_has_errors`
 */
async function requireUsable(ports: Ports, id: string, number: number | undefined): Promise<number | undefined> {
  const { waiting } = await requireVersioned(ports, id);
  const wanted = number === undefined ? waiting : await readConnectionVersion(ports.db, id, number);
  if (!wanted || wanted.state === 'active') return undefined;
  if (wanted.testedAt === null) throw new SsoError('version_not_tested');
  const { connection } = await viewConnection(ports, id, wanted.version);
  const errors = (await checkConnection(ports, connection)).problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return wanted.version;
  const members = errors.map(({ pointer, code, found, fix }) => ({
    pointer,
    detail: `${code}: ${found}; what helps: ${fix}`,
  }));
  throw new SsoError('version_has_errors', { members });
}

/**
 * A version that was in use before is in use again.
 * @param version if none is named, the one before the present one: called twice, that changes nothing in the end
 * @throws SsoError `not_found`, `precondition_failed`, `conflict` (there is none before, or this one never was in use)
 */
export async function rollBack(
  ports: Ports,
  id: string,
  { version }: Pick<Activation, 'version'>,
  { origin, precondition }: ConnectionCall,
): Promise<VersionedConnection> {
  await changeConfiguration(ports.db, async (store) => {
    const found = await lockedVersion(store, id);
    await precondition(found);
    const wanted = await versionBefore({ ports, store }, found.connection, version);
    // whoever names a version may say so twice
    if (wanted.version === versionOf(found.connection)) return;
    await take({ ports, store, call: { origin } }, found.connection, wanted);
    const { before, after } = changeBetween(found.connection, wanted);
    const details = { version: wanted.version, from: versionOf(found.connection) };
    await note({ ports, store, connection: found.connection, origin }, 'rolled_back', { ...details, before, after });
  });
  return requireVersioned(ports, id);
}

/** @throws SsoError `conflict` */
async function versionBefore(
  { ports, store }: Pick<Scope, 'ports' | 'store'>,
  { id, status }: Connection,
  version: number | undefined,
): Promise<ConnectionVersion> {
  if (version === undefined) {
    const previous = status === 'draft' ? undefined : await store.findVersion(id, 'previous');
    return (
      previous ??
      refuse('conflict', '', 'No other version of the connection was in use before: there is nothing to go back to')
    );
  }
  const wanted = await store.findVersion(id, version);
  if (!wanted) throw await noSuchVersion(ports, id);
  if (wanted.activatedAt) return wanted;
  const fix = 'put it in use with POST /admin/v1/connections/{id}/activate';
  return refuse('conflict', '/version', `This version was never in use: ${fix}`);
}

interface Scope {
  readonly ports: Ports;
  readonly store: ConfigurationStore;
  readonly call: Pick<ConnectionCall, 'origin'>;
}

const versionOf = ({ status, version }: Connection) => (status === 'draft' ? null : version);

function changeBetween(
  connection: Connection,
  { configuration, sealedClientSecret, sealedClientKey }: ConnectionVersion,
) {
  const now = {
    ...configurationOf(connection),
    sealedClientSecret: connection.sealedClientSecret,
    sealedClientKey: connection.sealedClientKey,
  };
  return difference(now, { ...configuration, sealedClientSecret, sealedClientKey });
}

async function take({ ports, store, call }: Scope, before: Connection, wanted: ConnectionVersion): Promise<void> {
  const author = authorOf(ports, call.origin);
  // what is in use now may be wanted again, with the metadata that it has by now
  await store.settleVersion(before.id, author);
  await store.takeVersion(before, wanted);
  await takeMetadata(ports, store, before, wanted);
  await store.settleVersion(before.id, author);
}

/** The version's copy of the metadata, unless the one in use comes from the same source: then that is the newer one. */
async function takeMetadata(
  ports: Ports,
  store: ConfigurationStore,
  before: Connection,
  { configuration, metadataDocument }: ConnectionVersion,
): Promise<void> {
  const { saml } = configuration;
  if (!saml) return before.saml ? store.removeSamlMetadata(before.id) : undefined;
  if (hasSameSource(before, configuration)) return;
  const now = ports.clock.now();
  await store.keepSamlMetadata(before.id, {
    document: metadataDocument,
    pending: null,
    checkedAt: null,
    readAt: null,
    nextCheckAt: saml.metadataUrl === null ? null : now,
    failures: 0,
    failure: null,
    expiryReportedAt: null,
  });
}
