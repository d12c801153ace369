/**
 * Who would gain or lose what by other rules: the people who came over a connection lately, by the claims of the last login
 * of each that has any, under the rules in use and under those that are tried. Nothing is asked of the provider, and
 * nothing is written. Rules alone are compared: whether somebody may come for other reasons is the same on both sides.
 */
import { SsoError, type SsoErrorCode } from '#error';
import { readConnectionAt } from '#ports/db/connection-versions.ts';
import type { Connection } from '#ports/db/schema.ts';
import {
  type KnownMember,
  listRecentLogins,
  type RecentLogin,
  readKnownMembers,
  readSealedClaims,
  type SealedLogin,
} from '#ports/db/simulated-logins.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { Ports } from '#ports/ports.ts';
import { noSuchVersion } from './connection-review.ts';
import { parseEmail } from './email.ts';
import { requireTried, type TriedMembers } from './login-evaluation.ts';
import { type LoginClaims, openClaims } from './login-evidence.ts';
import { evaluateRules } from './rules.ts';

/** Logins that are looked at, newest first, and people who are judged. */
const MOST_LOGINS = 20_000;
const MOST_PEOPLE = 5_000;
/** Claims that are opened at a time. */
const BATCH = 100;
/** For judging all people together, if nobody says otherwise. */
const MOST_MS = 20_000;
/** Others' requests have their turn in between. */
const TURN_MS = 10;
const DAY_MS = 86_400_000;

export type TriedRules = Pick<TriedMembers, 'rules' | 'groupRoles' | 'defaultRole'> & {
  /** Of a version, such as a draft, in place of the one in use; members that are named stand over it. */
  readonly version?: number | undefined;
  readonly days?: number | undefined;
  /** Changes that are listed; all are counted. */
  readonly limit?: number | undefined;
};

/** What rules make of somebody. */
export interface RuleVerdict {
  readonly outcome: 'allowed' | 'refused';
  readonly reason?: SsoErrorCode;
  /** Of whom is allowed. */
  readonly role?: string;
  /** The rule that decided: its place and its name; absent where none did. */
  readonly place?: string;
  readonly name?: string;
}

export interface RuleChange {
  readonly change: 'denied' | 'allowed' | 'role';
  /** Absent where the claims hold none. */
  readonly email?: string;
  /** Absent for whoever is no member so far. */
  readonly userId?: string;
  /** The login whose claims were judged. */
  readonly loginId: string;
  readonly loginAt: Date;
  readonly before: RuleVerdict;
  readonly after: RuleVerdict;
}

export interface RuleSimulation {
  readonly from: Date;
  /** False when there were more logins or people than are looked at, or than there was time for. */
  readonly complete: boolean;
  readonly logins: { readonly considered: number; readonly withoutClaims: number };
  readonly people: number;
  readonly counts: {
    readonly denied: number;
    readonly allowed: number;
    readonly role: number;
    readonly unchanged: number;
  };
  /** Those who lose access first, then those who gain it, then roles; within these the newest first. */
  readonly changes: readonly RuleChange[];
}

/**
 * @param patienceMs for judging all people together
 * @throws SsoError `not_found`, `conflict` (no such version), `input_invalid`
 */
export async function simulateRules(
  ports: Ports,
  connectionId: string,
  { version, days = 30, limit = 100, ...members }: TriedRules,
  patienceMs = MOST_MS,
): Promise<RuleSimulation> {
  requireTried(members);
  const inUse = await readConnectionAt(ports.db, connectionId);
  const base = version === undefined ? inUse : await readConnectionAt(ports.db, connectionId, version);
  if (!inUse) throw new SsoError('not_found');
  if (!base) throw await noSuchVersion(ports, connectionId);
  const from = new Date(ports.clock.now().getTime() - days * DAY_MS);
  const recent = await listRecentLogins(ports.db, { connectionId, from, limit: MOST_LOGINS + 1 });
  const considered = recent.slice(0, MOST_LOGINS);
  const chosen = newestOfEach(considered);
  const deadline = performance.now() + patienceMs;
  const comparison: Comparison = { ports, inUse, tried: { ...base, ...members }, seen: new Set(), from, deadline };
  const found: { people: number; changes: RuleChange[] } = { people: 0, changes: [] };
  const judged = chosen.slice(0, MOST_PEOPLE);
  let isInTime = true;
  for (let start = 0; start < judged.length && isInTime; start += BATCH) {
    const batch = await compareBatch(comparison, judged.slice(start, start + BATCH));
    isInTime = batch.isInTime;
    found.people += batch.people;
    found.changes.push(...batch.changes);
  }
  const { people, changes } = found;
  return {
    from,
    complete: recent.length <= MOST_LOGINS && chosen.length <= MOST_PEOPLE && isInTime,
    logins: { considered: considered.length, withoutClaims: considered.filter(({ hasClaims }) => !hasClaims).length },
    people,
    counts: countsOf(changes, people),
    changes: ORDER.flatMap((kind) => changes.filter(({ change }) => change === kind)).slice(0, limit),
  };
}

const ORDER = ['denied', 'allowed', 'role'] as const;

function countsOf(changes: readonly RuleChange[], people: number): RuleSimulation['counts'] {
  const count = (kind: RuleChange['change']) => changes.filter(({ change }) => change === kind).length;
  return {
    denied: count('denied'),
    allowed: count('allowed'),
    role: count('role'),
    unchanged: people - changes.length,
  };
}

/** A person is told by the address before the claims are opened, and by the subject then. */
function newestOfEach(logins: readonly RecentLogin[]): RecentLogin[] {
  const newest = new Map<string, RecentLogin>();
  for (const login of logins) {
    const key = login.emailDigest ?? login.id;
    if (login.hasClaims && !newest.has(key)) newest.set(key, login);
  }
  return [...newest.values()];
}

interface Comparison {
  readonly ports: Ports;
  readonly inUse: Connection;
  readonly tried: Connection;
  /** Subjects that were judged. */
  readonly seen: Set<string>;
  readonly from: Date;
  /** By the process's clock, milliseconds. */
  readonly deadline: number;
}

interface Opened {
  readonly login: SealedLogin;
  readonly kept: LoginClaims;
}

async function compareBatch(
  comparison: Comparison,
  batch: readonly RecentLogin[],
): Promise<{ people: number; changes: RuleChange[]; isInTime: boolean }> {
  const { ports, inUse, seen, from, deadline } = comparison;
  const sealed = await readSealedClaims(
    ports.db,
    batch.map(({ id }) => id),
    from,
  );
  const opened: Opened[] = [];
  for (const login of sealed) {
    // what a key sealed that is gone by now is as if it were not kept
    const kept = await openClaims(ports, login).catch(() => undefined);
    if (!kept || seen.has(kept.verified.subject)) continue;
    seen.add(kept.verified.subject);
    opened.push({ login, kept });
  }
  if (opened.length === 0) return { people: 0, changes: [], isInTime: performance.now() < deadline };
  const subjects = opened.map(({ kept }) => kept.verified.subject);
  const members = new Map((await readKnownMembers(ports.db, inUse, subjects)).map((each) => [each.subject, each]));
  const changes: RuleChange[] = [];
  let people = 0;
  let turnEnds = performance.now() + TURN_MS;
  for (const each of opened) {
    if (performance.now() >= deadline) return { people, changes, isInTime: false };
    people += 1;
    const change = compare(comparison, each, members.get(each.kept.verified.subject));
    if (change) changes.push(change);
    if (performance.now() < turnEnds) continue;
    await new Promise((resume) => setTimeout(resume));
    turnEnds = performance.now() + TURN_MS;
  }
  return { people, changes, isInTime: true };
}

function compare(
  { ports, inUse, tried }: Comparison,
  { login, kept }: Opened,
  member: KnownMember | undefined,
): RuleChange | undefined {
  const before = judge(ports, inUse, kept, member);
  const after = judge(ports, tried, kept, member);
  const change = changeOf(before, after);
  if (change === undefined) return undefined;
  const email = parseEmail(claimsOf(ports, inUse, kept).email ?? '')?.address;
  const who = { ...(email && { email }), ...(member && { userId: member.userId }) };
  return { change, ...who, loginId: login.id, loginAt: login.createdAt, before, after };
}

function changeOf(before: RuleVerdict, after: RuleVerdict): RuleChange['change'] | undefined {
  if (before.outcome === after.outcome) return before.role === after.role ? undefined : 'role';
  return after.outcome === 'refused' ? 'denied' : 'allowed';
}

/** As the mapping of the configuration reads them. */
function claimsOf({ identityProvider }: Ports, connection: Connection, { source, verified }: LoginClaims): Claims {
  return { ...identityProvider.mapClaims(connection, source), ...verified, source };
}

/** Where no rule gives roles, a member keeps the one there is. */
function judge(ports: Ports, connection: Connection, kept: LoginClaims, member: KnownMember | undefined): RuleVerdict {
  const claims = claimsOf(ports, connection, kept);
  const email = parseEmail(claims.email ?? '')?.address ?? '';
  const { refusal, by, role, decidesRole } = evaluateRules(connection, { claims, email });
  const rule = by && { place: by.place, ...(by.rule.name === undefined ? {} : { name: by.rule.name }) };
  if (refusal) return { outcome: 'refused', reason: refusal, ...rule };
  const standing = decidesRole ? undefined : member?.role;
  return { outcome: 'allowed', role: role ?? standing ?? connection.defaultRole, ...rule };
}
