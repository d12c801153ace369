/** Steps 3 to 6 of finishing a login: verify, provision, issue, and write it all at once. */
import { SsoError } from '#error';
import { UniqueViolation } from '#ports/db/client.ts';
import { type LoginWrite, writeLogin } from '#ports/db/logins.ts';
import { type Candidates, readCandidates } from '#ports/db/profiles.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { requestContext } from './authentication-request.ts';
import type { LoginAttempt } from './authentication-response.ts';
import type { MatchedCallback } from './callback-match.ts';
import type { Checks } from './checks.ts';
import { type Email, parseEmail } from './email.ts';
import type { SealedAnswer } from './login-repeat.ts';
import { draftMembership, draftUser } from './person.ts';
import { policyOf } from './policy.ts';
import type { IssuedSession, Profile, TimedToken } from './profile.ts';
import { type ProvisioningPlan, planProvisioning } from './provisioning.ts';
import { createRefreshToken } from './refresh.ts';
import { createTokenId, issueToken } from './session.ts';
import { storable } from './text.ts';

/** Logins of one person that race each other settle within this many rounds. */
const ROUNDS = 3;

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
  const claims = await ports.identityProvider.verify(
    connection,
    { ...secrets, loginHint: request.loginHint ?? undefined },
    response,
    checks,
  );
  const email = requireEmail(claims, matched, callback.email !== undefined, checks);

  for (let round = 1; round <= ROUNDS; round++) {
    const settled = checks.entries.length;
    const candidates = await candidatesOf(ports, matched, claims, email);
    const plan = planProvisioning(connection, claims, email, candidates, checks);
    const login = await draftLogin(ports, attempt, matched, claims, plan);
    const written = await writeLogin(ports.db, login.write).catch((error: unknown) => {
      if (error instanceof UniqueViolation) return undefined;
      throw error;
    });
    if (written) return { ...login.issued, profile: { ...login.issued.profile, ...written } };
    checks.entries.length = settled;
  }
  throw new SsoError('connection_disabled', { detail: 'something was disabled while the login ran' });
}

function requireEmail(
  claims: Claims,
  { request, connection }: MatchedCallback,
  compare: boolean,
  checks: Checks,
): Email {
  checks.require('email.present', claims.email !== undefined, 'email_missing');
  const email = parseEmail(claims.email ?? '');
  if (!email) return checks.fail('email.wellFormed', 'email_invalid');
  if (compare) checks.require('email.asStarted', email.address === request.loginHint, 'email_mismatch');
  if (connection.allowedDomains.length > 0) {
    const allowed = connection.allowedDomains.includes(email.domain);
    checks.require('email.domainAllowed', allowed, 'domain_not_allowed', {
      expected: connection.allowedDomains,
      actual: email.domain,
    });
  }
  return email;
}

function candidatesOf(
  ports: Ports,
  { connection, organization }: MatchedCallback,
  claims: Claims,
  email: Email,
): Promise<Candidates> {
  return readCandidates(ports.db, {
    connectionId: connection.id,
    subject: claims.subject,
    organizationId: organization.id,
    email: email.address,
    domain: email.domain,
  });
}

interface DraftedLogin {
  readonly write: LoginWrite;
  readonly issued: IssuedSession;
}

/** Everything that the one statement writes, tokens included: a session is never kept without its answer. */
async function draftLogin(
  ports: Ports,
  attempt: LoginAttempt,
  matched: MatchedCallback,
  claims: Claims,
  plan: ProvisioningPlan,
): Promise<DraftedLogin> {
  const { callback, checks } = attempt;
  const { request, connection, organization } = matched;
  const now = ports.clock.now();
  const user = draftUser(plan, claims, connection.target, now);
  const membership = draftMembership(plan, organization.id, user, now);
  const profile: Profile = { user, membership, organization, organizations: organizationsOf(plan, organization) };
  const sessionId = createId(now);
  const tokens = await issueTokens(ports, attempt, profile, sessionId);
  const issued: IssuedSession = {
    profile,
    session: {
      id: sessionId,
      expiresAt: tokens.sessionExpiresAt,
      target: connection.target,
      dialect: callback.dialect,
    },
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
  };
  const sealedAnswer = await ports.keys.seal(JSON.stringify(answerOf(issued)), requestContext(request.id, 'answer'));
  const write: LoginWrite = {
    ...callback.origin,
    authenticationRequestId: request.id,
    organizationId: organization.id,
    connectionId: connection.id,
    connectionVersion: request.connectionVersion,
    dialect: callback.dialect,
    target: connection.target,
    apiKeyId: request.apiKeyId,
    userId: user.id,
    email: user.email,
    emailVerified: user.emailVerified,
    firstName: user.firstName,
    lastName: user.lastName,
    fullName: user.fullName,
    picture: user.picture,
    language: user.language,
    lastLogin: { [connection.target]: now.toISOString() },
    membershipId: membership.id,
    role: membership.role,
    groups: membership.groups,
    identityId: plan.candidate?.identity?.id ?? createId(now),
    subject: claims.subject,
    claimedEmail: claims.email ? storable(claims.email).slice(0, 320) : null,
    sessionId,
    providerSessionId: claims.providerSessionId ?? null,
    sessionExpiresAt: tokens.sessionExpiresAt,
    refreshTokenId: tokens.stored ? createId(now) : null,
    refreshTokenDigest: tokens.stored?.digest ?? null,
    refreshTokenExpiresAt: tokens.stored?.expiresAt ?? null,
    accessTokenId: tokens.accessTokenId,
    sealedAnswer,
    loginId: createId(now),
    checks: checks.entries,
    durationMs: Math.round(performance.now() - attempt.startedAt),
    auditId: createId(now),
    provisioning: plan.kind,
  };
  return { write, issued };
}

function organizationsOf(
  plan: ProvisioningPlan,
  organization: MatchedCallback['organization'],
): Profile['organizations'] {
  const known = plan.candidate?.organizations ?? [];
  if (known.some(({ id }) => id === organization.id)) return known;
  const { id, name, slug, picture } = organization;
  return [...known, { id, name, slug, picture }];
}

interface IssuedTokens {
  readonly accessToken: TimedToken;
  readonly accessTokenId: string;
  readonly refreshToken: TimedToken | undefined;
  readonly sessionExpiresAt: Date;
  /** What the refresh token's row keeps, where there is one. */
  readonly stored: { readonly digest: string; readonly expiresAt: Date } | undefined;
}

async function issueTokens(
  ports: Ports,
  { callback }: LoginAttempt,
  profile: Profile,
  sessionId: string,
): Promise<IssuedTokens> {
  const { dialect } = callback;
  const policy = policyOf(ports.config, { dialect, organization: profile.organization, extended: callback.extended });
  const now = ports.clock.now().getTime();
  const sessionExpiresAt = new Date(now + policy.sessionSeconds * 1000);
  const subject = { dialect, userId: profile.user.id, sessionId, extra: callback.claims?.(profile, sessionId) };
  const accessTokenId = createTokenId();
  const accessToken = await issueToken(ports, 'at+jwt', subject, {
    tokenId: accessTokenId,
    lifeSeconds: policy.accessSeconds,
  });
  const base = { accessToken, accessTokenId, sessionExpiresAt };
  if (policy.renewal === 'sliding') return { ...base, refreshToken: undefined, stored: undefined };
  if (policy.renewal === 'fixed') {
    const plain = { dialect, userId: profile.user.id, sessionId };
    const refreshToken = await issueToken(ports, 'refresh+jwt', plain, {
      tokenId: createTokenId(),
      lifeSeconds: policy.sessionSeconds,
    });
    return { ...base, refreshToken, stored: undefined };
  }
  const token = createRefreshToken();
  const idle = now + ports.config.APPLIVERY_REFRESH_IDLE_SECONDS * 1000;
  const expiresAt = new Date(Math.min(idle, sessionExpiresAt.getTime()));
  return { ...base, refreshToken: { token, expiresAt }, stored: { digest: await digest(token), expiresAt } };
}

function answerOf(issued: IssuedSession): SealedAnswer {
  const answer = {
    sessionId: issued.session.id,
    accessToken: issued.accessToken.token,
    accessExpiresAt: issued.accessToken.expiresAt.toISOString(),
  };
  if (!issued.refreshToken) return answer;
  return {
    ...answer,
    refreshToken: issued.refreshToken.token,
    refreshExpiresAt: issued.refreshToken.expiresAt.toISOString(),
  };
}
