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
/** Failures in a row that open a circuit. */
export const FAILURE_THRESHOLD = 5;
/** How long a circuit stays open before one call may try. */
export const OPEN_MS = 5_000;
/** Circuits remembered. Healthy idle ones are not, so this bounds those that failed last time. */
export const MAX_CIRCUITS = 10_000;

interface Circuit {
  active: number;
  failures: number;
  /** Epoch milliseconds, while open. */
  openedAt: number | undefined;
  isProbing: boolean;
}

/** Ends a call. `failed`: the transport failed, or the answer was a 5xx. Call it exactly once. */
export type Leave = (failed: boolean) => void;

export interface Circuits {
  /** @throws SsoError `idp_busy` at the cap, `idp_unreachable` (`circuit open`); both at once, without a call */
  enter(name: string): Leave;
  /** How many circuits are remembered. */
  readonly size: number;
}

export function createCircuits(options: CircuitsOptions): Circuits {
  const circuits = new Map<string, Circuit>();
  const now = () => options.clock.now().getTime();
  const report = (name: string, state: CircuitState) => options.onStateChange?.(name, state);

  function enter(name: string): Leave {
    const circuit = circuits.get(name) ?? remember(circuits, name);
    if (circuit.active >= MAX_CONCURRENT) throw new SsoError('idp_busy', { retryAfterSeconds: 1 });
    const isProbe = circuit.openedAt !== undefined;
    if (circuit.openedAt !== undefined) {
      assertProbeDue(circuit, circuit.openedAt, now());
      circuit.isProbing = true;
      report(name, 'half-open');
    }
    circuit.active += 1;
    return (failed) => leave(name, circuit, isProbe, failed);
  }

  function leave(name: string, circuit: Circuit, isProbe: boolean, failed: boolean): void {
    circuit.active -= 1;
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
  const circuit: Circuit = { active: 0, failures: 0, openedAt: undefined, isProbing: false };
  circuits.set(name, circuit);
  return circuit;
}
