/** The job that links audit events: every few seconds on each replica, of which one at a time finds something to do. */
import { randomFraction } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { type ChainHead, chainEvents } from './audit-chain.ts';
import { pause } from './pause.ts';

const EVERY_MS = 2_000;
/** Every so often the log says where the chain ends, for whoever keeps that elsewhere. */
const LOGGED_EVERY_MS = 10 * 60_000;

type Means = Pick<Ports, 'db' | 'log' | 'metrics'>;

/** Links everything that is settled. @returns where the chain ends */
export async function chainSettled(
  { db, metrics }: Pick<Means, 'db' | 'metrics'>,
  signal?: AbortSignal,
): Promise<ChainHead> {
  for (;;) {
    const startedAt = performance.now();
    const { more, head } = await chainEvents(db);
    metrics.auditChain(head);
    if (!more || signal?.aborted) return head;
    // never more than half of what the database could give to it
    if (signal) await pause(performance.now() - startedAt, signal);
  }
}

/** Until the signal says so. Its failure is logged and not the end. */
export async function keepChaining(means: Means, signal: AbortSignal): Promise<void> {
  let [logged, loggedAt] = [0, Number.NEGATIVE_INFINITY];
  while (!signal.aborted) {
    // replicas that start together do not stay together
    await pause(EVERY_MS * (0.5 + randomFraction()), signal);
    try {
      const { position, hash, chainedAt } = await chainSettled(means, signal);
      if (position === logged || performance.now() < loggedAt + LOGGED_EVERY_MS) continue;
      [logged, loggedAt] = [position, performance.now()];
      means.log.info({ position, hash, chainedAt }, 'head of the audit chain');
    } catch (error) {
      if (!signal.aborted) means.log.warn({ error }, 'chaining of the audit failed');
    }
  }
}
