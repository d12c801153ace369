/** Organizations are made, changed and removed by the operator and whoever has an admin key that reaches them. */
import { SsoError } from '#error';
import { changeRow, endingSessions } from '#ports/db/audited-change.ts';
import { UniqueViolation } from '#ports/db/client.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { removeOrganizationRow } from '#ports/db/organizations.ts';
import type { RowChange } from '#ports/db/row-change.ts';
import { type Organization, organizations } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import { type OrganizationMembers, organizationColumns } from './declaration-organization.ts';
import { refusing } from './declaration-place.ts';
import { mergePatch, type Patch } from './merge-patch.ts';
import { ofExisting, type Precondition } from './precondition.ts';

export interface OrganizationCall {
  readonly origin: AdminOrigin;
  readonly precondition: Precondition<Organization>;
}

/** @throws SsoError `conflict` (the slug is taken), `input_invalid` */
export async function createOrganization(
  ports: Ports,
  wanted: OrganizationMembers & Pick<Organization, 'slug' | 'name'>,
  origin: AdminOrigin,
): Promise<Organization> {
  const columns = await columnsOf(wanted);
  return write(ports, { id: createId(ports.clock.now()), origin, change: async () => columns });
}

/** A merge patch: members that are not named stay, also within those that are objects. */
export type OrganizationChange = { readonly [Name in keyof OrganizationMembers]?: Patch<OrganizationMembers[Name]> };

/**
 * Members that are not named stay. Another status ends the sessions that there are, either way.
 * @throws SsoError `not_found`, `precondition_failed`, `conflict` (the slug is taken), `input_invalid`
 */
export async function changeOrganization(
  ports: Ports,
  id: string,
  wanted: OrganizationChange,
  { origin, precondition }: OrganizationCall,
): Promise<Organization> {
  const change = ofExisting(precondition, (before) => columnsOf(membersOf(before, wanted)));
  return write(ports, { id, origin, change });
}

/**
 * Gone with its domains, connections, API keys, members and sessions, and with the users who belong to no other. Logins and audit
 * events stay as long as any. An organization in use is not removed: disabling it shows first who still depends on it.
 * @throws SsoError `not_found`, `precondition_failed`, `conflict` while it is not disabled
 */
export async function removeOrganization(
  ports: Ports,
  id: string,
  { origin, precondition }: OrganizationCall,
): Promise<void> {
  const detail = 'Disable the organization first: PATCH it with {"status":"disabled"}, which ends its sessions';
  await removeOrganizationRow(ports.db, {
    id,
    async check(organization) {
      if (!organization) throw new SsoError('not_found');
      await precondition(organization);
      if (organization.status !== 'disabled')
        throw new SsoError('conflict', { members: [{ pointer: '/status', detail }] });
    },
    audit: ({ slug, name, status }) => ({
      ...eventOf(ports, id, origin),
      action: 'organization.deleted',
      details: { name: slug, before: { slug, name, status }, after: {} },
    }),
  });
}

/** What a file would say of the organization as it is to be. */
function membersOf(before: Organization, wanted: OrganizationChange): OrganizationMembers {
  const refreshLifetime = { minSeconds: before.refreshMinSeconds, maxSeconds: before.refreshMaxSeconds };
  return {
    ...wanted,
    branding: mergePatch(before.branding, wanted.branding),
    store: mergePatch(before.store, wanted.store),
    configuration: mergePatch(before.configuration, wanted.configuration),
    institution: mergePatch(before.institution, wanted.institution),
    refreshLifetime: mergePatch<object>(refreshLifetime, wanted.refreshLifetime),
    sessionLifetimes: mergePatch<object>(before.sessionLifetimes, wanted.sessionLifetimes),
  };
}

async function columnsOf(wanted: OrganizationMembers) {
  return refusing(async () => organizationColumns(wanted, ''));
}

interface Write {
  readonly id: string;
  readonly origin: AdminOrigin;
  readonly change: (before: Organization | undefined) => Promise<Record<string, unknown>>;
}

async function write(ports: Ports, { id, origin, change }: Write): Promise<Organization> {
  const audit = ({ change: kind, before, after }: RowChange, stood: Organization | undefined) => ({
    ...eventOf(ports, id, origin),
    action: `organization.${kind}`,
    details: { name: stood?.slug ?? after['slug'], before, after },
  });
  try {
    const atUpdate: Parameters<typeof changeRow>[2]['atUpdate'] = (changed, now) => ({
      updatedAt: now,
      ...endingSessions(changed, 'status', now),
    });
    const row = await changeRow(ports.db, organizations, { id, change, audit, atUpdate });
    if (!row) throw new SsoError('not_found');
    return row;
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    const detail = 'Another organization has this slug: choose another';
    throw new SsoError('conflict', { members: [{ pointer: '/slug', detail }], cause: error });
  }
}

function eventOf(ports: Ports, id: string, origin: AdminOrigin) {
  return {
    ...origin,
    id: createId(ports.clock.now()),
    organizationId: id,
    actorType: 'operator' as const,
    targetType: 'organization',
    targetId: id,
  };
}
