/** SAML responses on their way to a login: each request takes one, each assertion is taken once. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { requestedVersion, reviveRequested } from './connection-versions.ts';
import { type Connection, type Organization, organizations } from './schema.ts';
import { type AuthenticationRequest, authenticationRequests } from './session-schema.ts';
import { now, nowPlus, parameter, reviveRow, rowObject, statement } from './statement.ts';

/** The connection that a message came to, and the request that its RelayState leads to. */
export interface Addressed {
  readonly expired: boolean;
  readonly request: AuthenticationRequest | undefined;
  /** As it was when the request was made. */
  readonly connection: Connection;
  readonly organization: Organization;
}

export interface AnswerClaim extends Addressed {
  /** True for exactly one response in the request's life. */
  readonly claimed: boolean;
}

const ADDRESSED = sql`coalesce(r.expires_at <= ${now}, false) as expired,
    ${rowObject('r')} as request, ${rowObject('c')} as connection, ${rowObject('v')} as version, ${rowObject('o')} as organization
  from connections c
    join organizations o on o.id = c.organization_id
    left join authentication_requests r on r.state_digest = ${parameter('stateDigest')}
    ${requestedVersion}
  where c.id = ${parameter('connectionId')} and c.type = 'saml'`;

function decodeAddressed(row: Record<string, unknown>): Addressed {
  return {
    expired: row['expired'] === true,
    request: reviveRow(authenticationRequests, row['request']),
    connection: reviveRequested(row) as Connection,
    organization: reviveRow(organizations, row['organization']) as Organization,
  };
}

const CLAIM_ANSWER = statement<{ connectionId: string; stateDigest: string }, AnswerClaim>(
  sql`with answered as (
    update authentication_requests set answered_at = ${now}
    where state_digest = ${parameter('stateDigest')} and connection_id = ${parameter('connectionId')}
      and answered_at is null and consumed_at is null and code_digest is null and expires_at > ${now}
    returning id
  )
  select exists (select 1 from answered) as claimed,
    ${ADDRESSED}`,
  (row) => ({ ...decodeAddressed(row), claimed: row['claimed'] === true }),
);

/**
 * Finds the SAML connection and, by the digest of the RelayState, the request that the response answers; takes
 * the request's one response in the same statement, before anything is verified. Undefined without such a connection.
 */
export async function claimAnswer(
  db: Database,
  parameters: { connectionId: string; stateDigest: string },
): Promise<AnswerClaim | undefined> {
  const [claim] = await db.run(CLAIM_ANSWER, parameters);
  return claim;
}

const RELEASE = statement<{ requestId: string }, unknown>(
  sql`update authentication_requests set answered_at = null
  where id = ${parameter('requestId')} and consumed_at is null and code_digest is null`,
  (row) => row,
);

/** Gives a request back that was taken, but whose response nobody could judge. */
export async function releaseAnswer(db: Database, requestId: string): Promise<void> {
  await db.run(RELEASE, { requestId });
}

/** Verified claims, sealed, and the code that they are kept under. */
export interface KeptAnswer {
  readonly requestId: string;
  readonly connectionId: string;
  /** SHA-256 of the assertion's ID. */
  readonly assertionDigest: string;
  /** From when on its dates alone refuse the assertion, seconds from now. */
  readonly replaySeconds: number;
  readonly codeDigest: string;
  readonly codeSeconds: number;
  readonly sealedClaims: string;
  /** SHA-256 of the NameID's value. */
  readonly nameDigest: string | null;
}

/** `replayed`: the assertion was used before · `gone`: the request was consumed meanwhile. */
export type Keeping = 'kept' | 'replayed' | 'gone';

const USED = sql`insert into saml_replays (connection_id, assertion_digest, expires_at)
    values (${parameter('connectionId')}, ${parameter('assertionDigest')}, ${nowPlus('replaySeconds')})
    on conflict do nothing returning 1`;
const VERDICT = sql`select case when not exists (select 1 from used) then 'replayed'
    when exists (select 1 from kept) then 'kept' else 'gone' end as keeping`;
const decode = (row: Record<string, unknown>) => row['keeping'] as Keeping;

const KEEP = statement<KeptAnswer & Record<string, unknown>, Keeping>(
  sql`with used as (${USED}), kept as (
    update authentication_requests set code_digest = ${parameter('codeDigest')}, code_expires_at = ${nowPlus('codeSeconds')},
      sealed_claims = ${parameter('sealedClaims')}, name_digest = ${parameter('nameDigest')}
    where id = ${parameter('requestId')} and consumed_at is null and code_digest is null and exists (select 1 from used)
    returning 1
  ) ${VERDICT}`,
  decode,
);

/** Marks the assertion as used and keeps its claims for the request; only the mark, where the request is gone. */
export async function keepAnswer(db: Database, answer: KeptAnswer): Promise<Keeping> {
  const [keeping] = await db.run(KEEP, { ...answer });
  return keeping ?? 'gone';
}

/** A login that the identity provider initiated: its request is made when its response arrives. */
export interface UnsolicitedAnswer extends KeptAnswer {
  /** Digest that the code alone leads to: there is no `state`. */
  readonly stateDigest: string;
  readonly sealedNonce: string;
  readonly sealedCodeVerifier: string;
  readonly connectionVersion: number;
  readonly organizationId: string;
  readonly redirectUri: string;
}

const KEEP_UNSOLICITED = statement<UnsolicitedAnswer & Record<string, unknown>, Keeping>(
  sql`with used as (${USED}), kept as (
    insert into authentication_requests (id, state_digest, sealed_nonce, sealed_code_verifier, connection_id, connection_version,
      organization_id, redirect_uri, created_at, expires_at, answered_at, code_digest, code_expires_at, sealed_claims, name_digest)
    select ${parameter('requestId')}, ${parameter('stateDigest')}, ${parameter('sealedNonce')}, ${parameter('sealedCodeVerifier')},
      ${parameter('connectionId')}, ${parameter('connectionVersion', 'int')}, ${parameter('organizationId')}, ${parameter('redirectUri')},
      ${now}, ${nowPlus('codeSeconds')}, ${now}, ${parameter('codeDigest')}, ${nowPlus('codeSeconds')}, ${parameter('sealedClaims')},
      ${parameter('nameDigest')}
    from used
    returning 1
  ) ${VERDICT}`,
  decode,
);

export async function keepUnsolicitedAnswer(db: Database, answer: UnsolicitedAnswer): Promise<Keeping> {
  const [keeping] = await db.run(KEEP_UNSOLICITED, { ...answer });
  return keeping ?? 'gone';
}

const READ_STARTED = statement<{ connectionId: string; stateDigest: string }, Addressed>(
  sql`select ${ADDRESSED}`,
  decodeAddressed,
);

/** As {@link claimAnswer}, and takes nothing. */
export async function readStartedRequest(
  db: Database,
  parameters: { connectionId: string; stateDigest: string },
): Promise<Addressed | undefined> {
  const [started] = await db.run(READ_STARTED, parameters);
  return started;
}

/** The SAML connection of this id, whatever its status and whatever is known of its provider. */
export async function readSamlConnection(db: Database, connectionId: string): Promise<Connection | undefined> {
  return (await readStartedRequest(db, { connectionId, stateDigest: '' }))?.connection;
}
