/**
 * Tokens that an API client asks about or gives up: revocation (RFC 7009) and introspection (RFC 7662). A client is an
 * organization's API key; its tokens are those of its organization, of the APIs that it may call.
 */
import { SsoError } from '#error';
import type { Origin } from '#ports/db/logins.ts';
import { readSessionRecord, type SessionRecord } from '#ports/db/profiles.ts';
import { findRefreshToken } from '#ports/db/refresh-tokens.ts';
import type { ApiKey, Dialect } from '#ports/db/schema.ts';
import type { TokenClaims, TokenType } from '#ports/keys/keys.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { isRefreshToken } from './refresh.ts';
import { endSession } from './revocation.ts';
import { readLiveSession } from './session.ts';

const DIALECTS: Dialect[] = ['applivery', 'indee', 'pria'];

/** A token of ours, whatever became of it. */
interface ShownToken {
  readonly use: 'access' | 'refresh';
  readonly sessionId: string;
  /** Its own identifier: `jti`, or that of the stored refresh token. */
  readonly id: string;
  readonly issuedAt: number;
  /** Seconds since the epoch, as `issuedAt`. */
  readonly expiresAt: number;
  /** Whether it might be used, as far as the token alone tells. */
  readonly active: boolean;
}

/** What an API client may know of a token that is in force. */
export interface ActiveToken extends ShownToken {
  readonly record: SessionRecord;
}

/**
 * The token, if it is in force and the client's. Asking about an access token counts as its use: whoever asks serves its
 * bearer at that moment.
 */
export async function introspectToken(ports: Ports, client: ApiKey, text: string): Promise<ActiveToken | undefined> {
  const token = await readToken(ports, text);
  if (!token?.active) return undefined;
  try {
    const found = await readSessionRecord(ports.db, token.sessionId, 'unnoted');
    if (!found || !isClients(client, found)) return undefined;
    const use = token.use === 'access' ? undefined : 'unnoted';
    return { ...token, record: await readLiveSession(ports, found.session.dialect, token.sessionId, use) };
  } catch (error) {
    if (error instanceof SsoError && error.code.startsWith('session_')) return undefined;
    throw error;
  }
}

/**
 * Ends the session of the token, and with it every other token of that session. A token that is unknown, or has had its
 * time, is as good as revoked (RFC 7009 §2.2); one that was spent or has expired still names its session.
 * @throws SsoError `token_foreign` when it is another client's
 */
export async function revokeToken(ports: Ports, client: ApiKey, text: string, origin: Origin): Promise<void> {
  const token = await readToken(ports, text);
  const found = token && (await readSessionRecord(ports.db, token.sessionId, 'unnoted'));
  if (!found) return;
  if (!isClients(client, found)) throw new SsoError('token_foreign');
  await endSession(ports, token.sessionId, { type: 'api_key', id: client.id }, origin, 'revoked');
}

function isClients(client: ApiKey, { session, organization }: SessionRecord): boolean {
  return organization.id === client.organizationId && client.dialects.includes(session.dialect);
}

async function readToken(ports: Ports, text: string): Promise<ShownToken | undefined> {
  if (isRefreshToken(text)) return readRefreshToken(ports, text);
  const [access, refresh] = await Promise.all([readJwt(ports, 'at+jwt', text), readJwt(ports, 'refresh+jwt', text)]);
  const claims = access ?? refresh;
  if (!claims) return undefined;
  return {
    use: access ? 'access' : 'refresh',
    sessionId: claims.sid,
    id: claims.jti,
    issuedAt: Number(claims['iat']),
    expiresAt: claims.exp,
    active: claims.exp > ports.clock.now().getTime() / 1000,
  };
}

async function readRefreshToken(ports: Ports, text: string): Promise<ShownToken | undefined> {
  const found = await findRefreshToken(ports.db, await digest(text));
  if (!found) return undefined;
  const { sessionId, id, active } = found;
  const [issuedAt, expiresAt] = [found.createdAt, found.expiresAt].map((at) => Math.floor(at.getTime() / 1000));
  return { use: 'refresh', sessionId, id, issuedAt: issuedAt ?? 0, expiresAt: expiresAt ?? 0, active };
}

async function readJwt(ports: Ports, type: TokenType, text: string): Promise<TokenClaims | undefined> {
  return ports.keys.verify(type, DIALECTS, text, 'accept').catch((error: unknown) => {
    if (error instanceof SsoError && error.code === 'token_invalid') return undefined;
    throw error;
  });
}
