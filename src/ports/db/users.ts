/** Users and their memberships, as the admin API sees them. */
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Query } from './row-change.ts';
import { type Membership, memberships, type User, users } from './schema.ts';
import { parameter, reviveRow, rowObject, statement } from './statement.ts';

const ORGANIZATIONS = statement<{ userId: string }, string>(
  sql`select organization_id from memberships where user_id = ${parameter('userId')} order by created_at, id`,
  (row) => String(row['organization_id']),
);

/** Ids of the organizations that the user is a member of, in whatever state; oldest first. */
export async function readUserOrganizations(db: Database, userId: string): Promise<string[]> {
  return db.run(ORGANIZATIONS, { userId });
}

/** A user with every membership, oldest first. */
export interface MemberOfSome {
  readonly user: User;
  readonly memberships: readonly Membership[];
}

const USER = sql`${rowObject('u')} as person,
  (select json_agg(${rowObject('x')} order by x.created_at, x.id) from memberships x where x.user_id = u.id) as memberships`;

function decodeUser(row: Record<string, unknown>): MemberOfSome {
  const all = (row['memberships'] ?? []) as unknown[];
  return {
    user: reviveRow(users, row['person']) as User,
    memberships: all.map((value) => reviveRow(memberships, value) as Membership),
  };
}

const READ = statement<{ id: string }, MemberOfSome>(
  sql`select ${USER} from users u where u.id = ${parameter('id')}`,
  decodeUser,
);

export async function readUser(db: Database, id: string): Promise<MemberOfSome | undefined> {
  const [found] = await db.run(READ, { id });
  return found;
}

/** All of a user's, oldest first; nobody adds one while the user's row is locked. */
export function membershipsOf(query: Query, userId: string): Promise<Membership[]> {
  const { createdAt, id } = memberships;
  return query.select().from(memberships).where(eq(memberships.userId, userId)).orderBy(createdAt, id);
}

const READ_MEMBERSHIP = statement<{ id: string }, Membership>(
  sql`select ${rowObject('m')} as membership from memberships m where m.id = ${parameter('id')}`,
  (row) => reviveRow(memberships, row['membership']) as Membership,
);

export async function readMembership(db: Database, id: string): Promise<Membership | undefined> {
  const [found] = await db.run(READ_MEMBERSHIP, { id });
  return found;
}

export interface MemberFilter {
  readonly organizationId: string;
  /** As the organization knows it, normalised. */
  readonly email?: string | undefined;
  readonly role?: string | undefined;
  /** Of the user and the membership together: deactivated is who is so in one of them. */
  readonly status?: 'active' | 'deactivated' | undefined;
  readonly limit: number;
  /** The id of the user or membership after which (going back in time) the page begins. */
  readonly before?: string | undefined;
}

const isUserDeactivated = sql`exists (select from users d where d.id = m.user_id and d.deactivated_at is not null)`;
const CONDITIONS = {
  email: sql`m.email = ${parameter('email')}`,
  role: sql`m.role = ${parameter('role')}`,
  before: sql`(m.created_at, m.id) < (select created_at, id from memberships c
    where c.organization_id = ${parameter('organizationId')} and ${parameter('before')} in (c.id, c.user_id))`,
} satisfies Partial<Record<keyof MemberFilter, SQL>>;
const OF_STATUS = {
  active: sql`m.deactivated_at is null and not ${isUserDeactivated}`,
  deactivated: sql`(m.deactivated_at is not null or ${isUserDeactivated})`,
};

/** A statement for each set of conditions: one for all would be planned for none. The organization comes first: it may have nobody. */
function listing<Row>(filter: MemberFilter, columns: SQL, decode: (row: Record<string, unknown>) => Row) {
  const conditions = Object.entries(CONDITIONS).filter(([name]) => filter[name as keyof MemberFilter] !== undefined);
  const wanted = [
    ...conditions.map(([, condition]) => condition),
    ...(filter.status ? [OF_STATUS[filter.status]] : []),
  ];
  const where = wanted.map((condition) => sql` and ${condition}`);
  return statement<MemberFilter & Record<string, unknown>, Row | undefined>(
    sql`select m.id as found, ${columns} from organizations o left join lateral (
      select m.* from memberships m where m.organization_id = o.id ${sql.join(where)}
      order by m.created_at desc, m.id desc limit ${parameter('limit', 'int')}
    ) m on true left join users u on u.id = m.user_id
    where o.id = ${parameter('organizationId')} order by m.created_at desc, m.id desc`,
    (row) => (row['found'] === null ? undefined : decode(row)),
  );
}

async function page<Row>(
  db: Database,
  filter: MemberFilter,
  columns: SQL,
  decode: (row: Record<string, unknown>) => Row,
): Promise<Row[] | undefined> {
  const rows = await db.run(listing(filter, columns, decode), { ...filter });
  return rows.length === 0 ? undefined : rows.filter((row) => row !== undefined);
}

/** Newest member first. @returns undefined when there is no such organization */
export function listUsers(db: Database, filter: MemberFilter): Promise<MemberOfSome[] | undefined> {
  return page(db, filter, USER, decodeUser);
}

/** Newest first. @returns undefined when there is no such organization */
export function listMemberships(db: Database, filter: MemberFilter): Promise<Membership[] | undefined> {
  return page(
    db,
    filter,
    sql`${rowObject('m')} as membership`,
    (row) => reviveRow(memberships, row['membership']) as Membership,
  );
}
