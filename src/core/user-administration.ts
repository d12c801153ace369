/** People before their first login, and what the operator says of them afterwards. */
import { SsoError } from '#error';
import { changeRow, endingSessions } from '#ports/db/audited-change.ts';
import { UniqueViolation } from '#ports/db/client.ts';
import { changeConfiguration } from '#ports/db/declaration.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { readOrganization } from '#ports/db/organizations.ts';
import type { RowChange } from '#ports/db/row-change.ts';
import { type Membership, memberships, type User, users } from '#ports/db/schema.ts';
import { type MemberOfSome, membershipsOf, readUser } from '#ports/db/users.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import type { AdminCaller } from './admin-caller.ts';
import { applyMember, type DeclaredUser } from './declaration-member.ts';
import { refusing } from './declaration-place.ts';
import { parseEmail } from './email.ts';
import { assertEmail } from './email-assertion.ts';
import { mergePatch, type Patch } from './merge-patch.ts';
import { ofExisting, type Precondition } from './precondition.ts';

/** Members that are undefined stay, null clears. */
export interface UserChange {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly picture?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly emailVerified?: boolean | undefined;
  readonly status?: 'active' | 'deactivated' | undefined;
  /** Merged at any depth. */
  readonly attributes?: Patch<User['attributes']> | null | undefined;
}

export interface UserCall {
  readonly caller: AdminCaller;
  readonly origin: AdminOrigin;
  /** Asked of the user and the memberships as they are before the change. */
  readonly precondition: Precondition<MemberOfSome>;
}

/**
 * A member who may sign in from now on, also where the connection creates nobody: the login finds the address.
 * @throws SsoError `not_found` (no such organization), `conflict` (another member has the address), `input_invalid`,
 *   `admin_key_forbidden` as `assertEmail`
 */
export async function createUser(
  ports: Ports,
  organizationId: string,
  declared: DeclaredUser,
  { caller, origin }: { readonly caller: AdminCaller; readonly origin: AdminOrigin },
): Promise<MemberOfSome> {
  if (!(await readOrganization(ports.db, organizationId))) throw new SsoError('not_found');
  const said = { email: declared.email, organizationIds: [organizationId], wanted: declared.emailVerified };
  const wanted = { ...declared, emailVerified: await assertEmail(ports, { caller, ...said }) };
  let userId = '';
  await changeConfiguration(ports.db, async (store) => {
    const address = parseEmail(wanted.email)?.address;
    if (address !== undefined && (await store.findMember(organizationId, address))) {
      const detail = 'Another member of the organization has this address: change that user instead';
      throw new SsoError('conflict', { members: [{ pointer: '/email', detail }] });
    }
    const scope = { ports, store, named: new Map(), organizationId, groupsDecideRoles: false };
    const { email, change } = await refusing(() => applyMember(scope, wanted, ''));
    userId = change.id;
    const details = { name: email, before: change.before, after: change.after };
    await store.audit({ ...eventOf(ports, userId, origin), organizationId, action: 'user.created', details });
  });
  return found(await readUser(ports.db, userId));
}

/**
 * Names, picture, language and whether the email is verified hold until the next login brings the provider's. Another status ends the sessions that there are.
 * @throws SsoError `not_found`, `precondition_failed`, `admin_key_forbidden` as `assertEmail`
 */
export async function changeUser(
  ports: Ports,
  id: string,
  wanted: UserChange,
  { caller, origin, precondition }: UserCall,
): Promise<MemberOfSome> {
  if (wanted.emailVerified) {
    const { user, memberships } = found(await readUser(ports.db, id));
    const organizationIds = memberships.map(({ organizationId }) => organizationId);
    await assertEmail(ports, { caller, email: user.email, organizationIds, wanted: true });
  }
  let organizations: readonly string[] = [];
  await changeRow(ports.db, users, {
    id,
    async change(row, query) {
      const user = found(row);
      const memberships = await membershipsOf(query, id);
      organizations = memberships.map(({ organizationId }) => organizationId);
      await precondition({ user, memberships });
      return userColumns(wanted, user, ports.clock.now());
    },
    atUpdate: (changed, now, row) => ({
      version: (row?.version ?? 0) + 1,
      updatedAt: now,
      ...endingSessions(changed, 'deactivatedAt', now),
    }),
    audit: (change) => ({
      ...eventOf(ports, id, origin),
      organizationId: organizations.length === 1 ? organizations[0] : null,
      action: 'user.updated',
      details: shown(change),
    }),
  });
  return found(await readUser(ports.db, id));
}

function userColumns({ status, attributes, ...named }: UserChange, before: User, now: Date) {
  const { firstName, lastName } = named;
  // the full name as the provider writes it is no longer what it was
  const isRenamed = firstName !== undefined || lastName !== undefined;
  return {
    ...named,
    ...(isRenamed ? { fullName: null } : {}),
    attributes: mergePatch(before.attributes, attributes),
    deactivatedAt: deactivation(status, before.deactivatedAt, now),
  };
}

export interface MembershipCall {
  readonly origin: AdminOrigin;
  readonly precondition: Precondition<Membership>;
}

/**
 * Of one organization alone: whoever is deactivated here may go on elsewhere.
 * @throws SsoError `not_found`, `precondition_failed`
 */
export async function changeMembership(
  ports: Ports,
  id: string,
  { role, status }: { readonly role?: string | undefined; readonly status?: UserChange['status'] },
  { origin, precondition }: MembershipCall,
): Promise<Membership> {
  const row = await changeRow(ports.db, memberships, {
    id,
    change: ofExisting(precondition, ({ deactivatedAt }) => ({
      role,
      deactivatedAt: deactivation(status, deactivatedAt, ports.clock.now()),
    })),
    atUpdate: (changed, now) => endingSessions(changed, 'deactivatedAt', now),
    audit: (change, before) => membershipEvent(ports, found(before), origin, change),
  });
  return found(row);
}

/**
 * A user of another organization becomes a member of this one too, under the same address.
 * @throws SsoError `not_found` (no such organization or user), `conflict` (a member already, or another one has the address)
 */
export async function createMembership(
  ports: Ports,
  organizationId: string,
  { userId, role }: { readonly userId: string; readonly role: string },
  origin: AdminOrigin,
): Promise<Membership> {
  const { user } = found(await readUser(ports.db, userId));
  if (!(await readOrganization(ports.db, organizationId))) throw new SsoError('not_found');
  const id = createId(ports.clock.now());
  const columns = { id, organizationId, userId, email: user.email, role };
  try {
    const audit = (change: RowChange) => membershipEvent(ports, columns, origin, change);
    return found(await changeRow(ports.db, memberships, { id, change: async () => columns, audit }));
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    const isMember = error.constraint === 'memberships_organization_user';
    const detail = isMember
      ? 'The user is a member already: change that membership instead'
      : 'Another member of the organization has the address of this user';
    throw new SsoError('conflict', { members: [{ pointer: '/userId', detail }], cause: error });
  }
}

function membershipEvent(
  ports: Ports,
  { id, organizationId, userId }: Pick<Membership, 'id' | 'organizationId' | 'userId'>,
  origin: AdminOrigin,
  change: RowChange,
) {
  const event = { ...eventOf(ports, id, origin), targetType: 'membership', organizationId };
  return { ...event, action: `membership.${change.change}`, details: { userId, ...shown(change) } };
}

function deactivation(status: UserChange['status'], before: Date | null, now: Date): Date | null | undefined {
  if (status === undefined) return undefined;
  return status === 'active' ? null : (before ?? now);
}

/** As the admin API says it: a status, not an instant. */
function shown({ before, after }: RowChange) {
  return { before: withStatus(before), after: withStatus(after) };
}

function withStatus({ deactivatedAt, ...columns }: RowChange['before']) {
  if (deactivatedAt === undefined) return columns;
  return { ...columns, status: deactivatedAt === null ? 'active' : 'deactivated' };
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new SsoError('not_found');
  return row;
}

function eventOf(ports: Ports, id: string, origin: AdminOrigin) {
  return {
    ...origin,
    id: createId(ports.clock.now()),
    actorType: 'operator' as const,
    targetType: 'user',
    targetId: id,
  };
}
