/** What the demo's callback page asks the database: which login a `state`, or a code without one, belongs to. */
import { eq } from 'drizzle-orm';
import { unsolicitedState } from '#core/authentication-response.ts';
import type { Database } from '#ports/db/client.ts';
import { connections, type Dialect, organizations } from '#ports/db/schema.ts';
import { authenticationRequests } from '#ports/db/session-schema.ts';
import { digest } from '#ports/keys/random.ts';
import { isOrganization, protocolOf } from './connections.ts';
import type { OrganizationSlug, Protocol } from './organization.ts';

export interface StartedLogin {
  /** Undefined when the identity provider started it: no client asked, so any that can take a code alone may finish it. */
  readonly dialect: Dialect | undefined;
  readonly organization: OrganizationSlug;
  /** As paths name it. */
  readonly connection: string;
  readonly connectionId: string;
  readonly protocol: Protocol;
  /** Whether only the browser that started it can finish it. */
  readonly bound: boolean;
}

export async function findStartedLogin(db: Database, parameters: URLSearchParams): Promise<StartedLogin | undefined> {
  const stateDigest = await digest(parameters.get('state') ?? unsolicitedState(parameters.get('code') ?? ''));
  const [row] = await db.using((query) =>
    query
      .select({
        dialect: authenticationRequests.dialect,
        organization: organizations.slug,
        connection: connections.slug,
        connectionId: connections.id,
        type: connections.type,
        browserDigest: authenticationRequests.browserDigest,
      })
      .from(authenticationRequests)
      .innerJoin(connections, eq(connections.id, authenticationRequests.connectionId))
      .innerJoin(organizations, eq(organizations.id, authenticationRequests.organizationId))
      .where(eq(authenticationRequests.stateDigest, stateDigest)),
  );
  if (!row || !isOrganization(row.organization)) return undefined;
  const { browserDigest, dialect, type, organization, ...login } = row;
  const asked = parameters.has('state');
  if (asked && dialect === null) return undefined;
  // once a client has finished it, the row names that one's dialect; a code without `state` is anybody's to begin with
  const known = { dialect: asked && dialect ? dialect : undefined, bound: browserDigest !== null };
  return { ...login, ...known, organization, protocol: protocolOf(type) };
}
