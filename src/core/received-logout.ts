/** What is common to the logouts that identity providers send: how long they are remembered, and what is left of refused ones. */
import type { SsoError } from '#error';
import type { Origin } from '#ports/db/logins.ts';
import type { Connection } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import type { Checks } from './checks.ts';

/** Shortest time that a message is remembered: longer than any is taken, and than a login may be under way. */
export const REMEMBER_SECONDS = 60 * 60;

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
