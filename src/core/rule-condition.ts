/**
 * Whether a rule's condition holds for a person: a closed language over verified claims. Nothing in it can be made slow
 * by what a provider sends: a pattern knows `*` alone, and is matched without going back.
 */
import { type ClaimValue, type RuleCondition, type RuleTest, testsOf } from '#ports/db/connection-rules.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';

/** What rules look at. */
export interface RuleSubject {
  readonly claims: Claims;
  /** Normalised. */
  readonly email: string;
}

export function holds(condition: RuleCondition, subject: RuleSubject): boolean {
  const tests = testsOf(condition);
  return condition.any ? tests.some((test) => passes(test, subject)) : tests.every((test) => passes(test, subject));
}

/** A test that is not well-formed passes for nobody; none is kept. */
function passes(test: RuleTest, subject: RuleSubject): boolean {
  if (test.group !== undefined) return valuesOf('groups', subject).includes(test.group);
  if (test.claim === undefined) return false;
  const values = valuesOf(test.claim, subject);
  if (test.exists !== undefined) return values.length > 0 === test.exists;
  return values.some(comparisonOf(test));
}

type Comparison = (value: ClaimValue) => boolean;

/** Made once a test: a claim may have thousands of values, and a simulation thousands of people. */
const comparisons = new WeakMap<RuleTest, Comparison>();

function comparisonOf(test: RuleTest): Comparison {
  const known = comparisons.get(test);
  if (known) return known;
  const made = compile(test);
  comparisons.set(test, made);
  return made;
}

function compile(test: RuleTest): Comparison {
  // addresses are compared case-folded, as everywhere
  const fold = <Value extends ClaimValue>(value: Value) =>
    test.claim === 'email' && typeof value === 'string' ? value.toLowerCase() : value;
  const { equals, contains, startsWith, endsWith, matches } = test;
  if (equals !== undefined) {
    const wanted = new Set<ClaimValue>([equals].flat().map(fold));
    return (value) => wanted.has(value);
  }
  const text = String(fold(contains ?? startsWith ?? endsWith ?? matches ?? ''));
  if (contains !== undefined) return (value) => typeof value === 'string' && value.includes(text);
  if (startsWith !== undefined) return (value) => typeof value === 'string' && value.startsWith(text);
  if (endsWith !== undefined) return (value) => typeof value === 'string' && value.endsWith(text);
  if (matches === undefined) return () => false;
  const isMatch = compilePattern(text);
  return (value) => typeof value === 'string' && isMatch(value);
}

/** Each piece is taken where it comes first, which finds a match if there is one. */
function compilePattern(pattern: string): (text: string) => boolean {
  const [first = '', ...pieces] = pattern.split('*');
  const last = pieces.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.endsWith(last) || !text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of pieces) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** The targets of a mapping mean what the mapping made of them; any other name is the provider's own. */
function valuesOf(name: string, { claims, email }: RuleSubject): readonly ClaimValue[] {
  switch (name) {
    case 'email':
      return [email];
    case 'groups':
      return claims.groups ?? [];
    case 'emailVerified':
    case 'givenName':
    case 'familyName':
    case 'name':
    case 'picture':
    case 'locale':
    case 'subject':
    case 'issuer':
      return claims[name] === undefined ? [] : [claims[name]];
    default:
      return claims.attributes && Object.hasOwn(claims.attributes, name) ? (claims.attributes[name] ?? []) : [];
  }
}
