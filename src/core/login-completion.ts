/** Step 3 of finishing a login, the protocol's verification; what is verified is written down (`login-writing.ts`). */
import { LOGIN_SECONDS } from '#ports/db/abandoned-logins.ts';
import type { KeptClaims } from '#ports/idp/identity-provider.ts';
import type { Ports } from '#ports/ports.ts';
import type { LoginAttempt } from './authentication-response.ts';
import type { MatchedCallback } from './callback-match.ts';
import { requireEmail } from './claimed-email.ts';
import { writeDown } from './login-writing.ts';
import type { IssuedSession } from './profile.ts';

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

  return writeDown(ports, attempt, { matched, claims, email });
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
