/** Who a login becomes: linking, provisioning, and the people who may not come in any more (AL-01 to AL-08, AL-19 to AL-22). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Overrides } from '#dev/scripted-script.ts';
import type { SsoErrorCode } from '#error';
import { applivery, CLIENTS, type Client, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { expectRefusal, type Refused } from '#tests/hostile/refusal.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    organization: {
      users: [
        { email: 'bob@acme.test' },
        { email: 'pre@acme.test', emailVerified: false },
        { email: 'dave@elsewhere.test' },
        { email: 'off@acme.test', status: 'deactivated' },
        { email: 'known-to-the-operator@acme.test', role: 'editor' },
      ],
    },
  });
  const users = [
    { email: 'carol@globex.test' },
    { email: 'gus@acme.test' },
    { email: 'una@acme.test', emailVerified: false },
    { email: 'vic@acme.test' },
  ];
  await stage.world.apply({ organizations: [{ slug: 'globex', name: 'Globex', users }] });
});
beforeEach(async () => {
  stage.honest();
  await stage.world.sql`update connections set status = 'active'`;
  await stage.world.sql`update organizations set status = 'active'`;
  await stage.world.sql`update users set deactivated_at = null`;
  await stage.world.sql`update memberships set deactivated_at = null where email <> 'off@acme.test'`;
});
afterAll(() => stage?.close());

const person = (sub: string, email: string, more: Overrides = {}): Overrides => ({
  sub,
  email,
  email_verified: true,
  ...more,
});

async function login(client: Client, user: Overrides) {
  stage.provider.script.user = user;
  const started = await client.start(stage, client.dialect === 'indee' ? String(user['email']) : undefined);
  const returned = await visitProvider(stage, started);
  return { started, send: () => stage.world.fetch(...client.callback(stage, started, returned)) };
}

async function expectNoEntry(client: Client, user: Overrides, reason: SsoErrorCode, more: Partial<Refused> = {}) {
  const { started, send } = await login(client, user);
  await expectRefusal(stage, client, started, send, { reason, consumed: true, ...more });
}

/** Id, role and email of whoever this login became. */
async function enter(user: Overrides): Promise<{ id: string; role: string; email: string; provisioning: string }> {
  const { send } = await login(applivery, user);
  const { data } = await read(await send());
  const [row] = await stage.world.sql`select m.role, a.details->>'provisioning' as provisioning from memberships m
    join audit_events a on a.actor_id = m.user_id and a.action = 'login.success'
    where m.user_id = ${data.user.id} and m.organization_id = ${data.user.organizationId} order by a.created_at desc limit 1`;
  return { id: data.user.id, email: data.user.email, role: row?.['role'], provisioning: row?.['provisioning'] };
}

async function userIdOf(email: string): Promise<string> {
  const [row] = await stage.world.sql`select id from users where email = ${email} order by created_at limit 1`;
  return row?.['id'];
}

describe.each([...CLIENTS])('$dialect does not link', (client) => {
  test.each<[unknown, SsoErrorCode]>([
    [false, 'email_unverified'],
    [undefined, 'email_verified_missing'],
    ['true', 'email_verified_malformed'],
    [1, 'email_verified_malformed'],
    [null, 'email_verified_malformed'],
  ])('AL-01 when email_verified is %p', async (email_verified, reason) => {
    await expectNoEntry(client, person('bob-1', 'bob@acme.test', { email_verified }), reason, {
      member: 'bob@acme.test',
    });
  });

  test('AL-02 by an email of a domain that the organization does not own', async () => {
    // where the email chooses the connection, it has to be one that lists the domain
    const restore = () => stage.reconnect({ allowedDomains: [] });
    await stage.reconnect({ allowedDomains: ['acme.test', 'elsewhere.test'] });
    await expectNoEntry(client, person('dave-1', 'dave@elsewhere.test'), 'domain_not_verified', {
      member: 'dave@elsewhere.test',
      restore,
    });
  });

  test('AL-04 to a user whose own address nobody has verified', async () => {
    await expectNoEntry(client, person('pre-1', 'pre@acme.test'), 'member_email_unverified', {
      member: 'pre@acme.test',
    });
  });

  test('AL-20 to a member who was deactivated', async () => {
    await expectNoEntry(client, person('off-1', 'off@acme.test'), 'membership_disabled', {
      member: 'off@acme.test',
    });
  });
});

test("AL-02, TI-07 another organization's person is never who logs in here", async () => {
  const entered = await enter(person('carol-1', 'carol@globex.test'));
  expect(entered.provisioning).toBe('created');
  expect(entered.id).not.toBe(await userIdOf('carol@globex.test'));
});

test('AL-03 a verified email of a verified domain is linked, and the person’s sessions stay', async () => {
  const entered = await enter(person('bob-sso', 'bob@acme.test'));
  expect(entered).toMatchObject({ id: await userIdOf('bob@acme.test'), provisioning: 'linked' });
  const tokens = await signIn(stage, applivery);
  expect(await enter(person('bob-sso', 'bob@acme.test'))).toMatchObject({ id: entered.id, provisioning: 'known' });
  expect(await applivery.use(stage.world.fetch, stage, tokens)).toBe(200);
});

test('AL-03 a person of two organizations is linked only by the one that owns the domain', async () => {
  expect(await enter(person('gus-1', 'gus@acme.test'))).toMatchObject({
    id: await userIdOf('gus@acme.test'),
    provisioning: 'linked',
  });
});

test('AL-04 nor is somebody of another organization who only says to have the address', async () => {
  const entered = await enter(person('una-1', 'una@acme.test'));
  expect(entered.provisioning).toBe('created');
  expect(entered.id).not.toBe(await userIdOf('una@acme.test'));
});

describe('AL-07 the same subject comes with another address', () => {
  test('a free and verified one is taken over', async () => {
    const before = await enter(person('mover', 'before@acme.test'));
    expect(await enter(person('mover', 'after@acme.test'))).toMatchObject({ id: before.id, email: 'after@acme.test' });
  });

  test.each([
    { name: "a colleague's", user: person('stayer', 'colleague@acme.test') },
    { name: 'one that nobody vouches for', user: person('stayer', 'new@acme.test', { email_verified: false }) },
    { name: 'one of another domain', user: person('stayer', 'stayer@elsewhere.test') },
  ])('$name is not', async ({ user }) => {
    const colleague = await enter(person('colleague', 'colleague@acme.test'));
    const before = await enter(person('stayer', 'stayer@acme.test'));
    expect(await enter(user)).toMatchObject({ id: before.id, email: 'stayer@acme.test', provisioning: 'known' });
    expect(await enter(person('colleague', 'colleague@acme.test'))).toMatchObject({ id: colleague.id });
  });
});

describe.each([...CLIENTS])('AL-08 $dialect', (client) => {
  test('an address given to a new employee does not lead into the leaver’s account', async () => {
    const email = `reused-${client.dialect}@acme.test`;
    await enter(person(`leaver-${client.dialect}`, email));
    await expectNoEntry(client, person(`newcomer-${client.dialect}`, email), 'account_exists_link_required', {
      member: email,
    });
  });
});

test('subjects are case-sensitive', async () => {
  const lower = await enter(person('case', 'lower@acme.test'));
  expect((await enter(person('CASE', 'upper@acme.test'))).id).not.toBe(lower.id);
});

describe.each([...CLIENTS])('AL-19 $dialect', (client) => {
  test('without just-in-time provisioning nobody new comes in, and a member does', async () => {
    const restore = () => stage.reconnect({ jit: true });
    await stage.reconnect({ jit: false });
    await expectNoEntry(client, person('new', 'new@acme.test'), 'provisioning_disabled', { restore });
    await stage.reconnect({ jit: false });
    // nor does a trace of this organization tell who has an account with another
    await expectNoEntry(client, person('vic', 'vic@acme.test'), 'provisioning_disabled', { restore });
    await stage.reconnect({ jit: false });
    expect(await enter(person('kto', 'known-to-the-operator@acme.test'))).toMatchObject({ role: 'editor' });
    await restore();
  });

  test('a domain that the connection does not list', async () => {
    const restore = () => stage.reconnect({ allowedDomains: [] });
    await stage.reconnect({ allowedDomains: ['acme.test'] });
    const { started, send } = await login(client, person('new', 'ada@acme.test'));
    stage.provider.script.idToken.claims = { email: 'new@sub.acme.test' };
    const reason = client.dialect === 'indee' ? 'email_mismatch' : 'domain_not_allowed';
    await expectRefusal(stage, client, started, send, { reason, consumed: true, restore });
  });
});

describe('AL-20 a person who was deactivated after the first login', () => {
  const cases: readonly { name: string; sql: string; undo: string; reason: SsoErrorCode }[] = [
    {
      name: 'the user',
      sql: `update users set deactivated_at = now() where email = 'leaver@acme.test'`,
      undo: 'update users set deactivated_at = null',
      reason: 'user_disabled',
    },
    {
      name: 'the membership',
      sql: `update memberships set deactivated_at = now() where email = 'leaver@acme.test'`,
      undo: `update memberships set deactivated_at = null where email = 'leaver@acme.test'`,
      reason: 'membership_disabled',
    },
  ];
  const pairs = CLIENTS.flatMap((client) => cases.map((each) => ({ ...each, client })));
  test.each(pairs)('$client.dialect: $name', async ({ client, sql, undo, reason }) => {
    await enter(person('leaver', 'leaver@acme.test'));
    await stage.world.sql.unsafe(sql);
    const restore = async () => void (await stage.world.sql.unsafe(undo));
    await expectNoEntry(client, person('leaver', 'leaver@acme.test'), reason, {
      member: 'leaver@acme.test',
      restore,
    });
  });
});

test('AL-07 a person of two organizations whose new address another member of one of them has can still sign in', async () => {
  const { sql } = stage.world;
  const mover = await enter(person('two-homes', 'old@acme.test'));
  // as after a link: the same person is a member of globex, where somebody else has the address that comes next
  const [connection] = await sql`select id, organization_id as org from connections where slug = 'rival'`;
  const row = { org: connection?.['org'], rival: connection?.['id'] };
  await sql`insert into memberships (id, organization_id, user_id, email, role) values ('m1', ${row.org}, ${mover.id}, 'old@acme.test', 'user')`;
  await sql`insert into users (id, email) values ('u2', 'next@acme.test')`;
  await sql`insert into memberships (id, organization_id, user_id, email, role) values ('m2', ${row.org}, 'u2', 'next@acme.test', 'user')`;
  await sql`insert into identities (id, connection_id, subject, user_id, last_login_at) values ('i1', ${row.rival}, 'two-homes', ${mover.id}, now())`;
  expect(await enter(person('two-homes', 'next@acme.test'))).toMatchObject({ id: mover.id, email: 'next@acme.test' });

  const { data } = await read(await stage.world.fetch('/v1/auth/sso/globex/rival'));
  const { code, state } = await visitProvider(stage, { url: new URL(data.redirectUrl) });
  const { data: session } = await read(
    await stage.world.fetch('/v1/auth/sso/globex/rival/callback', json({ code, state })),
  );
  expect(session.user.id).toBe(mover.id);
});
