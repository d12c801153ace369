/** Reading what happened: login traces and audit events, newest first, in pages that stay put while rows arrive. */
import { and, type Column, desc, eq, getTableColumns, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { type AuditEvent, auditEvents } from './audit-schema.ts';
import type { Database } from './client.ts';
import type { Query } from './row-change.ts';
import { type Login, type LoginTrace, logins } from './session-schema.ts';

export interface Page {
  readonly limit: number;
  /** The id after which (going back in time) the page begins. */
  readonly before?: string | undefined;
  /** Only of these organizations; default: all, and what belongs to none. */
  readonly within?: 'all' | readonly string[] | undefined;
}

export interface LoginFilter extends Page {
  readonly organizationId?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly outcome?: Login['outcome'] | undefined;
  readonly reason?: string | undefined;
  readonly requestId?: string | undefined;
  /** As of `logins.email_digest`. */
  readonly emailDigest?: string | undefined;
  /** As of `logins.subject_digest`. */
  readonly subjectDigest?: string | undefined;
  /** Of this time and later, and before the other. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only tests of connections, or none. */
  readonly isTest?: boolean | undefined;
}

const { sealedClaims: _sealed, ...TRACE } = getTableColumns(logins);

export function listLogins(db: Database, filter: LoginFilter): Promise<LoginTrace[]> {
  return db.using((query) => loginList(query, filter));
}

/** The statement alone, for whoever looks at its plan. */
export function loginList(query: Pick<Query, 'select'>, filter: LoginFilter) {
  const wanted: (SQL | undefined)[] = [
    filter.organizationId ? eq(logins.organizationId, filter.organizationId) : undefined,
    filter.connectionId ? eq(logins.connectionId, filter.connectionId) : undefined,
    filter.userId ? eq(logins.userId, filter.userId) : undefined,
    filter.outcome ? eq(logins.outcome, filter.outcome) : undefined,
    filter.reason ? eq(logins.reason, filter.reason) : undefined,
    filter.requestId ? eq(logins.requestId, filter.requestId) : undefined,
    filter.emailDigest ? eq(logins.emailDigest, filter.emailDigest) : undefined,
    filter.subjectDigest ? eq(logins.subjectDigest, filter.subjectDigest) : undefined,
    filter.from ? gte(logins.createdAt, filter.from) : undefined,
    filter.to ? lt(logins.createdAt, filter.to) : undefined,
    // written out: a parameter would hide from the planner which index it is about
    filter.isTest === undefined ? undefined : filter.isTest ? sql`is_test` : sql`not is_test`,
    filter.before ? isBefore(logins, filter) : undefined,
    isWithin(logins.organizationId, filter.within),
  ];
  return query
    .select(TRACE)
    .from(logins)
    .where(and(...wanted))
    .orderBy(desc(logins.createdAt), desc(logins.id))
    .limit(filter.limit);
}

export async function readLogin(db: Database, id: string): Promise<Login | undefined> {
  const [login] = await db.using((query) => query.select().from(logins).where(eq(logins.id, id)));
  return login;
}

export interface AuditFilter extends Page {
  readonly organizationId?: string | undefined;
  readonly action?: string | undefined;
}

export async function listAuditEvents(db: Database, filter: AuditFilter): Promise<AuditEvent[]> {
  return db.using((query) => auditList(query, filter));
}

/** As `loginList`. */
export function auditList(query: Pick<Query, 'select'>, filter: AuditFilter) {
  const wanted = [
    filter.organizationId ? eq(auditEvents.organizationId, filter.organizationId) : undefined,
    filter.action ? eq(auditEvents.action, filter.action) : undefined,
    filter.before ? isBefore(auditEvents, filter) : undefined,
    isWithin(auditEvents.organizationId, filter.within),
  ];
  return query
    .select()
    .from(auditEvents)
    .where(and(...wanted))
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(filter.limit);
}

/** Rows of no organization are within none. */
function isWithin(column: Column, within: Page['within']): SQL | undefined {
  return within === undefined || within === 'all' ? undefined : inArray(column, [...within]);
}

/** Older than the row with this id, if that is within. Ids sort by whole seconds only, so the time stamp decides first. */
function isBefore(table: typeof logins | typeof auditEvents, { before, within }: Page): SQL {
  const place = and(eq(table.id, before ?? ''), isWithin(table.organizationId, within));
  return sql`(created_at, id) < (select created_at, id from ${table} where ${place})`;
}
