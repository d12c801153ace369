/**
 * What a connection's rules make of a person. Any `deny` that applies refuses, then any `require` that is not met;
 * after that the first rule with a role decides it, `groupRoles` coming after `rules` and meaning the same.
 * Rules are asked at a login alone: sessions that there are go on.
 */
import type { SsoErrorCode } from '#error';
import { claimsReadBy, type Rule, type Ruled } from '#ports/db/connection-rules.ts';
import type { Checks } from './checks.ts';
import { holds, type RuleSubject } from './rule-condition.ts';

/** A rule by where it stands (`rules/0`, `groupRoles/2`), and its name. */
export interface PlacedRule {
  readonly place: string;
  readonly rule: Rule;
}

/** One person under one set of rules. */
export interface RuleOutcome {
  /** Why the login is refused, if it is. */
  readonly refusal?: Extract<SsoErrorCode, 'groups_overage' | 'access_denied_by_rule' | 'requirement_not_met'>;
  /** The rule that refuses, else the one that gave the role. */
  readonly by?: PlacedRule;
  readonly role?: string;
  /** Whether rules decide roles at all: then without a match the default role holds. */
  readonly decidesRole: boolean;
}

export interface RoleByRules {
  readonly role: string | undefined;
  /** The rule that gave it. */
  readonly by: PlacedRule | undefined;
  readonly decidesRole: boolean;
}

/** Nothing but the rules and the claims goes in, so the same may be asked of a login of last month. */
export function evaluateRules(ruled: Ruled, subject: RuleSubject): RuleOutcome {
  const placed = placedRules(ruled);
  const decidesRole = placed.some(({ rule }) => rule.role !== undefined);
  if (subject.claims.groupsIncomplete && claimsReadBy(ruled).has('groups'))
    return { refusal: 'groups_overage', decidesRole };
  const applying = placed.filter(({ rule }) => !rule.unless || !holds(rule.unless, subject));
  const denial = applying.find(({ rule }) => rule.deny && holds(rule.if, subject));
  if (denial) return { refusal: 'access_denied_by_rule', by: denial, decidesRole };
  const unmet = applying.find(({ rule }) => rule.require && !holds(rule.if, subject));
  if (unmet) return { refusal: 'requirement_not_met', by: unmet, decidesRole };
  const giving = applying.find(({ rule }) => rule.role !== undefined && holds(rule.if, subject));
  return { ...(giving && { by: giving, role: giving.rule.role as string }), decidesRole };
}

/** @throws SsoError `groups_overage`, `access_denied_by_rule`, `requirement_not_met` */
export function applyRules(ruled: Ruled, subject: RuleSubject, checks: Checks): RoleByRules {
  const outcome = evaluateRules(ruled, subject);
  const by = outcome.by && told(outcome.by);
  const readsGroups = claimsReadBy(ruled).has('groups');
  if (readsGroups)
    checks.require('rules.groupsComplete', outcome.refusal !== 'groups_overage', 'groups_overage', {
      expected: 'all of the person’s groups, for a rule reads them',
    });
  else if (subject.claims.groupsIncomplete) checks.skip('rules.groupsComplete', 'no rule reads groups');
  const has = (effect: 'deny' | 'require') => ruled.rules.some((rule) => rule[effect]);
  const isDenied = outcome.refusal === 'access_denied_by_rule';
  if (has('deny'))
    checks.require('rules.deny', !isDenied, 'access_denied_by_rule', {
      expected: 'no rule that denies applies',
      actual: isDenied ? by : 'none applies',
    });
  const isUnmet = outcome.refusal === 'requirement_not_met';
  if (has('require'))
    checks.require('rules.require', !isUnmet, 'requirement_not_met', {
      expected: isUnmet ? by : 'every requirement is met',
      actual: isUnmet ? 'not met' : 'met',
    });
  if (outcome.decidesRole)
    checks.pass('rules.role', { expected: 'the first rule that applies', actual: by ?? 'none: the default role' });
  return { role: outcome.role, by: outcome.by, decidesRole: outcome.decidesRole };
}

/** In the order in which they are asked. */
function placedRules({ rules, groupRoles }: Ruled): PlacedRule[] {
  return [
    ...rules.map((rule, index) => ({ place: `rules/${index}`, rule })),
    ...groupRoles.map(({ group, role }, index) => ({
      place: `groupRoles/${index}`,
      rule: { if: { group }, role },
    })),
  ];
}

/** For a trace: where it stands, what people call it, and what it does. */
function told({ place, rule }: PlacedRule): string {
  const effect = rule.deny ? 'deny' : rule.require ? 'require' : `role ${rule.role}`;
  return `${place}${rule.name ? ` “${rule.name}”` : ''}: ${effect}`;
}
