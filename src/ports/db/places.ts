/** A fixed number of places, and a line before them: who waits in it costs the driver nothing. */
import { SsoError } from '#error';

export interface Taken<Place> {
  readonly place: Place;
  /** Gives the place back; called once. */
  leave(): void;
}

export interface Places<Place> {
  /**
   * Waits for a place, at most so long. The one that was left last comes first.
   * @throws SsoError `database_unavailable` when none got free in time, or the places were closed
   */
  enter(patienceMs: number): Promise<Taken<Place>>;
  /** Sends everybody in the line away, and lets nobody in any more. */
  close(): void;
}

interface Waiter<Place> {
  admit(place: Place): void;
  refuse(detail: string): void;
}

export function createPlaces<Place>(places: readonly Place[]): Places<Place> {
  const free = [...places];
  let isClosed = false;
  // in the order of their arrival
  const line = new Set<Waiter<Place>>();

  const taken = (place: Place): Taken<Place> => ({
    place,
    leave() {
      const [next] = line;
      if (next) next.admit(place);
      else free.push(place);
    },
  });
  return {
    enter(patienceMs) {
      if (isClosed) return Promise.reject(unavailable('the pool is closed'));
      const place = free.pop();
      if (place !== undefined) return Promise.resolve(taken(place));
      return new Promise((resolve, reject) => {
        const out = () => {
          clearTimeout(timer);
          line.delete(waiter);
        };
        const waiter: Waiter<Place> = {
          admit(freed) {
            out();
            resolve(taken(freed));
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
      for (const waiter of line) waiter.refuse('the pool is closed');
    },
  };
}

function unavailable(detail: string): SsoError {
  return new SsoError('database_unavailable', { detail, retryAfterSeconds: 1 });
}
