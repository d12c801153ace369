/**
 * What is over, table by table, as statements that each remove or blank one small batch. A batch walks an index from where
 * the last one ended: what was deleted stays in the index until the table is vacuumed, and beginning at the oldest
 * entry would step over all of it again and again.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { now, parameter, type Statement, statement } from './statement.ts';
import { turn } from './turn.ts';

export interface Lifetimes extends Record<string, unknown> {
  readonly repeatSeconds: number;
  readonly graceSeconds: number;
  readonly loginSeconds: number;
  readonly auditSeconds: number;
}

export interface Batch {
  /** False when another replica was at it: nothing was done. */
  readonly mine: boolean;
  /** Rows that were removed or blanked. */
  readonly changed: number;
  /** Whether there may be more. */
  readonly more: boolean;
  /** Where the next batch begins: a time stamp as text; null to begin where this one did. */
  readonly next: string | null;
}

export type BatchStatement = Statement<Lifetimes & { cursor: string | null }, Batch>;

export interface Sweep {
  /** For metrics: the table, or the column that is blanked. */
  readonly name: string;
  readonly statement: BatchStatement;
}

interface Walk {
  readonly name: string;
  readonly table: SQL;
  /** The indexed time by which rows are over, and from when on. */
  readonly by: SQL;
  readonly before: SQL;
  /** The condition of the index, where it is partial. */
  readonly where?: SQL;
  /** What becomes of the rows: they are deleted unless this is an assignment. */
  readonly set?: SQL;
  /** Spares a row; it is walked past, and looked at again in a later round. */
  readonly unless?: SQL;
}

/** Rows a statement: few enough to hold no lock for long. */
const LIMIT = 500;

const before = (name: keyof Lifetimes & string) => sql`${now} - ${sql.placeholder(name)}::float8 * interval '1 second'`;
const cursor = sql`coalesce(${parameter('cursor')}::timestamptz, '-infinity')`;

/** What a batch answers. @param limit of due rows, beyond which there may be more */
const answer = (limit: number, more: SQL, next: SQL) => sql`select (select mine from turn) as mine,
    (select count(*) from changed)::int as changed, (select count(*) from due) = ${sql.raw(String(limit))} or ${more} as more, ${next} as next`;

function decode(row: Record<string, unknown>): Batch {
  return {
    mine: row['mine'] === true,
    changed: Number(row['changed']),
    more: row['more'] === true,
    next: row['next'] as string | null,
  };
}

/** A row that an honest statement holds is left for later, so that the two never wait for each other. */
function walk({ name, table, by, before: end, where = sql`true`, set, unless = sql`false` }: Walk): Sweep {
  const rows = sql`t.ctid = any(array(select place from due)) and ${by} < ${end} and not (${unless})`;
  const query = sql`with ${turn('sweep')}, due as materialized (
    select t.ctid as place, ${by} as at from ${table} t
    where (select mine from turn) and ${by} < ${end} and ${by} >= ${cursor} and ${where}
    order by ${by} limit ${sql.raw(String(LIMIT))}${set ? sql` for no key update skip locked` : sql``}
  ), changed as (
    ${set ? sql`update ${table} t set ${set} where ${rows}` : sql`delete from ${table} t where ${rows}`} returning 1
  ) ${answer(LIMIT, sql`false`, sql`(select max(at)::text from due)`)}`;
  return { name, statement: statement(query, decode) };
}

/** Fewer, for what else hangs on each of them. */
const SESSION_LIMIT = 150;

/** Sessions fall with the last of their refresh tokens, so that no statement cascades to more rows than a batch has. */
const SESSIONS: Sweep = {
  name: 'sessions',
  statement: statement(
    sql`with ${turn('sweep')}, due as materialized (
      select s.id, s.expires_at as at from sessions s
      where (select mine from turn) and s.expires_at < ${now} - interval '30 days' and s.expires_at >= ${cursor}
      order by s.expires_at limit ${sql.raw(String(SESSION_LIMIT))}
    ), held as materialized (
      select t.id, t.session_id from due join refresh_tokens t on t.session_id = due.id limit ${sql.raw(String(LIMIT))}
    ), freed as (
      delete from refresh_tokens where id in (select id from held)
    ), changed as (
      delete from sessions where id in (select id from due) and not exists (select 1 from held) returning 1
    ) ${answer(
      SESSION_LIMIT,
      sql`exists (select 1 from held)`,
      sql`(select case when exists (select 1 from held) then ${parameter('cursor')} else max(at)::text end from due)`,
    )}`,
    decode,
  ),
};

/** Secrets first: what is sealed lingers for as short as it can. */
export const SWEEPS: readonly Sweep[] = [
  walk({
    name: 'authentication_requests.sealed_answer',
    table: sql`authentication_requests`,
    by: sql`t.finished_at`,
    before: before('repeatSeconds'),
    where: sql`t.sealed_answer is not null`,
    set: sql`sealed_answer = null`,
  }),
  walk({
    name: 'authentication_requests.sealed_claims',
    table: sql`authentication_requests`,
    by: sql`t.code_expires_at`,
    before: now,
    where: sql`t.sealed_claims is not null`,
    set: sql`sealed_claims = null`,
  }),
  walk({
    name: 'refresh_tokens.sealed_successor',
    table: sql`refresh_tokens`,
    by: sql`t.rotated_at`,
    before: before('graceSeconds'),
    where: sql`t.sealed_successor is not null`,
    set: sql`sealed_successor = null`,
  }),
  walk({
    name: 'sessions.sealed_id_token',
    table: sql`sessions`,
    // a logout that is repeated still wants its hint for a while
    by: sql`least(t.revoked_at, t.expires_at)`,
    before: sql`${now} - interval '5 minutes'`,
    where: sql`t.sealed_id_token is not null`,
    set: sql`sealed_id_token = null`,
  }),
  walk({
    name: 'authentication_requests',
    table: sql`authentication_requests`,
    by: sql`t.expires_at`,
    before: sql`${now} - interval '1 hour'`,
    // an abandoned login is settled first: no request goes without having been explained
    unless: sql`t.consumed_at is not null and t.finished_at is null`,
  }),
  walk({ name: 'saml_replays', table: sql`saml_replays`, by: sql`t.expires_at`, before: now }),
  walk({ name: 'provider_logouts', table: sql`provider_logouts`, by: sql`t.expires_at`, before: now }),
  // a spent token that would be over unspent too proves no theft that could still be stopped; but while its parent is
  // remembered it stays, since by its successor a parent tells a repeat from a theft
  walk({
    name: 'refresh_tokens',
    table: sql`refresh_tokens`,
    by: sql`t.expires_at`,
    before: now,
    // a scalar, which the planner looks up row by row: as a join it would read every token that lives
    unless: sql`coalesce((select parent.expires_at from refresh_tokens parent where parent.id = t.parent_id) >= ${now}, false)`,
  }),
  SESSIONS,
];

const ofPartition = new Map<string, Sweep>();

/** The oldest rows of one partition. @param partition its name as the catalog has it */
export function partitionSweep(table: 'logins' | 'audit_events', partition: string): Sweep {
  const known = ofPartition.get(partition);
  if (known) return known;
  const made = walk({
    name: table,
    table: sql`${sql.identifier(partition)}`,
    by: sql`t.created_at`,
    before: before(table === 'logins' ? 'loginSeconds' : 'auditSeconds'),
  });
  ofPartition.set(partition, made);
  return made;
}

/** One batch. */
export async function runBatch(db: Database, sweep: Sweep, lifetimes: Lifetimes, from: string | null): Promise<Batch> {
  const [batch] = await db.run(sweep.statement, { ...lifetimes, cursor: from });
  if (!batch) throw new Error('a batch answered no row');
  return batch;
}
