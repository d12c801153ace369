/** Userinfo: when it is asked, and that it speaks of the same person (OC-19, OpenID Connect Core §5.3). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Overrides, ScriptedAnswer } from '#dev/scripted-script.ts';
import type { SsoErrorCode } from '#error';
import { createWorld, expectRefusal, logIn, outcomeOf, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const FAULTS: readonly { name: string; answer: ScriptedAnswer; code: SsoErrorCode }[] = [
  { name: 'status 500', answer: { status: 500 }, code: 'idp_bad_response' },
  { name: 'status 401', answer: { status: 401 }, code: 'idp_bad_response' },
  { name: 'no answer', answer: { hang: true }, code: 'idp_timeout' },
  { name: 'a redirect', answer: { status: 307, headers: { location: 'https://evil.example/' } }, code: 'idp_redirect' },
  {
    name: 'a JWT',
    answer: { headers: { 'content-type': 'application/jwt' }, body: 'a.b.c' },
    code: 'idp_bad_response',
  },
  { name: 'a list', answer: { body: '[]' }, code: 'idp_bad_response' },
];

describe.each(FAULTS)('OC-19 userinfo answers with $name', ({ answer, code }) => {
  test('nothing is missing: it does not matter, for it is not asked', async () => {
    world.provider.script.answers.userinfo = answer;
    expect(await outcomeOf(logIn(world, await world.connection()))).toBe('succeeded');
    expect(world.provider.count('userinfo')).toBe(0);
  });

  test('the email is missing: the login fails', async () => {
    world.provider.script.idToken.claims = { email: undefined };
    world.provider.script.answers.userinfo = answer;
    await expectRefusal(world, await world.connection(), code);
  });
});

const NAMELESS = { name: undefined, given_name: undefined, family_name: undefined };

describe('only a name is missing', () => {
  test('it is asked for', async () => {
    world.provider.script.idToken.claims = NAMELESS;
    world.provider.script.userinfo = { given_name: 'Alicia' };
    expect((await logIn(world, await world.connection())).givenName).toBe('Alicia');
    expect(world.provider.count('userinfo')).toBe(1);
  });

  test('and no reason to fail', async () => {
    world.provider.script.idToken.claims = NAMELESS;
    world.provider.script.answers.userinfo = { status: 500 };
    expect(await outcomeOf(logIn(world, await world.connection()))).toBe('succeeded');
  });
});

test('groups that rules read are asked for, and their lack matters', async () => {
  const groupRoles = [{ group: 'admins', role: 'admin' }];
  world.provider.script.userinfo = { groups: ['admins'] };
  expect((await logIn(world, await world.connection({ groupRoles }))).groups).toEqual(['admins']);
  world.provider.script.answers.userinfo = { status: 500 };
  await expectRefusal(world, await world.connection({ groupRoles }), 'idp_bad_response');
});

describe('userinfo about somebody else', () => {
  test.each([{ sub: 'mallory' }, { sub: undefined }, { sub: ['alice'] }, { sub: 'ALICE' }])(
    'sub %p',
    async (userinfo: Overrides) => {
      world.provider.script.idToken.claims = { email: undefined };
      world.provider.script.userinfo = { ...userinfo, email: 'admin@example.com' };
      await expectRefusal(world, await world.connection(), 'userinfo_sub');
    },
  );
});

describe('what it is asked for', () => {
  test('the email that the ID token lacks; the verification comes with it', async () => {
    world.provider.script.idToken.claims = { email: undefined, name: undefined };
    world.provider.script.userinfo = { name: 'From userinfo' };
    const claims = await logIn(world, await world.connection());
    expect(claims).toMatchObject({
      email: 'alice@example.com',
      emailVerified: true,
      name: 'From userinfo',
      subject: 'alice',
    });
    const [request] = world.provider.requests.filter(({ endpoint }) => endpoint === 'userinfo');
    expect(request?.headers.authorization).toMatch(/^Bearer .+/);
  });

  test('a mapped claim that the ID token lacks, and no claim that is not mapped', async () => {
    world.provider.script.userinfo = { groups: ['staff'] };
    expect((await logIn(world, await world.connection())).groups).toBeUndefined();
    expect(world.provider.count('userinfo')).toBe(0);
    const mapped = await world.connection({ mapping: { groups: ['groups'] } });
    expect((await logIn(world, mapped)).groups).toEqual(['staff']);
    expect(world.provider.count('userinfo')).toBe(1);
  });

  test('the ID token goes first', async () => {
    world.provider.script.idToken.claims = { name: 'Signed' };
    world.provider.script.userinfo = { name: 'Unsigned', groups: [] };
    const claims = await logIn(world, await world.connection({ mapping: { groups: ['groups'] } }));
    expect(claims).toMatchObject({ name: 'Signed', groups: [] });
  });

  test('an email of the ID token is not verified by what userinfo says of another', async () => {
    world.provider.script.idToken.claims = { email: 'admin@example.com', email_verified: undefined };
    world.provider.script.userinfo = { email: 'mallory@example.net', email_verified: true, groups: [] };
    const claims = await logIn(world, await world.connection({ mapping: { groups: ['groups'] } }));
    expect(claims).toMatchObject({ email: 'admin@example.com', emailVerified: false });
  });

  test('nothing, where the provider has no such endpoint', async () => {
    world.provider.script.idToken.claims = { email: undefined };
    world.provider.script.discovery = { userinfo_endpoint: undefined };
    expect((await logIn(world, await world.connection())).email).toBeUndefined();
  });

  test('an access token that is no header value is not put into one', async () => {
    world.provider.script.idToken.claims = { email: undefined, at_hash: undefined };
    world.provider.script.tokenResponse = { access_token: 'a\r\nx-injected: b' };
    await expectRefusal(world, await world.connection(), 'idp_bad_response');
    expect(world.outbound.calls.some(({ headers }) => headers?.authorization?.includes('\n'))).toBe(false);
  });
});
