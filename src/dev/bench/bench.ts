/**
 * `bun run bench`: what a login, a renewal and a read cost, beside the same statements bare.
 *
 *   --quick            under a minute: shorter rounds
 *   --json             the report as JSON
 *   --only=TEXT        rows whose name contains the text, and the bare ones; `saml` is one of the names
 *   --server-option=O  an option of the server's runtime, such as --cpu-prof; may be repeated
 *
 * Three processes on loopback: the stub provider, the server, and this one, which is the load. Postgres is
 * the embedded one with its durable settings. Every row is warmed up, then measured in rounds that take
 * turns with the other rows', so that a slow minute of the machine hits all of them; figures are medians.
 * SAML responses are verified in this process, while the others have nothing to do; `saml.ts` does so alone.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { applyLoad } from './load.ts';
import { combine, type Measured, measure } from './measurement.ts';
import { residentMib } from './processes.ts';
import { formatReport, overBudget, type Report, type Row } from './report.ts';
import { measureSaml } from './saml.ts';
import { POOL_SIZE } from './server.ts';
import { type Bench, type Cleanups, setUp } from './setup.ts';
import { createWorkloads, type Workload } from './workloads.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    'server-option': { type: 'string', multiple: true, default: [] },
  },
});

const CONCURRENCY = 32;
const ROUNDS = 3;
const ROUND_MS = options.quick ? 1_300 : 4_000;
const WARM_UP = { concurrency: CONCURRENCY, milliseconds: 1_000, operations: 500 };
/** Nothing here runs on for ever, however fast the machine. */
const ROUND = { concurrency: CONCURRENCY, milliseconds: ROUND_MS, operations: 100_000 };

async function run(cleanups: Cleanups): Promise<Report> {
  const bench = await setUp(options['server-option'], cleanups);
  const all = createWorkloads(bench.client, bench.bare);
  const workloads = all.filter(({ name, bare }) => bare === undefined || name.includes(options.only));
  const rows = compare(workloads, await measureInTurns(workloads, bench));
  const memoryMib = await residentMib(bench.server.pid);
  return {
    conditions: conditions(bench.database.description),
    rows,
    roundTrips: bench.roundTrips,
    startMs: bench.startMs,
    memoryMib,
    saml: 'saml'.includes(options.only) ? await measureSaml(ROUND_MS / 2) : undefined,
  };
}

async function measureInTurns(
  workloads: readonly Workload[],
  { database, server }: Bench,
): Promise<ReadonlyMap<string, Measured>> {
  for (const { operation } of workloads) await applyLoad(operation, WARM_UP);
  // as autovacuum would have done by then; in the midst of a round it would change the plans under way
  await database.sql.unsafe('vacuum analyze');
  await database.sql.unsafe('checkpoint');
  const rounds = new Map<string, Measured[]>(workloads.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, operation, bare } of workloads) {
      const watched = { server: bare === undefined ? undefined : server.pid, postmaster: database.postmaster };
      rounds.get(name)?.push(await measure(operation, ROUND, watched));
    }
  }
  return new Map([...rounds].map(([name, measured]) => [name, combine(measured)]));
}

function compare(workloads: readonly Workload[], measured: ReadonlyMap<string, Measured>): Row[] {
  return workloads.flatMap(({ name, bare }) => {
    const own = measured.get(name);
    const limit = bare === undefined ? undefined : measured.get(bare);
    return own ? [{ name, ...own, ofBare: limit && own.perSecond / limit.perSecond }] : [];
  });
}

function conditions(postgres: string): string[] {
  return [
    `Bun ${Bun.version}, ${availableParallelism()} processors shared by server, Postgres, provider and load`,
    `${CONCURRENCY} operations under way; medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, after a warm-up`,
    `${postgres}; ${POOL_SIZE} connections`,
    'Server: NODE_ENV=production, LOG_LEVEL=error, ES256; the provider’s ID tokens: ES256',
  ];
}

const cleanups: Cleanups = [];
let cleaning: Promise<void> | undefined;

function cleanUp(): Promise<void> {
  cleaning ??= (async () => {
    for (const cleanup of cleanups.reverse()) {
      await cleanup().catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      });
    }
  })();
  return cleaning;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
}

try {
  const report = await run(cleanups);
  console.log(options.json ? JSON.stringify(report, null, 2) : formatReport(report));
  for (const { operation, each, limit } of overBudget(report)) {
    console.error(`${operation}: ${each} round trips, ${limit} are allowed`);
    process.exitCode = 1;
  }
} finally {
  await cleanUp();
}
