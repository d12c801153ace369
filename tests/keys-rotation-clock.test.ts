/** Which command a rotation answers, is told by the database's clock alone: FI-14, FI-15. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { rotateSigningKeys } from '#core/signing-keys.ts';
import type { Ports } from '#ports/ports.ts';
import { createWorld, type World } from '#tests/world.ts';

let world: World;
let replica: World;
beforeEach(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  replica = await world.replica();
  await world.ports.keys.canSign();
  world.clock.moveBy(1);
});
afterEach(() => world?.close());

/** The replica with a clock that a start still lets pass. */
function withClockOff(seconds: number): Ports {
  const now = () => new Date(world.clock.now().getTime() + seconds * 1000);
  return { ...replica.ports, clock: { now, offsetSeconds: 0 } };
}

const rotations = async () =>
  (await world.sql`select count(*)::int as count from audit_events where action = 'signing_key.rotated'`)[0]?.['count'];

describe.each(['force', 'compromised'] as const)('%s', (mode) => {
  test.each([-25, 0, 25])('a process clock that is %d s off merges what came in before', async (seconds) => {
    const call = { startedAt: performance.now() };
    const { active } = await rotateSigningKeys(world.ports, mode, call);
    expect(await rotateSigningKeys(withClockOff(seconds), mode, call)).toMatchObject({ outcome: 'rotated', active });
    expect(await rotations()).toBe(1);
  });

  test.each([-25, 0, 25])('a process clock that is %d s off drops nothing that came in later', async (seconds) => {
    const { active } = await rotateSigningKeys(world.ports, mode);
    world.clock.moveBy(1);
    const later = await rotateSigningKeys(withClockOff(seconds), mode);
    expect(later).toMatchObject({ outcome: 'rotated', retired: expect.arrayContaining([active]) });
    expect(await rotations()).toBe(2);
  });
});

test('a warning stands for as long as the database’s clock says', async () => {
  const { knownFrom } = await rotateSigningKeys(world.ports, 'force');
  world.clock.moveBy((knownFrom.getTime() - world.clock.now().getTime()) / 1000 + 5);
  expect((await rotateSigningKeys(withClockOff(-25), 'when-ready')).warning).toBeUndefined();
});
