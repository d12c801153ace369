/**
 * A pool of connections. It is ours because the driver's own sends statements ahead on connections that are busy, and loses
 * count when one of these is cancelled: the answers behind it reach the wrong callers.
 *
 * - Each connection has one statement at a time, and is not used again after it has failed once.
 * - The driver's transactions go on writing to a connection that is gone, which ends the process. So a transaction has a
 *   connection of its own, and is rolled back by closing it.
 * - A connection that died without a word (a lost route, a balancer that forgot it) would keep its place until the system
 *   gives up, after a quarter of an hour. A statement that not even its cancellation ends shows one: the pool is replaced.
 */
import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Row } from 'postgres';
import { SsoError } from '#error';
import { type Connection, type ConnectionOptions, openConnection } from './connection.ts';
import { createPlaces, type Places, type Taken } from './places.ts';

/** From the call to the answer, the wait for a connection included. */
const DEADLINE_MS = 3_000;
const STATEMENT_DEADLINE = 'statement deadline';
/** How long a transaction waits for a row or a duty that another one has: whoever waits keeps a place from everybody else. */
const LOCK_TIMEOUT = '3s';
/** How long of that a caller waits for a connection. */
const PATIENCE_MS = 2_000;
/** A cancellation that has no effect for this long has not reached the server: longer than connecting may take. */
const CANCELLATION_MS = 2_500;
/** How long a pool that was replaced may finish what it is at. */
const FAREWELL_SECONDS = 5;
/** Before a place whose connection failed is taken again: a server that is away is not asked more often than this. */
const PAUSE_MS = 20;

/** Classes 08 (connection), 53 (resources), 57 (operator intervention), and the driver's own names. */
const UNAVAILABLE =
  /^(08|53|57)|^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)/;

export interface PoolOptions extends ConnectionOptions {
  readonly poolMax: number;
}

/** What is different for a statement that nobody waits for. */
export interface Care {
  /** From the call to the answer. */
  readonly deadlineMs?: number;
  /** False has it planned anew each time, for what the tables are by then. */
  readonly prepare?: false;
}

export interface Pool {
  /** @throws SsoError `database_unavailable` past the deadline; else the driver's error */
  execute(text: string, values: readonly unknown[], care?: Care): Promise<readonly Row[]>;
  /** Work of one statement after the other. @throws SsoError `database_unavailable` past the deadline */
  using<T>(work: (query: PostgresJsDatabase) => Promise<T>, care?: Pick<Care, 'deadlineMs'>): Promise<T>;
  /** Work that is kept as a whole, or not at all. It takes as long as it takes, but for waiting for locks. */
  transaction<T>(work: (query: PostgresJsDatabase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Where one connection is, from its first use on. */
interface Place {
  connection?: Connection | undefined;
}

interface Generation {
  readonly all: readonly Place[];
  readonly places: Places<Place>;
}

export function openPool(options: PoolOptions): Pool {
  let current = openGeneration(options);

  const replace = (dead: Generation) => {
    if (dead !== current) return;
    current = openGeneration(options);
    void closeAll(dead);
  };
  return {
    async execute(text, values, { deadlineMs = DEADLINE_MS, prepare = options.prepare } = {}) {
      const generation = current;
      const startedAt = performance.now();
      const taken = await generation.places.enter(PATIENCE_MS);
      const connection = connectionAt(taken.place, options);
      const pending = connection.client.unsafe(text, values as never[], { prepare });
      leaveAfter(pending, taken, connection);
      return withDeadline(pending, startedAt + deadlineMs - performance.now(), () =>
        giveUp(pending, connection, () => replace(generation)),
      );
    },
    async using(work, { deadlineMs = DEADLINE_MS } = {}) {
      const generation = current;
      const startedAt = performance.now();
      const taken = await generation.places.enter(PATIENCE_MS);
      const connection = connectionAt(taken.place, options);
      // a query of Drizzle's runs each time that somebody waits for it: here that is once
      const done = Promise.resolve(work(connection.query));
      leaveAfter(done, taken, connection);
      return withDeadline(done, startedAt + deadlineMs - performance.now(), () =>
        giveUp(connection.latest() ?? done, connection, () => replace(generation)),
      );
    },
    async transaction(work) {
      const { leave } = await current.places.enter(PATIENCE_MS);
      return inTransaction(options, work).finally(leave);
    },
    close: () => closeAll(current),
  };
}

export function isUnavailable(error: unknown): boolean {
  return UNAVAILABLE.test(codeOf(error));
}

/** Whether a statement ran longer than it may: by our deadline, or by one that the database was set (query_canceled). */
export function isOutOfTime(error: unknown): boolean {
  return error instanceof SsoError && [STATEMENT_DEADLINE, '57014'].includes(error.detail ?? '');
}

/** SQLSTATE, or the driver's or the system's name of what went wrong; empty for what has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function openGeneration({ poolMax }: PoolOptions): Generation {
  const all: Place[] = Array.from({ length: poolMax }, () => ({}));
  return { all, places: createPlaces(all) };
}

async function closeAll({ all, places }: Generation): Promise<void> {
  places.close();
  await Promise.all(all.map(({ connection }) => connection?.close(FAREWELL_SECONDS)));
}

function connectionAt(place: Place, options: PoolOptions): Connection {
  if (place.connection && !place.connection.isOver()) return place.connection;
  void place.connection?.close(0);
  place.connection = openConnection(options);
  return place.connection;
}

/** A connection with a failure other than the statement's own is not used again. */
function leaveAfter(done: Promise<unknown>, { place, leave }: Taken<Place>, connection: Connection): void {
  done.then(leave, (error: unknown) => {
    const cause = error instanceof Error && codeOf(error) === '' ? error.cause : error;
    if (!isUnavailable(cause)) return leave();
    place.connection = undefined;
    void connection.close(0);
    setTimeout(leave, PAUSE_MS);
  });
}

async function inTransaction<T>(options: PoolOptions, work: (query: PostgresJsDatabase) => Promise<T>): Promise<T> {
  const connection = openConnection(options);
  const { client } = connection;
  const { unsafe } = client;
  // the driver does not say that what comes after the connection's end has no connection
  client.unsafe = (...statement) => {
    if (connection.isOver())
      throw new SsoError('database_unavailable', { detail: 'connection lost', retryAfterSeconds: 1 });
    return unsafe(...statement);
  };
  const query = drizzle(client);
  try {
    await query.execute(sql.raw(`begin; set local lock_timeout = '${LOCK_TIMEOUT}'`));
    const done = await work(query);
    // a statement that failed has ended the transaction, even if `work` made nothing of it
    const { command } = await query.execute(sql`commit`);
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
    return done;
  } finally {
    await connection.close(1);
  }
}

async function withDeadline<T>(pending: Promise<T>, ms: number, giveUp: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      giveUp();
      reject(new SsoError('database_unavailable', { detail: STATEMENT_DEADLINE, retryAfterSeconds: 1 }));
    }, ms);
  });
  try {
    return await Promise.race([pending, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks the server to stop; replaces the pool if that does not end the statement either. */
function giveUp(pending: Promise<unknown>, connection: Connection, replace: () => void): void {
  const timer = setTimeout(replace, CANCELLATION_MS);
  const settled = () => clearTimeout(timer);
  pending.then(settled, settled);
  if (!connection.cancel(pending)) void connection.close(0);
}
