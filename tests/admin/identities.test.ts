/** Identities over the admin API: whom connections know somebody as, and the way out where a provider names a person anew. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import type { Overrides } from '#dev/scripted-script.ts';
import { cursorOf } from '#routes/admin/page.ts';
import { ADMIN_API_KEY, type Call, type Callers, callersOf, patch } from '#tests/admin/callers.ts';
import { applivery, CLIENTS, type Client, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { ADA, openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
let callers: Callers;
const ids: Record<string, string> = {};
/** Reaches `acme` alone, and `globex` alone. */
let acme: Call;
let globex: Call;

beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
  callers = callersOf(stage.world);
  for (const row of await stage.world.sql`select id, slug from organizations`) ids[row['slug']] = row['id'];
  acme = await callers.with({ organizations: [ids['acme'] ?? ''] });
  globex = await callers.with({ organizations: [ids['globex'] ?? ''] });
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

let named = 0;
const someone = (more: Overrides = {}) => {
  const name = `person-${++named}`;
  return { ...ADA, sub: name, email: `${name}@acme.test`, ...more };
};
const comes = (user: Overrides) => {
  stage.provider.script.user = user;
};
const enter = (user: Overrides, client: Client = applivery) => {
  comes(user);
  return signIn(stage, client, String(user['email']));
};
/** A login up to its callback. */
async function arrive(user: Overrides, client: Client = applivery): Promise<() => Promise<Response>> {
  comes(user);
  const started = await client.start(stage, String(user['email']));
  const returned = await visitProvider(stage, started);
  return () => stage.world.fetch(...client.callback(stage, started, returned));
}
const userOf = async ({ email }: Overrides) =>
  (await read(await callers.operator(`/organizations/${ids['acme']}/users?email=${email}`))).items[0];
const identitiesOf = async (id: string, call: Call = callers.operator, query = '') =>
  (await read(await call(`/users/${id}/identities${query}`))).items;
const lastTrace = async () => {
  const { items } = await read(await callers.operator('/logins?limit=1'));
  return read(await callers.operator(`/logins/${items[0].id}`));
};
const remove = (id: string, headers: Record<string, string> = {}, call: Call = callers.operator) =>
  call(`/identities/${id}`, { method: 'DELETE', headers });

test('whom a connection knows somebody as', async () => {
  const user = someone();
  await enter(user);
  const { id } = await userOf(user);
  const [identity, ...others] = await identitiesOf(id);
  const connection = await stage.world.sql`select id from connections where organization_id = ${ids['acme'] ?? ''}`;
  expect(identity).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    userId: id,
    connectionId: connection[0]?.['id'],
    organizationId: ids['acme'],
    subject: user.sub,
    email: user.email,
    createdAt: expect.any(String),
    lastLoginAt: expect.any(String),
  });
  expect(others).toEqual([]);
  const answer = await callers.operator(`/identities/${identity.id}`);
  expect(await read(answer.clone())).toEqual(identity);
  stage.world.clock.moveBy(60);
  await enter(user);
  const again = await callers.operator(`/identities/${identity.id}`);
  expect(again.headers.get('etag')).toBe(answer.headers.get('etag') ?? '');
  expect((await read(again)).lastLoginAt).not.toBe(identity.lastLoginAt);
});

test.each([...CLIENTS])(
  '$dialect: whom the provider made anew signs in as the same user after it is unlinked',
  async (client) => {
    const user = someone();
    const anew = { ...user, sub: `${user.sub}-anew` };
    const tokens = await enter(user, client);
    const bystander = await enter(someone(), client);
    const { id, updatedAt: _, ...before } = await userOf(user);
    expect((await (await arrive(anew, client))()).status).toBeOneOf([401, 409]);
    const trace = await lastTrace();
    expect(trace.reason).toBe('account_exists_link_required');
    // neither what the operator may do to the user nor to the membership is of any help
    for (const path of [`/users/${id}`, `/memberships/${before.memberships[0].id}`]) {
      for (const status of ['deactivated', 'active']) await read(await callers.operator(path, patch({ status })));
      expect((await (await arrive(anew, client))()).status).toBeOneOf([401, 409]);
    }
    const fresh = await enter(user, client);
    const [identity] = await identitiesOf(id);
    expect(trace.checks.at(-1)).toMatchObject({
      name: 'member.noOtherSubject',
      actual: `another is: identity ${identity.id}`,
    });
    await read(await remove(identity.id), 204);
    for (const [one, alive] of [
      [tokens, false],
      [fresh, false],
      [bystander, true],
    ] as const)
      expect((await client.use(stage.replica.fetch, stage, one)) === 200).toBe(alive);
    expect(await identitiesOf(id)).toEqual([]);
    expect(await client.use(stage.world.fetch, stage, await enter(anew, client))).toBe(200);
    const { updatedAt: _then, ...after } = await userOf(anew);
    expect(after).toEqual({ id, ...before });
    expect(await identitiesOf(id)).toMatchObject([{ subject: anew.sub }]);
    // whom the provider names by the former subject is a stranger now
    expect((await (await arrive(user, client))()).status).toBeOneOf([401, 409]);
  },
);

test('what was unlinked is told by the audit and by the sessions that ended', async () => {
  const user = someone();
  await enter(user);
  await enter(user);
  const { id } = await userOf(user);
  const [identity] = await identitiesOf(id);
  const key = await callers.with({ organizations: [ids['acme'] ?? ''] });
  await read(await remove(identity.id, {}, key), 204);
  await read(await remove(identity.id), 404);
  await read(await callers.operator(`/identities/${identity.id}`), 404);
  const [event, ...others] = await stage.world
    .sql`select * from audit_events where action = 'identity.unlinked' and target_id = ${identity.id}`;
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    organization_id: ids['acme'],
    actor_type: 'operator',
    actor_id: key.id,
    target_type: 'identity',
    details: {
      userId: id,
      sessions: 2,
      before: { connectionId: identity.connectionId, subject: user.sub, email: user.email },
      after: {},
    },
  });
  const { items } = await read(await callers.operator(`/sessions?userId=${id}`));
  expect(items).toMatchObject([1, 2].map(() => ({ state: 'ended', endReason: 'identity_unlinked' })));
});

test('who is unlinked comes back only by an email that the provider and the organization vouch for', async () => {
  const user = someone({ email_verified: false });
  await enter({ ...user, email_verified: true });
  await enter(user);
  await read(await remove((await identitiesOf((await userOf(user)).id))[0].id), 204);
  expect((await (await arrive(user))()).status).toBe(409);
  expect(await lastTrace()).toMatchObject({ reason: 'email_unverified' });
  await enter({ ...user, email_verified: true });
});

test('an unlinking that was meant for another subject is refused', async () => {
  const user = someone();
  await enter(user);
  const [identity] = await identitiesOf((await userOf(user)).id);
  const etag = (await callers.operator(`/identities/${identity.id}`)).headers.get('etag') ?? '';
  await enter({ ...user, email: `moved-${user.email}` });
  expect((await read(await remove(identity.id, { 'if-match': etag }), 412)).code).toBe('precondition_failed');
  await enter(user);
  await read(await remove(identity.id, { 'if-match': etag }), 204);
});

test('a login that is under way when its identity is unlinked is decided anew', async () => {
  const user = someone();
  await enter(user);
  const [identity] = await identitiesOf((await userOf(user)).id);
  // as one who is known, no email has to be verified
  const finish = await arrive({ ...user, email_verified: false });
  const { sql } = stage.world;
  const pending = await sql.begin(async (transaction) => {
    await transaction`select 1 from identities where id = ${identity.id} for update`;
    const answer = finish();
    while (true) {
      const [blocked] = await sql`select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where not l.granted and a.datname = current_database()`;
      if (blocked) break;
    }
    await transaction`update sessions set identity_id = null where identity_id = ${identity.id}`;
    await transaction`delete from identities where id = ${identity.id}`;
    return { answer };
  });
  expect((await pending.answer).status).toBe(409);
  expect(await lastTrace()).toMatchObject({ reason: 'email_unverified' });
  await enter(user);
});

test('of who belongs elsewhere too, a limited key sees and unlinks its own connections’ alone', async () => {
  const user = someone({ email: `shared-${++named}@acme.test` });
  await enter(user);
  const { id } = await userOf(user);
  await read(
    await callers.operator(`/organizations/${ids['globex']}/memberships`, json({ userId: id, role: 'user' })),
    201,
  );
  const [other] = await stage.world
    .sql`select id from connections where organization_id = ${ids['globex'] ?? ''} order by id limit 1`;
  const foreign = 'f'.repeat(24);
  await stage.world.sql`insert into identities (id, connection_id, subject, user_id, last_login_at)
    values (${foreign}, ${other?.['id']}, 'elsewhere', ${id}, now())`;
  const own = (await identitiesOf(id, acme))[0].id;
  const all = await identitiesOf(id);
  expect(all.map((one: { id: string }) => one.id).sort()).toEqual([own, foreign].sort());
  expect(await identitiesOf(id, acme)).toHaveLength(1);
  const cursor = await cursorOf(foreign, new URL(`http://vestibule.test/admin/v1/users/${id}/identities`));
  const refusal = await read(await acme(`/users/${id}/identities?cursor=${cursor}`), 422);
  expect(refusal.errors[0].pointer).toBe('/cursor');
  const first = await read(await callers.operator(`/users/${id}/identities?limit=1`));
  expect(await identitiesOf(id, callers.operator, `?limit=1&cursor=${first.nextCursor}`)).toEqual([all[1]]);
  await read(await acme(`/identities/${foreign}`), 404);
  await read(await remove(foreign, {}, acme), 404);
  await read(await remove(own, {}, globex), 404);
  expect(await identitiesOf(id)).toEqual(all);
  await read(await remove(own, {}, acme), 204);
  expect(await identitiesOf(id)).toMatchObject([{ id: foreign }]);
});
