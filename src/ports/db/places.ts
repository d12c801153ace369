/** A fixed number of places, and a line before them: who waits in it costs the driver nothing. */
import { SsoError } from '#error';

export interface Places {
  /**
   * Waits for a place, at most so long.
   * @returns what gives the place back; called once
   * @throws SsoError `database_unavailable` when none got free in time, or the places were closed
   */
  enter(patienceMs: number): Promise<() => void>;
  /** Sends everybody in the line away, and lets nobody in any more. */
  close(): void;
}

interface Waiter {
  admit(): void;
  refuse(detail: string): void;
}

export function createPlaces(count: number): Places {
  let free = count;
  let isClosed = false;
  // in the order of their arrival
  const line = new Set<Waiter>();

  const leave = () => {
    const [next] = line;
    if (next) next.admit();
    else free += 1;
  };
  return {
    enter(patienceMs) {
      if (isClosed) return Promise.reject(unavailable('pool replaced'));
      if (free > 0) {
        free -= 1;
        return Promise.resolve(leave);
      }
      return new Promise((resolve, reject) => {
        const out = () => {
          clearTimeout(timer);
          line.delete(waiter);
        };
        const waiter: Waiter = {
          admit() {
            out();
            resolve(leave);
          },
          refuse(detail) {
            out();
            reject(unavailable(detail));
          },
        };
        const timer = setTimeout(() => waiter.refuse('every connection is busy'), patienceMs);
        line.add(waiter);
      });
    },
    close() {
      isClosed = true;
      for (const waiter of line) waiter.refuse('pool replaced');
    },
  };
}

function unavailable(detail: string): SsoError {
  return new SsoError('database_unavailable', { detail, retryAfterSeconds: 1 });
}
