/** What a simulation of rules reads: recent logins of a connection, their claims, and who the people are by now. */
import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { identities, memberships } from './schema.ts';
import { type Login, logins } from './session-schema.ts';

export type RecentLogin = Pick<Login, 'id' | 'createdAt' | 'emailDigest'> & { readonly hasClaims: boolean };

/** Of all outcomes, tests left out; newest first. */
export function listRecentLogins(
  db: Database,
  { connectionId, from, limit }: { connectionId: string; from: Date; limit: number },
): Promise<RecentLogin[]> {
  const { id, createdAt, emailDigest } = logins;
  const hasClaims = sql<boolean>`${logins.sealedClaims} is not null`;
  return db.using((query) =>
    query
      .select({ id, createdAt, emailDigest, hasClaims })
      .from(logins)
      .where(and(eq(logins.connectionId, connectionId), gte(createdAt, from), sql`not is_test`))
      .orderBy(desc(createdAt), desc(id))
      .limit(limit),
  );
}

export type SealedLogin = Pick<Login, 'id' | 'createdAt' | 'sealedClaims'>;

/** @param from as of the list: partitions before it are not looked at */
export function readSealedClaims(db: Database, ids: readonly string[], from: Date): Promise<SealedLogin[]> {
  const { id, createdAt, sealedClaims } = logins;
  return db.using((query) =>
    query
      .select({ id, createdAt, sealedClaims })
      .from(logins)
      .where(and(inArray(id, [...ids]), gte(createdAt, from)))
      .orderBy(desc(createdAt), desc(id)),
  );
}

export interface KnownMember {
  readonly subject: string;
  readonly userId: string;
  readonly role: string;
}

/** Those of the subjects that are members of the connection's organization. */
export function readKnownMembers(
  db: Database,
  connection: { readonly id: string; readonly organizationId: string },
  subjects: readonly string[],
): Promise<KnownMember[]> {
  return db.using((query) =>
    query
      .select({ subject: identities.subject, userId: identities.userId, role: memberships.role })
      .from(identities)
      .innerJoin(
        memberships,
        and(eq(memberships.userId, identities.userId), eq(memberships.organizationId, connection.organizationId)),
      )
      .where(and(eq(identities.connectionId, connection.id), inArray(identities.subject, [...subjects]))),
  );
}
