/** Revocation (RFC 7009) and introspection (RFC 7662) as API clients use them, over all three APIs (TK-07, TI-01). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import * as oauth from 'oauth4webapi';
import { createApiKey } from '#ports/keys/api-key.ts';
import { applivery, bearer, CLIENTS, type Client, indee, pria, signIn, type Tokens } from '#tests/hostile/clients.ts';
import { asPair, claimsOf, refusalOf, rotate, STALE, sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';
import { createWitness } from '#tests/openapi-witness.ts';
import { PUBLIC_URL } from '#tests/world.ts';

const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';
/** Acme's, for every API; the stage's own is for Indee alone. */
const everyKey = createApiKey();

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
  await stage.world.apply({
    organizations: [
      {
        slug: 'acme',
        name: 'Acme Industries',
        apiKeys: [{ name: 'gateway', key: everyKey, dialects: ['applivery', 'indee', 'pria'] }],
      },
    ],
  });
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

type Ask = 'introspect' | 'revoke';
const form = (fields: Record<string, string>, headers: Record<string, string> = bearer(everyKey)): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(fields).toString(),
});
const ask = (what: Ask, token: string, key = everyKey) =>
  stage.replica.fetch(`/oauth2/${what}`, form({ token }, bearer(key)));
const introspect = async (token: string, key = everyKey) => read(await ask('introspect', token, key));
const use = (client: Client, tokens: Tokens) => client.use(stage.world.fetch, stage, tokens);
const INACTIVE = { active: false };
const tokensOf = ({ access, refresh }: Tokens) => [access, ...(refresh ? [refresh] : [])];

describe.each([...CLIENTS])('over $dialect', (client) => {
  test('tokens in force are told, with whose they are, as documented', async () => {
    const tokens = await signIn(stage, client);
    const witness = createWitness(await read(await stage.world.fetch('/openapi.json')));
    const described = witness.operations.find(({ operation }) => operation.operationId === 'introspectToken');
    if (!described) throw new Error('not documented');
    const common = {
      active: true,
      aud: client.dialect,
      iss: PUBLIC_URL,
      username: 'ada@acme.test',
      sid: sessionOf(tokens),
    };
    for (const token of tokensOf(tokens)) {
      const answer = await ask('introspect', token);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await witness.faults(described, answer.clone())).toEqual([]);
      const use = token === tokens.access ? { token_use: 'access', token_type: 'Bearer' } : { token_use: 'refresh' };
      expect(await read(answer)).toMatchObject({ ...common, ...use });
    }
    const { exp, iat } = claimsOf(tokens);
    expect(await introspect(tokens.access)).toMatchObject({ exp, iat });
  });

  test('each token of a session revokes all of it, at once on every replica', async () => {
    const kept = await signIn(stage, client);
    const count = tokensOf(kept).length;
    for (let index = 0; index < count; index++) {
      const tokens = await signIn(stage, client);
      expect(await use(client, tokens)).toBe(200);
      const answer = await ask('revoke', tokensOf(tokens)[index] ?? '');
      expect([answer.status, await answer.text()]).toEqual([200, '']);
      expect(await use(client, tokens)).toBe(401);
      for (const token of tokensOf(tokens)) {
        expect(await introspect(token)).toEqual(INACTIVE);
        // what is revoked already is no error
        expect((await ask('revoke', token)).status).toBe(200);
      }
      const audit = await stage.world
        .sql`select action, actor_type, reason, request_id is not null as told from audit_events
        where target_id = ${sessionOf(tokens)} and action <> 'login.success'`;
      expect([...audit]).toEqual([{ action: 'session.ended', actor_type: 'api_key', reason: 'revoked', told: true }]);
    }
    expect(await use(client, kept)).toBe(200);
  });

  test('tokens of another organization, or of an API that the key may not call, are told nothing of and not revoked', async () => {
    const tokens = await signIn(stage, client);
    const keys = client === indee ? [stage.otherApiKey] : [stage.otherApiKey, stage.world.apiKey];
    for (const token of tokensOf(tokens)) {
      for (const key of keys) {
        expect(await introspect(token, key)).toEqual(INACTIVE);
        const refused = await ask('revoke', token, key);
        expect([refused.status, await refused.json()]).toMatchObject([400, { error: 'unauthorized_client' }]);
      }
      expect(await introspect(token)).toMatchObject({ active: true });
    }
    expect(await use(client, tokens)).toBe(200);
  });

  test('a session that is over for any cause has no token in force', async () => {
    const endings: readonly { sql: string; undo: string }[] = [
      { sql: 'update users set deactivated_at = now()', undo: 'update users set deactivated_at = null' },
      { sql: `update connections set status = 'disabled'`, undo: `update connections set status = 'active'` },
      {
        sql: 'update organizations set sessions_ended_at = now()',
        undo: 'update organizations set sessions_ended_at = null',
      },
      { sql: "update sessions set last_used_at = now() - interval '2 hours', idle_seconds = 3600", undo: 'select 1' },
      { sql: 'update sessions set expires_at = now()', undo: 'select 1' },
    ];
    for (const { sql, undo } of endings) {
      const tokens = await signIn(stage, client);
      await stage.world.sql.unsafe(sql);
      for (const token of tokensOf(tokens)) expect(await introspect(token)).toEqual(INACTIVE);
      await stage.world.sql.unsafe(undo);
    }
  });
});

test('a spent refresh token is not in force, is no reuse when asked about, and revokes its session', async () => {
  const first = asPair(await signIn(stage, applivery));
  const second = await rotate(stage, first);
  expect(await introspect(first.refresh)).toEqual(INACTIVE);
  stage.world.clock.moveBy(11);
  expect(await introspect(first.refresh)).toEqual(INACTIVE);
  expect(await introspect(second.refresh)).toMatchObject({ active: true, token_use: 'refresh' });
  expect(await use(applivery, second)).toBe(200);
  expect((await ask('revoke', first.refresh)).status).toBe(200);
  expect(await use(applivery, second)).toBe(401);
  expect(await refusalOf(stage.world.fetch, second)).toEqual(STALE);
});

test('an access token that has expired is not in force, and still revokes its session', async () => {
  const pair = asPair(await signIn(stage, applivery));
  stage.world.clock.moveBy(901);
  expect(await introspect(pair.access)).toEqual(INACTIVE);
  expect((await ask('revoke', pair.access)).status).toBe(200);
  expect(await refusalOf(stage.world.fetch, pair)).toEqual(STALE);
});

test('asking about an access token keeps a session in use; asking about a refresh token does not', async () => {
  const tokens = await signIn(stage, pria);
  const pair = asPair(await signIn(stage, applivery));
  await stage.world
    .sql`update sessions set idle_seconds = 600 where id in ${stage.world.sql([sessionOf(tokens), sessionOf(pair)])}`;
  for (let step = 0; step < 3; step++) {
    stage.world.clock.moveBy(400);
    expect(await introspect(tokens.access)).toMatchObject({ active: true });
    await introspect(pair.refresh);
  }
  expect(await use(pria, tokens)).toBe(200);
  expect(await introspect(pair.refresh)).toEqual(INACTIVE);
});

test('somebody else’s asking keeps no session in use: not another organization’s, nor that of a key for another API', async () => {
  const [ofIndee, ofPria] = [await signIn(stage, indee), await signIn(stage, pria)];
  const ids = [sessionOf(ofIndee), sessionOf(ofPria)];
  await stage.world.sql`update sessions set idle_seconds = 600 where id in ${stage.world.sql(ids)}`;
  for (let step = 0; step < 2; step++) {
    stage.world.clock.moveBy(350);
    expect(await introspect(ofIndee.access, stage.otherApiKey)).toEqual(INACTIVE);
    expect(await introspect(ofPria.access, stage.world.apiKey)).toEqual(INACTIVE);
  }
  expect(await use(indee, ofIndee)).toBe(401);
  expect(await use(pria, ofPria)).toBe(401);
});

test('what is no token of ours is unknown, and nothing of it is echoed', async () => {
  const { access } = await signIn(stage, pria);
  const nonsense = [
    'x',
    'vrt_x',
    `vrt_${'A'.repeat(43)}`,
    `${access}x`,
    access.slice(0, -3),
    'a.b.c',
    "' or 1=1 --",
    '\u0000',
    'é',
    't'.repeat(60_000),
  ];
  for (const token of nonsense) {
    expect(await introspect(token)).toEqual(INACTIVE);
    const answer = await ask('revoke', token);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  }
  expect(await introspect(access)).toMatchObject({ active: true });
});

test('a hint that is wrong, unknown or endless helps nobody and hurts nobody', async () => {
  const { access, refresh } = asPair(await signIn(stage, applivery));
  for (const hint of ['refresh_token', 'access_token', 'saml2', '', 'h'.repeat(10_000)]) {
    for (const token of [access, refresh]) {
      const asked = await stage.world.fetch('/oauth2/introspect', form({ token, token_type_hint: hint }));
      expect(await read(asked)).toMatchObject({ active: true });
    }
  }
  const init = form({ token: access, token_type_hint: 'refresh_token' });
  expect((await stage.world.fetch('/oauth2/revoke', init)).status).toBe(200);
  expect(await introspect(refresh)).toEqual(INACTIVE);
});

describe('who may ask', () => {
  const basic = (user: string, password: string) => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` });
  const refused: readonly (readonly [string, () => Record<string, string>, number, string])[] = [
    ['nobody', () => ({}), 401, 'invalid_client'],
    ['an unknown key', () => bearer(createApiKey()), 401, 'invalid_client'],
    ['a key with a typing error', () => bearer(`${everyKey.slice(0, -1)}g`), 401, 'invalid_client'],
    ['the operator', () => bearer(ADMIN_API_KEY), 401, 'invalid_client'],
    ['an unknown key as a password', () => basic('gateway', createApiKey()), 401, 'invalid_client'],
    ['a key as the user', () => basic(everyKey, ''), 401, 'invalid_client'],
    ['Basic without a colon', () => ({ authorization: `Basic ${btoa('x')}` }), 400, 'invalid_request'],
    ['Basic that is no base64', () => ({ authorization: 'Basic %%%' }), 400, 'invalid_request'],
  ];
  test.each([...refused])('not %s', async (_name, headers, status, error) => {
    const { access } = await signIn(stage, pria);
    for (const what of ['introspect', 'revoke'] as const) {
      const answer = await stage.world.fetch(`/oauth2/${what}`, form({ token: access }, headers()));
      expect([answer.status, await answer.json()]).toMatchObject([status, { error }]);
      // in the scheme that was tried (RFC 6749 §5.2)
      const scheme = headers().authorization?.startsWith('Basic') ? 'Basic realm="' : 'Bearer';
      if (status === 401) expect(answer.headers.get('www-authenticate')).toStartWith(scheme);
    }
    expect(await use(pria, { access })).toBe(200);
  });

  test('an API key as a bearer token, or as the password of any user, encoded or not', async () => {
    const { access } = await signIn(stage, pria);
    const headers = [
      bearer(everyKey),
      basic('gateway', everyKey),
      basic('', everyKey),
      basic('x', everyKey.replace('_', '%5F')),
    ];
    for (const each of headers)
      expect(await read(await stage.world.fetch('/oauth2/introspect', form({ token: access }, each)))).toMatchObject({
        active: true,
      });
  });

  test('who brings no key learns nothing of what is wrong with the rest', async () => {
    for (const path of ['/oauth2/revoke', '/oauth2/introspect']) {
      expect((await stage.world.fetch(path, form({}, {}))).status).toBe(401);
      expect((await stage.world.fetch(path, form({}))).status).toBe(400);
    }
  });

  test('neither a key nor a token in the address; nor a key in the body', async () => {
    const { access } = await signIn(stage, pria);
    const attempts: [string, RequestInit, number][] = [
      [`/oauth2/introspect?token=${access}`, form({}), 400],
      [`/oauth2/introspect?access_token=${everyKey}`, form({ token: access }, {}), 401],
      ['/oauth2/introspect', form({ token: access, client_id: 'gateway', client_secret: everyKey }, {}), 401],
      ['/oauth2/introspect', { ...form({}), body: `token=${access}&token=${access}` }, 400],
      [
        '/oauth2/introspect',
        { ...form({ token: access }), headers: { ...bearer(everyKey), 'content-type': 'application/json' } },
        415,
      ],
      ['/oauth2/introspect', form({ token: '' }), 400],
    ];
    for (const [path, init, status] of attempts) {
      const answer = await stage.world.fetch(path, init);
      expect(answer.status).toBe(status);
      expect(await answer.text()).not.toContain(access);
    }
    for (const path of ['/oauth2/revoke', '/oauth2/introspect'])
      expect((await stage.world.fetch(path, { headers: bearer(everyKey) })).status).toBe(405);
  });
});

test('an ordinary OAuth client library finds its way', async () => {
  const server: oauth.AuthorizationServer = {
    issuer: PUBLIC_URL,
    introspection_endpoint: `${PUBLIC_URL}/oauth2/introspect`,
    revocation_endpoint: `${PUBLIC_URL}/oauth2/revoke`,
  };
  const client: oauth.Client = { client_id: 'gateway' };
  const options = {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (url: string, init: RequestInit) => stage.world.fetch(new URL(url).pathname, init),
  };
  const secret = oauth.ClientSecretBasic(everyKey);
  const tokens = asPair(await signIn(stage, applivery));
  const asked = async () =>
    oauth.processIntrospectionResponse(
      server,
      client,
      await oauth.introspectionRequest(server, client, secret, tokens.access, options),
    );
  expect(await asked()).toMatchObject({ active: true, sub: expect.any(String) });
  await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, secret, tokens.refresh, options));
  expect(await asked()).toEqual(INACTIVE);
});
