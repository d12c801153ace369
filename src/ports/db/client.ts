/** The connection to Postgres: one pool, prepared statements, a deadline on each call. */

import { type SQL, sql } from 'drizzle-orm';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import { type Care, codeOf, isUnavailable, openPool, type PoolOptions } from './pool.ts';
import type { Statement } from './statement.ts';

const ATTEMPTS = 3;
/** lock_not_available: somebody else has had it for too long. */
const BUSY = '55P03';
/** serialization_failure, deadlock_detected: safe to run again, nothing was kept. */
const RETRYABLE = new Set(['40001', '40P01']);
export interface Database {
  /**
   * Runs one statement and decodes its rows.
   * @param care without it, it is prepared, and has the time that callers of the API wait at most
   */
  run<Parameters extends Record<string, unknown>, Row>(
    statement: Statement<Parameters, Row>,
    parameters: Parameters,
    care?: Care,
  ): Promise<Row[]>;
  /** Runs something through Drizzle that is not on a hot path; its time and its failures are those of `run`. */
  using<T>(work: (query: PostgresJsDatabase) => Promise<T>, care?: Pick<Care, 'deadlineMs'>): Promise<T>;
  /** In one transaction, which takes as long as it takes, but waits for no lock longer than callers of the API would. */
  transaction<T>(work: (query: PostgresJsDatabase) => Promise<T>): Promise<T>;
  /** The database's clock for what `using` runs, moved as that of the statements is. */
  now(): SQL;
  close(): Promise<void>;
}

export interface DatabaseOptions extends PoolOptions {
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
  const pool = openPool(options);

  return {
    using: (work, care) => pool.using(work, care).catch(rethrow),
    transaction: (work) => pool.transaction(work).catch(rethrow),
    async run(statement, parameters, care) {
      const values = statement.bind({ ...parameters, offset: options.clock.offsetSeconds });
      for (let attempt = 1; ; attempt++) {
        try {
          const rows = await pool.execute(statement.text, values, care);
          return rows.map((row) => statement.decode(row));
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
    close: () => pool.close(),
  };
}

/** Drizzle wraps the driver's error in one whose message is the statement with its values. */
function rethrow(error: unknown): never {
  throw translate(error instanceof DrizzleQueryError ? error.cause : error);
}

/** The driver's error as one of ours; its message may hold values, so only its code goes on. */
function translate(error: unknown): unknown {
  const code = codeOf(error);
  if (code === '23505') {
    return new UniqueViolation(String((error as { constraint_name?: string }).constraint_name ?? ''));
  }
  if (isUnavailable(error) || code === BUSY) {
    return new SsoError('database_unavailable', { detail: code, cause: error, retryAfterSeconds: 1 });
  }
  return error;
}
