/**
 * Who a set of verified claims is: a known identity, an existing user to link, or a new one.
 *
 * Identity is (connection, subject), never the email. An existing user is linked by email only when the
 * provider says that the address is verified AND the organization has verified the address's domain: then
 * the connection speaks for that domain. Anybody's provider may claim anybody's address; without the second
 * half, a stranger's organization could take over accounts.
 */
import type { Candidate, Candidates } from '#ports/db/profiles.ts';
import type { Connection, Group } from '#ports/db/schema.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { Checks } from './checks.ts';
import type { Email } from './email.ts';
import type { ProvisioningRule, RoleFinding } from './findings.ts';
import { linkConditions, whyNotVouched } from './linking.ts';
import { applyRules, type PlacedRule, type RoleByRules } from './rules.ts';
import { storable } from './text.ts';

/** Rules read all of a person's groups; so many are kept with the membership, which every use of a session reads. */
const KEPT_GROUPS = 1_000;

export interface ProvisioningPlan {
  readonly kind: 'known' | 'linked' | 'created';
  /** Undefined for a new user. */
  readonly candidate: Candidate | undefined;
  readonly email: string;
  readonly emailVerified: boolean;
  /** The address that this organization knows the user by; one user an address within an organization. */
  readonly membershipEmail: string;
  readonly role: string;
  /** Whether a rule decided the role; otherwise the operator's word stands, also one given meanwhile. */
  readonly roleByRule: boolean;
  readonly groups: readonly Group[];
}

interface Who {
  readonly connection: Connection;
  readonly claims: Claims;
  readonly email: Email;
  readonly candidates: Candidates;
}

/** @throws SsoError as `applyRules`; the reasons of `linkConditions`, `user_disabled`, `membership_disabled`, `provisioning_disabled` */
export function planProvisioning(
  connection: Connection,
  claims: Claims,
  email: Email,
  candidates: Candidates,
  checks: Checks,
): ProvisioningPlan {
  const byRules = applyRules(connection, { claims, email: email.address }, checks);
  const { emailVerified } = claims;
  const { domainVerified } = candidates;
  // told beforehand too: whoever is refused for want of an account needs both once they have one
  checks.findings.set('provisioning', { emailVerified, domainVerified });
  const why = whyNotVouched(claims, candidates);
  const who: Who = { connection, claims, email, candidates };
  const candidate = candidates.known ?? linkable(who, why === undefined, checks);
  const kind = candidates.known ? 'known' : candidate ? 'linked' : 'created';
  if (candidate) {
    checks.require('user.active', candidate.user.deactivatedAt === null, 'user_disabled');
    checks.require('membership.active', !candidate.membership?.deactivatedAt, 'membership_disabled');
  }
  const mayJoin = connection.jit || candidate?.membership !== undefined;
  checks.require('provisioning.allowed', mayJoin, 'provisioning_disabled', {
    expected: 'jit or an existing member',
    actual: kind,
  });
  checks.pass('provisioning.rule', { actual: kind });
  checks.findings.set('provisioning', { rule: ruleOf(candidates, candidate), emailVerified, domainVerified });
  const { finding, ...chosen } = chooseRole(connection, byRules, candidate);
  checks.findings.set('role', finding);
  return {
    kind,
    candidate,
    ...chooseEmail(candidate, email, why, candidates, checks),
    ...chosen,
    groups: replaceGroups(connection, claims, candidate),
  };
}

function ruleOf({ known }: Candidates, candidate: Candidate | undefined): ProvisioningRule {
  if (known) return 'known_identity';
  if (!candidate) return 'created';
  return candidate.membership ? 'member' : 'verified_domain';
}

/** The user to link to, if the email leads to one and the connection speaks for its domain. */
function linkable(who: Who, vouched: boolean, checks: Checks): Candidate | undefined {
  const { connection, claims, email, candidates } = who;
  const member = candidates.sameEmail.find((each) => each.membership);
  if (member) {
    checks.requireAll(linkConditions(claims, email, candidates, member));
    return member;
  }
  const [elsewhere, ...others] = candidates.sameEmail;
  if (!elsewhere || !vouched || others.length > 0 || !connection.jit || elsewhere.boundBy !== undefined)
    return undefined;
  return elsewhere;
}

/**
 * A known user's email follows the provider only when vouched for and not another member's. The user may be a
 * member of several organizations, in one of which somebody else has the address.
 */
function chooseEmail(
  candidate: Candidate | undefined,
  email: Email,
  notVouched: string | undefined,
  candidates: Candidates,
  checks: Checks,
) {
  const vouched = notVouched === undefined;
  if (!candidate) return { email: email.address, emailVerified: vouched, membershipEmail: email.address };
  const { user, membership } = candidate;
  const taken = candidates.sameEmail.some((each) => each.membership && each.user.id !== user.id);
  const changes = user.email !== email.address;
  if (taken || (changes && !vouched)) {
    const why = taken ? 'the address belongs to another member' : `the new address is not vouched for: ${notVouched}`;
    checks.skip('provisioning.email', why);
    return { email: user.email, emailVerified: user.emailVerified, membershipEmail: membership?.email ?? user.email };
  }
  return {
    email: email.address,
    emailVerified: vouched || (!changes && user.emailVerified),
    membershipEmail: email.address,
  };
}

/** What the rules decided, or the default role; where none gives roles, a member keeps the one that the operator gave. */
function chooseRole({ defaultRole }: Connection, byRules: RoleByRules, candidate: Candidate | undefined) {
  const { role, decidesRole, by } = byRules;
  if (role !== undefined && by) return decided(role, true, { rule: 'rule', ...placeOf(by) });
  if (decidesRole) return decided(defaultRole, true, { rule: 'default' });
  const kept = candidate?.membership?.role;
  return kept === undefined ? decided(defaultRole, false, { rule: 'default' }) : decided(kept, false, { rule: 'kept' });
}

function decided(role: string, roleByRule: boolean, why: Omit<RoleFinding, 'role'>) {
  return { role, roleByRule, finding: { ...why, role } };
}

function placeOf({ place, rule: { name, if: condition } }: PlacedRule): Pick<RoleFinding, 'place' | 'name' | 'group'> {
  const { group } = condition;
  return { place, ...(name !== undefined && { name }), ...(group !== undefined && { group: storable(group) }) };
}

/** Groups of this connection are replaced at each login, also by none; those of other sources stay. */
function replaceGroups(connection: Connection, claims: Claims, candidate: Candidate | undefined): Group[] {
  const others = candidate?.membership?.groups.filter(({ source }) => source !== connection.slug) ?? [];
  return [
    ...others,
    ...(claims.groups ?? []).slice(0, KEPT_GROUPS).map((name) => ({ source: connection.slug, name: storable(name) })),
  ];
}
