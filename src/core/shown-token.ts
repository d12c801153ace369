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
import { requireLive } from './session.ts';

const DIALECTS: Dialect[] = ['applivery', 'indee', 'pria'];

/** A token of ours, whatever became of it, with the session that it stands for. */
interface ShownToken {
  readonly use: 'access' | 'refresh';
  /** Its own identifier: `jti`, or that of the stored refresh token. */
  readonly id: string;
  readonly issuedAt: number;
  /** Seconds since the epoch, as `issuedAt`. */
  readonly expiresAt: number;
  /** Whether it might be used, as far as the token alone tells. */
  readonly active: boolean;
  readonly record: SessionRecord;
}

/** What an API client may know of a token that is in force. */
export type ActiveToken = ShownToken & { readonly active: true };

/**
 * The token, if it is in force and the client's, in one statement. Asking about an access token counts as its use: whoever
 * asks serves its bearer at that moment. Another client's asking does not.
 */
export async function introspectToken(ports: Ports, client: ApiKey, text: string): Promise<ActiveToken | undefined> {
  const token = await readToken(ports, text, client);
  if (!token?.active || !isClients(client, token.record)) return undefined;
  try {
    return { ...token, active: true, record: requireLive(token.record, token.record.session.dialect) };
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
  if (!token) return;
  if (!isClients(client, token.record)) throw new SsoError('token_foreign');
  await endSession(ports, token.record.session.id, { type: 'api_key', id: client.id }, origin, 'revoked');
}

function isClients(client: ApiKey, { session, organization }: SessionRecord): boolean {
  return organization.id === client.organizationId && client.dialects.includes(session.dialect);
}

/** @param asker whose reading of an access token in force is a use of the session, if the token is theirs */
async function readToken(ports: Ports, text: string, asker?: ApiKey): Promise<ShownToken | undefined> {
  if (isRefreshToken(text)) return readRefreshToken(ports, text);
  const access = await readJwt(ports, 'at+jwt', text);
  const claims = access ?? (await readJwt(ports, 'refresh+jwt', text));
  if (!claims) return undefined;
  const active = claims.exp > ports.clock.now().getTime() / 1000;
  const isAskers = asker?.dialects.some((dialect) => dialect === claims.aud);
  const use = access && active && asker && isAskers ? { organizationId: asker.organizationId } : 'unnoted';
  const record = await readSessionRecord(ports.db, claims.sid, use);
  // a session is of one dialect, and so are its tokens
  if (record?.session.dialect !== claims.aud) return undefined;
  return {
    use: access ? 'access' : 'refresh',
    id: claims.jti,
    issuedAt: Number(claims['iat']),
    expiresAt: claims.exp,
    active,
    record,
  };
}

async function readRefreshToken(ports: Ports, text: string): Promise<ShownToken | undefined> {
  const found = await findRefreshToken(ports.db, await digest(text));
  if (!found) return undefined;
  const { id, active, record } = found;
  const [issuedAt, expiresAt] = [found.createdAt, found.expiresAt].map((at) => Math.floor(at.getTime() / 1000));
  return { use: 'refresh', id, issuedAt: issuedAt ?? 0, expiresAt: expiresAt ?? 0, active, record };
}

async function readJwt(ports: Ports, type: TokenType, text: string): Promise<TokenClaims | undefined> {
  return ports.keys.verify(type, DIALECTS, text, 'accept').catch((error: unknown) => {
    if (error instanceof SsoError && error.code === 'token_invalid') return undefined;
    throw error;
  });
}
