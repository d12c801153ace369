/** The end of a session. */

import type { Origin } from '#ports/db/logins.ts';
import { endSessionRow } from '#ports/db/sessions.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';

/** Ends a session on its owner's word. Ending it twice is no error; the audit has one event. */
export async function endSession(
  ports: Ports,
  sessionId: string,
  actor: { type: 'user' | 'api_key'; id: string },
  origin: Origin,
): Promise<void> {
  await endSessionRow(ports.db, {
    ...origin,
    sessionId,
    reason: 'logout',
    action: 'session.ended',
    actorType: actor.type,
    actorId: actor.id,
    auditId: createId(ports.clock.now()),
  });
}

/** Ends the session of a refresh token that somebody used twice (RFC 9700 §4.14.2). */
export async function endStolenSession(ports: Ports, sessionId: string, origin: Origin): Promise<void> {
  await endSessionRow(ports.db, {
    ...origin,
    sessionId,
    reason: 'refresh_token_reused',
    action: 'refresh.reuse_detected',
    actorType: 'system',
    actorId: null,
    auditId: createId(ports.clock.now()),
  });
}
