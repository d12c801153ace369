/** A refresh token as somebody shows it who neither renews nor steals: for revocation and introspection. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { reviveSessionRecord, type SessionRecord, sessionColumns } from './profiles.ts';
import { sessionOwners } from './session-state.ts';
import { now, parameter, statement } from './statement.ts';

export interface ShownRefreshToken {
  /** The session that it renews, read without being used. */
  readonly record: SessionRecord;
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Neither spent nor expired. */
  readonly active: boolean;
}

const FIND = statement<{ tokenDigest: string }, ShownRefreshToken>(
  sql`select t.id, t.created_at, t.expires_at, t.rotated_at is null and t.expires_at > ${now} as active, ${sessionColumns}
  from refresh_tokens t join sessions s on s.id = t.session_id ${sessionOwners}
  where t.token_digest = ${parameter('tokenDigest')}`,
  (row) => ({
    record: reviveSessionRecord(row),
    id: String(row['id']),
    createdAt: new Date(String(row['created_at'])),
    expiresAt: new Date(String(row['expires_at'])),
    active: row['active'] === true,
  }),
);

/** The token with its session, in one statement. */
export async function findRefreshToken(db: Database, tokenDigest: string): Promise<ShownRefreshToken | undefined> {
  const [token] = await db.run(FIND, { tokenDigest });
  return token;
}
