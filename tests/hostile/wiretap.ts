/** How many statements the server is asked to execute, and how many round trips that takes. */
import { openPostgresProxy } from '#tests/faults/postgres-proxy.ts';

/** Signing keys are read now and then beside the work. */
const NOT_BESIDE = /^(?!.*signing_keys)/s;

export interface Wiretap {
  /** The database's URL through the proxy. */
  readonly url: string;
  /** What `work` had executed. */
  count(work: () => Promise<unknown>): Promise<{ executions: number; roundTrips: number }>;
  /** Breaks the connection at the `nth` execution from now: before the server gets it, or before its answer is seen. */
  cut(nth: number, when: 'before' | 'after'): void;
  close(): Promise<void>;
}

export async function openWiretap(databaseUrl: string): Promise<Wiretap> {
  const proxy = await openPostgresProxy(databaseUrl);
  const { seen } = proxy;
  return {
    url: proxy.url,
    async count(work) {
      const before = { ...seen };
      await work();
      return { executions: seen.executions - before.executions, roundTrips: seen.roundTrips - before.roundTrips };
    },
    cut(nth, when) {
      proxy.clear();
      const moment = when === 'before' ? 'unsent' : 'answered';
      void proxy.at({ statement: NOT_BESIDE, nth, moment, act: (link) => link.cut() });
    },
    close: proxy.close,
  };
}
