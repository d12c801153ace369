/** What is over is removed, in small batches, so that tables don't grow and sealed answers don't linger. */
import { type SQL, sql } from 'drizzle-orm';
import { maintainSigningKeys } from '#ports/keys/rotation.ts';
import type { Ports } from '#ports/ports.ts';
import type { Database } from './client.ts';
import { now, statement } from './statement.ts';

const EVERY_MS = 30_000;
/** Rows a statement: few enough to hold no lock for long. */
const BATCH = 500;
/** Batches a round and table; what is left then waits for the next round. */
const MAX_BATCHES = 40;

interface Lifetimes extends Record<string, unknown> {
  readonly repeatSeconds: number;
  readonly graceSeconds: number;
  readonly retentionSeconds: number;
}

/** Changes rows and answers how many. */
function batch(change: SQL) {
  return statement<Lifetimes, number>(
    sql`with changed as (${change} returning 1) select count(*)::int as count from changed`,
    (row) => Number(row['count']),
  );
}

const before = (name: keyof Lifetimes & string) => sql`${now} - ${sql.placeholder(name)}::float8 * interval '1 second'`;

/** Each takes the oldest rows first, along an index where the table is one that grows. */
const SWEEPS = [
  batch(sql`update authentication_requests set sealed_answer = null where id in (
    select id from authentication_requests where sealed_answer is not null and finished_at < ${before('repeatSeconds')} limit ${sql.raw(String(BATCH))})`),
  batch(sql`update authentication_requests set sealed_claims = null where id in (
    select id from authentication_requests where sealed_claims is not null and code_expires_at < ${now} limit ${sql.raw(String(BATCH))})`),
  batch(sql`delete from authentication_requests where id in (
    select id from authentication_requests where expires_at < ${now} - interval '1 hour' order by expires_at limit ${sql.raw(String(BATCH))})`),
  batch(sql`delete from saml_replays where (connection_id, assertion_digest) in (
    select connection_id, assertion_digest from saml_replays where expires_at < ${now} order by expires_at limit ${sql.raw(String(BATCH))})`),
  batch(sql`update refresh_tokens set sealed_successor = null where id in (
    select id from refresh_tokens where sealed_successor is not null and rotated_at < ${before('graceSeconds')} limit ${sql.raw(String(BATCH))})`),
  batch(sql`delete from sessions where id in (
    select id from sessions where expires_at < ${now} - interval '30 days' order by expires_at limit ${sql.raw(String(BATCH))})`),
  batch(sql`delete from logins where id in (
    select id from logins where created_at < ${before('retentionSeconds')} order by created_at limit ${sql.raw(String(BATCH))})`),
];

/** One round over all tables. */
export async function sweep(db: Database, config: Ports['config']): Promise<void> {
  const lifetimes = {
    repeatSeconds: config.CALLBACK_REPEAT_SECONDS,
    graceSeconds: config.REFRESH_GRACE_SECONDS,
    retentionSeconds: config.LOGIN_RETENTION_SECONDS,
  };
  for (const each of SWEEPS) {
    for (let round = 0; round < MAX_BATCHES; round++) {
      const [count = 0] = await db.run(each, lifetimes);
      if (count < BATCH) break;
    }
  }
}

/**
 * Sweeps and looks after the signing keys now and then, until the returned function is called.
 * @param upkeep what else is to be done each time
 */
export function startHousekeeping(ports: Ports, upkeep: () => Promise<void>): () => void {
  const { db, config, log } = ports;
  const timer = setInterval(() => {
    sweep(db, config).catch((error: unknown) => log.warn({ error }, 'housekeeping failed'));
    maintainSigningKeys(ports).catch((error: unknown) => log.warn({ error }, 'upkeep of the signing keys failed'));
    upkeep().catch((error: unknown) => log.warn({ error }, 'upkeep of the metadata failed'));
  }, EVERY_MS);
  timer.unref?.();
  return () => clearInterval(timer);
}
