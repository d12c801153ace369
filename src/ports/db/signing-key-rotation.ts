/**
 * The rotations of our signing keys: each one statement with its audit event, by the database's clock. It names the
 * keys that its caller saw, so that of several replicas and commands exactly one makes it.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Sealer } from '#ports/keys/keys.ts';
import type { Database } from './client.ts';
import type { Origin } from './logins.ts';
import type { SigningKey } from './schema.ts';
import { ago, insertKey, keyParameters, newSigningKey, writtenAt } from './signing-keys.ts';
import { now, parameter, statement } from './statement.ts';

type Algorithm = SigningKey['alg'];

export interface RotationRule extends Record<string, unknown> {
  /** The configured algorithm; an active key of another is due at once. */
  readonly alg: Algorithm;
  /** An active key is due at this age. */
  readonly rotationSeconds: number;
  /** A key must have been published for this long before it signs. */
  readonly leadSeconds: number;
}

/** Who rotates, and from where; for the audit event. */
export interface Rotator extends Partial<Origin> {
  readonly auditId: string;
  readonly actorType: 'operator' | 'system';
  /** The admin key; null is the operator's own, or a command. */
  readonly actorId?: string | null | undefined;
}

export interface RotatedKeys {
  /** The key that signed before, and whatever else went with it. */
  readonly retired: readonly string[];
  readonly active: string;
}

/** The two keys that a rotation is about, as its caller saw them. */
interface SeenKeys {
  readonly retiringId: string;
  readonly successorId: string;
}

const wanted = parameter('alg');
const forced = parameter('forced', 'boolean');

/** The active key when it has had its time, is of an algorithm that is no longer wanted, or the operator wants it gone. */
const isDue = sql`status = 'active' and (alg <> ${wanted} or activated_at <= ${ago('rotationSeconds')} or rotation_requested_at is not null)`;
/** The next key when every cache of our key set holds it by now. */
const isReady = sql`status = 'next' and alg = ${wanted} and created_at <= ${ago('leadSeconds')}`;

/** One event for the row of `source`, whose columns the values are made of. */
function audit(action: string, values: { target: SQL; reason: SQL; details: SQL }, source: SQL): SQL {
  return sql`insert into audit_events (id, action, actor_type, actor_id, target_type, target_id, reason, details, address, user_agent, request_id, created_at)
    select ${parameter('auditId')}, ${sql.raw(`'${action}'`)}, ${parameter('actorType')}, ${parameter('actorId')}, 'signing_key', ${values.target}, ${values.reason},
      ${values.details}, ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now} ${source}`;
}

const DUTY = statement<RotationRule, 'publish' | 'rotate' | undefined>(
  sql`select case
    when not exists (select from signing_keys where status = 'next' and alg = ${wanted}) then 'publish'
    when exists (select from signing_keys where ${isDue}) and exists (select from signing_keys where ${isReady}) then 'rotate'
  end as duty`,
  (row) => (row['duty'] === 'publish' || row['duty'] === 'rotate' ? row['duty'] : undefined),
);

/** A request that stands already stays as it is. */
const REQUEST = statement<Record<string, unknown>, string>(
  sql`with requested as (
    update signing_keys set rotation_requested_at = ${now}
    where id = ${parameter('retiringId')} and status = 'active' and rotation_requested_at is null returning id),
  audited as (${audit(
    'signing_key.rotation_requested',
    { target: sql`requested.id`, reason: sql`null`, details: sql`'{}'::jsonb` },
    sql`from requested`,
  )})
  select id from requested`,
  (row) => String(row['id']),
);

const readRotated = (row: Record<string, unknown>): RotatedKeys => ({
  retired: row['retired'] as string[],
  active: String(row['active']),
});

const DETAILS = sql`jsonb_build_object('retired', retired.ids, 'active', promoted.id, 'next', (select id from published))`;

/** Of both rotations: another next key is published, and the event says what `retired` and `promoted` are. */
const ENDING = sql`published as (${insertKey('next', sql`from promoted`)}),
  audited as (${audit(
    'signing_key.rotated',
    { target: sql`retired.id`, reason: sql`retired.reason`, details: DETAILS },
    sql`from retired, promoted`,
  )})
  select retired.ids as retired, promoted.id as active from retired, promoted`;

/**
 * Locks the successor before anything else: who waits for that lock finds it promoted (or replaced), and does
 * nothing. Each step reads the one before it, so the unique indexes meet them in this order. What is retired
 * never signs again, so its private part goes.
 */
const ROTATE = statement<Record<string, unknown>, RotatedKeys>(
  sql`with successor as (
    select id from signing_keys where id = ${parameter('successorId')} and (${isReady} or ${forced} and status = 'next') for update),
  changed as (
    update signing_keys set status = 'retired', retired_at = ${now}, sealed_private_jwk = '',
      needed_until = (select max(expires_at) from sessions)
    where id = ${parameter('retiringId')} and (${isDue} or ${forced} and status = 'active') and exists (select from successor)
    returning id, case when ${forced} then 'forced' when rotation_requested_at is not null then 'requested'
      when alg <> ${wanted} then 'algorithm' else 'scheduled' end as reason),
  retired as (select jsonb_agg(id) as ids, min(id) as id, min(reason) as reason from changed having count(*) > 0),
  promoted as (
    update signing_keys set status = 'active', activated_at = ${writtenAt}
    where id in (select id from successor) and exists (select from retired) returning id),
  ${ENDING}`,
  readRotated,
);

/**
 * Every key goes at once, the one published next and the retired ones too: whoever had the private part of one may
 * have had the database. The rows are locked in the order of `ROTATE`, so that the two never wait for each other.
 */
const REPLACE = statement<Record<string, unknown>, RotatedKeys>(
  sql`with locked as (select id, status from signing_keys order by status desc, id for update),
  suspect as (select id from locked where id = ${parameter('retiringId')}),
  removed as (delete from signing_keys where id in (select id from locked) and exists (select from suspect) returning id),
  retired as (select jsonb_agg(id) as ids, ${parameter('retiringId')} as id, 'compromised' as reason from removed having count(*) > 0),
  promoted as (${insertKey('active', sql`from retired`)}),
  ${ENDING}`,
  readRotated,
);

/** A command and housekeeping come from no address. */
function auditParameters(by: Rotator): Record<string, unknown> {
  return { actorId: null, address: null, userAgent: null, requestId: null, ...by };
}

/** What there is to do: publish a next key, rotate, or nothing. Reads only, since making a key is dear. */
export async function readRotationDuty(db: Database, rule: RotationRule): Promise<'publish' | 'rotate' | undefined> {
  const [duty] = await db.run(DUTY, rule);
  return duty;
}

/** The active key goes as soon as the next one is ready. @returns false when it was asked for already, or is not active */
export async function requestKeyRotation(db: Database, retiringId: string, by: Rotator): Promise<boolean> {
  return (await db.run(REQUEST, { retiringId, ...auditParameters(by) })).length > 0;
}

/**
 * Retires the active key, promotes the next and publishes a new next: all of it or nothing.
 * @param forced although the active key is not due, and the next one not ready
 * @returns `undefined` when that is not so, or another replica was faster
 */
export async function rotateSigningKey(
  db: Database,
  sealer: Sealer,
  rotation: { rule: RotationRule; seen: SeenKeys; by: Rotator; forced: boolean },
): Promise<RotatedKeys | undefined> {
  const { rule, seen, by } = rotation;
  const next = keyParameters('next', await newSigningKey(sealer, rule.alg));
  const [rotated] = await db.run(ROTATE, {
    ...rule,
    ...seen,
    ...auditParameters(by),
    forced: rotation.forced,
    ...next,
  });
  return rotated;
}

/**
 * Removes every key and begins with a new active and a new next one.
 * @param retiringId one of the keys there are
 * @returns `undefined` when that one is gone
 */
export async function replaceSigningKeys(
  db: Database,
  sealer: Sealer,
  replacement: { alg: Algorithm; retiringId: string; by: Rotator },
): Promise<RotatedKeys | undefined> {
  const { alg, retiringId, by } = replacement;
  const [active, next] = [await newSigningKey(sealer, alg), await newSigningKey(sealer, alg)];
  const keys = { ...keyParameters('active', active), ...keyParameters('next', next) };
  const [rotated] = await db.run(REPLACE, { retiringId, ...auditParameters(by), ...keys });
  return rotated;
}
