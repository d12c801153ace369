/** Load: so many workers, each with one operation under way, until the time or the count is used up. */

/** Does one operation and answers what to record as its latency, milliseconds. */
export type Operation = (worker: number) => Promise<number>;

export interface Bounds {
  readonly concurrency: number;
  readonly milliseconds: number;
  readonly operations: number;
}

export interface Run {
  readonly operations: number;
  readonly milliseconds: number;
  readonly latencies: readonly number[];
}

/** @throws the first operation's error; the other workers stop at their next turn */
export async function applyLoad(operation: Operation, bounds: Bounds): Promise<Run> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const deadline = startedAt + bounds.milliseconds;
  let begun = 0;
  let failed = false;

  async function work(worker: number): Promise<void> {
    while (!failed && begun < bounds.operations && performance.now() < deadline) {
      begun++;
      latencies.push(await operation(worker));
    }
  }
  const workers = Array.from({ length: bounds.concurrency }, (_, worker) =>
    work(worker).catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.all(workers);
  return { operations: latencies.length, milliseconds: performance.now() - startedAt, latencies };
}

/** Times a promise: for operations whose whole is their latency. */
export function timed(action: (worker: number) => Promise<unknown>): Operation {
  return async (worker) => {
    const startedAt = performance.now();
    await action(worker);
    return performance.now() - startedAt;
  };
}

/** The value below which the given share of all values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
