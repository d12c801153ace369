/**
 * What is over, table by table, as statements that each remove or blank one small batch, and keep how far they came
 * (`sweep-position.ts`).
 */
import { type SQL, sql } from 'drizzle-orm';
import { isDropped, permitted } from './audit-retention.ts';
import type { Database } from './client.ts';
import { now, parameter, type Statement, statement } from './statement.ts';
import { keepPosition, position } from './sweep-position.ts';
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
  /** Rows, at most. */
  readonly limit: number;
  /** From the beginning of the statement until its rows were found. */
  readonly walkedMs: number;
}

export interface Sweep {
  /** For metrics: the table, or the column that is blanked. */
  readonly name: string;
  /** Under which its position is kept. */
  readonly positionName: string;
  readonly statement: Statement<Lifetimes & { limit: number }, Omit<Batch, 'limit'>>;
}

interface Walk {
  readonly name: string;
  readonly positionName?: string;
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

/** Rows a batch: few enough to hold no lock for long. */
const FEW = 500;
/** Rows of a batch of which finding them is what takes the time. */
const MANY = 16 * FEW;
const LONG_WALK_MS = 250;

const LIMIT = parameter('limit', 'int');

const before = (name: keyof Lifetimes & string) => sql`${now} - ${sql.placeholder(name)}::float8 * interval '1 second'`;
const start = sql`(select start from position)`;
/** What comes first is evaluated first: the rows are found by then, and nothing has been done to them. */
const ANSWER = sql`, walked as materialized (
    select extract(epoch from clock_timestamp() - statement_timestamp()) * 1000 as ms from (select count(*) from due) as found
  )
  select (select ms from walked) as walked_ms, (select mine from turn) as mine, (select count(*) from changed)::int as changed,
    (select more from seen) as more`;

function decode(row: Record<string, unknown>): Omit<Batch, 'limit'> {
  const [changed, walkedMs] = [Number(row['changed']), Number(row['walked_ms'])];
  return { mine: row['mine'] === true, changed, more: row['more'] === true, walkedMs };
}

/**
 * What is over of the next entries. The end is no condition of the look into the index: of a stretch between two times
 * that it doesn't know, the planner takes so few rows to be in it that it collects all of them and sorts.
 */
const due = (key: SQL, table: SQL, by: SQL, end: SQL, where: SQL) => sql`due as materialized (
    select * from (
      select ${key}, ${by} as at from ${table} t where (select mine from turn) and ${by} >= ${start} and ${where}
      order by ${by} limit ${LIMIT}
    ) as oldest where at < ${end}
  )`;

function walk({ name, positionName = name, table, by, before: end, where = sql`true`, set, unless }: Walk): Sweep {
  const rows = sql`t.ctid = any(array(select place from due)) and ${by} < ${end} and not (${unless ?? sql`false`})`;
  // a row that an honest statement holds is left for later, so that the two never wait for each other
  const changed = set
    ? sql`held as materialized (select t.ctid as place from ${table} t where ${rows} for no key update skip locked),
      changed as (update ${table} t set ${set} where t.ctid = any(array(select place from held)) returning 1)`
    : sql`changed as (delete from ${table} t where ${rows} returning 1)`;
  const isFull = sql`count(*) = ${LIMIT}`;
  // as many rows of one instant as a batch has, all of them spared: what comes after them must not wait for them
  const isStuck = sql`${isFull} and max(at) = ${start} and not exists (select 1 from changed)`;
  const next = sql`case when ${isStuck} then max(at) + interval '1 millisecond' else max(at) end`;
  const over = due(sql`t.ctid as place`, table, by, end, where);
  const query = sql`with ${turn('sweep')}, ${position(positionName)}, ${over},
    ${changed}, ${keepPosition(positionName, isFull, next)} ${ANSWER}`;
  return { name, positionName, statement: statement(query, decode) };
}

const HOLDS = sql`(select exists (select 1 from held))`;

/**
 * Sessions fall with the last of their refresh tokens, so that no statement cascades to more rows than a batch has. No joins:
 * planning one looks for the ends of its indexes, behind all that was deleted there.
 */
const SESSIONS: Sweep = {
  name: 'sessions',
  positionName: 'sessions',
  statement: statement(
    sql`with ${turn('sweep')}, ${position('sessions')},
    ${due(sql`t.id`, sql`sessions`, sql`t.expires_at`, sql`${now} - interval '30 days'`, sql`true`)}, held as materialized (
      select id from refresh_tokens where session_id = any(array(select id from due)) limit ${LIMIT}
    ), freed as (
      delete from refresh_tokens where id = any(array(select id from held))
    ), changed as (
      delete from sessions where id = any(array(select id from due)) and not exists (select 1 from held) returning 1
    ), ${keepPosition(
      'sessions',
      sql`count(*) = ${LIMIT} or ${HOLDS}`,
      sql`case when ${HOLDS} then ${start} else max(at) end`,
    )} ${ANSWER}`,
    decode,
  ),
};

/** Columns that hold secrets, then whole rows. */
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
  walk({ name: 'idempotency_keys', table: sql`idempotency_keys`, by: sql`t.expires_at`, before: now }),
  // the page of a test says for a day what came of it
  walk({
    name: 'connection_tests',
    table: sql`connection_tests`,
    by: sql`t.expires_at`,
    before: sql`${now} - interval '1 day'`,
  }),
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

/** The oldest logins of one partition. @param partition its name as the catalog has it */
export function partitionSweep(partition: string): Sweep {
  const known = ofPartition.get(partition);
  if (known) return known;
  const made = walk({
    name: 'logins',
    positionName: partition,
    table: sql`${sql.identifier(partition)}`,
    by: sql`t.created_at`,
    before: before('loginSeconds'),
  });
  ofPartition.set(partition, made);
  return made;
}

/** Of the events that no month has taken: those whose whole month is over, once it has its anchor. */
export const AUDIT_SWEEP: Sweep = walk({
  name: 'audit_events',
  positionName: 'audit_events_default',
  table: sql`audit_events_default`,
  by: sql`t.created_at`,
  before: sql`date_trunc('month', ${before('auditSeconds')}, 'UTC')`,
  unless: sql`not ${permitted} or not ${isDropped(sql`t.created_at`)}`,
});

/**
 * Stepping over what was deleted takes its time, and nobody waits for it. A plan from when a table was nearly empty reads all
 * of it, as long as nobody has analysed it since.
 */
const CARE = { deadlineMs: 30_000, prepare: false } as const;

/**
 * Of rows that are over at one instant no position tells those that were deleted already: while these cannot be forgotten each
 * batch steps over all of them, and there have to be fewer batches.
 */
const limitAfter = ({ walkedMs, limit }: Batch) => (walkedMs > LONG_WALK_MS ? Math.min(2 * limit, MANY) : FEW);

/** One batch. @param last the one before it in this round */
export async function runBatch(db: Database, sweep: Sweep, lifetimes: Lifetimes, last?: Batch): Promise<Batch> {
  const limit = last ? limitAfter(last) : FEW;
  const [batch] = await db.run(sweep.statement, { ...lifetimes, limit }, CARE);
  if (!batch) throw new Error('a batch answered no row');
  return { ...batch, limit };
}
