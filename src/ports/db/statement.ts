/**
 * A statement is built once and prepared by the driver on each connection. Rows of whole tables travel
 * as JSON objects in the row type's own spelling, so that one statement can answer with several of them.
 */
import { fillPlaceholders, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { PgDialect, type PgTable } from 'drizzle-orm/pg-core';

export interface Statement<Parameters extends Record<string, unknown>, Row> {
  readonly text: string;
  bind(parameters: Parameters & { offset: number }): unknown[];
  decode(row: Record<string, unknown>): Row;
  /** Never set; keeps `Parameters` in the type. */
  readonly parameters?: Parameters;
}

const dialect = new PgDialect();

/** @param decode turns the driver's row (timestamps as text) into the caller's */
export function statement<Parameters extends Record<string, unknown>, Row>(
  query: SQL,
  decode: (row: Record<string, unknown>) => Row,
): Statement<Parameters, Row> {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return {
    text,
    bind: (values) => fillPlaceholders(params, values).map(serialize),
    decode,
  };
}

/** A named parameter, with the Postgres type that the server can't infer by itself. */
export function parameter(name: string, type = 'text'): SQL {
  return sql`${sql.placeholder(name)}::${sql.raw(type)}`;
}

/** The database's clock, moved by the test clock's offset (0 outside tests). */
export const now = sql`(now() + ${sql.placeholder('offset')}::float8 * interval '1 second')`;

/** `now` and then some seconds given by a parameter. */
export function nowPlus(name: string): SQL {
  return sql`(${now} + ${sql.placeholder(name)}::float8 * interval '1 second')`;
}

/** The columns of `table`, read from the relation called `alias`, as one JSON object; null if there is no row. */
export function rowObject(table: PgTable, alias: string): SQL {
  const pairs = Object.entries(getTableColumns(table)).map(
    ([key, column]) => sql`${sql.raw(`'${key}'`)}, ${sql.identifier(alias)}.${sql.identifier(column.name)}`,
  );
  const object = sql`json_build_object(${sql.join(pairs, sql`, `)})`;
  return sql`case when ${sql.identifier(alias)}.id is null then null else ${object} end`;
}

/** The row type back from `rowObject`: timestamps become dates. */
export function reviveRow<Table extends PgTable>(table: Table, value: unknown): Table['$inferSelect'] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const row = value as Record<string, unknown>;
  for (const key of dateKeys(table)) {
    const text = row[key];
    if (typeof text === 'string') row[key] = new Date(text);
  }
  return row as Table['$inferSelect'];
}

const dateKeysOf = new WeakMap<PgTable, readonly string[]>();

function dateKeys(table: PgTable): readonly string[] {
  const known = dateKeysOf.get(table);
  if (known) return known;
  const columns = Object.entries(getTableColumns(table));
  const keys = columns.filter(([, column]) => column.dataType === 'date').map(([key]) => key);
  dateKeysOf.set(table, keys);
  return keys;
}

function serialize(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
