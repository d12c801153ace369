/**
 * What is done now and then beside the requests: what is over is removed, lost logins are settled, months are made, keys and
 * metadata looked after. Each replica tries; of removing and settling, the database lets one of them do a batch at a time
 * (`turn.ts`).
 */

import { randomFraction } from '#ports/keys/random.ts';
import { maintainSigningKeys } from '#ports/keys/rotation.ts';
import type { Ports } from '#ports/ports.ts';
import { settleAbandonedLogins } from './abandoned-logins.ts';
import { keepChaining } from './chaining.ts';
import { endOvertakenSessions } from './overtaken-sessions.ts';
import { preparePartitions } from './partitions.ts';
import { pause } from './pause.ts';
import { type Round, sweepRound } from './sweep-round.ts';

const EVERY_MS = 30_000;
/** Whoever is at it may be gone at any moment: a replica looks again after this long at most. */
const ELSEWHERE_MS = 10_000;
/** A job that has not come to its end for this long has trouble, or too much to do. */
const OVERDUE_MS = 30 * 60_000;

/** Settles logins that were abandoned, and ends sessions that their provider's logout overtook. */
export async function settle({ db, clock, metrics, log, shutdown }: Ports, signal = shutdown): Promise<void> {
  let abandoned = 0;
  const note = (dialect: string | null) => {
    abandoned += 1;
    metrics.login(dialect ?? '', 'login_abandoned');
  };
  await settleAbandonedLogins(db, clock, note, signal);
  const overtaken = await endOvertakenSessions(db, clock);
  if (abandoned > 0) log.warn({ logins: abandoned }, 'abandoned logins settled');
  if (overtaken.length > 0) log.info({ sessions: overtaken.length }, 'sessions ended that a logout had overtaken');
}

/** One round over all tables. */
export async function sweep(ports: Ports, signal = ports.shutdown): Promise<Round> {
  const startedAt = performance.now();
  const round = await sweepRound(ports, signal);
  const seconds = (performance.now() - startedAt) / 1000;
  if (round.outcome === 'done') ports.metrics.housekeeping.completed(seconds, ports.clock.now());
  if (round.outcome === 'failed') ports.log.warn({ error: round.error }, 'housekeeping failed');
  if (round.rows > 0) ports.log.debug({ rows: round.rows, seconds, outcome: round.outcome }, 'housekeeping');
  return round;
}

/** Does the work every so often, never twice at once; its failure is logged and not the end. */
async function repeat(ports: Ports, signal: AbortSignal, name: string, work: () => Promise<unknown>): Promise<void> {
  // replicas that start together do not stay together
  await pause(randomFraction() * EVERY_MS, signal);
  while (!signal.aborted) {
    await work().catch((error: unknown) => {
      if (!signal.aborted) ports.log.warn({ error }, `${name} failed`);
    });
    await pause(EVERY_MS, signal);
  }
}

/**
 * Keeps house until the returned function is called.
 * @param upkeep what else is to be done each time
 */
export function startHousekeeping(ports: Ports, upkeep: () => Promise<void>): () => void {
  const { log, shutdown } = ports;
  const stopped = new AbortController();
  const signal = AbortSignal.any([shutdown, stopped.signal]);
  let doneAt = performance.now();
  const sweepOnce = async () => {
    for (let outcome = 'elsewhere'; outcome === 'elsewhere'; ) {
      ({ outcome } = await sweep(ports, signal));
      if (outcome !== 'failed') doneAt = performance.now();
      if (outcome === 'elsewhere') await pause(randomFraction() * ELSEWHERE_MS, signal);
    }
  };
  void repeat(ports, signal, 'housekeeping', sweepOnce);
  void repeat(ports, signal, 'settling', () => settle(ports, signal));
  void repeat(ports, signal, 'upkeep of the partitions', () => preparePartitions(ports));
  void keepChaining(ports, signal);

  const timer = setInterval(() => {
    maintainSigningKeys(ports).catch((error: unknown) => log.warn({ error }, 'upkeep of the signing keys failed'));
    upkeep().catch((error: unknown) => log.warn({ error }, 'upkeep of the metadata failed'));
    const minutes = Math.floor((performance.now() - doneAt) / 60_000);
    if (minutes * 60_000 < OVERDUE_MS) return;
    log.warn({ minutes }, 'housekeeping has not come to its end for long');
    doneAt = performance.now();
  }, EVERY_MS);
  timer.unref?.();
  return () => {
    stopped.abort();
    clearInterval(timer);
  };
}
