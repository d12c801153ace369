/** The tokens that a login ends with. */
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import type { LoginAttempt } from './authentication-response.ts';
import type { SealedAnswer } from './login-repeat.ts';
import { policyOf } from './policy.ts';
import type { IssuedSession, Profile, TimedToken } from './profile.ts';
import { createRefreshToken } from './refresh.ts';
import { createTokenId, issueToken, jittered, SESSION_END } from './session.ts';

export interface IssuedTokens {
  readonly accessToken: TimedToken;
  readonly accessTokenId: string;
  readonly refreshToken: TimedToken | undefined;
  readonly sessionExpiresAt: Date;
  readonly sessionSeconds: number;
  /** Null where only the absolute end counts. */
  readonly idleSeconds: number | null;
  /** What the refresh token's row keeps, where there is one. */
  readonly stored: { readonly digest: string; readonly seconds: number } | undefined;
}

export interface NewSession {
  readonly id: string;
  /** The identity provider's own end of the session, which ours must not outlive. */
  readonly notAfter: Date | undefined;
}

/** The tokens of a new session, as the dialect's way of renewal wants them. */
export async function issueTokens(
  ports: Ports,
  { callback }: LoginAttempt,
  profile: Profile,
  session: NewSession,
): Promise<IssuedTokens> {
  const { dialect } = callback;
  const sessionId = session.id;
  const policy = policyOf(ports.config, { dialect, organization: profile.organization, extended: callback.extended });
  const now = ports.clock.now().getTime();
  const sessionSeconds = cappedSeconds(policy.sessionSeconds, session.notAfter, now);
  const sessionExpiresAt = new Date(now + sessionSeconds * 1000);
  const extra = {
    ...callback.claims?.(profile, sessionId),
    ...(policy.renewal === 'rotate' ? { [SESSION_END]: Math.floor(sessionExpiresAt.getTime() / 1000) } : {}),
  };
  const subject = { dialect, userId: profile.user.id, sessionId, extra };
  const accessTokenId = createTokenId();
  const accessToken = await issueToken(ports, 'at+jwt', subject, {
    tokenId: accessTokenId,
    lifeSeconds: jittered(policy.accessSeconds),
    notAfter: sessionExpiresAt,
  });
  const base = {
    accessToken,
    accessTokenId,
    sessionExpiresAt,
    sessionSeconds,
    idleSeconds: policy.idleSeconds ?? null,
  };
  if (policy.renewal === 'sliding') return { ...base, refreshToken: undefined, stored: undefined };
  if (policy.renewal === 'fixed') {
    const plain = { dialect, userId: profile.user.id, sessionId };
    const refreshToken = await issueToken(ports, 'refresh+jwt', plain, {
      tokenId: createTokenId(),
      lifeSeconds: sessionSeconds,
    });
    return { ...base, refreshToken, stored: undefined };
  }
  const token = createRefreshToken();
  const seconds = Math.min(policy.idleSeconds ?? sessionSeconds, sessionSeconds);
  const refreshToken = { token, expiresAt: new Date(now + seconds * 1000) };
  return { ...base, refreshToken, stored: { digest: await digest(token), seconds } };
}

function cappedSeconds(seconds: number, notAfter: Date | undefined, now: number): number {
  if (!notAfter) return seconds;
  return Math.max(1, Math.min(seconds, Math.floor((notAfter.getTime() - now) / 1000)));
}

/** What is sealed of an answer for its repeats. */
export function answerOf(issued: IssuedSession): SealedAnswer {
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
