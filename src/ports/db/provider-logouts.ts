/**
 * The end of sessions on the identity provider's word: each message is taken once and ends every live session that it
 * means, in one statement, and what it named is kept for the logins that were under way meanwhile.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Origin } from './logins.ts';
import type { NamedSessions } from './session-schema.ts';
import { eventIdOf } from './session-state.ts';
import { now, nowPlus, parameter, type Statement, statement } from './statement.ts';

export interface ProviderLogout extends Origin {
  readonly connectionId: string;
  readonly organizationId: string;
  /** Id of the row that remembers the message. */
  readonly logoutId: string;
  /** SHA-256 of the message's own id: the same message ends nothing twice. */
  readonly messageDigest: string;
  /** What it names, one or more, as a login under way may say of itself: see `logoutKeysOf`. */
  readonly logoutKeys: readonly string[];
  /** What a SAML request means exactly; null for OpenID Connect, where the keys say it all. */
  readonly meant: NamedSessions | null;
  /** How long a replay, or a login under way, may still come, seconds. */
  readonly rememberSeconds: number;
  readonly auditId: string;
}

export interface EndedSessions {
  readonly replayed: boolean;
  readonly ended: number;
}

export const ORIGIN = sql`${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now}`;
export const EVENT = sql.raw(
  'id, organization_id, action, actor_type, target_type, target_id, reason, details, address, user_agent, request_id, created_at',
);

/**
 * @param meant condition on the session `s` of the connection
 * @param also further parts of the statement, each ending in a comma; `used` has a row where the message is new
 */
export function endSessionsStatement<Logout extends ProviderLogout & Record<string, unknown>>(
  meant: SQL,
  also: SQL = sql``,
): Statement<Logout, EndedSessions> {
  return statement<Logout, EndedSessions>(
    sql`with used as (
      insert into provider_logouts (id, connection_id, message_digest, key, meant, received_at, expires_at)
      values (${parameter('logoutId')}, ${parameter('connectionId')}, ${parameter('messageDigest')},
        ${parameter('logoutKeys', 'jsonb')} ->> 0, ${parameter('meant', 'jsonb')}, ${now}, ${nowPlus('rememberSeconds')})
      on conflict (connection_id, message_digest) do nothing returning 1
    ), more as (
      insert into provider_logouts (id, connection_id, message_digest, key, received_at, expires_at)
      select ${eventIdOf('logoutId', sql`k.key`)}, ${parameter('connectionId')}, ${parameter('messageDigest')} || ':' || k.number,
        k.key, ${now}, ${nowPlus('rememberSeconds')}
      from used, jsonb_array_elements_text(${parameter('logoutKeys', 'jsonb')}) with ordinality k (key, number) where k.number > 1
    ), live as materialized (
      select s.id from sessions s cross join used
      where s.connection_id = ${parameter('connectionId')} and ${meant} and s.revoked_at is null and s.expires_at > ${now}
      -- in one order, so that two messages about the same person wait for each other instead of locking up
      order by s.id for no key update of s
    ), ended as (
      update sessions set revoked_at = ${now}, revoked_reason = 'idp_logout', sealed_id_token = null from live
      where sessions.id = live.id returning sessions.id
    ), ${also} forgotten as (
      update refresh_tokens set sealed_successor = null from ended
      where refresh_tokens.session_id = ended.id and refresh_tokens.sealed_successor is not null
    ), audited as (
      insert into audit_events (${EVENT})
      select ${eventIdOf('auditId', sql`ended.id`)}, ${parameter('organizationId')}, 'session.ended', 'system', 'session', ended.id,
        'idp_logout', jsonb_build_object('connectionId', ${parameter('connectionId')}), ${ORIGIN} from ended
    ), received as (
      insert into audit_events (${EVENT})
      select ${parameter('auditId')}, ${parameter('organizationId')}, 'logout.received', 'system', 'connection', ${parameter('connectionId')}, null,
        jsonb_build_object('sessions', (select count(*) from ended)), ${ORIGIN} from used
    )
    select not exists (select 1 from used) as replayed, (select count(*)::int from ended) as ended`,
    (row) => ({ replayed: row['replayed'] === true, ended: Number(row['ended']) }),
  );
}

export async function endSessions<Logout extends ProviderLogout & Record<string, unknown>>(
  db: Database,
  end: Statement<Logout, EndedSessions>,
  logout: Logout,
): Promise<EndedSessions> {
  const [result] = await db.run(end, logout);
  if (!result) throw new Error('the logout answered no row');
  return result;
}

/** At least one of both is there. */
export interface OidcLogout extends ProviderLogout {
  readonly subject: string | null;
  readonly providerSessionId: string | null;
}

const OF_SESSION = sql`select x.id from sessions x
    where x.connection_id = ${parameter('connectionId')} and x.provider_session_id = ${parameter('providerSessionId')}
      and (${parameter('subject')} is null
        or exists (select 1 from identities i where i.id = x.identity_id and i.subject = ${parameter('subject')}))`;
/** All of the person's; of one provider session, also those whose logins did not tell which session they belong to. */
const OF_SUBJECT = sql`select x.id from identities i join sessions x on x.user_id = i.user_id and x.identity_id = i.id
    where i.connection_id = ${parameter('connectionId')} and i.subject = ${parameter('subject')}
      and (${parameter('providerSessionId')} is null or x.provider_session_id is null)`;

const END_OIDC = endSessionsStatement<OidcLogout & Record<string, unknown>>(
  sql`s.id in (${OF_SESSION} union ${OF_SUBJECT})`,
);

/**
 * Takes a logout token, once, and ends the sessions of the connection that began in that session of the provider, or
 * all of the subject's where it names none (OpenID Connect Back-Channel Logout 1.0 §2.7). A replay changes nothing.
 */
export function endOidcSessions(db: Database, logout: OidcLogout): Promise<EndedSessions> {
  return endSessions(db, END_OIDC, { ...logout });
}
