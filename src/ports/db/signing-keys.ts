/**
 * Our signing keys: private parts sealed, one active, one published ahead of its use, retired ones kept for
 * the tokens they signed. Each change is one statement by the database's clock, and says again what it
 * expects to find, so of several replicas exactly one makes it. Rotating is in `signing-key-rotation.ts`.
 */
import { type SQL, sql } from 'drizzle-orm';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { Sealer } from '#ports/keys/keys.ts';
import type { Database } from './client.ts';
import { type Dialect, type SigningKey, signingKeys } from './schema.ts';
import { now, parameter, reviveRow, rowObject, statement } from './statement.ts';

type Algorithm = SigningKey['alg'];

export interface NewSigningKey {
  readonly id: string;
  readonly alg: Algorithm;
  readonly publicJwk: Record<string, unknown>;
  readonly sealedPrivateJwk: string;
}

/** The instant that lies a parameter's seconds back. */
export const ago = (name: string) => sql`${now} - ${parameter(name, 'float8')} * interval '1 second'`;

/** The instant of writing, after whatever the statement waited for: `now` is when it began. */
export const writtenAt = sql`(clock_timestamp() + ${sql.placeholder('offset')}::float8 * interval '1 second')`;

type NewStatus = 'active' | 'next';

/** A new key as the parameters of `insertKey`: their names begin with the status, since one statement may make two. */
export function keyParameters(status: NewStatus, key: NewSigningKey): Record<string, unknown> {
  return {
    [`${status}Id`]: key.id,
    [`${status}Alg`]: key.alg,
    [`${status}PublicJwk`]: key.publicJwk,
    [`${status}SealedPrivateJwk`]: key.sealedPrivateJwk,
  };
}

/** Inserts the new key of the parameters, once for each row of `source`. */
export function insertKey(status: NewStatus, source: SQL): SQL {
  const activatedAt = status === 'active' ? writtenAt : sql`null::timestamptz`;
  return sql`insert into signing_keys (id, alg, public_jwk, sealed_private_jwk, status, created_at, activated_at)
    select ${parameter(`${status}Id`)}, ${parameter(`${status}Alg`)}, ${parameter(`${status}PublicJwk`, 'jsonb')},
      ${parameter(`${status}SealedPrivateJwk`)}, ${sql.raw(`'${status}'`)}, ${writtenAt}, ${activatedAt} ${source}
    on conflict do nothing returning id`;
}

const READ = statement<Record<string, never>, SigningKey>(
  sql`select ${rowObject('k')} as key from signing_keys k order by array_position(array['next', 'active', 'retired'], k.status), k.created_at desc, k.id`,
  (row) => reviveRow(signingKeys, row['key']) as SigningKey,
);

/** Without an active key (an operator removed it) the next one takes over: it is the one that caches know. */
const ENSURE_ACTIVE = statement<Record<string, unknown>, unknown>(
  sql`with promoted as (
    update signing_keys set status = 'active', activated_at = ${writtenAt}
    where status = 'next' and not exists (select from signing_keys where status = 'active') returning id)
  ${insertKey('active', sql`where not exists (select from promoted) and not exists (select from signing_keys where status = 'active')`)}`,
  (row) => row['id'],
);

const PUBLISH_NEXT = statement<Record<string, unknown>, unknown>(
  sql`with dropped as (delete from signing_keys where status = 'next' and alg <> ${parameter('alg')} returning id)
  ${insertKey('next', sql`where exists (select from dropped) or not exists (select from signing_keys where status = 'next')`)}`,
  (row) => row['id'],
);

interface Removal extends Record<string, unknown> {
  readonly longestSeconds: number;
  readonly slackSeconds: number;
}

const absoluteOf = (dialect: Dialect) => sql.raw(`(session_lifetimes->'${dialect}'->>'absoluteSeconds')::float8`);

/**
 * An organization may let sessions and refresh tokens live longer than the configuration does; there is no upper limit to
 * that. And a session keeps the life that it began with, so that of those there were counts as well.
 */
const REMOVE_DEAD = statement<Removal, string>(
  sql`delete from signing_keys where status = 'retired' and coalesce(needed_until <= ${ago('slackSeconds')}, true) and retired_at <= ${ago('slackSeconds')} - interval '1 second' * greatest(
    ${parameter('longestSeconds', 'float8')},
    (select max(greatest(refresh_min_seconds, refresh_max_seconds, ${absoluteOf('applivery')}, ${absoluteOf('indee')}, ${absoluteOf('pria')}))
      from organizations)) returning id`,
  (row) => String(row['id']),
);

/** All keys, newest first. */
export async function readSigningKeys(db: Database): Promise<SigningKey[]> {
  return db.run(READ, {});
}

/**
 * Makes the active and the next key where there is none. Replicas may race: the unique indexes let one
 * of each in, and the others read what it wrote.
 */
export async function ensureSigningKeys(db: Database, sealer: Sealer, alg: Algorithm): Promise<void> {
  await db.run(ENSURE_ACTIVE, keyParameters('active', await newSigningKey(sealer, alg)));
  await publishNextKey(db, sealer, alg);
}

/** Publishes a next key when there is none of this algorithm; one of another never signed, and is replaced. */
export async function publishNextKey(db: Database, sealer: Sealer, alg: Algorithm): Promise<void> {
  await db.run(PUBLISH_NEXT, { alg, ...keyParameters('next', await newSigningKey(sealer, alg)) });
}

/** Removes the keys that were retired longer ago than any token lives, and the slack. @returns their ids */
export async function removeDeadKeys(db: Database, removal: Removal): Promise<string[]> {
  return db.run(REMOVE_DEAD, removal);
}

/** A new key pair; its id is the RFC 7638 thumbprint. */
export async function newSigningKey(sealer: Sealer, alg: Algorithm): Promise<NewSigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), alg, use: 'sig' };
  const id = await calculateJwkThumbprint(publicJwk);
  const privateJwk = JSON.stringify({ ...(await exportJWK(privateKey)), alg });
  return {
    id,
    alg,
    publicJwk: { ...publicJwk, kid: id },
    sealedPrivateJwk: await sealer.seal(privateJwk, signingKeyContext(id)),
  };
}

/** The place that a sealed private part is bound to. */
export function signingKeyContext(id: string): string {
  return `signing_keys:${id}:private_jwk`;
}
