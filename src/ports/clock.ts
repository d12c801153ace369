/** The only `new Date()`. Tests move it; `offsetSeconds` moves the database's clock along. */
export interface Clock {
  now(): Date;
  /** Seconds to add to the database's `now()`: 0 outside tests. */
  readonly offsetSeconds: number;
}

export const systemClock: Clock = { now: () => new Date(), offsetSeconds: 0 };

/** A clock that tests move by hand. */
export interface MovableClock extends Clock {
  moveBy(seconds: number): void;
}

export function movableClock(): MovableClock {
  let offsetSeconds = 0;
  return {
    now: () => new Date(Date.now() + offsetSeconds * 1000),
    get offsetSeconds() {
      return offsetSeconds;
    },
    moveBy(seconds) {
      offsetSeconds += seconds;
    },
  };
}
