/**
 * Logins that nobody will finish: a server that dies between consuming a request and writing its outcome leaves a request
 * that explains nothing. Settling one is the login's refusal, with trace and audit; a login that comes to its end after all
 * finds its request settled and writes nothing (`logins.ts`), so that exactly one outcome is kept.
 */
import { sql } from 'drizzle-orm';
import type { Check } from '#core/checks.ts';
import type { Clock } from '#ports/clock.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Database } from './client.ts';
import { pause } from './pause.ts';
import { eventIdOf } from './session-state.ts';
import { now, parameter, statement } from './statement.ts';
import { turn } from './turn.ts';

/**
 * Longer than a living login takes from consuming its request to its last write: the provider's answers at their limits
 * (27 s), and three rounds of two statements at theirs (18 s).
 */
const ABANDONED_SECONDS = 60;
const LIMIT = 200;

const CHECKS: readonly Check[] = [
  { name: 'login.finished', outcome: 'failed', expected: `within ${ABANDONED_SECONDS} s`, actual: 'no outcome' },
];

interface Settling extends Record<string, unknown> {
  readonly loginId: string;
  readonly auditId: string;
  readonly checks: readonly Check[];
}

const SETTLE = statement<Settling, { dialect: string | null }>(
  sql`with ${turn('settle')}, stale as materialized (
    select r.id from authentication_requests r
    where (select mine from turn) and r.consumed_at is not null and r.finished_at is null
      and r.consumed_at < ${now} - interval '1 second' * ${sql.raw(String(ABANDONED_SECONDS))}
    order by r.consumed_at limit ${sql.raw(String(LIMIT))} for no key update skip locked
  ), settled as (
    update authentication_requests r set reason = 'login_abandoned', finished_at = ${now}, sealed_claims = null
    from stale where r.id = stale.id and r.finished_at is null returning r.*
  ), traced as (
    insert into logins (id, authentication_request_id, organization_id, connection_id, connection_version, dialect, outcome, reason,
      checks, duration_ms, created_at)
    select ${eventIdOf('loginId', sql`id`)}, id, organization_id, connection_id, connection_version, dialect, 'failed', reason,
      ${parameter('checks', 'jsonb')}, least(extract(epoch from finished_at - consumed_at) * 1000, 2147483647)::int, ${now} from settled
  ), audited as (
    insert into audit_events (id, organization_id, action, actor_type, target_type, target_id, reason, details, created_at)
    select ${eventIdOf('auditId', sql`id`)}, organization_id, 'login.failure', 'anonymous', 'connection', connection_id, reason,
      jsonb_build_object('loginId', ${eventIdOf('loginId', sql`id`)}), ${now} from settled
  )
  select dialect from settled`,
  (row) => ({ dialect: row['dialect'] as string | null }),
);

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
  for (let found = LIMIT; found === LIMIT && !signal.aborted; ) {
    const startedAt = performance.now();
    const [loginId, auditId] = [createId(clock.now()), createId(clock.now())];
    const settled = await db.run(SETTLE, { loginId, auditId, checks: CHECKS });
    for (const { dialect } of settled) note(dialect);
    found = settled.length;
    if (found === LIMIT) await pause(performance.now() - startedAt, signal);
  }
}
