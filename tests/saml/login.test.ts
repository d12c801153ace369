/** Logins by SAML over each of the three APIs: the same clients, the same answers, another protocol behind. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { answerFor, type CookieJar, formOf } from '#dev/saml/sign-in.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI } from '#tests/world.ts';
import { createSamlWorld, FRONT_END_ACS, type SamlWorld } from './saml-world.ts';

const EMAIL = 'ada@acme.test';
const PATH = '/v1/auth/sso/acme/saml';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

let world: SamlWorld;
beforeAll(async () => {
  world = await createSamlWorld({ saml: { allowIdpInitiated: true } });
});
afterAll(() => world?.close());
beforeEach(() => world.provider.reset());

async function start(): Promise<{ redirectUrl: string; state: string }> {
  return (await read(await world.fetch(PATH))).data;
}

async function applivery(email = EMAIL) {
  const { redirectUrl, state } = await start();
  const redirect = await world.signIn(redirectUrl, email);
  expect(redirect.state).toBe(state);
  expect(redirect.location.href.startsWith(`${REDIRECT_URI}?`)).toBe(true);
  const { data } = await read(await world.fetch(`${PATH}/callback`, json({ code: redirect.code, state })));
  return data;
}

async function lastLogin() {
  const [row] = await world.sql`select * from logins order by created_at desc, id desc limit 1`;
  return row;
}

describe('each API', () => {
  test('Applivery: session, renewal, user, end', async () => {
    const data = await applivery();
    expect(data.user).toMatchObject({ email: EMAIL, firstName: 'Ada', lastName: 'Lovelace', ssoUser: true });
    const pair = { lastAccessToken: data.accessToken.token, refreshToken: data.refreshToken.token };
    const renewed = await read(await world.fetch('/v1/auth/refresh', json(pair)));
    const headers = bearer(renewed.data.accessToken.token);
    await read(await world.fetch('/v1/users/profile', { headers }));
    await read(await world.fetch('/v1/auth/logout', { method: 'POST', headers }));
    await read(await world.fetch('/v1/users/profile', { headers }), 401);
  });

  test('Indee: state, nonce and email as with OpenID Connect', async () => {
    const key = bearer(world.apiKey);
    const started = await read(await world.fetch('/v1/admin/auth/sso/initiate', json({ username: EMAIL }, key)));
    const { code, state } = await world.signIn(started.redirect);
    expect(state).toBe(started.state);
    const body = { state, nonce: started.nonce, email: EMAIL, code, error: false, error_description: {} };
    const session = await read(await world.fetch('/v1/admin/auth/sso/login', json(body, key)));
    expect(session).toMatchObject({ status_code: 'A0000', status_message: 'success' });
    const refresh = json({ refresh_token: session.refresh_token }, key);
    await read(await world.fetch('/v1/admin/auth/refresh', refresh));
  });

  test('Pria: redirect, callback, sliding renewal', async () => {
    const redirect = await world.fetch('/sso/acme', { redirect: 'manual' });
    expect(redirect.status).toBe(302);
    const { code, state } = await world.signIn(redirect.headers.get('location') ?? '');
    const session = await read(await world.fetch('/api/auth/sso_callback', json({ code, state })));
    expect(session.profile).toMatchObject({ email: EMAIL, accountType: 'user' });
    const headers = { 'x-access-token': session.token };
    await read(await world.fetch('/api/user/refresh/profile', { method: 'POST', headers }));
  });
});

describe('what the provider may do as it likes', () => {
  test.each(['assertion', 'response', 'both'] as const)('it signs the %s', async (sign) => {
    world.provider.faults.sign = sign;
    expect((await applivery()).user.email).toBe(EMAIL);
  });

  test.each(['compact', 'pretty', 'default-namespace', 'declarations-on-root'] as const)(
    'it writes %s',
    async (style) => {
      world.provider.faults.style = style;
      expect((await applivery()).user.lastName).toBe('Lovelace');
    },
  );

  test.each(['basic', 'urn', 'microsoft', 'okta'] as const)('its attributes are named as %s', async (names) => {
    world.provider.faults.attributeNames = names;
    const { user } = await applivery('grace@acme.test');
    expect(user).toMatchObject({ email: 'grace@acme.test', firstName: 'Grace', lastName: 'Hopper' });
    const [membership] = await world.sql`select groups from memberships where email = 'grace@acme.test'`;
    expect(membership?.['groups']).toEqual([{ source: 'saml', name: 'engineering' }]);
  });

  test.each(['aes128-gcm', 'aes256-gcm'] as const)('it encrypts with %s', async (content) => {
    world.provider.faults.encrypt = { content, keyTransport: 'rsa-oaep-mgf1p', keyPlacement: 'inside' };
    expect((await applivery()).user.email).toBe(EMAIL);
  });

  test('its session ends before ours would, and takes ours along', async () => {
    world.provider.faults.sessionSeconds = 600;
    const data = await applivery();
    const left = (Date.parse(data.refreshToken.expireAt) - world.clock.now().getTime()) / 1000;
    expect(left).toBeGreaterThan(590);
    expect(left).toBeLessThanOrEqual(600);
  });
});

describe('the browser', () => {
  const navigation = { accept: 'text/html' };

  async function startInBrowser() {
    const answer = await world.fetch(PATH, { headers: navigation });
    expect(answer.status).toBe(302);
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return { location: answer.headers.get('location') ?? '', cookie };
  }

  test('that started finishes, although the provider’s POST brings no cookie', async () => {
    const { location, cookie } = await startInBrowser();
    const { code, state } = await world.signIn(location);
    await read(await world.fetch(`${PATH}/callback`, json({ code, state }, { cookie })));
  });

  test('that did not start gets no session', async () => {
    const { location } = await startInBrowser();
    const { code, state } = await world.signIn(location);
    const victim = await startInBrowser();
    await read(await world.fetch(`${PATH}/callback`, json({ code, state }, { cookie: victim.cookie })), 400);
    expect(await lastLogin()).toMatchObject({ outcome: 'failed', reason: 'browser_mismatch' });
  });

  test('that did not start is refused at the consumer service when it shows who it is', async () => {
    const { location } = await startInBrowser();
    const victim = await startInBrowser();
    const [name = '', value = ''] = victim.cookie.split('=');
    const jar: CookieJar = new Map([['http://localhost:3000', new Map([[name, value]])]]);
    await expect(world.signIn(location, EMAIL, jar)).rejects.toThrow(/400/);
    expect(await lastLogin()).toMatchObject({ reason: 'browser_mismatch' });
  });
});

describe('a login that the provider initiates', () => {
  async function initiated(relayState?: string) {
    const { entityId } = await serviceProviderOf();
    return world.signIn(world.provider.initiateUrl(entityId, relayState).href);
  }
  async function serviceProviderOf() {
    return { entityId: `http://localhost:3000/saml/${world.connectionId}/metadata` };
  }

  test('lands at the redirect URI with a code alone, for the APIs that can take it', async () => {
    const first = await initiated();
    expect(first.state).toBe('');
    expect(first.location.href.startsWith(`${REDIRECT_URI}?code=`)).toBe(true);
    await read(await world.fetch(`${PATH}/callback`, json({ code: first.code })));
    const second = await initiated();
    await read(await world.fetch('/api/auth/sso_callback', json({ code: second.code })));
  });

  test('is no way around the state where the API wants one', async () => {
    const { code } = await initiated();
    const body = { nonce: 'n', email: EMAIL, code, error: false, error_description: {} };
    const answer = await world.fetch('/v1/admin/auth/sso/login', json(body, bearer(world.apiKey)));
    expect(answer.status).toBe(400);
  });

  test('its code works once', async () => {
    const { code } = await initiated();
    await read(await world.fetch(`${PATH}/callback`, json({ code })));
    world.clock.moveBy(61);
    await read(await world.fetch(`${PATH}/callback`, json({ code })), 400);
  });

  test('drops a RelayState that is no address of ours', async () => {
    const { location } = await initiated('https://evil.example/');
    expect(location.origin).toBe('http://localhost:8080');
  });
});

describe('a response that a front end hands on', () => {
  test.each([
    ['JSON', json],
    ['a form', (body: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(body) })],
  ] as const)('as %s gets a session', async (_name, request) => {
    const { redirectUrl } = await start();
    const { SAMLResponse, RelayState = '' } = await answerFor(redirectUrl, EMAIL);
    const { data } = await read(await world.fetch(`${PATH}/callback`, request({ SAMLResponse, RelayState })));
    expect(data.user.email).toBe(EMAIL);
  });

  test('without a usable profile is 5070', async () => {
    world.provider.faults.attackerKey = true;
    const { redirectUrl } = await start();
    const { SAMLResponse, RelayState = '' } = await answerFor(redirectUrl, EMAIL);
    const refused = await read(await world.fetch(`${PATH}/callback`, json({ SAMLResponse, RelayState })), 400);
    expect(refused).toEqual({ status: false, error: { code: 5070, message: 'Saml get profile error' } });
    expect(await lastLogin()).toMatchObject({ reason: 'saml_signature', dialect: 'applivery' });
  });

  test('may have been sent to the front end’s own consumer service, where the connection names it', async () => {
    const other = await createSamlWorld({ saml: { consumerServiceUrl: FRONT_END_ACS } });
    try {
      const { redirectUrl } = (await read(await other.fetch(PATH))).data;
      const answer = await answerFor(redirectUrl, EMAIL);
      expect(answer.action).toBe(FRONT_END_ACS);
      const { SAMLResponse, RelayState = '' } = answer;
      await read(await other.fetch(`${PATH}/callback`, json({ SAMLResponse, RelayState })));
      const again = await answerFor((await read(await other.fetch(PATH))).data.redirectUrl, EMAIL);
      const acs = `/saml/${other.connectionId}/acs`;
      await read(await other.fetch(acs, { method: 'POST', body: formOf(again) }), 400);
    } finally {
      await other.close();
    }
  });
});

describe('the one-time code', () => {
  test('is good for a minute', async () => {
    const { redirectUrl } = await start();
    const { code, state } = await world.signIn(redirectUrl);
    world.clock.moveBy(61);
    await read(await world.fetch(`${PATH}/callback`, json({ code, state })), 400);
    expect(await lastLogin()).toMatchObject({ reason: 'code_exchange_failed' });
  });

  test('belongs to its state', async () => {
    const one = await world.signIn((await start()).redirectUrl);
    const two = await world.signIn((await start()).redirectUrl);
    await read(await world.fetch(`${PATH}/callback`, json({ code: one.code, state: two.state })), 400);
    await read(await world.fetch(`${PATH}/callback`, json({ code: one.code, state: one.state })));
  });

  test('is not in the database, nor are the claims', async () => {
    const { code, state } = await world.signIn((await start()).redirectUrl);
    const rows = await world.sql`select * from authentication_requests order by created_at desc limit 1`;
    const dump = JSON.stringify(rows);
    expect(dump).toContain('sealed_claims":"v1.');
    expect([code, EMAIL, 'Lovelace'].filter((secret) => dump.includes(secret))).toEqual([]);
    await read(await world.fetch(`${PATH}/callback`, json({ code, state })));
  });

  test('the trace of the login holds what was checked at the consumer service', async () => {
    await applivery();
    const checks = ((await lastLogin())?.['checks'] ?? []) as { name: string; outcome: string }[];
    const names = checks.map(({ name }) => name);
    for (const name of [
      'state.unused',
      'saml.signature',
      'saml.issuer',
      'saml.audience',
      'saml.replay',
      'saml.subject',
    ])
      expect(names).toContain(name);
    expect(checks.every(({ outcome }) => outcome !== 'failed')).toBe(true);
  });
});
