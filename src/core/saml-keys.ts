/** The operator's rotation of our key pair at a SAML connection. */
import { conflict, SsoError } from '#error';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { readSamlConnection } from '#ports/db/saml-answers.ts';
import type { SamlKeyRotation } from '#ports/db/saml-keys.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';

/** Providers that read our metadata by themselves do so once a day or more often. */
const PUBLISHED_SECONDS = 24 * 60 * 60;

export interface KeyRotation {
  readonly connectionId: string;
  /** Rotates although the next certificate is new, as after a leak: the provider has to be told at once. */
  readonly force: boolean;
}

/**
 * The next key signs from now on; what is encrypted to the one before still opens until it is removed.
 * @throws SsoError `not_found` when there is no such SAML connection, `conflict` when the next certificate was not
 * published for a day, or another rotation was faster
 */
export async function rotateSamlKeys(
  ports: Ports,
  { connectionId, force }: KeyRotation,
  origin: AdminOrigin,
): Promise<SamlKeyRotation> {
  if (!(await readSamlConnection(ports.db, connectionId))) throw new SsoError('not_found');
  const now = ports.clock.now();
  const next = (await ports.samlKeys.published(connectionId)).find(({ status }) => status === 'next');
  if (!next)
    throw conflict('', 'There is no next key yet: read our metadata of the connection, which makes one, and ask again');
  const publishedSeconds = (now.getTime() - next.createdAt.getTime()) / 1000;
  if (!force && publishedSeconds < PUBLISHED_SECONDS) {
    throw conflict(
      '/force',
      'The next certificate is in our metadata for less than a day: ask again then, or tell the provider and send force',
    );
  }
  const by = { ...origin, successorId: next.id, auditId: createId(now), actorType: 'operator' } as const;
  const rotation = await ports.samlKeys.rotate(connectionId, by);
  if (!rotation) throw conflict('', 'Another rotation was faster: nothing more has to be done');
  return rotation;
}
