/** Creations that are repeated with the same `Idempotency-Key`: one thing is made, and everybody gets the same answer. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sweep } from '#ports/db/housekeeping.ts';
import { type Callers, callersOf, openAdminWorld } from '#tests/admin/callers.ts';
import { json, read } from '#tests/journey.ts';
import type { World } from '#tests/world.ts';

let world: World;
let callers: Callers;
let path: string;

beforeAll(async () => {
  ({ world, callers } = await openAdminWorld());
  const [row] = await world.sql`select id from organizations`;
  path = `/organizations/${row?.['id']}/api-keys`;
});
afterAll(() => world?.close());

const wish = (name: string) => ({ name, dialects: ['indee'] });
const create = (name: string, key?: string, call = callers.operator) =>
  call(path, json(wish(name), key === undefined ? {} : { 'idempotency-key': key }));
const count = async (name: string) => (await world.sql`select id from api_keys where name = ${name}`).length;

test('the same key and request get the same answer, on every replica', async () => {
  const first = await create('one', '"k-1"');
  const made = await read(first, 201);
  const replica = callersOf(await world.replica());
  for (const call of [callers.operator, replica.operator]) {
    const again = await create('one', 'k-1', call);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await read(again, 201)).toEqual(made);
  }
  expect(await count('one')).toBe(1);
  expect((await read(await create('one'), 409)).code).toBe('conflict');
});

test('the answer that is kept is sealed', async () => {
  const { key } = await read(await create('sealed', 'k-sealed'), 201);
  const [row] = await world.sql`select * from idempotency_keys order by created_at desc limit 1`;
  expect(String(row?.['sealed_answer'])).toStartWith('v1.');
  expect(JSON.stringify(row)).not.toContain(key);
});

test('another request under the same key is refused', async () => {
  await read(await create('two', 'k-2'), 201);
  expect((await read(await create('two b', 'k-2'), 422)).code).toBe('idempotency_key_reused');
  expect(await count('two b')).toBe(0);
});

test('of many at once one makes it', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => create('three', 'k-3')));
  const statuses = answers.map(({ status }) => status);
  expect(statuses).toContain(201);
  expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
  for (const answer of answers.filter(({ status }) => status === 409))
    expect((await read(answer, 409)).code).toBe('idempotency_in_progress');
  expect(await count('three')).toBe(1);
});

test('a refusal is not kept, and a day later the key is free', async () => {
  await read(await create('four', 'k-4'), 201);
  expect((await read(await create('four', 'k-5'), 409)).code).toBe('conflict');
  await read(await create('five', 'k-5'), 201);
  world.clock.moveBy(24 * 3600 + 1);
  await read(await create('six', 'k-5'), 201);
});

test('housekeeping removes what nobody can be given again', async () => {
  await read(await create('kept', 'k-kept'), 201);
  const kept = async () => (await world.sql`select 1 from idempotency_keys`).length;
  await sweep(world.ports);
  expect(await kept()).toBeGreaterThan(0);
  world.clock.moveBy(24 * 3600 + 1);
  await sweep(world.ports);
  expect(await kept()).toBe(0);
});

test('who died in between is waited for, and then no longer', async () => {
  await read(await create('seven', 'k-7'), 201);
  await world.sql`update idempotency_keys set sealed_answer = null where created_at = (select max(created_at) from idempotency_keys)`;
  const busy = await create('seven', 'k-7');
  expect((await read(busy, 409)).code).toBe('idempotency_in_progress');
  world.clock.moveBy(61);
  expect((await read(await create('seven', 'k-7'), 409)).code).toBe('conflict');
});

test('a key belongs to its caller', async () => {
  const other = await callers.with({});
  await read(await create('eight', 'k-8'), 201);
  await read(await create('eight b', 'k-8', other), 201);
});

test('a key that is none is refused', async () => {
  for (const key of ['""', 'a"b', 'x'.repeat(256)]) {
    const problem = await read(await create('nine', key), 422);
    expect([key, problem.errors[0].pointer]).toEqual([key, '/Idempotency-Key']);
  }
  expect(await count('nine')).toBe(0);
});
