/** What a schema can't say of rules: which members belong together. */
import { type Rule, type RuleCondition, type RuleTest, testsOf } from '#ports/db/connection-rules.ts';
import { contradiction } from './declaration-place.ts';

const COMPARISONS = ['equals', 'contains', 'startsWith', 'endsWith', 'matches', 'exists'] as const;

/** Each is asked of every value of its claim, at each login. */
const MOST_TESTS = 500;

/** @param at pointer of the list @throws ContradictionError */
export function requireRules(rules: readonly Rule[], at: string): void {
  const conditions = rules.flatMap((rule) => [rule.if, ...(rule.unless ? [rule.unless] : [])]);
  if (conditions.flatMap(testsOf).length > MOST_TESTS) contradiction(at, `ask more than ${MOST_TESTS} tests in all`);
  for (const [index, rule] of rules.entries()) {
    requireCondition(rule.if, `${at}/${index}/if`);
    if (rule.unless) requireCondition(rule.unless, `${at}/${index}/unless`);
    const effects = [rule.role, rule.deny, rule.require].filter((effect) => effect !== undefined);
    if (effects.length !== 1) contradiction(`${at}/${index}`, 'names one of role, deny, require');
  }
}

function requireCondition(condition: RuleCondition, at: string): void {
  const { all, any, ...own } = condition;
  const list = all ?? any;
  if (!list) {
    requireTest(own, at);
    return;
  }
  if ((all && any) || Object.keys(own).length > 0) contradiction(at, 'names either all, or any, or one test');
  for (const [index, test] of list.entries()) requireTest(test, `${at}/${all ? 'all' : 'any'}/${index}`);
}

function requireTest(test: RuleTest, at: string): void {
  const comparisons = COMPARISONS.filter((name) => test[name] !== undefined);
  const isGroup = test.group !== undefined;
  if (isGroup === (test.claim !== undefined)) contradiction(at, 'names either a group or a claim');
  if (isGroup && comparisons.length > 0) contradiction(`${at}/${comparisons[0]}`, 'belongs to a claim');
  if (!isGroup && comparisons.length !== 1) contradiction(at, `names one of ${COMPARISONS.join(', ')}`);
}
