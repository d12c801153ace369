/** The operator makes, changes and revokes API keys. */
import { conflict, SsoError } from '#error';
import { insertApiKey, revokeApiKeyRow, updateApiKeyRow } from '#ports/db/api-key-administration.ts';
import { UniqueViolation } from '#ports/db/client.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import type { ApiKey, Dialect } from '#ports/db/schema.ts';
import { apiKeyPrefix, createApiKey } from '#ports/keys/api-key.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';

interface NewKey {
  readonly name: string;
  readonly dialects: readonly Dialect[];
  /** Null is none. */
  readonly expiresAt?: Date | null | undefined;
}

/** A member that is undefined keeps what it is. */
type KeyChange = { readonly [Name in keyof NewKey]?: NewKey[Name] | undefined };

export interface KeyCall {
  readonly origin: AdminOrigin;
  /** The key as the caller saw it, where it must not have been changed since. */
  readonly seen: ApiKey | null;
}

/**
 * @returns the key itself, which nothing can show again, and what is kept of it
 * @throws SsoError `not_found` (no such organization), `conflict` (the name is taken), `input_invalid` (it would have expired)
 */
export async function issueApiKey(
  ports: Ports,
  organizationId: string,
  { name, dialects, expiresAt = null }: NewKey,
  origin: AdminOrigin,
): Promise<{ key: string; apiKey: ApiKey }> {
  const now = ports.clock.now();
  if (expiresAt && expiresAt <= now) {
    throw new SsoError('input_invalid', {
      members: [{ pointer: '/expiresAt', detail: 'Give a time to come, or null for a key that does not expire' }],
    });
  }
  const key = createApiKey();
  const write = insertApiKey(ports.db, {
    ...origin,
    id: createId(now),
    auditId: createId(now),
    organizationId,
    name,
    dialects,
    expiresAt,
    prefix: apiKeyPrefix(key),
    keyDigest: await digest(key),
  });
  const apiKey = await namedOnce(write);
  if (!apiKey) throw new SsoError('not_found');
  return { key, apiKey };
}

/** A revoked key stays what it was. @throws SsoError `not_found`, `precondition_failed`, `conflict` (the name is taken, or the key is revoked) */
export async function changeApiKey(
  ports: Ports,
  id: string,
  { name, dialects, expiresAt }: KeyChange,
  { origin, seen }: KeyCall,
): Promise<ApiKey> {
  const write = updateApiKeyRow(ports.db, {
    ...origin,
    id,
    seen,
    auditId: createId(ports.clock.now()),
    name: name ?? null,
    dialects: dialects ?? null,
    expiresAt: expiresAt ?? null,
    setsExpiry: expiresAt !== undefined,
  });
  const apiKey = await namedOnce(write);
  if (!apiKey) throw new SsoError(seen ? 'precondition_failed' : 'not_found');
  if (apiKey.revokedAt) throw conflict('', 'The key is revoked, and stays as it was: make another one');
  return apiKey;
}

/**
 * Refused from now on, on every replica, and for good. Sessions that were started with it go on: they belong to
 * people, who did nothing. Twice is no error.
 * @throws SsoError `not_found`, `precondition_failed`
 */
export async function revokeApiKey(ports: Ports, id: string, { origin, seen }: KeyCall): Promise<void> {
  const change = { ...origin, id, seen, auditId: createId(ports.clock.now()) };
  if (!(await revokeApiKeyRow(ports.db, change))) throw new SsoError(seen ? 'precondition_failed' : 'not_found');
}

async function namedOnce<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    const members = [
      {
        pointer: '/name',
        detail: 'Another key of the organization in use has this name: choose another, or revoke that one',
      },
    ];
    throw new SsoError('conflict', { members, cause: error });
  }
}
