/** Cases ST: the authorization request, and whose answer it is. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { Checks } from '#core/checks.ts';
import type { Connection } from '#ports/db/schema.ts';
import {
  CLIENT_ID,
  createWorld,
  expectRefusal,
  finishLogin,
  logIn,
  outcomeOf,
  REDIRECT_URI,
  startLogin,
  type World,
} from './world.ts';

let world: World;
let attacker: World;
beforeAll(async () => {
  world = await createWorld();
  attacker = await createWorld();
});
beforeEach(() => {
  world.reset();
  attacker.reset();
});
afterAll(() => Promise.all([world.close(), attacker.close()]));

const TYPES: readonly Connection['type'][] = [
  'oidc',
  'google',
  'microsoft',
  'okta',
  'auth0',
  'keycloak',
  'github',
  'gitlab',
];
const issuerOf = (type: Connection['type']) =>
  type === 'oidc'
    ? world.provider.origin
    : type === 'google'
      ? null
      : `https://id.example${type === 'microsoft' ? '/organizations' : ''}`;

describe('the authorization request', () => {
  test.each(TYPES)('ST-08, ST-14 %s: everything that binds the answer, PKCE always', async (type) => {
    const connection = await world.connection({ type, issuer: issuerOf(type), maxAgeSeconds: 3600 });
    const request = {
      state: 'the-state',
      nonce: 'the-nonce',
      codeVerifier: 'v'.repeat(43),
      redirectUri: REDIRECT_URI,
      loginHint: 'a@b.c',
    };
    const { searchParams: query } = await world.identityProvider.authorize(connection, request);
    const challenge = createHash('sha256').update(request.codeVerifier).digest('base64url');
    const isOidc = type !== 'github' && type !== 'gitlab';
    expect(Object.fromEntries(query)).toEqual({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT_URI,
      state: 'the-state',
      login_hint: 'a@b.c',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      scope: expect.stringContaining(isOidc ? 'openid' : 'read'),
      ...(isOidc ? { nonce: 'the-nonce', max_age: '3600' } : {}),
    });
    expect([...query.keys()]).toHaveLength(new Set(query.keys()).size);
    expect(query.toString()).not.toContain(request.codeVerifier);
  });

  test('ST-09 the endpoint’s own query overrides nothing', async () => {
    const smuggled =
      'state=x&nonce=x&redirect_uri=https://evil.example/&client_id=x&scope=x&code_challenge=x' +
      '&code_challenge_method=plain&response_type=token&login_hint=x&max_age=0&keep=1';
    world.provider.script.discovery = { authorization_endpoint: `${world.provider.origin}/authorize?${smuggled}` };
    const connection = await world.connection({ maxAgeSeconds: 60 });
    const { url } = await startLogin(world, connection, { request: { loginHint: 'alice' } });
    for (const [name, value] of url.searchParams) expect([name, value === 'x']).toEqual([name, false]);
    expect(url.searchParams.get('response_type')).toBe('code');
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('redirect_uri')).toBe(REDIRECT_URI);
    expect(url.searchParams.get('max_age')).toBe('60');
    expect(url.searchParams.get('keep')).toBe('1');
  });

  test('openid is asked for, whatever scopes the connection names', async () => {
    const { url } = await startLogin(world, await world.connection({ scopes: ['email', 'groups'] }));
    expect(url.searchParams.get('scope')).toBe('openid email groups');
  });

  test('ST-14 PKCE is sent to a provider that announces none', async () => {
    world.provider.script.discovery = { code_challenge_methods_supported: undefined };
    const { url } = await startLogin(world, await world.connection());
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  });
});

describe('the authorization response', () => {
  test('ST-04 a code of an honest provider never reaches the attacker’s', async () => {
    const evil = await attacker.connection({ requireIss: true });
    const honest = await world.connection();
    // the attacker's authorization endpoint sends the browser on to the honest provider
    const started = await startLogin(attacker, evil);
    const { query } = await startLogin(world, honest);
    const checks = new Checks();
    const mixedUp = finishLogin(attacker.identityProvider, evil, { request: started.request, query }, checks);
    expect(await outcomeOf(mixedUp)).toBe('iss_mismatch');
    expect(attacker.provider.count('token')).toBe(0);
    expect(checks.entries.at(-1)).toMatchObject({ name: 'response.iss', outcome: 'failed' });
    expect(await outcomeOf(logIn(attacker, await attacker.connection()))).toBe('succeeded');
  });

  const wrong = ['https://elsewhere.example', '', 'ORIGIN/', 'ORIGIN#'];
  test.each(wrong)('ST-05 iss %p', async (template) => {
    const iss = template.replace('ORIGIN', world.provider.origin);
    const callback = (query: URLSearchParams) => query.set('iss', iss);
    const login = logIn(world, await world.connection(), { callback });
    expect(await outcomeOf(login)).toBe('iss_mismatch');
    expect(world.provider.count('token')).toBe(0);
    expect(await outcomeOf(logIn(world, await world.connection()))).toBe('succeeded');
  });

  test('ST-05 iss announced, required and missing', async () => {
    const callback = (query: URLSearchParams) => query.delete('iss');
    await expectRefusal(world, await world.connection({ requireIss: true }), 'iss_missing', { callback });
    const checks = new Checks();
    await logIn(world, await world.connection(), { callback, checks });
    expect(checks.entries).toContainEqual(expect.objectContaining({ name: 'response.iss', outcome: 'skipped' }));
  });

  test('a provider that announces no iss need not send one', async () => {
    world.provider.script.discovery = { authorization_response_iss_parameter_supported: undefined };
    world.provider.script.authorizationResponse = { iss: undefined };
    expect(await outcomeOf(logIn(world, await world.connection({ requireIss: true })))).toBe('succeeded');
  });

  test.each(['github', 'gitlab', 'keycloak'] as const)('ST-04 %s: a wrong iss stops it too', async (type) => {
    const connection = await world.connection({ type });
    const callback = (query: URLSearchParams) => query.set('iss', 'https://elsewhere.example');
    await expectRefusal(world, connection, 'iss_mismatch', { callback });
  });
});

describe('ST-07 a code of another login', () => {
  test('is refused by the provider, for the verifier is another', async () => {
    const connection = await world.connection();
    const victim = await startLogin(world, connection);
    const own = await startLogin(world, connection);
    const injected = { request: own.request, query: victim.query };
    expect(await outcomeOf(finishLogin(world.identityProvider, connection, injected))).toBe('code_exchange_failed');
    expect(await outcomeOf(finishLogin(world.identityProvider, connection, own))).toBe('succeeded');
  });

  test('is refused by the nonce where the provider checks no PKCE', async () => {
    const connection = await world.connection();
    const victim = await startLogin(world, connection);
    const own = await startLogin(world, connection);
    const request = { ...own.request, codeVerifier: victim.request.codeVerifier };
    expect(await outcomeOf(finishLogin(world.identityProvider, connection, { request, query: victim.query }))).toBe(
      'id_token_nonce',
    );
    expect(await outcomeOf(finishLogin(world.identityProvider, connection, own))).toBe('succeeded');
  });

  test('ST-10 two logins of one browser, finished in reverse order', async () => {
    const connection = await world.connection();
    const first = await startLogin(world, connection);
    const second = await startLogin(world, connection);
    expect(await outcomeOf(finishLogin(world.identityProvider, connection, second))).toBe('succeeded');
    expect(await outcomeOf(finishLogin(world.identityProvider, connection, first))).toBe('succeeded');
  });
});
