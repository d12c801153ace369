/** From claims to ours: sources in order, own members only, nothing that is not of the right kind (IT-25, IT-28). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Overrides } from '#dev/scripted-script.ts';
import type { Mapping } from '#ports/db/schema.ts';
import { mapClaims } from '#ports/idp/claim-mapping.ts';
import { createWorld, logIn, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Rows of a table: Bun would spread a list over the parameters. */
const each = (values: readonly unknown[]) => values.map((value) => ({ value }));

const map = (document: Overrides, mapping: Mapping = {}) => mapClaims({ documents: [document], defaults: {}, mapping });

describe('IT-28 email_verified', () => {
  test.each(each(['true', 1, undefined, null, [true], {}, false]))('$value does not count', async ({ value }) => {
    world.provider.script.idToken.claims = { email_verified: value };
    const connection = await world.connection();
    expect((await logIn(world, connection)).emailVerified).toBe(false);
    world.provider.reset();
    expect((await logIn(world, connection)).emailVerified).toBe(true);
  });

  test('does not speak of an address that was mapped from elsewhere', () => {
    const document = { upn: 'admin@example.com', email: 'mallory@example.net', email_verified: true };
    expect(map(document, { email: ['upn'] })).toMatchObject({ email: 'admin@example.com', emailVerified: false });
    expect(map(document, { email: ['missing', 'email'] })).toMatchObject({
      email: 'mallory@example.net',
      emailVerified: true,
    });
  });

  test('may be mapped, and then the operator has said what it speaks of', () => {
    const document = { upn: 'admin@example.com', domain_owner_verified: true };
    const mapping = { email: ['upn'], emailVerified: ['domain_owner_verified'] };
    expect(map(document, mapping)).toMatchObject({ email: 'admin@example.com', emailVerified: true });
    expect(map({ ...document, domain_owner_verified: 'true' }, mapping).emailVerified).toBe(false);
  });
});

describe('sources', () => {
  test('are tried in order until one is usable', () => {
    expect(map({ a: '', b: 7, c: 'C', d: 'D' }, { name: ['a', 'b', 'c', 'd'] }).name).toBe('C');
  });

  test('may be paths, and whole names with dots go first', () => {
    const document = {
      'https://acme.example/roles': ['flat'],
      realm_access: { roles: ['deep'] },
      'realm_access.roles': ['dotted'],
    };
    expect(map(document, { groups: ['https://acme.example/roles'] }).groups).toEqual(['flat']);
    expect(map(document, { groups: ['realm_access.roles'] }).groups).toEqual(['dotted']);
    expect(map({ realm_access: document.realm_access }, { groups: ['realm_access.roles'] }).groups).toEqual(['deep']);
  });

  test('reach nothing inherited', () => {
    const document = JSON.parse('{"__proto__":{"name":"inherited"},"nested":{}}') as Overrides;
    expect(map(document).name).toBeUndefined();
    for (const source of ['constructor.name', 'nested.constructor.name', 'toString', 'nested.__proto__.x']) {
      expect(map(document, { name: [source] }).name).toBeUndefined();
    }
  });

  test('never replace the subject', async () => {
    const mapping = { subject: ['email'], sub: ['email'], issuer: ['email'] } as Mapping;
    const claims = await logIn(world, await world.connection({ mapping }));
    expect(claims).toMatchObject({ subject: 'alice', issuer: world.provider.origin });
  });
});

describe('values', () => {
  test.each(each(['', 'x'.repeat(257), 'a\0b', 'a\nb', '\uD800', 5, null, {}, ['x']]))(
    '$value is no name',
    ({ value }) => {
      expect(map({ name: value }).name).toBeUndefined();
    },
  );

  test.each(['javascript:alert(1)', 'data:image/png,x', '/me.png', `https://a.example/${'x'.repeat(2048)}`, 1])(
    '%p is no picture',
    (value) => {
      expect(map({ picture: value }).picture).toBeUndefined();
    },
  );

  test('groups are names, each once, ten thousand at most; one name is a list; none at all is not an empty list', () => {
    expect(map({ groups: ['a', 1, null, { name: 'x' }, 'b', 'a', ''] }).groups).toEqual(['a', 'b']);
    expect(map({ groups: 'a' }).groups).toEqual(['a']);
    expect(map({ groups: [] }).groups).toEqual([]);
    expect(map({}).groups).toBeUndefined();
    expect(map({ groups: { a: true } }).groups).toBeUndefined();
    expect(map({ groups: Array.from({ length: 20_000 }, (_, index) => `group ${index}`) }).groups).toHaveLength(10_000);
  });

  test('auth_time and sid are taken from the ID token where they make sense', () => {
    expect(map({ auth_time: 1_700_000_000, sid: 's' })).toMatchObject({
      authenticatedAt: new Date(1_700_000_000_000),
      providerSessionId: 's',
    });
    expect(map({ auth_time: 1e300, sid: 1 })).toMatchObject({
      authenticatedAt: undefined,
      providerSessionId: undefined,
    });
  });
});
