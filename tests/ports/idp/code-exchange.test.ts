/** Cases OC: what the token endpoint may answer, and how we prove who we are. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { decodeJwt, exportJWK, generateKeyPair } from 'jose';
import { Checks } from '#core/checks.ts';
import type { Overrides, ScriptedAnswer } from '#dev/scripted-script.ts';
import { SsoError, type SsoErrorCode } from '#error';
import type { ClientAuthentication, Connection } from '#ports/db/schema.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  createWorld,
  expectRefusal,
  finishLogin,
  logIn,
  outcomeOf,
  startLogin,
  type World,
} from './world.ts';

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });

let world: World;
let elsewhere: World;
beforeAll(async () => {
  elsewhere = await createWorld();
  world = await createWorld({
    clients: [
      { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
      { clientId: 'basic', clientSecret: CLIENT_SECRET, method: 'client_secret_basic' },
      { clientId: 'post', clientSecret: CLIENT_SECRET, method: 'client_secret_post' },
      { clientId: 'key', publicJwk: { ...(await exportJWK(publicKey)), alg: 'ES256' }, method: 'private_key_jwt' },
      { clientId: 'public' },
    ],
  });
});
beforeEach(() => {
  world.reset();
  elsewhere.reset();
});
afterAll(() => Promise.all([world.close(), elsewhere.close()]));

/** Every kind of connection reads answers alike: issuer-configured, named with ID tokens, named without. */
const TYPES = ['oidc', 'keycloak', 'gitlab'] as const;

describe.each(TYPES)('%s: answers that are refused', (type) => {
  const error = (status: number, code: unknown): ScriptedAnswer => ({
    status,
    body: JSON.stringify({ error: code, error_description: `<script>${CLIENT_SECRET}</script>` }),
  });
  const cases: readonly { name: string; answer: ScriptedAnswer; code: SsoErrorCode }[] = [
    { name: 'OC-13 400 invalid_grant', answer: error(400, 'invalid_grant'), code: 'code_exchange_failed' },
    { name: 'OC-13 401 invalid_client', answer: error(401, 'invalid_client'), code: 'idp_client_auth_failed' },
    { name: 'OC-13 400 invalid_client', answer: error(400, 'invalid_client'), code: 'idp_client_auth_failed' },
    { name: 'OC-13 401 without a body', answer: { status: 401, body: '' }, code: 'idp_client_auth_failed' },
    { name: '400 of another kind', answer: error(400, 'invalid_request'), code: 'idp_bad_response' },
    { name: '400 temporarily_unavailable', answer: error(400, 'temporarily_unavailable'), code: 'idp_unavailable' },
    {
      name: '400 with an error that is no text',
      answer: error(400, { invalid_grant: true }),
      code: 'idp_bad_response',
    },
    { name: '200 with an error', answer: error(200, 'bad_verification_code'), code: 'code_exchange_failed' },
    { name: '500', answer: { status: 500 }, code: 'idp_unavailable' },
    { name: '429', answer: { status: 429, body: '' }, code: 'idp_unavailable' },
    { name: '204', answer: { status: 204, body: '' }, code: 'idp_bad_response' },
    { name: '201', answer: { status: 201 }, code: 'idp_bad_response' },
    { name: 'OC-15 HTML', answer: { headers: { 'content-type': 'text/html' } }, code: 'idp_bad_response' },
    { name: 'OC-15 empty', answer: { body: '' }, code: 'idp_bad_response' },
    { name: 'OC-15 truncated', answer: { body: '{"access_token":"a","token_type":"Bea' }, code: 'idp_bad_response' },
    { name: 'OC-15 a list', answer: { body: '[]' }, code: 'idp_bad_response' },
    { name: 'OC-15 null', answer: { body: 'null' }, code: 'idp_bad_response' },
    {
      name: 'OC-15 byte order mark',
      answer: { body: '\u{FEFF}{"access_token":"a","token_type":"Bearer"}' },
      code: 'idp_bad_response',
    },
    {
      name: 'OC-15 UTF-16',
      answer: { body: Buffer.from('\u{FEFF}{"access_token":"a","token_type":"Bearer"}', 'utf16le') },
      code: 'idp_bad_response',
    },
    { name: 'a stream without end', answer: { endless: true }, code: 'idp_bad_response' },
    { name: 'no answer', answer: { hang: true }, code: 'idp_timeout' },
  ];
  test.each(cases)('$name', async ({ answer, code }) => {
    world.provider.script.answers.token = answer;
    const connection = await world.connection({ type, issuer: issuerOf(type) });
    const checks = await expectRefusal(world, connection, code);
    const trace = JSON.stringify(checks.entries);
    expect(trace).not.toContain('script');
    expect(trace).not.toContain(CLIENT_SECRET);
  });

  const responses: readonly { name: string; response: Overrides }[] = [
    { name: 'OC-16 no access_token', response: { access_token: undefined } },
    { name: 'OC-16 access_token a number', response: { access_token: 1 } },
    { name: 'OC-16 no token_type', response: { token_type: undefined } },
    { name: 'OC-16 token_type mac', response: { token_type: 'mac' } },
    { name: 'OC-16 token_type N_A', response: { token_type: 'N_A' } },
  ];
  test.each(responses)('$name', async ({ response }) => {
    world.provider.script.tokenResponse = response;
    await expectRefusal(world, await world.connection({ type, issuer: issuerOf(type) }), 'idp_bad_response');
  });

  test.each([301, 302, 303, 307, 308])('OC-14 a %d to another host is not followed', async (status) => {
    const location = `${elsewhere.provider.origin}/token`;
    world.provider.script.answers.token = { status, headers: { location } };
    await expectRefusal(world, await world.connection({ type, issuer: issuerOf(type) }), 'idp_redirect');
    expect(elsewhere.provider.requests).toHaveLength(0);
  });

  test('a code is sent once, with 10 seconds and no second try', async () => {
    world.provider.script.answers.token = { status: 503 };
    const connection = await world.connection({ type, issuer: issuerOf(type) });
    expect(await outcomeOf(logIn(world, connection))).toBe('idp_unavailable');
    expect(world.provider.count('token')).toBe(1);
    const call = world.outbound.calls.find(({ method }) => method === 'POST');
    expect(call).toMatchObject({ deadlineMs: 10_000, retry: false, circuit: connection.id });
  });

  const accepted: readonly { name: string; response?: Overrides; answer?: ScriptedAnswer }[] = [
    { name: 'OC-16 token_type BEARER', response: { token_type: 'BEARER' } },
    { name: 'OC-20 no expires_in', response: { expires_in: undefined } },
    ...['3600', -1, 1e12, null, {}].map((value) => ({
      name: `OC-20 expires_in ${JSON.stringify(value)}`,
      response: { expires_in: value },
    })),
    { name: 'a charset', answer: { headers: { 'content-type': 'application/json; charset=utf-8' } } },
    { name: 'a media type in upper case', answer: { headers: { 'content-type': 'Application/JSON' } } },
  ];
  test.each(accepted)('accepted: $name', async ({ response, answer }) => {
    if (response) world.provider.script.tokenResponse = response;
    if (answer) world.provider.script.answers.token = answer;
    expect(await outcomeOf(logIn(world, await world.connection({ type, issuer: issuerOf(type) })))).toBe('succeeded');
  });
});

function issuerOf(type: Connection['type']): string {
  return type === 'keycloak' ? `${world.provider.origin}/realms/acme` : world.provider.origin;
}

describe('OC-17 without an ID token', () => {
  test.each([undefined, 1, null, ''])('id_token %p', async (value) => {
    world.provider.script.tokenResponse = { id_token: value };
    for (const type of ['oidc', 'keycloak'] as const) {
      await expectRefusal(world, await world.connection({ type, issuer: issuerOf(type) }), 'id_token_missing');
      expect(world.provider.count('userinfo')).toBe(0);
      world.provider.script.tokenResponse = { id_token: value };
    }
  });
});

describe('client authentication', () => {
  const keyOf = async (id: string) =>
    world.sealer.seal(JSON.stringify(await exportJWK(privateKey)), `connections:${id}:client_key`);

  test.each([
    ['basic', 'client_secret_basic'],
    ['post', 'client_secret_post'],
  ] as const)('OC-21, OC-22 %s by %s, chosen and announced', async (clientId, method) => {
    const chosen = await world.connection({ clientId, clientAuthentication: method });
    expect(await outcomeOf(logIn(world, chosen))).toBe('succeeded');
    const named = {
      ...chosen,
      id: chosen.id,
      type: 'keycloak' as const,
      issuer: `${world.provider.origin}/realms/acme`,
    };
    expect(await outcomeOf(logIn(world, named))).toBe('succeeded');

    world.provider.script.discovery = { token_endpoint_auth_methods_supported: [method] };
    const announced = await world.connection({ clientId });
    expect(await outcomeOf(logIn(world, announced))).toBe('succeeded');
  });

  test('OC-21 nothing announced means client_secret_basic', async () => {
    world.provider.script.discovery = { token_endpoint_auth_methods_supported: undefined };
    expect(await outcomeOf(logIn(world, await world.connection({ clientId: 'basic' })))).toBe('succeeded');
  });

  /** `aud` of the last client assertion. */
  const assertedAudience = () => {
    const { body = '' } = world.provider.requests.findLast(({ endpoint }) => endpoint === 'token') ?? {};
    return decodeJwt(new URLSearchParams(body).get('client_assertion') ?? '').aud;
  };

  test('OC-22 private_key_jwt, issuer-configured and named', async () => {
    const id = 'with-key';
    const sealed = { id, clientId: 'key', sealedClientSecret: null, sealedClientKey: await keyOf(id) };
    expect(await outcomeOf(logIn(world, await world.connection(sealed)))).toBe('succeeded');
    expect(assertedAudience()).toBe(world.provider.origin);
    const okta = { ...sealed, type: 'okta' as const, issuer: `${world.provider.origin}/oauth2/default` };
    expect(await outcomeOf(logIn(world, await world.connection(okta)))).toBe('succeeded');

    expect(assertedAudience()).toBe(`${okta.issuer}/v1/token`);

    // the assertion is dated by our clock
    world.clock.moveBy(3600);
    expect(await outcomeOf(logIn(world, await world.connection(sealed)))).toBe('succeeded');
  });

  test('a public client', async () => {
    const connection = await world.connection({ clientId: 'public', sealedClientSecret: null });
    expect(await outcomeOf(logIn(world, connection))).toBe('succeeded');
    const named = { ...connection, type: 'keycloak' as const, issuer: `${world.provider.origin}/realms/acme` };
    expect(await outcomeOf(logIn(world, named))).toBe('succeeded');
  });

  test('a wrong secret', async () => {
    for (const type of TYPES) {
      const connection = await world.connection({ type, issuer: issuerOf(type), id: 'other' });
      const sealedClientSecret = await world.sealer.seal('wrong', 'connections:other:client_secret');
      expect(await outcomeOf(logIn(world, { ...connection, sealedClientSecret }))).toBe('idp_client_auth_failed');
      expect(await outcomeOf(logIn(world, connection))).toBe('succeeded');
    }
  });

  const impossible: readonly { name: string; changed: Partial<Connection>; announced?: ClientAuthentication[] }[] = [
    { name: 'a secret, where only keys are taken', changed: {}, announced: ['private_key_jwt'] },
    {
      name: 'no secret for client_secret_basic',
      changed: { sealedClientSecret: null, clientAuthentication: 'client_secret_basic' },
    },
    { name: 'no key for private_key_jwt', changed: { clientAuthentication: 'private_key_jwt' } },
    { name: 'no client id', changed: { clientId: null } },
    { name: 'no issuer', changed: { issuer: null } },
    { name: 'an issuer with a query', changed: { issuer: 'https://id.example/?tenant=a' } },
    { name: 'an issuer that is no URL', changed: { issuer: 'id.example' } },
    { name: 'saml', changed: { type: 'saml' } },
  ];
  test.each(impossible)('OC-22 $name: no login is started', async ({ changed, announced }) => {
    if (announced) world.provider.script.discovery = { token_endpoint_auth_methods_supported: announced };
    const connection = await world.connection(changed);
    expect(await outcomeOf(startLogin(world, connection))).toBe('connection_misconfigured');
    expect(world.provider.count('authorize')).toBe(0);
    world.reset();
    expect(await outcomeOf(logIn(world, await world.connection()))).toBe('succeeded');
  });

  test('a secret that was sealed for another connection', async () => {
    const other = await world.connection();
    const connection = await world.connection({ sealedClientSecret: other.sealedClientSecret });
    expect(await outcomeOf(logIn(world, connection))).toBe('connection_misconfigured');
    expect(world.provider.count('token')).toBe(0);
    expect(await outcomeOf(logIn(world, other))).toBe('succeeded');
  });
});

test('the provider’s error is known to the operator, its words to nobody', async () => {
  const login = await startLogin(world, await world.connection());
  login.query.set('code', 'invented');
  const work = finishLogin(world.identityProvider, await world.connection(), login, new Checks());
  const error = await work.catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(SsoError);
  expect(error).toMatchObject({ code: 'code_exchange_failed', detail: 'token endpoint: 400 invalid_grant' });
  expect(String(error)).not.toContain('script');
});

test('an error that is no registered token is the provider’s words too', async () => {
  world.provider.script.answers.token = { status: 400, body: JSON.stringify({ error: `Bad secret ${CLIENT_SECRET}` }) };
  const error = await logIn(world, await world.connection()).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'idp_bad_response', detail: 'token endpoint: 400' });
});
