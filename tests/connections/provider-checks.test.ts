/** What the checks ask the provider: where its document is, its endpoints, its API, and whether it takes client id and secret. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { ScriptedAnswer } from '#dev/scripted-script.ts';
import { patch } from '#tests/admin/callers.ts';
import { CLIENT_SECRET } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';
import { type Desk, openDesk } from './desk.ts';
import { type Problem, told } from './problems.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 60_000);
beforeEach(() => {
  desk.stage.honest();
  // what is refused twice in a minute is not asked again
  desk.stage.world.clock.moveBy(61);
});
afterAll(() => desk?.stage.close());

const check = async (id: string) => read(await desk.operator(`/connections/${id}/check`));
const change = async (id: string, members: object) => read(await desk.operator(`/connections/${id}`, patch(members)));
const json = (status: number, body: object): ScriptedAnswer => ({ status, body: JSON.stringify(body) });

describe('an issuer with a slip', () => {
  /** What is configured, where the document lies; both under the origin. */
  test.each([
    ['/acme/v2.0', '/acme'],
    ['/acme', '/acme/v2.0'],
    ['/auth/realms/acme', '/realms/acme'],
    ['/realms/acme', '/auth/realms/acme'],
    ['/acme/protocol/openid-connect/token', '/acme'],
    ['/acme', ''],
  ])('%s is told that it is %p', async (given, real) => {
    const { origin } = desk.stage.provider;
    desk.stage.provider.script.only = `${real}/.well-known/openid-configuration`;
    const made = await desk.make(desk.oidc({ issuer: origin + given }));
    expect(told(made.problems)).toEqual(['idp_document_missing /issuer']);
    expect(made.problems[0].found).toEndWith(`There is a document of the issuer ${origin}${real}`);
    const fix = { issuer: origin + real, clientSecret: CLIENT_SECRET };
    expect((await change(made.id, fix)).problems).toEqual([]);
  });

  test('a redirect is told with where it leads, without its query', async () => {
    desk.stage.provider.script.answers.discovery = {
      status: 301,
      headers: { location: 'https://login.acme.example/oidc?secret=canary' },
    };
    const made = await desk.make(desk.oidc());
    expect(made.problems).toMatchObject([
      { code: 'idp_redirect', found: expect.stringMatching(/It leads to https:\/\/login\.acme\.example\/oidc$/) },
    ]);
  });
});

describe('an endpoint', () => {
  const announce = (token_endpoint: string) => {
    desk.stage.provider.script.discovery = { token_endpoint };
  };

  test('of plain http that OUTBOUND_ALLOW does not name', async () => {
    announce('http://tokens.internal:9090/token');
    const made = await desk.make(desk.oidc());
    expect(made.problems).toMatchObject([
      {
        code: 'endpoint_insecure',
        found: expect.stringContaining('tokens.internal:9090'),
        fix: expect.stringContaining('OUTBOUND_ALLOW'),
      },
    ]);
  });

  test('of plain http that it names needs the connection’s trust, and then serves', async () => {
    const allowed = `http://localhost:${new URL(desk.stage.provider.origin).port}`;
    announce(`${allowed}/acme/token`);
    const made = await desk.make(desk.oidc());
    expect(made.problems).toMatchObject([
      { code: 'endpoint_not_trusted', pointer: '/trustedOrigins', found: expect.stringContaining(allowed) },
    ]);
    expect((await change(made.id, { trustedOrigins: [allowed] })).problems).toEqual([]);
    expect(await check(made.id)).toMatchObject({ usable: true, clientCredentials: { verdict: 'accepted' } });
  });

  test('of https on a port that is not called', async () => {
    announce('https://tokens.example.com:9443/token');
    const made = await desk.make(desk.oidc({ trustedOrigins: ['https://tokens.example.com:9443'] }));
    expect(made.problems).toMatchObject([
      { code: 'endpoint_not_allowed', found: expect.stringContaining('tokens.example.com:9443') },
    ]);
  });
});

describe('client id and secret', () => {
  const TYPES = ['oidc', 'keycloak', 'gitlab', 'github'] as const;
  test.each(TYPES)('of %s are taken, or a wrong one is told and put right', async (type) => {
    const made = await desk.make(desk.oidc({ type, clientSecret: 'mistyped' }));
    expect(made.problems).toMatchObject([
      {
        code: 'idp_client_auth_failed',
        pointer: '/clientSecret',
        severity: 'error',
        fix: expect.stringContaining('clientSecret'),
      },
    ]);
    expect(await check(made.id)).toMatchObject({ usable: false, clientCredentials: { verdict: 'refused' } });
    expect((await change(made.id, { clientSecret: CLIENT_SECRET })).problems).not.toContainEqual(
      expect.objectContaining({ severity: 'error' }),
    );
    desk.stage.world.clock.moveBy(61);
    expect(await check(made.id)).toMatchObject({ usable: true, clientCredentials: { verdict: 'accepted' } });
    const asked = desk.stage.provider.requests.find(({ endpoint }) => endpoint === 'token');
    expect(asked?.body).toContain('code=vestibule-connection-check-');
  });

  const REFUSED: readonly [string, ScriptedAnswer, string][] = [
    [
      'expired',
      json(401, { error: 'invalid_client', error_codes: [7000222] }),
      'idp_client_secret_expired /clientSecret',
    ],
    ['unknown', json(400, { error: 'unauthorized_client', error_codes: [700016] }), 'idp_client_unknown /clientId'],
    ['not allowed', json(400, { error: 'unauthorized_client' }), 'idp_client_not_allowed /clientId'],
    ['of another tenant', json(400, { error: 'invalid_request', error_codes: [50194] }), 'idp_tenant_mismatch /issuer'],
    [
      'refused a redirect URI',
      json(400, { error: 'redirect_uri_mismatch' }),
      'idp_redirect_uri_mismatch /redirectUris/0',
    ],
  ];
  test.each([...REFUSED])('%s', async (_what, token, expected) => {
    desk.stage.provider.script.answers = { token };
    const made = await desk.make();
    expect(told(made.problems)).toEqual([expected]);
    desk.stage.honest();
    expect(await check(made.id)).toMatchObject({
      usable: true,
      problems: [],
      clientCredentials: { verdict: 'accepted' },
    });
  });

  const UNCLEAR: readonly [string, ScriptedAnswer][] = [
    ['an outage', { status: 503 }],
    ['a gateway that wants a password', { status: 401, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['invalid_request', json(400, { error: 'invalid_request' })],
    ['tokens for nothing', json(200, { access_token: 'a', token_type: 'Bearer' })],
  ];
  test.each([...UNCLEAR])('%s says nothing of them, and is no fault', async (_what, token) => {
    desk.stage.provider.script.answers = { token };
    const made = await desk.make();
    expect(made.problems).toEqual([]);
    expect(await check(made.id)).toMatchObject({ usable: true, clientCredentials: { verdict: 'unknown' } });
  });

  test('are not asked where logins would not send them', async () => {
    desk.stage.provider.script.discovery = { token_endpoint: 'https://elsewhere.example/token' };
    const made = await desk.make();
    expect(await check(made.id)).toMatchObject({ clientCredentials: { verdict: 'not_asked' } });
    expect(desk.stage.provider.count('token')).toBe(0);
  });

  test('that were refused twice are not asked for a minute, lest the client be locked', async () => {
    const made = await desk.make(desk.oidc({ clientSecret: 'mistyped' }));
    await check(made.id);
    expect(desk.stage.provider.count('token')).toBe(2);
    const third = await check(made.id);
    expect([third.usable, third.clientCredentials.verdict]).toEqual([true, 'unknown']);
    expect(desk.stage.provider.count('token')).toBe(2);
    desk.stage.world.clock.moveBy(61);
    expect((await check(made.id)).clientCredentials.verdict).toBe('refused');
  });
});

describe('requests with client id and secret are counted', () => {
  const verdicts = async (ids: readonly string[]) =>
    (await Promise.all(ids.map(check))).map(({ clientCredentials }) => clientCredentials.verdict).toSorted();

  test('many checks at once try out no more secrets than one after another', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 6; index++) {
      desk.stage.world.clock.moveBy(61);
      ids.push((await desk.make(desk.oidc({ clientSecret: `guess-${index}` }))).id);
    }
    desk.stage.world.clock.moveBy(61);
    const before = desk.stage.provider.count('token');
    expect(await verdicts(ids)).toEqual(['refused', 'refused', 'unknown', 'unknown', 'unknown', 'unknown']);
    expect(desk.stage.provider.count('token') - before).toBe(2);
  });

  test('a connection asks six times a minute, whatever client it names', async () => {
    const { id } = await desk.make();
    for (let index = 0; index < 8; index++) await change(id, { clientId: `client-${index}` });
    expect(desk.stage.provider.count('token')).toBe(6);
    const { clientCredentials } = await check(id);
    expect(clientCredentials).toMatchObject({ verdict: 'unknown', found: expect.stringContaining('asked often') });
    desk.stage.world.clock.moveBy(61);
    await check(id);
    expect(desk.stage.provider.count('token')).toBe(7);
  });

  test('an organization asks twenty times a minute, however many connections it makes', async () => {
    for (let index = 0; index < 22; index++) await desk.make(desk.oidc({ clientId: `client-${index}` }), desk.globex);
    expect(desk.stage.provider.count('token')).toBe(20);
    const { id } = await desk.make();
    expect((await check(id)).clientCredentials.verdict).toBe('accepted');
  });
});

test('a pinned token endpoint that is trusted no more gets no secret', async () => {
  const { id } = await desk.make();
  await read(await desk.activate(id));
  expect(await check(id)).toMatchObject({ clientCredentials: { verdict: 'accepted' } });
  const pinned = { tokenEndpoint: 'https://elsewhere.example/token' };
  const { sql } = desk.stage.world;
  await sql`update connections set pinned_metadata = ${sql.json(pinned)} where id = ${id}`;
  expect(await check(id)).toMatchObject({ clientCredentials: { verdict: 'not_asked' } });
});

describe.each(['github', 'gitlab'])('the API of %s', (type) => {
  const make = (more: object = {}) => desk.make(desk.oidc({ type, ...more }));

  test('may not be called at a private address', async () => {
    const made = await make({ issuer: 'http://10.0.0.1/forge' });
    expect(told(made.problems)).toEqual(['url_not_allowed /issuer']);
    expect(made.problems[0].found).toContain('10.0.0.1:80');
  });

  test.each<[string, ScriptedAnswer, string]>([
    [
      'a page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' },
      'idp_document_missing /issuer',
    ],
    ['nothing', json(404, {}), 'idp_document_missing /issuer'],
    ['an outage', { status: 502 }, 'idp_unavailable /issuer'],
  ])('is told from %s, and is well at its own address', async (_what, userinfo, expected) => {
    desk.stage.provider.script.answers = { userinfo };
    const made = await make();
    expect(told(made.problems)).toEqual([expected]);
    desk.stage.honest();
    expect((await check(made.id)).problems.filter(({ severity }: Problem) => severity === 'error')).toEqual([]);
  });
});
