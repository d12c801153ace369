/** The audit's chain: what is linked and when, and that every change of what was linked is found and named. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { verifyAudit } from '#core/audit-verification.ts';
import { continueOrder, readChainHead } from '#ports/db/audit-chain.ts';
import { chainSettled } from '#ports/db/chaining.ts';
import { GENESIS, recordHash } from '#ports/keys/chain.ts';
import { createWorld, type World } from '#tests/world.ts';
import { pastTriggers } from './append-only.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
});
beforeEach(async () => {
  await pastTriggers(world.sql, (query) => query`truncate audit_events, audit_chain, audit_anchors`);
});
afterAll(() => world?.close());

const idOf = (n: number) => n.toString(16).padStart(24, '0');

/** Each in a transaction of its own, as logins write them. */
async function write(from: number, to = from): Promise<void> {
  for (let n = from; n <= to; n++)
    await world.sql`insert into audit_events (id, action, actor_type, target_id, details, address, created_at)
      values (${idOf(n)}, 'test', 'system', 'ü', ${world.sql.json({ n, b: [1.5, null, { z: 'é\n"', a: true }] })}, '192.0.2.1',
        ${new Date(Date.UTC(2026, 0, 1) + n * 1000)})`;
}

/** Of the events alone: other databases of the server have transactions too, which may hold the chain up for a moment. */
async function chain(events: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await chainSettled(world.ports)).position >= events) return;
    await Bun.sleep(25);
  }
  throw new Error('the events were not chained');
}

const faultOf = async (options = {}) => (await verifyAudit(world.ports, options)).fault;

test('links settled events in their order, once, however many replicas try; and the chain holds', async () => {
  await write(1, 20);
  const replica = await world.replica();
  await Promise.all([chain(20), chainSettled(replica.ports), chainSettled(world.ports), chainSettled(replica.ports)]);
  await write(21, 25);
  await chain(25);
  const rows = await world.sql`select position::int, event_id, chained_at from audit_chain order by position`;
  expect(rows.map(({ position, event_id }) => [position, event_id])).toEqual(
    Array.from({ length: 25 }, (_, index) => [index + 1, idOf(index + 1)]),
  );
  const head = await readChainHead(world.ports.db);
  expect(await verifyAudit(world.ports, {})).toMatchObject({
    fault: undefined,
    verified: 25,
    head: { position: 25, hash: head.hash },
    tail: { count: 0 },
  });
  expect(await world.ports.metrics.text()).toContain('vestibule_audit_chain_position 25');
});

test('an event of a transaction that began first and ends last comes before those that it let past, and keeps nobody waiting', async () => {
  await write(1);
  await chain(1);
  await world.sql.begin(async (transaction) => {
    await transaction`insert into audit_events (id, action, actor_type) values (${idOf(900)}, 'slow', 'system')`;
    // others write, and are done, meanwhile
    const other = await world.replica();
    await other.sql`insert into audit_events (id, action, actor_type) values (${idOf(2)}, 'quick', 'system')`;
    // not chained: what is under way could still come before it
    expect((await chainSettled(world.ports)).position).toBe(1);
    expect(await verifyAudit(world.ports, {})).toMatchObject({ verified: 1, tail: { count: 1 } });
  });
  await chain(3);
  const order = await world.sql`select event_id from audit_chain order by position`;
  expect(order.map(({ event_id }) => event_id)).toEqual([idOf(1), idOf(900), idOf(2)]);
  expect(await faultOf()).toBeUndefined();
});

test('events from before there was a chain come first, by their time', async () => {
  await write(3);
  await world.sql`insert into audit_events (id, action, actor_type, created_at, transaction_id)
    values (${idOf(2)}, 'old', 'system', '2025-02-01', 0), (${idOf(1)}, 'old', 'system', '2025-03-01', 0)`;
  await chain(3);
  const order = await world.sql`select event_id from audit_chain order by position`;
  expect(order.map(({ event_id }) => event_id)).toEqual([idOf(2), idOf(1), idOf(3)]);
});

const MUTATIONS = [
  [
    'changed: its details',
    'changed',
    `update audit_events set details = details || '{"n": 6}' where id = '${idOf(5)}'`,
  ],
  ['changed: its actor', 'changed', `update audit_events set actor_id = 'x' where id = '${idOf(5)}'`],
  [
    'changed: its time',
    'changed',
    `update audit_events set created_at = created_at + interval '1 ms' where id = '${idOf(5)}'`,
  ],
  ['changed: the record', 'changed', `update audit_chain set digest = sha256('x') where position = 5`],
  ['removed: the event', 'removed', `delete from audit_events where id = '${idOf(5)}'`],
  [
    'removed: the event, under an anchor that the audit tells nothing of',
    'removed',
    `insert into audit_anchors (month, position, hash) values ('2026-01', 10, (select hash from audit_chain where position = 10));
      delete from audit_events where id = '${idOf(5)}'`,
  ],
  ['removed: the record', 'removed', 'delete from audit_chain where position = 5'],
  [
    'removed: both, and the rest moved up',
    'reordered',
    `with e as (delete from audit_events where id = '${idOf(5)}'), c as (delete from audit_chain where position = 5)
      select 1; update audit_chain set position = position - 1 where position > 5`,
  ],
  [
    'inserted: an event among the others',
    'inserted',
    `insert into audit_events (id, action, actor_type, created_at, transaction_id)
      select '${idOf(99)}', action, actor_type, created_at - interval '1 ms', transaction_id from audit_events where id = '${idOf(5)}'`,
  ],
  [
    'inserted: an event before all others',
    'inserted',
    `insert into audit_events (id, action, actor_type, transaction_id) values ('${idOf(99)}', 'test', 'system', 0)`,
  ],
  [
    'reordered: two records',
    'reordered',
    `update audit_chain set position = -1 where position = 5; update audit_chain set position = 5 where position = 6;
      update audit_chain set position = 6 where position = -1`,
  ],
  [
    'reordered: two events',
    'reordered',
    `update audit_events e set transaction_id = o.transaction_id from audit_events o
      where (e.id, o.id) in (('${idOf(5)}', '${idOf(6)}'), ('${idOf(6)}', '${idOf(5)}'))`,
  ],
  ['reordered: a hash', 'reordered', `update audit_chain set hash = sha256('x') where position = 5`],
  [
    'removed: the beginning',
    'removed',
    `delete from audit_chain where position < 5; delete from audit_events where id < '${idOf(5)}'`,
  ],
] as const;

test.each(MUTATIONS)('finds what was %s', async (_name, kind, statement) => {
  await write(1, 10);
  await chain(10);
  const { head } = await verifyAudit(world.ports, {});
  expect(await faultOf({ anchor: head.hash })).toBeUndefined();
  // the triggers refuse it
  const refused = await world.sql.unsafe(statement).catch((error: { code?: string }) => error.code);
  if (kind !== 'inserted') expect(refused).toBe('42501');
  else await pastTriggers(world.sql, (query) => query`delete from audit_events where id = ${idOf(99)}`);
  expect(await faultOf({ anchor: head.hash })).toBeUndefined();
  // and verification finds it
  await pastTriggers(world.sql, (query) => query.unsafe(statement));
  const fault = await faultOf();
  expect(fault).toMatchObject({ kind });
  const named = _name.includes('before all others') ? 1 : _name.includes('beginning') ? 4 : 5;
  expect(fault?.position).toBe(named);
});

test('no table of the audit can be truncated, nor a record or an anchor changed', async () => {
  await write(1);
  await chain(1);
  const partitions = (await world.sql`select relid::regclass::text as name from pg_partition_tree('audit_events')`).map(
    ({ name }) => name,
  );
  for (const statement of [
    ...partitions.map((name) => `truncate ${name}`),
    'truncate audit_chain',
    'truncate audit_anchors',
    'delete from audit_events',
    'delete from audit_chain',
  ]) {
    expect(await world.sql.unsafe(statement).catch((error: { code?: string }) => error.code)).toBe('42501');
  }
});

test('all of it written anew, or its end cut off, is found with a head that was kept elsewhere', async () => {
  await write(1, 10);
  await chain(10);
  const { head } = await verifyAudit(world.ports, {});
  await write(11, 12);
  await chain(12);
  expect(await faultOf({ anchor: head.hash })).toBeUndefined();
  await pastTriggers(world.sql, (query) =>
    query.unsafe(`delete from audit_chain where position > 8; delete from audit_events where id > '${idOf(8)}'`),
  );
  expect(await faultOf()).toBeUndefined();
  expect(await faultOf({ anchor: head.hash })).toEqual({ kind: 'anchor_missing' });
});

test('two records that changed places are found though every hash was made anew', async () => {
  await write(1, 10);
  await chain(10);
  await pastTriggers(world.sql, async (query) => {
    await query`update audit_chain set position = -1 where position = 5`;
    await query`update audit_chain set position = 5 where position = 6`;
    await query`update audit_chain set position = 6 where position = -1`;
    const records = await query`select position::int, encode(digest, 'hex') as digest from audit_chain order by 1`;
    let hash = GENESIS;
    for (const { position, digest } of records) {
      hash = recordHash(hash, digest);
      await query`update audit_chain set hash = decode(${hash}, 'hex') where position = ${position}`;
    }
  });
  expect(await faultOf()).toMatchObject({ kind: 'reordered', position: 6, eventId: idOf(5) });
});

test('verification may begin later, and then trusts what comes before', async () => {
  await write(1, 10);
  await chain(10);
  await pastTriggers(world.sql, (query) => query`update audit_events set action = 'x' where id = ${idOf(3)}`);
  const since = new Date(Date.UTC(2026, 0, 1) + 5_000);
  expect(await verifyAudit(world.ports, { since })).toMatchObject({ fault: undefined, verified: 6 });
  expect(await verifyAudit(world.ports, { since: new Date(0) })).toMatchObject({
    fault: { kind: 'changed', position: 3 },
  });
  const later = await verifyAudit(world.ports, { since: new Date(Date.UTC(2027, 0, 1)) });
  expect(later).toMatchObject({ fault: undefined, verified: 0, head: { position: 10 }, tail: { count: 0 } });
});

test('nothing chained is a chain that holds', async () => {
  expect(await readChainHead(world.ports.db)).toMatchObject({ position: 0, hash: GENESIS });
  expect(await verifyAudit(world.ports, {})).toMatchObject({ fault: undefined, verified: 0 });
});

test('a database that moved to a server with lower transaction numbers goes on in order', async () => {
  await write(1);
  await chain(1);
  // as its events were numbered where they came from
  await pastTriggers(world.sql, async (query) => {
    await query`update audit_events set transaction_id = transaction_id + 1000000000000`;
    await query`update audit_chain set transaction_id = transaction_id + 1000000000000`;
  });
  expect(await continueOrder(world.ports.db)).toBe(true);
  expect(await continueOrder(world.ports.db)).toBe(false);
  await write(2, 3);
  await chain(3);
  expect(await verifyAudit(world.ports, {})).toMatchObject({ fault: undefined, verified: 3 });
  const order = await world.sql`select event_id from audit_chain order by position`;
  expect(order.map(({ event_id }) => event_id)).toEqual([idOf(1), idOf(2), idOf(3)]);
});
