/** The rules of a connection by themselves: what a condition means, and which rule decides. */
import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { holds } from '#core/rule-condition.ts';
import { evaluateRules } from '#core/rules.ts';
import { claimsReadBy, type Rule, type RuleCondition } from '#ports/db/connection-rules.ts';
import { attributesOf } from '#ports/idp/claim-attributes.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';

const DOCUMENT = {
  department: 'Engineering',
  level: 7,
  contractor: false,
  titles: ['Lead', 'Engineer'],
  empty: [],
  nothing: null,
  realm_access: { roles: ['offline', 'admin'] },
  'https://acme.test/team': 'core',
  'realm_access.roles': ['whole name'],
  __proto__x: 'x',
};

function subjectOf(claims: Partial<Claims> = {}) {
  const honest: Claims = {
    issuer: 'https://idp.test',
    subject: 's-1',
    emailVerified: true,
    groups: ['admins', 'eng-core'],
  };
  return { email: 'ada@acme.test', claims: { ...honest, attributes: attributesOf([DOCUMENT]), ...claims } };
}

describe('a condition', () => {
  const rows: readonly (readonly [RuleCondition, boolean])[] = [
    [{ group: 'admins' }, true],
    [{ group: 'Admins' }, false],
    [{ group: 'admin' }, false],
    [{ claim: 'groups', equals: 'admins' }, true],
    [{ claim: 'groups', matches: 'eng-*' }, true],
    [{ claim: 'groups', startsWith: 'core' }, false],
    [{ claim: 'department', equals: 'Engineering' }, true],
    [{ claim: 'department', equals: 'engineering' }, false],
    [{ claim: 'department', equals: ['Sales', 'Engineering'] }, true],
    [{ claim: 'department', contains: 'gineer' }, true],
    [{ claim: 'department', endsWith: 'ing' }, true],
    [{ claim: 'department', endsWith: 'in' }, false],
    [{ claim: 'titles', equals: 'Engineer' }, true],
    [{ claim: 'titles', contains: 'Lead,' }, false],
    [{ claim: 'level', equals: 7 }, true],
    [{ claim: 'level', equals: '7' }, false],
    [{ claim: 'level', contains: '7' }, false],
    [{ claim: 'contractor', equals: false }, true],
    [{ claim: 'contractor', equals: 'false' }, false],
    [{ claim: 'contractor', exists: true }, true],
    [{ claim: 'empty', exists: true }, false],
    [{ claim: 'nothing', exists: false }, true],
    [{ claim: 'unheard', exists: false }, true],
    [{ claim: 'unheard', equals: 'x' }, false],
    [{ claim: 'toString', exists: true }, false],
    [{ claim: 'https://acme.test/team', equals: 'core' }, true],
    [{ claim: 'realm_access.roles', equals: 'whole name' }, true],
    [{ claim: 'realm_access.roles', equals: 'admin' }, false],
    [{ claim: 'email', endsWith: '@ACME.test' }, true],
    [{ claim: 'email', equals: 'Ada@Acme.Test' }, true],
    [{ claim: 'email', matches: '*@*.test' }, true],
    [{ claim: 'subject', equals: 's-1' }, true],
    [{ claim: 'emailVerified', equals: true }, true],
    [{ claim: 'locale', exists: true }, false],
    [{ all: [{ group: 'admins' }, { claim: 'level', equals: 7 }] }, true],
    [{ all: [{ group: 'admins' }, { claim: 'level', equals: 8 }] }, false],
    [{ any: [{ group: 'nobody' }, { claim: 'level', equals: 7 }] }, true],
    [{ any: [{ group: 'nobody' }, { claim: 'level', equals: 8 }] }, false],
    // what no schema lets through passes for nobody
    [{}, false],
    [{ claim: 'department' }, false],
  ];
  test.each(rows.map(([condition, expected]) => ({ name: JSON.stringify(condition), condition, expected })))(
    '$name is $expected',
    ({ condition, expected }) => {
      expect(holds(condition, subjectOf())).toBe(expected);
    },
  );

  test('objects are reached by dots where no whole name says it', () => {
    const attributes = attributesOf([{ realm_access: { roles: ['admin'], deep: { er: { yes: true } } }, nonce: 'n' }]);
    expect(attributes).toEqual({ 'realm_access.roles': ['admin'], 'realm_access.deep.er.yes': [true] });
    expect(attributesOf([{ a: 1 }, { a: 2, b: 3 }])).toEqual({ a: [1], b: [3] });
  });

  test('a pattern means what the regular expression would, and stays quick where that would not', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (value, pattern) => {
        const pieces = pattern.split('*').map((piece) => piece.replaceAll('.', '\\.'));
        const oracle = new RegExp(`^${pieces.join('[^]*')}$`);
        const claims = subjectOf({ attributes: { x: [value] } });
        expect(holds({ claim: 'x', matches: pattern }, claims)).toBe(oracle.test(value));
      }),
      { numRuns: 2_000 },
    );
    const long = subjectOf({ attributes: { x: ['a'.repeat(200_000)] } });
    expect(holds({ claim: 'x', matches: `${'*a'.repeat(500)}*b` }, long)).toBe(false);
  });
});

describe('rules', () => {
  const decide = (
    rules: readonly Rule[],
    claims: Partial<Claims> = {},
    groupRoles: { group: string; role: string }[] = [],
  ) => {
    const { by, ...outcome } = evaluateRules({ rules: [...rules], groupRoles }, subjectOf(claims));
    return { ...outcome, place: by?.place };
  };
  const admin: Rule = { if: { group: 'admins' }, role: 'admin' };
  const lead: Rule = { if: { claim: 'titles', equals: 'Lead' }, role: 'lead' };
  const stay: Rule = { name: 'no contractors', if: { claim: 'contractor', equals: true }, deny: true };
  const staff: Rule = { if: { claim: 'department', equals: 'Engineering' }, require: true };
  const contractor = { attributes: { contractor: [true], department: ['Engineering'] } };

  test('the first that gives a role decides it', () => {
    expect(decide([admin, lead])).toEqual({ role: 'admin', decidesRole: true, place: 'rules/0' });
    expect(decide([lead, admin])).toEqual({ role: 'lead', decidesRole: true, place: 'rules/0' });
    expect(decide([{ ...admin, if: { group: 'nobody' } }])).toEqual({ decidesRole: true, place: undefined });
  });

  test('groupRoles are rules that come last', () => {
    const groupRoles = [{ group: 'admins', role: 'from groupRoles' }];
    expect(decide([], {}, groupRoles)).toEqual({ role: 'from groupRoles', decidesRole: true, place: 'groupRoles/0' });
    expect(decide([lead], {}, groupRoles)).toMatchObject({ role: 'lead', place: 'rules/0' });
    expect(decide([], {}, groupRoles)).toMatchObject({ role: 'from groupRoles' });
    expect(decide([{ if: { group: 'admins' }, role: 'from groupRoles' }])).toMatchObject({ role: 'from groupRoles' });
  });

  test('one that denies counts wherever it stands', () => {
    expect(decide([admin, stay, staff])).toMatchObject({ role: 'admin' });
    for (const rules of [
      [admin, stay],
      [stay, admin],
      [staff, stay],
    ])
      expect(decide(rules, contractor)).toMatchObject({
        refusal: 'access_denied_by_rule',
        place: `rules/${rules.indexOf(stay)}`,
      });
  });

  test('one that requires refuses whoever lacks it', () => {
    expect(decide([staff])).toEqual({ decidesRole: false, place: undefined });
    expect(decide([admin, staff], { attributes: {} })).toMatchObject({
      refusal: 'requirement_not_met',
      place: 'rules/1',
    });
  });

  test('unless passes a rule over, of each kind', () => {
    const unless = { group: 'admins' };
    expect(decide([{ ...stay, unless }], contractor)).not.toHaveProperty('refusal');
    expect(decide([{ ...staff, unless }], { attributes: {} })).not.toHaveProperty('refusal');
    expect(decide([{ ...lead, unless }])).not.toHaveProperty('role');
    expect(decide([{ ...stay, unless }], { ...contractor, groups: [] })).toHaveProperty('refusal');
  });

  test('groups that are left out refuse where rules read them, and only there', () => {
    const claims = { groups: undefined, groupsIncomplete: true };
    expect(decide([admin], claims)).toMatchObject({ refusal: 'groups_overage' });
    expect(decide([{ ...lead, unless: { claim: 'groups', matches: 'x*' } }], claims)).toMatchObject({
      refusal: 'groups_overage',
    });
    expect(decide([], claims, [{ group: 'x', role: 'y' }])).toMatchObject({ refusal: 'groups_overage' });
    expect(decide([lead, staff, stay], claims)).toMatchObject({ role: 'lead' });
  });

  test('what they read is known', () => {
    const rules: Rule[] = [
      { if: { any: [{ group: 'a' }, { claim: 'b', exists: true }] }, unless: { claim: 'c', equals: 1 }, deny: true },
    ];
    expect([...claimsReadBy({ rules, groupRoles: [] })].sort()).toEqual(['b', 'c', 'groups']);
    expect([...claimsReadBy({ rules: [], groupRoles: [{ group: 'a', role: 'b' }] })]).toEqual(['groups']);
    expect(claimsReadBy({ rules: [], groupRoles: [] }).size).toBe(0);
  });
});
