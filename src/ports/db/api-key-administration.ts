/** API keys as the operator keeps them. A revoked key stays in the table: its digest can't be used again. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { AdminOrigin } from './logins.ts';
import { type ApiKey, apiKeys, type Dialect } from './schema.ts';
import { now, parameter, reviveRow, rowObject, statement } from './statement.ts';

interface Change extends Record<string, unknown>, AdminOrigin {
  /** Of the key. */
  readonly id: string;
  readonly auditId: string;
  /** The key as the caller saw it, where it must not have been changed since. */
  readonly seen?: Pick<ApiKey, 'name' | 'dialects' | 'expiresAt' | 'revokedAt'> | null;
}

export interface NewApiKey extends Omit<Change, 'seen'> {
  readonly organizationId: string;
  readonly name: string;
  readonly prefix: string;
  readonly keyDigest: string;
  readonly dialects: readonly Dialect[];
  readonly expiresAt: Date | null;
}

export interface ApiKeyChange extends Change {
  /** Null keeps what is there. */
  readonly name: string | null;
  readonly dialects: readonly Dialect[] | null;
  /** Counts only when `setsExpiry`; null then takes the expiry away. */
  readonly expiresAt: Date | null;
  readonly setsExpiry: boolean;
}

const dialects = sql`(select array_agg(value) from jsonb_array_elements_text(${parameter('dialects', 'jsonb')}))`;
const expiresAt = parameter('expiresAt', 'timestamptz');
const instant = (value: SQL) => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** What the audit shows of a key. */
const shown = (row: SQL) => sql`jsonb_build_object('name', ${row}.name, 'dialects', ${row}.dialects,
  'expiresAt', ${instant(sql`${row}.expires_at`)}, 'revokedAt', ${instant(sql`${row}.revoked_at`)})`;

/** @param after relation of the row as it is now, if it changed at all */
const audit = (action: string, details: SQL, after: SQL) => sql`
  insert into audit_events (id, organization_id, action, actor_type, actor_id, target_type, target_id, details, address, user_agent, request_id, created_at)
  select ${parameter('auditId')}, a.organization_id, ${sql.raw(`'api_key.${action}'`)}, 'operator', ${parameter('actorId')}, 'api_key', a.id,
    jsonb_build_object('name', a.name) || ${details}, ${parameter('address')}, ${parameter('userAgent')},
    ${parameter('requestId')}, ${now} from ${after}`;

const shownBefore = shown(sql`b`);
const shownAfter = shown(sql`a`);
/** The members of the first that differ in the second. */
const differing = (
  one: SQL,
  other: SQL,
) => sql`(select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(${one})
  where value is distinct from ${other} -> key)`;
const beforeAndAfter = sql`jsonb_build_object('before', ${differing(shownBefore, shownAfter)}, 'after', ${differing(shownAfter, shownBefore)})`;
const created = sql`jsonb_build_object('before', '{}'::jsonb, 'after', jsonb_strip_nulls(${shownAfter}) || jsonb_build_object('prefix', a.prefix))`;

const decode = (row: Record<string, unknown>) => reviveRow(apiKeys, row['api_key']);

const INSERT = statement<NewApiKey, ApiKey | undefined>(
  sql`with changed as (
    insert into api_keys (id, organization_id, name, prefix, key_digest, dialects, expires_at, created_at)
    select ${parameter('id')}, o.id, ${parameter('name')}, ${parameter('prefix')}, ${parameter('keyDigest')}, ${dialects},
      ${expiresAt}, ${now} from organizations o where o.id = ${parameter('organizationId')} returning *
  ), audited as (${audit('created', created, sql`changed a`)})
  select ${rowObject('a')} as api_key from changed a`,
  decode,
);

/** @returns undefined when there is no such organization @throws UniqueViolation when the name is taken */
export async function insertApiKey(db: Database, key: NewApiKey): Promise<ApiKey | undefined> {
  const [row] = await db.run(INSERT, key);
  return row;
}

/** The row is locked first: of changes that race each other, each sees what the one before it left. */
const seen = parameter('seen', 'jsonb');
const BEFORE = sql`before as (select * from api_keys where id = ${parameter('id')} and (${seen} is null
  or (name, to_jsonb(dialects), expires_at, revoked_at) is not distinct from (${seen} ->> 'name', ${seen} -> 'dialects',
    (${seen} ->> 'expiresAt')::timestamptz, (${seen} ->> 'revokedAt')::timestamptz)) for update)`;

const UPDATE = statement<ApiKeyChange, ApiKey | undefined>(
  sql`with ${BEFORE}, wanted as (
    select id, coalesce(${parameter('name')}, name) as name, coalesce(${dialects}, dialects) as dialects,
      case when ${parameter('setsExpiry', 'boolean')} then ${expiresAt}::timestamptz(3) else expires_at end as expires_at from before
  ), changed as (
    update api_keys k set name = w.name, dialects = w.dialects, expires_at = w.expires_at from wanted w, before b
    where k.id = w.id and b.id = w.id and b.revoked_at is null and (w.name, w.dialects, w.expires_at) is distinct from (b.name, b.dialects, b.expires_at)
    returning k.*
  ), audited as (${audit('updated', beforeAndAfter, sql`changed a join before b on b.id = a.id`)})
  select coalesce(${rowObject('a')}, ${rowObject('b')}) as api_key from before b left join changed a on a.id = b.id`,
  decode,
);

/** A revoked key is left as it is. @returns the key as it is then; undefined when there is none as it was seen @throws UniqueViolation when the name is taken */
export async function updateApiKeyRow(db: Database, change: ApiKeyChange): Promise<ApiKey | undefined> {
  const [row] = await db.run(UPDATE, change);
  return row;
}

const REVOKE = statement<Change, ApiKey | undefined>(
  sql`with ${BEFORE}, changed as (
    update api_keys k set revoked_at = ${now} from before b where k.id = b.id and b.revoked_at is null returning k.*
  ), audited as (${audit('revoked', beforeAndAfter, sql`changed a join before b on b.id = a.id`)})
  select ${rowObject('b')} as api_key from before b`,
  decode,
);

/** From now on no statement finds it usable. Twice is no error and leaves one event. @returns false when there is no such key */
export async function revokeApiKeyRow(db: Database, change: Change): Promise<boolean> {
  return (await db.run(REVOKE, change)).length > 0;
}

const READ = statement<{ id: string }, ApiKey | undefined>(
  sql`select ${rowObject('k')} as api_key from api_keys k where id = ${parameter('id')}`,
  decode,
);

export async function readApiKeyRow(db: Database, id: string): Promise<ApiKey | undefined> {
  const [row] = await db.run(READ, { id });
  return row;
}

const LIST = statement<{ organizationId: string; limit: number; before: string | undefined }, ApiKey | undefined>(
  sql`select ${rowObject('k')} as api_key from organizations o left join lateral (
    select * from api_keys where organization_id = o.id and (${parameter('before')} is null
      or (created_at, id) < (select created_at, id from api_keys where id = ${parameter('before')} and organization_id = o.id))
    order by created_at desc, id desc limit ${parameter('limit', 'int')}
  ) k on true where o.id = ${parameter('organizationId')}`,
  decode,
);

/** Newest first. @returns undefined when there is no such organization */
export async function listApiKeys(
  db: Database,
  page: { organizationId: string; limit: number; before: string | undefined },
): Promise<ApiKey[] | undefined> {
  const rows = await db.run(LIST, page);
  return rows.length === 0 ? undefined : rows.filter((row) => row !== undefined);
}
