/** Every login explains itself: the operator reads the trace of a success and of a refusal. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { REASONS } from '#core/reasons/reasons.ts';
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { SSO_ERRORS } from '#error';
import { json, read, travelApplivery } from '#tests/journey.ts';
import { acme, CLIENT } from '#tests/organizations.ts';
import { createWorld, type World } from '#tests/world.ts';

const KEY = 'operator-key-of-the-test-0123456789abcdef';
const headers = { authorization: `Bearer ${KEY}` };
let provider: RunningIdentityProvider;
let world: World;

beforeAll(async () => {
  provider = await startIdentityProvider({ clients: [CLIENT] });
  world = await createWorld({
    outboundAllow: [new URL(provider.issuer).host],
    declaration: (apiKey) => acme(provider.issuer, apiKey),
    environment: { ADMIN_API_KEY: KEY },
  });
  await travelApplivery({ fetch: world.fetch, apiKey: world.apiKey, email: 'ada@acme.test' });
});
afterAll(async () => {
  await world?.close();
  await provider?.stop();
});

test('a success lists every check it passed', async () => {
  const { items } = await read(await world.fetch('/admin/v1/logins?outcome=succeeded', { headers }));
  expect(items).toHaveLength(1);
  const names = items[0].checks.map((check: { name: string }) => check.name);
  for (const name of ['state.known', 'request.dialect', 'idToken.signature', 'idToken.nonce', 'provisioning.rule']) {
    expect(names).toContain(name);
  }
  expect(items[0].checks.some((check: { outcome: string }) => check.outcome === 'failed')).toBe(false);
});

test('a refusal is found by the Request-Id of its answer, with the check that failed last', async () => {
  const refused = await world.fetch('/v1/auth/sso/acme/oidc/callback', json({ code: 'c', state: 'unknown' }));
  const requestId = refused.headers.get('request-id');
  await read(refused, 400);
  const { items } = await read(await world.fetch(`/admin/v1/logins?requestId=${requestId}`, { headers }));
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ outcome: 'failed', reason: 'state_invalid', dialect: 'applivery' });
  expect(items[0].checks.at(-1)).toMatchObject({ name: 'state.known', outcome: 'failed' });
  const one = await read(await world.fetch(`/admin/v1/logins/${items[0].id}`, { headers }));
  expect(one).toEqual({ ...items[0], texts: REASONS.state_invalid });
});

test('pages hold together', async () => {
  const all = await read(await world.fetch('/admin/v1/audit-events', { headers }));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(
      await world.fetch(`/admin/v1/audit-events?limit=2${cursor ? `&cursor=${cursor}` : ''}`, { headers }),
    );
    seen.push(...page.items.map(({ id }: { id: string }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(all.items.map(({ id }: { id: string }) => id));
});

test('every reason is listed with its texts', async () => {
  const { items } = await read(await world.fetch('/admin/v1/reasons', { headers }));
  expect(items.map(({ code }: { code: string }) => code).sort()).toEqual(Object.keys(SSO_ERRORS).sort());
  expect(items).toContainEqual({
    code: 'email_missing',
    sentence: SSO_ERRORS.email_missing,
    ...REASONS.email_missing,
  });
});

test('nobody else reads them', async () => {
  expect(await read(await world.fetch('/admin/v1/logins'), 401)).toMatchObject({ code: 'token_missing' });
  const wrong = { authorization: `Bearer ${KEY.slice(0, -1)}x` };
  expect(await read(await world.fetch('/admin/v1/logins', { headers: wrong }), 401)).toMatchObject({
    code: 'token_invalid',
  });
  expect(await read(await world.fetch('/admin/v1/logins?limit=1000', { headers }), 422)).toMatchObject({
    code: 'input_invalid',
  });
  expect(await read(await world.fetch('/admin/v1/logins/ffffffffffffffffffffffff', { headers }), 404)).toMatchObject({
    code: 'not_found',
  });
});
