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

/** The row of the relation called `alias` as one JSON object, in the database's own spelling; null if there is no row. */
export function rowObject(alias: string): SQL {
  const relation = sql.identifier(alias);
  return sql`case when ${relation}.id is null then null else row_to_json(${relation}) end`;
}

/** The row type back from `rowObject`: names as the row type spells them, timestamps as dates. */
export function reviveRow<Table extends PgTable>(table: Table, value: unknown): Table['$inferSelect'] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const stored = value as Record<string, unknown>;
  const row: Record<string, unknown> = {};
  for (const { key, name, isDate } of fieldsOf(table)) {
    const field = stored[name];
    row[key] = isDate && typeof field === 'string' ? new Date(field) : field;
  }
  return row as Table['$inferSelect'];
}

interface Field {
  readonly key: string;
  readonly name: string;
  readonly isDate: boolean;
}

const fieldsByTable = new WeakMap<PgTable, readonly Field[]>();

function fieldsOf(table: PgTable): readonly Field[] {
  const known = fieldsByTable.get(table);
  if (known) return known;
  const columns = Object.entries(getTableColumns(table));
  const fields = columns.map(([key, column]) => ({ key, name: column.name, isDate: column.dataType === 'date' }));
  fieldsByTable.set(table, fields);
  return fields;
}

function serialize(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
