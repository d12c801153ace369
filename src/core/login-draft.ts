/** A login before it is written: the rows, the tokens, and the sealed answer for its repeats. */
import type { LoginWrite } from '#ports/db/logins.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import { requestContext } from './authentication-request.ts';
import type { LoginAttempt } from './authentication-response.ts';
import type { MatchedCallback } from './callback-match.ts';
import type { Checks } from './checks.ts';
import { evidenceOf } from './login-evidence.ts';
import { answerOf, issueTokens } from './login-tokens.ts';
import { logoutKeysOf } from './logout-keys.ts';
import { draftMembership, draftUser } from './person.ts';
import type { IssuedSession, Profile } from './profile.ts';
import type { ProvisioningPlan } from './provisioning.ts';
import { storable } from './text.ts';

/** A login about to be written, and the answer that the client gets once it is. */
export interface DraftedLogin {
  readonly write: LoginWrite;
  readonly issued: IssuedSession;
}

/** Everything that the one statement writes, tokens included: a session is never kept without its answer. */
export async function draftLogin(
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
  const notAfter = sessionNotAfter(connection, claims, now, checks);
  const tokens = await issueTokens(ports, attempt, profile, { id: sessionId, notAfter });
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
    ...(await traceColumns(ports, attempt, now)),
    authenticationRequestId: request.id,
    organizationId: organization.id,
    connectionId: connection.id,
    connectionVersion: request.connectionVersion,
    dialect: callback.dialect,
    target: connection.target,
    apiKeyId: request.apiKeyId,
    ...personColumns(profile),
    roleByRule: plan.roleByRule,
    lastLogin: { [connection.target]: now.toISOString() },
    identityId: plan.candidate?.identity?.id ?? createId(now),
    sessionId,
    ...(await claimedColumns(ports, claims, sessionId)),
    sessionSeconds: tokens.sessionSeconds,
    sessionNotAfter: notAfter ?? null,
    idleSeconds: tokens.idleSeconds,
    otherSessions: ports.config.SESSIONS_PER_USER > 0 ? ports.config.SESSIONS_PER_USER - 1 : null,
    refreshTokenId: tokens.stored ? createId(now) : null,
    refreshTokenDigest: tokens.stored?.digest ?? null,
    refreshTokenSeconds: tokens.stored?.seconds ?? null,
    accessTokenId: tokens.accessTokenId,
    sealedAnswer,
    auditId: createId(now),
    provisioning: plan.kind,
  };
  return { write, issued };
}

/** The place that a kept ID token is bound to. */
export function idTokenContext(sessionId: string): string {
  return `sessions:${sessionId}:id_token`;
}

/** What says how the login went. */
async function traceColumns(ports: Ports, attempt: LoginAttempt, now: Date) {
  const loginId = createId(now);
  const durationMs = Math.round(performance.now() - attempt.startedAt);
  return { ...(await evidenceOf(ports, loginId, attempt)), loginId, checks: attempt.checks.entries, durationMs };
}

/** What the session keeps of the provider's word. */
async function claimedColumns(ports: Ports, claims: Claims, sessionId: string) {
  return {
    subject: claims.subject,
    claimedEmail: claims.email ? storable(claims.email).slice(0, 320) : null,
    providerSessionId: claims.providerSessionId ?? null,
    nameId: claims.nameId ?? null,
    sealedIdToken: claims.idToken ? await ports.keys.seal(claims.idToken, idTokenContext(sessionId)) : null,
    logoutKeys: logoutKeysOf(claims),
  };
}

/**
 * The provider's own end of the session, or the connection's, whichever comes first.
 * @throws SsoError `reauth_required` when it has come already
 */
export function sessionNotAfter(connection: Connection, claims: Claims, now: Date, checks: Checks): Date | undefined {
  const signedInAt = Math.min(claims.authenticatedAt?.getTime() ?? now.getTime(), now.getTime());
  const { maxSessionSeconds } = connection;
  const ends = [
    ...(claims.sessionNotAfter ? [claims.sessionNotAfter.getTime()] : []),
    ...(maxSessionSeconds === null ? [] : [signedInAt + maxSessionSeconds * 1000]),
  ];
  if (ends.length === 0) return undefined;
  const end = new Date(Math.min(...ends));
  checks.require('session.notOver', end > now, 'reauth_required', {
    expected: `after ${now.toISOString()}`,
    actual: end.toISOString(),
  });
  return end;
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

function personColumns({ user, membership }: Profile) {
  const { email, emailVerified, firstName, lastName, fullName, picture, language } = user;
  const person = { userId: user.id, email, emailVerified, firstName, lastName, fullName, picture, language };
  return {
    ...person,
    membershipId: membership.id,
    membershipEmail: membership.email,
    role: membership.role,
    groups: membership.groups,
  };
}
