/** The file is applied at every start of every replica: what logins changed in between has to survive it. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { type DeclaredWorld, openDeclaredWorld } from '#tests/core/declared-world.ts';
import { read } from '#tests/journey.ts';

let declared: DeclaredWorld;
beforeEach(async () => {
  declared = await openDeclaredWorld();
});
afterEach(() => declared?.close());

const ADA = { email: 'Ada@acme.test', firstName: 'A.', language: 'fr' } as const;
const member = async () => {
  const { sql } = declared.world;
  const rows = await sql`select u.first_name, u.email as user_email, u.attributes, m.email, m.declared_email, m.role,
    m.deactivated_at from users u join memberships m on m.user_id = u.id`;
  expect(rows).toHaveLength(1);
  return rows[0];
};
const rename = (email: string) => {
  const [ada] = declared.people;
  if (ada) declared.people[0] = { ...ada, email, givenName: 'Augusta' };
};

describe('the same file again changes nothing and leaves no audit event', () => {
  test('at once, and at another replica', async () => {
    const file = declared.declaration({ users: [{ ...ADA, role: 'admin', attributes: { pria: { plan: 'team' } } }] });
    expect(await declared.apply(file)).toMatchObject({ created: 1, updated: 0 });
    const before = await declared.state();
    expect(await declared.apply(file)).toMatchObject({ created: 0, updated: 0 });
    await (await declared.world.replica()).apply(file);
    expect(await declared.state()).toEqual(before);
  });

  test('after the person has signed in, and was renamed by the provider', async () => {
    const file = declared.declaration({ users: [{ ...ADA, role: 'admin', emailVerified: true }] });
    await declared.apply(file);
    expect(await member()).toMatchObject({ first_name: 'A.', email: 'ada@acme.test', role: 'admin' });
    for (const email of ['ada@acme.test', 'countess@acme.test']) {
      rename(email);
      await read(await declared.login(email));
      const before = await declared.state();
      expect(await declared.apply(file)).toMatchObject({ created: 0, updated: 0 });
      expect(await declared.state()).toEqual(before);
      expect(await member()).toMatchObject({ first_name: 'Augusta', email, declared_email: 'ada@acme.test' });
    }
  });

  test('after a group rule gave the role', async () => {
    const rules = { groupRoles: [{ group: 'admins', role: 'owner' }] };
    const file = declared.declaration({ users: [{ ...ADA, role: 'guest' }] }, rules);
    await declared.apply(file);
    expect(await member()).toMatchObject({ role: 'guest' });
    await read(await declared.login('ada@acme.test'));
    expect(await member()).toMatchObject({ role: 'owner' });
    expect(await declared.apply(file)).toMatchObject({ created: 0, updated: 0 });
    expect(await member()).toMatchObject({ role: 'owner' });
  });

  test('with another word on the address: it counts at creation only', async () => {
    await declared.apply(declared.declaration({ users: [{ email: ADA.email, emailVerified: false }] }));
    await declared.apply(declared.declaration({ users: [{ email: ADA.email, emailVerified: true }] }));
    const [user] = await declared.world.sql`select email_verified from users`;
    expect(user).toEqual({ email_verified: false });
  });
});

describe('what the file names wins over logins', () => {
  test('a role, where no group rule decides', async () => {
    await read(await declared.login('ada@acme.test'));
    expect(await member()).toMatchObject({ role: 'user', declared_email: null });
    const file = declared.declaration({ users: [{ ...ADA, role: 'admin' }] });
    expect(await declared.apply(file)).toMatchObject({ created: 0, updated: 1 });
    expect(await member()).toMatchObject({ role: 'admin', declared_email: 'ada@acme.test', first_name: 'Ada' });
    await read(await declared.login('ada@acme.test'));
    expect(await member()).toMatchObject({ role: 'admin' });
    await declared.apply(declared.declaration({ users: [{ email: ADA.email }] }));
    expect(await member()).toMatchObject({ role: 'admin' });
  });

  test('deactivation, also under the address that the person had before', async () => {
    const users = (status: 'active' | 'deactivated') => declared.declaration({ users: [{ ...ADA, status }] });
    await declared.apply(users('active'));
    await read(await declared.login('ada@acme.test'));
    rename('countess@acme.test');
    const session = await read(await declared.login('countess@acme.test'));
    await declared.apply(users('deactivated'));
    const deactivated_at = (await member())?.['deactivated_at'];
    expect(deactivated_at).toBeInstanceOf(Date);
    expect((await declared.login('countess@acme.test')).status).toBe(403);
    const headers = { authorization: `Bearer ${session.data.accessToken.token}` };
    expect((await declared.world.fetch('/v1/users/profile', { headers })).status).toBe(401);
    declared.world.clock.moveBy(60);
    expect(await declared.apply(users('deactivated'))).toMatchObject({ updated: 0 });
    expect(await member()).toMatchObject({ deactivated_at });
    await declared.apply(users('active'));
    await read(await declared.login('countess@acme.test'));
  });

  test('attributes, which {} clears', async () => {
    const users = (attributes: object) => declared.declaration({ users: [{ ...ADA, attributes }] });
    await declared.apply(users({ pria: { plan: 'team' }, applivery: { newsletter: true } }));
    await read(await declared.login('ada@acme.test'));
    await declared.apply(declared.declaration({ users: [ADA] }));
    expect(await member()).toMatchObject({ attributes: { pria: { plan: 'team' }, applivery: { newsletter: true } } });
    await declared.apply(users({ pria: { plan: 'solo' } }));
    expect((await member())?.['attributes']).toEqual({ pria: { plan: 'solo' } });
    await declared.apply(users({}));
    expect((await member())?.['attributes']).toEqual({});
  });
});

test('a file that follows the rename names the same person, and the old address is free for somebody new', async () => {
  await declared.apply(declared.declaration({ users: [ADA] }));
  await read(await declared.login('ada@acme.test'));
  rename('countess@acme.test');
  await read(await declared.login('countess@acme.test'));
  const both = [{ email: 'countess@acme.test' }, { email: ADA.email }];
  expect(await declared.apply(declared.declaration({ users: both }))).toMatchObject({ created: 1, updated: 1 });
  expect(await declared.apply(declared.declaration({ users: both }))).toMatchObject({ created: 0, updated: 0 });
  const addresses = await declared.world.sql`select email, declared_email from memberships order by email`;
  expect([...addresses]).toEqual([
    { email: 'ada@acme.test', declared_email: 'ada@acme.test' },
    { email: 'countess@acme.test', declared_email: 'countess@acme.test' },
  ]);
});
