/** API keys on Indee's wire: whose they are, how long, and how they may be sent (AK-03 to AK-11). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { bearer, indee, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

const BASE = '/v1/admin/auth';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

/** Each of the four routes with a body that it would accept. */
async function bodies(): Promise<readonly { path: string; body: unknown }[]> {
  const { refresh } = await signIn(stage, indee);
  const started = await indee.start(stage);
  const { code, state } = await visitProvider(stage, started);
  return [
    { path: '/sso/initiate', body: { username: 'ada@acme.test' } },
    { path: '/sso/login', body: { state, nonce: started.nonce, email: started.email, code, error: false } },
    { path: '/refresh', body: { refresh_token: refresh } },
    { path: '/logout', body: { refresh_token: refresh } },
  ];
}

async function statuses(headers: Record<string, string>, query = ''): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const { path, body } of await bodies()) {
    const answer = await stage.world.fetch(BASE + path + query, json(body, headers));
    const { status_code } = (await answer.json()) as { status_code: string };
    expect(answer.headers.has('www-authenticate')).toBe(answer.status === 401);
    answers.push(`${answer.status} ${status_code}`);
  }
  return answers;
}

const four = (text: string) => [text, text, text, text];

const CASES: readonly { name: string; headers: () => Record<string, string>; query?: () => string; answer: string }[] =
  [
    { name: 'no key', headers: () => ({}), answer: '401 A2000' },
    {
      name: 'AK-08 the key in the query',
      headers: () => ({}),
      query: () => `?api_key=${stage.world.apiKey}`,
      answer: '401 A2000',
    },
    {
      name: 'AK-08 the key in a cookie',
      headers: () => ({ cookie: `api_key=${stage.world.apiKey}` }),
      answer: '401 A2000',
    },
    {
      name: 'AK-08 the key in another header',
      headers: () => ({ 'x-api-key': stage.world.apiKey }),
      answer: '401 A2000',
    },
    {
      name: 'AK-08 the key twice',
      headers: () => ({ authorization: `Bearer ${stage.world.apiKey}, Bearer ${stage.world.apiKey}` }),
      answer: '400 A4900',
    },
    {
      name: 'AK-08 a key in another header, twice',
      headers: () => ({ 'x-api-key': `${stage.world.apiKey}, ${stage.world.apiKey}` }),
      answer: '401 A2000',
    },
    { name: 'AK-11 an array', headers: () => ({ authorization: 'Bearer ["key"]' }), answer: '401 A2000' },
    { name: 'AK-11 %00', headers: () => ({ authorization: 'Bearer key%00' }), answer: '401 A2000' },
    { name: 'AK-11 an empty key', headers: () => ({ authorization: 'Bearer ' }), answer: '401 A2000' },
    { name: 'AK-11 null', headers: () => bearer('null'), answer: '401 A2100' },
    { name: 'AK-11 undefined', headers: () => bearer('undefined'), answer: '401 A2100' },
    { name: 'AK-11 an object', headers: () => ({ authorization: 'Bearer {"key":1}' }), answer: '401 A2000' },
    { name: 'AK-11 a megabyte', headers: () => bearer('k'.repeat(1_048_576)), answer: '401 A2100' },
    { name: 'AK-11 latin-1', headers: () => ({ authorization: 'Bearer k\u00e9y' }), answer: '401 A2000' },
    { name: 'a key that nobody has', headers: () => bearer(createApiKey()), answer: '401 A2100' },
    {
      name: 'a key with a typing error',
      headers: () => bearer(stage.world.apiKey.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
      answer: '401 A2100',
    },
    { name: 'the digest of the key', headers: () => bearer('d'.repeat(43)), answer: '401 A2100' },
  ];

describe('each of the four routes refuses', () => {
  test.each([...CASES])('$name', async ({ headers, query, answer }) => {
    expect(await statuses(headers(), query?.())).toEqual(four(answer));
    await expectNoSecrets(stage);
    expect(await statuses(bearer(stage.world.apiKey))).toEqual(four('200 A0000'));
  });
});

test("AK-07 another organization's key reaches nothing of this one", async () => {
  expect(await statuses(bearer(stage.otherApiKey))).toEqual(['401 A2001', '401 A2001', '401 A2003', '401 A2003']);
  const tokens = await signIn(stage, indee);
  const logout = json({ refresh_token: tokens.refresh }, bearer(stage.otherApiKey));
  await read(await stage.world.fetch(`${BASE}/logout`, logout), 401);
  expect(await indee.use(stage.world.fetch, stage, tokens)).toBe(200);
});

test("AK-07 another organization's key keeps no session of this one in use", async () => {
  const tokens = await signIn(stage, indee);
  const { sql, clock } = stage.world;
  await sql`update sessions set idle_seconds = 600 where id = ${sessionOf(tokens)}`;
  const init = json({ refresh_token: tokens.refresh }, bearer(stage.otherApiKey));
  for (const path of ['refresh', 'logout']) {
    clock.moveBy(350);
    await read(await stage.world.fetch(`${BASE}/${path}`, init), 401);
  }
  expect(await indee.use(stage.world.fetch, stage, tokens)).toBe(401);
});

test('AK-07 a key is no access token, and an access token no key', async () => {
  await read(await stage.world.fetch('/v1/users/profile', { headers: bearer(stage.world.apiKey) }), 401);
  const { access } = await signIn(stage, indee);
  expect(await statuses(bearer(access))).toEqual(four('401 A2100'));
});

const LOST: readonly { name: string; sql: string; undo: string; answer: string }[] = [
  { name: 'revoked', sql: 'revoked_at = now()', undo: 'revoked_at = null', answer: '401 A2100' },
  { name: 'expired', sql: `expires_at = now() - interval '1 second'`, undo: 'expires_at = null', answer: '401 A2100' },
  { name: 'of other dialects', sql: `dialects = '{pria}'`, undo: `dialects = '{indee}'`, answer: '401 A2100' },
];

describe('AK-05 at once, on every replica:', () => {
  test.each([...LOST])('a key that is $name', async ({ sql, undo, answer }) => {
    const tokens = await signIn(stage, indee);
    const started = await indee.start(stage);
    const returned = await visitProvider(stage, started);
    const prepared = await bodies();
    await stage.world.sql.unsafe(`update api_keys set ${sql}`);
    for (const { fetch } of [stage.world, stage.replica]) {
      expect(await indee.use(fetch, stage, tokens)).toBe(401);
      for (const { path, body } of prepared) {
        const refused = await fetch(BASE + path, json(body, bearer(stage.world.apiKey)));
        expect(`${refused.status} ${((await refused.json()) as { status_code: string }).status_code}`).toBe(answer);
      }
    }
    await stage.world.sql.unsafe(`update api_keys set ${undo}`);
    expect(await indee.use(stage.replica.fetch, stage, tokens)).toBe(200);
    // the key that could not be used spent nothing, unless the login was already looked at
    if (sql.includes('_at')) await read(await stage.world.fetch(...indee.callback(stage, started, returned)));
  });
});

test('AK-03 the database holds a digest and eight characters to tell keys apart', async () => {
  const [row] = await stage.world.sql`select * from api_keys where key_digest is not null and organization_id =
    (select id from organizations where slug = 'acme')`;
  expect(row?.['prefix']).toBe(stage.world.apiKey.slice(0, 8));
  expect(row?.['key_digest']).toMatch(/^[A-Za-z0-9_-]{43}$/);
});
