/** The end of a login: one statement writes the person, the session, the trace and the audit, or nothing. */
import { sql } from 'drizzle-orm';
import type { Check } from '#core/checks.ts';
import type { LoginFindings } from '#core/findings.ts';
import type { SamlNameId } from '#ports/idp/saml/assertion.ts';
import type { Database } from './client.ts';
import {
  type Activity,
  type Dialect,
  type Group,
  type Membership,
  memberships,
  type Target,
  type User,
  users,
} from './schema.ts';
import { barrier, eventIdOf, isExpired, isLoggedOut } from './session-state.ts';
import { now, nowPlus, parameter, reviveRow, rowObject, statement } from './statement.ts';

/** Who came, over what. */
export interface Origin {
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
}

/** Where a change through the admin API came from, and by which admin key; null is the operator's own. */
export interface AdminOrigin extends Origin {
  readonly actorId: string | null;
}

/** What a trace keeps beside its checks. */
export interface LoginEvidence {
  readonly findings: LoginFindings;
  /** Bound to `logins:<login id>:claims`; null where none were verified, or too many to keep. */
  readonly sealedClaims: string | null;
  readonly emailDigest: string | null;
  /** As of `logins.subject_digest`. */
  readonly subjectDigest: string | null;
  readonly isTest: boolean;
}

export interface LoginWrite extends Origin, LoginEvidence {
  readonly requestId: string;
  readonly authenticationRequestId: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly connectionVersion: number;
  readonly dialect: Dialect;
  readonly target: Target;
  readonly apiKeyId: string | null;
  readonly userId: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly fullName: string | null;
  readonly picture: string | null;
  readonly language: string | null;
  readonly lastLogin: Activity;
  readonly membershipId: string;
  readonly membershipEmail: string;
  readonly role: string;
  /** False keeps the role of an existing membership. */
  readonly roleByRule: boolean;
  readonly groups: readonly Group[];
  readonly identityId: string;
  readonly subject: string;
  readonly claimedEmail: string | null;
  readonly sessionId: string;
  readonly providerSessionId: string | null;
  readonly nameId: SamlNameId | null;
  readonly sessionSeconds: number;
  /** By the provider's clock, which `sessionSeconds` of ours may pass by what the two differ. */
  readonly sessionNotAfter: Date | null;
  readonly idleSeconds: number | null;
  /** The ID token, sealed, where the provider's logout will want it. */
  readonly sealedIdToken: string | null;
  /** What a logout that came meanwhile would name this person's session by: `sid:…`, `sub:…`, `name:…`. */
  readonly logoutKeys: readonly string[];
  /** Live sessions that this one leaves the user in the organization; the oldest go. Null: any number. */
  readonly otherSessions: number | null;
  /** Null where the dialect has no stored refresh token. */
  readonly refreshTokenId: string | null;
  readonly refreshTokenDigest: string | null;
  readonly refreshTokenSeconds: number | null;
  readonly accessTokenId: string;
  readonly sealedAnswer: string;
  readonly loginId: string;
  readonly checks: readonly Check[];
  readonly durationMs: number;
  readonly auditId: string;
  /** `created`, `linked` or `known`: how the user came to this identity. */
  readonly provisioning: 'created' | 'linked' | 'known';
}

const EVIDENCE_COLUMNS = sql.raw('findings, sealed_claims, email_digest, subject_digest, is_test');
const EVIDENCE = sql`${parameter('findings', 'jsonb')}, ${parameter('sealedClaims')}, ${parameter('emailDigest')}, ${parameter('subjectDigest')}, ${parameter('isTest', 'boolean')}`;

/** Whether a login brings anything new of the person: that they signed in is no change that another one could be about. */
const BRINGS_NEWS = sql.join(
  ['email', 'email_verified', 'first_name', 'last_name', 'full_name', 'picture', 'language'].map((name) =>
    sql.raw(`users.${name} is distinct from excluded.${name}`),
  ),
  sql` or `,
);

/**
 * So many sessions that are over by themselves are looked at to find those that live: who leaves thousands behind gets no slower.
 */
const MOST_OVER = sql.raw('200');

const WRITE = statement<LoginWrite & Record<string, unknown>, { user: User; membership: Membership }>(
  sql`with request as materialized (
    -- locked, so that a login and the sweep that gives it up for lost can't both be its outcome
    select coalesce(answered_at, consumed_at, ${now}) as started_at, created_at from authentication_requests
    where id = ${parameter('authenticationRequestId')} and finished_at is null for no key update
  ), identity as materialized (
    -- whoever unlinks it waits for this login and ends its session, or was first: then the person is decided anew
    select id from identities where id = ${parameter('identityId')} for no key update
  ), allowed as materialized (
    select request.started_at from request, organizations o join connections c on c.organization_id = o.id
    where o.id = ${parameter('organizationId')} and o.status = 'active' and c.id = ${parameter('connectionId')} and c.status = 'active'
      and (c.disabled_at is null or c.disabled_at < request.created_at)
      and (${parameter('apiKeyId')} is null or exists (select 1 from api_keys k where k.id = ${parameter('apiKeyId')}
        and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})))
      and not exists (select 1 from users u where u.id = ${parameter('userId')} and u.deactivated_at is not null)
      and not exists (select 1 from memberships m where m.organization_id = o.id and m.user_id = ${parameter('userId')} and m.deactivated_at is not null)
      and (${parameter('provisioning')} <> 'known' or exists (select 1 from identity))
      and not ${isLoggedOut(sql`request.started_at`, sql`request.created_at`)}
  ), u as (
    insert into users (id, email, email_verified, first_name, last_name, full_name, picture, language, last_login, last_action, created_at, updated_at)
    select ${parameter('userId')}, ${parameter('email')}, ${parameter('emailVerified', 'boolean')}, ${parameter('firstName')},
      ${parameter('lastName')}, ${parameter('fullName')}, ${parameter('picture')}, ${parameter('language')},
      ${parameter('lastLogin', 'jsonb')}, ${parameter('lastLogin', 'jsonb')}, ${now}, ${now} from allowed
    on conflict (id) do update set email = excluded.email, email_verified = excluded.email_verified,
      first_name = excluded.first_name, last_name = excluded.last_name, full_name = excluded.full_name,
      picture = excluded.picture, language = excluded.language, last_login = users.last_login || excluded.last_login,
      last_action = users.last_action || excluded.last_action,
      version = users.version + 1, updated_at = case when ${BRINGS_NEWS} then excluded.updated_at else users.updated_at end
    returning *
  ), m as (
    insert into memberships (id, organization_id, user_id, email, role, groups, created_at)
    select ${parameter('membershipId')}, ${parameter('organizationId')}, u.id, ${parameter('membershipEmail')}, ${parameter('role')},
      ${parameter('groups', 'jsonb')}, ${now} from u
    on conflict (organization_id, user_id) do update set email = excluded.email, groups = excluded.groups,
      role = case when ${parameter('roleByRule', 'boolean')} then excluded.role else memberships.role end
    returning *
  ), i as (
    insert into identities (id, connection_id, subject, user_id, email, last_login_at, created_at)
    select ${parameter('identityId')}, ${parameter('connectionId')}, ${parameter('subject')}, m.user_id, ${parameter('claimedEmail')}, ${now}, ${now} from m
    on conflict (id) do update set email = excluded.email, last_login_at = excluded.last_login_at
    returning id
  ), s as (
    insert into sessions (id, user_id, organization_id, connection_id, identity_id, dialect, api_key_id, target, provider_session_id, name_id,
      sealed_id_token, idle_seconds, address, user_agent, started_at, created_at, last_used_at, expires_at)
    select ${parameter('sessionId')}, m.user_id, m.organization_id, ${parameter('connectionId')}, i.id, ${parameter('dialect')}, ${parameter('apiKeyId')},
      ${parameter('target')}, ${parameter('providerSessionId')}, ${parameter('nameId', 'jsonb')},
      ${parameter('sealedIdToken')}, ${parameter('idleSeconds', 'int')}, ${parameter('address')}, ${parameter('userAgent')},
      allowed.started_at, ${now}, ${now}, least(${nowPlus('sessionSeconds')}, ${parameter('sessionNotAfter', 'timestamptz')}) from m, i, allowed
    returning id
  ), oldest as (
    -- in there s is any session, and not the new one: what says whether a session is live knows it by this name
    select other.id from u, m, lateral (
      select s.id from (
        select * from sessions e where e.user_id = u.id and e.organization_id = m.organization_id and e.revoked_at is null
        order by e.created_at desc, e.id desc limit ${parameter('otherSessions', 'bigint')} + ${MOST_OVER}) s
      join organizations o on o.id = s.organization_id join connections c on c.id = s.connection_id
      where not ${isExpired} and ${barrier} is null
      order by s.created_at desc, s.id desc offset ${parameter('otherSessions', 'bigint')}) other
    where ${parameter('otherSessions', 'bigint')} is not null
  ), surplus as (
    update sessions set revoked_at = ${now}, revoked_reason = 'session_limit' from oldest
    where sessions.id = oldest.id and sessions.revoked_at is null
    returning sessions.id, sessions.organization_id
  ), surplus_audited as (
    insert into audit_events (id, organization_id, action, actor_type, target_type, target_id, reason, address, user_agent, request_id, created_at)
    select ${eventIdOf('auditId', sql`surplus.id`)}, surplus.organization_id, 'session.ended', 'system', 'session', surplus.id, 'session_limit',
      ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now} from surplus
  ), t as (
    insert into refresh_tokens (id, session_id, token_digest, access_token_id, created_at, expires_at)
    select ${parameter('refreshTokenId')}, s.id, ${parameter('refreshTokenDigest')}, ${parameter('accessTokenId')}, ${now},
      ${nowPlus('refreshTokenSeconds')} from s where ${parameter('refreshTokenId')} is not null
  ), r as (
    update authentication_requests set sealed_answer = ${parameter('sealedAnswer')}, sealed_claims = null, finished_at = ${now} from s
    where authentication_requests.id = ${parameter('authenticationRequestId')}
  ), l as (
    insert into logins (id, authentication_request_id, organization_id, connection_id, connection_version, dialect, outcome, checks,
      ${EVIDENCE_COLUMNS}, user_id, session_id, address, user_agent, request_id, duration_ms, created_at)
    select ${parameter('loginId')}, ${parameter('authenticationRequestId')}, m.organization_id, ${parameter('connectionId')},
      ${parameter('connectionVersion', 'int')}, ${parameter('dialect')}, 'succeeded', ${parameter('checks', 'jsonb')},
      ${EVIDENCE}, m.user_id, s.id,
      ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${parameter('durationMs', 'int')}, ${now} from m, s
  ), a as (
    insert into audit_events (id, organization_id, action, actor_type, actor_id, target_type, target_id, details, address, user_agent, request_id, created_at)
    select ${parameter('auditId')}, m.organization_id, 'login.success', 'user', m.user_id, 'session', s.id,
      jsonb_build_object('loginId', ${parameter('loginId')}, 'connectionId', ${parameter('connectionId')}, 'provisioning', ${parameter('provisioning')}),
      ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now} from m, s
  )
  select ${rowObject('u')} as "user", ${rowObject('m')} as membership from u, m, s`,
  (row) => ({
    user: reviveRow(users, row['user']) as User,
    membership: reviveRow(memberships, row['membership']) as Membership,
  }),
);

/**
 * Writes a successful login whole. Answers undefined, and writes nothing, when the user, membership,
 * connection or organization was disabled meanwhile, the provider ended its session, the identity was unlinked, or the login
 * was given up for lost.
 * @throws UniqueViolation when another login provisioned the same identity or email at the same time
 */
export async function writeLogin(
  db: Database,
  login: LoginWrite,
): Promise<{ user: User; membership: Membership } | undefined> {
  const [row] = await db.run(WRITE, { ...login });
  return row;
}

export interface RefusedLogin extends Origin, LoginEvidence {
  readonly loginId: string;
  readonly auditId: string;
  /** Set when this caller consumed the request, so that the refusal is its outcome. */
  readonly consumedRequestId: string | null;
  readonly authenticationRequestId: string | null;
  readonly organizationId: string | null;
  readonly connectionId: string | null;
  readonly connectionVersion: number | null;
  /** Null when a response belongs to no login that a dialect started. */
  readonly dialect: Dialect | null;
  /** The member whom it would be of, where one is known. */
  readonly userId: string | null;
  readonly reason: string;
  readonly detail: string | null;
  readonly checks: readonly Check[];
  readonly durationMs: number;
}

const REFUSE = statement<RefusedLogin & Record<string, unknown>, unknown>(
  sql`with r as (
    update authentication_requests set reason = ${parameter('reason')}, finished_at = ${now}, sealed_claims = null,
      consumed_at = coalesce(consumed_at, ${now})
    where id = ${parameter('consumedRequestId')} and finished_at is null
    returning id
  ), open as (
    select 1 where ${parameter('consumedRequestId')} is null or exists (select 1 from r)
      -- it went with its connection, and no outcome of it is anywhere
      or not exists (select 1 from authentication_requests where id = ${parameter('consumedRequestId')})
  ), l as (
    insert into logins (id, authentication_request_id, organization_id, connection_id, connection_version, dialect, outcome, reason,
      detail, checks, ${EVIDENCE_COLUMNS}, user_id, address, user_agent, request_id, duration_ms, created_at)
    select ${parameter('loginId')}, ${parameter('authenticationRequestId')}, ${parameter('organizationId')}, ${parameter('connectionId')},
      ${parameter('connectionVersion', 'int')}, ${parameter('dialect')}, 'failed', ${parameter('reason')}, ${parameter('detail')},
      ${parameter('checks', 'jsonb')}, ${EVIDENCE}, ${parameter('userId')}, ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')},
      ${parameter('durationMs', 'int')}, ${now} from open
  )
  insert into audit_events (id, organization_id, action, actor_type, target_type, target_id, reason, details, address, user_agent, request_id, created_at)
  select ${parameter('auditId')}, ${parameter('organizationId')}, 'login.failure', 'anonymous', 'connection', ${parameter('connectionId')},
    ${parameter('reason')}, jsonb_build_object('loginId', ${parameter('loginId')}), ${parameter('address')}, ${parameter('userAgent')},
    ${parameter('requestId')}, ${now} from open returning id`,
  (row) => row,
);

/**
 * Writes a refused login: its trace, its audit event and, if this caller consumed the request, its outcome.
 * A login that was written although its answer never reached us stays a success: its client asks again.
 * @returns false when the request has another outcome already, which stays
 */
export async function writeRefusedLogin(db: Database, login: RefusedLogin): Promise<boolean> {
  const written = await db.run(REFUSE, { ...login });
  return written.length > 0;
}
