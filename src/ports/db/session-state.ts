/**
 * What makes a session usable, said once for every statement that asks. The session's row is `s`; ends of many sessions
 * at once are instants on the rows it belongs to, so that they need no row of any session, and none can slip by.
 */
import { type SQL, sql } from 'drizzle-orm';
import { now, parameter } from './statement.ts';

/** The rows that a session `s` belongs to. */
export const sessionOwners = sql`join users u on u.id = s.user_id
    join organizations o on o.id = s.organization_id
    join connections c on c.id = s.connection_id
    join memberships m on m.user_id = s.user_id and m.organization_id = s.organization_id`;

/** Whether its absolute end has come, or it was not used for too long. */
export const isExpired = sql`(s.expires_at <= ${now}
    or coalesce(s.last_used_at + s.idle_seconds * interval '1 second' <= ${now}, false))`;

/** Why a session with its owners may not be used although neither it was ended itself nor has expired; null if it may. */
export const barrier = sql`case
    when u.deactivated_at is not null then 'user deactivated'
    when m.deactivated_at is not null then 'membership deactivated'
    when o.status <> 'active' then 'organization disabled'
    when c.status = 'disabled' then 'connection disabled'
    when u.sessions_ended_at >= s.started_at then 'sessions of the user ended'
    when m.sessions_ended_at >= s.started_at then 'sessions of the member ended'
    when o.sessions_ended_at >= s.started_at then 'sessions of the organization ended'
    when c.sessions_ended_at >= s.started_at then 'sessions of the connection ended'
  end`;

/**
 * When the sessions of a row end that are to end now. Never earlier than before: Postgres counts a statement's time from when
 * it came in, and one that was held up must not give back what a later one has ended meanwhile.
 */
export const sessionsEndNow = sql`greatest(sessions_ended_at, ${now})`;

/**
 * Whether the provider has ended the session that a login on connection `c` comes of. A logout of that very session may have
 * come before the code was redeemed; one of the person means who signed in before it, and since when a person who comes with
 * a code has been signed in, the code does not tell.
 * @param redeemedAt of the login, and when it was started
 */
export function isLoggedOut(redeemedAt: SQL, startedAt: SQL): SQL {
  return sql`exists (select 1 from provider_logouts p where p.connection_id = c.id
      and p.key in (select jsonb_array_elements_text(${parameter('logoutKeys', 'jsonb')}))
      and p.received_at >= case when p.key ~ '^(sid|pair|index):' then ${startedAt} else ${redeemedAt} end)`;
}

/** Shorter than this, the minute in which uses are noted would count for too much. */
export const SHORTEST_IDLE_SECONDS = 300;

/**
 * The use of `s` is noted once a minute; where sessions end by idleness soon, more often, so that the end comes at most a
 * tenth early.
 */
export const isUseWorthNoting = sql`s.last_used_at < ${now} - least(60, coalesce(s.idle_seconds, 600) / 10) * interval '1 second'`;

/** An id for each of several events of one statement, made of the parameter `base` and the session's id. */
export function eventIdOf(base: string, sessionId: SQL): SQL {
  return sql`substr(${parameter(base)}, 1, 8)
    || substr(encode(sha256(convert_to(${parameter(base)} || ${sessionId}, 'UTF8')), 'hex'), 1, 16)`;
}
