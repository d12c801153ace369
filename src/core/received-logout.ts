/**
 * What is common to the logouts that identity providers send: how long they are remembered, the logins that cross them, and
 * what is left of refused ones.
 */
import type { SsoError } from '#error';
import type { Origin } from '#ports/db/logins.ts';
import { endCrossedSessions } from '#ports/db/overtaken-sessions.ts';
import type { ProviderLogout } from '#ports/db/provider-logouts.ts';
import type { Connection } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import type { Checks } from './checks.ts';

/** Shortest time that a message is remembered: longer than any is taken, and than a login may be under way. */
export const REMEMBER_SECONDS = 60 * 60;

/**
 * Ends the sessions of logins that were being written when a logout was taken. The logout holds without it: should it fail,
 * housekeeping does the same within the minute.
 */
export async function endCrossing({ db, clock, log }: Ports, logout: ProviderLogout): Promise<void> {
  try {
    const sessions = await endCrossedSessions(db, logout, clock);
    if (sessions.length > 0)
      log.info({ sessions: sessions.length }, 'sessions ended whose logins a logout had crossed');
  } catch (error) {
    log.warn({ error, connectionId: logout.connectionId }, 'what crossed a logout is left to housekeeping');
  }
}

/** The audit event of a refused message, with the check that failed. If it can't be written, the log has it. */
export async function auditRefusedLogout(
  ports: Ports,
  { id: connectionId, organizationId }: Connection,
  origin: Origin,
  { code: reason, detail }: SsoError,
  { entries }: Checks,
): Promise<void> {
  const check = entries.find(({ outcome }) => outcome === 'failed');
  const write = ports.refusedLogouts.write({
    ...origin,
    auditId: createId(ports.clock.now()),
    organizationId,
    connectionId,
    reason,
    details: check ? { check } : { detail },
  });
  await write.catch((error: unknown) => {
    ports.log.error({ error, reason, connectionId }, 'a refused logout left no audit event');
  });
}
