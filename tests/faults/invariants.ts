/**
 * What is true of every database of ours, whatever was killed, cut or raced: each invariant is a query that answers a row
 * for each place where it does not hold.
 *
 * ```sh
 * bun tests/faults/invariants.ts postgres://… [--login-seconds 150] [--window-seconds 86400] …
 * ```
 * prints the rows and exits 1 when there are any. Reads only.
 */
import { parseArgs } from 'node:util';
import postgres, { type Sql } from 'postgres';

/** Seconds. */
export interface Bounds {
  /** How long a login may be under way before it must have an outcome, its settling by housekeeping included. */
  readonly loginSeconds: number;
  readonly graceSeconds: number;
  readonly repeatSeconds: number;
  /** How late housekeeping may be in forgetting what is sealed. */
  readonly sweepSeconds: number;
  /** How far back events are counted: less than sessions, traces and audit are kept. */
  readonly windowSeconds: number;
  /** How far the tests' clock is ahead of the database's. */
  readonly offsetSeconds: number;
}

const DEFAULTS: Bounds = {
  loginSeconds: 150,
  graceSeconds: 60,
  repeatSeconds: 60,
  sweepSeconds: 150,
  windowSeconds: 86_400,
  offsetSeconds: 0,
};

export interface Violation {
  readonly invariant: string;
  readonly id: string;
  readonly found: string;
}

/** Selects `id` and `found` of whatever breaks the invariant. `ago` is the instant so many seconds ago. */
type Query = (bounds: Bounds, ago: (seconds: number) => string) => string;

export const INVARIANTS: Readonly<Record<string, Query>> = {
  'a session has its user, membership, identity, connection and organization, and they belong together': () => `
    select s.id, concat_ws(', ', case when u.id is null then 'no user' end, case when m.id is null then 'no membership' end,
      case when i.id is null then 'no identity of this user and connection' end, case when o.id is null then 'no organization' end,
      case when c.id is null then 'no connection of this organization' end) as found
    from sessions s left join users u on u.id = s.user_id left join organizations o on o.id = s.organization_id
      left join memberships m on m.user_id = s.user_id and m.organization_id = s.organization_id
      left join identities i on i.id = s.identity_id and i.user_id = s.user_id and i.connection_id = s.connection_id
      left join connections c on c.id = s.connection_id and c.organization_id = s.organization_id
    where u.id is null or m.id is null or i.id is null or o.id is null or c.id is null`,

  'a session has one active refresh token at most': () => `
    select session_id as id, count(*) || ' active tokens' as found from refresh_tokens
    where rotated_at is null group by session_id having count(*) > 1`,

  'a live session that was renewed has an active refresh token': (_bounds, ago) => `
    select s.id, 'every token is spent' as found from sessions s where s.revoked_at is null and s.expires_at > ${ago(0)}
      and exists (select 1 from refresh_tokens t where t.session_id = s.id and t.expires_at > ${ago(0)})
      and not exists (select 1 from refresh_tokens t where t.session_id = s.id and t.rotated_at is null)`,

  'a chain of refresh tokens does not fork': () => `
    select parent_id as id, count(*) || ' children' as found from refresh_tokens
    where parent_id is not null group by parent_id having count(*) > 1
    union all
    select session_id, count(*) || ' beginnings' from refresh_tokens where parent_id is null
    group by session_id having count(*) > 1`,

  'a spent refresh token has its successor, an active one none': (_bounds, ago) => `
    select t.id, 'spent, without a successor that names it' as found from refresh_tokens t
    where t.rotated_at is not null and t.expires_at > ${ago(0)} and not exists (select 1 from refresh_tokens s
      where s.id = t.successor_id and s.parent_id = t.id and s.session_id = t.session_id)
    union all
    select t.id, 'active, with a successor' from refresh_tokens t where t.rotated_at is null and (t.successor_id is not null
      or t.sealed_successor is not null or exists (select 1 from refresh_tokens s where s.parent_id = t.id))`,

  'a consumed authentication request has an outcome': ({ loginSeconds, windowSeconds }, ago) => `
    select r.id, 'consumed at ' || r.consumed_at || ', no outcome' as found from authentication_requests r
    where r.consumed_at < ${ago(loginSeconds)} and r.finished_at is null
    union all
    select r.id, 'finished, without a trace that says so' from authentication_requests r
    where r.finished_at > ${ago(windowSeconds)} and not exists (select 1 from logins l where l.authentication_request_id = r.id
      and l.outcome = case when r.reason is null then 'succeeded' else 'failed' end)
    union all
    select authentication_request_id, count(*) || ' successful logins' from logins
    where outcome = 'succeeded' and authentication_request_id is not null and created_at > ${ago(windowSeconds)}
    group by 1 having count(*) > 1`,

  'a session has one login.success in the audit, and the other way round': ({ windowSeconds }, ago) => `
    select coalesce(s.id, a.id) as id, concat_ws(', ', case when s.id is null then 'no session' end, coalesce(a.events, 0) || ' events') as found
    from (select id from sessions where created_at > ${ago(windowSeconds)}) s
    full join (select target_id as id, count(*) as events from audit_events
      where action = 'login.success' and created_at > ${ago(windowSeconds)} group by 1) a on a.id = s.id
    where s.id is null or a.events is distinct from 1`,

  'a login has one event in the audit, and the other way round': ({ windowSeconds }, ago) => `
    select coalesce(l.id, a.id) as id, concat_ws(', ', coalesce(l.outcome, 'no trace'), coalesce(a.events, 0) || ' events') as found
    from (select id, outcome from logins where created_at > ${ago(windowSeconds)}) l
    full join (select details->>'loginId' as id, action, count(*) as events from audit_events
      where action in ('login.success', 'login.failure') and created_at > ${ago(windowSeconds)} group by 1, 2) a
      on a.id = l.id and a.action = case l.outcome when 'succeeded' then 'login.success' else 'login.failure' end
    where l.id is null or a.events is distinct from 1`,

  // a rotation and its event carry one instant; what housekeeping removed were the oldest tokens of a session
  'a rotation has one session.renewed in the audit, and the other way round': ({ windowSeconds }, ago) => `
    select coalesce(t.id, a.id) as id, coalesce(t.at, a.at) || ': ' || coalesce(t.count, 0) || ' rotations, ' || coalesce(a.count, 0) || ' events' as found
    from (select session_id as id, rotated_at as at, count(*) from refresh_tokens
      where rotated_at > ${ago(windowSeconds)} group by 1, 2) t
    full join (select target_id as id, created_at as at, count(*) from audit_events e
      where action = 'session.renewed' and created_at > ${ago(windowSeconds)} and exists (select 1 from refresh_tokens t
        where t.session_id = e.target_id and (t.parent_id is null or t.rotated_at <= e.created_at)) group by 1, 2) a
      on a.id = t.id and a.at = t.at
    where t.count is distinct from a.count`,

  'a session that was ended has one event in the audit, and the other way round': ({ windowSeconds }, ago) => `
    select coalesce(s.id, a.id) as id, concat_ws(', ', case when s.id is null then 'not ended' end, coalesce(a.events, 0) || ' events') as found
    from (select id from sessions where revoked_at > ${ago(windowSeconds)}) s
    full join (select target_id as id, count(*) as events from audit_events where action in ('session.ended', 'refresh.reuse_detected')
      and target_type = 'session' and created_at > ${ago(windowSeconds)} group by 1) a on a.id = s.id
    where s.id is null or a.events is distinct from 1`,

  'a user came by an identity or by declaration': () => `
    select u.id, 'neither' as found from users u where not exists (select 1 from identities i where i.user_id = u.id)
      and not exists (select 1 from memberships m where m.user_id = u.id and m.declared_email is not null)`,

  'nothing sealed is kept beyond its time': ({ repeatSeconds, graceSeconds, sweepSeconds }, ago) => `
    select id, 'answer of a login' as found from authentication_requests
    where sealed_answer is not null and finished_at < ${ago(repeatSeconds + sweepSeconds)}
    union all
    select id, 'claims of a SAML response' from authentication_requests
    where sealed_claims is not null and code_expires_at < ${ago(sweepSeconds)}
    union all
    select id, 'successor of a refresh token' from refresh_tokens
    where sealed_successor is not null and rotated_at < ${ago(graceSeconds + sweepSeconds)}
    union all
    select id, 'ID token of a session that is over' from sessions
    where sealed_id_token is not null and least(revoked_at, expires_at) < ${ago(300 + sweepSeconds)}`,
};

/** Every place where an invariant does not hold. */
export async function findViolations(sql: Pick<Sql, 'unsafe'>, changed: Partial<Bounds> = {}): Promise<Violation[]> {
  const bounds = { ...DEFAULTS, ...changed };
  const ago = (seconds: number) => `(now() + ${Number(bounds.offsetSeconds - seconds)} * interval '1 second')`;
  const found: Violation[] = [];
  for (const [invariant, query] of Object.entries(INVARIANTS)) {
    const rows = await sql.unsafe<{ id: string; found: string }[]>(query(bounds, ago));
    found.push(...rows.map(({ id, found: what }) => ({ invariant, id, found: what })));
  }
  return found;
}

/** `loginSeconds` as `login-seconds`. */
const optionOf = (name: string) => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

async function main(): Promise<void> {
  const names = Object.keys(DEFAULTS);
  const options = Object.fromEntries(names.map((name) => [optionOf(name), { type: 'string' as const }]));
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [url] = positionals;
  if (!url) throw new Error('the URL of a database is needed');
  const given = names.flatMap((name) => {
    const value = values[optionOf(name)];
    return value === undefined ? [] : [[name, Number(value)] as const];
  });
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const violations = await findViolations(sql, Object.fromEntries(given)).finally(() => sql.end());
  for (const violation of violations) console.log(JSON.stringify(violation));
  if (violations.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
