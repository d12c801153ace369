/** Logout between us and a real OpenID provider, in both directions, through each dialect (RT-17, SL-09, PR-04). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { type CookieJar, signOut } from '#dev/sign-in.ts';
import { read } from '#tests/journey.ts';
import {
  ADMIN_API_KEY,
  AFTERWARDS,
  DIALECTS,
  formAt,
  type OidcLogoutStage,
  openOidcLogoutStage,
} from '#tests/oidc/logout-stage.ts';
import { CLIENT } from '#tests/organizations.ts';
import { PUBLIC_URL } from '#tests/world.ts';

let stage: OidcLogoutStage;
beforeAll(async () => {
  stage = await openOidcLogoutStage();
});
afterAll(() => stage?.close());

let jar: CookieJar;
beforeEach(() => {
  jar = new Map();
  stage.delivered.length = 0;
});

const both = async (session: { isAlive(world: OidcLogoutStage['world']): Promise<boolean> }) =>
  Promise.all([stage.world, stage.replica].map((world) => session.isAlive(world)));
const endSession = () => `${stage.provider.issuer}/session/end`;
const dialects = Object.entries(DIALECTS);

describe.each(dialects)('%s', (_, signIn) => {
  test('a session ends where the person signs out at the provider, and another person’s goes on', async () => {
    const [session, elsewhere, other] = [
      await signIn(stage, jar),
      await signIn(stage),
      await signIn(stage, undefined, 'grace@acme.test'),
    ];
    expect([await both(session), await both(elsewhere)]).toEqual([
      [true, true],
      [true, true],
    ]);
    await signOut(endSession(), jar);
    expect(stage.delivered.map(({ status }) => status)).toEqual([200]);
    expect(await both(session)).toEqual([false, false]);
    // the same person's in another browser, and somebody else's
    expect([await both(elsewhere), await both(other)]).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  test('a logout here answers where to end the provider’s session too, with no token in any address', async () => {
    const session = await signIn(stage, jar);
    const address = (await session.logOut(stage.world)) ?? '';
    expect(await both(session)).toEqual([false, false]);
    const prefix = `${PUBLIC_URL}/oidc/${stage.connectionId}/logout?session=`;
    expect([address.startsWith(prefix), address.includes('eyJ')]).toEqual([true, false]);

    const { action, fields } = await formAt(stage.replica, address);
    expect(action).toBe(endSession());
    expect([...fields.keys()]).toEqual(['id_token_hint', 'client_id', 'post_logout_redirect_uri']);
    expect(fields.get('id_token_hint')).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
    const landed = await signOut(action, jar, fields);
    expect(landed.href).toBe(AFTERWARDS);
    // the provider tells us of a session that has ended already
    expect(stage.delivered.map(({ status }) => status)).toEqual([200]);
  });
});

describe('the page', () => {
  const open = (address: string) => stage.world.fetch(address, { redirect: 'manual' });

  test('may be loaded twice, and is kept and framed by nobody', async () => {
    const session = await DIALECTS.applivery(stage, jar);
    const address = (await session.logOut(stage.world)) ?? '';
    const [first, second] = [await open(address), await open(address)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.headers.get('referrer-policy')).toBe('no-referrer');
    expect(first.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  });

  test('is there for five minutes, on its own connection, and as it was made', async () => {
    const session = await DIALECTS.applivery(stage, jar);
    const address = (await session.logOut(stage.world)) ?? '';
    // not the last character, of which two bits say nothing
    const altered = address.replace(/.(?=.$)/, (last) => (last === 'A' ? 'B' : 'A'));
    const elsewhere = address.replace(stage.connectionId, 'f'.repeat(24));
    for (const wrong of [altered, elsewhere, address.replace(/session=.*/, ''), `${address}&session=x`])
      expect((await open(wrong)).status).toBeOneOf([404, 422]);
    expect((await open(address)).status).toBe(200);
    stage.world.clock.moveBy(301);
    expect((await open(address)).status).toBe(404);
  });

  test.each([
    ['no ID token is kept', null],
    ['the ID token that is kept does not open', 'v1.00000000.AAAA.AAAA'],
  ])('where %s, the request goes without: by redirect, and from the page as well', async (_, kept) => {
    const session = await DIALECTS.applivery(stage, jar);
    const other = await DIALECTS.applivery(stage, jar);
    const page = (await other.logOut(stage.world)) ?? '';
    await stage.world.sql`update sessions set sealed_id_token = ${kept}`;
    const address = new URL((await session.logOut(stage.world)) ?? '');
    expect(address.origin + address.pathname).toBe(endSession());
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: CLIENT.clientId,
      post_logout_redirect_uri: AFTERWARDS,
    });
    const answer = await open(page);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, address.href]);
    expect((await signOut(address, jar)).href).toBe(AFTERWARDS);
  });
});

describe('without an address to return to', () => {
  beforeEach(() => stage.reconnect(null));
  afterEach(() => stage.reconnect(AFTERWARDS));

  test('the provider says goodbye itself', async () => {
    const session = await DIALECTS.applivery(stage, jar);
    const { action, fields } = await formAt(stage.world, (await session.logOut(stage.world)) ?? '');
    expect([...fields.keys()]).toEqual(['id_token_hint', 'client_id']);
    expect((await signOut(action, jar, fields)).origin).toBe(stage.provider.issuer);
  });
});

test('the provider’s administrator is told what to enter', async () => {
  const headers = { authorization: `Bearer ${ADMIN_API_KEY.replaceAll(/[^a-z]/g, '')}` };
  const path = `/admin/v1/connections/${stage.connectionId}/oidc`;
  expect(await read(await stage.world.fetch(path, { headers }))).toEqual({
    connectionId: stage.connectionId,
    organizationId: expect.stringMatching(/^[0-9a-f]{24}$/),
    client: {
      clientId: CLIENT.clientId,
      redirectUris: CLIENT.redirectUris,
      backchannelLogoutUri: `${PUBLIC_URL}/oidc/${stage.connectionId}/backchannel-logout`,
      postLogoutRedirectUri: AFTERWARDS,
    },
    provider: {
      issuer: stage.provider.issuer,
      backchannelLogoutSupported: true,
      backchannelLogoutSessionSupported: true,
      endSessionEndpoint: endSession(),
      endSessionTrusted: true,
    },
  });
  expect((await stage.world.fetch(path)).status).toBe(401);
  const unknown = `/admin/v1/connections/${'f'.repeat(24)}/oidc`;
  expect((await stage.world.fetch(unknown, { headers })).status).toBe(404);
});
