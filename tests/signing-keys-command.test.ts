/** Rotation of our signing keys by the operator: over the admin API and from the command line. FI-14, FI-20. */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { rotateSigningKeys } from '#core/signing-keys.ts';
import { LEAD_SECONDS, maintainSigningKeys } from '#ports/keys/rotation.ts';
import { runCommandLine } from '#tests/command-line.ts';
import { json, read } from '#tests/journey.ts';
import { createWitness } from '#tests/openapi-witness.ts';
import { createWorld, type World } from '#tests/world.ts';

const ADMIN_API_KEY = 'operator-key-of-the-signing-keys-0123456789';
const headers = { authorization: `Bearer ${ADMIN_API_KEY}` };
/** A replica notices what another one did after this long at most. */
const BOUND_SECONDS = 20;

let world: World;
let replica: World;
beforeEach(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: () => ({ organizations: [] }),
    environment: { ADMIN_API_KEY },
  });
  replica = await world.replica();
});
afterEach(() => world?.close());

const list = async () => (await read(await world.fetch('/admin/v1/signing-keys', { headers }))).items;
const rotate = async (body: unknown = {}, { fetch } = world) =>
  read(await fetch('/admin/v1/signing-keys/rotate', json(body, headers)));
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const events = async (action: string) =>
  (await read(await world.fetch(`/admin/v1/audit-events?action=${action}`, { headers }))).items;

async function sign({ ports, clock }: World): Promise<string> {
  const exp = Math.floor(clock.now().getTime() / 1000) + 86_400;
  return ports.keys.sign('at+jwt', { sub: 'user', sid: 'session', jti: 'token', aud: 'pria', exp });
}
const verify = ({ ports }: World, token: string) => ports.keys.verify('at+jwt', 'pria', token);
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error) => error.code,
  );

test('once the next key is known everywhere, a rotation happens at once; the operator sees the keys', async () => {
  const old = await sign(world);
  world.clock.moveBy(LEAD_SECONDS);
  const before = await list();
  expect(before.map(({ status, opens }: Record<string, unknown>) => [status, opens])).toEqual([
    ['next', true],
    ['active', true],
  ]);
  const rotation = await rotate();
  expect(rotation).toMatchObject({ outcome: 'rotated', retired: [kidOf(old)], active: before[0].kid });
  expect(rotation.warning).toBeUndefined();
  const after = await list();
  expect(after.map(({ status }: { status: string }) => status)).toEqual(['next', 'active', 'retired']);
  expect(JSON.stringify([before, rotation, after])).not.toMatch(/sealed|"d"|v1\./);
  world.clock.moveBy(BOUND_SECONDS + 1);
  expect(kidOf(await sign(replica))).toBe(rotation.active);
  expect(await verify(replica, old)).toMatchObject({ sid: 'session' });
  const [requested] = await events('signing_key.rotation_requested');
  const [rotated] = await events('signing_key.rotated');
  expect(requested).toMatchObject({ actorType: 'operator', targetId: kidOf(old), targetType: 'signing_key' });
  expect(rotated).toMatchObject({ actorType: 'operator', targetId: kidOf(old), reason: 'requested' });
  expect(rotated.details).toEqual({ retired: [kidOf(old)], active: rotation.active, next: rotation.next });
  expect(rotated.requestId).toMatch(/^[0-9a-f]{24}$/);
});

test('until then it is pending, asking again changes nothing, and any replica does it in time', async () => {
  const old = await sign(world);
  const pending = await rotate();
  expect(pending).toMatchObject({ outcome: 'pending', retired: [], active: kidOf(old) });
  world.clock.moveBy(LEAD_SECONDS - 30);
  expect(await rotate({}, replica)).toEqual(pending);
  expect(new Date(pending.rotatesAt).getTime() - world.clock.now().getTime()).toBeWithin(28_000, 30_001);
  expect(await maintainSigningKeys(replica.ports)).toBeUndefined();
  expect(await list()).toMatchObject([{ status: 'next' }, { status: 'active', rotatesAt: pending.rotatesAt }]);
  world.clock.moveBy(30);
  expect(await maintainSigningKeys(replica.ports)).toBe('rotate');
  world.clock.moveBy(BOUND_SECONDS + 1);
  expect(kidOf(await sign(world))).toBe(pending.next);
  expect(await events('signing_key.rotation_requested')).toHaveLength(1);
  expect(await events('signing_key.rotated')).toMatchObject([{ actorType: 'system', reason: 'requested' }]);
});

test('by force it does not wait, and says who may refuse the tokens', async () => {
  const old = await sign(world);
  const rotation = await rotate({ force: true });
  expect(rotation).toMatchObject({ outcome: 'rotated', retired: [kidOf(old)] });
  expect(rotation.warning).toContain(rotation.knownFrom);
  expect(await events('signing_key.rotated')).toMatchObject([{ actorType: 'operator', reason: 'forced' }]);
  expect(await verify(replica, old)).toMatchObject({ sid: 'session' });
});

test('a leak: no key of before verifies anything any more, on any replica, within the bound', async () => {
  const older = await sign(world);
  world.clock.moveBy(LEAD_SECONDS);
  await rotate();
  world.clock.moveBy(BOUND_SECONDS + 1);
  const old = await sign(world);
  for (const token of [older, old]) expect(await verify(replica, token)).toMatchObject({ sid: 'session' });
  const before = (await list()).map(({ kid }: { kid: string }) => kid);
  const rotation = await rotate({ compromised: true });
  expect(rotation.retired.toSorted()).toEqual(before.toSorted());
  world.clock.moveBy(BOUND_SECONDS + 1);
  for (const one of [world, replica]) {
    for (const token of [older, old]) expect(await refusal(verify(one, token))).toBe('token_invalid');
    const { keys } = await read(await one.fetch('/.well-known/jwks.json'));
    expect(keys.map(({ kid }: { kid: string }) => kid).toSorted()).toEqual([rotation.active, rotation.next].toSorted());
    const token = await sign(one);
    expect(kidOf(token)).toBe(rotation.active);
    await jwtVerify(token, createLocalJWKSet({ keys }), { currentDate: world.clock.now() });
  }
  expect(before).not.toContain(rotation.active);
  expect(before).not.toContain(rotation.next);
  expect((await events('signing_key.rotated'))[0]).toMatchObject({ actorType: 'operator', reason: 'compromised' });
});

test('FI-14 commands and housekeeping at once: one rotation, and all hear of the same one', async () => {
  await sign(world);
  for (const body of [{}, { force: true }, { compromised: true }]) {
    world.clock.moveBy(LEAD_SECONDS);
    const before = (await events('signing_key.rotated')).length;
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 10 }, (_, index) => rotate(body, index % 2 ? world : replica))),
      ...[world, replica].map(({ ports }) => maintainSigningKeys(ports)),
    ]);
    expect(new Set(answers.map(({ outcome, active }) => `${outcome} ${active}`)).size).toBe(1);
    expect((await events('signing_key.rotated')).length - before).toBe(1);
    const statuses = (await list()).map(({ status }: { status: string }) => status);
    expect(statuses.filter((status: string) => status !== 'retired').toSorted()).toEqual(['active', 'next']);
  }
});

test('FI-14 a leak while a rotation is under way: the keys of before are gone in any order', async () => {
  const old = await sign(world);
  const { active } = await rotate();
  for (let round = 0; round < 5; round++) {
    world.clock.moveBy(LEAD_SECONDS);
    await Promise.all([
      rotateSigningKeys(world.ports, 'compromised'),
      rotateSigningKeys(replica.ports, 'force'),
      maintainSigningKeys(replica.ports),
    ]);
    world.clock.moveBy(BOUND_SECONDS + 1);
    for (const one of [world, replica]) {
      expect(await refusal(verify(one, old))).toBe('token_invalid');
      expect(await verify(one, await sign(world))).toMatchObject({ sid: 'session' });
    }
    expect((await list()).map(({ kid }: { kid: string }) => kid)).not.toContain(active);
  }
});

test('FI-20 a next key that does not open is never promoted, and the operator hears of it', async () => {
  const old = await sign(world);
  await world.sql`update signing_keys set sealed_private_jwk = 'v1.00000000.AAAA.AAAA' where status = 'next'`;
  world.clock.moveBy(LEAD_SECONDS);
  for (const body of [{}, { force: true }]) {
    const answer = await world.fetch('/admin/v1/signing-keys/rotate', json(body, headers));
    expect(await read(answer, 409)).toMatchObject({ code: 'conflict' });
  }
  world.clock.moveBy(BOUND_SECONDS + 1);
  expect(kidOf(await sign(world))).toBe(kidOf(old));
  expect((await list())[0]).toMatchObject({ status: 'next', opens: false });
  expect(await rotate({ compromised: true })).toMatchObject({ outcome: 'rotated' });
  world.clock.moveBy(BOUND_SECONDS + 1);
  expect(kidOf(await sign(world))).not.toBe(kidOf(old));
});

test('the answers are the documented ones, and nobody else gets them', async () => {
  const witness = createWitness(await read(await world.fetch('/openapi.json')));
  const faults = (operationId: string, answer: Response) => {
    const described = witness.operations.find(({ operation }) => operation.operationId === operationId);
    return described ? witness.faults(described, answer) : ['not documented'];
  };
  expect(await faults('listSigningKeys', await world.fetch('/admin/v1/signing-keys', { headers }))).toEqual([]);
  const post = (body: RequestInit) => world.fetch('/admin/v1/signing-keys/rotate', body);
  for (const body of [{}, { force: true }])
    expect(await faults('rotateSigningKeys', await post(json(body, headers)))).toEqual([]);
  expect(await read(await post({ method: 'POST', headers }))).toMatchObject({ outcome: 'pending' });
  const wrong = await post(json({ force: 'yes' }, headers));
  expect(await read(wrong.clone(), 422)).toMatchObject({ code: 'input_invalid' });
  expect(await faults('rotateSigningKeys', wrong)).toEqual([]);
  expect(await read(await post(json({ compromised: true })), 401)).toMatchObject({ code: 'token_missing' });
  expect(await read(await world.fetch('/admin/v1/signing-keys'), 401)).toMatchObject({ code: 'token_missing' });
});

test('from the command line', async () => {
  const { DATABASE_URL = '', SECRETS_KEY = '' } = world.ports.config;
  const vestibule = (...args: string[]) => runCommandLine(args, { DATABASE_URL, SECRETS_KEY });
  const listed = await vestibule('keys', 'list', '--json');
  expect(listed).toMatchObject({ code: 0, error: '' });
  expect(JSON.parse(listed.out).items).toEqual(await list());
  const rotated = await vestibule('keys', 'rotate', '--force', '--yes', '--json');
  expect(rotated.code).toBe(0);
  expect(JSON.parse(rotated.out)).toMatchObject({ outcome: 'rotated', active: (await list())[1].kid });
  const pending = await vestibule('keys', 'rotate');
  expect(pending).toMatchObject({ code: 0, out: expect.stringContaining('signs until') });
  await world.sql`delete from drizzle.__drizzle_migrations`;
  const early = await vestibule('keys', 'list');
  expect(early).toMatchObject({ code: 1, out: '', error: expect.stringContaining('vestibule migrate') });
}, 60_000);
