/** What a provider says about a person's address, names and groups: AL-10, AL-11, AL-22. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Overrides } from '#dev/scripted-script.ts';
import { applivery, type Started, visitProvider } from '#tests/hostile/clients.ts';
import { expectRefusal } from '#tests/hostile/refusal.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    connection: {
      groupRoles: [
        { group: 'admins', role: 'admin' },
        { group: 'engineering', role: 'editor' },
      ],
      defaultRole: 'viewer',
    },
  });
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

async function login(user: Overrides): Promise<{ started: Started; send: () => Promise<Response> }> {
  stage.provider.script.user = { email_verified: true, ...user };
  const started = await applivery.start(stage);
  const returned = await visitProvider(stage, started);
  return { started, send: () => stage.world.fetch(...applivery.callback(stage, started, returned)) };
}

// biome-ignore lint/suspicious/noExplicitAny: a row is read as the database holds it
async function userAfter(user: Overrides): Promise<any> {
  const { data } = await read(await (await login(user)).send());
  const [row] = await stage.world.sql`select u.*, m.role, m.groups from users u join memberships m on m.user_id = u.id
    where u.id = ${data.user.id} and m.organization_id = ${data.user.organizationId}`;
  return row;
}

let subjects = 0;
/** A subject that was never seen. */
const newSubject = () => `subject-${++subjects}`;

describe('AL-10 one address in another spelling is the same address', () => {
  test.each([
    'MARK@ACME.TEST',
    ' mark@acme.test ',
    'mark＠acme.test',
    'ｍａｒｋ@acme.test',
    'mark@ⓐcme.test',
    'mar\u212a@acme.test',
    'mark@ac\u00adme.test',
  ])('%p', async (email) => {
    const { id } = await userAfter({ sub: 'mark', email: 'mark@acme.test' });
    const again = await userAfter({ sub: 'mark', email });
    expect([again.id, again.email]).toEqual([id, 'mark@acme.test']);
    const emails = await stage.world.sql`select email from memberships where user_id = ${id}`;
    expect([...emails]).toEqual([{ email: 'mark@acme.test' }]);
  });
});

describe('AL-10 an address that only looks like another is another', () => {
  test.each([
    'mark+1@acme.test',
    'mark@аcme.test',
    'mark@acme.test.evil.test',
    'mark@evilacme.test',
    'mark@sub.acme.test',
  ])('%p', async (email) => {
    const mark = await userAfter({ sub: 'mark', email: 'mark@acme.test' });
    const other = await userAfter({ sub: newSubject(), email });
    expect(other.id).not.toBe(mark.id);
    expect(other.email_verified).toBe(email.endsWith('@acme.test'));
  });
});

describe('AL-10, AL-11 what is no address of ours is refused', () => {
  const wrong = [
    'mаrk@acme.test',
    'mark@acme.test\u0000',
    'mark@acme.test.',
    'mark@acme.test@evil.test',
    '"mark@acme.test"@evil.test',
    '"mark"@acme.test',
    'mark(admin)@acme.test',
    'mark@acme.test\r\nBcc: all@acme.test',
    'mark\u0301@acme.test',
    'straße@acme.test',
    'ırmak@acme.test',
    'İrmak@acme.test',
    'mark..m@acme.test',
    '.mark@acme.test',
    'mark@',
    '@acme.test',
    'mark@localhost',
    'mark@127.0.0.1',
    'mark@[127.0.0.1]',
    'mark@0x7f.1',
    'mark@acme.test/x',
    `${'m'.repeat(65)}@acme.test`,
    `mark@${'a'.repeat(62)}.${'b'.repeat(62)}.${'c'.repeat(62)}.${'d'.repeat(62)}.test`,
    `${'m'.repeat(400)}@acme.test`,
    'mark@-acme.test',
    'mark@ac me.test',
  ];
  test.each(wrong.map((email) => ({ email, name: JSON.stringify(email).slice(0, 60) })))('$name', async ({ email }) => {
    const { started, send } = await login({ sub: newSubject(), email });
    await expectRefusal(stage, applivery, started, send, { reason: 'email_invalid', consumed: true });
  });

  const none = [undefined, null, '', 5, ['mark@acme.test'], { address: 'mark@acme.test' }];
  test.each(none.map((email) => ({ email })))('$email is none', async ({ email }) => {
    const { started, send } = await login({ sub: newSubject(), email });
    await expectRefusal(stage, applivery, started, send, { reason: 'email_missing', consumed: true });
  });
});

describe('AL-22 names and pictures', () => {
  const before = {
    given_name: 'Nina',
    family_name: 'Novak',
    name: 'Nina Novak',
    picture: 'https://example.com/n.png',
    locale: 'sl',
  };
  const kept = {
    first_name: 'Nina',
    last_name: 'Novak',
    full_name: 'Nina Novak',
    picture: before.picture,
    language: 'sl',
  };

  test.each([
    { name: 'null', claims: { given_name: null, family_name: null, name: null, picture: null, locale: null } },
    { name: 'numbers', claims: { given_name: 1, family_name: 2, name: 3, picture: 4, locale: 5 } },
    { name: 'objects', claims: { given_name: {}, family_name: [], name: {}, picture: {}, locale: {} } },
    {
      name: 'much too long',
      claims: { given_name: 'x'.repeat(5_000), picture: `https://example.com/${'x'.repeat(5_000)}` },
    },
    { name: 'a script for a picture', claims: { picture: 'javascript:alert(1)', locale: '<b>' } },
    { name: 'data for a picture', claims: { picture: 'data:text/html,<script>alert(1)</script>' } },
    { name: 'a picture with a password', claims: { picture: 'https://user:secret@example.com/n.png' } },
  ])('that are $name leave what was known', async ({ claims }) => {
    const user = { sub: 'nina', email: 'nina@acme.test', ...before };
    expect(await userAfter(user)).toMatchObject(kept);
    expect(await userAfter({ ...user, ...claims })).toMatchObject(kept);
  });

  test('lose what turns text around, and nothing else', async () => {
    const claims = { given_name: 'Ni\u202ena', family_name: '<b>Novak</b>', name: '  Nina\u2066 Novak ' };
    expect(await userAfter({ sub: 'nina', email: 'nina@acme.test', ...claims })).toMatchObject({
      first_name: 'Nina',
      last_name: '<b>Novak</b>',
      full_name: 'Nina Novak',
    });
  });
});

describe('AL-22 groups', () => {
  const user = { sub: 'olga', email: 'olga@acme.test' };
  test.each([
    { groups: ['engineering', 'admins'], role: 'admin' },
    { groups: ['engineering'], role: 'editor' },
    { groups: 'admins', role: 'admin' },
    { groups: [], role: 'viewer' },
    { groups: ['Admins', 'admins '], role: 'viewer' },
    { groups: ['admins'], role: 'admin' },
    { groups: undefined, role: 'viewer' },
    { groups: ['admins'], role: 'admin' },
    { groups: null, role: 'viewer' },
    { groups: { admins: true }, role: 'viewer' },
    { groups: [['admins'], { name: 'admins' }, 5, null], role: 'viewer' },
  ])('$groups make the role $role at once', async ({ groups, role }) => {
    const after = await userAfter({ ...user, groups });
    expect(after.role).toBe(role);
    const names = Array.isArray(groups)
      ? groups.filter((name) => typeof name === 'string')
      : typeof groups === 'string'
        ? [groups]
        : [];
    expect(after.groups).toEqual(names.map((name) => ({ source: 'oidc', name })));
  });

  test('of another source stay', async () => {
    const { id } = await userAfter(user);
    const other = [{ source: 'saml', name: 'board' }];
    await stage.world.sql`update memberships set groups = ${stage.world.sql.json(other)} where user_id = ${id}`;
    expect((await userAfter({ ...user, groups: ['x'] })).groups).toEqual([...other, { source: 'oidc', name: 'x' }]);
    expect((await userAfter(user)).groups).toEqual(other);
  });
});
