/**
 * What a login found out beside its checks: how far the provider's clock is from ours, what the waiting was for, who
 * was claimed to come, and by which rule they are whom they are. Kept with the trace, redacted, for whoever asks why.
 */
import type { Claims, Protocol } from '#ports/idp/identity-provider.ts';
import { redactClaims, type ShownClaims } from './shown-claims.ts';

/** Where the provider's time was read. */
export type ClockSource = 'id_token' | 'saml_response' | 'http_date';

export interface ClockSkew {
  readonly source: ClockSource;
  /** The provider's clock less ours: positive when theirs is ahead. Includes the way of the message. */
  readonly seconds: number;
}

/** How long the login waited for something of the provider's. What came from memory is left out. */
export interface ProviderCall {
  readonly to: 'discovery' | 'token' | 'jwks' | 'userinfo' | 'emails' | 'groups' | 'metadata';
  readonly durationMs: number;
}

/**
 * `known_identity`: this subject has signed in here before · `member`: a member of the organization, made or invited
 * beforehand, by the verified email · `verified_domain`: a user of another organization, by the verified email · `created`: a new user
 */
export type ProvisioningRule = 'known_identity' | 'member' | 'verified_domain' | 'created';

export interface ProvisioningFinding {
  /** Absent where the login was refused. */
  readonly rule?: ProvisioningRule;
  /** Whether the provider called the email verified. */
  readonly emailVerified: boolean;
  /** Whether the organization has verified the email's domain. */
  readonly domainVerified: boolean;
}

/** `rule`: the one at `place` · `default`: none decided · `kept`: no rule gives roles, so the member's stays. */
export interface RoleFinding {
  readonly rule: 'rule' | 'default' | 'kept';
  /** Such as `rules/0`, `groupRoles/2`. */
  readonly place?: string;
  readonly name?: string;
  /** The group that it asks for, where it asks for one. */
  readonly group?: string;
  readonly role: string;
}

/** As it is kept: what does not apply or was not reached is absent. */
export interface LoginFindings {
  protocol?: Protocol | undefined;
  clockSkews?: ClockSkew[];
  calls?: ProviderCall[];
  claims?: ShownClaims;
  provisioning?: ProvisioningFinding;
  role?: RoleFinding;
}

/** Shorter waits were none: the answer was at hand. */
const LEAST_MS = 1;
const MOST_CALLS = 20;

/** Collects the findings of one login. */
export class Findings {
  readonly #kept: LoginFindings = {};

  get kept(): LoginFindings {
    return this.#kept;
  }

  set<Name extends keyof LoginFindings>(name: Name, value: LoginFindings[Name]): void {
    this.#kept[name] = value;
  }

  /** Takes over what an earlier part of the same login found. */
  adopt(earlier: LoginFindings): void {
    Object.assign(this.#kept, earlier);
  }

  claims(claims: Claims): void {
    this.set('claims', redactClaims(claims));
  }

  /** @param theirs a time of whole seconds counts as its middle */
  clock(source: ClockSource, theirs: Date | undefined, ours: Date): void {
    if (!theirs || Number.isNaN(theirs.getTime())) return;
    const middle = theirs.getTime() % 1000 === 0 ? 500 : 0;
    // + 0: a difference of nothing has no sign
    const seconds = Math.round((theirs.getTime() + middle - ours.getTime()) / 1000) + 0;
    const others = (this.#kept.clockSkews ?? []).filter((skew) => skew.source !== source);
    this.set('clockSkews', [...others, { source, seconds }]);
  }

  /** Runs a call and notes how long it was waited for, whatever comes of it. */
  async wait<T>(to: ProviderCall['to'], run: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await run();
    } finally {
      const durationMs = Math.round(performance.now() - startedAt);
      const calls = this.#kept.calls ?? [];
      if (durationMs >= LEAST_MS && calls.length < MOST_CALLS) this.set('calls', [...calls, { to, durationMs }]);
    }
  }
}
