/** Users and memberships over the admin API, and how far a limited key goes with who belongs to two organizations. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ADMIN_API_KEY, type Call, type Callers, callersOf, patch } from '#tests/admin/callers.ts';
import { applivery, signIn } from '#tests/hostile/clients.ts';
import { ADA, openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
let callers: Callers;
let acme: string;
let other: string;
/** Reaches `acme` alone. */
let limited: Call;

beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
  callers = callersOf(stage.world);
  const [row] = await stage.world.sql`select id from organizations where slug = 'acme'`;
  acme = String(row?.['id']);
  other = (await read(await callers.operator('/organizations', json({ slug: 'other', name: 'Other' })), 201)).id;
  limited = await callers.with({ organizations: [acme] });
});
afterAll(() => stage?.close());

/** The provider says that this person is there. */
const enter = (email: string) => {
  stage.provider.script.user = { ...ADA, sub: email, email };
  return signIn(stage, applivery, email);
};

let made = 0;
const make = async (more: object = {}, organization = acme) =>
  read(
    await callers.operator(`/organizations/${organization}/users`, json({ email: `u${++made}@acme.test`, ...more })),
    201,
  );
/** A member of both. */
const makeShared = async () => {
  const user = await make({ attributes: { pria: { plan: 'team' } } });
  const body = { userId: user.id, role: 'guest' };
  const membership = await read(await callers.operator(`/organizations/${other}/memberships`, json(body)), 201);
  return { user, elsewhere: membership };
};
const ids = async (path: string, call = callers.operator) =>
  (await read(await call(path))).items.map(({ id }: { id: string }) => id);

const PERSON = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  picture: 'https://cdn.example.com/ada.png',
  language: 'en',
  attributes: { applivery: { role: 'editor' }, pria: { plan: 'team' } },
};

test('who is made signs in as that user', async () => {
  const user = await make({ email: 'Pre@Acme.test', role: 'admin', ...PERSON });
  expect(user).toMatchObject({ email: 'pre@acme.test', emailVerified: true, status: 'active', ...PERSON });
  expect(user.memberships).toMatchObject([{ organizationId: acme, role: 'admin', status: 'active' }]);
  expect(await read(await callers.operator(`/users/${user.id}`))).toEqual(user);
  await enter('pre@acme.test');
  const [session] = await stage.world.sql`select user_id from sessions order by created_at desc limit 1`;
  expect(session?.['user_id']).toBe(user.id);
  const again = await callers.operator(`/organizations/${acme}/users`, json({ email: 'PRE@acme.test' }));
  expect((await read(again, 409)).errors[0].pointer).toBe('/email');
  const crooked = await callers.operator(`/organizations/${acme}/users`, json({ email: 'nobody' }));
  expect((await read(crooked, 422)).errors[0].pointer).toBe('/email');
  await read(await callers.operator(`/organizations/${'0'.repeat(24)}/users`, json({ email: 'a@acme.test' })), 404);
});

test('members that are not named stay, null clears, and a dialect is replaced whole', async () => {
  const { id } = await make(PERSON);
  const path = `/users/${id}`;
  const changed = await read(
    await callers.operator(path, patch({ lastName: 'King', attributes: { pria: { plan: 'solo' } } })),
  );
  expect(changed).toMatchObject({
    ...PERSON,
    lastName: 'King',
    attributes: { applivery: { role: 'editor' }, pria: { plan: 'solo' } },
  });
  const cleared = await read(await callers.operator(path, patch({ picture: null, attributes: { applivery: null } })));
  expect('picture' in cleared).toBe(false);
  expect(cleared.attributes).toEqual({ pria: { plan: 'solo' } });
  expect('attributes' in (await read(await callers.operator(path, patch({ attributes: null }))))).toBe(false);
  const [event] = await stage.world.sql`select organization_id, details from audit_events
    where action = 'user.updated' and target_id = ${id} order by created_at, id limit 1`;
  expect(event).toMatchObject({
    organization_id: acme,
    details: { before: { lastName: 'Lovelace' }, after: { lastName: 'King' } },
  });
  for (const emailVerified of [false, true])
    expect(await read(await callers.operator(path, patch({ emailVerified })))).toMatchObject({ emailVerified });
  const refused = await read(await callers.operator(path, patch({ attributes: { pria: { plan: 5 } } })), 422);
  expect(refused.errors[0].pointer).toBe('/attributes/pria/plan');
});

test('a membership is switched off for its organization alone', async () => {
  const { user, elsewhere } = await makeShared();
  const [here] = user.memberships;
  const { access } = await enter(user.email);
  const uses = async () =>
    (await stage.world.fetch('/v1/users/profile', { headers: { authorization: `Bearer ${access}` } })).status;
  expect(await uses()).toBe(200);
  const off = await read(await limited(`/memberships/${here.id}`, patch({ status: 'deactivated', role: 'guest' })));
  expect(off).toMatchObject({ status: 'deactivated', role: 'guest' });
  expect(await uses()).toBe(401);
  await read(await limited(`/memberships/${here.id}`, patch({ status: 'active' })));
  expect(await uses()).toBe(401);
  expect(await read(await callers.operator(`/memberships/${elsewhere.id}`))).toEqual(elsewhere);
  const [event] = await stage.world
    .sql`select details from audit_events where action = 'membership.updated' order by created_at, id limit 1`;
  expect(event?.['details']).toMatchObject({ before: { status: 'active' }, after: { status: 'deactivated' } });
});

test('of who also belongs elsewhere, a limited key sees its own side and changes nothing that is shared', async () => {
  const { user, elsewhere } = await makeShared();
  await stage.world.sql`update users set email = 'secret@other.test' where id = ${user.id}`;
  const seen = await read(await limited(`/users/${user.id}`));
  expect(seen).toMatchObject({ email: user.email, memberships: [{ organizationId: acme }] });
  expect('attributes' in seen).toBe(false);
  const listed = await limited(`/organizations/${acme}/users?email=${user.email}`);
  expect(await read(listed)).toEqual({ items: [seen] });
  for (const text of [JSON.stringify(seen)])
    for (const secret of [other, elsewhere.id, 'secret@', 'team']) expect(text).not.toContain(secret);
  const refused = await read(await limited(`/users/${user.id}`, patch({ status: 'deactivated' })), 403);
  expect(refused.code).toBe('admin_key_forbidden');
  expect(await read(await callers.operator(`/users/${user.id}`))).toMatchObject({
    status: 'active',
    email: 'secret@other.test',
  });
  await read(await limited(`/memberships/${elsewhere.id}`), 404);
  await read(await limited(`/memberships/${elsewhere.id}`, patch({ role: 'owner' })), 404);
  const both = await callers.with({ organizations: [acme, other] });
  await read(await both(`/users/${user.id}`, patch({ firstName: 'Seen' })));
  // ending all sessions means those within reach
  await read(await limited('/sessions/end', json({ userId: user.id })));
  const rows = await stage.world
    .sql`select organization_id, sessions_ended_at from memberships where user_id = ${user.id}`;
  expect(rows.map((row) => [row['organization_id'], row['sessions_ended_at'] !== null]).sort()).toEqual(
    [
      [acme, true],
      [other, false],
    ].sort(),
  );
  const [whole] = await stage.world.sql`select sessions_ended_at from users where id = ${user.id}`;
  expect(whole?.['sessions_ended_at']).toBeNull();
});

test('who is out of reach is not there', async () => {
  const stranger = await make({}, other);
  await read(await limited(`/users/${stranger.id}`), 404);
  await read(await limited(`/users/${stranger.id}`, patch({ firstName: 'Never' })), 404);
  await read(await limited('/sessions/end', json({ userId: stranger.id })), 404);
  const taken = await limited(`/organizations/${acme}/memberships`, json({ userId: stranger.id, role: 'user' }));
  await read(taken, 404);
  await read(await limited(`/organizations/${other}/users`), 404);
  await read(await limited(`/organizations/${other}/memberships`), 404);
});

test('lists are filtered and go on where they stopped', async () => {
  const one = await make({ role: 'auditor' });
  const two = await make({ role: 'auditor', status: 'deactivated' });
  const gone = await make({ role: 'auditor' });
  await read(await callers.operator(`/users/${gone.id}`, patch({ status: 'deactivated' })));
  const users = `/organizations/${acme}/users`;
  expect(await ids(`${users}?email=${one.email.toUpperCase()}`)).toEqual([one.id]);
  expect(await ids(`${users}?email=nobody@acme.test`)).toEqual([]);
  expect((await ids(`${users}?status=deactivated`)).slice(0, 2)).toEqual([gone.id, two.id]);
  expect(await ids(`${users}?status=active`)).not.toContain(two.id);
  const first = await read(await callers.operator(`${users}?limit=1`));
  expect(first.items[0].id).toBe(gone.id);
  expect(await ids(`${users}?limit=1&cursor=${first.nextCursor}`)).toEqual([two.id]);
  const memberships = `/organizations/${acme}/memberships`;
  expect(await ids(`${memberships}?role=auditor&status=active`)).toEqual([one.memberships[0].id]);
  const page = await read(await callers.operator(`${memberships}?limit=1&role=auditor`));
  expect(await ids(`${memberships}?limit=1&role=auditor&cursor=${page.nextCursor}`)).toEqual([two.memberships[0].id]);
  const empty = await read(await callers.operator('/organizations', json({ slug: 'empty', name: 'Empty' })), 201);
  expect(await ids(`/organizations/${empty.id}/users`)).toEqual([]);
});

const lastLoginOf = async (id: string) =>
  (await stage.world.sql`select last_login from users where id = ${id}`)[0]?.['last_login'].dashboard;

test('a login that brings nothing new leaves the tag of what was read', async () => {
  const user = await make();
  await enter(user.email);
  const path = `/users/${user.id}`;
  const seen = await callers.operator(path);
  const etag = seen.headers.get('etag') ?? '';
  const before = await lastLoginOf(user.id);
  stage.world.clock.moveBy(60);
  await enter(user.email);
  const again = await callers.operator(path);
  expect(again.headers.get('etag')).toBe(etag);
  expect(await read(again)).toEqual(await read(seen));
  expect(await lastLoginOf(user.id)).not.toBe(before);
  await read(await callers.operator(path, patch({ language: 'fr' }, { 'if-match': etag })));
  // what the provider says anew is a change
  const changed = await read(await callers.operator(path));
  stage.world.clock.moveBy(60);
  stage.provider.script.user = { ...ADA, sub: user.email, email: user.email, given_name: 'Augusta' };
  await signIn(stage, applivery, user.email);
  const after = await read(await callers.operator(path));
  expect(after).toMatchObject({ firstName: 'Augusta' });
  expect(after.updatedAt > changed.updatedAt).toBe(true);
});

test('a limited key does not learn when somebody signs in, or what is changed, out of its reach', async () => {
  const { user } = await makeShared();
  const there = await callers.with({ organizations: [other] });
  const path = `/users/${user.id}`;
  await enter(user.email);
  const seen = await there(path);
  const whole = await read(await callers.operator(path));
  stage.world.clock.moveBy(60);
  // at acme: the address changes, which the other organization knows by the former one, and what the operator sets
  stage.provider.script.user = { ...ADA, sub: user.email, email: `moved-${user.email}` };
  await signIn(stage, applivery, user.email);
  await read(await callers.operator(path, patch({ attributes: { pria: { plan: 'solo' } } })));
  const later = await read(await callers.operator(path));
  expect(later.updatedAt > whole.updatedAt).toBe(true);
  const again = await there(path);
  expect(again.headers.get('etag')).toBe(seen.headers.get('etag') ?? '');
  const text = await again.text();
  expect(text).toBe(await seen.text());
  expect(JSON.parse(text).updatedAt).toBeUndefined();
});

test('a change meant for what was read before another change is refused', async () => {
  const user = await make();
  for (const path of [`/users/${user.id}`, `/memberships/${user.memberships[0].id}`]) {
    const etag = (await callers.operator(path)).headers.get('etag') ?? '';
    await read(await callers.operator(path, patch({ status: 'deactivated' }, { 'if-match': etag })));
    const late = await callers.operator(path, patch({ status: 'active' }, { 'if-match': etag }));
    expect((await read(late, 412)).code).toBe('precondition_failed');
    expect(await read(await callers.operator(path))).toMatchObject({ status: 'deactivated' });
  }
});
