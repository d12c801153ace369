/** Domains are added to organizations, and taken away. What an operator asserts, the audit calls asserted. */
import { SsoError } from '#error';
import { UniqueViolation } from '#ports/db/client.ts';
import type { Domain } from '#ports/db/domain-schema.ts';
import { type DomainChange, writeDomain } from '#ports/db/domains.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { missingOrganizations } from '#ports/db/organizations.ts';
import { createId } from '#ports/keys/identifier.ts';
import { randomToken } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { judgeDomain } from './domain-name.ts';
import { ofExisting, type Precondition } from './precondition.ts';

export interface DomainCall {
  readonly precondition: Precondition<Domain>;
  readonly origin: AdminOrigin;
}

/** A challenge that nobody had before, good for a while from now. */
export function newChallenge({ clock, config }: Pick<Ports, 'clock' | 'config'>) {
  const challengeExpiresAt = new Date(clock.now().getTime() + config.DOMAIN_CHALLENGE_SECONDS * 1000);
  return { challenge: randomToken(24), challengeExpiresAt };
}

/**
 * @param verified the operator's word that the organization owns it
 * @throws SsoError `input_invalid` (no domain that can be an organization's), `not_found` (no such organization), `conflict`
 */
export async function addDomain(
  ports: Ports,
  organizationId: string,
  wanted: { readonly domain: string; readonly verified?: boolean | undefined },
  origin: AdminOrigin,
): Promise<Domain> {
  const judged = judgeDomain(wanted.domain);
  if ('problem' in judged) {
    throw new SsoError('input_invalid', { members: [{ pointer: '/domain', detail: `It ${judged.problem}` }] });
  }
  if ((await missingOrganizations(ports.db, [organizationId])).length > 0) throw new SsoError('not_found');
  const id = createId(ports.clock.now());
  const { domain } = judged;
  const row = { organizationId, domain, ...newChallenge(ports), ...(wanted.verified && asserted(ports)) };
  try {
    return await write(ports, id, origin, async () => row);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    const detail = 'The organization has this domain already: its domains are listed at the same address';
    throw new SsoError('conflict', { members: [{ pointer: '/domain', detail }], cause: error });
  }
}

const asserted = ({ clock }: Pick<Ports, 'clock'>) =>
  ({ verifiedAt: clock.now(), verifiedBy: 'operator', challengeExpiresAt: null }) as const;

/**
 * The operator's word: true asserts a domain that is not verified, false takes the verification back, whoever gave it; undefined changes nothing.
 * @throws SsoError `not_found`, `precondition_failed`
 */
export async function assertDomain(
  ports: Ports,
  id: string,
  verified: boolean | undefined,
  { precondition, origin }: DomainCall,
): Promise<Domain> {
  const change = ofExisting(precondition, ({ verifiedAt }) => {
    if (verified === undefined) return {};
    if (verified) return verifiedAt ? {} : asserted(ports);
    return verifiedAt ? { verifiedAt: null, verifiedBy: null, ...newChallenge(ports) } : {};
  });
  return write(ports, id, origin, change);
}

/** Logins by its addresses go on as those of any address. @throws SsoError `not_found`, `precondition_failed` */
export async function removeDomain(ports: Ports, id: string, { precondition, origin }: DomainCall): Promise<void> {
  const change = ofExisting(precondition, () => 'delete' as const);
  await write(ports, id, origin, change);
}

type Change = Parameters<typeof writeDomain>[1]['change'];

/** @throws SsoError `not_found` @throws UniqueViolation */
export async function write(ports: Ports, id: string, origin: AdminOrigin, change: Change): Promise<Domain> {
  const audit = ({ row, before, after, ...kept }: DomainChange) => {
    const action = actionOf({ row, before, after, ...kept });
    return action === undefined
      ? undefined
      : {
          ...origin,
          id: createId(ports.clock.now()),
          organizationId: row.organizationId,
          action,
          actorType: 'operator' as const,
          targetType: 'domain',
          targetId: id,
          details: { name: row.domain, before, after },
        };
  };
  const row = await writeDomain(ports.db, { id, change, audit });
  if (!row) throw new SsoError('not_found');
  return row;
}

/** A look that changed nothing but when it was looked last is no event. */
function actionOf({ change, after }: DomainChange): string | undefined {
  if (change === 'deleted') return 'domain.deleted';
  if (after['verifiedBy'] === 'operator') return change === 'created' ? 'domain.created_asserted' : 'domain.asserted';
  if (change === 'created') return 'domain.created';
  if (after['verifiedBy'] === 'dns') return 'domain.verified';
  if ('verifiedAt' in after) return 'domain.unverified';
  return 'challenge' in after ? 'domain.challenge_renewed' : undefined;
}
