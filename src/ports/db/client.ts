/** The connection to Postgres: one pool, prepared statements, a deadline on each call. */

import { type SQL, sql } from 'drizzle-orm';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { Statement } from './statement.ts';

/** A hot statement that takes longer than this is given up: the caller gets 503 and may try again. */
const DEADLINE_MS = 3_000;
const ATTEMPTS = 3;
/** serialization_failure, deadlock_detected: safe to run again, nothing was kept. */
const RETRYABLE = new Set(['40001', '40P01']);
/** Classes 08 (connection), 53 (resources), 57 (operator intervention), and the driver's own names. */
const UNAVAILABLE = /^(08|53|57)|^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ENOTFOUND)/;

export interface Database {
  /** Runs one prepared statement and decodes its rows. */
  run<Parameters extends Record<string, unknown>, Row>(
    statement: Statement<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]>;
  /** Runs something through Drizzle that is not on a hot path; its failures come out as those of `run` do. */
  using<T>(work: (query: PostgresJsDatabase) => Promise<T>): Promise<T>;
  /** The database's clock for what `using` runs, moved as that of the statements is. */
  now(): SQL;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly prepare: boolean;
  readonly poolMax: number;
  readonly clock: Clock;
}

/** A unique index refused the row: another request was faster. The caller reads again and decides anew. */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation';
  constructor(readonly constraint: string) {
    super(`unique index ${constraint}`);
  }
}

export function openDatabase(options: DatabaseOptions): Database {
  const client = postgres(options.url, {
    max: options.poolMax,
    prepare: options.prepare,
    connect_timeout: 2,
    idle_timeout: 60,
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
  });
  const query = drizzle(client);

  return {
    async using(work) {
      try {
        return await work(query);
      } catch (error) {
        // Drizzle wraps the driver's error in one whose message is the statement with its values
        throw error instanceof DrizzleQueryError ? translate(error.cause) : error;
      }
    },
    async run(statement, parameters) {
      const values = statement.bind({ ...parameters, offset: options.clock.offsetSeconds });
      for (let attempt = 1; ; attempt++) {
        try {
          const pending = client.unsafe(statement.text, values as never[], { prepare: options.prepare });
          const rows = await withDeadline(pending);
          return rows.map((row) => statement.decode(row as Record<string, unknown>));
        } catch (error) {
          if (attempt < ATTEMPTS && RETRYABLE.has(codeOf(error))) {
            await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
            continue;
          }
          throw translate(error);
        }
      }
    },
    now: () => sql`(now() + ${options.clock.offsetSeconds} * interval '1 second')`,
    close: () => client.end({ timeout: 5 }),
  };
}

async function withDeadline<T>(pending: Promise<T> & { cancel(): void }): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      pending.cancel();
      reject(new SsoError('database_unavailable', { detail: 'statement deadline', retryAfterSeconds: 1 }));
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([pending, deadline]);
  } finally {
    clearTimeout(timer);
    pending.catch(() => {});
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** The driver's error as one of ours; its message may hold values, so only its code goes on. */
function translate(error: unknown): unknown {
  const code = codeOf(error);
  if (code === '23505') {
    return new UniqueViolation(String((error as { constraint_name?: string }).constraint_name ?? ''));
  }
  if (UNAVAILABLE.test(code)) {
    return new SsoError('database_unavailable', { detail: code, cause: error, retryAfterSeconds: 1 });
  }
  return error;
}
