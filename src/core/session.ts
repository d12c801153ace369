/** Sessions: the tokens that stand for one, and the check on every use. */
import { SsoError } from '#error';
import { readSessionRecord, type SessionRecord } from '#ports/db/profiles.ts';
import type { Dialect } from '#ports/db/schema.ts';
import type { TokenClaims, TokenType } from '#ports/keys/keys.ts';
import { randomFraction, randomToken } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import type { Policy } from './policy.ts';
import type { Profile, TimedToken } from './profile.ts';

/** The claims that a dialect adds to its access tokens (Pria's `_id`, `email`, …). */
export type DialectClaims = (profile: Profile, sessionId: string) => Record<string, string>;

export interface TokenSubject {
  readonly dialect: Dialect;
  readonly userId: string;
  readonly sessionId: string;
  readonly extra?: Record<string, string | number> | undefined;
}

/**
 * Our claim for the session's absolute end, seconds since the epoch, in the access tokens of dialects that
 * rotate: a rotation signs the next token before it reads the session, and must not promise more.
 */
export const SESSION_END = 'session_end';

/** A random `jti`, 128 bits. */
export function createTokenId(): string {
  return randomToken(16);
}

/** A JWT of ours that lives `lifeSeconds` from now, and no longer than `notAfter`. */
export async function issueToken(
  ports: Ports,
  type: TokenType,
  subject: TokenSubject,
  life: { readonly tokenId: string; readonly lifeSeconds: number; readonly notAfter?: Date | undefined },
): Promise<TimedToken> {
  const now = Math.floor(ports.clock.now().getTime() / 1000);
  const latest = life.notAfter ? Math.floor(life.notAfter.getTime() / 1000) : Number.POSITIVE_INFINITY;
  const exp = Math.min(now + life.lifeSeconds, latest);
  const claims: TokenClaims = {
    ...subject.extra,
    sub: subject.userId,
    sid: subject.sessionId,
    jti: life.tokenId,
    aud: subject.dialect,
    exp,
  };
  return { token: await ports.keys.sign(type, claims), expiresAt: new Date(exp * 1000) };
}

/** At most this part of an access token's life is taken off at random. */
const JITTER = 0.05;

/** A little less than `seconds`, at random: clients that signed in together don't renew together. */
export function jittered(seconds: number): number {
  return Math.ceil(seconds * (1 - JITTER * randomFraction()));
}

/** An access token for a session that goes on. */
export function issueAccessToken(
  ports: Ports,
  policy: Policy,
  subject: TokenSubject,
  record: { expiresAt: Date },
): Promise<TimedToken> {
  const life = { tokenId: createTokenId(), lifeSeconds: jittered(policy.accessSeconds), notAfter: record.expiresAt };
  return issueToken(ports, 'at+jwt', subject, life);
}

/**
 * The session that an access token stands for, with the profile behind it. The row is read on every use,
 * so whatever ended the session works at once.
 * @throws SsoError `token_missing`, `token_invalid`, `token_expired`, `session_ended`, `session_expired`
 */
export async function useSession(ports: Ports, dialect: Dialect, token: string | undefined): Promise<SessionRecord> {
  if (!token) throw new SsoError('token_missing');
  const claims = await ports.keys.verify('at+jwt', dialect, token);
  return readLiveSession(ports, dialect, claims.sid);
}

/** @throws SsoError `session_ended`, `session_expired` */
export async function readLiveSession(ports: Ports, dialect: Dialect, sessionId: string): Promise<SessionRecord> {
  return requireLive(await readSessionRecord(ports.db, sessionId), dialect);
}

/**
 * The one decision whether a session may be used, whoever read it.
 * @throws SsoError `session_ended`, `session_expired`
 */
export function requireLive(record: SessionRecord | undefined, dialect: Dialect): SessionRecord {
  if (!record || record.session.dialect !== dialect) throw new SsoError('session_ended', { detail: 'no such session' });
  if (record.session.revokedAt)
    throw new SsoError('session_ended', { detail: record.session.revokedReason ?? 'ended' });
  if (record.expired) throw new SsoError('session_expired');
  if (record.barrier) throw new SsoError('session_ended', { detail: record.barrier });
  return record;
}
