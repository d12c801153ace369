/** What is over is removed, in small batches, so that tables don't grow and sealed answers don't linger. */
import { sql } from 'drizzle-orm';
import type { Ports } from '#ports/ports.ts';
import type { Database } from './client.ts';
import { sweepAuthenticationRequests } from './authentication-requests.ts';
import { now, parameter, statement } from './statement.ts';

const EVERY_MS = 30_000;

const SWEEP_SESSIONS = statement<Record<string, never>, unknown>(
  sql`delete from sessions where id in (
    select id from sessions where expires_at < ${now} - interval '30 days' order by expires_at limit 500)`,
  (row) => row,
);
const SWEEP_SUCCESSORS = statement<{ graceSeconds: number }, unknown>(
  sql`update refresh_tokens set sealed_successor = null where id in (
    select id from refresh_tokens where sealed_successor is not null
      and rotated_at < ${now} - ${parameter('graceSeconds', 'float8')} * interval '1 second' limit 500)`,
  (row) => row,
);
const SWEEP_LOGINS = statement<{ retentionSeconds: number }, unknown>(
  sql`delete from logins where id in (
    select id from logins where created_at < ${now} - ${parameter('retentionSeconds', 'float8')} * interval '1 second'
    order by created_at limit 500)`,
  (row) => row,
);

/** One round over all tables; a batch each. */
export async function sweep(db: Database, config: Ports['config']): Promise<void> {
  await sweepAuthenticationRequests(db, config.CALLBACK_REPEAT_SECONDS);
  await db.run(SWEEP_SUCCESSORS, { graceSeconds: config.REFRESH_GRACE_SECONDS });
  await db.run(SWEEP_SESSIONS, {});
  await db.run(SWEEP_LOGINS, { retentionSeconds: config.LOGIN_RETENTION_SECONDS });
}

/** Sweeps now and then until the returned function is called. */
export function startHousekeeping({ db, config, log }: Ports): () => void {
  const timer = setInterval(() => {
    sweep(db, config).catch((error: unknown) => log.warn({ error }, 'housekeeping failed'));
  }, EVERY_MS);
  timer.unref?.();
  return () => clearInterval(timer);
}
