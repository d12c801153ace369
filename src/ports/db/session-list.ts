/** Sessions as the operator sees them, newest first, in pages that stay put while rows arrive. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { type Session, sessions } from './session-schema.ts';
import { barrier, isExpired, sessionOwners } from './session-state.ts';
import { parameter, reviveRow, rowObject, statement } from './statement.ts';

export type SessionState = 'live' | 'expired' | 'ended';

export interface ListedSession {
  readonly session: Session;
  readonly email: string;
  readonly state: SessionState;
  /** Why it ended, where it was ended; words for an operator. */
  readonly endReason: string | undefined;
}

export interface SessionFilter {
  readonly userId?: string | undefined;
  readonly organizationId?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly state?: SessionState | undefined;
  /** Only of these organizations; default: all. */
  readonly within?: readonly string[] | undefined;
  readonly limit: number;
  /** The id after which (going back in time) the page begins. */
  readonly before?: string | undefined;
}

const ENDED = sql`(s.revoked_at is not null or ${barrier} is not null)`;
const STATE = sql`case when ${ENDED} then 'ended' when ${isExpired} then 'expired' else 'live' end`;
const COLUMNS = sql`select ${rowObject('s')} as session, m.email, ${STATE} as state,
  coalesce(s.revoked_reason, ${barrier}) as end_reason from sessions s ${sessionOwners}`;

const CONDITIONS = {
  userId: sql`s.user_id = ${parameter('userId')}`,
  organizationId: sql`s.organization_id = ${parameter('organizationId')}`,
  connectionId: sql`s.connection_id = ${parameter('connectionId')}`,
  within: sql`s.organization_id in (select jsonb_array_elements_text(${parameter('within', 'jsonb')}))`,
  before: sql`(s.created_at, s.id) < (select c.created_at, c.id from sessions c where c.id = ${parameter('before')}
    and (${parameter('within', 'jsonb')} is null or c.organization_id in (select jsonb_array_elements_text(${parameter('within', 'jsonb')}))))`,
} satisfies Partial<Record<keyof SessionFilter, SQL>>;
/** The session's own columns first: they spare looking up the owners of what they rule out. */
const OF_STATE: Readonly<Record<SessionState, SQL>> = {
  live: sql`s.revoked_at is null and not ${isExpired} and ${barrier} is null`,
  expired: sql`s.revoked_at is null and ${isExpired} and ${barrier} is null`,
  ended: ENDED,
};

/** A statement for each set of conditions: one for all would be planned for none. */
function listing(filter: SessionFilter) {
  const conditions = Object.entries(CONDITIONS).filter(([name]) => filter[name as keyof SessionFilter] !== undefined);
  const wanted = [...conditions.map(([, condition]) => condition), ...(filter.state ? [OF_STATE[filter.state]] : [])];
  const where = sql.join(wanted, sql` and `);
  return statement<SessionFilter & Record<string, unknown>, ListedSession>(
    sql`${COLUMNS} where ${wanted.length > 0 ? where : sql`true`}
    order by s.created_at desc, s.id desc limit ${parameter('limit', 'int')}`,
    decode,
  );
}

function decode(row: Record<string, unknown>): ListedSession {
  return {
    session: reviveRow(sessions, row['session']) as Session,
    email: String(row['email']),
    state: row['state'] as SessionState,
    endReason: (row['end_reason'] ?? undefined) as string | undefined,
  };
}

export async function listSessions(db: Database, filter: SessionFilter): Promise<ListedSession[]> {
  return db.run(listing(filter), { within: undefined, ...filter });
}

const READ = statement<{ id: string }, ListedSession>(sql`${COLUMNS} where s.id = ${parameter('id')}`, decode);

export async function readSession(db: Database, id: string): Promise<ListedSession | undefined> {
  const [found] = await db.run(READ, { id });
  return found;
}
