/**
 * Logins that nobody will finish: a server that dies between consuming a request and writing its outcome leaves a request
 * that explains nothing. Settling one is the login's refusal, with trace and audit; a login that comes to its end after all
 * finds its request settled and writes nothing (`logins.ts`), so that exactly one outcome is kept.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Check } from '#core/checks.ts';
import type { Clock } from '#ports/clock.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Database } from './client.ts';
import type { Origin } from './logins.ts';
import { pause } from './pause.ts';
import { eventIdOf } from './session-state.ts';
import { now, parameter, statement } from './statement.ts';
import { turn } from './turn.ts';

/** A login that has no outcome so long after its request was consumed is lost to whoever repeats its callback, seconds. */
export const LOGIN_SECONDS = 20;
/** Housekeeping has nobody waiting, and leaves a login on a slow database its time. */
const SWEPT_SECONDS = 60;
const LIMIT = 200;

const unfinishedFor = (seconds: number) =>
  sql`r.consumed_at is not null and r.finished_at is null and r.consumed_at < ${now} - interval '1 second' * ${sql.raw(String(seconds))}`;

/** Whether the request `r` has waited for its outcome in vain. */
export const isOverdue = unfinishedFor(LOGIN_SECONDS);

/** Who noticed: null where it was housekeeping. */
type Notice = { readonly [Member in keyof Origin]: Origin[Member] | null };

interface Settling extends Notice, Record<string, unknown> {
  readonly loginId: string;
  readonly auditId: string;
  readonly checks: readonly Check[];
}

/** Settles what `stale` names. A row that is locked is being settled or written right now, and left out of `stale`. */
const settled = sql`settled as (
    update authentication_requests r set reason = 'login_abandoned', finished_at = ${now}, sealed_claims = null
    from stale where r.id = stale.id and r.finished_at is null returning r.*
  ), traced as (
    insert into logins (id, authentication_request_id, organization_id, connection_id, connection_version, dialect, outcome, reason,
      checks, address, user_agent, request_id, duration_ms, created_at)
    select ${eventIdOf('loginId', sql`id`)}, id, organization_id, connection_id, connection_version, dialect, 'failed', reason,
      ${parameter('checks', 'jsonb')}, ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')},
      least(extract(epoch from finished_at - consumed_at) * 1000, 2147483647)::int, ${now} from settled
  ), audited as (
    insert into audit_events (id, organization_id, action, actor_type, target_type, target_id, reason, details, address, user_agent,
      request_id, created_at)
    select ${eventIdOf('auditId', sql`id`)}, organization_id, 'login.failure', 'anonymous', 'connection', connection_id, reason,
      jsonb_build_object('loginId', ${eventIdOf('loginId', sql`id`)}), ${parameter('address')}, ${parameter('userAgent')},
      ${parameter('requestId')}, ${now} from settled
  )
  select dialect from settled`;

const settle = <Parameters extends Settling>(stale: SQL) =>
  statement<Parameters, { dialect: string | null }>(sql`with ${stale}, ${settled}`, (row) => ({
    dialect: row['dialect'] as string | null,
  }));

const SETTLE_BATCH = settle(sql`${turn('settle')}, stale as materialized (
    select r.id from authentication_requests r where (select mine from turn) and ${unfinishedFor(SWEPT_SECONDS)}
    order by r.consumed_at limit ${sql.raw(String(LIMIT))} for no key update skip locked
  )`);

const SETTLE_ONE = settle<Settling & { readonly id: string }>(sql`stale as materialized (
    select r.id from authentication_requests r where r.id = ${parameter('id')} and ${isOverdue} for no key update skip locked
  )`);

const outcomeWithin = (seconds: number): readonly Check[] => [
  { name: 'login.finished', outcome: 'failed', expected: `within ${seconds} s`, actual: 'no outcome' },
];

/**
 * Settles what was abandoned, a batch at a time, and rests as long as each took.
 * @param note is told the dialect of each; null where the identity provider initiated the login
 */
export async function settleAbandonedLogins(
  db: Database,
  clock: Clock,
  note: (dialect: string | null) => void,
  signal: AbortSignal,
): Promise<void> {
  const checks = outcomeWithin(SWEPT_SECONDS);
  for (let found = LIMIT; found === LIMIT && !signal.aborted; ) {
    const startedAt = performance.now();
    const [loginId, auditId] = [createId(clock.now()), createId(clock.now())];
    const nobody = { address: null, userAgent: null, requestId: null };
    const batch = await db.run(SETTLE_BATCH, { ...nobody, loginId, auditId, checks });
    for (const { dialect } of batch) note(dialect);
    found = batch.length;
    if (found === LIMIT) await pause(performance.now() - startedAt, signal);
  }
}

/**
 * Settles one login for whoever waits for it.
 * @param id of its authentication request
 * @returns false when its time is not over, it has an outcome, or gets one this moment
 */
export async function settleAbandonedLogin(db: Database, clock: Clock, id: string, origin: Origin): Promise<boolean> {
  const [loginId, auditId] = [createId(clock.now()), createId(clock.now())];
  const { address, userAgent, requestId } = origin;
  const notice = { address, userAgent, requestId };
  const one = await db.run(SETTLE_ONE, { ...notice, id, loginId, auditId, checks: outcomeWithin(LOGIN_SECONDS) });
  return one.length > 0;
}
