/**
 * The end of many sessions at once: an instant on the row that they belong to. Sessions that began until then are over with
 * this one statement on every replica, those that are being renewed or written at this moment included, however many
 * they are.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Origin } from './logins.ts';
import { barrier, isExpired, sessionOwners, sessionsEndNow } from './session-state.ts';
import { now, parameter, statement } from './statement.ts';

/** Whose sessions: of a user (in one organization or everywhere), an organization, or a connection. */
export type SessionScope =
  | { readonly userId: string; readonly organizationId?: string | undefined }
  | { readonly organizationId: string }
  | { readonly connectionId: string };

export type OwnerKind = 'user' | 'member' | 'organization' | 'connection';

interface Ending extends Record<string, unknown>, Origin {
  /** Id of the user, organization or connection. */
  readonly id: string;
  /** Of a member only. */
  readonly organizationId: string | null;
  readonly auditId: string;
  readonly actorType: 'operator' | 'system';
  readonly actorId: string | null;
}

export interface EndedAll {
  readonly endedAt: Date;
  /** Live sessions that ended, among the newest 10,000. */
  readonly sessions: number;
}

/** So many of the newest are looked at: ending them must not take longer, or fail, for how many there are or were. */
const MOST_COUNTED = 10_000;

interface Owner {
  readonly table: string;
  /** Which rows, and which sessions are theirs. */
  readonly where: SQL;
  readonly theirs: SQL;
  /** The organization of the audit event. */
  readonly organization: SQL;
  readonly targetType: string;
}

const id = parameter('id');
const organizationId = parameter('organizationId');

const OWNERS: Readonly<Record<OwnerKind, Owner>> = {
  user: {
    table: 'users',
    where: sql`id = ${id}`,
    theirs: sql`s.user_id = ${id}`,
    organization: sql`(select case when count(*) = 1 then min(organization_id) end from memberships where user_id = ${id})`,
    targetType: 'user',
  },
  member: {
    table: 'memberships',
    where: sql`user_id = ${id} and organization_id = ${organizationId}`,
    theirs: sql`s.user_id = ${id} and s.organization_id = ${organizationId}`,
    organization: organizationId,
    targetType: 'user',
  },
  organization: {
    table: 'organizations',
    where: sql`id = ${id}`,
    theirs: sql`s.organization_id = ${id}`,
    organization: id,
    targetType: 'organization',
  },
  connection: {
    table: 'connections',
    where: sql`id = ${id}`,
    theirs: sql`s.connection_id = ${id}`,
    organization: sql`(select organization_id from connections where id = ${id})`,
    targetType: 'connection',
  },
};

function ending({ table, where, theirs, organization, targetType }: Owner) {
  return statement<Ending, EndedAll>(
    sql`with live as (
      select count(*)::int as count
      from (select * from sessions s where ${theirs} order by s.created_at desc, s.id desc limit ${sql.raw(String(MOST_COUNTED))}) s ${sessionOwners}
      where s.revoked_at is null and not ${isExpired} and ${barrier} is null
    ), ended as (
      update ${sql.identifier(table)} set sessions_ended_at = ${sessionsEndNow} where ${where} returning sessions_ended_at
    ), audited as (
      insert into audit_events (id, organization_id, action, actor_type, actor_id, target_type, target_id, reason, details, address, user_agent, request_id, created_at)
      select ${parameter('auditId')}, ${organization}, 'sessions.ended', ${parameter('actorType')}, ${parameter('actorId')},
        ${sql.raw(`'${targetType}'`)}, ${id}, 'ended_by_operator', jsonb_build_object('sessions', live.count), ${parameter('address')},
        ${parameter('userAgent')}, ${parameter('requestId')}, ${now} from ended, live
    )
    select ended.sessions_ended_at as ended_at, live.count from ended, live`,
    (row) => ({ endedAt: new Date(String(row['ended_at'])), sessions: Number(row['count']) }),
  );
}

const END = {
  user: ending(OWNERS.user),
  member: ending(OWNERS.member),
  organization: ending(OWNERS.organization),
  connection: ending(OWNERS.connection),
};

/** Undefined when there is no such user, member, organization or connection. */
export async function endAllSessions(db: Database, owner: OwnerKind, end: Ending): Promise<EndedAll | undefined> {
  // a parameter that the statement does not name is not sent
  const [ended] = await db.run(END[owner], end);
  return ended;
}
