/**
 * No verification fails while signing keys rotate (JK-16): API servers that know nothing but the published key set, one
 * that reads it all the time and one that keeps it as long as it may, through every kind of rotation. Two replicas, of
 * which one never does any upkeep and is asked rarely.
 */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { decodeProtectedHeader } from 'jose';
import { rotateSigningKeys } from '#core/signing-keys.ts';
import { createWatch, fetchKeySet, type Watch } from '#dev/jwks-watch/watch.ts';
import { LEAD_SECONDS, maintainSigningKeys } from '#ports/keys/rotation.ts';
import type { Ports } from '#ports/ports.ts';
import { createWorld, PUBLIC_URL, type World } from '#tests/world.ts';

const STEP_SECONDS = 20;
const ROTATION_SECONDS = 86_400;
type Algorithm = Ports['config']['SIGNING_ALGORITHM'];

let world: World;
let replica: World;
let watch: Watch;
beforeEach(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: () => ({ organizations: [] }),
    environment: { SIGNING_KEY_ROTATION_SECONDS: String(ROTATION_SECONDS) },
  });
  replica = await world.replica();
  let turn = 0;
  watch = createWatch({
    issuer: PUBLIC_URL,
    now: () => world.clock.now(),
    readKeySet: () => fetchKeySet((turn++ % 2 ? world : replica).fetch),
  });
});
afterEach(() => world?.close());

let serial = 0;
function sign({ ports, clock }: World, lifeSeconds: number): Promise<string> {
  const exp = Math.floor(clock.now().getTime() / 1000) + lifeSeconds;
  return ports.keys.sign('at+jwt', { sub: 'user', sid: 'session', jti: `token-${serial++}`, aud: 'pria', exp });
}

/** Lets time pass: tokens from both replicas, each verified at once and again in every later step. */
async function pass(seconds: number, alg: Algorithm = 'ES256'): Promise<void> {
  const upkeep = { ...world.ports, config: { ...world.ports.config, SIGNING_ALGORITHM: alg } };
  for (let step = 0; step * STEP_SECONDS < seconds; step++) {
    world.clock.moveBy(STEP_SECONDS);
    watch.add(await sign(world, 900));
    // its key set is as old as it may be by now
    if (step % 3 === 0) watch.add(await sign(replica, 900));
    await watch.round();
    await maintainSigningKeys(upkeep);
  }
}

const algorithms = () =>
  world.sql`select alg, status from signing_keys where status <> 'next' order by activated_at`.then((rows) =>
    rows.map((row) => `${row['alg']} ${row['status']}`),
  );

test('by schedule, although nobody has seen the next key when it falls due', async () => {
  await pass(60);
  await world.sql`delete from signing_keys where status = 'next'`;
  await world.sql`update signing_keys set activated_at = activated_at - interval '1 day'`;
  await pass(2 * LEAD_SECONDS);
  expect(watch.summary.failures).toEqual([]);
  expect(watch.summary.kids.size).toBe(2);
});

test('by command', async () => {
  await pass(30);
  expect(await rotateSigningKeys(replica.ports, 'when-ready')).toMatchObject({ outcome: 'pending' });
  await pass(2 * LEAD_SECONDS);
  expect(await rotateSigningKeys(world.ports, 'when-ready')).toMatchObject({ outcome: 'rotated' });
  await pass(60);
  expect(watch.summary.failures).toEqual([]);
  expect(watch.summary.kids.size).toBe(3);
});

test('from ES256 to EdDSA to RS256', async () => {
  await pass(30);
  await pass(LEAD_SECONDS + 120, 'EdDSA');
  await pass(LEAD_SECONDS + 120, 'RS256');
  expect(await algorithms()).toEqual(['ES256 retired', 'EdDSA retired', 'RS256 active']);
  expect(watch.summary.failures).toEqual([]);
  expect(watch.summary.kids.size).toBe(3);
});

test('a next key that was not published ahead would fail where the key set is kept', async () => {
  await pass(30);
  await world.sql`delete from signing_keys where status = 'next'`;
  await pass(30);
  const { active } = await rotateSigningKeys(world.ports, 'force');
  await pass(60);
  const { failures } = watch.summary;
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.every(({ reader, kid }) => reader === 'cached' && kid === active)).toBe(true);
  expect(failures[0]?.code).toBe('ERR_JWKS_NO_MATCHING_KEY');
  // and the warning said until when
  world.clock.moveBy(LEAD_SECONDS);
  const before = failures.length;
  await pass(30);
  expect(watch.summary.failures.length).toBe(before);
  expect(decodeProtectedHeader(await sign(replica, 900)).kid).toBe(active);
});
