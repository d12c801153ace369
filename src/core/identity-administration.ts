/** Whom a connection knows a member as, taken back: the way out where the provider names a person anew. */
import { SsoError } from '#error';
import { deleteIdentity, type PlacedIdentity } from '#ports/db/identities.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import type { Precondition } from './precondition.ts';

export interface IdentityCall {
  readonly origin: AdminOrigin;
  readonly precondition: Precondition<PlacedIdentity>;
}

/**
 * The user stays, and has nobody of the connection for now: the next login with their email, from whichever subject, is linked
 * as any first one, by the checks of `linkConditions`. Sessions of the identity end.
 * @throws SsoError `not_found` (also who was unlinked meanwhile), `precondition_failed`
 */
export async function unlinkIdentity(
  ports: Ports,
  { identity: { id }, organizationId }: PlacedIdentity,
  { origin, precondition }: IdentityCall,
): Promise<void> {
  await deleteIdentity(ports.db, {
    id,
    async check(identity) {
      if (!identity) throw new SsoError('not_found');
      await precondition({ identity, organizationId });
    },
    audit: ({ userId, connectionId, subject, email }, sessions) => ({
      ...origin,
      id: createId(ports.clock.now()),
      organizationId,
      action: 'identity.unlinked',
      actorType: 'operator',
      targetType: 'identity',
      targetId: id,
      details: { userId, sessions, before: { connectionId, subject, email }, after: {} },
    }),
  });
}
