/** Sessions and refresh tokens: rotation, renewal without rotation, and the end. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Origin } from './logins.ts';
import { barrier, isExpired, sessionOwners } from './session-state.ts';
import { now, parameter, statement } from './statement.ts';

export interface Rotation extends Origin {
  readonly tokenDigest: string;
  /** `jti` of the access token that came along. */
  readonly lastAccessTokenId: string;
  readonly graceSeconds: number;
  /** For a session that began before idleness was kept with it. */
  readonly idleSeconds: number;
  readonly newTokenId: string;
  readonly newTokenDigest: string;
  readonly newAccessTokenId: string;
  readonly sealedSuccessor: string;
  readonly auditId: string;
}

/**
 * - `rotated`: the caller's successor is now the session's active token
 * - `grace`: the immediate parent came again in time; `sealedSuccessor` is what the first caller got
 * - `reused`: a spent token came again: the session must end, whatever access token came along
 * - `mismatched`: token and access token are not a pair
 * - `busy`: another caller is rotating this token · `ended`, `expired`, `unknown`
 */
export interface RotationResult {
  readonly verdict: 'rotated' | 'grace' | 'reused' | 'mismatched' | 'busy' | 'ended' | 'expired' | 'unknown';
  readonly sessionId: string | null;
  readonly sealedSuccessor: string | null;
  readonly expiresAt: Date | null;
}

/** The immediate parent comes again in time, and nobody has used what it was given. */
const isInGrace = sql`token.rotated_at > ${now} - ${parameter('graceSeconds', 'float8')} * interval '1 second'
          and successor.rotated_at is null and token.sealed_successor is not null`;

const ROTATE = statement<Rotation & Record<string, unknown>, RotationResult>(
  sql`with token as materialized (
    select * from refresh_tokens where token_digest = ${parameter('tokenDigest')} for no key update skip locked
  ), known as (
    select session_id from refresh_tokens where token_digest = ${parameter('tokenDigest')}
  ), live as (
    select s.id, s.expires_at, s.idle_seconds, s.user_id, s.organization_id, ${isExpired} as expired
    from sessions s join known on known.session_id = s.id ${sessionOwners}
    where s.revoked_at is null and ${barrier} is null
  ), verdict as (
    select token.id as token_id, token.session_id, token.parent_id, token.sealed_successor, live.expires_at as session_expires_at,
      live.idle_seconds, live.user_id, live.organization_id, successor.expires_at as successor_expires_at,
      case
        when live.id is null then 'ended'
        when live.expired then 'expired'
        when token.rotated_at is not null and successor.id is null then 'busy'
        when token.rotated_at is not null and not (${isInGrace}) then 'reused'
        when token.access_token_id <> ${parameter('lastAccessTokenId')} then 'mismatched'
        when token.rotated_at is not null then 'grace'
        when token.expires_at <= ${now} then 'expired'
        else 'rotated'
      end as verdict
    from token left join live on true left join refresh_tokens successor on successor.id = token.successor_id
  ), rotated as (
    update refresh_tokens set rotated_at = ${now}, successor_id = ${parameter('newTokenId')}, sealed_successor = ${parameter('sealedSuccessor')}
    from verdict where refresh_tokens.id = verdict.token_id and verdict.verdict = 'rotated'
    returning refresh_tokens.id, refresh_tokens.session_id, refresh_tokens.parent_id, verdict.session_expires_at, verdict.idle_seconds, verdict.user_id, verdict.organization_id
  ), forgotten as (
    update refresh_tokens set sealed_successor = null from rotated
    where refresh_tokens.id = rotated.parent_id and refresh_tokens.sealed_successor is not null
  ), created as (
    insert into refresh_tokens (id, session_id, token_digest, access_token_id, parent_id, created_at, expires_at)
    select ${parameter('newTokenId')}, rotated.session_id, ${parameter('newTokenDigest')}, ${parameter('newAccessTokenId')}, rotated.id, ${now},
      least(rotated.session_expires_at, ${now} + coalesce(rotated.idle_seconds, ${parameter('idleSeconds', 'float8')}) * interval '1 second') from rotated
    returning expires_at
  ), touched as (
    update sessions set last_used_at = ${now} from rotated where sessions.id = rotated.session_id
  ), audited as (
    insert into audit_events (id, organization_id, action, actor_type, actor_id, target_type, target_id, address, user_agent, request_id, created_at)
    select ${parameter('auditId')}, organization_id, case verdict when 'rotated' then 'session.renewed' else 'refresh.repeated' end,
      'user', user_id, 'session', session_id, ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now}
    from verdict where verdict in ('rotated', 'grace')
  )
  select coalesce(verdict.verdict, case when known.session_id is null then 'unknown' else 'busy' end) as verdict,
    known.session_id, verdict.sealed_successor, coalesce(created.expires_at, verdict.successor_expires_at) as expires_at
  from (select 1) one left join known on true left join verdict on true left join created on true`,
  (row) => ({
    verdict: row['verdict'] as RotationResult['verdict'],
    sessionId: row['session_id'] as string | null,
    sealedSuccessor: row['sealed_successor'] as string | null,
    expiresAt: row['expires_at'] ? new Date(String(row['expires_at'])) : null,
  }),
);

/**
 * Rotates a refresh token in one statement. The row is taken with SKIP LOCKED: whoever comes second
 * answers `busy` at once and tries again, instead of holding a connection while it waits.
 */
export async function rotateRefreshToken(db: Database, rotation: Rotation): Promise<RotationResult> {
  const [result] = await db.run(ROTATE, { ...rotation });
  if (!result) throw new Error('the rotation answered no row');
  return result;
}

const FIND_REUSED = statement<{ tokenDigest: string; graceSeconds: number }, string>(
  sql`select token.session_id from refresh_tokens token
    join refresh_tokens successor on successor.id = token.successor_id
    join sessions s on s.id = token.session_id and s.revoked_at is null and not ${isExpired}
  where token.token_digest = ${parameter('tokenDigest')} and token.rotated_at is not null and not (${isInGrace})`,
  (row) => String(row['session_id']),
);

/** The session of a spent refresh token that nobody may come with again; undefined for any other text. */
export async function findReusedSession(
  db: Database,
  token: { tokenDigest: string; graceSeconds: number },
): Promise<string | undefined> {
  const [sessionId] = await db.run(FIND_REUSED, token);
  return sessionId;
}

export interface SessionEnd extends Origin {
  readonly sessionId: string;
  /** `logout`, `refresh_token_reused`, … */
  readonly reason: string;
  readonly action: 'session.ended' | 'refresh.reuse_detected';
  readonly actorType: 'user' | 'api_key' | 'operator' | 'system';
  readonly actorId: string | null;
  readonly auditId: string;
}

const END = statement<SessionEnd & Record<string, unknown>, { ended: boolean }>(
  sql`with ended as (
    update sessions set revoked_at = ${now}, revoked_reason = ${parameter('reason')}
    where id = ${parameter('sessionId')} and revoked_at is null returning id, organization_id
  ), forgotten as (
    update refresh_tokens set sealed_successor = null from ended
    where refresh_tokens.session_id = ended.id and refresh_tokens.sealed_successor is not null
  ), audited as (
    insert into audit_events (id, organization_id, action, actor_type, actor_id, target_type, target_id, reason, address, user_agent, request_id, created_at)
    select ${parameter('auditId')}, organization_id, ${parameter('action')}, ${parameter('actorType')}, ${parameter('actorId')}, 'session', id,
      ${parameter('reason')}, ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now} from ended
  )
  select exists (select 1 from ended) as ended`,
  (row) => ({ ended: row['ended'] === true }),
);

/** Ends a session; every token that names it stops working with this statement. False if it had ended before. */
export async function endSessionRow(db: Database, end: SessionEnd): Promise<boolean> {
  const [result] = await db.run(END, { ...end });
  return result?.ended ?? false;
}
