/** A login ends where it began: browser, caller, issuer and code belong together (ST-01, ST-03 to ST-07). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import {
  applivery,
  bearer,
  CLIENTS,
  type Client,
  indee,
  pria,
  type Started,
  startedAt,
  visitProvider,
} from '#tests/hostile/clients.ts';
import { expectRefusal } from '#tests/hostile/refusal.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const START = { applivery: '/v1/auth/sso/acme/oidc', pria: '/sso/acme' } as const;

/** A person's browser follows a link to the start of a login. */
async function navigate(client: Client, headers: Record<string, string> = {}): Promise<Started> {
  if (client.dialect === 'indee') throw new Error('no browser starts an Indee login');
  const init = { headers: { 'sec-fetch-mode': 'navigate', accept: 'text/html', ...headers } };
  const answer = await stage.world.fetch(START[client.dialect], init);
  expect(answer.status).toBe(302);
  const [cookie = ''] = answer.headers.get('set-cookie')?.split(';') ?? [];
  stage.secrets.add(cookie.split('=')[1] ?? '');
  return { ...startedAt(stage, answer.headers.get('location') ?? '', 'ada@acme.test'), cookie };
}

function withHeaders([path, init]: [string, RequestInit], added: Record<string, string>): [string, RequestInit] {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  return [path, { ...init, headers }];
}

describe.each([applivery, pria])('ST-01 $dialect: a login that a browser navigated into', (client) => {
  test('binds it with a cookie that scripts and other sites do not get', async () => {
    const init = { headers: { accept: 'text/html' } };
    const answer = await stage.world.fetch(client === applivery ? START.applivery : START.pria, init);
    const attributes = answer.headers.get('set-cookie')?.split('; ').slice(1).sort();
    expect(attributes).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax']);
  });

  test('ends in that browser', async () => {
    const started = await navigate(client);
    const callback = client.callback(stage, started, await visitProvider(stage, started));
    await read(await stage.replica.fetch(...withHeaders(callback, { cookie: `a=b; ${started.cookie}` })));
  });

  test.each([
    { name: 'in a browser that started none', cookie: () => undefined },
    { name: 'in a browser that started its own', cookie: async () => (await navigate(client)).cookie },
    { name: 'with a malformed cookie', cookie: () => 'vestibule-login=%00' },
    { name: 'with the cookie cut short', cookie: (own: Started) => own.cookie?.slice(0, -1) },
  ])('not $name', async ({ cookie }) => {
    const started = await navigate(client);
    const callback = client.callback(stage, started, await visitProvider(stage, started));
    const foreign = await cookie(started);
    const send = () => stage.world.fetch(...withHeaders(callback, foreign ? { cookie: foreign } : {}));
    const before = stage.provider.count('token');
    await expectRefusal(stage, client, started, send, {
      reason: 'browser_mismatch',
      consumed: true,
      restore: () => expect(stage.provider.count('token')).toBe(before),
    });
  });

  test('ST-10 two tabs of one browser share its cookie, and both end', async () => {
    const first = await navigate(client);
    const second = await navigate(client, { cookie: first.cookie ?? '' });
    expect(second.cookie).toBe(first.cookie ?? '');
    for (const started of [second, first]) {
      const callback = client.callback(stage, started, await visitProvider(stage, started));
      await read(await stage.world.fetch(...withHeaders(callback, { cookie: started.cookie ?? '' })));
    }
  });
});

describe('where the connection requires a browser', () => {
  beforeAll(() => stage.reconnect({ requireBrowser: true }));
  afterAll(() => stage.reconnect({ requireBrowser: false }));

  test.each<{ client: string; status: number; request: () => [string, RequestInit] }>([
    { client: 'applivery', status: 400, request: () => [START.applivery, {}] },
    { client: 'pria', status: 400, request: () => [START.pria, { headers: { accept: 'application/json' } }] },
    { client: 'pria, to a program', status: 400, request: () => [START.pria, {}] },
    {
      client: 'indee',
      status: 401,
      request: () => ['/v1/admin/auth/sso/initiate', json({ username: 'ada@acme.test' }, bearer(stage.world.apiKey))],
    },
  ])('a start by an API call is refused at once: $client', async ({ status, request }) => {
    const { sql } = stage.world;
    const kept = async () => (await sql`select count(*)::int as count from authentication_requests`)[0]?.['count'];
    const before = await kept();
    const answer = await stage.world.fetch(...request());
    expect(answer.status).toBe(status);
    const [trace] =
      await sql`select reason, outcome from logins where request_id = ${answer.headers.get('request-id')}`;
    expect(trace).toEqual({ reason: 'browser_required', outcome: 'failed' });
    expect(await kept()).toBe(before);
  });

  test.each([applivery, pria])('a start by a browser ends there: $dialect', async (client) => {
    const started = await navigate(client);
    const callback = client.callback(stage, started, await visitProvider(stage, started));
    await read(await stage.world.fetch(...withHeaders(callback, { cookie: started.cookie ?? '' })));
  });
});

test('ST-01 over https the cookie is bound to the host', async () => {
  const secure = await openStage({ environment: { PUBLIC_URL: 'https://login.example' } });
  try {
    const answer = await secure.world.fetch(START.pria, { headers: { 'sec-fetch-mode': 'navigate' } });
    const [pair, ...attributes] = answer.headers.get('set-cookie')?.split('; ') ?? [];
    expect(pair).toMatch(/^__Host-vestibule-login=[A-Za-z0-9_-]{22}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax', 'Secure']);
  } finally {
    await secure.close();
  }
});

describe('ST-03 Indee: the caller proves what it got at the start', () => {
  test.each([
    { name: 'another nonce', extra: { nonce: 'n'.repeat(22) }, reason: 'nonce_mismatch' as const },
    { name: 'another email', extra: { email: 'grace@acme.test' }, reason: 'email_mismatch' as const },
    { name: 'an email that is none', extra: { email: 'not..one@acme.test' }, reason: 'email_mismatch' as const },
  ])('$name', async ({ extra, reason }) => {
    const started = await indee.start(stage);
    const returned = await visitProvider(stage, started);
    const send = () => stage.world.fetch(...indee.callback(stage, started, returned, extra));
    await expectRefusal(stage, indee, started, send, { reason, consumed: true });
  });

  test('the email in another case is the same email', async () => {
    const started = await indee.start(stage);
    const returned = await visitProvider(stage, started);
    await read(await stage.world.fetch(...indee.callback(stage, started, returned, { email: 'ADA@Acme.Test' })));
  });

  test('somebody else signs in than the login was started for', async () => {
    const started = await indee.start(stage, 'grace@acme.test');
    const returned = await visitProvider(stage, started);
    const send = () => stage.world.fetch(...indee.callback(stage, started, returned));
    await expectRefusal(stage, indee, started, send, { reason: 'email_mismatch', consumed: true });
  });

  test("AK-07 another organization's API key", async () => {
    const started = await indee.start(stage);
    const callback = indee.callback(stage, started, await visitProvider(stage, started));
    const send = () => stage.world.fetch(...withHeaders(callback, bearer(stage.otherApiKey)));
    await expectRefusal(stage, indee, started, send, { reason: 'api_key_mismatch', consumed: true });
  });

  test.each([
    { name: 'that nobody has', key: () => 'k'.repeat(40) },
    { name: 'with a typing error', key: () => stage.world.apiKey.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
  ])('an API key $name does not even spend the login', async ({ key }) => {
    const started = await indee.start(stage);
    const callback = indee.callback(stage, started, await visitProvider(stage, started));
    const send = () => stage.world.fetch(...withHeaders(callback, bearer(key())));
    await expectRefusal(stage, indee, started, send, { reason: 'api_key_invalid', consumed: false });
    await read(await stage.world.fetch(...callback));
  });
});

describe.each([...CLIENTS])('$dialect', (client) => {
  test('ST-04 a code of an honest issuer does not go to the issuer that the login is on', async () => {
    const victim = await client.start(stage);
    stage.provider.script.authorizationResponse = { iss: stage.issuer('globex') };
    const returned = await visitProvider(stage, victim);
    const before = stage.provider.count('token');
    await expectRefusal(stage, client, victim, () => stage.world.fetch(...client.callback(stage, victim, returned)), {
      reason: 'iss_mismatch',
      consumed: true,
      restore: () => expect(stage.provider.count('token')).toBe(before),
    });
  });

  test.each([
    { name: 'of another issuer', iss: () => 'https://evil.example' },
    { name: 'with a slash behind it', iss: () => `${stage.issuer('acme')}/` },
    { name: 'in capitals', iss: () => stage.issuer('acme').toUpperCase() },
    { name: 'that is empty', iss: () => '' },
  ])('ST-05 an iss $name', async ({ iss }) => {
    const started = await client.start(stage);
    const returned = { ...(await visitProvider(stage, started)), iss: iss() };
    const send = () => stage.world.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, started, send, { reason: 'iss_mismatch', consumed: true });
  });

  test('ST-05 no iss: accepted unless the connection wants it', async () => {
    const finish = async () => {
      const started = await client.start(stage);
      const { iss: _gone, ...returned } = await visitProvider(stage, started);
      return { started, send: () => stage.world.fetch(...client.callback(stage, started, returned)) };
    };
    await read(await (await finish()).send());
    await stage.reconnect({ requireIss: true });
    const { started, send } = await finish();
    await expectRefusal(stage, client, started, send, { reason: 'iss_missing', consumed: true });
    await stage.reconnect({ requireIss: false });
    await read(await (await finish()).send());
  });

  test("ST-07 a victim's code in the attacker's login: the provider's PKCE refuses it", async () => {
    const [victim, attacker] = [await client.start(stage), await client.start(stage)];
    const { code } = await visitProvider(stage, victim);
    const returned = { ...(await visitProvider(stage, attacker)), code };
    const send = () => stage.world.fetch(...client.callback(stage, attacker, returned));
    await expectRefusal(stage, client, attacker, send, { reason: 'code_exchange_failed', consumed: true });
  });

  test("ST-07 and where a provider checks no PKCE, the victim's nonce gives it away", async () => {
    const [victim, attacker] = [await client.start(stage), await client.start(stage)];
    stage.provider.script.idToken.claims = { nonce: victim.nonce };
    const returned = await visitProvider(stage, attacker);
    const send = () => stage.world.fetch(...client.callback(stage, attacker, returned));
    await expectRefusal(stage, client, attacker, send, { reason: 'id_token_nonce', consumed: true });
  });
});

test('ST-05 two iss parameters are read by nobody', async () => {
  const started = await applivery.start(stage);
  const { iss = '', ...returned } = await visitProvider(stage, started);
  const query = new URLSearchParams([
    ['iss', iss],
    ['iss', 'https://evil.example'],
  ]);
  const path = `/v1/auth/sso/acme/oidc/callback?${query}`;
  const send = () => stage.world.fetch(path, json(returned));
  await expectRefusal(stage, applivery, started, send, { reason: 'input_invalid', consumed: false, traced: false });
  const mixed = () => stage.world.fetch(`/v1/auth/sso/acme/oidc/callback?iss=x`, json({ ...returned, iss }));
  await expectRefusal(stage, applivery, started, mixed, { reason: 'input_invalid', consumed: false, traced: false });
  await read(await stage.world.fetch(...applivery.callback(stage, started, { ...returned, iss })));
});
