/** One row kept as it is declared: inserted when missing, updated only where a named column differs. */
import { eq, getTableColumns } from 'drizzle-orm';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { SsoError } from '#error';
import { UniqueViolation } from './client.ts';

export type Query = Pick<PostgresJsDatabase, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

type Columns = Readonly<Record<string, unknown>>;

/** What came of one row; before and after hold the columns that changed, secrets as `changed`. */
export interface RowChange {
  readonly id: string;
  readonly change: 'created' | 'updated' | 'unchanged';
  readonly before: Columns;
  readonly after: Columns;
}

export interface Row extends Columns {
  readonly id: string;
}

export interface KeepOptions<Table extends PgTable> {
  readonly table: Table;
  /** The row as it stands; undefined inserts one. */
  readonly before: Table['$inferSelect'] | undefined;
  /** Undefined columns are not named: they keep what they are, or get their default on insert. */
  readonly row: Partial<Record<keyof Table['$inferInsert'], unknown>> & Row;
  /** Columns that only an insert sets, under those of `row`. */
  readonly atCreation?: { [Name in keyof Table['$inferInsert']]?: Table['$inferInsert'][Name] | undefined };
  /** Instants of an insert, by the database's clock; the audit has its own. */
  readonly atInsert?: Columns;
  /** Columns that go along with any update; a function is told which columns changed. */
  readonly atUpdate?: Columns | ((changed: readonly string[]) => Columns);
}

const SECRET = /^sealed|Digest$/;
/** What an audit event says of a row by its target already. */
const PLACE = new Set(['id', 'organizationId', 'userId']);

/** @throws UniqueViolation */
export async function keepRow<Table extends PgTable>(
  query: Query,
  { table, before, row, atCreation = {}, atInsert = {}, atUpdate = {} }: KeepOptions<Table>,
): Promise<RowChange> {
  const named = Object.entries(row).filter(([name, value]) => name !== 'id' && value !== undefined);
  if (!before) {
    const values = { ...atCreation, ...Object.fromEntries(named), id: row.id };
    await naming(query.insert(table as PgTable).values({ ...atInsert, ...values }));
    return { id: row.id, change: 'created', before: {}, after: redact(values) };
  }
  const stands: Columns & Partial<Row> = before;
  const id = stands.id;
  const idColumn = getTableColumns(table)['id'];
  if (!idColumn || id === undefined) throw new Error('a table without id');
  const changed = Object.fromEntries(named.filter(([name, value]) => canonical(stands[name]) !== canonical(value)));
  const names = Object.keys(changed);
  if (names.length === 0) return { id, change: 'unchanged', before: {}, after: {} };
  const values = { ...(typeof atUpdate === 'function' ? atUpdate(names) : atUpdate), ...changed };
  await naming(
    query
      .update(table as PgTable)
      .set(values)
      .where(eq(idColumn, id)),
  );
  return { id, change: 'updated', ...difference(stands, changed) };
}

/** What a change names that is otherwise in the row, as an audit event tells it. Members that are undefined change nothing. */
export function difference(stands: Columns, row: Columns): Pick<RowChange, 'before' | 'after'> {
  const changed = Object.entries(row).filter(
    ([name, value]) => value !== undefined && canonical(stands[name]) !== canonical(value),
  );
  const previous = changed.map(([name]) => [name, stands[name]]);
  return { before: redact(Object.fromEntries(previous)), after: redact(Object.fromEntries(changed)) };
}

function redact(columns: Columns): Columns {
  const shown = Object.entries(columns).filter(([name, value]) => !PLACE.has(name) && value !== undefined);
  return Object.fromEntries(
    shown.map(([name, value]) => [name, SECRET.test(name) && value !== null ? 'changed' : value]),
  );
}

/** JSON with sorted keys: Postgres keeps jsonb members in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Told at the row, since who declared it knows where it stands; Drizzle hides the driver's error in the cause. */
async function naming<T>(pending: PromiseLike<T>): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    const cause = error instanceof DrizzleQueryError ? error.cause : undefined;
    if (isViolation(cause, '23505')) throw new UniqueViolation(String(cause.constraint_name ?? ''));
    // what it belongs to was there a moment ago
    if (isViolation(cause, '23503')) throw new SsoError('not_found', { cause });
    throw error;
  }
}

/** unique_violation, foreign_key_violation; as the driver tells it. */
function isViolation(error: unknown, code: '23505' | '23503'): error is { constraint_name?: unknown } {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
