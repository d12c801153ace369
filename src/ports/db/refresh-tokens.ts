/** A refresh token as somebody shows it who neither renews nor steals: for revocation and introspection. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { now, parameter, statement } from './statement.ts';

export interface ShownRefreshToken {
  readonly sessionId: string;
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Neither spent nor expired. */
  readonly active: boolean;
}

const FIND = statement<{ tokenDigest: string }, ShownRefreshToken>(
  sql`select session_id, id, created_at, expires_at, rotated_at is null and expires_at > ${now} as active
  from refresh_tokens where token_digest = ${parameter('tokenDigest')}`,
  (row) => ({
    sessionId: String(row['session_id']),
    id: String(row['id']),
    createdAt: new Date(String(row['created_at'])),
    expiresAt: new Date(String(row['expires_at'])),
    active: row['active'] === true,
  }),
);

export async function findRefreshToken(db: Database, tokenDigest: string): Promise<ShownRefreshToken | undefined> {
  const [token] = await db.run(FIND, { tokenDigest });
  return token;
}
