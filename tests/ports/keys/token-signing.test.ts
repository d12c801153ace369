/** What a replica does when the private part of the active key does not open, or the database is away. */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createWorld, type World } from '#tests/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
});
afterEach(() => world?.close());

function sign({ ports, clock }: World): Promise<string> {
  const exp = Math.floor(clock.now().getTime() / 1000) + 86_400;
  return ports.keys.sign('at+jwt', { sub: 'user', sid: 'session', jti: 'token', aud: 'pria', exp });
}

const verify = ({ ports }: World, token: string) => ports.keys.verify('at+jwt', 'pria', token);

test('a private part that does not open: no signing, while verifying and publishing go on', async () => {
  const token = await sign(world);
  expect(await world.ports.keys.canSign()).toBe(true);
  await world.sql`update signing_keys set sealed_private_jwk = 'v1.00000000.AAAA.AAAA' where status = 'active'`;

  const replica = await world.replica();
  expect(await replica.ports.keys.canSign()).toBe(false);
  await expect(sign(replica)).rejects.toMatchObject({ code: 'signing_unavailable' });
  expect(await verify(replica, token)).toMatchObject({ sid: 'session' });
  expect((await replica.ports.keys.jwks()).keys).toHaveLength(2);
  expect((await replica.fetch('/.well-known/jwks.json')).status).toBe(200);
});

test('without the database: known tokens are verified and keys published; a stale ring does not sign', async () => {
  const token = await sign(world);
  await world.sql`alter table signing_keys rename to signing_keys_away`;
  expect(await sign(world)).toBeString();
  world.clock.moveBy(121);
  await expect(sign(world)).rejects.toThrow();
  expect(await verify(world, token)).toMatchObject({ sid: 'session' });
  expect((await world.ports.keys.jwks()).keys).toHaveLength(2);

  await world.sql`alter table signing_keys_away rename to signing_keys`;
  expect(await sign(world)).toBeString();
});

test('a key set that can not be read is not cached as one', async () => {
  await world.sql`alter table signing_keys rename to signing_keys_away`;
  const answer = await world.fetch('/.well-known/jwks.json');
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
