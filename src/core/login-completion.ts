/** Steps 3 to 6 of finishing a login: verify, provision, issue, and write it all at once. */
import { SsoError } from '#error';
import { LOGIN_SECONDS } from '#ports/db/abandoned-logins.ts';
import { UniqueViolation } from '#ports/db/client.ts';
import { writeLogin } from '#ports/db/logins.ts';
import { type Candidates, readCandidates, type Standing } from '#ports/db/profiles.ts';
import type { Claims, KeptClaims } from '#ports/idp/identity-provider.ts';
import type { Ports } from '#ports/ports.ts';
import type { LoginAttempt } from './authentication-response.ts';
import type { MatchedCallback } from './callback-match.ts';
import type { Checks } from './checks.ts';
import { requireEmail } from './claimed-email.ts';
import type { Email } from './email.ts';
import { draftLogin } from './login-draft.ts';
import { logoutKeysOf } from './logout-keys.ts';
import type { IssuedSession } from './profile.ts';
import { planProvisioning } from './provisioning.ts';

/** Logins of one person that race each other settle within this many rounds. */
const ROUNDS = 3;
/** All calls to the provider together, from the callback's arrival; what is left of `LOGIN_SECONDS` is for writing it down. */
const PROVIDER_SECONDS = LOGIN_SECONDS - 5;

/** @throws SsoError with the reason of the first check that failed */
export async function completeLogin(
  ports: Ports,
  attempt: LoginAttempt,
  matched: MatchedCallback,
): Promise<IssuedSession> {
  const { callback, checks } = attempt;
  const { request, connection } = matched;
  const response = { code: matched.code, iss: callback.iss };
  const secrets = { nonce: matched.nonce, codeVerifier: matched.codeVerifier, redirectUri: request.redirectUri };
  const verification = ports.identityProvider.verify(
    connection,
    { ...secrets, loginHint: request.loginHint ?? undefined, kept: keptClaims(attempt) },
    response,
    checks,
  );
  checks.findings.set('protocol', ports.identityProvider.protocolOf(connection));
  const claims = await inTime(attempt, verification);
  attempt.claims = claims;
  checks.findings.claims(claims);
  const startedWith = callback.email === undefined ? undefined : request.loginHint;
  const email = requireEmail(claims, connection, startedWith, checks);

  for (let round = 1; round <= ROUNDS; round++) {
    const settled = checks.entries.length;
    const candidates = await candidatesOf(ports, matched, claims, email);
    requireStanding(candidates.standing, request.apiKeyId, checks);
    const plan = planProvisioning(connection, claims, email, candidates, checks);
    const login = await draftLogin(ports, attempt, matched, claims, plan);
    const written = await writeLogin(ports.db, login.write).catch((error: unknown) => {
      if (error instanceof UniqueViolation) return undefined;
      throw error;
    });
    if (written) return { ...login.issued, profile: { ...login.issued.profile, ...written } };
    checks.entries.length = settled;
  }
  throw new SsoError('database_unavailable', {
    detail: 'logins of the same person kept overtaking each other',
    retryAfterSeconds: 1,
  });
}

/**
 * Each call has a limit of its own, and a provider that reaches all of them would outlast every client.
 * @throws SsoError `idp_timeout`; whatever comes of the calls afterwards is dropped
 */
async function inTime<T>({ checks, startedAt }: LoginAttempt, verification: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<'late'>();
  const remainingMs = PROVIDER_SECONDS * 1000 - (performance.now() - startedAt);
  const timer = setTimeout(() => late.resolve('late'), remainingMs);
  const first = await Promise.race([verification, late.promise]).finally(() => clearTimeout(timer));
  if (first === 'late')
    return checks.fail('provider.inTime', 'idp_timeout', { expected: `all its answers within ${PROVIDER_SECONDS} s` });
  return first as T;
}

/** What the consumer service left for this login, if a SAML response came. */
function keptClaims({ claim }: LoginAttempt): KeptClaims | undefined {
  const { id, codeDigest, sealedClaims } = claim?.request ?? {};
  if (!claim || !id || !codeDigest || !sealedClaims) return undefined;
  return { requestId: id, codeDigest, sealedClaims, expired: claim.codeExpired };
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
  checks.require('organization.stillActive', standing?.organizationStatus === 'active', 'organization_disabled');
  checks.require('connection.stillActive', standing?.connectionStatus === 'active', 'connection_disabled');
  checks.require('provider.sessionGoesOn', standing?.loggedOut !== true, 'provider_session_ended');
  if (apiKeyId) checks.require('apiKey.stillUsable', standing?.apiKeyUsable === true, 'api_key_invalid');
}
