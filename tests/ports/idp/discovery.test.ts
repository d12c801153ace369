/** Cases JK-01, JK-13, JK-14: what an issuer's metadata may say, and that it stays said. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Overrides, ScriptedAnswer } from '#dev/scripted-script.ts';
import { SsoError, type SsoErrorCode } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import { requireTrustedEndpoint } from '#ports/idp/endpoint-policy.ts';
import { createWorld, logIn, outcomeOf, type World } from './world.ts';

let world: World;
let connection: Connection;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  world.reset();
  connection = await world.connection();
});
afterAll(() => world.close());

const login = () => outcomeOf(logIn(world, connection));

describe('a document that is refused', () => {
  const cases: readonly { name: string; discovery: (origin: string) => Overrides; code: SsoErrorCode }[] = [
    {
      name: 'JK-01 another issuer',
      discovery: () => ({ issuer: 'https://elsewhere.example' }),
      code: 'issuer_mismatch',
    },
    { name: 'JK-01 a trailing slash more', discovery: (origin) => ({ issuer: `${origin}/` }), code: 'issuer_mismatch' },
    {
      name: 'JK-01 upper case',
      discovery: (origin) => ({ issuer: origin.replace('http', 'HTTP') }),
      code: 'issuer_mismatch',
    },
    { name: 'no issuer', discovery: () => ({ issuer: undefined }), code: 'idp_bad_response' },
    { name: 'an issuer that is no text', discovery: (origin) => ({ issuer: [origin] }), code: 'idp_bad_response' },
    { name: 'no token endpoint', discovery: () => ({ token_endpoint: undefined }), code: 'idp_bad_response' },
    { name: 'a jwks_uri that is no text', discovery: () => ({ jwks_uri: {} }), code: 'idp_bad_response' },
    {
      name: 'JK-13 token endpoint elsewhere',
      discovery: () => ({ token_endpoint: 'https://evil.example/token' }),
      code: 'metadata_changed',
    },
    {
      name: 'JK-13 jwks_uri elsewhere',
      discovery: () => ({ jwks_uri: 'https://evil.example/jwks' }),
      code: 'metadata_changed',
    },
    {
      name: 'JK-13 userinfo on a private address',
      discovery: () => ({ userinfo_endpoint: 'https://10.0.0.1/' }),
      code: 'metadata_changed',
    },
    {
      name: 'JK-13 userinfo on another port',
      discovery: () => ({ userinfo_endpoint: 'http://127.0.0.1:1/userinfo' }),
      code: 'url_not_allowed',
    },
    {
      name: 'JK-13 authorization endpoint elsewhere',
      discovery: () => ({ authorization_endpoint: 'https://evil.example/' }),
      code: 'metadata_changed',
    },
    {
      name: 'authorization endpoint a script',
      discovery: () => ({ authorization_endpoint: 'javascript:alert(1)' }),
      code: 'url_not_allowed',
    },
    {
      name: 'jwks_uri a data URL',
      discovery: () => ({ jwks_uri: 'data:application/json,{"keys":[]}' }),
      code: 'url_not_allowed',
    },
    { name: 'token endpoint no URL', discovery: () => ({ token_endpoint: '/token' }), code: 'url_not_allowed' },
  ];
  test.each(cases)('$name', async ({ discovery, code }) => {
    world.provider.script.discovery = discovery(world.provider.origin);
    expect(await login()).toBe(code);
    expect(world.pinned.size).toBe(0);
    expect(world.provider.count('token')).toBe(0);
    world.reset();
    expect(await login()).toBe('succeeded');
  });

  const answers: readonly { name: string; answer: ScriptedAnswer; code?: SsoErrorCode }[] = [
    { name: 'status 500', answer: { status: 500 }, code: 'idp_unavailable' },
    { name: 'status 429', answer: { status: 429 }, code: 'idp_unavailable' },
    { name: 'status 404', answer: { status: 404 }, code: 'idp_document_missing' },
    { name: 'status 403', answer: { status: 403 }, code: 'idp_document_forbidden' },
    { name: 'status 204', answer: { status: 204 } },
    {
      name: 'HTML',
      answer: { headers: { 'content-type': 'text/html' }, body: '<html>' },
      code: 'idp_document_missing',
    },
    { name: 'no JSON', answer: { body: '{' } },
    { name: 'a list', answer: { body: '[]' } },
    { name: 'more than 256 KiB', answer: { body: `{${' '.repeat(256 * 1024)}}` } },
    {
      name: 'a redirect',
      answer: { status: 301, headers: { location: 'https://evil.example/' } },
      code: 'idp_redirect',
    },
    { name: 'no answer', answer: { hang: true }, code: 'idp_timeout' },
  ];
  test.each(answers)('answered with $name', async ({ answer, code = 'idp_bad_response' }) => {
    world.provider.script.answers.discovery = answer;
    expect(await login()).toBe(code);
    world.reset();
    expect(await login()).toBe('succeeded');
  });
});

describe('JK-13 where an endpoint may lie', () => {
  const cases: readonly {
    endpoint: string;
    issuer: string;
    trusted?: string[];
    outcome: SsoErrorCode | 'succeeded';
  }[] = [
    { issuer: 'https://id.acme.com/a', endpoint: 'https://id.acme.com/token', outcome: 'succeeded' },
    { issuer: 'https://id.acme.com', endpoint: 'https://keys.acme.com/jwks', outcome: 'succeeded' },
    { issuer: 'https://id.acme.co.uk', endpoint: 'https://api.acme.co.uk/', outcome: 'succeeded' },
    { issuer: 'https://id.acme.co.uk', endpoint: 'https://api.evil.co.uk/', outcome: 'metadata_changed' },
    { issuer: 'https://acme.github.io', endpoint: 'https://evil.github.io/', outcome: 'metadata_changed' },
    { issuer: 'https://id.acme.com', endpoint: 'https://acme.com.evil.example/', outcome: 'metadata_changed' },
    { issuer: 'https://id.acme.com', endpoint: 'https://keys.acme.com:8443/', outcome: 'metadata_changed' },
    { issuer: 'https://id.acme.com', endpoint: 'http://keys.acme.com/', outcome: 'url_not_allowed' },
    { issuer: 'https://id.acme.com', endpoint: 'http://id.acme.com/', outcome: 'url_not_allowed' },
    { issuer: 'https://id.acme.com', endpoint: 'https://user@id.acme.com/', outcome: 'url_not_allowed' },
    { issuer: 'https://id.acme.com', endpoint: 'https://:pass@id.acme.com/', outcome: 'url_not_allowed' },
    { issuer: 'https://id.acme.com', endpoint: 'https://id.acme.com/#token', outcome: 'url_not_allowed' },
    { issuer: 'https://93.184.216.34', endpoint: 'https://93.184.216.35/', outcome: 'metadata_changed' },
    { issuer: 'https://localhost', endpoint: 'https://localhost:444/', outcome: 'metadata_changed' },
    {
      issuer: 'https://id.acme.com',
      endpoint: 'https://cdn.example/',
      trusted: ['https://cdn.example'],
      outcome: 'succeeded',
    },
    {
      issuer: 'https://id.acme.com',
      endpoint: 'https://cdn.example:1/',
      trusted: ['https://cdn.example'],
      outcome: 'metadata_changed',
    },
    {
      issuer: 'https://id.acme.com',
      endpoint: 'https://keys.acme.com:8443/',
      trusted: ['https://keys.acme.com:8443/x'],
      outcome: 'succeeded',
    },
  ];
  test.each(cases)('$issuer → $endpoint: $outcome', ({ endpoint, issuer, trusted = [], outcome }) => {
    const check = () => requireTrustedEndpoint('jwks_uri', endpoint, issuer, trusted);
    if (outcome === 'succeeded') return expect(check).not.toThrow();
    expect(check).toThrow(new SsoError(outcome));
  });

  test('an origin that the connection trusts is called', async () => {
    const other = await createWorld();
    try {
      world.provider.script.discovery = { userinfo_endpoint: `${other.provider.origin}/userinfo` };
      expect(await login()).toBe('url_not_allowed');
      connection = await world.connection({ trustedOrigins: [other.provider.origin] });
      expect(await login()).toBe('succeeded');
    } finally {
      await other.close();
    }
  });
});

describe('JK-14 pinned endpoints', () => {
  test('the first discovery is pinned, once, before anything else is done with it', async () => {
    const { origin } = world.provider;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        world.identityProvider.authorize(connection, {
          state: 'state',
          nonce: 'nonce',
          codeVerifier: 'v'.repeat(43),
          redirectUri: 'https://app.example/',
        }),
      ),
    );
    expect(world.pins).toEqual([connection.id]);
    expect([...world.pinned]).toEqual([
      [
        connection.id,
        {
          authorizationEndpoint: `${origin}/authorize`,
          tokenEndpoint: `${origin}/token`,
          jwksUri: `${origin}/jwks`,
          userinfoEndpoint: `${origin}/userinfo`,
        },
      ],
    ]);
    expect(world.provider.count('discovery')).toBe(1);
  });

  test('a later change does not take effect, and is told once', async () => {
    expect(await login()).toBe('succeeded');
    const changed = {
      jwks_uri: `${world.provider.origin}/elsewhere/jwks`,
      token_endpoint: 'https://evil.example/token',
    };
    for (let round = 0; round < 3; round++) {
      world.clock.moveBy(601);
      world.provider.script.discovery = changed;
      expect(await login()).toBe('succeeded');
    }
    expect(world.provider.count('discovery')).toBe(4);
    expect(world.provider.requests.some(({ path }) => path.startsWith('/elsewhere'))).toBe(false);
    expect(world.changes).toEqual([
      expect.objectContaining({ jwksUri: changed.jwks_uri, tokenEndpoint: changed.token_endpoint }),
    ]);
  });

  test('pinned endpoints that the connection no longer trusts are not used', async () => {
    const pinnedMetadata = {
      authorizationEndpoint: `${world.provider.origin}/authorize`,
      tokenEndpoint: 'https://formerly.example/token',
      jwksUri: `${world.provider.origin}/jwks`,
    };
    connection = await world.connection({ pinnedMetadata });
    expect(await login()).toBe('metadata_changed');
    connection = await world.connection({
      pinnedMetadata: { ...pinnedMetadata, tokenEndpoint: `${world.provider.origin}/token` },
    });
    expect(await login()).toBe('succeeded');
  });
});

describe('the cache', () => {
  test('10 minutes fresh, a day stale while the provider is down', async () => {
    expect(await login()).toBe('succeeded');
    world.clock.moveBy(599);
    expect(await login()).toBe('succeeded');
    expect(world.provider.count('discovery')).toBe(1);
    world.provider.script.answers.discovery = { status: 503 };
    world.clock.moveBy(20 * 60 * 60);
    expect(await login()).toBe('succeeded');
    expect(world.stale).toContain(`${connection.id} discovery`);
    world.clock.moveBy(5 * 60 * 60);
    expect(await login()).toBe('idp_unavailable');
    world.provider.script.answers = {};
    world.clock.moveBy(31);
    expect(await login()).toBe('succeeded');
  });

  test('a changed connection is discovered anew', async () => {
    expect(await login()).toBe('succeeded');
    connection = { ...connection, version: 2 };
    expect(await login()).toBe('succeeded');
    expect(world.provider.count('discovery')).toBe(2);
  });

  test('a failure is remembered for 30 seconds', async () => {
    world.provider.script.answers.discovery = { status: 503 };
    for (let attempt = 0; attempt < 3; attempt++) expect(await login()).toBe('idp_unavailable');
    expect(world.provider.count('discovery')).toBe(1);
    world.provider.script.answers = {};
    world.clock.moveBy(31);
    expect(await login()).toBe('succeeded');
  });
});

test('an issuer with a path and a trailing slash keeps it', async () => {
  connection = await world.connection({ issuer: `${world.provider.origin}/tenant` });
  expect((await logIn(world, connection)).issuer).toBe(`${world.provider.origin}/tenant`);
});
