/**
 * The second pass of a provider's logout. A login that was being written in the very moment in which its provider's logout
 * arrived sees no logout, and the logout sees no session: each began before the other was there to be seen. Looking again
 * once both are there ends the session.
 */
import { sql } from 'drizzle-orm';
import type { Clock } from '#ports/clock.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Database } from './client.ts';
import { eventIdOf } from './session-state.ts';
import { now, statement } from './statement.ts';
import { turn } from './turn.ts';

/** Logouts of these minutes are looked at again: as many rounds as that, should some of them fail. */
const LOOK_BACK = sql.raw(`interval '5 minutes'`);
/** A statement that was under way when the logout arrived wrote its session no earlier than its deadlines allow. */
const OVERTAKEN = sql.raw(`interval '10 seconds'`);
const overlaps = sql`s.started_at <= l.received_at and s.created_at >= l.received_at - ${OVERTAKEN}
      and s.revoked_at is null and s.expires_at > ${now}`;

const END = statement<{ auditId: string }, string>(
  sql`with ${turn('settle')}, recent as materialized (
    select l.connection_id, l.key, l.received_at from provider_logouts l
    where (select mine from turn) and l.received_at >= ${now} - ${LOOK_BACK}
  ), meant as (
    select s.id from recent l join sessions s on s.connection_id = l.connection_id and s.provider_session_id = substr(l.key, 5)
    where l.key like 'sid:%' and ${overlaps}
    union
    select s.id from recent l join identities i on i.connection_id = l.connection_id and i.subject = substr(l.key, 5)
      join sessions s on s.user_id = i.user_id and s.identity_id = i.id
    where l.key like 'sub:%' and ${overlaps}
    union
    select s.id from recent l join identities i on i.connection_id = l.connection_id and i.subject = substr(l.key, 9)
      join sessions s on s.user_id = i.user_id and s.identity_id = i.id and s.provider_session_id is null
    where l.key like 'unnamed:%' and ${overlaps}
    union
    select s.id from recent l join sessions s on s.connection_id = l.connection_id and s.name_id is not null
      and s.name_id->>'value' = substr(l.key, 6)
    where l.key like 'name:%' and ${overlaps}
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

/** @returns the ids of the sessions that this ended */
export async function endOvertakenSessions(db: Database, clock: Clock): Promise<string[]> {
  return db.run(END, { auditId: createId(clock.now()) });
}
