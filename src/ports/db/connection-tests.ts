/** Test logins: a link is made, the provider's one answer is taken, and what came of it is written with its trace. */
import { sql } from 'drizzle-orm';
import type { Check } from '#core/checks.ts';
import type { Database } from './client.ts';
import { type ConnectionTest, connectionTests } from './connection-schema.ts';
import type { LoginEvidence, Origin } from './logins.ts';
import { now, nowPlus, parameter, reviveRow, rowObject, statement } from './statement.ts';

type NewConnectionTest = Pick<
  ConnectionTest,
  | 'id'
  | 'tokenDigest'
  | 'stateDigest'
  | 'sealedState'
  | 'sealedNonce'
  | 'sealedCodeVerifier'
  | 'connectionId'
  | 'connectionVersion'
  | 'redirectUri'
> & { readonly lifeSeconds: number };

const decode = (row: Record<string, unknown>) => reviveRow(connectionTests, row['test']) as ConnectionTest;

const INSERT = statement<NewConnectionTest, ConnectionTest>(
  sql`with t as (insert into connection_tests (id, token_digest, state_digest, sealed_state, sealed_nonce, sealed_code_verifier, connection_id,
    connection_version, redirect_uri, created_at, expires_at)
  values (${parameter('id')}, ${parameter('tokenDigest')}, ${parameter('stateDigest')}, ${parameter('sealedState')}, ${parameter('sealedNonce')},
    ${parameter('sealedCodeVerifier')}, ${parameter('connectionId')}, ${parameter('connectionVersion', 'int')}, ${parameter('redirectUri')},
    ${now}, ${nowPlus('lifeSeconds')}) returning *)
  select ${rowObject('t')} as test from t`,
  decode,
);

export async function insertConnectionTest(db: Database, test: NewConnectionTest): Promise<ConnectionTest> {
  const [made] = await db.run(INSERT, test);
  if (!made) throw new Error('a test was not written');
  return made;
}

export interface FoundTest {
  readonly test: ConnectionTest;
  readonly expired: boolean;
}

const found = (row: Record<string, unknown>): FoundTest => ({ test: decode(row), expired: row['expired'] === true });

const READ = statement<{ digest: string }, FoundTest>(
  sql`select ${rowObject('t')} as test, t.expires_at <= ${now} as expired from connection_tests t
  where t.token_digest = ${parameter('digest')} or t.state_digest = ${parameter('digest')}`,
  found,
);

/** @param digest of the link's token, or of the `state` */
export async function readConnectionTest(db: Database, digest: string): Promise<FoundTest | undefined> {
  const [test] = await db.run(READ, { digest });
  return test;
}

const READ_BY_ID = statement<{ id: string; connectionId: string }, ConnectionTest>(
  sql`select ${rowObject('t')} as test from connection_tests t
  where t.id = ${parameter('id')} and t.connection_id = ${parameter('connectionId')}`,
  decode,
);

export async function readTestOfConnection(
  db: Database,
  wanted: { id: string; connectionId: string },
): Promise<ConnectionTest | undefined> {
  const [test] = await db.run(READ_BY_ID, wanted);
  return test;
}

interface TakenTest extends FoundTest {
  /** True for exactly one answer in the test's life. */
  readonly claimed: boolean;
}

const isOfConnection = sql`(${parameter('connectionId')} is null or connection_id = ${parameter('connectionId')})`;
const TAKE = statement<{ stateDigest: string; connectionId: string | null }, TakenTest>(
  sql`with taken as (
    update connection_tests set answered_at = ${now}
    where state_digest = ${parameter('stateDigest')} and answered_at is null and expires_at > ${now} and ${isOfConnection} returning id
  )
  select ${rowObject('t')} as test, t.expires_at <= ${now} as expired, exists (select 1 from taken) as claimed
  from connection_tests t where t.state_digest = ${parameter('stateDigest')} and ${isOfConnection}`,
  (row) => ({ ...found(row), claimed: row['claimed'] === true }),
);

/**
 * Takes the test's one answer, before anything of it is verified. Undefined when the state is of no test.
 * @param connectionId the only connection whose tests are meant, if any is
 */
export async function takeConnectionTest(
  db: Database,
  stateDigest: string,
  connectionId: string | null = null,
): Promise<TakenTest | undefined> {
  const [taken] = await db.run(TAKE, { stateDigest, connectionId });
  return taken;
}

interface TestOutcome extends Origin, LoginEvidence {
  readonly id: string;
  readonly outcome: 'passed' | 'failed';
  readonly reason: string | null;
  readonly detail: string | null;
  readonly checks: readonly Check[];
  readonly loginId: string;
  readonly auditId: string;
  readonly durationMs: number;
}

const FINISH = statement<TestOutcome & Record<string, unknown>, unknown>(
  sql`with t as (
    update connection_tests set outcome = ${parameter('outcome')}, reason = ${parameter('reason')}, login_id = ${parameter('loginId')},
      answered_at = coalesce(answered_at, ${now})
    where id = ${parameter('id')} and outcome is null returning *
  ), c as (
    select c.id, c.organization_id from t join connections c on c.id = t.connection_id
  ), l as (
    insert into logins (id, organization_id, connection_id, connection_version, outcome, reason, detail, checks, findings, sealed_claims,
      email_digest, subject_digest, is_test, address, user_agent, request_id, duration_ms, created_at)
    select ${parameter('loginId')}, c.organization_id, c.id, t.connection_version,
      case when t.outcome = 'passed' then 'succeeded' else 'failed' end, t.reason, ${parameter('detail')}, ${parameter('checks', 'jsonb')},
      ${parameter('findings', 'jsonb')}, ${parameter('sealedClaims')}, ${parameter('emailDigest')}, ${parameter('subjectDigest')},
      ${parameter('isTest', 'boolean')}, ${parameter('address')},
      ${parameter('userAgent')}, ${parameter('requestId')}, ${parameter('durationMs', 'int')}, ${now} from t, c
  ), v as (
    update connection_versions set tested_at = ${now}, test_login_id = ${parameter('loginId')},
      state = case when connection_versions.state = 'draft' then 'tested' else connection_versions.state end
    from t where connection_versions.connection_id = t.connection_id and connection_versions.version = t.connection_version and t.outcome = 'passed'
  )
  insert into audit_events (id, organization_id, action, actor_type, target_type, target_id, reason, details, address, user_agent, request_id, created_at)
  select ${parameter('auditId')}, c.organization_id, 'connection.tested', 'anonymous', 'connection', c.id, t.reason,
    jsonb_build_object('version', t.connection_version, 'outcome', t.outcome, 'loginId', t.login_id), ${parameter('address')},
    ${parameter('userAgent')}, ${parameter('requestId')}, ${now} from t, c returning id`,
  (row) => row,
);

/** The trace, the audit event, and the version marked as tested where it passed. The first outcome stays. */
export async function finishConnectionTest(db: Database, outcome: TestOutcome): Promise<void> {
  await db.run(FINISH, { ...outcome });
}
