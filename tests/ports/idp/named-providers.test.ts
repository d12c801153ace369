/** Every named provider through a whole login, on addresses of its own layout; and what is particular to some. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { Checks } from '#core/checks.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import type { SsoErrorCode } from '#error';
import type { Connection, ConnectionType } from '#ports/db/schema.ts';
import { createWorld, expectRefusal, logIn, outcomeOf, startLogin, type World } from './world.ts';

const TENANT = '3f2a1b4c-0d1e-4f5a-8b6c-7d8e9f0a1b2c';
const ENTRA = 'https://login.microsoftonline.com';

/** The providers' real origins; the outbound client of the test takes them to the scripted provider. */
const HOSTS = [
  'https://accounts.google.com',
  'https://oauth2.googleapis.com',
  'https://www.googleapis.com',
  'https://openidconnect.googleapis.com',
  ENTRA,
  'https://graph.microsoft.com',
  'https://acme.okta.com',
  'https://acme.auth0.com',
  'https://id.acme.com',
  'https://github.com',
  'https://api.github.com',
  'https://github.acme.com',
  'https://gitlab.com',
  'https://gitlab.acme.com',
];

let world: World;
beforeAll(async () => {
  world = await createWorld({ hosts: HOSTS });
});
beforeEach(() => {
  world.reset();
  // the scripted provider knows itself by its own address; a client hands on no iss
  world.provider.script.authorizationResponse = { iss: undefined };
});
afterAll(() => world.close());

interface Named {
  readonly name: string;
  readonly type: ConnectionType;
  readonly issuer: string | null;
  readonly claims?: Overrides;
  readonly connection?: Partial<Connection>;
  readonly claimsIssuer: string;
  readonly calls: readonly string[];
}

const NAMED: readonly Named[] = [
  {
    name: 'google',
    type: 'google',
    issuer: null,
    claims: { iss: 'https://accounts.google.com', hd: 'example.com' },
    claimsIssuer: 'https://accounts.google.com',
    calls: ['https://oauth2.googleapis.com/token', 'https://www.googleapis.com/oauth2/v3/certs'],
  },
  {
    name: 'microsoft, one tenant',
    type: 'microsoft',
    issuer: `${ENTRA}/${TENANT}/v2.0`,
    claims: { iss: `${ENTRA}/${TENANT}/v2.0` },
    claimsIssuer: `${ENTRA}/${TENANT}/v2.0`,
    calls: [`${ENTRA}/${TENANT}/oauth2/v2.0/token`, `${ENTRA}/${TENANT}/discovery/v2.0/keys`],
  },
  {
    name: 'microsoft, many tenants',
    type: 'microsoft',
    issuer: null,
    claims: { iss: `${ENTRA}/${TENANT}/v2.0`, tid: TENANT },
    connection: { tenants: [TENANT.toUpperCase()] },
    claimsIssuer: `${ENTRA}/${TENANT}/v2.0`,
    calls: [`${ENTRA}/organizations/oauth2/v2.0/token`, `${ENTRA}/organizations/discovery/v2.0/keys`],
  },
  {
    name: 'okta, custom server',
    type: 'okta',
    issuer: 'https://acme.okta.com/oauth2/default',
    claims: { iss: 'https://acme.okta.com/oauth2/default' },
    claimsIssuer: 'https://acme.okta.com/oauth2/default',
    calls: ['https://acme.okta.com/oauth2/default/v1/token', 'https://acme.okta.com/oauth2/default/v1/keys'],
  },
  {
    name: 'okta, organization server',
    type: 'okta',
    issuer: 'https://acme.okta.com/',
    claims: { iss: 'https://acme.okta.com' },
    claimsIssuer: 'https://acme.okta.com',
    calls: ['https://acme.okta.com/oauth2/v1/token', 'https://acme.okta.com/oauth2/v1/keys'],
  },
  {
    name: 'auth0',
    type: 'auth0',
    issuer: 'https://acme.auth0.com',
    claims: { iss: 'https://acme.auth0.com/' },
    claimsIssuer: 'https://acme.auth0.com/',
    calls: ['https://acme.auth0.com/oauth/token', 'https://acme.auth0.com/.well-known/jwks.json'],
  },
  {
    name: 'keycloak',
    type: 'keycloak',
    issuer: 'https://id.acme.com/realms/a',
    claims: { iss: 'https://id.acme.com/realms/a' },
    claimsIssuer: 'https://id.acme.com/realms/a',
    calls: [
      'https://id.acme.com/realms/a/protocol/openid-connect/token',
      'https://id.acme.com/realms/a/protocol/openid-connect/certs',
    ],
  },
  {
    name: 'github',
    type: 'github',
    issuer: null,
    claimsIssuer: 'https://github.com/login/oauth',
    calls: [
      'https://github.com/login/oauth/access_token',
      'https://api.github.com/user',
      'https://api.github.com/user/emails',
    ],
  },
  {
    name: 'github enterprise',
    type: 'github',
    issuer: 'https://github.acme.com',
    claimsIssuer: 'https://github.acme.com/login/oauth',
    calls: [
      'https://github.acme.com/login/oauth/access_token',
      'https://github.acme.com/api/v3/user',
      'https://github.acme.com/api/v3/user/emails',
    ],
  },
  {
    name: 'gitlab',
    type: 'gitlab',
    issuer: null,
    claimsIssuer: 'https://gitlab.com',
    calls: ['https://gitlab.com/oauth/token', 'https://gitlab.com/api/v4/user'],
  },
  {
    name: 'gitlab, self-managed',
    type: 'gitlab',
    issuer: 'https://gitlab.acme.com/',
    claimsIssuer: 'https://gitlab.acme.com',
    calls: ['https://gitlab.acme.com/oauth/token', 'https://gitlab.acme.com/api/v4/user'],
  },
];

test.each([
  { email: 'alice@example.com', hd: 'example.com', verified: true },
  { email: 'alice@example.com', hd: 'Example.COM', verified: true },
  { email: 'alice@example.com', hd: undefined, verified: false },
  { email: 'alice@example.com', hd: 'other.com', verified: false },
  { email: 'alice@gmail.com', hd: undefined, verified: true },
  { email: 'alice@notgmail.com', hd: undefined, verified: false },
])('google vouches for $email hosted by $hd: $verified', async ({ email, hd, verified }) => {
  world.provider.script.idToken.claims = { iss: 'https://accounts.google.com', email, hd };
  const result = await logIn(world, await world.connection({ type: 'google', issuer: null }));
  expect(result).toMatchObject({ email, emailVerified: verified });
});

test.each(NAMED)('$name: a login', async ({ type, issuer, claims = {}, connection = {}, claimsIssuer, calls }) => {
  world.provider.script.idToken.claims = claims;
  const result = await logIn(world, await world.connection({ type, issuer, ...connection }));
  const isOAuth2 = type === 'github' || type === 'gitlab';
  expect(result).toMatchObject({
    issuer: claimsIssuer,
    subject: isOAuth2 ? '1001' : 'alice',
    email: 'alice@example.com',
    emailVerified: true,
    name: 'Alice Archer',
    picture: 'https://example.com/alice.png',
  });
  expect(world.outbound.calls.map(({ url }) => String(url))).toEqual([...calls]);
});

test.each(NAMED)(
  '$name: PKCE is really checked, the verifier really sent',
  async ({ type, issuer, claims = {}, connection = {} }) => {
    world.provider.script.idToken.claims = claims;
    const row = await world.connection({ type, issuer, ...connection });
    const login = await startLogin(world, row);
    const request = { ...login.request, codeVerifier: 'w'.repeat(43) };
    const response = { code: login.query.get('code') ?? '' };
    expect(await outcomeOf(world.identityProvider.verify(row, request, response, new Checks()))).toBe(
      'code_exchange_failed',
    );
    expect(await outcomeOf(logIn(world, row))).toBe('succeeded');
  },
);

describe('plain OAuth 2.0', () => {
  const addresses = (email: string, primary: boolean, verified: boolean) => [{ email, primary, verified }];
  const github = () => world.connection({ type: 'github', issuer: null });

  test.each([
    {
      name: 'primary and verified',
      emails: addresses('a@b.example', true, true),
      email: 'a@b.example',
      emailVerified: true,
    },
    {
      name: 'primary, unverified',
      emails: addresses('a@b.example', true, false),
      email: 'a@b.example',
      emailVerified: false,
    },
    {
      name: 'verified, not primary',
      emails: addresses('a@b.example', false, true),
      email: undefined,
      emailVerified: false,
    },
    {
      name: 'verified as a text',
      emails: [{ email: 'a@b.example', primary: true, verified: 'true' }],
      email: 'a@b.example',
      emailVerified: false,
    },
    { name: 'none', emails: [], email: undefined, emailVerified: false },
  ])('github: the address is $name', async ({ emails, email, emailVerified }) => {
    world.provider.script.emails = emails;
    const claims = await logIn(world, await github());
    expect(claims.email).toBe(email);
    expect(claims.emailVerified).toBe(emailVerified);
  });

  test('gitlab: an address that was never confirmed is not verified', async () => {
    world.provider.script.userinfo = { confirmed_at: null };
    const connection = await world.connection({ type: 'gitlab', issuer: null });
    expect(await logIn(world, connection)).toMatchObject({ email: 'alice@example.com', emailVerified: false });
  });

  const subjects: readonly { id: unknown }[] = [
    { id: undefined },
    { id: null },
    { id: 0 },
    { id: -1 },
    { id: 1.5 },
    { id: 2 ** 53 },
    { id: 'alice' },
    { id: [1] },
  ];
  test.each(subjects)('no subject: $id', async ({ id }) => {
    world.provider.script.userinfo = { id };
    for (const type of ['github', 'gitlab'] as const) {
      expect(await outcomeOf(logIn(world, await world.connection({ type, issuer: null })))).toBe('subject_missing');
    }
    world.provider.script.userinfo = {};
    expect(await outcomeOf(logIn(world, await github()))).toBe('succeeded');
  });

  const faults: readonly { endpoint: 'userinfo' | 'emails'; status: number; body?: string; code: SsoErrorCode }[] = [
    { endpoint: 'userinfo', status: 401, code: 'idp_bad_response' },
    { endpoint: 'userinfo', status: 200, body: '[]', code: 'idp_bad_response' },
    { endpoint: 'userinfo', status: 302, code: 'idp_redirect' },
    { endpoint: 'emails', status: 404, code: 'idp_bad_response' },
    { endpoint: 'emails', status: 200, body: '{}', code: 'idp_bad_response' },
  ];
  test.each(faults)('github: $endpoint answers $status $body', async ({ endpoint, code, ...answer }) => {
    world.provider.script.answers[endpoint] = answer;
    await expectRefusal(world, await world.connection({ type: 'github' }), code);
  });

  test('the trace names every check', async () => {
    const checks = new Checks();
    await logIn(world, await github(), { checks });
    expect(checks.entries.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'response.iss skipped',
      'token.response passed',
      'userinfo.response passed',
      'userinfo.sub passed',
      'userinfo.emails passed',
    ]);
  });
});
