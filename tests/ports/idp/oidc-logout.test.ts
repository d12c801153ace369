/** Logout at OpenID providers as the port sees it: whose endpoint, with what, and whose logout tokens (SF-07, IT-26). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { UnsecuredJWT } from 'jose';
import { Checks } from '#core/checks.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import { createLogoutToken } from '#dev/scripted-token.ts';
import type { Connection } from '#ports/db/schema.ts';
import { CLIENT_ID, createWorld, logIn, outcomeOf, type World } from './world.ts';

const TENANT = '3f2a1b4c-0d1e-4f5a-8b6c-7d8e9f0a1b2c';
const OTHER_TENANT = '11111111-2222-3333-4444-555555555555';
const ENTRA = 'https://login.microsoftonline.com';
const AFTERWARDS = 'https://app.example/bye';

let world: World;
beforeAll(async () => {
  world = await createWorld({ hosts: [ENTRA] });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

function logoutOf(connection: Connection) {
  const logout = world.identityProvider.oidcLogoutOf(connection);
  if (!logout) throw new Error('the type knows no logout');
  return logout;
}

/** What says that the connection's provider made it is all that is read of it here. */
async function idTokenFor(connection: Connection): Promise<string> {
  const { issuer } = await logoutOf(connection).readAnnouncement(connection);
  const iss = connection.type === 'microsoft' ? `${ENTRA}/${TENANT}/v2.0` : issuer;
  return new UnsecuredJWT({ iss, tid: TENANT }).encode();
}

describe('the end session endpoint', () => {
  test.each<[Connection['type'], string | null, string]>([
    ['keycloak', 'https://id.acme.com/realms/a', 'https://id.acme.com/realms/a/protocol/openid-connect/logout'],
    ['okta', 'https://acme.okta.com', 'https://acme.okta.com/oauth2/v1/logout'],
    ['okta', 'https://acme.okta.com/oauth2/default', 'https://acme.okta.com/oauth2/default/v1/logout'],
    ['auth0', 'https://acme.auth0.com', 'https://acme.auth0.com/oidc/logout'],
    ['microsoft', null, `${ENTRA}/organizations/oauth2/v2.0/logout`],
    ['microsoft', `${ENTRA}/${TENANT}/v2.0`, `${ENTRA}/${TENANT}/oauth2/v2.0/logout`],
  ])('of %s at %s', async (type, issuer, endpoint) => {
    const connection = await world.connection({ type, issuer, logoutRedirectUri: AFTERWARDS });
    const fields = { client_id: CLIENT_ID, post_logout_redirect_uri: AFTERWARDS };
    const idToken = await idTokenFor(connection);
    expect(await logoutOf(connection).requestLogout(connection, idToken)).toEqual({
      binding: 'post',
      form: { action: endpoint, fields: { id_token_hint: idToken, ...fields } },
    });
    const without = await logoutOf(connection).requestLogout(connection, undefined);
    expect(without?.binding === 'redirect' && without.url.href).toBe(`${endpoint}?${new URLSearchParams(fields)}`);
  });

  test('is not known of google, nor of github and gitlab, which take no part in this at all', async () => {
    const google = await world.connection({ type: 'google', issuer: null });
    expect(await logoutOf(google).requestLogout(google, 'a.b.c')).toBeUndefined();
    for (const type of ['github', 'gitlab'] as const)
      expect(world.identityProvider.oidcLogoutOf(await world.connection({ type, issuer: null }))).toBeUndefined();
  });

  const announce = (endpoint: unknown) => void (world.provider.script.discovery = { end_session_endpoint: endpoint });

  test('keeps its own query', async () => {
    announce(`${world.provider.origin}/logout?tenant=a`);
    const connection = await world.connection();
    const request = await logoutOf(connection).requestLogout(connection, undefined);
    const expected = `${world.provider.origin}/logout?tenant=a&client_id=${CLIENT_ID}`;
    expect(request?.binding === 'redirect' && request.url.href).toBe(expected);
  });

  test.each([
    ['https://elsewhere.example/logout', 'metadata_changed'],
    ['http://10.0.0.1/logout', 'url_not_allowed'],
    ['javascript:alert(1)', 'url_not_allowed'],
    ['data:text/html,x', 'url_not_allowed'],
    ['/logout', 'url_not_allowed'],
    ['https://user:secret@elsewhere.example/', 'url_not_allowed'],
  ] as const)('at %s is not offered, and hinders no login', async (endpoint, reason) => {
    announce(endpoint);
    const connection = await world.connection();
    const idToken = await idTokenFor(connection);
    expect(await outcomeOf(logoutOf(connection).requestLogout(connection, idToken))).toBe(reason);
    expect((await logIn(world, connection)).idToken).toBeUndefined();
    const said = await logoutOf(connection).readAnnouncement(connection);
    expect(said).toMatchObject({ endSessionEndpoint: endpoint, endSessionTrusted: false });
    announce(`${world.provider.origin}/logout`);
    const honest = await world.connection();
    expect((await logIn(world, honest)).idToken).toMatch(/^eyJ/);
  });

  test('on another site is offered where the connection trusts it', async () => {
    announce('https://elsewhere.example/logout');
    const connection = await world.connection({ trustedOrigins: ['https://elsewhere.example'] });
    const idToken = await idTokenFor(connection);
    expect(await logoutOf(connection).requestLogout(connection, idToken)).toMatchObject({ binding: 'post' });
    expect((await logIn(world, connection)).idToken).toMatch(/^eyJ/);
  });

  test.each([[null], [7], [['https://elsewhere.example']]])('of %j is none', async (endpoint) => {
    announce(endpoint);
    const connection = await world.connection();
    expect(await logoutOf(connection).requestLogout(connection, 'a.b.c')).toBeUndefined();
    expect((await logIn(world, connection)).idToken).toBeUndefined();
  });

  test('gets no hint of more than 4 KiB', async () => {
    announce(`${world.provider.origin}/logout`);
    const connection = await world.connection();
    const claimsOf = async (filler: number) => {
      world.provider.script.idToken.claims = { filler: 'x'.repeat(filler) };
      return (await logIn(world, connection)).idToken?.length;
    };
    expect(await claimsOf(2_200)).toBeWithin(3_000, 4_097);
    expect(await claimsOf(3_100)).toBeUndefined();
  });
});

describe('a logout token of a provider of many tenants', () => {
  const verify = async (claims: Overrides, tenants = [TENANT.toUpperCase()]) => {
    const connection = await world.connection({ type: 'microsoft', issuer: null, tenants });
    const script = { claims, header: {}, alg: 'RS256' };
    const subject = { issuer: `${ENTRA}/${TENANT}/v2.0`, clientId: CLIENT_ID, sub: 'alice', now: world.clock.now() };
    const token = createLogoutToken(script, world.provider.keys, subject);
    return outcomeOf(logoutOf(connection).verifyLogoutToken(connection, token, new Checks()));
  };

  test('names it by tid, or by its issuer', async () => {
    expect(await verify({})).toBe('succeeded');
    expect(await verify({ tid: TENANT })).toBe('succeeded');
  });

  test.each<[string, Overrides, string[]]>([
    ['another tenant', { iss: `${ENTRA}/${OTHER_TENANT}/v2.0` }, [TENANT]],
    ['another tenant by tid', { tid: OTHER_TENANT }, [TENANT]],
    ['a tid that is not the issuer’s', { iss: `${ENTRA}/${OTHER_TENANT}/v2.0`, tid: TENANT }, [TENANT]],
    ['the template', { iss: `${ENTRA}/{tenantid}/v2.0` }, [TENANT]],
    ['no issuer', { iss: undefined }, [TENANT]],
    ['no tenant that is listed', {}, []],
  ])('is refused with %s', async (_, claims, tenants) => {
    expect(await verify(claims, tenants)).toBe('logout_token');
  });
});
