/**
 * A declared person. The file says who belongs to the organization; what the person's identity provider says
 * too (names, picture, language, address) the file sets at creation only, since every login brings it anew.
 */
import type { ConfigurationStore } from '#ports/db/declaration.ts';
import type { RowChange } from '#ports/db/row-change.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { contradiction, type Named, nameOnce, requireUnique } from './declaration-place.ts';
import { parseEmail } from './email.ts';

export type DeclaredUser = NonNullable<Declaration['organizations'][number]['users']>[number];

export interface MemberScope {
  readonly ports: Ports;
  readonly store: ConfigurationStore;
  readonly named: Named;
  readonly organizationId: string;
  /** Then the file gives a role at creation only: start and login would take turns otherwise. */
  readonly groupsDecideRoles: boolean;
}

/**
 * Found by the address that the file named before, else by the address of now, which the provider may change:
 * a rename makes no second user.
 * @returns the address, normalised, and what changed of user and membership; the id is the user's
 * @throws ContradictionError
 */
export async function applyMember(
  scope: MemberScope,
  declared: DeclaredUser,
  at: string,
): Promise<{ email: string; change: RowChange }> {
  const { ports, store, named, organizationId } = scope;
  const pointer = `${at}/email`;
  const email = (parseEmail(declared.email) ?? contradiction(pointer, 'is no email address')).address;
  nameOnce(named, ['member', organizationId, email], pointer, 'is the same as that of');
  const known = await store.findMember(organizationId, email);
  if (known) nameOnce(named, ['membership', known.membership.id], pointer, 'belongs to the same member as that of');
  const { attributes } = declared;
  if (known && attributes) {
    const sentence = 'are of the same user, a member of both organizations, as those of';
    nameOnce(named, ['attributes', known.user.id], `${at}/attributes`, sentence);
  }
  const userId = known?.user.id ?? createId(ports.clock.now());
  const membership = {
    id: createId(ports.clock.now()),
    declaredEmail: email,
    role: known && scope.groupsDecideRoles ? undefined : declared.role,
    deactivatedAt: deactivatedAt(declared, known?.membership.deactivatedAt ?? ports.clock.now()),
  };
  const taken = 'is the address of another member';
  const user = await store.user(known?.user, { id: userId, attributes }, newUser(userId, email, declared));
  const joined = await requireUnique(
    pointer,
    taken,
    store.membership(known?.membership, membership, { id: membership.id, organizationId, userId, email, role: 'user' }),
  );
  return { email, change: together(user, joined) };
}

function newUser(id: string, email: string, declared: DeclaredUser) {
  const { firstName, lastName, picture, language, emailVerified = true } = declared;
  return { id, email, emailVerified, firstName, lastName, picture, language };
}

/** @param since when it was, or is now, deactivated */
function deactivatedAt({ status }: DeclaredUser, since: Date): Date | null | undefined {
  if (status === undefined) return undefined;
  return status === 'deactivated' ? since : null;
}

/** A person is two rows and one change. */
function together(user: RowChange, membership: RowChange): RowChange {
  return {
    id: user.id,
    change: user.change === 'unchanged' ? membership.change : user.change,
    before: { ...user.before, ...membership.before },
    after: { ...user.after, ...membership.after },
  };
}
