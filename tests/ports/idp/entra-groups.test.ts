/** Entra ID's group overage: noticed in the token, and the groups had from Microsoft Graph where the connection wants that. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { Checks } from '#core/checks.ts';
import type { Connection } from '#ports/db/schema.ts';
import { createWorld, logIn, outcomeOf, startLogin, type World } from './world.ts';

const TENANT = '3f2a1b4c-0d1e-4f5a-8b6c-7d8e9f0a1b2c';
const ENTRA = 'https://login.microsoftonline.com';
const GRAPH = 'https://graph.microsoft.com';
const OVERAGE = {
  iss: `${ENTRA}/${TENANT}/v2.0`,
  tid: TENANT,
  _claim_names: { groups: 'src1' },
  // never called: it is no address of ours
  _claim_sources: { src1: { endpoint: 'https://graph.windows.net/tenant/users/id/getMemberObjects' } },
};

let world: World;
beforeAll(async () => {
  world = await createWorld({ hosts: [ENTRA, GRAPH] });
});
beforeEach(() => {
  world.reset();
  world.provider.script.authorizationResponse = { iss: undefined };
  world.provider.script.idToken.claims = OVERAGE;
});
afterAll(() => world.close());

const connect = (changed: Partial<Connection> = {}) =>
  world.connection({ type: 'microsoft', issuer: `${ENTRA}/${TENANT}/v2.0`, fetchGroups: true, ...changed });
const idOf = (index: number) => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
const group = (index: number) => ({ '@odata.type': '#microsoft.graph.group', id: idOf(index) });
const listed = (count: number, pageSize: number) => {
  world.provider.script.memberOf = { entries: Array.from({ length: count }, (_, index) => group(index)), pageSize };
};
const graphCalls = () =>
  world.outbound.calls.map(({ url }) => String(url)).filter((url) => url.includes('transitiveMemberOf'));

describe('the token’s sign', () => {
  test.each([
    { name: 'a distributed claim', claims: OVERAGE, incomplete: true },
    { name: 'hasgroups', claims: { ...OVERAGE, _claim_names: undefined, hasgroups: true }, incomplete: true },
    { name: 'another distributed claim', claims: { ...OVERAGE, _claim_names: { image: 'src1' } }, incomplete: false },
    {
      name: 'hasgroups as a text',
      claims: { ...OVERAGE, _claim_names: undefined, hasgroups: 'true' },
      incomplete: false,
    },
    {
      name: 'groups that are there',
      claims: { ...OVERAGE, _claim_names: undefined, groups: ['a'] },
      incomplete: false,
    },
    { name: 'an empty list beside it', claims: { ...OVERAGE, groups: [] }, incomplete: true },
  ])('$name', async ({ claims, incomplete }) => {
    world.provider.script.idToken.claims = claims;
    const result = await logIn(world, await connect({ fetchGroups: false }));
    expect(result.groupsIncomplete).toBe(incomplete);
    expect(graphCalls()).toEqual([]);
  });

  test('counts for nothing where groups come from elsewhere', async () => {
    world.provider.script.idToken.claims = { ...OVERAGE, roles: ['app-admin'] };
    const result = await logIn(world, await connect({ mapping: { groups: ['roles'] } }));
    expect([result.groups, result.groupsIncomplete]).toEqual([['app-admin'], false]);
    expect(graphCalls()).toEqual([]);
  });
});

describe('from Microsoft Graph', () => {
  test('all groups, page by page, and nothing but groups', async () => {
    listed(5, 2);
    const { entries } = world.provider.script.memberOf;
    const role = { '@odata.type': '#microsoft.graph.directoryRole', id: idOf(99) };
    world.provider.script.memberOf = { entries: [role, ...entries], pageSize: 2 };
    const checks = new Checks();
    const result = await logIn(world, await connect(), { checks });
    expect(result.groups).toEqual([0, 1, 2, 3, 4].map(idOf));
    expect(result.groupsIncomplete).toBe(false);
    expect(graphCalls()).toEqual([
      `${GRAPH}/v1.0/me/transitiveMemberOf?$select=id&$top=999`,
      `${GRAPH}/v1.0/me/transitiveMemberOf?$select=id&$skiptoken=2`,
      `${GRAPH}/v1.0/me/transitiveMemberOf?$select=id&$skiptoken=4`,
    ]);
    expect(checks.entries.find(({ name }) => name === 'groups.fetched')?.outcome).toBe('passed');
    // whoever maps the kept documents later has them too
    const { source } = result;
    expect(source && world.identityProvider.mapClaims(await connect(), source).groups).toEqual(result.groups);
  });

  test('wants the scope for it, and only then', async () => {
    for (const fetchGroups of [true, false]) {
      const { url } = await startLogin(world, await connect({ fetchGroups }));
      expect(url.searchParams.get('scope')?.split(' ').includes('User.Read')).toBe(fetchGroups);
    }
  });

  test('is not asked when the token has them', async () => {
    world.provider.script.idToken.claims = { ...OVERAGE, _claim_names: undefined, groups: [idOf(1)] };
    expect((await logIn(world, await connect())).groups).toEqual([idOf(1)]);
    expect(graphCalls()).toEqual([]);
  });

  test('a list without an end', async () => {
    listed(11, 2);
    expect(await outcomeOf(logIn(world, await connect()))).toBe('groups_overage');
    expect(graphCalls()).toHaveLength(5);
    listed(10, 2);
    expect(await outcomeOf(logIn(world, await connect()))).toBe('succeeded');
  });

  test.each([
    'https://elsewhere.example/v1.0/me/transitiveMemberOf?$skiptoken=2',
    `${GRAPH}/v1.0/me/messages?$skiptoken=2`,
    `${GRAPH}.evil.test/v1.0/me/transitiveMemberOf`,
    'http://graph.microsoft.com/v1.0/me/transitiveMemberOf',
    'not an address',
  ])('a next page at %s is not fetched', async (nextLink) => {
    listed(4, 2);
    world.provider.script.memberOf.nextLink = nextLink;
    expect(await outcomeOf(logIn(world, await connect()))).toBe('idp_bad_response');
    expect(graphCalls()).toHaveLength(1);
  });

  test.each([
    { answer: { status: 403 }, code: 'groups_overage' },
    { answer: { status: 401 }, code: 'groups_overage' },
    { answer: { status: 500 }, code: 'idp_bad_response' },
    { answer: { status: 302 }, code: 'idp_redirect' },
    { answer: { body: '{"value":{}}' }, code: 'idp_bad_response' },
    { answer: { body: '{"value":[{"@odata.type":"#microsoft.graph.group"}]}' }, code: 'idp_bad_response' },
    { answer: { body: '[]' }, code: 'idp_bad_response' },
    { answer: { hang: true }, code: 'idp_timeout' },
  ] as const)('$answer is refused as $code', async ({ answer, code }) => {
    listed(1, 2);
    world.provider.script.answers.groups = answer;
    const checks = new Checks();
    expect(await outcomeOf(logIn(world, await connect(), { checks }))).toBe(code);
    expect(checks.entries.at(-1)).toMatchObject({ name: 'groups.fetched', outcome: 'failed' });
    if (code === 'groups_overage') expect(checks.entries.at(-1)?.actual).toContain('User.Read');
    delete world.provider.script.answers.groups;
    expect(await outcomeOf(logIn(world, await connect()))).toBe('succeeded');
  });
});
