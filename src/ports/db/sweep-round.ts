/**
 * A round: every table in turn, beginning with any, a batch each, until nothing is left. After each batch the round rests for
 * as long as the batch took, so that it never uses more than half of what the database could give to it.
 */
import type { Config } from '#config';
import { randomFraction } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { anchorDefault, anchorPartition, CHAIN_SWEEP } from './audit-retention.ts';
import type { Database } from './client.ts';
import { dropPartition, isBusy, listPartitions } from './partitions.ts';
import { pause } from './pause.ts';
import { isOutOfTime } from './pool.ts';
import { leaveWalk } from './sweep-position.ts';
import { AUDIT_SWEEP, type Batch, type Lifetimes, partitionSweep, runBatch, SWEEPS, type Sweep } from './sweeps.ts';

type Means = Pick<Ports, 'db' | 'config' | 'clock' | 'metrics'>;

export interface Round {
  /** `elsewhere`: another replica is at it, and this one gave up · `failed`: something was left, for `error` */
  readonly outcome: 'done' | 'elsewhere' | 'failed' | 'stopped';
  readonly rows: number;
  readonly error?: unknown;
}

/** After so many failures in a row it is the database that fails. */
const FAILURES = 2;

/** A batch of a sweep that is under way; `name` is for metrics. */
interface Step extends Batch {
  readonly name: string;
}

export async function sweepRound(means: Means, signal: AbortSignal): Promise<Round> {
  const lifetimes = lifetimesOf(means.config);
  const works = [
    ...SWEEPS.map((sweep) => walk(means.db, sweep, lifetimes)),
    walk(means.db, CHAIN_SWEEP, lifetimes),
    walkLogins(means, lifetimes),
    walkAudit(means, lifetimes),
  ];
  // of many replicas each has but a few batches before the next takes over: whatever came last would never be begun
  works.push(...works.splice(0, Math.floor(randomFraction() * works.length)));
  let [rows, failures, failure]: [number, number, unknown] = [0, 0, undefined];
  for (let work = works.shift(); work; work = works.shift()) {
    if (signal.aborted) return { outcome: 'stopped', rows };
    const startedAt = performance.now();
    try {
      const { done, value: step } = await work.next();
      failures = 0;
      if (done) continue;
      if (!step.mine) return { outcome: 'elsewhere', rows };
      rows += step.changed;
      means.metrics.housekeeping.removed(step.name, step.changed);
      works.push(work);
    } catch (error) {
      failure ??= error;
      failures += 1;
      if (failures === FAILURES) break;
    }
    await pause(performance.now() - startedAt, signal);
  }
  return failure === undefined ? { outcome: 'done', rows } : { outcome: 'failed', rows, error: failure };
}

async function* walk(db: Database, sweep: Sweep, lifetimes: Lifetimes): AsyncGenerator<Step, undefined> {
  for (let batch: Batch | undefined; batch?.more !== false; ) {
    try {
      batch = await runBatch(db, sweep, lifetimes, batch);
      yield { ...batch, name: sweep.name };
    } catch (error) {
      if (isOutOfTime(error)) await leaveWalk(db, sweep.positionName);
      throw error;
    }
  }
  return undefined;
}

/** Oldest first: what comes before a month is gone before the month is. */
async function* walkLogins(
  { db, config, clock, metrics }: Means,
  lifetimes: Lifetimes,
): AsyncGenerator<Step, undefined> {
  const before = new Date(clock.now().getTime() - config.LOGIN_RETENTION_SECONDS * 1000);
  for (const partition of await listPartitions(db, 'logins')) {
    if (partition.end && partition.end <= before && (await dropPartition(db, partition, before))) {
      metrics.housekeeping.partitionDropped('logins');
      continue;
    }
    try {
      yield* walk(db, partitionSweep(partition.name), lifetimes);
    } catch (error) {
      // another replica dropped it
      if (!isBusy(error)) throw error;
    }
  }
  return undefined;
}

/** By whole months, since the audit is append-only. */
async function* walkAudit(
  { db, config, clock, metrics }: Means,
  lifetimes: Lifetimes,
): AsyncGenerator<Step, undefined> {
  const before = new Date(clock.now().getTime() - config.AUDIT_RETENTION_SECONDS * 1000);
  await anchorDefault(db, before, clock);
  yield* walk(db, AUDIT_SWEEP, lifetimes);
  for (const partition of await listPartitions(db, 'audit_events')) {
    if (!partition.end || partition.end > before) continue;
    const dropped = await dropPartition(db, partition, before, (query) => anchorPartition(query, partition, clock));
    if (dropped) metrics.housekeeping.partitionDropped('audit_events');
  }
  return undefined;
}

function lifetimesOf(config: Config): Lifetimes {
  return {
    repeatSeconds: config.CALLBACK_REPEAT_SECONDS,
    graceSeconds: config.REFRESH_GRACE_SECONDS,
    loginSeconds: config.LOGIN_RETENTION_SECONDS,
    auditSeconds: config.AUDIT_RETENTION_SECONDS,
  };
}
