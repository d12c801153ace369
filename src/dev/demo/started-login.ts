/** What the demo's callback page asks the database: which login a `state` belongs to. */
import { eq } from 'drizzle-orm';
import type { Database } from '#ports/db/client.ts';
import { connections, type Dialect, organizations } from '#ports/db/schema.ts';
import { authenticationRequests } from '#ports/db/session-schema.ts';
import { digest } from '#ports/keys/random.ts';

export interface StartedLogin {
  readonly dialect: Dialect;
  /** Slugs, as paths name them. */
  readonly organization: string;
  readonly connection: string;
  /** Whether only the browser that started it can finish it. */
  readonly bound: boolean;
}

export async function findStartedLogin(db: Database, state: string): Promise<StartedLogin | undefined> {
  const stateDigest = await digest(state);
  const [row] = await db.using((query) =>
    query
      .select({
        dialect: authenticationRequests.dialect,
        organization: organizations.slug,
        connection: connections.slug,
        browserDigest: authenticationRequests.browserDigest,
      })
      .from(authenticationRequests)
      .innerJoin(connections, eq(connections.id, authenticationRequests.connectionId))
      .innerJoin(organizations, eq(organizations.id, authenticationRequests.organizationId))
      .where(eq(authenticationRequests.stateDigest, stateDigest)),
  );
  if (!row?.dialect) return undefined;
  const { browserDigest, dialect, ...login } = row;
  return { ...login, dialect, bound: browserDigest !== null };
}
