/**
 * Who may say that an address is somebody's. A user whose address counts as verified is found by the logins of every
 * organization that has verified the address's domain, together with what was set of the user. So a key that is limited to
 * some organizations says it only of addresses of their own verified domains; of others it would prepare an account, with
 * attributes or deactivated, for a person of somebody else's. The operator's word counts for any.
 */
import { SsoError } from '#error';
import { hasVerifiedDomain } from '#ports/db/domains.ts';
import type { Ports } from '#ports/ports.ts';
import type { AdminCaller } from './admin-caller.ts';
import { parseEmail } from './email.ts';

export interface EmailAssertion {
  readonly caller: AdminCaller;
  readonly email: string;
  /** Organizations that the user belongs to, or is made in. */
  readonly organizationIds: readonly string[];
  /** Undefined: as far as the caller may say. */
  readonly wanted: boolean | undefined;
}

/** @throws SsoError `admin_key_forbidden` for an assertion beyond the caller's domains */
export async function assertEmail(
  { db }: Pick<Ports, 'db'>,
  { caller, email, organizationIds, wanted }: EmailAssertion,
): Promise<boolean> {
  if (caller.organizations === 'all' || wanted === false) return wanted ?? true;
  const domain = parseEmail(email)?.domain ?? '';
  const isOwn = await hasVerifiedDomain(db, organizationIds, domain);
  if (isOwn || wanted === undefined) return isOwn;
  const detail =
    'A key that is limited to some organizations may say so only where they have verified the address’s domain: verify it first, or leave this member out';
  throw new SsoError('admin_key_forbidden', { members: [{ pointer: '/emailVerified', detail }] });
}
