/** How our tokens travel: where a client may put them, and who may keep or read the answers (TK-04, TK-05, TK-11). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createRefreshToken } from '#core/refresh.ts';
import { createTokenId } from '#core/session.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import { createId } from '#ports/keys/identifier.ts';
import { applivery, bearer, CLIENTS, pria, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ environment: { ALLOWED_ORIGINS: 'https://app.example' } });
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

describe('TK-04 where a token may stand', () => {
  const cases: readonly { name: string; status: number; request: (token: string) => [string, RequestInit] }[] = [
    {
      name: 'lower-case scheme',
      status: 200,
      request: (t) => ['/v1/users/profile', { headers: { authorization: `bearer ${t}` } }],
    },
    {
      name: 'two spaces',
      status: 200,
      request: (t) => ['/v1/users/profile', { headers: { authorization: `Bearer  ${t}` } }],
    },
    {
      name: 'a tab',
      status: 400,
      request: (t) => ['/v1/users/profile', { headers: { authorization: `Bearer\t${t}` } }],
    },
    {
      name: 'two headers',
      status: 400,
      request: (t) => [
        '/v1/users/profile',
        {
          headers: new Headers([
            ['authorization', `Bearer ${t}`],
            ['authorization', `Bearer ${t}`],
          ]),
        },
      ],
    },
    {
      name: 'another scheme',
      status: 401,
      request: (t) => ['/v1/users/profile', { headers: { authorization: `Token ${t}` } }],
    },
    { name: 'no scheme', status: 401, request: (t) => ['/v1/users/profile', { headers: { authorization: t } }] },
    { name: 'the query', status: 401, request: (t) => [`/v1/users/profile?access_token=${t}&token=${t}`, {}] },
    {
      name: 'a cookie',
      status: 401,
      request: (t) => ['/v1/users/profile', { headers: { cookie: `token=${t}; access_token=${t}` } }],
    },
    { name: "Pria's header", status: 401, request: (t) => ['/v1/users/profile', { headers: { 'x-access-token': t } }] },
    { name: 'the body', status: 401, request: (t) => ['/v1/auth/logout', json({ access_token: t, token: t })] },
  ];
  test.each([...cases])('$name: $status', async ({ status, request }) => {
    const { access } = await signIn(stage, applivery);
    const answer = await stage.world.fetch(...request(access));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(await applivery.use(stage.world.fetch, stage, { access })).toBe(200);
  });

  test('Pria: both headers with two tokens are refused, with one token accepted', async () => {
    const [one, two] = [await signIn(stage, pria), await signIn(stage, pria)];
    const send = (bearerToken: string) =>
      stage.world.fetch('/api/user/refresh/profile', {
        method: 'POST',
        headers: { ...bearer(bearerToken), 'x-access-token': one.access },
      });
    expect((await send(two.access)).status).toBe(400);
    expect((await send(one.access)).status).toBe(200);
  });
});

describe('TK-05 answers that carry tokens', () => {
  test.each([...CLIENTS])('$dialect: kept by nobody, read only by the listed origins', async (client) => {
    for (const origin of [
      'https://app.example',
      'https://app.example.evil.test',
      'https://evil.example',
      'null',
      'http://app.example',
    ]) {
      const started = await client.start(stage);
      const [path, init] = client.callback(stage, started, await visitProvider(stage, started));
      const headers = new Headers(init.headers);
      headers.set('origin', origin);
      const answer = await stage.world.fetch(path, { ...init, headers });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('pragma')).toBe('no-cache');
      const allowed = answer.headers.get('access-control-allow-origin');
      expect(allowed).toBe(origin === 'https://app.example' ? origin : null);
    }
  });
});

test('TK-05 a refusal can be read by the listed origin too', async () => {
  const answer = await stage.world.fetch('/v1/users/profile', { headers: { origin: 'https://app.example' } });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
});

test('TK-11 a hundred thousand of each: none twice', () => {
  const now = new Date();
  for (const draw of [createRefreshToken, createTokenId, () => createId(now)]) {
    expect(new Set(Array.from({ length: 100_000 }, draw)).size).toBe(100_000);
  }
  expect(new Set(Array.from({ length: 1_000 }, createApiKey)).size).toBe(1_000);
  expect(createRefreshToken()).toMatch(/^vrt_[A-Za-z0-9_-]{43}$/);
  expect(createTokenId()).toMatch(/^[A-Za-z0-9_-]{22}$/);
});
