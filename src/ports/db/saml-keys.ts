/**
 * The key pairs of SAML connections: one active, one published ahead of its use, one that only opens what is still
 * encrypted to it. Each change is one statement, and says again what it expects to find, so of several replicas
 * exactly one makes it.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Origin } from './logins.ts';
import { type SamlKey, samlKeys } from './saml-schema.ts';
import { now, parameter, reviveRow, rowObject, statement } from './statement.ts';

interface OfConnection extends Record<string, unknown> {
  readonly connectionId: string;
}

export interface NewSamlKey extends OfConnection {
  readonly id: string;
  readonly certificate: string;
  readonly sealedPrivateKey: string;
}

/** Who rotates, and from where; for the audit event. */
export interface SamlKeyRotator extends Origin, Record<string, unknown> {
  /** The next key as the caller saw it: another one has not been published for as long. */
  readonly successorId: string;
  readonly auditId: string;
  readonly actorType: 'operator' | 'system';
  readonly actorId: string | null;
}

const ofConnection = sql`connection_id = ${parameter('connectionId')}`;
const withStatus = (status: SamlKey['status']) => sql`${ofConnection} and status = ${sql.raw(`'${status}'`)}`;

/** Inserts the new key of the parameters, once for each row of `source`. */
function insertKey(status: 'active' | 'next', source: SQL): SQL {
  return sql`insert into saml_keys (id, connection_id, status, certificate, sealed_private_key, created_at)
    select ${parameter('id')}, ${parameter('connectionId')}, ${sql.raw(`'${status}'`)}, ${parameter('certificate')},
      ${parameter('sealedPrivateKey')}, ${now} ${source}
    on conflict (connection_id, status) do nothing returning id`;
}

const READ = statement<OfConnection, SamlKey>(
  sql`select ${rowObject('k')} as key from saml_keys k where ${ofConnection} order by k.created_at desc, k.id desc`,
  (row) => reviveRow(samlKeys, row['key']) as SamlKey,
);

/** A connection that is gone by now gets none. */
const INSERT_NEXT = statement<NewSamlKey, string>(
  insertKey('next', sql`from connections where id = ${parameter('connectionId')}`),
  (row) => String(row['id']),
);

const INSERT_ACTIVE = statement<NewSamlKey, string>(
  insertKey('active', sql`from connections where id = ${parameter('connectionId')}`),
  (row) => String(row['id']),
);

/** Without an active key (an operator removed it) the next one takes over: it is the one that the provider knows. */
const PROMOTE_NEXT = statement<OfConnection, string>(
  sql`update saml_keys set status = 'active' where ${withStatus('next')}
    and not exists (select from saml_keys where ${withStatus('active')}) returning id`,
  (row) => String(row['id']),
);

/**
 * Locks the successor before anything else: who waits for that lock finds it promoted, and does nothing. Each step
 * reads the one before it, so the unique index meets them in this order.
 */
const ROTATE = statement<NewSamlKey & SamlKeyRotator, SamlKeyRotation>(
  sql`with successor as (select id from saml_keys where ${withStatus('next')} and id = ${parameter('successorId')} for update),
  removed as (delete from saml_keys where ${withStatus('previous')} and exists (select from successor) returning id),
  retired as (
    update saml_keys set status = 'previous', retired_at = ${now}
    where ${withStatus('active')} and exists (select from successor) and (select count(*) from removed) >= 0 returning id),
  promoted as (
    update saml_keys set status = 'active'
    where id in (select id from successor) and exists (select from retired) returning id),
  published as (${insertKey('next', sql`from promoted`)}),
  audited as (
    insert into audit_events (id, organization_id, action, actor_type, actor_id, target_type, target_id, details,
      address, user_agent, request_id, created_at)
    select ${parameter('auditId')}, c.organization_id, 'connection.keys_rotated', ${parameter('actorType')}, ${parameter('actorId')},
      'connection', c.id, jsonb_build_object('retired', retired.id, 'active', promoted.id, 'next', published.id),
      ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now}
    from retired, promoted, published, connections c where c.id = ${parameter('connectionId')})
  select retired.id as retired, promoted.id as active, published.id as next from retired, promoted, published`,
  (row) => ({ retired: String(row['retired']), active: String(row['active']), next: String(row['next']) }),
);

/** Ids of keys: the one that was active, its successor, and the one published after it. */
export interface SamlKeyRotation {
  readonly retired: string;
  readonly active: string;
  readonly next: string;
}

const DROP_PREVIOUS = statement<{ keptSeconds: number }, string>(
  sql`delete from saml_keys where status = 'previous'
    and retired_at <= ${now} - ${parameter('keptSeconds', 'float8')} * interval '1 second' returning id`,
  (row) => String(row['id']),
);

/** At most one of each status, newest first. */
export async function readSamlKeys(db: Database, connectionId: string): Promise<SamlKey[]> {
  return db.run(READ, { connectionId });
}

/** Nothing happens where there is one of that status already. */
export async function insertSamlKey(db: Database, status: 'active' | 'next', key: NewSamlKey): Promise<void> {
  await db.run(status === 'active' ? INSERT_ACTIVE : INSERT_NEXT, key);
}

/** Makes the next key the active one where there is no active one. */
export async function promoteSamlKey(db: Database, connectionId: string): Promise<void> {
  await db.run(PROMOTE_NEXT, { connectionId });
}

/**
 * Removes the previous key, retires the active one, promotes the next and publishes the new: all of it or nothing.
 *
 * @returns `undefined` when there is no active key, or the next one is not the successor any more
 */
export async function rotateSamlKeys(
  db: Database,
  key: NewSamlKey,
  by: SamlKeyRotator,
): Promise<SamlKeyRotation | undefined> {
  const [rotation] = await db.run(ROTATE, { ...key, ...by });
  return rotation;
}

/** Removes the previous keys that were retired longer ago than `keptSeconds`. @returns their ids */
export async function dropPreviousSamlKeys(db: Database, keptSeconds: number): Promise<string[]> {
  return db.run(DROP_PREVIOUS, { keptSeconds });
}
