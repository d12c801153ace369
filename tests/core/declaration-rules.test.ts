/** Rules in the declarative file: what belongs together, told by pointer; and what the people of the file get. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { parseDeclaration } from '#routes/admin/declaration.ts';
import { type DeclaredConnection, type DeclaredWorld, openDeclaredWorld } from '#tests/core/declared-world.ts';
import { read } from '#tests/journey.ts';

let declared: DeclaredWorld;
beforeAll(async () => {
  declared = await openDeclaredWorld();
});
afterAll(() => declared?.close());

type Rules = NonNullable<DeclaredConnection['rules']>;
const AT = '/organizations/0/connections/0/rules';
const withRules = (rules: unknown) => declared.declaration({}, { rules: rules as Rules });
const group = { group: 'admins' };

test.each([
  ['no effect', [{ if: group }], '/0: names one of role, deny, require'],
  ['two effects', [{ if: group, role: 'x', deny: true }], '/0: names one of role, deny, require'],
  ['an empty condition', [{ if: {}, deny: true }], '/0/if: names either a group or a claim'],
  [
    'group and claim',
    [{ if: { ...group, claim: 'x', equals: 1 }, deny: true }],
    '/0/if: names either a group or a claim',
  ],
  ['a group compared', [{ if: { ...group, equals: 'x' }, deny: true }], '/0/if/equals: belongs to a claim'],
  ['a claim by itself', [{ if: { claim: 'x' }, deny: true }], '/0/if: names one of equals, '],
  ['two comparisons', [{ if: { claim: 'x', equals: 1, exists: true }, deny: true }], '/0/if: names one of equals, '],
  ['all and any', [{ if: { all: [group], any: [group] }, deny: true }], '/0/if: names either all, or any, or one test'],
  ['all and a test', [{ if: { all: [group], ...group }, deny: true }], '/0/if: names either all, or any, or one test'],
  [
    'deep inside',
    [
      { if: group, deny: true },
      { if: group, unless: { any: [group, {}] }, role: 'x' },
    ],
    '/1/unless/any/1: names either',
  ],
])('%s is refused', async (_name, rules, problem) => {
  const before = await declared.state();
  await expect(declared.apply(withRules(rules))).rejects.toThrow(`${AT}${problem}`);
  expect(await declared.state()).toEqual(before);
});

test.each([
  ['an unknown comparison', [{ if: { claim: 'x', regex: '(a+)+' }, deny: true }], '/0/if/regex'],
  ['deny: false', [{ if: group, deny: false }], '/0/deny'],
  ['no condition', [{ deny: true }], '/0/if'],
  ['a nested list', [{ if: { all: [{ any: [group] }] }, deny: true }], '/0/if/all/0/any'],
  ['a zero', [{ if: { group: 'a\u0000' }, deny: true }], '/0/if/group'],
])('%s does not match the schema', (_name, rules, pointer) => {
  expect(() => parseDeclaration(JSON.stringify(withRules(rules)))).toThrow(`${AT}${pointer}: `);
});

test('of all rules together, 500 tests are taken and no more', async () => {
  const rule = { if: { any: Array(50).fill(group) }, unless: { all: Array(49).fill(group) }, deny: true };
  const full = [...Array(5).fill(rule), { if: { any: Array(5).fill(group) }, deny: true }];
  const before = await declared.state();
  const more = declared.apply(withRules([...full, { if: group, deny: true }]));
  await expect(more).rejects.toThrow(`${AT}: ask more than 500 tests in all`);
  expect(await declared.state()).toEqual(before);
  await declared.apply(withRules(full));
  await declared.apply(withRules([]));
});

test('rules are kept, change the version, and decide roles of people whom the file names', async () => {
  const rules: Rules = [
    {
      name: 'admins',
      if: { any: [group, { claim: 'groups', matches: 'adm-*' }] },
      unless: { claim: 'x', equals: [1, true, 'y'] },
      role: 'owner',
    },
  ];
  const users = [{ email: 'ada@acme.test', role: 'guest' }];
  await declared.apply(declared.declaration({ users }, { rules }));
  const [connection] = await declared.world.sql`select rules, version from connections`;
  expect(connection?.['rules']).toEqual(rules);
  expect(await declared.apply(declared.declaration({ users }, { rules }))).toMatchObject({ updated: 0, created: 0 });
  const { data } = await read(await declared.login('ada@acme.test'));
  const roleOf = async () =>
    (await declared.world.sql`select role from memberships where user_id = ${data.user.id}`)[0]?.['role'];
  expect(await roleOf()).toBe('owner');
  // the file's word holds at creation only, for each login decides
  await declared.apply(declared.declaration({ users }, { rules }));
  expect(await roleOf()).toBe('owner');
});

test('groups are fetched at Microsoft alone', async () => {
  await expect(declared.apply(declared.declaration({}, { fetchGroups: true }))).rejects.toThrow(
    '/organizations/0/connections/0/fetchGroups: is not for type oidc, where it would do nothing; it is for microsoft',
  );
  const entra = { slug: 'entra', type: 'microsoft', fetchGroups: true } as const;
  expect(await declared.apply(declared.declaration({}, entra))).toMatchObject({ created: 1 });
});
