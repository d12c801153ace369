/**
 * A login run again: its verified claims over another configuration, by the very functions that decide a login. Nothing
 * is asked of the provider, and nothing is written. Who is known already is who is known now.
 */
import { SsoError, type SsoErrorCode } from '#error';
import { readConnectionAt } from '#ports/db/connection-versions.ts';
import type { Connection, Membership, User } from '#ports/db/schema.ts';
import type { Login } from '#ports/db/session-schema.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { Ports } from '#ports/ports.ts';
import { type Check, Checks } from './checks.ts';
import { noSuchVersion } from './connection-review.ts';
import { ContradictionError } from './declaration-place.ts';
import { requireRules } from './declaration-rules.ts';
import { parseDomain } from './email.ts';
import type { LoginFindings } from './findings.ts';
import { sessionNotAfter } from './login-draft.ts';
import { openClaims } from './login-evidence.ts';
import { draftMembership, draftUser } from './person.ts';
import type { ProvisioningPlan } from './provisioning.ts';
import { rehearseProvisioning } from './provisioning-rehearsal.ts';

/** Members of a connection that may be tried without being kept. */
export type TriedMembers = Partial<
  Pick<Connection, 'mapping' | 'groupRoles' | 'rules' | 'jit' | 'defaultRole' | 'allowedDomains'>
>;

/** Of a version, or else of the one in use; with these members over it. */
export interface TriedConfiguration extends TriedMembers {
  readonly version?: number | undefined;
}

/** What the login would leave. */
export interface EvaluatedPerson {
  readonly kind: ProvisioningPlan['kind'];
  /** The row as it would be; its id is drawn anew when it would be a new one. */
  readonly user: User;
  readonly membership: Membership;
}

export interface Evaluation {
  readonly outcome: Login['outcome'];
  readonly reason: SsoErrorCode | null;
  readonly connectionVersion: number;
  readonly person: EvaluatedPerson | undefined;
  readonly findings: LoginFindings;
  readonly checks: readonly Check[];
}

/**
 * @throws SsoError `conflict` when no claims of the login are kept, or there is no such version; `not_found` when the connection
 * is gone; `input_invalid` for members that no connection could have
 */
export async function evaluateLogin(ports: Ports, login: Login, tried: TriedConfiguration): Promise<Evaluation> {
  // what a key sealed that is gone by now is as if it were not kept
  const kept = await openClaims(ports, login).catch(() => undefined);
  if (!kept) throw notKept();
  const { version, ...members } = tried;
  const stored = await readConnectionAt(ports.db, login.connectionId ?? '', version);
  if (!stored)
    throw login.connectionId && version !== undefined && (await readConnectionAt(ports.db, login.connectionId))
      ? await noSuchVersion(ports, login.connectionId)
      : new SsoError('not_found');
  const connection: Connection = { ...stored, ...usable(members) };
  const checks = new Checks();
  checks.skip('provider.asked', 'the claims are those that were verified when the person signed in');
  checks.findings.set('protocol', ports.identityProvider.protocolOf(connection));
  const claims: Claims = {
    ...ports.identityProvider.mapClaims(connection, kept.source),
    ...kept.verified,
    source: kept.source,
  };
  checks.findings.claims(claims);
  const decided = await decide(ports, login, connection, claims, checks);
  const result = { connectionVersion: stored.version, findings: checks.findings.kept, checks: checks.entries };
  if (decided instanceof SsoError) return { outcome: 'failed', reason: decided.code, person: undefined, ...result };
  return { outcome: 'succeeded', reason: null, person: decided, ...result };
}

/** Steps 4 and 5 of a login, up to where it would be written; the refusal, if a check fails. */
async function decide(
  ports: Ports,
  login: Login,
  connection: Connection,
  claims: Claims,
  checks: Checks,
): Promise<EvaluatedPerson | SsoError> {
  try {
    const plan = await rehearseProvisioning(ports, connection, claims, checks);
    // the session would have begun then, and not now
    sessionNotAfter(connection, claims, login.createdAt, checks);
    const user = draftUser(plan, claims, connection.target, login.createdAt);
    const membership = draftMembership(plan, connection.organizationId, user, login.createdAt);
    return { kind: plan.kind, user, membership };
  } catch (error) {
    const isRefusal = error instanceof SsoError && checks.entries.some(({ outcome }) => outcome === 'failed');
    if (isRefusal) return error;
    throw error;
  }
}

/** As a declaration would take them. */
function usable({ allowedDomains, ...members }: TriedMembers): TriedMembers {
  requireTried(members);
  if (!allowedDomains) return members;
  const domains = allowedDomains.map((domain, index) => {
    const parsed = parseDomain(domain);
    if (parsed) return parsed;
    const member = { pointer: `/allowedDomains/${index}`, detail: 'is no domain name' };
    throw new SsoError('input_invalid', { members: [member] });
  });
  return { ...members, allowedDomains: domains };
}

/** @throws SsoError `input_invalid` for rules that no connection could have */
export function requireTried({ rules = [] }: Pick<TriedMembers, 'rules'>): void {
  try {
    requireRules(rules, '/rules');
  } catch (cause) {
    if (!(cause instanceof ContradictionError)) throw cause;
    const [pointer = '', ...sentence] = cause.message.split(': ');
    throw new SsoError('input_invalid', { members: [{ pointer, detail: sentence.join(': ') }], cause });
  }
}

function notKept(): SsoError {
  const detail =
    'No claims of this login are kept: it ended before any were verified, they were too many, or the SECRETS_KEY that sealed them is gone.';
  return new SsoError('conflict', { members: [{ pointer: '', detail }] });
}
