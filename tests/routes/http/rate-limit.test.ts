/** One address may send so many requests; the refusal speaks the dialect of the route. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { notePeer } from '#routes/http/context.ts';
import { json, read } from '#tests/journey.ts';
import { acme } from '#tests/organizations.ts';
import { createWorld, PUBLIC_URL, type World } from '#tests/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: (apiKey) => acme('https://login.acme.test', apiKey),
    environment: { RATE_LIMIT_PER_MINUTE: '3' },
  });
});
afterAll(() => world?.close());

async function from(address: string, path: string, init?: RequestInit): Promise<Response> {
  const request = new Request(new URL(path, PUBLIC_URL), init);
  notePeer(request, address);
  return world.app.fetch(request);
}

test('beyond the limit each dialect refuses in its own words, until the minute is over', async () => {
  for (let sent = 0; sent < 3; sent++) await read(await from('192.0.2.1', '/.well-known/jwks.json'));
  const refused = await from('192.0.2.1', '/v1/users/profile');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await read(refused, 429)).toMatchObject({ status: false, error: { code: 4029 } });
  expect(await read(await from('192.0.2.1', '/.well-known/jwks.json'), 429)).toMatchObject({ code: 'rate_limited' });
  await read(await from('192.0.2.1', '/health/live'));
  await read(await from('192.0.2.2', '/.well-known/jwks.json'));
  world.clock.moveBy(61);
  await read(await from('192.0.2.1', '/.well-known/jwks.json'));
});

test('a network of IPv6 addresses is one client', async () => {
  for (let host = 1; host <= 3; host++) await read(await from(`2001:db8:1:1::${host}`, '/.well-known/jwks.json'));
  await read(await from('2001:db8:1:1::ffff', '/.well-known/jwks.json'), 429);
  await read(await from('2001:db8:1:2::1', '/.well-known/jwks.json'));
});

test('whoever guesses the operator’s key with a body is counted too', async () => {
  const guess = () => from('192.0.2.9', '/admin/v1/sessions/end', json({}, { authorization: 'Bearer guess' }));
  for (let sent = 0; sent < 3; sent++) await read(await guess(), 401);
  await read(await guess(), 429);
});
