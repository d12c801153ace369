/** auth0's samlp as the identity provider: real logins over HTTP, whatever it signs and encrypts, and single logout. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { json, read } from '#tests/journey.ts';
import {
  createInteropWorld,
  EMAIL,
  follow,
  type InteropWorld,
  isAlive,
  LOGINS,
  lastLogin,
  logOut,
  PATH,
  type SamlSettings,
} from './interop-world.ts';
import { type SamlpHost, type SamlpSettings, startSamlp } from './samlp-host.ts';

const GCM128 = 'http://www.w3.org/2009/xmlenc11#aes128-gcm';
const GCM256 = 'http://www.w3.org/2009/xmlenc11#aes256-gcm';
const CBC128 = 'http://www.w3.org/2001/04/xmlenc#aes128-cbc';
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const UPN = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier';

let provider: SamlpHost;
let world: InteropWorld;
beforeAll(async () => {
  provider = await startSamlp();
  world = await createInteropWorld(provider);
});
beforeEach(async () => {
  provider.reset();
  // a NameID of another format is somebody else
  await world.sql`delete from users`;
});
afterAll(() => world?.close());

/** A login through each of the APIs. */
async function loginEverywhere(theirs: Partial<SamlpSettings> = {}, saml: SamlSettings = {}) {
  Object.assign(provider.settings, theirs);
  await world.connect(saml);
  for (const login of Object.values(LOGINS)) await login(world);
}

async function refusal(theirs: Partial<SamlpSettings>, saml: SamlSettings = {}) {
  Object.assign(provider.settings, theirs);
  await world.connect(saml);
  await expect(LOGINS.applivery(world)).rejects.toThrow(/consumer service answered 400/);
  return (await lastLogin(world))?.['reason'];
}

describe('it signs', () => {
  test('the assertion', () => loginEverywhere());
  test('the response', () => loginEverywhere({ signAssertion: false, signResponse: true }));
  test('both', () => loginEverywhere({ signResponse: true }, { wantAssertionsSigned: true }));

  test('neither, or with SHA-1', async () => {
    expect(await refusal({ signAssertion: false })).toBe('saml_signature');
    provider.reset();
    expect(await refusal({ signatureAlgorithm: 'rsa-sha1' })).toBe('saml_algorithm');
    provider.reset();
    expect(await refusal({ digestAlgorithm: 'sha1' })).toBe('saml_algorithm');
  });
});

describe('it encrypts', () => {
  test.each([
    ['with AES-128-GCM', GCM128],
    ['with AES-256-GCM', GCM256],
  ])('%s, and signs the assertion, the response, both', async (_, encrypt) => {
    await loginEverywhere({ encrypt }, { wantEncrypted: true });
    await loginEverywhere({ encrypt, signAssertion: false, signResponse: true }, { wantEncrypted: true });
    await loginEverywhere({ encrypt, signResponse: true, signAssertion: true }, { wantEncrypted: true });
  });

  test('with AES-CBC, which is taken within a signed response where the connection allows it', async () => {
    await loginEverywhere({ encrypt: CBC128, signResponse: true }, { allowCbc: true, wantEncrypted: true });
    expect(await refusal({})).toBe('saml_algorithm');
    expect(await refusal({ signResponse: false }, { allowCbc: true })).toBe('saml_algorithm');
  });
});

test('attributes and NameID are those of the person', async () => {
  await loginEverywhere({ nameIdFormat: PERSISTENT }, { nameIdFormat: PERSISTENT });
  const [user] = await world.sql`select email, first_name, last_name from users`;
  expect(user).toMatchObject({ email: EMAIL, first_name: 'Ada', last_name: 'Lovelace' });
  expect((await world.sql`select subject from identities`).map(({ subject }) => subject)).toEqual(['persistent!!ada']);
  expect(await refusal({ nameIdFormat: TRANSIENT })).toBe('saml_subject');
  await world.sql`delete from users`;
  await loginEverywhere({ nameIdFormat: TRANSIENT }, { subjectAttribute: UPN });
});

test('it says where a response goes, which it has to be told', async () => {
  await loginEverywhere();
  expect(await refusal({ destination: 'audience' })).toBe('saml_destination');
});

test.each(['redirect', 'post'] as const)('it verifies our request, by %s', async (requestBinding) => {
  await loginEverywhere({ verifyRequests: true }, { requestBinding, signRequests: true });
  await world.connect({ requestBinding });
  await expect(LOGINS.applivery(world)).rejects.toThrow(/answered 500.*MUST be signed/);
});

test('somebody who starts at the provider', async () => {
  await world.connect({ allowIdpInitiated: true });
  const { code, state } = await world.signIn(provider.initiateUrl);
  expect(state).toBe('');
  const { data } = await read(await world.fetch(`${PATH}/callback`, json({ code })));
  expect(data.user).toMatchObject({ email: EMAIL, firstName: 'Ada', lastName: 'Lovelace' });
});

describe('single logout', () => {
  test('that starts here ends the session at the provider', async () => {
    await world.connect();
    const session = await LOGINS.applivery(world);
    expect(provider.sessions).toHaveLength(1);
    const end = await follow(world, await logOut(world, session));
    expect(end).toStartWith('200 ');
    expect(end).toContain('You are signed out');
    expect(provider.sessions).toEqual([]);
  });

  test.each(['redirect', 'post'] as const)('that starts there, by %s, ends the session here', async (logoutBinding) => {
    provider.settings.logoutBinding = logoutBinding;
    await world.connect();
    const session = await LOGINS.applivery(world);
    expect(await isAlive(world, session)).toBe(true);
    expect(await follow(world, provider.signOutUrl)).toContain('status 200');
    expect(await isAlive(world, session)).toBe(false);
    expect(provider.sessions).toEqual([]);
  });
});
