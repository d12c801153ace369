/** Authentication requests: created at the start of a login, claimed exactly once at its end. */
import { sql } from 'drizzle-orm';
import { isOverdue } from './abandoned-logins.ts';
import { noteApiKeyUse, usableApiKey } from './api-keys.ts';
import type { Database } from './client.ts';
import { requestedVersion, reviveRequested } from './connection-versions.ts';
import { type ApiKey, apiKeys, type Connection, type Organization, organizations } from './schema.ts';
import { type AuthenticationRequest, authenticationRequests } from './session-schema.ts';
import { now, nowPlus, parameter, reviveRow, rowObject, statement } from './statement.ts';

export type NewAuthenticationRequest = Pick<
  AuthenticationRequest,
  | 'id'
  | 'stateDigest'
  | 'sealedNonce'
  | 'sealedCodeVerifier'
  | 'connectionId'
  | 'connectionVersion'
  | 'organizationId'
  | 'dialect'
  | 'apiKeyId'
  | 'redirectUri'
  | 'loginHint'
  | 'browserDigest'
> & { readonly lifeSeconds: number };

/** Not waiting for the disk: a crash of the database can only lose a login that was started and not finished. */
const INSERT = statement<NewAuthenticationRequest, unknown>(
  sql`insert into authentication_requests (id, state_digest, sealed_nonce, sealed_code_verifier, connection_id,
    connection_version, organization_id, dialect, api_key_id, redirect_uri, login_hint, browser_digest, created_at, expires_at)
  values (${parameter('id')}, ${parameter('stateDigest')}, ${parameter('sealedNonce')}, ${parameter('sealedCodeVerifier')},
    ${parameter('connectionId')}, ${parameter('connectionVersion', 'int')}, ${parameter('organizationId')}, ${parameter('dialect')},
    ${parameter('apiKeyId')}, ${parameter('redirectUri')}, ${parameter('loginHint')}, ${parameter('browserDigest')},
    ${now}, ${nowPlus('lifeSeconds')})
  returning set_config('synchronous_commit', 'off', true)`,
  (row) => row,
);

export async function insertAuthenticationRequest(db: Database, request: NewAuthenticationRequest): Promise<void> {
  await db.run(INSERT, request);
}

/** What the callback's `state` led to. `claimed` is true for exactly one caller in the request's life. */
export interface Claim {
  readonly claimed: boolean;
  readonly expired: boolean;
  /** Whether the one-time code of a SAML login is past its time. */
  readonly codeExpired: boolean;
  readonly request: AuthenticationRequest | undefined;
  /** As it was when the login began. */
  readonly connection: Connection | undefined;
  readonly organization: Organization | undefined;
  /** The caller's API key if it is usable; undefined when none was given or it is not. */
  readonly apiKey: ApiKey | undefined;
  /** Whether the callback came within the time in which a repeat gets the same answer. */
  readonly repeatable: boolean;
}

const CLAIM = statement<
  { stateDigest: string; callbackDigest: string; apiKeyDigest: string | null; repeatSeconds: number },
  Claim
>(
  sql`with key as (${usableApiKey('apiKeyDigest')}),
  claimed as (
    update authentication_requests set consumed_at = ${now}, callback_digest = ${parameter('callbackDigest')}
    where state_digest = ${parameter('stateDigest')} and consumed_at is null and expires_at > ${now}
      and (${parameter('apiKeyDigest')} is null or exists (select 1 from key))
    returning id
  ), used as (${noteApiKeyUse})
  select exists (select 1 from claimed) as claimed,
    r.expires_at <= ${now} as expired,
    r.code_expires_at <= ${now} as code_expired,
    -- whoever lost a race for the request does not see yet that it is consumed
    -- who came first may have begun later: of no window at all, nothing is in it
    ${parameter('repeatSeconds', 'float8')} > 0
      and coalesce(r.consumed_at, ${now}) > ${now} - ${parameter('repeatSeconds', 'float8')} * interval '1 second' as repeatable,
    ${rowObject('r')} as request,
    ${rowObject('c')} as connection,
    ${rowObject('v')} as version,
    ${rowObject('o')} as organization,
    ${rowObject('k')} as api_key
  from (select 1) one
    left join authentication_requests r on r.state_digest = ${parameter('stateDigest')}
    left join connections c on c.id = r.connection_id
    ${requestedVersion}
    left join organizations o on o.id = r.organization_id
    left join key k on true`,
  (row) => ({
    claimed: row['claimed'] === true,
    expired: row['expired'] === true,
    codeExpired: row['code_expired'] === true,
    repeatable: row['repeatable'] === true,
    request: reviveRow(authenticationRequests, row['request']),
    connection: reviveRequested(row),
    organization: reviveRow(organizations, row['organization']),
    apiKey: reviveRow(apiKeys, row['api_key']),
  }),
);

/**
 * Looks the state up and consumes its request, in one atomic statement: of any number of callers on any
 * number of replicas, one gets `claimed`. A caller whose API key is not usable consumes nothing.
 */
export async function claimAuthenticationRequest(
  db: Database,
  parameters: { stateDigest: string; callbackDigest: string; apiKeyDigest: string | null; repeatSeconds: number },
): Promise<Claim> {
  const [claim] = await db.run(CLAIM, parameters);
  if (!claim) throw new Error('the claim answered no row');
  return claim;
}

/** What a finished request left for its repeats. */
export type RequestOutcome = Pick<AuthenticationRequest, 'callbackDigest' | 'sealedAnswer' | 'reason' | 'finishedAt'>;

const OUTCOME = statement<{ id: string }, RequestOutcome & { overdue: boolean }>(
  sql`select callback_digest, sealed_answer, reason, finished_at, ${isOverdue} as overdue
    from authentication_requests r where r.id = ${parameter('id')}`,
  (row) => ({
    callbackDigest: row['callback_digest'] as string | null,
    sealedAnswer: row['sealed_answer'] as string | null,
    reason: row['reason'] as string | null,
    finishedAt: row['finished_at'] ? new Date(String(row['finished_at'])) : null,
    overdue: row['overdue'] === true,
  }),
);

/** `overdue`: it has none although its time is over, so it may be settled (`abandoned-logins.ts`). */
export async function readRequestOutcome(
  db: Database,
  id: string,
): Promise<(RequestOutcome & { readonly overdue: boolean }) | undefined> {
  const [outcome] = await db.run(OUTCOME, { id });
  return outcome;
}
