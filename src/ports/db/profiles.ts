/** Reading who someone is: the candidates for a login, and the profile behind a session. */
import { type SQL, sql } from 'drizzle-orm';
import type { OrganizationSummary, Profile } from '#core/profile.ts';
import type { Database } from './client.ts';
import {
  type Connection,
  type Identity,
  identities,
  type Membership,
  memberships,
  type Organization,
  organizations,
  type User,
  users,
} from './schema.ts';
import { type Session, sessions } from './session-schema.ts';
import { barrier, isExpired, isLoggedOut, isUseWorthNoting, sessionOwners } from './session-state.ts';
import { now, parameter, reviveRow, rowObject, statement } from './statement.ts';

/** The organizations of a user's active memberships, oldest first. */
function organizationsOf(userId: SQL): SQL {
  return sql`(select coalesce(json_agg(json_build_object('id', so.id, 'name', so.name, 'slug', so.slug, 'picture', so.picture)
      order by sm.created_at, sm.id), '[]'::json)
    from memberships sm join organizations so on so.id = sm.organization_id
    where sm.user_id = ${userId} and sm.deactivated_at is null and so.status = 'active')`;
}

/** A user who may be meant by a login, with the membership of the organization that the login is for, if any. */
export interface Candidate {
  readonly user: User;
  readonly membership: Membership | undefined;
  readonly identity: Identity | undefined;
  readonly organizations: readonly OrganizationSummary[];
  /** The id of the identity that the user has on the connection already, of whatever subject. */
  readonly boundBy: string | undefined;
}

/** Whether what the login runs on may still be used. */
export interface Standing {
  readonly organizationStatus: Organization['status'];
  /** Also `disabled` when it was so at any moment since the login began. */
  readonly connectionStatus: Connection['status'];
  /** True where no API key is involved. */
  readonly apiKeyUsable: boolean;
  /** Whether the provider ended the session that the login comes of. */
  readonly loggedOut: boolean;
  /** False when the login was given up for lost. */
  readonly unfinished: boolean;
}

export interface Candidates {
  readonly standing: Standing | undefined;
  /** The user of exactly this (connection, subject). */
  readonly known: Candidate | undefined;
  /** Users with this email: members of the organization first, then others whose email is verified; at most 3. */
  readonly sameEmail: readonly Candidate[];
  readonly domainVerified: boolean;
  /** Whether the organization has the email's domain, verified or not. */
  readonly domainAdded: boolean;
  /** Whether any domain of the organization is verified. */
  readonly hasVerifiedDomain: boolean;
}

const candidate = (identity: SQL) => sql`json_build_object(
    'user', ${rowObject('u')}, 'membership', ${rowObject('m')}, 'identity', ${identity},
    'organizations', ${organizationsOf(sql`u.id`)},
    'boundBy', (select bi.id from identities bi where bi.user_id = u.id and bi.connection_id = ${parameter('connectionId')}))`;

export interface CandidateQuery {
  readonly connectionId: string;
  readonly subject: string;
  readonly organizationId: string;
  readonly email: string;
  readonly domain: string;
  readonly apiKeyId: string | null;
  readonly requestId: string;
  /** As of `LoginWrite`. */
  readonly logoutKeys: readonly string[];
}

const CANDIDATES = statement<CandidateQuery & Record<string, unknown>, Candidates>(
  sql`select
    (select ${candidate(rowObject('i'))} from identities i join users u on u.id = i.user_id
      left join memberships m on m.user_id = u.id and m.organization_id = ${parameter('organizationId')}
      where i.connection_id = ${parameter('connectionId')} and i.subject = ${parameter('subject')}) as known,
    (select json_agg(c.entry) from (
      select ${candidate(sql`null`)} as entry from users u
      left join memberships m on m.user_id = u.id and m.organization_id = ${parameter('organizationId')}
      where u.id in (
        select user_id from memberships where organization_id = ${parameter('organizationId')} and email = ${parameter('email')}
        union select id from users where email = ${parameter('email')})
      and (m.id is not null or u.email_verified)
      order by m.id is null, (m.email = ${parameter('email')}) is not true, u.id limit 3) c) as same_email,
    (select d.verified_at is not null from domains d where d.organization_id = ${parameter('organizationId')}
      and d.domain = ${parameter('domain')}) as domain_verified,
    exists (select 1 from domains d where d.organization_id = ${parameter('organizationId')}
      and d.verified_at is not null) as has_verified_domain,
    (select json_build_object('organizationStatus', o.status, 'connectionStatus',
        case when c.disabled_at >= r.created_at then 'disabled' else c.status end, 'apiKeyUsable',
        ${parameter('apiKeyId')} is null or exists (select 1 from api_keys k where k.id = ${parameter('apiKeyId')}
          and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})),
        'unfinished', r.finished_at is null, 'loggedOut', ${isLoggedOut(sql`coalesce(r.answered_at, r.consumed_at)`, sql`r.created_at`)})
      from connections c join organizations o on o.id = c.organization_id
        join authentication_requests r on r.id = ${parameter('requestId')} where c.id = ${parameter('connectionId')}) as standing`,
  (row) => ({
    standing: (row['standing'] ?? undefined) as Standing | undefined,
    known: reviveCandidate(row['known']),
    sameEmail: ((row['same_email'] ?? []) as unknown[]).flatMap((value) => reviveCandidate(value) ?? []),
    domainVerified: row['domain_verified'] === true,
    domainAdded: row['domain_verified'] !== null,
    hasVerifiedDomain: row['has_verified_domain'] === true,
  }),
);

/** Who may be meant, and whether the login may still go on: all that the decision needs, in one statement. */
export async function readCandidates(db: Database, query: CandidateQuery): Promise<Candidates> {
  const [row] = await db.run(CANDIDATES, { ...query });
  if (!row) throw new Error('the candidates answered no row');
  return row;
}

function reviveCandidate(value: unknown): Candidate | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const parts = value as Record<string, unknown>;
  const user = reviveRow(users, parts['user']);
  if (!user) return undefined;
  return {
    user,
    membership: reviveRow(memberships, parts['membership']),
    identity: reviveRow(identities, parts['identity']),
    organizations: parts['organizations'] as OrganizationSummary[],
    boundBy: (parts['boundBy'] ?? undefined) as string | undefined,
  };
}

/** Everything that decides whether a session may be used, and what it shows. */
export interface SessionRecord extends Profile {
  readonly session: Session;
  /** Why it may not be used although it was not ended itself. */
  readonly barrier: string | undefined;
  /** By the database's clock. */
  readonly expired: boolean;
}

/** The columns of a `SessionRecord`, of a session `s` with its owners. */
export const sessionColumns = sql`${rowObject('s')} as session, ${isExpired} as expired, ${barrier} as barrier,
    ${rowObject('u')} as "user", ${rowObject('o')} as organization,
    ${rowObject('m')} as membership, ${organizationsOf(sql`u.id`)} as organizations`;

export function reviveSessionRecord(row: Record<string, unknown>): SessionRecord {
  return {
    session: reviveRow(sessions, row['session']) as Session,
    expired: row['expired'] === true,
    barrier: (row['barrier'] ?? undefined) as string | undefined,
    user: reviveRow(users, row['user']) as User,
    organization: reviveRow(organizations, row['organization']) as Organization,
    membership: reviveRow(memberships, row['membership']) as Membership,
    organizations: row['organizations'] as OrganizationSummary[],
  };
}

/** Whether reading a session is a use of it: always, never, or if the session is of this organization. */
type SessionUse = 'noted' | 'unnoted' | { readonly organizationId: string };

const isUse = sql`${parameter('isUse', 'boolean')}
      and (${parameter('organizationId')} is null or s.organization_id = ${parameter('organizationId')})`;

const SESSION = statement<{ sessionId: string; isUse: boolean; organizationId: string | null }, SessionRecord>(
  sql`with used as materialized (
    -- whoever holds the rows ends the session, or notes another use: not worth waiting for, and never in a circle
    select s.id from sessions s where s.id = ${parameter('sessionId')} and ${isUse} and s.revoked_at is null and not ${isExpired} and ${isUseWorthNoting}
    for no key update skip locked
  ), touched as (
    update sessions set last_used_at = ${now} from used where sessions.id = used.id returning sessions.user_id, sessions.target
  ), actor as materialized (
    select users.id, touched.target from touched join users on users.id = touched.user_id for no key update of users skip locked
  ), acted as (
    update users set last_action = last_action || jsonb_build_object(actor.target, to_char(${now} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from actor where users.id = actor.id
  )
  select ${sessionColumns} from sessions s ${sessionOwners} where s.id = ${parameter('sessionId')}`,
  reviveSessionRecord,
);

/** The session with all that its use depends on; notes the use, at most once a minute, unless it is none. */
export async function readSessionRecord(
  db: Database,
  sessionId: string,
  use: SessionUse = 'noted',
): Promise<SessionRecord | undefined> {
  const organizationId = typeof use === 'object' ? use.organizationId : null;
  const [row] = await db.run(SESSION, { sessionId, isUse: use !== 'unnoted', organizationId });
  return row;
}
