/**
 * The three ways to renew a session.
 *
 * Rotating (RFC 9700 §4.14.2): each use replaces the refresh token. A client that lost the answer may come
 * again with the same token for a few seconds and gets the *same* successor; any other second use means
 * that two parties hold the token, and the session ends.
 */
import { SsoError } from '#error';
import type { Origin } from '#ports/db/logins.ts';
import { readSessionRecord, type SessionRecord } from '#ports/db/profiles.ts';
import type { Dialect } from '#ports/db/schema.ts';
import { findReusedSession, type Rotation, type RotationResult, rotateRefreshToken } from '#ports/db/sessions.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { TokenClaims } from '#ports/keys/keys.ts';
import { digest, randomToken } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { policyOf } from './policy.ts';
import type { TimedToken } from './profile.ts';
import { endStolenSession } from './revocation.ts';
import {
  createTokenId,
  type DialectClaims,
  issueAccessToken,
  issueToken,
  jittered,
  requireLive,
  SESSION_END,
  useSession,
} from './session.ts';

/** How long a caller tries again while another one rotates the same token. */
const BUSY_MS = 5_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

export interface TokenPair {
  readonly accessToken: TimedToken;
  readonly refreshToken: TimedToken;
}

/** What the grace keeps of a successor: enough to give the same answer again. */
interface Successor {
  readonly accessToken: string;
  readonly accessExpiresAt: string;
  readonly refreshToken: string;
}

const REFRESH_TOKEN = /^vrt_[A-Za-z0-9_-]{43}$/;

export function isRefreshToken(text: string): boolean {
  return REFRESH_TOKEN.test(text);
}

/** An opaque refresh token: 256 random bits. */
export function createRefreshToken(): string {
  return `vrt_${randomToken(32)}`;
}

/**
 * Rotates a pair. Needs both halves: the refresh token and the access token it was issued with, whose
 * expiry does not matter here.
 * @throws SsoError `refresh_token_invalid` (also when the session is over: the pair is stale), `refresh_token_reused`, `refresh_busy`
 */
export async function rotatePair(
  ports: Ports,
  dialect: Dialect,
  pair: { readonly lastAccessToken: string; readonly refreshToken: string },
  origin: Origin,
): Promise<TokenPair> {
  if (!isRefreshToken(pair.refreshToken)) throw new SsoError('refresh_token_invalid', { detail: 'not of our form' });
  const last = await readLastAccessToken(ports, dialect, pair, origin);
  const drafted = await draftSuccessor(ports, dialect, last, pair.refreshToken);
  const deadline = performance.now() + BUSY_MS;
  // the longer it lasts the rarer they ask, or a crowd of waiters would keep every connection busy with asking
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const result = await rotateRefreshToken(ports.db, { ...origin, ...drafted.rotation });
    if (result.verdict !== 'busy') return answerRotation(ports, result, drafted, origin);
    if (performance.now() > deadline) throw new SsoError('refresh_busy', { retryAfterSeconds: 1 });
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
  }
}

/**
 * Whoever comes with a spent refresh token shows that somebody else holds it, and needs no access token for that.
 * @throws SsoError `refresh_token_invalid`, `refresh_token_reused`
 */
async function readLastAccessToken(
  ports: Ports,
  dialect: Dialect,
  pair: { readonly lastAccessToken: string; readonly refreshToken: string },
  origin: Origin,
): Promise<TokenClaims> {
  try {
    return await ports.keys.verify('at+jwt', dialect, pair.lastAccessToken, 'accept');
  } catch (cause) {
    if (!(cause instanceof SsoError && cause.code === 'token_invalid')) throw cause;
    const token = { tokenDigest: await digest(pair.refreshToken), graceSeconds: ports.config.REFRESH_GRACE_SECONDS };
    const sessionId = await findReusedSession(ports.db, token);
    if (!sessionId) throw new SsoError('refresh_token_invalid', { cause });
    await endStolenSession(ports, sessionId, origin);
    throw new SsoError('refresh_token_reused', { cause });
  }
}

interface DraftedSuccessor {
  readonly successor: Successor;
  readonly rotation: Omit<Rotation, keyof Origin>;
}

/** The pair that takes over if the rotation succeeds; signed before it, so that the row can keep it sealed. */
async function draftSuccessor(
  ports: Ports,
  dialect: Dialect,
  last: TokenClaims,
  parent: string,
): Promise<DraftedSuccessor> {
  const now = ports.clock.now();
  const [refreshToken, accessTokenId, tokenDigest] = [createRefreshToken(), createTokenId(), await digest(parent)];
  const sessionEnd = Number(last[SESSION_END]);
  const subject = { dialect, userId: last.sub, sessionId: last.sid, extra: { [SESSION_END]: sessionEnd } };
  const accessToken = await issueToken(ports, 'at+jwt', subject, {
    tokenId: accessTokenId,
    lifeSeconds: jittered(ports.config.APPLIVERY_ACCESS_TOKEN_SECONDS),
    notAfter: new Date(sessionEnd * 1000),
  });
  const successor: Successor = {
    accessToken: accessToken.token,
    accessExpiresAt: accessToken.expiresAt.toISOString(),
    refreshToken,
  };
  const rotation = {
    tokenDigest,
    lastAccessTokenId: last.jti,
    graceSeconds: ports.config.REFRESH_GRACE_SECONDS,
    idleSeconds: ports.config.APPLIVERY_REFRESH_IDLE_SECONDS,
    newTokenId: createId(now),
    newTokenDigest: await digest(refreshToken),
    newAccessTokenId: accessTokenId,
    sealedSuccessor: await ports.keys.seal(JSON.stringify(successor), successorContext(tokenDigest)),
    auditId: createId(now),
  };
  return { successor, rotation };
}

async function answerRotation(
  ports: Ports,
  result: RotationResult,
  { successor, rotation }: DraftedSuccessor,
  origin: Origin,
): Promise<TokenPair> {
  switch (result.verdict) {
    case 'rotated':
      return pairOf(successor, result);
    case 'grace': {
      const kept = await ports.keys.open(result.sealedSuccessor ?? '', successorContext(rotation.tokenDigest));
      return pairOf(JSON.parse(kept) as Successor, result);
    }
    case 'reused':
      if (result.sessionId) await endStolenSession(ports, result.sessionId, origin);
      throw new SsoError('refresh_token_reused');
    default:
      throw new SsoError('refresh_token_invalid', { detail: result.verdict });
  }
}

function pairOf(successor: Successor, result: RotationResult): TokenPair {
  if (!result.expiresAt) throw new Error('a rotation without a successor');
  return {
    accessToken: { token: successor.accessToken, expiresAt: new Date(successor.accessExpiresAt) },
    refreshToken: { token: successor.refreshToken, expiresAt: result.expiresAt },
  };
}

/** Bound to the parent's digest: the successor opens only for whoever holds the parent. */
function successorContext(parentDigest: string): string {
  return `refresh_tokens:${parentDigest}:successor`;
}

/**
 * A new access token for a fixed refresh JWT (no rotation).
 * @param organizationId of the caller's API key; the session must belong to it
 * @throws SsoError `refresh_token_invalid`, `token_expired`, `session_ended`, `session_expired`
 */
export async function renewAccessToken(
  ports: Ports,
  dialect: Dialect,
  refreshToken: string,
  organizationId: string,
): Promise<TimedToken> {
  const record = await readRefreshSession(ports, dialect, refreshToken, organizationId);
  const policy = policyOf(ports.config, { dialect, organization: record.organization });
  const subject = { dialect, userId: record.user.id, sessionId: record.session.id };
  return issueAccessToken(ports, policy, subject, record.session);
}

/** The live session of a refresh JWT. Another organization's asking is no use of it. @throws SsoError as `renewAccessToken` */
export async function readRefreshSession(
  ports: Ports,
  dialect: Dialect,
  refreshToken: string,
  organizationId: string,
): Promise<SessionRecord> {
  const claims = await ports.keys.verify('refresh+jwt', dialect, refreshToken);
  const record = await readSessionRecord(ports.db, claims.sid, { organizationId });
  if (record && record.organization.id !== organizationId)
    throw new SsoError('refresh_token_invalid', { detail: 'another organization' });
  return requireLive(record, dialect);
}

/**
 * Sliding renewal: a valid access token becomes a fresh one with the profile; the session's absolute end stays.
 * @throws SsoError as `useSession`
 */
export async function slideSession(
  ports: Ports,
  dialect: Dialect,
  token: string | undefined,
  claims: DialectClaims,
): Promise<{ record: SessionRecord; accessToken: TimedToken }> {
  const record = await useSession(ports, dialect, token);
  const policy = policyOf(ports.config, { dialect, organization: record.organization });
  const subject = {
    dialect,
    userId: record.user.id,
    sessionId: record.session.id,
    extra: claims(record, record.session.id),
  };
  return { record, accessToken: await issueAccessToken(ports, policy, subject, record.session) };
}
