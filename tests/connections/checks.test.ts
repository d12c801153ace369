/** The checks of a connection: what is broken is kept and told with its code, its place and its fix, and is right when that is followed. */
import { afterAll, beforeAll, beforeEach, describe, expect, spyOn, test } from 'bun:test';
import { SsoError } from '#error';
import { patch } from '#tests/admin/callers.ts';
import { CLIENT_SECRET } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';
import { PUBLIC_URL, REDIRECT_URI } from '#tests/world.ts';
import { type Desk, openDesk, problem } from './desk.ts';
import { isComplete, type Problem, told } from './problems.ts';

describe('OpenID Connect', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  beforeEach(() => desk.stage.honest());
  afterAll(() => desk?.stage.close());

  const answer = (members: object) => () => {
    desk.stage.provider.script.discovery = { ...members } as Record<string, unknown>;
  };
  const elsewhere = 'https://elsewhere.example/token';
  /** What is wrong with the connection, or what the provider does; what is found; what puts it right. */
  const BROKEN: readonly [string, () => object, (() => void) | undefined, string, () => object][] = [
    [
      'no client id',
      () => ({ clientId: undefined }),
      undefined,
      'client_id_missing /clientId',
      () => ({ clientId: 'vestibule' }),
    ],
    [
      'no secret',
      () => ({ clientSecret: undefined }),
      undefined,
      'client_secret_missing /clientSecret',
      () => ({ clientSecret: CLIENT_SECRET }),
    ],
    [
      'no key',
      () => ({ clientAuthentication: 'private_key_jwt' }),
      undefined,
      'client_key_missing /clientKey',
      () => ({ clientAuthentication: null }),
    ],
    [
      'no issuer',
      () => ({ issuer: undefined }),
      undefined,
      'issuer_missing /issuer',
      () => ({ issuer: desk.stage.issuer('acme'), clientSecret: CLIENT_SECRET }),
    ],
    [
      'plain http',
      () => ({ issuer: 'http://login.example.com' }),
      undefined,
      'url_not_allowed /issuer',
      () => ({ issuer: desk.stage.issuer('acme'), clientSecret: CLIENT_SECRET }),
    ],
    [
      'inside the network',
      () => ({ issuer: 'https://10.0.0.1' }),
      undefined,
      'url_not_allowed /issuer',
      () => ({ issuer: desk.stage.issuer('acme'), clientSecret: CLIENT_SECRET }),
    ],
    [
      'no such host',
      () => ({ issuer: 'https://nowhere.invalid' }),
      undefined,
      'idp_name_not_found /issuer',
      () => ({ issuer: desk.stage.issuer('acme'), clientSecret: CLIENT_SECRET }),
    ],
    [
      'a slash too many',
      () => ({ issuer: `${desk.stage.issuer('acme')}/` }),
      undefined,
      'issuer_mismatch /issuer',
      () => ({ issuer: desk.stage.issuer('acme'), clientSecret: CLIENT_SECRET }),
    ],
    ...(
      [
        ['nothing', { status: 404 }, 'idp_document_missing'],
        ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'idp_document_missing'],
        ['a refusal', { status: 403 }, 'idp_document_forbidden'],
        ['an outage', { status: 503 }, 'idp_unavailable'],
        ['a fault', { status: 500 }, 'idp_unavailable'],
        ['too many calls', { status: 429 }, 'idp_unavailable'],
        ['half of it', { body: '{"issuer":' }, 'idp_bad_response'],
      ] as const
    ).map(([what, discovery, code]): (typeof BROKEN)[number] => [
      `${what} in place of the document`,
      () => ({}),
      () => {
        desk.stage.provider.script.answers = { discovery };
      },
      `${code} /issuer`,
      () => ({}),
    ]),
    [
      'a redirect',
      () => ({}),
      () => {
        desk.stage.provider.script.answers.discovery = { status: 302, headers: { location: 'https://a.example' } };
      },
      'idp_redirect /issuer',
      () => ({}),
    ],
    ['another issuer', () => ({}), answer({ issuer: 'https://other.example' }), 'issuer_mismatch /issuer', () => ({})],
    [
      'a foreign endpoint',
      () => ({}),
      answer({ token_endpoint: elsewhere }),
      'endpoint_not_trusted /trustedOrigins',
      () => ({ trustedOrigins: ['https://elsewhere.example'] }),
    ],
    ['a missing endpoint', () => ({}), answer({ jwks_uri: undefined }), 'endpoint_missing /issuer', () => ({})],
    [
      'a plain endpoint',
      () => ({}),
      answer({ token_endpoint: 'http://elsewhere.example' }),
      'endpoint_insecure /issuer',
      () => ({}),
    ],
    [
      'no common algorithm',
      () => ({ idTokenAlgs: ['ES512'] }),
      answer({ id_token_signing_alg_values_supported: ['RS256'] }),
      'algorithm_unsupported /idTokenAlgs',
      () => ({ idTokenAlgs: null }),
    ],
    [
      'only HMAC',
      () => ({}),
      answer({ id_token_signing_alg_values_supported: ['HS256'] }),
      'algorithm_unsupported /idTokenAlgs',
      () => ({}),
    ],
    [
      'another client authentication',
      () => ({ clientAuthentication: 'client_secret_post' }),
      answer({ token_endpoint_auth_methods_supported: ['client_secret_basic'] }),
      'client_authentication_unsupported /clientAuthentication',
      () => ({ clientAuthentication: null }),
    ],
    [
      'none that there are means for',
      () => ({}),
      answer({ token_endpoint_auth_methods_supported: ['tls_client_auth'] }),
      'client_authentication_unsupported /clientAuthentication',
      () => ({}),
    ],
    [
      'no code flow',
      () => ({}),
      answer({ response_types_supported: ['id_token'] }),
      'response_type_unsupported /issuer',
      () => ({}),
    ],
    [
      'no query',
      () => ({}),
      answer({ response_modes_supported: ['form_post'] }),
      'response_mode_unsupported /issuer',
      () => ({}),
    ],
    [
      'no PKCE',
      () => ({}),
      answer({ code_challenge_methods_supported: ['plain'] }),
      'pkce_not_announced /issuer',
      () => ({}),
    ],
    [
      'an unknown scope',
      () => ({ scopes: ['openid', 'roles'] }),
      answer({ scopes_supported: ['openid', 'email', 'profile'] }),
      'scope_unsupported /scopes/1',
      () => ({ scopes: null }),
    ],
    [
      'a plain redirect URI',
      () => ({ redirectUris: [REDIRECT_URI, 'http://app.example.com/cb'] }),
      undefined,
      'redirect_uri_insecure /redirectUris/1',
      () => ({ redirectUris: [REDIRECT_URI] }),
    ],
    [
      'a redirect URI without host',
      () => ({ redirectUris: ['https://:1'] }),
      undefined,
      'redirect_uri_malformed /redirectUris/0',
      () => ({ redirectUris: [REDIRECT_URI] }),
    ],
    [
      'a redirect URI of ours',
      () => ({ redirectUris: [`${PUBLIC_URL}/callback`] }),
      undefined,
      'redirect_uri_ours /redirectUris/0',
      () => ({ redirectUris: [REDIRECT_URI] }),
    ],
    [
      'a browser that is required, and an API key for Indee',
      () => ({ requireBrowser: true }),
      undefined,
      'browser_never_there /requireBrowser',
      () => ({ requireBrowser: false }),
    ],
  ];

  test.each([...BROKEN])('%s', async (_name, members, lie, expected, fix) => {
    lie?.();
    const made = await desk.make(desk.oidc(members()));
    expect(told(made.problems)).toContain(expected);
    expect(isComplete(made.problems)).toBe(true);
    const check = await read(await desk.operator(`/connections/${made.id}/check`));
    expect(told(check.problems)).toEqual(told(made.problems));
    expect(check.usable).toBe(!made.problems.some(({ severity }: Problem) => severity === 'error'));
    // what the provider did wrong it puts right by itself; what we asked for, by the change that the fix names
    if (Object.keys(fix()).length === 0) desk.stage.honest();
    const fixed = await read(await desk.operator(`/connections/${made.id}`, patch({ jit: false, ...fix() })));
    expect(fixed.problems).toEqual([]);
  });

  test('an honest provider has no problems, nor has a native app’s own scheme', async () => {
    const made = await desk.make(
      desk.oidc({ redirectUris: ['com.example.app:/cb', 'http://127.0.0.1/cb', REDIRECT_URI] }),
    );
    expect(made.problems).toEqual([]);
  });

  test('errors keep a tested version from being activated, unless forced; warnings don’t', async () => {
    const { id } = await desk.make(desk.oidc({ issuer: `${desk.stage.issuer('acme')}/` }));
    await desk.stage.world
      .sql`update connection_versions set tested_at = now(), state = 'tested' where connection_id = ${id}`;
    const refused = await problem(await desk.activate(id, {}), 409);
    expect(refused.code).toBe('version_has_errors');
    expect(refused.errors).toEqual([{ pointer: '/issuer', detail: expect.stringContaining('issuer_mismatch') }]);
    expect((await read(await desk.operator(`/connections/${id}`))).status).toBe('draft');
    expect(await read(await desk.activate(id))).toMatchObject({ status: 'active' });
    const activated = (await desk.actions(id)).find(({ action }) => action === 'connection.activated');
    expect(activated?.details).toMatchObject({ tested: true, forced: true });

    const warned = await desk.make(desk.oidc({ redirectUris: [`${PUBLIC_URL}/callback`] }));
    await desk.stage.world
      .sql`update connection_versions set tested_at = now(), state = 'tested' where connection_id = ${warned.id}`;
    expect(await read(await desk.activate(warned.id, {}))).toMatchObject({ status: 'active' });
  });

  test('that can’t be made at the moment keep no change from being answered', async () => {
    const { samlMetadata } = desk.stage.world.ports;
    const examining = spyOn(samlMetadata, 'examine').mockImplementationOnce(async () => {
      throw new SsoError('saml_busy', { retryAfterSeconds: 1 });
    });
    const saml = { metadataUrl: 'https://127.0.0.1:9/metadata' };
    const made = await desk.make({ slug: 'busy', type: 'saml', redirectUris: [REDIRECT_URI], saml });
    examining.mockRestore();
    expect(made).toMatchObject({ slug: 'busy', status: 'draft' });
    expect(made).not.toHaveProperty('problems');
    const { problems } = await read(await desk.operator(`/connections/${made.id}/check`));
    expect(problems).toMatchObject([{ code: 'url_not_allowed' }]);
  });

  test('what an operator tries out opens no circuit of the logins', async () => {
    const { id } = await desk.make(desk.oidc({ slug: 'circuit' }));
    await read(await desk.activate(id));
    desk.stage.provider.script.answers.discovery = { status: 500 };
    for (let round = 0; round < 12; round++) await desk.operator(`/connections/${id}/check`);
    desk.stage.honest();
    await read(await desk.loginOver('circuit'));
  });
});
