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
  // addresses are compared case-folded, as everywhere
  const fold = (value: ClaimValue) =>
    test.claim === 'email' && typeof value === 'string' ? value.toLowerCase() : value;
  return values.some((value) => compare(value, test, fold));
}

function compare(
  value: ClaimValue,
  test: RuleTest,
  fold: <Value extends ClaimValue>(value: Value) => ClaimValue,
): boolean {
  if (test.equals !== undefined) return [test.equals].flat().some((wanted) => fold(wanted) === value);
  if (typeof value !== 'string') return false;
  const wanted = (text: string) => String(fold(text));
  if (test.contains !== undefined) return value.includes(wanted(test.contains));
  if (test.startsWith !== undefined) return value.startsWith(wanted(test.startsWith));
  if (test.endsWith !== undefined) return value.endsWith(wanted(test.endsWith));
  return test.matches !== undefined && matchesPattern(value, wanted(test.matches));
}

/** Each piece is taken where it comes first, which finds a match if there is one. */
function matchesPattern(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
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
