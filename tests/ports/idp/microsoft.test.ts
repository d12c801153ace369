/** Case IT-26: Entra ID, where one set of keys signs for every tenant there is. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { publicJwk } from '#dev/scripted-keys.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import { createWorld, logIn, outcomeOf, startLogin, type World } from './world.ts';

const TENANT = '3f2a1b4c-0d1e-4f5a-8b6c-7d8e9f0a1b2c';
const OTHER_TENANT = 'aaaaaaaa-0d1e-4f5a-8b6c-7d8e9f0a1b2c';
const ENTRA = 'https://login.microsoftonline.com';

let world: World;
beforeAll(async () => {
  world = await createWorld({ hosts: [ENTRA, 'https://graph.microsoft.com'] });
});
beforeEach(() => {
  world.reset();
  world.provider.script.authorizationResponse = { iss: undefined };
});
afterAll(() => world.close());

describe('IT-26 microsoft with many tenants', () => {
  const honest = { iss: `${ENTRA}/${TENANT}/v2.0`, tid: TENANT };
  const connect = (tenants = [TENANT]) => world.connection({ type: 'microsoft', issuer: null, tenants });
  const wrong: readonly { name: string; claims: Overrides; tenants?: string[] }[] = [
    { name: 'another tenant', claims: { iss: `${ENTRA}/${OTHER_TENANT}/v2.0`, tid: OTHER_TENANT } },
    { name: 'iss of another tenant than tid', claims: { iss: `${ENTRA}/${OTHER_TENANT}/v2.0`, tid: TENANT } },
    { name: 'iss of the listed tenant, tid another', claims: { iss: `${ENTRA}/${TENANT}/v2.0`, tid: OTHER_TENANT } },
    { name: 'iss the template', claims: { iss: `${ENTRA}/{tenantid}/v2.0`, tid: TENANT } },
    { name: 'no tid', claims: { iss: honest.iss, tid: undefined } },
    { name: 'tid a list', claims: { iss: honest.iss, tid: [TENANT] } },
    { name: 'no tenant listed', claims: honest, tenants: [] },
  ];
  test.each(wrong)('$name', async ({ claims, tenants }) => {
    world.provider.script.idToken.claims = claims;
    expect(await outcomeOf(logIn(world, await connect(tenants)))).toBe('id_token_tenant');
    world.provider.script.idToken.claims = honest;
    expect(await outcomeOf(logIn(world, await connect()))).toBe('succeeded');
  });

  test.each(['oidc', 'microsoft'] as const)('tenants limit a single issuer of type %s too', async (type) => {
    const issuer = type === 'oidc' ? world.provider.origin : `${ENTRA}/${TENANT}/v2.0`;
    const limited = () => world.connection({ type, issuer, tenants: ['t1'] });
    for (const [tid, outcome] of [
      ['t2', 'id_token_tenant'],
      [undefined, 'id_token_tenant'],
      ['t1', 'succeeded'],
    ] as const) {
      world.provider.script.idToken.claims = { iss: issuer, tid };
      expect(await outcomeOf(logIn(world, await limited()))).toBe(outcome);
    }
    world.provider.script.idToken.claims = { iss: issuer, tid: 't2' };
    expect(await outcomeOf(logIn(world, await world.connection({ type, issuer })))).toBe('succeeded');
  });

  test('a key that serves one tenant signs for no other', async () => {
    const key = publicJwk(world.provider.keys.of('RS256'));
    const announce = (issuer: string) => {
      world.provider.script.jwks = { keys: [{ ...key, issuer }] };
    };
    world.provider.script.idToken.claims = honest;
    announce(`${ENTRA}/${OTHER_TENANT}/v2.0`);
    expect(await outcomeOf(logIn(world, await connect()))).toBe('id_token_tenant');
    for (const issuer of [`${ENTRA}/{tenantid}/v2.0`, honest.iss]) {
      announce(issuer);
      expect(await outcomeOf(logIn(world, await connect()))).toBe('succeeded');
    }
  });

  test('the email of a tenant is verified only where the tenant proved its domain', async () => {
    const unproven = { ...honest, email_verified: undefined };
    for (const [claims, verified] of [
      [unproven, false],
      [{ ...unproven, xms_edov: true }, true],
      [{ ...unproven, xms_edov: '1' }, false],
    ] as const) {
      world.provider.script.idToken.claims = claims;
      expect((await logIn(world, await connect())).emailVerified).toBe(verified);
    }
  });

  test('a single-tenant connection takes no other tenant', async () => {
    const connection = await world.connection({ type: 'microsoft', issuer: `${ENTRA}/${TENANT}/v2.0` });
    world.provider.script.idToken.claims = { iss: `${ENTRA}/${OTHER_TENANT}/v2.0`, tid: OTHER_TENANT };
    expect(await outcomeOf(logIn(world, connection))).toBe('id_token_iss');
    world.provider.script.idToken.claims = honest;
    expect(await outcomeOf(logIn(world, connection))).toBe('succeeded');
  });

  test.each(['https://login.microsoftonline.com/', 'https://login.microsoftonline.com/a/b/v2.0', 'ftp://x/y/v2.0'])(
    'issuer %s',
    async (issuer) => {
      expect(await outcomeOf(startLogin(world, await world.connection({ type: 'microsoft', issuer })))).toBe(
        'connection_misconfigured',
      );
    },
  );
});

test('iss of the response has to be that of a listed tenant', async () => {
  const connection = await world.connection({ type: 'microsoft', issuer: null, tenants: [TENANT] });
  world.provider.script.idToken.claims = { iss: `${ENTRA}/${TENANT}/v2.0`, tid: TENANT };
  const withIss = (tenant: string) => (query: URLSearchParams) => query.set('iss', `${ENTRA}/${tenant}/v2.0`);
  expect(await outcomeOf(logIn(world, connection, { callback: withIss(OTHER_TENANT) }))).toBe('iss_mismatch');
  expect(await outcomeOf(logIn(world, connection, { callback: withIss(TENANT) }))).toBe('succeeded');
});
