/** Admin keys are made, changed and revoked by whoever reaches everything. */
import { conflict, SsoError } from '#error';
import { type AdminKey, adminKeys } from '#ports/db/admin-schema.ts';
import { changeRow } from '#ports/db/audited-change.ts';
import { UniqueViolation } from '#ports/db/client.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { missingOrganizations } from '#ports/db/organizations.ts';
import type { RowChange } from '#ports/db/row-change.ts';
import { apiKeyPrefix, createApiKey } from '#ports/keys/api-key.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { ofExisting, type Precondition } from './precondition.ts';

interface NewKey {
  readonly name: string;
  /** Ids; null: all. */
  readonly organizations: readonly string[] | null;
  readonly access: AdminKey['access'];
  /** Null is none. */
  readonly expiresAt?: Date | null | undefined;
}

/** A member that is undefined keeps what it is. */
type KeyChange = { readonly [Name in keyof NewKey]?: NewKey[Name] | undefined };

/**
 * @returns the key itself, which nothing can show again, and what is kept of it
 * @throws SsoError `conflict` (the name is taken), `input_invalid` (no such organization, or it would have expired)
 */
export async function issueAdminKey(
  ports: Ports,
  wanted: NewKey,
  origin: AdminOrigin,
): Promise<{ key: string; adminKey: AdminKey }> {
  const id = createId(ports.clock.now());
  const key = createApiKey('vsa');
  const columns = { ...(await columnsOf(ports, wanted)), prefix: apiKeyPrefix(key), keyDigest: await digest(key) };
  const adminKey = await write(ports, { id, origin, change: async () => columns });
  return { key, adminKey };
}

/** A revoked key stays what it was. @throws SsoError `not_found`, `conflict`, `input_invalid`, `precondition_failed` */
export async function changeAdminKey(
  ports: Ports,
  id: string,
  wanted: KeyChange,
  { precondition, origin }: { precondition: Precondition<AdminKey>; origin: AdminOrigin },
): Promise<AdminKey> {
  const columns = await columnsOf(ports, wanted);
  return write(ports, {
    id,
    origin,
    change: ofExisting(precondition, (before) => {
      if (before.revokedAt) throw conflict('', 'The key is revoked, and stays as it was: make another one');
      return columns;
    }),
  });
}

/** Refused from now on, on every replica, and for good. Twice is no error. @throws SsoError `not_found`, `precondition_failed` */
export async function revokeAdminKey(
  ports: Ports,
  id: string,
  { precondition, origin }: { precondition: Precondition<AdminKey>; origin: AdminOrigin },
): Promise<void> {
  await write(ports, {
    id,
    origin,
    change: ofExisting(precondition, ({ revokedAt }) => ({ revokedAt: revokedAt ?? ports.clock.now() })),
  });
}

async function columnsOf(ports: Ports, { name, organizations, access, expiresAt }: KeyChange) {
  if (expiresAt && expiresAt <= ports.clock.now()) {
    const detail = 'Give a time to come, or null for a key that does not expire';
    throw new SsoError('input_invalid', { members: [{ pointer: '/expiresAt', detail }] });
  }
  const missing = organizations ? await missingOrganizations(ports.db, organizations) : [];
  if (organizations && missing.length > 0) {
    const detail = 'There is no such organization: take its id from GET /admin/v1/organizations';
    const members = missing.map((id) => ({ pointer: `/organizations/${organizations.indexOf(id)}`, detail }));
    throw new SsoError('input_invalid', { members });
  }
  return { name, organizations: organizations && [...organizations], access, expiresAt };
}

interface Write {
  readonly id: string;
  readonly origin: AdminOrigin;
  readonly change: (before: AdminKey | undefined) => Promise<Record<string, unknown>>;
}

async function write(ports: Ports, { id, origin, change }: Write): Promise<AdminKey> {
  const audit = ({ change: kind, before, after }: RowChange) => ({
    ...origin,
    id: createId(ports.clock.now()),
    action: `admin_key.${'revokedAt' in after ? 'revoked' : kind}`,
    actorType: 'operator' as const,
    targetType: 'admin_key',
    targetId: id,
    details: { before, after },
  });
  try {
    const row = await changeRow(ports.db, adminKeys, { id, change, audit });
    if (!row) throw new SsoError('not_found');
    return row;
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    const detail = 'Another admin key in use has this name: choose another, or revoke that one';
    throw new SsoError('conflict', { members: [{ pointer: '/name', detail }], cause: error });
  }
}
