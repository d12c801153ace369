/** The operator makes, changes and removes connections. What logins run on changes by activation alone. */
import { SsoError } from '#error';
import { changeRow, disabledNow, endingSessions } from '#ports/db/audited-change.ts';
import { UniqueViolation } from '#ports/db/client.ts';
import { readVersionedConnection, type VersionedConnection } from '#ports/db/connection-administration.ts';
import { type ConnectionVersionRows, connectionVersionRows, emptyConnection } from '#ports/db/connection-versions.ts';
import { type ConfigurationStore, changeConfiguration } from '#ports/db/declaration.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import type { RowChange } from '#ports/db/row-change.ts';
import { type Connection, connections } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import {
  type ConnectionChange,
  columnsOf,
  declaredChange,
  draftVersion,
  keepDraftMetadata,
} from './connection-change.ts';
import type { DeclaredConnection } from './declaration-connection.ts';
import type { Precondition } from './precondition.ts';

/** As many as a login's choice is made among. */
const MOST_CONNECTIONS = 100;
const LOOKS_LIKE_ID = /^[0-9a-f]{24}$/;

export interface ConnectionCall {
  readonly origin: AdminOrigin;
  readonly precondition: Precondition<VersionedConnection>;
}

export type NewConnection = Omit<DeclaredConnection, 'status' | 'redirectUris'> &
  Partial<Pick<DeclaredConnection, 'redirectUris'>>;

/** A draft, complete or not, with its first version. @throws SsoError `not_found` (no such organization), `conflict` (the slug is taken), `input_invalid` */
export async function createConnection(
  ports: Ports,
  organizationId: string,
  named: NewConnection,
  origin: AdminOrigin,
): Promise<VersionedConnection> {
  const wanted = { redirectUris: [], ...named };
  const slug = wanted.slug ?? wanted.type;
  if (LOOKS_LIKE_ID.test(slug))
    refuse('input_invalid', '/slug', 'Looks like an id (24 hex digits): choose another slug');
  const id = createId(ports.clock.now());
  await changeConfiguration(ports.db, async (store) => {
    const count = await store.countConnections(organizationId);
    if (count === undefined) throw new SsoError('not_found');
    if (count >= MOST_CONNECTIONS)
      refuse('conflict', '', `An organization has at most ${MOST_CONNECTIONS} connections`);
    if (await store.findConnection(organizationId, slug))
      refuse('conflict', '/slug', 'Another connection of the organization has this slug: name another one');
    const columns = await columnsOf({ ports }, id, wanted, undefined);
    const row = { ...columns, id, organizationId, slug, status: 'draft' as const };
    const change = await namedOnce(store.connection(undefined, row));
    const kept = await locked(store, id);
    const scope = { ports, store, organizationId };
    const metadata = await keepDraftMetadata(scope, wanted, { before: undefined, kept });
    await store.settleVersion(id, authorOf(ports, origin));
    await note({ ports, store, connection: kept, origin }, 'created', together(change, metadata));
  });
  return requireVersioned(ports, id);
}

/**
 * Of a connection that is a draft, the change holds from now on. Of any other it makes a version that waits for its
 * activation. `status` takes effect at once, on the sessions too.
 * @throws SsoError `not_found`, `precondition_failed`, `input_invalid`, `conflict` (a status that this connection can't have)
 */
export async function changeConnection(
  ports: Ports,
  id: string,
  { status, ...change }: ConnectionChange & { readonly status?: 'active' | 'disabled' | undefined },
  { origin, precondition }: ConnectionCall,
): Promise<VersionedConnection> {
  if (status !== undefined) requireStatus((await requireVersioned(ports, id)).connection);
  const changesContent = Object.values(change).some((value) => value !== undefined);
  if (changesContent) {
    await changeConfiguration(ports.db, async (store) => {
      const current = await lockedVersion(store, id);
      await precondition(current);
      await changeContent({ ports, store, connection: current.connection, origin }, current, change);
    });
  }
  // by itself: taking a connection out of use waits for no change of any other
  if (status !== undefined) {
    const asked = changesContent ? async () => {} : precondition;
    await changeStatus(ports, id, status, { origin, precondition: asked });
  }
  return requireVersioned(ports, id);
}

async function changeStatus(
  ports: Ports,
  id: string,
  status: 'active' | 'disabled',
  { origin, precondition }: ConnectionCall,
): Promise<void> {
  const { db, clock } = ports;
  await changeRow(db, connections, {
    id,
    async change(_row, query) {
      const current = await lockedVersion(connectionVersionRows(query, db.now()), id);
      await precondition(current);
      requireStatus(current.connection);
      return { status };
    },
    atUpdate: (changed, now) => ({
      updatedAt: now,
      ...endingSessions(changed, 'status', now),
      ...(status === 'disabled' ? { disabledAt: disabledNow(now) } : {}),
    }),
    audit: ({ before, after }, stood) => ({
      ...eventOf(origin, id, stood?.organizationId),
      id: createId(clock.now()),
      action: 'connection.updated',
      details: { name: stood?.slug, before, after },
    }),
  });
}

/** @throws SsoError `conflict` */
function requireStatus({ status }: Connection): void {
  if (status !== 'draft') return;
  const fix = 'activate it with POST /admin/v1/connections/{id}/activate, or delete it';
  refuse('conflict', '/status', `The connection was never in use: ${fix}`);
}

/** @throws SsoError `not_found`, `precondition_failed`, `conflict` while it is in use */
export async function removeConnection(
  ports: Ports,
  id: string,
  { origin, precondition }: ConnectionCall,
): Promise<void> {
  const removable = async (rows: ConnectionVersionRows): Promise<Connection> => {
    const found = await lockedVersion(rows, id);
    await precondition(found);
    if (found.connection.status === 'active')
      refuse('conflict', '/status', 'The connection is in use: disable it first, with PATCH {"status":"disabled"}');
    return found.connection;
  };
  await emptyConnection(ports.db, id, async (rows) => void (await removable(rows)));
  await changeConfiguration(ports.db, async (store) => {
    const connection = await removable(store);
    await store.removeConnection(id);
    const { slug, type, status } = connection;
    await note({ ports, store, connection, origin }, 'deleted', { before: { slug, type, status }, after: {} });
  });
}

interface Scope {
  readonly ports: Ports;
  readonly store: ConfigurationStore;
  /** As it was. */
  readonly connection: Connection;
  readonly origin: AdminOrigin;
}

async function changeContent(scope: Scope, found: VersionedConnection, change: ConnectionChange): Promise<void> {
  const { ports, store, connection, origin } = scope;
  const { id, organizationId, slug } = connection;
  if (connection.status === 'draft') {
    const declared = declaredChange(connection, change);
    const columns = await columnsOf(scope, id, declared, connection);
    const changed = await store.connection(connection, { ...columns, id, organizationId, slug });
    const kept = await locked(store, id);
    const metadata = await keepDraftMetadata({ ...scope, organizationId }, declared, { before: connection, kept });
    if (changed.change === 'unchanged' && !metadata) return;
    if (changed.change === 'unchanged') await store.countVersionUp(id);
    await store.settleVersion(id, authorOf(ports, origin));
    await note(scope, 'updated', together(changed, metadata));
    return;
  }
  const drafted = await draftVersion({ ...scope, organizationId }, found, change);
  if (!drafted) return;
  await store.settleVersion(id, authorOf(ports, origin));
  const draft = await store.addDraft({ ...authorOf(ports, origin), ...drafted.row, connectionId: id });
  await note(scope, 'drafted', { ...drafted.difference, version: draft.version });
}

/** @param action of `connection.…` */
export async function note(
  { ports, store, connection, origin }: Scope,
  action: string,
  { before, after, ...details }: Partial<Pick<RowChange, 'before' | 'after'>> & Readonly<Record<string, unknown>>,
): Promise<void> {
  await store.audit({
    ...eventOf(origin, connection.id, connection.organizationId),
    id: createId(ports.clock.now()),
    action: `connection.${action}`,
    details: { name: connection.slug, ...details, ...(before && after ? { before, after } : {}) },
  });
}

function eventOf(origin: AdminOrigin, targetId: string, organizationId: string | undefined) {
  return { ...origin, organizationId, actorType: 'operator' as const, targetType: 'connection', targetId };
}

export function authorOf(ports: Ports, { actorId }: AdminOrigin) {
  return { id: createId(ports.clock.now()), source: 'api', createdBy: actorId } as const;
}

/** @throws SsoError `not_found` */
export async function lockedVersion(rows: ConnectionVersionRows, id: string): Promise<VersionedConnection> {
  const connection = await locked(rows, id);
  return { connection, waiting: await rows.findVersion(id, 'waiting') };
}

async function locked(rows: ConnectionVersionRows, id: string): Promise<Connection> {
  const connection = await rows.lockConnection(id);
  if (!connection) throw new SsoError('not_found');
  return connection;
}

/** @throws SsoError `not_found` */
export async function requireVersioned(ports: Pick<Ports, 'db'>, id: string): Promise<VersionedConnection> {
  const found = await readVersionedConnection(ports.db, id);
  if (!found) throw new SsoError('not_found');
  return found;
}

/** @param detail what to do about it */
export function refuse(code: 'conflict' | 'input_invalid', pointer: string, detail: string): never {
  throw new SsoError(code, { detail, members: [{ pointer, detail }] });
}

async function namedOnce<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    return refuse('conflict', '/slug', 'Another connection of the organization has this slug: name another one');
  }
}

function together(row: RowChange, metadata: Pick<RowChange, 'before' | 'after'> | undefined) {
  return { before: { ...row.before, ...metadata?.before }, after: { ...row.after, ...metadata?.after } };
}
