/** What the benchmark found, as a table for people. */
import type { Measured } from './measurement.ts';
import type { RoundTrips } from './round-trips.ts';
import type { SamlFigures } from './saml.ts';
import { formatSaml } from './saml-report.ts';
import { align, fixed } from './table.ts';

export interface Row extends Measured {
  readonly name: string;
  /** Rate as a share of the bare statements' rate; undefined for those themselves. */
  readonly ofBare: number | undefined;
}

export interface Report {
  /** What was measured on what, line by line. */
  readonly conditions: readonly string[];
  readonly rows: readonly Row[];
  /** Empty when this Postgres can't count. */
  readonly roundTrips: readonly RoundTrips[];
  readonly startMs: { readonly empty: number; readonly migrated: number };
  readonly memoryMib: { readonly now: number; readonly peak: number } | undefined;
  /** Undefined when other rows were asked for. */
  readonly saml: SamlFigures | undefined;
}

const HEAD = ['', 'per second', 'of bare', 'p50 ms', 'p99 ms', 'server ms', 'Postgres ms', 'client ms', 'operations'];

export function formatReport(report: Report): string {
  const { startMs, memoryMib, roundTrips, saml } = report;
  const trips = roundTrips.map(({ operation, each, limit }) => [
    operation,
    fixed(each, 2),
    limit === undefined ? '' : `of ${limit}`,
    limit !== undefined && each > limit ? 'TOO MANY' : '',
  ]);
  return [
    ...report.conditions,
    '',
    ...align([HEAD, ...report.rows.map(cells)]),
    '',
    'server, Postgres, client ms: processor time an operation. of bare: rate as a share of the same statements alone.',
    '',
    'Round trips to Postgres, counted there',
    ...(trips.length > 0 ? align(trips) : ['not counted: this Postgres has no pg_stat_statements']),
    '',
    `Start to ready: ${fixed(startMs.migrated, 0)} ms; on an empty database, with migrations: ${fixed(startMs.empty, 0)} ms`,
    memoryMib
      ? `Memory of the server after the load: ${fixed(memoryMib.now, 0)} MiB; at its peak: ${fixed(memoryMib.peak, 0)} MiB`
      : 'Memory: not known on this system',
    ...(saml ? ['', ...formatSaml(saml)] : []),
  ].join('\n');
}

/** Operations that send more statements than the design allows. */
export function overBudget({ roundTrips }: Report): readonly RoundTrips[] {
  return roundTrips.filter(({ each, limit }) => limit !== undefined && each > limit);
}

function cells(row: Row): string[] {
  return [
    row.name,
    fixed(row.perSecond, 0),
    row.ofBare === undefined ? '' : `${fixed(row.ofBare * 100, 0)} %`,
    fixed(row.p50Ms, 1),
    fixed(row.p99Ms, 1),
    fixed(row.serverMs, 2),
    fixed(row.postgresMs, 2),
    fixed(row.clientMs, 2),
    String(row.operations),
  ];
}
