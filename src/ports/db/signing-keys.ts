/**
 * Our signing keys: private parts sealed, one active, one published ahead of its use, retired ones kept for
 * the tokens they signed. Each change is one statement by the database's clock, and says again what it
 * expects to find, so of several replicas exactly one makes it.
 */
import { type SQL, sql } from 'drizzle-orm';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { Sealer } from '#ports/keys/keys.ts';
import type { Database } from './client.ts';
import { type SigningKey, signingKeys } from './schema.ts';
import { now, parameter, reviveRow, rowObject, statement } from './statement.ts';

type Algorithm = SigningKey['alg'];

export interface RotationRule extends Record<string, unknown> {
  /** The configured algorithm; an active key of another is due at once. */
  readonly alg: Algorithm;
  /** An active key is due at this age. */
  readonly rotationSeconds: number;
  /** A key must have been published for this long before it signs. */
  readonly leadSeconds: number;
}

interface NewSigningKey extends Record<string, unknown> {
  readonly id: string;
  readonly alg: Algorithm;
  readonly publicJwk: Record<string, unknown>;
  readonly sealedPrivateJwk: string;
}

const ago = (name: string) => sql`${now} - ${parameter(name, 'float8')} * interval '1 second'`;

/** The active key when it has had its time, or is of an algorithm that is no longer wanted. */
const isDue = sql`status = 'active' and (alg <> ${parameter('alg')} or activated_at <= ${ago('rotationSeconds')})`;
/** The next key when every cache of our key set holds it by now. */
const isReady = sql`status = 'next' and alg = ${parameter('alg')} and created_at <= ${ago('leadSeconds')}`;

/** Inserts the new key of the parameters, once for each row of `source`. */
function insertKey(status: 'active' | 'next', source: SQL): SQL {
  const activatedAt = status === 'active' ? now : sql`null::timestamptz`;
  return sql`insert into signing_keys (id, alg, public_jwk, sealed_private_jwk, status, created_at, activated_at)
    select ${parameter('id')}, ${parameter('alg')}, ${parameter('publicJwk', 'jsonb')}, ${parameter('sealedPrivateJwk')},
      ${sql.raw(`'${status}'`)}, ${now}, ${activatedAt} ${source}
    on conflict do nothing returning id`;
}

const READ = statement<Record<string, never>, SigningKey>(
  sql`select ${rowObject('k')} as key from signing_keys k order by k.created_at desc, k.id`,
  (row) => reviveRow(signingKeys, row['key']) as SigningKey,
);

/** Without an active key (an operator removed it) the next one takes over: it is the one that caches know. */
const ENSURE_ACTIVE = statement<NewSigningKey, unknown>(
  sql`with promoted as (
    update signing_keys set status = 'active', activated_at = ${now}
    where status = 'next' and not exists (select from signing_keys where status = 'active') returning id)
  ${insertKey('active', sql`where not exists (select from promoted) and not exists (select from signing_keys where status = 'active')`)}`,
  (row) => row['id'],
);

const PUBLISH_NEXT = statement<NewSigningKey, unknown>(
  sql`with dropped as (delete from signing_keys where status = 'next' and alg <> ${parameter('alg')} returning id)
  ${insertKey('next', sql`where exists (select from dropped) or not exists (select from signing_keys where status = 'next')`)}`,
  (row) => row['id'],
);

const DUTY = statement<RotationRule, 'publish' | 'rotate' | undefined>(
  sql`select case
    when not exists (select from signing_keys where status = 'next' and alg = ${parameter('alg')}) then 'publish'
    when exists (select from signing_keys where ${isDue}) and exists (select from signing_keys where ${isReady}) then 'rotate'
  end as duty`,
  (row) => (row['duty'] === 'publish' || row['duty'] === 'rotate' ? row['duty'] : undefined),
);

/**
 * Locks the successor before anything else: who waits for that lock finds it promoted (or replaced), and does
 * nothing. Each step reads the one before it, so the unique indexes meet them in this order. What is retired
 * never signs again, so its private part goes.
 */
const ROTATE = statement<RotationRule & NewSigningKey, { retired: string; active: string }>(
  sql`with successor as (select id from signing_keys where ${isReady} for update),
  retired as (
    update signing_keys set status = 'retired', retired_at = ${now}, sealed_private_jwk = ''
    where ${isDue} and exists (select from successor) returning id),
  promoted as (
    update signing_keys set status = 'active', activated_at = ${now}
    where id in (select id from successor) and exists (select from retired) returning id),
  published as (${insertKey('next', sql`from promoted`)})
  select retired.id as retired, promoted.id as active from retired, promoted`,
  (row) => ({ retired: String(row['retired']), active: String(row['active']) }),
);

interface Removal extends Record<string, unknown> {
  readonly longestSeconds: number;
  readonly slackSeconds: number;
}

/** An organization may let refresh tokens live longer than the configuration does; there is no upper limit to that. */
const REMOVE_DEAD = statement<Removal, string>(
  sql`delete from signing_keys where status = 'retired' and retired_at <= ${ago('slackSeconds')} - interval '1 second' * greatest(
    ${parameter('longestSeconds', 'float8')},
    (select max(greatest(refresh_min_seconds, refresh_max_seconds)) from organizations)) returning id`,
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
  await db.run(ENSURE_ACTIVE, await newSigningKey(sealer, alg));
  await publishNextKey(db, sealer, alg);
}

/** Publishes a next key when there is none of this algorithm; one of another never signed, and is replaced. */
export async function publishNextKey(db: Database, sealer: Sealer, alg: Algorithm): Promise<void> {
  await db.run(PUBLISH_NEXT, await newSigningKey(sealer, alg));
}

/** What there is to do: publish a next key, rotate, or nothing. Reads only, since making a key is dear. */
export async function readRotationDuty(db: Database, rule: RotationRule): Promise<'publish' | 'rotate' | undefined> {
  const [duty] = await db.run(DUTY, rule);
  return duty;
}

/**
 * Retires the active key, promotes the next and publishes a new next: all of it or nothing.
 * @returns the ids, or `undefined` when the active key is not due, the next one not ready, or another replica was faster
 */
export async function rotateSigningKey(
  db: Database,
  sealer: Sealer,
  rule: RotationRule,
): Promise<{ retired: string; active: string } | undefined> {
  const [rotation] = await db.run(ROTATE, { ...rule, ...(await newSigningKey(sealer, rule.alg)) });
  return rotation;
}

/** Removes the keys that were retired longer ago than any token lives, and the slack. @returns their ids */
export async function removeDeadKeys(db: Database, removal: Removal): Promise<string[]> {
  return db.run(REMOVE_DEAD, removal);
}

async function newSigningKey(sealer: Sealer, alg: Algorithm): Promise<NewSigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), alg, use: 'sig' };
  const id = await calculateJwkThumbprint(publicJwk);
  const privateJwk = JSON.stringify({ ...(await exportJWK(privateKey)), alg });
  return {
    id,
    alg,
    publicJwk: { ...publicJwk, kid: id },
    sealedPrivateJwk: await sealer.seal(privateJwk, `signing_keys:${id}:private_jwk`),
  };
}
