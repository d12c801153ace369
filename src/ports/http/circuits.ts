/**
 * One circuit a connection: a cap on calls under way (a bulkhead) and a circuit breaker, so that one identity
 * provider that hangs or fails takes neither the process's sockets nor its callers' time.
 *
 * ```
 * closed ── 5 failures in a row ──▶ open ── 5 s ──▶ half-open: one call goes through, the others fail at once
 *    ▲                               ▲                 │
 *    └──────── it succeeds ──────────┴── it fails ─────┘
 * ```
 */
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';

export type CircuitState = 'closed' | 'open' | 'half-open';

export interface CircuitsOptions {
  readonly clock: Clock;
  readonly onStateChange?: ((circuit: string, state: CircuitState) => void) | undefined;
}

/** Calls under way per circuit. */
export const MAX_CONCURRENT = 32;
/** Calls that wait for a place, and for how long at most: a rush at nine o'clock is no fault of the provider. */
const MAX_WAITING = 64;
const WAIT_MS = 1_500;
/** Failures in a row that open a circuit. */
export const FAILURE_THRESHOLD = 5;
/** How long a circuit stays open before one call may try. */
const OPEN_MS = 5_000;
/** Circuits remembered. Healthy idle ones are not, so this bounds those that failed last time. */
export const MAX_CIRCUITS = 10_000;

interface Circuit {
  active: number;
  /** Each takes over the place of a call that ended. */
  readonly waiting: (() => void)[];
  failures: number;
  /** Epoch milliseconds, while open. */
  openedAt: number | undefined;
  isProbing: boolean;
}

/** Ends a call. `failed`: the transport failed, or the answer was a 5xx. Call it exactly once. */
type Leave = (failed: boolean) => void;

export interface Circuits {
  /**
   * Resolves when a place is free.
   * @throws SsoError `idp_busy` when none gets free in time, `idp_unreachable` (`circuit open`) at once
   */
  enter(name: string): Promise<Leave>;
  /** How many circuits are remembered. */
  readonly size: number;
}

export function createCircuits(options: CircuitsOptions): Circuits {
  const circuits = new Map<string, Circuit>();
  const now = () => options.clock.now().getTime();
  const report = (name: string, state: CircuitState) => options.onStateChange?.(name, state);

  async function enter(name: string): Promise<Leave> {
    const circuit = circuits.get(name) ?? remember(circuits, name);
    if (circuit.active < MAX_CONCURRENT) circuit.active += 1;
    else await place(circuit);
    const isProbe = circuit.openedAt !== undefined;
    if (circuit.openedAt !== undefined) {
      try {
        assertProbeDue(circuit, circuit.openedAt, now());
      } catch (error) {
        free(circuit);
        throw error;
      }
      circuit.isProbing = true;
      report(name, 'half-open');
    }
    return (failed) => leave(name, circuit, isProbe, failed);
  }

  function leave(name: string, circuit: Circuit, isProbe: boolean, failed: boolean): void {
    free(circuit);
    if (isProbe) circuit.isProbing = false;
    if (failed) {
      circuit.failures += 1;
      // Calls that were under way when the circuit opened don't keep it open longer: only a probe does.
      const opens = isProbe || (circuit.openedAt === undefined && circuit.failures >= FAILURE_THRESHOLD);
      if (opens) {
        circuit.openedAt = now();
        report(name, 'open');
      }
      return;
    }
    circuit.failures = 0;
    if (circuit.openedAt !== undefined) report(name, 'closed');
    circuit.openedAt = undefined;
    if (circuit.active === 0) circuits.delete(name);
  }

  return {
    enter,
    get size() {
      return circuits.size;
    },
  };
}

/** Waits for the place of another call. */
function place(circuit: Circuit): Promise<void> {
  const busy = () => new SsoError('idp_busy', { retryAfterSeconds: 1 });
  if (circuit.waiting.length >= MAX_WAITING) return Promise.reject(busy());
  return new Promise((resolve, reject) => {
    const take = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      circuit.waiting.splice(circuit.waiting.indexOf(take), 1);
      reject(busy());
    }, WAIT_MS);
    circuit.waiting.push(take);
  });
}

/** Hands a place to whoever waits longest; nobody can slip in between. */
function free(circuit: Circuit): void {
  const next = circuit.waiting.shift();
  if (next) next();
  else circuit.active -= 1;
}

/** A clock that was set back counts as time passed, so that it can't hold a circuit open. */
function assertProbeDue(circuit: Circuit, openedAt: number, now: number): void {
  const elapsed = now - openedAt;
  const isOpen = elapsed >= 0 && elapsed < OPEN_MS;
  if (!isOpen && !circuit.isProbing) return;
  const remainingMs = isOpen ? OPEN_MS - elapsed : OPEN_MS;
  throw new SsoError('idp_unreachable', {
    detail: 'circuit open',
    retryAfterSeconds: Math.ceil(remainingMs / 1000),
  });
}

/** Adds a circuit. When too many are known, the one known longest that has no call under way is forgotten. */
function remember(circuits: Map<string, Circuit>, name: string): Circuit {
  if (circuits.size >= MAX_CIRCUITS) {
    const idle = circuits.entries().find(([, circuit]) => circuit.active === 0);
    if (!idle) throw new SsoError('idp_busy', { detail: 'too many circuits', retryAfterSeconds: 1 });
    circuits.delete(idle[0]);
  }
  const circuit: Circuit = { active: 0, waiting: [], failures: 0, openedAt: undefined, isProbing: false };
  circuits.set(name, circuit);
  return circuit;
}
