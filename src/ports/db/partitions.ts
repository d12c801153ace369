/**
 * The months of `logins` and `audit_events`: made before they are needed, dropped when every row is past its time. No
 * statement here may hold up a login: each waits for its locks a moment only, and is tried again later. What no month
 * takes goes into the default partition, so that nothing is ever refused for want of one. Months are UTC.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Log } from '#ports/log.ts';
import type { Ports } from '#ports/ports.ts';
import type { Database } from './client.ts';
import type { Query } from './row-change.ts';
import { parameter, statement } from './statement.ts';
import { forgetPosition } from './sweep-position.ts';
import { type Duty, lockKeyOf } from './turn.ts';

export const PARTITIONED = ['logins', 'audit_events'] as const;
export type Partitioned = (typeof PARTITIONED)[number];

export interface Partition {
  readonly name: string;
  /** When its month ends; undefined for the default partition and any that isn't ours. */
  readonly end: Date | undefined;
}

/** This month and so many after it are kept in stock. */
const MONTHS_AHEAD = 2;
/** Whoever reads or writes waits behind our wish for a lock no longer than this. */
const LOCK_TIMEOUT = '100ms';
/** Attaching a month reads the default partition under lock: this long at most. */
const ATTACH_TIMEOUT = '500ms';
/** A default partition of this size is read within some milliseconds. */
const SMALL_BYTES = 8 * 1024 * 1024;
/** Two starts a moment apart: the second waits for what the first makes. */
const TURN_TIMEOUT = '3s';

interface Month {
  readonly name: string;
  readonly start: Date;
  readonly end: Date;
}

function monthOf(table: Partitioned, year: number, month: number): Month {
  const [start, end] = [new Date(Date.UTC(year, month)), new Date(Date.UTC(year, month + 1))];
  const name = `${table}_${start.toISOString().slice(0, 7).replace('-', '_')}`;
  return { name, start, end };
}

const LIST = statement<{ table: string }, string>(
  sql`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = to_regclass(${parameter('table')}) order by 1`,
  (row) => String(row['name']),
);

/** The default partition and whatever is not ours first, then the months in their order. */
export async function listPartitions(db: Database, table: Partitioned): Promise<Partition[]> {
  const names = await db.run(LIST, { table });
  const partitions = names.map((name) => {
    const [, year, month] = new RegExp(`^${table}_(\\d{4})_(\\d{2})$`).exec(name) ?? [];
    return { name, end: year && month ? monthOf(table, Number(year), Number(month) - 1).end : undefined };
  });
  return partitions.sort((a, b) => (a.end?.getTime() ?? 0) - (b.end?.getTime() ?? 0));
}

/**
 * Makes what is missing of this month and the next ones. Failing is no harm: rows go into the default partition.
 * @returns whether all of them are there, but for a month whose rows are in the default partition already
 */
export async function preparePartitions({ db, clock, log }: Pick<Ports, 'db' | 'clock' | 'log'>): Promise<boolean> {
  const now = clock.now();
  let complete = true;
  for (const table of PARTITIONED) {
    const existing = new Set((await listPartitions(db, table)).map(({ name }) => name));
    for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
      const month = monthOf(table, now.getUTCFullYear(), now.getUTCMonth() + ahead);
      if (existing.has(month.name)) continue;
      complete = (await makeMonth(db, log, table, month, ahead > 0)) && complete;
    }
  }
  return complete;
}

async function makeMonth(db: Database, log: Log, table: Partitioned, month: Month, isAhead: boolean): Promise<boolean> {
  try {
    await (isAhead ? proveEmpty : dropProof)(db, table, month);
    const made = await inTurn(db, 'partitions', ATTACH_TIMEOUT, (query) => attach(query, table, month));
    if (made) log.info({ partition: month.name }, 'partition made');
    return true;
  } catch (error) {
    log.warn({ error, partition: month.name }, 'a partition could not be made; rows go into the default one meanwhile');
    return false;
  }
}

/** @returns false when it is there, or when rows of that month are in the default partition */
async function attach(query: Query, table: Partitioned, { name, start, end }: Month): Promise<boolean> {
  const [parent, standard, partition] = [ident(table), ident(`${table}_default`), ident(name)];
  const [from, to] = [literal(start), literal(end)];
  const [found] = await query.execute(sql`select to_regclass(${name}) is not null as exists,
    exists (select 1 from ${standard} where created_at >= ${from} and created_at < ${to}) as late,
    exists (select 1 from pg_constraint where conname = ${proofName(name)}) as proven`);
  if (found?.['exists']) return false;
  if (found?.['late']) return false;
  await query.execute(sql`create table ${partition} (like ${parent} including all)`);
  await query.execute(sql`alter table ${parent} attach partition ${partition} for values from (${from}) to (${to})`);
  // the only trigger of the audit that a partition has not from its parent
  if (table === 'audit_events')
    await query.execute(sql`create trigger audit_not_truncated before truncate on ${partition}
      for each statement execute function audit_refuse()`);
  if (found?.['proven']) await query.execute(sql`alter table ${standard} drop constraint ${proofOf(name)}`);
  return true;
}

/**
 * A check that the default partition has no row of a month to come, made without a long lock; it spares attaching that month
 * the reading under lock. It goes when the month is attached, or at the latest when the month begins.
 */
async function proveEmpty(db: Database, table: Partitioned, { name, start, end }: Month): Promise<void> {
  const standard = ident(`${table}_default`);
  const isProven = await inTurn(db, 'partitions', ATTACH_TIMEOUT, async (query) => {
    const [size] =
      await query.execute(sql`select pg_relation_size(${`${table}_default`}::regclass) < ${SMALL_BYTES} as small,
      exists (select 1 from pg_constraint where conname = ${proofName(name)}) as begun`);
    if (size?.['small']) return true;
    if (size?.['begun']) return false;
    await query.execute(sql`alter table ${standard} add constraint ${proofOf(name)}
      check (created_at < ${literal(start)} or created_at >= ${literal(end)}) not valid`);
    return false;
  });
  if (isProven) return;
  // reads everything, and nobody waits for it but other changes of the table
  await inTurn(db, 'partitions', '10min', (query) =>
    query.execute(sql`alter table ${standard} validate constraint ${proofOf(name)}`),
  );
}

/** What a server left that died while it made a month: once the month has begun, the check would refuse its rows. */
async function dropProof(db: Database, table: Partitioned, { name }: Month): Promise<void> {
  await inTurn(db, 'partitions', ATTACH_TIMEOUT, async (query) => {
    const [left] = await query.execute(sql`select 1 from pg_constraint where conname = ${proofName(name)}`);
    if (left) await query.execute(sql`alter table ${ident(`${table}_default`)} drop constraint ${proofOf(name)}`);
  });
}

/**
 * Drops a month whose every row is over. @returns false when it was not to be had just now
 * @param before rows of this time and later are kept
 * @param farewell what has to be done first, in the same transaction; false keeps the month
 */
export async function dropPartition(
  db: Database,
  { name }: Partition,
  before: Date,
  farewell: (query: Query) => Promise<boolean> = async () => true,
): Promise<boolean> {
  return inTurn(db, 'sweep', ATTACH_TIMEOUT, async (query) => {
    // the greatest is one look into the index, whatever the planner knows of a table that nobody has analysed yet
    const [kept] = await query.execute(sql`select 1 from (select max(created_at) as newest from ${ident(name)}) month
      where newest >= ${literal(before)}`);
    if (kept || !(await farewell(query))) return false;
    await query.execute(sql`drop table ${ident(name)}`);
    await query.execute(forgetPosition(name));
    return true;
  }).catch((error: unknown) => {
    if (isBusy(error)) return false;
    throw error;
  });
}

/** A transaction that has this duty to itself and waits for no other lock longer than a moment. */
function inTurn<T>(db: Database, duty: Duty, timeout: string, work: (query: Query) => Promise<T>): Promise<T> {
  return db.transaction(async (transaction) => {
    await transaction.execute(sql`set local lock_timeout = ${sql.raw(`'${TURN_TIMEOUT}'`)}`);
    await transaction.execute(sql`select pg_advisory_xact_lock(${lockKeyOf(duty)})`);
    await transaction.execute(sql`set local lock_timeout = ${sql.raw(`'${LOCK_TIMEOUT}'`)}`);
    await transaction.execute(sql`set local statement_timeout = ${sql.raw(`'${timeout}'`)}`);
    return work(transaction);
  });
}

/** lock_not_available; query_canceled, which is how a statement's time runs out; undefined_table: another replica was faster. */
export function isBusy(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  // the second is where `client.ts` puts the code of what it translates
  const codes = ['code' in error ? error.code : undefined, 'detail' in error ? error.detail : undefined];
  return codes.some((code) => ['55P03', '57014', '42P01'].includes(String(code)));
}

const ident = (name: string): SQL => sql`${sql.identifier(name)}`;
/** Utility statements take no parameters. */
const literal = (at: Date): SQL => sql.raw(`'${at.toISOString()}'`);
const proofName = (partition: string) => `${partition}_is_empty`;
const proofOf = (partition: string) => ident(proofName(partition));
