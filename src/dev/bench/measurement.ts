/** One row of the table: an operation under load, with what it cost server and Postgres. */
import { applyLoad, type Bounds, median, type Operation, percentile } from './load.ts';
import { familyProcessorMs, processorMs } from './processes.ts';

export interface Measured {
  readonly operations: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor milliseconds an operation; undefined where there is no `/proc`, or no server takes part. */
  readonly serverMs: number | undefined;
  readonly postgresMs: number | undefined;
  /** The same of this process: the client's cost, or for bare statements the driver's. */
  readonly clientMs: number | undefined;
}

/** Whose processor time counts. */
export interface Watched {
  readonly server: number | undefined;
  readonly postmaster: number | undefined;
}

/** One round. */
export async function measure(operation: Operation, bounds: Bounds, watched: Watched): Promise<Measured> {
  const before = await processorTimes(watched);
  const { operations, milliseconds, latencies } = await applyLoad(operation, bounds);
  const after = await processorTimes(watched);
  const each = (name: keyof typeof before) => {
    const [from, to] = [before[name], after[name]];
    return from === undefined || to === undefined ? undefined : (to - from) / operations;
  };
  return {
    operations,
    perSecond: (operations * 1000) / milliseconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    serverMs: each('server'),
    postgresMs: each('postgres'),
    clientMs: each('client'),
  };
}

/** The median of each figure over all rounds; operations are added up. */
export function combine(rounds: readonly Measured[]): Measured {
  const middle = (read: (round: Measured) => number) => median(rounds.map(read));
  const middleIfKnown = (read: (round: Measured) => number | undefined) => {
    const values = rounds.flatMap((round) => read(round) ?? []);
    return values.length === 0 ? undefined : median(values);
  };
  return {
    operations: rounds.reduce((sum, round) => sum + round.operations, 0),
    perSecond: middle((round) => round.perSecond),
    p50Ms: middle((round) => round.p50Ms),
    p99Ms: middle((round) => round.p99Ms),
    serverMs: middleIfKnown((round) => round.serverMs),
    postgresMs: middleIfKnown((round) => round.postgresMs),
    clientMs: middleIfKnown((round) => round.clientMs),
  };
}

async function processorTimes({ server, postmaster }: Watched) {
  const [serverMs, postgresMs, clientMs] = await Promise.all([
    server === undefined ? undefined : processorMs(server),
    postmaster === undefined ? undefined : familyProcessorMs(postmaster),
    processorMs(process.pid),
  ]);
  return { server: serverMs, postgres: postgresMs, client: clientMs };
}
