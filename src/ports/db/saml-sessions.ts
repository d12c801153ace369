/** Sessions that began by SAML, at the end of the provider's session (SAML core §3.7.3). */
import { type SQL, sql } from 'drizzle-orm';
import type { SamlNameId } from '#ports/idp/saml/assertion.ts';
import type { Database } from './client.ts';
import type { Origin } from './logins.ts';
import { type Connection, connections } from './schema.ts';
import { type Session, sessions } from './session-schema.ts';
import { eventIdOf } from './session-state.ts';
import { now, nowPlus, parameter, reviveRow, rowObject, statement } from './statement.ts';

export interface ProviderLogout extends Origin {
  readonly connectionId: string;
  readonly organizationId: string;
  /** SHA-256 of the message's ID: the same message ends nothing twice. */
  readonly messageDigest: string;
  /** From when on its dates alone refuse the message, seconds from now. */
  readonly replaySeconds: number;
  readonly nameId: SamlNameId;
  /** SHA-256 of its value. */
  readonly nameDigest: string;
  /** None means every session of the subject. */
  readonly sessionIndexes: readonly string[];
  readonly auditId: string;
}

export interface EndedSessions {
  readonly replayed: boolean;
  readonly ended: number;
}

/** The format that says nothing (SAML core §8.3.1), as good as none. */
const UNSPECIFIED = sql.raw(`'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'`);

/** Two identifiers with the same value differ only in what both of them name. */
function agrees(member: keyof SamlNameId): SQL {
  const [theirs, ours] = [parameter('nameId', 'jsonb'), sql`s.name_id`].map(
    (nameId) => sql`nullif(${nameId}->>${sql.raw(`'${member}'`)}, ${UNSPECIFIED})`,
  );
  return sql`coalesce(${ours} = ${theirs}, true)`;
}

const EVENT_ID = eventIdOf('auditId', sql`ended.id`);
const ORIGIN = sql`${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now}`;
const EVENT = sql.raw(
  'id, organization_id, action, actor_type, target_type, target_id, reason, details, address, user_agent, request_id, created_at',
);

const END = statement<Omit<ProviderLogout, 'nameId'> & Record<string, unknown>, EndedSessions>(
  sql`with used as (
    insert into saml_replays (connection_id, assertion_digest, expires_at)
    values (${parameter('connectionId')}, ${parameter('messageDigest')}, ${nowPlus('replaySeconds')})
    on conflict do nothing returning 1
  ), live as materialized (
    select s.id from sessions s cross join used
    where s.connection_id = ${parameter('connectionId')} and s.name_id is not null
      and s.name_id->>'value' = ${parameter('subject')}
      and ${agrees('format')} and ${agrees('nameQualifier')} and ${agrees('spNameQualifier')}
      and (${parameter('sessionIndexes', 'jsonb')} = '[]'::jsonb
        or s.provider_session_id in (select jsonb_array_elements_text(${parameter('sessionIndexes', 'jsonb')})))
      and s.revoked_at is null and s.expires_at > ${now}
    -- in one order, so that two requests about the same person wait for each other instead of locking up
    order by s.id for no key update of s
  ), ended as (
    update sessions set revoked_at = ${now}, revoked_reason = 'idp_logout' from live
    where sessions.id = live.id returning sessions.id
  ), unredeemed as (
    update authentication_requests set sealed_claims = null
    where connection_id = ${parameter('connectionId')} and name_digest = ${parameter('nameDigest')}
      and sealed_claims is not null and code_expires_at > ${now} and exists (select 1 from used)
  ), forgotten as (
    update refresh_tokens set sealed_successor = null from ended
    where refresh_tokens.session_id = ended.id and refresh_tokens.sealed_successor is not null
  ), audited as (
    insert into audit_events (${EVENT})
    select ${EVENT_ID}, ${parameter('organizationId')}, 'session.ended', 'system', 'session', ended.id, 'idp_logout',
      jsonb_build_object('connectionId', ${parameter('connectionId')}), ${ORIGIN} from ended
  ), received as (
    insert into audit_events (${EVENT})
    select ${parameter('auditId')}, ${parameter('organizationId')}, 'logout.received', 'system', 'connection', ${parameter('connectionId')}, null,
      jsonb_build_object('sessions', (select count(*) from ended)), ${ORIGIN} from used
  )
  select not exists (select 1 from used) as replayed, (select count(*)::int from ended) as ended`,
  (row) => ({ replayed: row['replayed'] === true, ended: Number(row['ended']) }),
);

/**
 * Takes a logout request, once, and ends every live session that it means; each use of them fails from then on,
 * on every replica. Claims of that subject whose code was not redeemed yet go too: a login under way is part of the
 * session that ends (SAML core §3.7.3.2). A replayed request changes nothing.
 */
export async function endProviderSessions(db: Database, logout: ProviderLogout): Promise<EndedSessions> {
  const [result] = await db.run(END, { ...logout, subject: logout.nameId.value });
  if (!result) throw new Error('the logout answered no row');
  return result;
}

/** A session and the connection that it began on. */
export interface SamlSession {
  readonly session: Session;
  readonly connection: Connection;
}

const READ_SESSION = statement<{ sessionId: string; connectionId: string }, SamlSession>(
  sql`select ${rowObject('s')} as session, ${rowObject('c')} as connection
  from sessions s join connections c on c.id = s.connection_id
  where s.id = ${parameter('sessionId')} and c.id = ${parameter('connectionId')} and c.type = 'saml'`,
  (row) => ({
    session: reviveRow(sessions, row['session']) as Session,
    connection: reviveRow(connections, row['connection']) as Connection,
  }),
);

/** Undefined for a session of another connection. */
export async function readSamlSession(
  db: Database,
  parameters: { sessionId: string; connectionId: string },
): Promise<SamlSession | undefined> {
  const [found] = await db.run(READ_SESSION, parameters);
  return found;
}
