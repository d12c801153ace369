/**
 * The people who sign in: as many as a real organization has, so that the planner chooses as it would there,
 * and all of them known, since that is what most logins are.
 */
import type { Sql } from 'postgres';
import { CONNECTION, EMAIL_DOMAIN, ORGANIZATION } from './server.ts';

export const PEOPLE = 10_000;

export function emailOf(person: number): string {
  return `person-${person}@${EMAIL_DOMAIN}`;
}

export function subjectOf(person: number): string {
  return `subject-${person}`;
}

/** Writes them as their first login would have. The seed has to be applied. */
export async function populate(sql: Sql): Promise<void> {
  const people = sql`select to_char(n, 'fm000000000000000000000000') as id, 'person-' || n || '@' || ${EMAIL_DOMAIN}::text as email,
    'subject-' || n as subject from generate_series(0, ${PEOPLE - 1}::int) n`;
  await sql`insert into users (id, email, email_verified, first_name, last_name, full_name)
    select id, email, true, 'Bea', 'Nchmark', 'Bea Nchmark' from (${people}) people`;
  await sql`insert into memberships (id, organization_id, user_id, email, role)
    select people.id, o.id, people.id, people.email, 'user' from (${people}) people join organizations o on o.slug = ${ORGANIZATION}`;
  await sql`insert into identities (id, connection_id, subject, user_id, email, last_login_at)
    select people.id, c.id, people.subject, people.id, people.email, now() from (${people}) people
    join organizations o on o.slug = ${ORGANIZATION} join connections c on c.organization_id = o.id and c.slug = ${CONNECTION}`;
  await sql.unsafe('vacuum analyze');
}
