/** The audit grows old by whole months, and verification goes on from what they leave behind. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { verifyAudit } from '#core/audit-verification.ts';
import { chainSettled } from '#ports/db/chaining.ts';
import { sweep } from '#ports/db/housekeeping.ts';
import { listPartitions, preparePartitions } from '#ports/db/partitions.ts';
import { createWorld, type World } from '#tests/world.ts';
import { pastTriggers } from './append-only.ts';

const DAY = 86_400;

let world: World;
beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
});
beforeEach(async () => {
  await pastTriggers(world.sql, (query) => query`truncate audit_events, audit_chain, audit_anchors`);
  moveTo('2031-01-05T00:00:00Z');
  await preparePartitions(world.ports);
});
afterAll(() => world?.close());

function moveTo(instant: string): void {
  world.clock.moveBy((new Date(instant).getTime() - world.clock.now().getTime()) / 1000);
}

async function write(id: string, at: string): Promise<void> {
  await world.sql`insert into audit_events (id, action, actor_type, created_at) values (${id}, 'test', 'system', ${at})`;
}

async function chain(events: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await chainSettled(world.ports)).position >= events) return;
    await Bun.sleep(25);
  }
  throw new Error('the events were not chained');
}

const idsOf = async () =>
  (await world.sql`select id from audit_events where action = 'test' order by id`).map(({ id }) => id);
const records = async () =>
  (await world.sql`select position::int from audit_chain order by 1`).map(({ position }) => position);
const verified = () => verifyAudit(world.ports, {});

test('a month goes when all of it is over, leaves its last hash and an event, and the chain holds without it', async () => {
  // the last of January is chained behind the first of February
  for (const [id, at] of [
    ['1', '2031-01-10'],
    ['2', '2031-02-01T00:00:01Z'],
    ['3', '2031-01-31T23:59:59Z'],
    ['4', '2031-02-10'],
  ] as const)
    await write(id, at);
  await chain(4);
  const [last] = await world.sql`select encode(hash, 'hex') as hash from audit_chain where position = 3`;
  // 400 days after 31 January all but a day
  moveTo('2032-03-06T00:00:00Z');
  await sweep(world.ports);
  expect(await idsOf()).toEqual(['1', '2', '3', '4']);
  moveTo('2032-03-07T00:00:00Z');
  await sweep(world.ports);
  expect(await idsOf()).toEqual(['2', '4']);
  await chain(5);
  const found = await verified();
  expect(found).toMatchObject({
    fault: undefined,
    droppedMonths: [{ month: '2031-01', position: 3, hash: last?.['hash'] }],
  });
  const [event] = await world.sql`select target_id, details from audit_events where action = 'audit.month_dropped'`;
  expect({ ...event }).toEqual({ target_id: '2031-01', details: { position: 3, hash: last?.['hash'] } });
  // the first record is what the second builds on
  expect(await records()).toEqual([1, 2, 3, 4, 5]);
  expect(await verifyAudit(world.ports, { anchor: last?.['hash'] })).toMatchObject({ fault: undefined });
  // an event that is removed without its month is found all the same
  await pastTriggers(world.sql, (query) => query`delete from audit_events where id = '4'`);
  expect((await verified()).fault).toMatchObject({ kind: 'removed', position: 4 });
});

test('records go with their events but for the last, which the next one builds on', async () => {
  for (let n = 10; n < 40; n++) await write(String(n), '2031-01-10');
  await write('50', '2031-02-10');
  await chain(31);
  moveTo('2032-03-10T00:00:00Z');
  await sweep(world.ports);
  await sweep(world.ports);
  await chain(32);
  expect(await records()).toEqual([30, 31, 32]);
  expect(await verified()).toMatchObject({ fault: undefined, verified: 3 });
  // a beginning that is cut off further is found
  await pastTriggers(world.sql, (query) =>
    query.unsafe(`delete from audit_chain where position = 30; delete from audit_events where id = '50'`),
  );
  expect((await verified()).fault).toMatchObject({ kind: 'removed' });
});

test('a month that is not chained stays, however old', async () => {
  await write('1', '2031-01-10');
  moveTo('2032-06-01T00:00:00Z');
  await sweep(world.ports);
  expect(await idsOf()).toEqual(['1']);
  await chain(1);
  await sweep(world.ports);
  expect(await idsOf()).toEqual([]);
});

test('events that no month took go by whole months too', async () => {
  await write('1', '2029-12-20');
  await write('2', '2029-12-31T23:59:59Z');
  await write('3', '2030-02-01');
  await write('4', '2030-03-01');
  await chain(4);
  // 400 days after: in the middle of February 2030
  moveTo(new Date(Date.UTC(2030, 1, 15) + 400 * DAY * 1000).toISOString());
  await sweep(world.ports);
  expect(await idsOf()).toEqual(['3', '4']);
  await chain(5);
  expect(await verified()).toMatchObject({ fault: undefined, droppedMonths: [{ month: '2029-12', position: 2 }] });
  await sweep(world.ports);
  expect(await records()).toEqual([2, 3, 4, 5]);
  expect((await verified()).fault).toBeUndefined();
});

test('months that are made later refuse to be truncated as well', async () => {
  for (const { name } of await listPartitions(world.ports.db, 'audit_events'))
    expect(await world.sql.unsafe(`truncate ${name}`).catch((error: { code?: string }) => error.code)).toBe('42501');
});
