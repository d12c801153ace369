/**
 * Every column that keeps sealed values, found in the schema by its name: `sealed_…`. What is in it is bound to
 * `<table>:<row>:<column without sealed_>`, where the row is its id, or whatever else `BOUND_TO` and `BOUND_AS` say.
 */
import { getTableColumns, getTableName, is, type SQL, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import * as adminSchema from './admin-schema.ts';
import * as auditSchema from './audit-schema.ts';
import type { Database } from './client.ts';
import * as connectionSchema from './connection-schema.ts';
import * as samlSchema from './saml-schema.ts';
import * as schema from './schema.ts';
import * as sessionSchema from './session-schema.ts';
import { parameter, type Statement, statement } from './statement.ts';

/** A successor opens only for whoever holds the parent; a version of a connection takes the connection's place. */
const BOUND_TO: Readonly<Record<string, string>> = {
  refresh_tokens: 'token_digest',
  connection_versions: 'connection_id',
};
/** The table that values are bound to, where it is not their own. */
const BOUND_AS: Readonly<Record<string, string>> = { connection_versions: 'connections' };
/** What no login replaces: without it a server can't serve. */
const LONG_LIVED = new Set(['connections', 'connection_versions', 'saml_keys', 'signing_keys']);
/** Rows a statement: few enough for little memory and short locks. */
const WINDOW = 200;

export interface SealedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** A row with values that the current key did not seal. */
export interface SealedRow {
  readonly id: string;
  /** What its values are bound to. */
  readonly boundTo: string;
  /** By column. */
  readonly values: Readonly<Record<string, string>>;
}

export interface SealedWindow {
  /** The last row that was looked at; none when there are no more. */
  readonly last: string | null;
  readonly rows: readonly SealedRow[];
}

interface ResealedValue {
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

export interface SealedCount {
  readonly table: string;
  readonly column: string;
  /** Of the key that sealed them. */
  readonly keyId: string;
  readonly count: number;
}

/** Whatever declares tables. */
const SCHEMAS = [schema, sessionSchema, samlSchema, auditSchema, connectionSchema, adminSchema];
const everything: readonly unknown[] = SCHEMAS.flatMap((module) => Object.values<unknown>(module));

export const SEALED_TABLES: readonly SealedTable[] = everything
  .filter((value): value is PgTable => is(value, PgTable))
  .map((table) => {
    const names = Object.values(getTableColumns(table)).map(({ name }) => name);
    return { name: getTableName(table), columns: names.filter((name) => name.startsWith('sealed_')) };
  })
  .filter(({ columns }) => columns.length > 0);

/** The place that a sealed value of this row and column is bound to. */
export function sealedContext(table: SealedTable, row: SealedRow, column: string): string {
  return `${BOUND_AS[table.name] ?? table.name}:${row.boundTo}:${column.replace(/^sealed_/, '')}`;
}

/** Behind `v1.`; only the beginning of a long value is read from the disk. */
const keyIdOf = (column: string) => sql`substr(${sql.identifier(column)}, 4, 8)`;
const isStale = (column: string) =>
  sql`(${sql.identifier(column)} <> '' and ${keyIdOf(column)} <> ${parameter('keyId')})`;
const list = (parts: readonly SQL[], separator = ', ') => sql.join([...parts], sql.raw(separator));

function windowOf({ name, columns }: SealedTable): Statement<{ after: string; keyId: string }, SealedWindow> {
  const stale = columns.map(
    (column) => sql`${column}::text, case when ${isStale(column)} then ${sql.identifier(column)} end`,
  );
  return statement(
    sql`with seen as (
      select id, ${sql.identifier(BOUND_TO[name] ?? 'id')} as bound_to, ${list(columns.map((column) => sql`${sql.identifier(column)}`))}
      from ${sql.identifier(name)} where id > ${parameter('after')} order by id limit ${sql.raw(String(WINDOW))}),
    stale as (
      select jsonb_build_object('id', id, 'boundTo', bound_to, 'values', jsonb_strip_nulls(jsonb_build_object(${list(stale)}))) as row
      from seen where ${list(columns.map(isStale), ' or ')})
    select (select max(id) from seen) as last, (select coalesce(jsonb_agg(row), '[]') from stale) as rows`,
    (row) => ({ last: row['last'] as string | null, rows: row['rows'] as SealedRow[] }),
  );
}

/** Only where the value is still the one that was read. */
function replacementOf(table: SealedTable, column: string): Statement<{ values: readonly ResealedValue[] }, string> {
  const [name, field] = [sql.identifier(table.name), sql.identifier(column)];
  return statement(
    sql`update ${name} set ${field} = v.after
    from jsonb_to_recordset(${parameter('values', 'jsonb')}) as v(id text, before text, after text)
    where ${name}.id = v.id and ${name}.${field} = v.before returning ${name}.id`,
    (row) => String(row['id']),
  );
}

const WINDOWS = new Map(SEALED_TABLES.map((table) => [table.name, windowOf(table)]));
const REPLACEMENTS = new Map(
  SEALED_TABLES.flatMap((table) =>
    table.columns.map((column) => [`${table.name}.${column}`, replacementOf(table, column)] as const),
  ),
);

const countsOf = (tables: readonly SealedTable[]): SQL =>
  list(
    tables.flatMap(({ name, columns }) =>
      columns.map(
        (
          column,
        ) => sql`select ${name}::text as "table", ${column}::text as "column", ${keyIdOf(column)} as key_id, count(*)::int as count
          from ${sql.identifier(name)} where ${sql.identifier(column)} <> '' group by 3`,
      ),
    ),
    ' union all ',
  );

const readCount = (row: Record<string, unknown>): SealedCount => ({
  table: String(row['table']),
  column: String(row['column']),
  keyId: String(row['key_id']),
  count: Number(row['count']),
});

const LONG_LIVED_FOREIGN = statement<{ keyIds: string }, SealedCount>(
  sql`select * from (${countsOf(SEALED_TABLES.filter(({ name }) => LONG_LIVED.has(name)))}) counts
    where key_id <> all(string_to_array(${parameter('keyIds')}, ',')) order by 1, 2, 3`,
  readCount,
);

/** The rows behind `after`, in the order of their ids; of those, the ones that another key than `keyId` sealed. */
export async function readSealedWindow(
  db: Database,
  table: SealedTable,
  position: { after: string; keyId: string },
): Promise<SealedWindow> {
  const reading = WINDOWS.get(table.name);
  const [window] = reading ? await db.run(reading, position) : [];
  return window ?? { last: null, rows: [] };
}

/** @returns how many were replaced; the others were changed meanwhile */
export async function replaceSealedValues(
  db: Database,
  table: SealedTable,
  column: string,
  values: readonly ResealedValue[],
): Promise<number> {
  const replacement = REPLACEMENTS.get(`${table.name}.${column}`);
  return replacement ? (await db.run(replacement, { values })).length : 0;
}

/** Reads every table from end to end. */
export async function readSealedCounts(db: Database): Promise<SealedCount[]> {
  const query = sql`${countsOf(SEALED_TABLES)} order by 1, 2, 3`;
  const rows = await db.using((drizzle) => drizzle.execute(query), { deadlineMs: 10 * 60_000 });
  return [...rows].map(readCount);
}

/** What a server can't do without and none of the keys opens. Compares key ids, and opens nothing. */
export async function readForeignSecrets(db: Database, keyIds: readonly string[]): Promise<SealedCount[]> {
  return db.run(LONG_LIVED_FOREIGN, { keyIds: keyIds.join(',') });
}
