/** Ten million rows that are over, as a server leaves them: for the benchmark of housekeeping. */
import type { Sql } from 'postgres';
import { CONNECTION, ORGANIZATION } from './server.ts';

export type Planted = Readonly<Record<string, number>>;

/** Shares of a million. */
const SHARES = { authentication_requests: 3, sessions: 1, refresh_tokens: 3, logins: 2, audit_events: 1 };

/** As long as what is sealed is, so that rows have their size. */
const SEALED = `repeat(md5(n::text), 4)`;
const ID = (kind: string) => `'${kind}' || lpad(to_hex(n), 23, '0')`;

/** @param at the expression of a row's time, `days` ago at most, `from` at least */
type Spread = (from: number, days: number) => string;
/** All over the time, or all of it at one instant: the two shapes of an index. */
const SPREADS: Record<'spread' | 'ties', Spread> = {
  spread: (from, days) => `now() - interval '1 day' * (${from} + random() * ${days})`,
  ties: (from, days) => `now() - interval '1 day' * ${from + days / 2}`,
};

/** Half of the logins lie in a month of their own, the others in the default partition. */
function statementsOf(at: Spread): Record<keyof typeof SHARES, string> {
  const owner = `(select c.id as connection, c.organization_id as organization from connections c join organizations o
    on o.id = c.organization_id where o.slug = '${ORGANIZATION}' and c.slug = '${CONNECTION}') c`;
  const user = `lpad((n % 10000)::text, 24, '0')`;
  return {
    authentication_requests: `insert into authentication_requests (id, state_digest, sealed_nonce, sealed_code_verifier, connection_id,
        connection_version, organization_id, dialect, redirect_uri, created_at, expires_at)
      select ${ID('a')}, md5(n::text) || n, ${SEALED}, ${SEALED}, connection, 1, organization, 'pria', 'http://127.0.0.1/sso_callback',
        at, at from (select n, ${at(1, 30)} as at from generate_series($1::int, $2::int) n) n, ${owner}`,
    sessions: `insert into sessions (id, user_id, organization_id, connection_id, identity_id, dialect, target, address, user_agent,
        created_at, last_used_at, expires_at)
      select ${ID('b')}, ${user}, organization, connection, ${user}, 'applivery', 'dashboard', '192.0.2.1', 'Mozilla/5.0 (X11; Linux x86_64)',
        at, at, at from (select n, ${at(31, 30)} as at from generate_series($1::int, $2::int) n) n, ${owner}`,
    refresh_tokens: `insert into refresh_tokens (id, session_id, token_digest, access_token_id, created_at, expires_at, rotated_at, successor_id)
      select ${ID('c')}, 'b' || lpad(to_hex(1 + (n - 1) / 3), 23, '0'), md5(n::text) || n, md5(n::text), at, at, at, ${ID('c')}
      from (select n, ${at(31, 30)} as at from generate_series($1::int, $2::int) n) n`,
    logins: `insert into logins (id, organization_id, connection_id, dialect, outcome, checks, address, user_agent, request_id, duration_ms, created_at)
      select ${ID('d')}, organization, connection, 'pria', 'succeeded',
        (select jsonb_agg(jsonb_build_object('name', 'check.' || i, 'outcome', 'passed')) from generate_series(1, 12) i),
        '192.0.2.1', 'Mozilla/5.0 (X11; Linux x86_64)', ${ID('e')}, 20, at
      from (select n, case when n % 2 = 0 then date_trunc('month', now()) - interval '3 months' + interval '1 second' * (random() * 2000000)
        else ${at(150, 30)} end as at from generate_series($1::int, $2::int) n) n, ${owner}`,
    audit_events: `insert into audit_events (id, organization_id, action, actor_type, target_type, target_id, details, address, user_agent,
        request_id, created_at)
      select ${ID('f')}, organization, 'login.success', 'user', 'session', ${ID('b')}, jsonb_build_object('loginId', ${ID('d')}),
        '192.0.2.1', 'Mozilla/5.0 (X11; Linux x86_64)', ${ID('e')}, at
      from (select n, ${at(401, 60)} as at from generate_series($1::int, $2::int) n) n, ${owner}`,
  };
}

/** @param million rows of a share; 1,000,000 makes ten million in all */
export async function plantExpiredRows(sql: Sql, million: number, shape: keyof typeof SPREADS): Promise<Planted> {
  const [month] = await sql<{ name: string; start: string; end: string }[]>`
    select to_char(m, '"logins_"YYYY_MM') as name, to_char(m, 'YYYY-MM-DD') as start, to_char(m + interval '1 month', 'YYYY-MM-DD') as end
    from (select date_trunc('month', now() at time zone 'utc') - interval '3 months' as m) m`;
  await sql.unsafe(
    `create table ${month?.name} partition of logins for values from ('${month?.start} 00:00:00Z') to ('${month?.end} 00:00:00Z')`,
  );
  await sql`set synchronous_commit = off`;
  // a token is three sessions' third: sessions come first
  for (const [table, statement] of Object.entries(statementsOf(SPREADS[shape]))) {
    const rows = SHARES[table as keyof typeof SHARES] * million;
    const chunk = 250_000;
    for (let from = 1; from <= rows; from += chunk) {
      await sql.unsafe(statement, [from, Math.min(from + chunk - 1, rows)]);
    }
    console.error(`planted ${rows} ${table}`);
  }
  await sql.unsafe('vacuum analyze');
  await sql.unsafe('checkpoint');
  return Object.fromEntries(Object.entries(SHARES).map(([table, share]) => [table, share * million]));
}
