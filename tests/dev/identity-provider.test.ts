/** The development identity provider, met by an independent client: the authorization code flow with PKCE, end to end. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { exportJWK, generateKeyPair } from 'jose';
import * as oauth from 'oauth4webapi';
import { type ProviderClient, type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { PEOPLE } from '#dev/people.ts';
import { signIn } from '#dev/sign-in.ts';

const REDIRECT_URI = 'http://127.0.0.1:9/callback';
const SCOPE = 'openid email profile groups';
const SECRET = 'a secret of the test client, long enough';
const insecure = { [oauth.allowInsecureRequests]: true };
const keys = await generateKeyPair('ES256', { extractable: true });
const common = { redirectUris: [REDIRECT_URI] };
const clients: ProviderClient[] = [
  { ...common, clientId: 'basic', clientSecret: SECRET, name: 'Acme <Portal>' },
  { ...common, clientId: 'post', clientSecret: SECRET, authentication: 'client_secret_post' },
  { ...common, clientId: 'public', authentication: 'none', idTokenAlgorithm: 'ES256' },
  {
    ...common,
    clientId: 'signed',
    authentication: 'private_key_jwt',
    jwks: { keys: [{ ...(await exportJWK(keys.publicKey)), alg: 'ES256', kid: 'test' }] },
  },
];
const authentications: Record<string, oauth.ClientAuth> = {
  basic: oauth.ClientSecretBasic(SECRET),
  post: oauth.ClientSecretPost(SECRET),
  public: oauth.None(),
  signed: oauth.PrivateKeyJwt({ key: keys.privateKey, kid: 'test' }),
};

let provider: RunningIdentityProvider;
let server: oauth.AuthorizationServer;
beforeAll(async () => {
  provider = await startIdentityProvider({ clients });
  const issuer = new URL(provider.issuer);
  server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
});
afterAll(() => provider.stop());

interface Started {
  readonly url: URL;
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
}

async function start(clientId: string, more: Record<string, string> = {}): Promise<Started> {
  const [verifier, nonce, state] = [
    oauth.generateRandomCodeVerifier(),
    oauth.generateRandomNonce(),
    oauth.generateRandomState(),
  ];
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: SCOPE,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  }).toString();
  return { url, verifier, nonce, state };
}

async function exchange(
  clientId: string,
  started: Started,
  answer: Awaited<ReturnType<typeof signIn>>,
  secret = authentications[clientId],
) {
  const client = { client_id: clientId, ...(clientId === 'public' && { id_token_signed_response_alg: 'ES256' }) };
  const parameters = oauth.validateAuthResponse(server, client, new URLSearchParams({ ...answer }), started.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    secret ?? oauth.None(),
    parameters,
    REDIRECT_URI,
    started.verifier,
    insecure,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: started.nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(server, response, insecure);
  return { client, tokens, claims: oauth.getValidatedIdTokenClaims(tokens) };
}

describe('the authorization code flow', () => {
  for (const clientId of Object.keys(authentications)) {
    test(`with PKCE, as the client ${clientId}`, async () => {
      const started = await start(clientId);
      const answer = await signIn(started.url, 'ada@acme.test');
      expect(answer).toEqual({ code: expect.any(String), state: started.state, iss: provider.issuer });
      const { client, tokens, claims } = await exchange(clientId, started, answer);
      const person = {
        sub: 'ada',
        email: 'ada@acme.test',
        email_verified: true,
        name: 'Ada Lovelace',
        given_name: 'Ada',
        family_name: 'Lovelace',
        locale: 'en-GB',
        picture: `${provider.issuer}/portraits/ada.svg`,
        groups: ['engineering', 'admins'],
      };
      expect(claims).toMatchObject(person);
      const userInfo = await oauth.userInfoRequest(server, client, tokens.access_token, insecure);
      expect(await oauth.processUserInfoResponse(server, client, 'ada', userInfo)).toMatchObject(person);
    });
  }

  test('says only what the scope asks for', async () => {
    const started = await start('basic', { scope: 'openid email' });
    const { claims } = await exchange('basic', started, await signIn(started.url, 'grace@acme.test'));
    expect(claims).toMatchObject({ sub: 'grace', email: 'grace@acme.test' });
    expect(claims).not.toContainAnyKeys(['name', 'groups']);
  });

  test('refuses a wrong secret, a wrong verifier, and a code that was used', async () => {
    const first = await start('basic');
    const answer = await signIn(first.url, 'ada@acme.test');
    await expect(exchange('basic', first, answer, oauth.ClientSecretBasic('wrong'))).rejects.toThrow();
    const wrongVerifier = { ...first, verifier: oauth.generateRandomCodeVerifier() };
    await expect(exchange('basic', wrongVerifier, answer)).rejects.toMatchObject({ error: 'invalid_grant' });
    const second = await start('basic');
    const code = await signIn(second.url, 'ada@acme.test');
    await exchange('basic', second, code);
    await expect(exchange('basic', second, code)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('refuses a request without PKCE, and one with an unknown redirect URI', async () => {
    const withoutPkce = await start('basic');
    withoutPkce.url.searchParams.delete('code_challenge');
    withoutPkce.url.searchParams.delete('code_challenge_method');
    await expect(signIn(withoutPkce.url, 'ada@acme.test')).rejects.toThrow('invalid_request');
    const elsewhere = await start('basic', { redirect_uri: 'http://127.0.0.1:9/elsewhere' });
    await expect(signIn(elsewhere.url, 'ada@acme.test')).rejects.toThrow('invalid_redirect_uri');
  });

  test('a client may be registered while the provider runs', async () => {
    const late = { ...common, clientId: 'late', clientSecret: SECRET };
    const started = await start('late');
    await expect(signIn(started.url, 'ada@acme.test')).rejects.toThrow('invalid_client');
    await provider.register(late);
    const { claims } = await exchange(
      'late',
      started,
      await signIn(started.url, 'ada@acme.test'),
      authentications['basic'],
    );
    expect(claims?.aud).toBe('late');
    await expect(provider.register({ ...late, clientId: 'broken', redirectUris: [] })).rejects.toThrow();
  });
});

/** Follows the first redirect with the cookies that came with it. */
async function open(started: Started): Promise<Response> {
  const response = await fetch(started.url, { redirect: 'manual' });
  const cookie = response.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  return fetch(new URL(response.headers.get('location') ?? '', started.url), { headers: { cookie } });
}

describe('the sign-in page', () => {
  test('offers everybody, the hinted person first, and escapes what it shows', async () => {
    const page = await (await open(await start('basic', { login_hint: 'grace@acme.test' }))).text();
    const offered = [...page.matchAll(/name="email" value="([^"]+)"/g)].map((match) => match[1]);
    expect(offered).toEqual(['grace@acme.test', 'ada@acme.test']);
    expect(page).toContain('Acme &#60;Portal&#62;');
    expect(page).not.toContain('<Portal>');
    expect(page).not.toMatch(/(?:src|href)="https?:/);
  });

  test('needs the browser that it was opened in', async () => {
    const started = await start('basic');
    const opened = await open(started);
    const elsewhere = await fetch(opened.url);
    expect(opened.status).toBe(200);
    expect(elsewhere.status).toBe(400);
  });

  test('knows only its people', async () => {
    await expect(signIn((await start('basic')).url, 'eve@acme.test')).rejects.toThrow('eve@acme.test');
  });

  test('draws a portrait of each', async () => {
    for (const person of PEOPLE) {
      const portrait = await fetch(`${provider.issuer}/portraits/${person.subject}.svg`);
      expect(portrait.headers.get('content-type')).toBe('image/svg+xml');
    }
  });
});
