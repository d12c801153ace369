/** What a connection keeps in its `rules` column, and which claims those rules read. */
import type { Connection } from './schema.ts';

/** A claim's value is a list of these; a claim of one value is a list of one. Types count: `1` is not `"1"`. */
export type ClaimValue = string | number | boolean;

/**
 * One look at the person: either a `group`, or a `claim` with exactly one comparison. A claim of several values
 * passes when one of them does. Texts are compared exactly, upper and lower case apart.
 */
export interface RuleTest {
  /** The person has this group. */
  readonly group?: string;
  /** A target of the mapping (`email`, `groups`, …) as mapped, else the provider's claim by its own name. */
  readonly claim?: string;
  readonly equals?: ClaimValue | readonly ClaimValue[];
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  /** `*` stands for any run of characters; everything else for itself. */
  readonly matches?: string;
  readonly exists?: boolean;
}

/** A test, or several of which all or any must pass. */
export interface RuleCondition extends RuleTest {
  readonly all?: readonly RuleTest[];
  readonly any?: readonly RuleTest[];
}

/** A condition and exactly one of `role`, `deny`, `require`. */
export interface Rule {
  /** Shown in traces. */
  readonly name?: string;
  readonly if: RuleCondition;
  /** Where this holds, the rule is passed over. */
  readonly unless?: RuleCondition;
  readonly role?: string;
  /** Whoever it holds for is refused. */
  readonly deny?: true;
  /** Whoever it does not hold for is refused. */
  readonly require?: true;
}

export type Ruled = Pick<Connection, 'rules' | 'groupRoles'>;

export function testsOf(condition: RuleCondition): readonly RuleTest[] {
  return condition.all ?? condition.any ?? [condition];
}

/** Names of the claims that the connection's rules read; `groups` where they ask for a group. */
export function claimsReadBy({ rules, groupRoles }: Ruled): ReadonlySet<string> {
  const tests = rules.flatMap((rule) => [...testsOf(rule.if), ...(rule.unless ? testsOf(rule.unless) : [])]);
  const names = tests.flatMap(({ group, claim }) => (group === undefined ? (claim ?? []) : 'groups'));
  return new Set(groupRoles.length > 0 ? ['groups', ...names] : names);
}
