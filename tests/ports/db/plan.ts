/** What a statement of a list costs, however few rows a test has. */
import type { Sql } from 'postgres';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows that were looked at, and the indexes by which. */
export async function planOf(
  sql: Sql,
  statement: { toSQL(): { sql: string; params: unknown[] } },
): Promise<{ rows: number; scans: string[] }> {
  const { sql: text, params } = statement.toSQL();
  const [row] = await sql.unsafe(`explain (analyze, format json) ${text}`, params as string[]);
  const scans: string[] = [];
  let rows = 0;
  const walk = (node: Plan): void => {
    if (/Seq Scan|Index/.test(node['Node Type'])) {
      scans.push(node['Node Type']);
      rows += node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
    }
    node.Plans?.forEach(walk);
  };
  if (!row) throw new Error('no plan');
  walk((row['QUERY PLAN'] as [{ Plan: Plan }])[0].Plan);
  return { rows, scans };
}
