/** Steps 4 to 6 of finishing a login: provision, issue, and write it all at once. */
import { SsoError } from '#error';
import { UniqueViolation } from '#ports/db/client.ts';
import { writeLogin } from '#ports/db/logins.ts';
import { type Candidates, readCandidates, type Standing } from '#ports/db/profiles.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { Ports } from '#ports/ports.ts';
import type { LoginAttempt } from './authentication-response.ts';
import type { MatchedCallback } from './callback-match.ts';
import type { Checks } from './checks.ts';
import type { Email } from './email.ts';
import { draftLogin } from './login-draft.ts';
import { answerWritten } from './login-repeat.ts';
import { logoutKeysOf } from './logout-keys.ts';
import type { IssuedSession } from './profile.ts';
import { planProvisioning } from './provisioning.ts';

/** Logins of one person that race each other settle within this many rounds. */
const ROUNDS = 3;
/** From the first failure of the database on; what a client waits for is this and one statement's deadline. */
const DATABASE_PATIENCE_MS = 5_000;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 500;

/** Who is verified, and as whom. */
interface Verified {
  readonly matched: MatchedCallback;
  readonly claims: Claims;
  readonly email: Email;
}

/**
 * The provider's code is spent, so a database that fails is asked again for a while. A statement whose answer was lost may have
 * been kept: then it is the outcome.
 * @throws SsoError with the reason of the first check that failed; `login_abandoned` when the database stays away
 */
export async function writeDown(ports: Ports, attempt: LoginAttempt, verified: Verified): Promise<IssuedSession> {
  const { checks } = attempt;
  const settled = checks.entries.length;
  let overtaken = 0;
  let failedAt: number | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; overtaken < ROUNDS; ) {
    checks.entries.length = settled;
    try {
      const issued = await tryToWrite(ports, attempt, verified, failedAt !== undefined);
      if (issued) return issued;
      overtaken += 1;
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      failedAt ??= performance.now();
      if (performance.now() - failedAt > DATABASE_PATIENCE_MS || ports.shutdown.aborted)
        throw new SsoError('login_abandoned', {
          detail: 'the database was away when it was to be written',
          cause: error,
        });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
  throw new SsoError('login_abandoned', { detail: 'logins of the same person kept overtaking each other' });
}

function isDatabaseAway(error: unknown): boolean {
  return error instanceof SsoError && error.code === 'database_unavailable';
}

/** Undefined when another login of the person was faster: decided anew, it may go well. */
async function tryToWrite(
  ports: Ports,
  attempt: LoginAttempt,
  { matched, claims, email }: Verified,
  mayBeWritten: boolean,
): Promise<IssuedSession | undefined> {
  const { checks } = attempt;
  const { request, connection } = matched;
  const candidates = await candidatesOf(ports, matched, claims, email);
  attempt.memberId = memberMeant(candidates);
  if (mayBeWritten && candidates.standing?.unfinished === false) return answerWritten(ports, attempt, request.id);
  requireStanding(candidates.standing, request.apiKeyId, checks);
  const plan = planProvisioning(connection, claims, email, candidates, checks);
  const login = await draftLogin(ports, attempt, matched, claims, plan);
  const written = await writeLogin(ports.db, login.write).catch((error: unknown) => {
    if (error instanceof UniqueViolation) return undefined;
    throw error;
  });
  return written && { ...login.issued, profile: { ...login.issued.profile, ...written } };
}

/** Whose login it would be, for the trace of a refusal. Of people of other organizations this one learns nothing. */
function memberMeant({ known, sameEmail }: Candidates): string | undefined {
  const meant = known ?? sameEmail.find(({ membership }) => membership);
  return meant?.membership && meant.user.id;
}

function candidatesOf(
  ports: Ports,
  { connection, organization, request }: MatchedCallback,
  claims: Claims,
  email: Email,
): Promise<Candidates> {
  return readCandidates(ports.db, {
    connectionId: connection.id,
    subject: claims.subject,
    organizationId: organization.id,
    email: email.address,
    domain: email.domain,
    apiKeyId: request.apiKeyId,
    requestId: request.id,
    logoutKeys: logoutKeysOf(claims),
  });
}

/** The provider took its time: whatever was switched off meanwhile is off. A version that is out of use since then serves this login still. */
function requireStanding(standing: Standing | undefined, apiKeyId: string | null, checks: Checks): void {
  // said before, and in the trace: whoever waited longer than a login may take has settled it
  if (standing?.unfinished === false) throw new SsoError('login_abandoned', { repeated: true });
  checks.pass('request.unfinished');
  if (!standing)
    checks.fail('connection.stillActive', 'connection_disabled', {
      expected: 'active',
      actual: 'deleted since the login began',
    });
  const { organizationStatus, connectionStatus, loggedOut, apiKeyUsable } = standing;
  checks.require('organization.stillActive', organizationStatus === 'active', 'organization_disabled', {
    expected: 'active',
    actual: organizationStatus,
  });
  checks.require('connection.stillActive', connectionStatus === 'active', 'connection_disabled', {
    expected: 'active',
    actual: connectionStatus,
  });
  checks.require('provider.sessionGoesOn', loggedOut !== true, 'provider_session_ended', {
    expected: 'a session that the provider has not ended',
    actual: loggedOut ? 'ended by a logout' : 'not ended',
  });
  if (apiKeyId)
    checks.require('apiKey.stillUsable', apiKeyUsable === true, 'api_key_invalid', {
      expected: 'usable',
      actual: apiKeyUsable ? 'usable' : 'revoked or expired since the login began',
    });
}
