/**
 * The second pass of a provider's logout. A login that is being written in the very moment in which its provider's logout
 * arrives sees no logout, and the logout sees no session: each began before the other was there to be seen. Looking again
 * once both are there ends the session.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Clock } from '#ports/clock.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Database } from './client.ts';
import type { ProviderLogout } from './provider-logouts.ts';
import { isNamed } from './saml-sessions.ts';
import { eventIdOf } from './session-state.ts';
import { now, parameter, statement } from './statement.ts';
import { turn } from './turn.ts';

/** Logouts of these minutes are looked at again: as many rounds as that, should some of them fail. */
const LOOK_BACK = sql.raw(`interval '5 minutes'`);
/** A statement that was under way when the logout arrived wrote its session no earlier than its deadlines allow. */
const OVERTAKEN_SECONDS = 10;
const overlaps = sql`s.started_at <= l.received_at
      and s.created_at >= l.received_at - interval '${sql.raw(String(OVERTAKEN_SECONDS))} seconds'
      and s.revoked_at is null and s.expires_at > ${now}`;
/** Of a key that names both: the provider's session (0) and whose it is (1). Nothing else is read as JSON. */
const pairAt = (part: 0 | 1) => sql.raw(`case when l.key like 'pair:%' then substr(l.key, 6)::jsonb ->> ${part} end`);

/** @param logouts the rows of `provider_logouts` that are looked at again, as `recent`; ends in no comma */
const ending = <Parameters extends { auditId: string }>(logouts: SQL) =>
  statement<Parameters, string>(
    sql`with ${logouts}, meant as (
    select s.id from recent l join sessions s on s.connection_id = l.connection_id and s.provider_session_id = substr(l.key, 5)
    where l.key like 'sid:%' and ${overlaps}
    union
    select s.id from recent l join sessions s on s.connection_id = l.connection_id and s.provider_session_id = ${pairAt(0)}
      join identities i on i.id = s.identity_id and i.subject = ${pairAt(1)}
    where ${overlaps}
    union
    select s.id from recent l join identities i on i.connection_id = l.connection_id and i.subject = substr(l.key, 5)
      join sessions s on s.user_id = i.user_id and s.identity_id = i.id
    where l.key like 'sub:%' and ${overlaps}
    union
    select s.id from recent l join identities i on i.connection_id = l.connection_id and i.subject = substr(l.key, 9)
      join sessions s on s.user_id = i.user_id and s.identity_id = i.id and s.provider_session_id is null
    where l.key like 'unnamed:%' and ${overlaps}
    union
    select s.id from recent l join sessions s on s.connection_id = l.connection_id
      and ${isNamed(sql`(l.meant->'nameId')`, sql`(l.meant->'sessionIndexes')`)}
    where l.meant is not null and ${overlaps}
  ), live as materialized (
    select id from sessions where id in (select id from meant) and revoked_at is null order by id for no key update
  ), ended as (
    update sessions set revoked_at = ${now}, revoked_reason = 'idp_logout' from live
    where sessions.id = live.id returning sessions.id, sessions.organization_id, sessions.connection_id
  ), forgotten as (
    update refresh_tokens set sealed_successor = null from ended
    where refresh_tokens.session_id = ended.id and refresh_tokens.sealed_successor is not null
  ), audited as (
    insert into audit_events (id, organization_id, action, actor_type, target_type, target_id, reason, details, created_at)
    select ${eventIdOf('auditId', sql`ended.id`)}, ended.organization_id, 'session.ended', 'system', 'session', ended.id, 'idp_logout',
      jsonb_build_object('connectionId', ended.connection_id), ${now} from ended
  )
  select id from ended`,
    (row) => String(row['id']),
  );

const SWEEP = ending(sql`${turn('settle')}, recent as materialized (
    select l.connection_id, l.key, l.meant, l.received_at from provider_logouts l
    where (select mine from turn) and l.received_at >= ${now} - ${LOOK_BACK}
  )`);

/** @returns the ids of the sessions that this ended */
export async function endOvertakenSessions(db: Database, clock: Clock): Promise<string[]> {
  return db.run(SWEEP, { auditId: createId(clock.now()) });
}

const OF_MESSAGE = ending<{
  auditId: string;
  connectionId: string;
  messageDigest: string;
  keys: number;
}>(sql`recent as materialized (
    select l.connection_id, l.key, l.meant, l.received_at from provider_logouts l where l.connection_id = ${parameter('connectionId')}
      and l.message_digest in (select ${parameter('messageDigest')} union all
        select ${parameter('messageDigest')} || ':' || number from generate_series(2, ${parameter('keys', 'int')}) number)
  )`);

/**
 * Whether somebody else's statement that began before the moment `asOf` (now, if it is null) is still under way: it may not
 * have seen what was committed then. What has been running for longer than any login is written is left out. Real time on
 * both sides, whatever the clock of the tests says.
 */
const CROSSING = statement<{ asOf: string | null }, { crossing: boolean; asOf: string }>(
  sql`select at.as_of::text as as_of, exists (select 1 from pg_stat_activity where datname = current_database()
    and pid <> pg_backend_pid() and backend_type = 'client backend' and xact_start <= at.as_of
    and xact_start > at.as_of - interval '${sql.raw(String(OVERTAKEN_SECONDS))} seconds') as crossing
  from (select coalesce(${parameter('asOf', 'timestamptz')}, clock_timestamp()) as as_of) at`,
  (row) => ({ crossing: row['crossing'] === true, asOf: String(row['as_of']) }),
);

/** Longer than a statement of ours is waited for. */
const PATIENCE_MS = 3_500;
const LONGEST_PAUSE_MS = 100;

/**
 * Ends what a logout that was just committed could not see, as soon as everything that could not see the logout either is
 * written. A login waits for nothing; a logout, for the few milliseconds that the logins beside it take.
 * @returns the ids of the sessions that this ended
 */
export async function endCrossedSessions(
  db: Database,
  { connectionId, messageDigest, logoutKeys }: Pick<ProviderLogout, 'connectionId' | 'messageDigest' | 'logoutKeys'>,
  clock: Clock,
): Promise<string[]> {
  const deadline = performance.now() + PATIENCE_MS;
  let { crossing, asOf } = await lookForCrossing(db, null);
  for (let pauseMs = 5; crossing && performance.now() < deadline; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    ({ crossing, asOf } = await lookForCrossing(db, asOf));
  }
  const keys = logoutKeys.length;
  return db.run(OF_MESSAGE, { connectionId, messageDigest, keys, auditId: createId(clock.now()) });
}

async function lookForCrossing(db: Database, asOf: string | null): Promise<{ crossing: boolean; asOf: string }> {
  const [found] = await db.run(CROSSING, { asOf });
  if (!found) throw new Error('the look at what is under way answered no row');
  return found;
}
