/** FI-20: the signing key is missing, damaged, or sealed under a key that nobody has, while the server runs. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { decodeProtectedHeader } from 'jose';
import { rotateSigningKeys } from '#core/signing-keys.ts';
import { assertUsable } from '#ports/start-check.ts';
import { applivery, CLIENTS, pria, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const DAMAGES: Readonly<Record<string, (sealed: string, id: string) => string | Promise<string>>> = {
  'a bit turned': (sealed) => sealed.replace(/.(?=.{9}$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
  'nothing there': () => '',
  'another key’s': () => 'v1.00000000.AAAA.AAAA',
  'no key at all': (_sealed, id) =>
    stage.world.ports.keys.seal('{"kty":"oct","k":"AAAA"}', `signing_keys:${id}:private_jwk`),
  'no JSON': (_sealed, id) => stage.world.ports.keys.seal('nonsense', `signing_keys:${id}:private_jwk`),
  'the private part of another key': (_sealed, id) => wrongPrivatePart(id),
};

async function wrongPrivatePart(id: string): Promise<string> {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const jwk = await crypto.subtle.exportKey('jwk', privateKey);
  return stage.world.ports.keys.seal(JSON.stringify(jwk), `signing_keys:${id}:private_jwk`);
}

test.each(Object.entries(DAMAGES))(
  '%s: 503 and no token, while sessions are used and ended; then it is repaired',
  async (_name, damage) => {
    const { world } = stage;
    const tokens = await signIn(stage, applivery);
    const sliding = await signIn(stage, pria);
    const [row] = await world.sql`select id, sealed_private_jwk from signing_keys where status = 'active'`;
    const [id, sealed] = [String(row?.['id']), String(row?.['sealed_private_jwk'])];
    await world.sql`update signing_keys set sealed_private_jwk = ${await damage(sealed, id)} where id = ${id}`;
    world.clock.moveBy(21);

    for (const client of CLIENTS) {
      const started = await client.start(stage);
      const answer = await world.fetch(...client.callback(stage, started, await visitProvider(stage, started)));
      expect({ status: answer.status, retry: answer.headers.has('retry-after') }).toEqual({ status: 503, retry: true });
      expect(await answer.text()).not.toContain('eyJ');
    }
    const pair = json({ lastAccessToken: tokens.access, refreshToken: tokens.refresh });
    expect((await world.fetch('/v1/auth/refresh', pair)).status).toBe(503);
    const slide = { method: 'POST', headers: { 'x-access-token': sliding.access } };
    expect((await world.fetch('/api/user/refresh/profile', slide)).status).toBe(503);

    expect(await applivery.use(world.fetch, stage, tokens)).toBe(200);
    expect((await read(await world.fetch('/.well-known/jwks.json'))).keys.length).toBeGreaterThanOrEqual(2);
    const [trace] = await world.sql`select reason from logins order by created_at desc limit 1`;
    expect(trace?.['reason']).toBe('signing_unavailable');

    expect(await rotateSigningKeys(world.ports, 'force')).toMatchObject({ outcome: 'rotated' });
    world.clock.moveBy(21);
    expect(decodeProtectedHeader((await signIn(stage, applivery)).access).kid).not.toBe(id);
    // the refused renewal cost nothing
    await read(await world.fetch('/v1/auth/refresh', pair));
  },
);

test('a damaged key stops no start, one that is sealed under another key does', async () => {
  const { world, replica } = stage;
  await world.sql`update signing_keys set sealed_private_jwk = left(sealed_private_jwk, 40) where status = 'active'`;
  world.clock.moveBy(21);
  await assertUsable(replica.ports);
  expect(replica.logLines.join('')).toContain('the active signing key does not open');
  await world.sql`update signing_keys set sealed_private_jwk = 'v1.00000000.AAAA.AAAA' where status = 'active'`;
  await expect(assertUsable(replica.ports)).rejects.toThrow(
    'SECRETS_KEY does not open what this database holds: 1 in signing_keys',
  );
});
