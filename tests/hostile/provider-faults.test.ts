/** A provider that fails or lies at its token and userinfo endpoints, through each dialect: OC-13 to OC-22, OC-28. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Script } from '#dev/scripted-script.ts';
import type { SsoErrorCode } from '#error';
import { applivery, CLIENTS, type Client, pria, visitProvider } from '#tests/hostile/clients.ts';
import { expectRefusal } from '#tests/hostile/refusal.ts';
import { ADA, CLIENT_SECRET, openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

type Bend = (script: Script, stage: Stage) => void;
interface Fault {
  readonly name: string;
  readonly bend: Bend;
  readonly reason: SsoErrorCode;
}

const answered = (body: string | Uint8Array, status = 200, headers = {}): Bend => {
  return (script) => void (script.answers.token = { status, body, headers });
};
const oauthError = (error: string) => JSON.stringify({ error, error_description: '<script>alert(1)</script>' });
const utf16 = new Uint8Array([0xff, 0xfe, ...[...'{}'].flatMap((letter) => [letter.charCodeAt(0), 0])]);

const FAULTS: readonly Fault[] = [
  { name: 'OC-13 invalid_grant', bend: answered(oauthError('invalid_grant'), 400), reason: 'code_exchange_failed' },
  { name: 'OC-13 invalid_client', bend: answered(oauthError('invalid_client'), 401), reason: 'idp_client_auth_failed' },
  {
    name: 'OC-13 401 of HTML',
    bend: answered('<html>', 401, { 'content-type': 'text/html' }),
    reason: 'idp_client_auth_failed',
  },
  { name: 'OC-13 500', bend: answered('{}', 500), reason: 'idp_unavailable' },
  ...[301, 302, 303, 307, 308].map(
    (status): Fault => ({
      name: `OC-14 ${status} to another issuer`,
      bend: (script, { issuer }) => {
        script.answers.token = { status, headers: { location: `${issuer('elsewhere')}/token` }, body: '' };
      },
      reason: 'idp_redirect',
    }),
  ),
  {
    name: 'OC-15 HTML',
    bend: answered('<html></html>', 200, { 'content-type': 'text/html' }),
    reason: 'idp_bad_response',
  },
  { name: 'OC-15 nothing', bend: answered(''), reason: 'idp_bad_response' },
  { name: 'OC-15 half of it', bend: answered('{"access_token":"canary-half", "id_tok'), reason: 'idp_bad_response' },
  { name: 'OC-15 an array', bend: answered('[{"access_token":"canary-array"}]'), reason: 'idp_bad_response' },
  { name: 'OC-15 null', bend: answered('null'), reason: 'idp_bad_response' },
  {
    name: 'OC-15 a byte order mark',
    bend: answered('\ufeff{"access_token":"x","token_type":"Bearer"}'),
    reason: 'idp_bad_response',
  },
  { name: 'OC-15 UTF-16', bend: answered(utf16), reason: 'idp_bad_response' },
  { name: 'OC-15 300 KB', bend: answered(`"${'x'.repeat(300_000)}"`), reason: 'idp_bad_response' },
  ...[
    { access_token: undefined },
    { access_token: 5 },
    { token_type: undefined },
    { token_type: 'mac' },
    { token_type: ['Bearer'] },
  ].map(
    (tokenResponse): Fault => ({
      name: `OC-16 ${JSON.stringify(tokenResponse)} ${Object.keys(tokenResponse)}`,
      bend: (script) => void (script.tokenResponse = tokenResponse),
      reason: 'idp_bad_response',
    }),
  ),
  ...[undefined, null, '', 5, {}].map(
    (id_token): Fault => ({
      name: `OC-17 id_token ${JSON.stringify(id_token)}`,
      bend: (script) => void (script.tokenResponse = { id_token }),
      reason: 'id_token_missing',
    }),
  ),
  {
    name: 'OC-19 userinfo is needed, and fails',
    bend: (script) => {
      script.idToken.claims = { email: undefined };
      script.answers.userinfo = { status: 500 };
    },
    reason: 'idp_bad_response',
  },
  {
    name: 'OC-19 userinfo is needed, and has no email either',
    bend: (script) => {
      script.idToken.claims = { email: undefined };
      script.userinfo = { email: undefined };
    },
    reason: 'email_missing',
  },
  {
    name: 'userinfo about somebody else (OpenID Connect Core §5.3.2)',
    bend: (script) => {
      script.idToken.claims = { email: undefined };
      script.userinfo = { sub: 'mallory', email: 'mallory@acme.test' };
    },
    reason: 'userinfo_sub',
  },
];

async function expectFault(client: Client, { bend, reason }: Fault): Promise<void> {
  const started = await client.start(stage);
  const returned = await visitProvider(stage, started);
  stage.secrets.add('canary-half').add('canary-array');
  const before = stage.provider.count('token');
  bend(stage.provider.script, stage);
  await expectRefusal(stage, client, started, () => stage.world.fetch(...client.callback(stage, started, returned)), {
    reason,
    consumed: true,
    // the code goes out once, to one place, and is never tried again
    restore: () => expect(stage.provider.count('token') - before).toBe(1),
  });
}

describe('Applivery refuses', () => {
  test.each([...FAULTS])('$name', (fault) => expectFault(applivery, fault));
});

/** One fault of each row of the dialects' tables. */
const SAMPLE = FAULTS.filter(({ name }) => /invalid_|OC-14 307|OC-15 HTML|OC-17 id_token null|email either/.test(name));
describe.each(CLIENTS.filter((client) => client !== applivery))('$dialect refuses', (client) => {
  test.each([...SAMPLE])('$name', (fault) => expectFault(client, fault));
});

describe('an odd provider that is right all the same', () => {
  const odd: readonly { name: string; bend: Bend }[] = [
    { name: 'OC-16 token_type in capitals', bend: (script) => void (script.tokenResponse = { token_type: 'BEARER' }) },
    ...[undefined, '3600', -1, 1e12, null].map((expires_in) => ({
      name: `OC-20 expires_in ${expires_in}`,
      bend: ((script) => void (script.tokenResponse = { expires_in })) satisfies Bend,
    })),
    { name: 'OC-19 userinfo down, and not needed', bend: (script) => void (script.answers.userinfo = { status: 500 }) },
    {
      name: 'email in userinfo only',
      bend: (script) => {
        script.idToken.claims = { email: undefined, email_verified: undefined };
        script.userinfo = ADA;
      },
    },
    {
      name: 'OC-28 more parameters than we know',
      bend: (script) =>
        void (script.authorizationResponse = { session_state: 'x', hd: 'evil.example', scope: 'admin' }),
    },
  ];
  const cases = CLIENTS.flatMap((client) => odd.map((each) => ({ ...each, client })));
  test.each(cases)('$client.dialect: $name', async ({ client, bend }) => {
    bend(stage.provider.script, stage);
    const started = await client.start(stage);
    const body = await read(
      await stage.world.fetch(...client.callback(stage, started, await visitProvider(stage, started))),
    );
    const claims = JSON.parse(
      atob(client.tokensOf(body).access.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
    );
    const life = client === pria ? 86_400 : 900;
    // a twentieth less at most, and the second in which it was signed
    expect(claims.exp - claims.iat).toBeWithin(0.95 * life - 1, life + 2);
  });
});

describe('OC-21, OC-22 client authentication', () => {
  const login = async () => {
    const started = await applivery.start(stage);
    return stage.world.fetch(...applivery.callback(stage, started, await visitProvider(stage, started)));
  };
  const tokenRequest = () => stage.provider.requests.findLast(({ endpoint }) => endpoint === 'token');

  test('basic encodes a secret of reserved and foreign characters', async () => {
    await read(await login());
    const [, credentials = ''] = String(tokenRequest()?.headers['authorization']).split(' ');
    expect(atob(credentials)).toMatch(/^vestibule:[A-Za-z0-9%._*+-]+$/);
    expect(tokenRequest()?.body).not.toContain('client_secret');
  });

  test('post, where the provider takes nothing else', async () => {
    stage.provider.script.discovery = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
    await stage.reconnect({ defaultRole: 'post' });
    await read(await login());
    expect(tokenRequest()?.headers['authorization']).toBeUndefined();
    expect(new URLSearchParams(tokenRequest()?.body).get('client_secret')).toBe(CLIENT_SECRET);
  });

  test('a method that the provider does not take stops the login before it starts', async () => {
    stage.provider.script.discovery = { token_endpoint_auth_methods_supported: ['tls_client_auth'] };
    await stage.reconnect({ defaultRole: 'tls' });
    const answer = await stage.world.fetch('/v1/auth/sso/acme/oidc');
    expect(await read(answer, 400)).toMatchObject({ error: { code: 5072 } });
    stage.honest();
    await stage.reconnect({ defaultRole: 'user' });
    await read(await login());
  });
});
