/** How long this thread's event loop was held up: the longest time between two of its turns. */

export interface StallWatch {
  /** Ends the watch. @returns milliseconds */
  stop(): number;
}

export function watchStalls(): StallWatch {
  let longest = 0;
  let last = performance.now();
  let timer = setTimeout(turn, 0);
  function turn() {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    timer = setTimeout(turn, 0);
  }
  return {
    stop() {
      clearTimeout(timer);
      return Math.max(longest, performance.now() - last);
    },
  };
}
