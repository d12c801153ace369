/** The start of a login: what is in the URL, what a caller may not put there, and what only looks (ST-08, ST-09, OC-10, OC-11). */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { applivery, bearer, visitProvider } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI } from '#tests/world.ts';

const URLS = 1_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const RANDOM_128_BITS = /^[A-Za-z0-9_-]{22}$/;

test('ST-08 a thousand authorization URLs: S256, 128 bits, nothing twice', async () => {
  const drawn = { state: new Set(), nonce: new Set(), code_challenge: new Set() };
  const urls: URL[] = [];
  while (urls.length < URLS) {
    const batch = await Promise.all(Array.from({ length: 50 }, () => applivery.start(stage)));
    urls.push(...batch.map(({ url }) => url));
  }
  for (const url of urls) {
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'vestibule',
      redirect_uri: REDIRECT_URI,
      scope: 'openid email profile',
      state: expect.stringMatching(RANDOM_128_BITS),
      nonce: expect.stringMatching(RANDOM_128_BITS),
      code_challenge: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      code_challenge_method: 'S256',
    });
    for (const [name, values] of Object.entries(drawn)) values.add(url.searchParams.get(name));
  }
  expect(Object.values(drawn).map(({ size }) => size)).toEqual([URLS, URLS, URLS]);
  expect([...drawn.state].some((state) => drawn.nonce.has(state))).toBe(false);
});

test('ST-08 the verifier that the provider gets has 43 to 128 characters and fits the challenge', async () => {
  const started = await applivery.start(stage);
  await read(await stage.world.fetch(...applivery.callback(stage, started, await visitProvider(stage, started))));
  const body = stage.provider.requests.findLast(({ endpoint }) => endpoint === 'token')?.body;
  const verifier = new URLSearchParams(body).get('code_verifier') ?? '';
  expect(verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  expect(hash.toBase64({ alphabet: 'base64url', omitPadding: true })).toBe(
    started.url.searchParams.get('code_challenge') ?? '',
  );
});

describe.each(['/v1/auth/sso/acme/oidc', '/sso/acme', '/api/auth/sso/acme'])('ST-09 %s refuses', (path) => {
  const reserved = ['state', 'nonce', 'client_id', 'scope', 'response_type', 'response_mode', 'code_challenge'];
  const more = ['code_challenge_method', 'request', 'request_uri'];
  test.each([...reserved, ...more])('the parameter %s', async (name) => {
    const answer = await stage.world.fetch(`${path}?${name}=chosen`, { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('chosen');
  });
});

describe('ST-09 a redirect URI that is not registered', () => {
  const wrong = [
    'https://evil.example/',
    `${REDIRECT_URI}/`,
    `${REDIRECT_URI}?x=1`,
    `${REDIRECT_URI}#x`,
    REDIRECT_URI.toUpperCase(),
    REDIRECT_URI.replace('http:', 'https:'),
    REDIRECT_URI.replace('localhost', 'localhost@evil.example'),
    REDIRECT_URI.replace('/login', '/x/../login'),
  ];
  test.each(wrong)('%s', async (uri) => {
    const path = `/v1/auth/sso/acme/oidc?redirect_uri=${encodeURIComponent(uri)}`;
    const answer = await stage.world.fetch(path);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.code).toBeOneOf([4000, 5079]);
  });
  test('and the registered one', async () => {
    const { data } = await read(
      await stage.world.fetch(`/v1/auth/sso/acme/oidc?redirect_uri=${encodeURIComponent(REDIRECT_URI)}`),
    );
    expect(new URL(data.redirectUrl).searchParams.get('redirect_uri')).toBe(REDIRECT_URI);
  });
});

async function countRequests(): Promise<number> {
  const [row] = await stage.world.sql`select count(*)::int as count from authentication_requests`;
  return row?.['count'];
}

describe('what only looks starts and spends nothing', () => {
  const looks = [
    { name: 'OC-10 HEAD', method: 'HEAD', headers: {} },
    { name: 'OC-11 Sec-Purpose: prefetch', method: 'GET', headers: { 'sec-purpose': 'prefetch', accept: 'text/html' } },
    { name: 'OC-11 Purpose: prefetch', method: 'GET', headers: { purpose: 'prefetch', accept: 'text/html' } },
    { name: 'OC-11 Sec-Purpose: prefetch;prerender', method: 'GET', headers: { 'sec-purpose': 'prefetch;prerender' } },
  ];
  const paths = ['/v1/auth/sso/acme/oidc', '/sso/acme', '/api/auth/sso/acme'];
  test.each(looks.flatMap((look) => paths.map((path) => ({ ...look, path }))))('$name $path', async (look) => {
    const before = await countRequests();
    const answer = await stage.world.fetch(look.path, { method: look.method, headers: look.headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.has('set-cookie')).toBe(false);
    expect(await countRequests()).toBe(before);
  });

  test.each(['HEAD', 'GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('OC-10 %s on the callback', async (method) => {
    const started = await applivery.start(stage);
    const returned = await visitProvider(stage, started);
    const query = new URLSearchParams(Object.entries(returned).map(([name, value]) => [name, value ?? '']));
    const before = stage.provider.count('token');
    const answer = await stage.world.fetch(`/v1/auth/sso/acme/oidc/callback?${query}`, { method });
    expect(answer.status).toBeOneOf([204, 404, 405]);
    expect(stage.provider.count('token')).toBe(before);
    await read(await stage.world.fetch(...applivery.callback(stage, started, returned)));
  });
});

/** Text that no store and no path takes as it is. */
const STRANGE = ['%00', '%ff', 'a%00b', '%ed%a0%80', '..%2f..', encodeURIComponent('😀'), 'x'.repeat(5_000)];

describe('strange text at the start is the caller’s mistake, never ours', () => {
  const paths = STRANGE.flatMap((text) => [
    `/v1/auth/sso/${text}/oidc`,
    `/v1/auth/sso/acme/${text}`,
    `/v1/auth/sso/acme/oidc?login_hint=${text}`,
    `/v1/auth/sso/acme/oidc?redirect_uri=${text}`,
    `/sso/${text}`,
    `/sso/acme?login_hint=${text}`,
  ]);
  test.each(paths.map((path) => ({ path, name: path.slice(0, 60) })))('$name', async ({ path }) => {
    const answer = await stage.world.fetch(path, { headers: { accept: 'application/json' } });
    expect(answer.status).toBeLessThan(500);
  });

  const bodies = STRANGE.flatMap((text) => {
    const decoded = text.startsWith('%ed') || text === '%ff' ? '\ud800' : decodeURIComponent(text);
    return [{ username: decoded }, { username: `ada@${decoded}` }, { username: `${decoded}@acme.test` }];
  });
  test.each(bodies.map((body) => ({ body, name: JSON.stringify(body).slice(0, 60) })))(
    'Indee $name',
    async ({ body }) => {
      const answer = await stage.world.fetch('/v1/admin/auth/sso/initiate', json(body, bearer(stage.world.apiKey)));
      expect(answer.status).toBe(400);
      expect((await answer.json()).status_code).toBe('A4900');
    },
  );
});
