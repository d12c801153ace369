/**
 * The driver's pool, and what it needs around it.
 *
 * - The driver sends statements ahead on connections that are busy, and loses count when one of these is cancelled: the
 *   answers behind it reach the wrong callers. So it is never given more statements than it has connections.
 * - A connection that breaks while the driver asks it for its types ends the process. So it does not ask.
 * - Its transactions go on writing to a connection that is gone, which ends the process. So a transaction has a connection of
 *   its own, and is rolled back by closing it.
 * - A connection that died without a word (a lost route, a balancer that forgot it) would keep its place until the system
 *   gives up, after a quarter of an hour. A statement that not even its cancellation ends shows one: the pool is replaced.
 */
import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Row, type Sql } from 'postgres';
import { SsoError } from '#error';
import { createPlaces, type Places } from './places.ts';

/** From the call to the answer, the wait for a connection included. */
const DEADLINE_MS = 3_000;
/** How long of that a caller waits for a connection. */
const PATIENCE_MS = 2_000;
/** A cancellation that has no effect for this long has not reached the server: longer than connecting may take. */
const CANCELLATION_MS = 2_500;
/** How long a pool that was replaced may finish what it is at. */
const FAREWELL_SECONDS = 5;
/** The driver rejects the statement of a broken connection a moment before it takes the connection out of use. */
const BURIAL_MS = 20;

/** Classes 08 (connection), 53 (resources), 57 (operator intervention), and the driver's own names. */
const UNAVAILABLE =
  /^(08|53|57)|^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)/;

export interface PoolOptions {
  readonly url: string;
  readonly prepare: boolean;
  readonly poolMax: number;
}

export interface Pool {
  /** @throws SsoError `database_unavailable` past the deadline; else the driver's error */
  execute(text: string, values: readonly unknown[]): Promise<readonly Row[]>;
  /** Work that takes as long as it takes, one statement at a time. */
  using<T>(work: (query: PostgresJsDatabase) => Promise<T>): Promise<T>;
  /** Work that is kept as a whole, or not at all. */
  transaction<T>(work: (query: PostgresJsDatabase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Generation {
  readonly client: Sql;
  readonly query: PostgresJsDatabase;
  readonly places: Places;
}

export function openPool(options: PoolOptions): Pool {
  let current = openGeneration(options);

  const replace = (dead: Generation) => {
    if (dead !== current) return;
    current = openGeneration(options);
    dead.places.close();
    void dead.client.end({ timeout: FAREWELL_SECONDS }).catch(() => {});
  };
  return {
    async execute(text, values) {
      const generation = current;
      const startedAt = performance.now();
      const leave = await generation.places.enter(PATIENCE_MS);
      const pending = generation.client.unsafe(text, values as never[], { prepare: options.prepare });
      pending.then(leave, (error: unknown) => {
        if (isUnavailable(error)) setTimeout(leave, BURIAL_MS);
        else leave();
      });
      return withDeadline(pending, startedAt + DEADLINE_MS - performance.now(), () =>
        giveUp(pending, generation, replace),
      );
    },
    async using(work) {
      const { query, places } = current;
      const leave = await places.enter(PATIENCE_MS);
      // a query of Drizzle's runs each time that somebody waits for it: here that is once
      const done = Promise.resolve(work(query));
      done.then(leave, () => setTimeout(leave, BURIAL_MS));
      return done;
    },
    async transaction(work) {
      const leave = await current.places.enter(PATIENCE_MS);
      return inTransaction(options, work).finally(leave);
    },
    close: () => current.client.end({ timeout: FAREWELL_SECONDS }),
  };
}

export function isUnavailable(error: unknown): boolean {
  return UNAVAILABLE.test(codeOf(error));
}

/** SQLSTATE, or the driver's or the system's name of what went wrong; empty for what has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function openGeneration(options: PoolOptions): Generation {
  const client = connect(options, () => {});
  return { client, query: drizzle(client), places: createPlaces(options.poolMax) };
}

function connect({ url, prepare, poolMax }: PoolOptions, onclose: () => void): Sql {
  return postgres(url, {
    max: poolMax,
    prepare,
    connect_timeout: 2,
    idle_timeout: 60,
    // Drizzle reads arrays itself
    fetch_types: false,
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
    onclose,
  });
}

async function inTransaction<T>(options: PoolOptions, work: (query: PostgresJsDatabase) => Promise<T>): Promise<T> {
  let isGone = false;
  const client = connect({ ...options, poolMax: 1 }, () => {
    isGone = true;
  });
  const { unsafe } = client;
  // what comes after the connection's end would be run on the next one, outside of any transaction
  client.unsafe = (...statement) => {
    if (isGone) throw new SsoError('database_unavailable', { detail: 'connection lost', retryAfterSeconds: 1 });
    return unsafe(...statement);
  };
  const query = drizzle(client);
  try {
    await query.execute(sql`begin`);
    const done = await work(query);
    // a statement that failed has ended the transaction, even if `work` made nothing of it
    const { command } = await query.execute(sql`commit`);
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
    return done;
  } finally {
    await client.end({ timeout: 1 });
  }
}

async function withDeadline<T>(pending: Promise<T>, ms: number, giveUp: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      giveUp();
      reject(new SsoError('database_unavailable', { detail: 'statement deadline', retryAfterSeconds: 1 }));
    }, ms);
  });
  try {
    return await Promise.race([pending, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks the server to stop; replaces the pool if that does not end the statement either. */
function giveUp(pending: Promise<unknown>, generation: Generation, replace: (dead: Generation) => void): void {
  const timer = setTimeout(() => replace(generation), CANCELLATION_MS);
  const settled = () => clearTimeout(timer);
  pending.then(settled, settled);
  cancel(pending);
}

/**
 * The driver's own `cancel()` without its two faults: it drops the promise of a cancellation, so that one which can't reach
 * the server would end the process; and a statement whose connection is still being made would take that along.
 */
function cancel(pending: Promise<unknown>): void {
  const canceller: unknown = Reflect.get(pending, 'canceller');
  if (Reflect.get(pending, 'active') !== true || typeof canceller !== 'function') return;
  Promise.resolve(canceller(pending)).catch(() => {});
}
