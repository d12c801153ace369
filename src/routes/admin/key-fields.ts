/** What admin keys and API keys have alike on the wire. */
import { t } from 'elysia';
import { dateTime, text, utcDateTime, WRITTEN_LINE } from '#routes/dialects/fields.ts';
import { clearable } from './declaration-field.ts';

export const keyName = (description: string) => text(description, 256, { minLength: 1, pattern: WRITTEN_LINE });
export const keyExpiry = clearable(utcDateTime('When it stops working, RFC 3339 in UTC; `null`: never.'));
export const keyLabels = {
  name: text('What people call it.', 256),
  prefix: text('How the key begins.', 8),
};
export const keyTimes = {
  createdAt: dateTime('When it was made.'),
  expiresAt: t.Optional(dateTime('When it stops working; absent: never.')),
  lastUsedAt: t.Optional(dateTime('When it was last used, as exact as a minute; absent: never.')),
  revokedAt: t.Optional(dateTime('When it was revoked; absent: it was not.')),
};

/** @param prefix with which keys of this kind begin */
export const shownOnce = (prefix: 'vsa' | 'vst') =>
  t.String({
    description: 'The key. It is shown here and never again.',
    pattern: `^${prefix}_[\\w-]{43}_[0-9a-f]{8}$`,
  });

interface KeptKey {
  readonly keyDigest: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Without its digest, and with its times as the wire has them. */
export function presentKept<Key extends KeptKey>(key: Key) {
  const { keyDigest: _never, createdAt, expiresAt, lastUsedAt, revokedAt, ...plain } = key;
  return {
    ...plain,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString(),
    revokedAt: revokedAt?.toISOString(),
  };
}
