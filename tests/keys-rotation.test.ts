/**
 * Rotation of our own signing keys as the outside sees it, on two replicas: JK-16, JK-17, FI-14. The outside is
 * jose with nothing but the published key set, kept for as long as its Cache-Control allows.
 */
import { afterEach, beforeEach, describe, expect, spyOn, test } from 'bun:test';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { startHousekeeping } from '#ports/db/housekeeping.ts';
import { LEAD_SECONDS, longestTokenSeconds, maintainSigningKeys } from '#ports/keys/rotation.ts';
import type { Ports } from '#ports/ports.ts';
import { createWorld, PUBLIC_URL, type World } from '#tests/world.ts';

const DAY = 86_400;
const ROTATION = 90 * DAY;
const JWKS = '/.well-known/jwks.json';

let world: World;
let replica: World;
beforeEach(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  replica = await world.replica();
});
afterEach(() => world?.close());

const maintain = ({ ports }: World, alg: Ports['config']['SIGNING_ALGORITHM'] = 'ES256') =>
  maintainSigningKeys({ ...ports, config: { ...ports.config, SIGNING_ALGORITHM: alg } });

const keySet = async ({ fetch }: World): Promise<JSONWebKeySet> => (await fetch(JWKS)).json();
const kids = ({ keys }: JSONWebKeySet) => keys.map(({ kid }) => String(kid));

let serial = 0;
function sign({ ports, clock }: World, lifeSeconds = 900): Promise<string> {
  const exp = Math.floor(clock.now().getTime() / 1000) + lifeSeconds;
  return ports.keys.sign('at+jwt', { sub: 'user', sid: 'session', jti: `token-${serial++}`, aud: 'pria', exp });
}

/** As a resource server does it. @throws when the key set does not hold the key */
async function verifyOutside(set: JSONWebKeySet, token: string): Promise<void> {
  const currentDate = world.clock.now();
  await jwtVerify(token, createLocalJWKSet(set), { issuer: PUBLIC_URL, audience: 'pria', typ: 'at+jwt', currentDate });
}

async function statuses(): Promise<Record<string, number>> {
  const rows = await world.sql`select status, count(*)::int as count from signing_keys group by status`;
  return Object.fromEntries(rows.map((row) => [row['status'], row['count']]));
}

describe('a rotation', () => {
  test('JK-16 no token fails, on any replica or in any cache that keeps the key set as long as it may', async () => {
    const tokens = [await sign(world, ROTATION + DAY)];
    let cached = { set: await keySet(replica), at: world.clock.now() };
    world.clock.moveBy(ROTATION);
    // the worst case: due at once, with a next key that nobody has seen
    await world.sql`delete from signing_keys where status = 'next'`;
    for (let step = 0; step < 80; step++) {
      world.clock.moveBy(15);
      const [one, other] = step % 3 ? [world, replica] : [replica, world];
      if (world.clock.now().getTime() - cached.at.getTime() > 285_000) {
        cached = { set: await keySet(one), at: world.clock.now() };
      }
      const token = await sign(other, DAY);
      tokens.push(token);
      await verifyOutside(cached.set, token);
      await one.ports.keys.verify('at+jwt', 'pria', token);
      await Promise.all([maintain(one), maintain(other)]);
    }
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(2);
    for (const token of tokens) await verifyOutside(await keySet(world), token);
  });

  test('JK-16 the key set holds each key once, and nothing private', async () => {
    await sign(world);
    world.clock.moveBy(ROTATION);
    for (const alg of ['ES256', 'RS256', 'EdDSA', 'EdDSA'] as const) {
      await maintain(world, alg);
      world.clock.moveBy(LEAD_SECONDS);
      const set = await keySet(replica);
      expect(new Set(kids(set)).size).toBe(set.keys.length);
      const members = new Set(set.keys.flatMap((key) => Object.keys(key)));
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(members).not.toContain(member);
    }
    expect(await statuses()).toEqual({ active: 1, next: 1, retired: 2 });
  });

  test('FI-14 two replicas at once: exactly one rotates', async () => {
    await sign(world);
    for (let round = 1; round <= 5; round++) {
      world.clock.moveBy(ROTATION);
      const all = Array.from({ length: 10 }, (_, index) => maintain(index % 2 ? world : replica));
      expect((await Promise.all(all)).filter((change) => change === 'rotate')).toHaveLength(1);
      const { active, next } = await statuses();
      expect({ active, next }).toEqual({ active: 1, next: 1 });
    }
  });

  test('a next key that goes away meanwhile leaves the active one in its place', async () => {
    const { kid } = decodeProtectedHeader(await sign(world));
    world.clock.moveBy(ROTATION);
    const waiting = async () => {
      const [row] = await replica.sql`select count(*)::int as count from pg_locks where not granted`;
      return row?.['count'] > 0;
    };
    const rotation = Promise.withResolvers<unknown>();
    await world.sql.begin(async (transaction) => {
      await transaction`delete from signing_keys where status = 'next'`;
      maintain(world).then(rotation.resolve, rotation.reject);
      while (!(await waiting())) await Bun.sleep(5);
    });
    expect(await rotation.promise).toBeUndefined();
    expect(await statuses()).toEqual({ active: 1 });
    expect(decodeProtectedHeader(await sign(world)).kid).toBe(kid);
  });

  test('is part of housekeeping', async () => {
    await sign(world);
    world.clock.moveBy(ROTATION);
    const timers = spyOn(globalThis, 'setInterval');
    const stop = startHousekeeping(world.ports, async () => {});
    try {
      const tick = timers.mock.calls.at(-1)?.[0];
      if (typeof tick !== 'function') throw new Error('no timer');
      tick();
      while (!(await statuses())['retired']) await Bun.sleep(5);
    } finally {
      stop();
      timers.mockRestore();
    }
  });

  test('waits until the key is old enough, and until the next one was published for the lead', async () => {
    await sign(world);
    world.clock.moveBy(ROTATION - 60);
    expect(await maintain(world)).toBeUndefined();
    await world.sql`delete from signing_keys where status = 'next'`;
    world.clock.moveBy(60);
    expect(await maintain(world)).toBe('publish');
    world.clock.moveBy(LEAD_SECONDS - 30);
    expect(await maintain(world)).toBeUndefined();
    world.clock.moveBy(30);
    expect(await maintain(world)).toBe('rotate');
  });

  test('a quiet replica publishes the key set of today, and signs with the key of today', async () => {
    await sign(replica);
    world.clock.moveBy(ROTATION);
    await maintain(world);
    expect(kids(await keySet(replica)).sort()).toEqual(kids(await keySet(world)).sort());
    const [active] = await world.sql`select id from signing_keys where status = 'active'`;
    expect(decodeProtectedHeader(await sign(replica)).kid).toBe(active?.['id']);
  });
});

test('a retired key is published until the longest session may have ended, and can never sign again', async () => {
  const old = await sign(world);
  const kid = String(decodeProtectedHeader(old).kid);
  world.clock.moveBy(ROTATION);
  await maintain(world);
  const [row] = await world.sql`select status, sealed_private_jwk from signing_keys where id = ${kid}`;
  expect(row).toEqual({ status: 'retired', sealed_private_jwk: '' });

  const longest = longestTokenSeconds(world.ports.config);
  expect(longest).toBe(30 * DAY);
  world.clock.moveBy(longest);
  await maintain(world);
  expect(kids(await keySet(world))).toContain(kid);
  // the last access token of a session that may still be renewed
  expect(await world.ports.keys.verify('at+jwt', 'pria', old, 'accept')).toMatchObject({ sid: 'session' });

  await world.sql`insert into organizations (id, slug, name, refresh_max_seconds) values ('o', 'o', 'O', ${40 * DAY})`;
  world.clock.moveBy(LEAD_SECONDS);
  await maintain(world);
  expect(kids(await keySet(world))).toContain(kid);
  await world.sql`delete from organizations`;
  await maintain(world);
  world.clock.moveBy(121);
  expect(kids(await keySet(world))).not.toContain(kid);
  await expect(world.ports.keys.verify('at+jwt', 'pria', old, 'accept')).rejects.toMatchObject({
    code: 'token_invalid',
  });
});

test('another SIGNING_ALGORITHM: its key is published first, and signs after the lead', async () => {
  const before = await sign(world);
  expect(await maintain(world, 'EdDSA')).toBe('publish');
  world.clock.moveBy(LEAD_SECONDS - 30);
  expect(await maintain(world, 'EdDSA')).toBeUndefined();
  expect((await keySet(replica)).keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'EdDSA']);
  expect(decodeProtectedHeader(await sign(replica)).alg).toBe('ES256');
  world.clock.moveBy(30);
  expect(await maintain(replica, 'EdDSA')).toBe('rotate');
  world.clock.moveBy(121);
  const after = await sign(world);
  expect(decodeProtectedHeader(after).alg).toBe('EdDSA');
  for (const token of [before, after]) await verifyOutside(await keySet(replica), token);
  expect(await maintain(world, 'EdDSA')).toBeUndefined();
});

test('replicas that disagree about the algorithm change nothing that signs', async () => {
  const { kid } = decodeProtectedHeader(await sign(world));
  for (let round = 0; round < 20; round++) {
    world.clock.moveBy(60);
    await maintain(world, 'EdDSA');
    await maintain(replica, 'ES256');
  }
  expect(decodeProtectedHeader(await sign(world)).kid).toBe(kid);
});

test('without an active key the one that caches know takes over', async () => {
  await sign(world);
  const [next] = await world.sql`select id from signing_keys where status = 'next'`;
  await world.sql`delete from signing_keys where status = 'active'`;
  world.clock.moveBy(121);
  const both = await Promise.all([sign(world), sign(replica)]);
  expect(both.map((token) => decodeProtectedHeader(token).kid)).toEqual([next?.['id'], next?.['id']]);
  expect(await statuses()).toEqual({ active: 1, next: 1 });
});

test('JK-17 the key set may be kept no longer than the lead, and is not sent again to who has it', async () => {
  const answer = await world.fetch(JWKS);
  const maxAge = Number(/^public, max-age=(\d+)$/.exec(answer.headers.get('cache-control') ?? '')?.[1]);
  expect(maxAge).toBeGreaterThan(0);
  expect(maxAge).toBeLessThan(LEAD_SECONDS);
  expect(answer.headers.get('pragma')).toBeNull();
  expect(answer.headers.get('content-type')).toStartWith('application/json');
  const etag = answer.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]{43}"$/);

  const conditional = (tag: string, { fetch } = replica) => fetch(JWKS, { headers: { 'if-none-match': tag } });
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const kept = await conditional(tag);
    expect([kept.status, await kept.text(), kept.headers.get('etag')]).toEqual([304, '', etag]);
    expect(kept.headers.get('cache-control')).toBe(answer.headers.get('cache-control'));
    expect(kept.headers.get('pragma')).toBeNull();
  }
  expect((await conditional('"other"')).status).toBe(200);

  world.clock.moveBy(ROTATION);
  await maintain(world);
  const changed = await conditional(etag);
  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).not.toBe(etag);
});
