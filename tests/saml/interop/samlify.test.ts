/** samlify as the identity provider: real logins over HTTP, whatever it signs and encrypts, and single logout both ways. */
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
import { NAME_ID_FORMATS, type SamlifyHost, type SamlifySettings, startSamlify } from './samlify-host.ts';

const GCM128 = 'http://www.w3.org/2009/xmlenc11#aes128-gcm';
const GCM256 = 'http://www.w3.org/2009/xmlenc11#aes256-gcm';
const CBC256 = 'http://www.w3.org/2001/04/xmlenc#aes256-cbc';

let provider: SamlifyHost;
let world: InteropWorld;
beforeAll(async () => {
  provider = await startSamlify();
  world = await createInteropWorld(provider);
});
beforeEach(() => provider.reset());
afterAll(() => world?.close());

/** A login through each of the APIs. */
async function loginEverywhere(saml: SamlSettings = {}, theirs: Partial<SamlifySettings> = {}) {
  Object.assign(provider.settings, theirs);
  await world.connect(saml);
  for (const login of Object.values(LOGINS)) await login(world);
}

async function refusal(saml: SamlSettings = {}, theirs: Partial<SamlifySettings> = {}) {
  Object.assign(provider.settings, theirs);
  await world.connect(saml);
  await expect(LOGINS.applivery(world)).rejects.toThrow(/consumer service answered 400/);
  return (await lastLogin(world))?.['reason'];
}

describe('it signs', () => {
  test('the message, where our metadata do not ask for more', () => loginEverywhere());
  test('the assertion, where they do', () => loginEverywhere({ wantAssertionsSigned: true }));
  test('both', () => loginEverywhere({ wantAssertionsSigned: true }, { signMessage: true }));
});

describe('it encrypts', () => {
  test.each([
    ['with AES-128-GCM', GCM128],
    ['with AES-256-GCM', GCM256],
  ])('%s, and signs the assertion, the message, both', async (_, encrypt) => {
    await loginEverywhere({ wantAssertionsSigned: true, wantEncrypted: true }, { encrypt });
    await loginEverywhere({ wantEncrypted: true }, { encrypt });
    await loginEverywhere({ wantAssertionsSigned: true, wantEncrypted: true }, { encrypt, signMessage: true });
  });

  test('with AES-CBC, which is taken within a signed message where the connection allows it', async () => {
    await loginEverywhere({ allowCbc: true, wantEncrypted: true }, { encrypt: CBC256 });
    expect(await refusal({ wantEncrypted: true })).toBe('saml_algorithm');
    expect(await refusal({ allowCbc: true, wantAssertionsSigned: true })).toBe('saml_algorithm');
  });

  test('nothing, where the connection wants it', async () => {
    expect(await refusal({ wantEncrypted: true })).toBe('saml_encryption_required');
  });

  test('after it signed the message, which no signature survives', async () => {
    expect(await refusal({}, { encrypt: GCM256, encryptFirst: false })).toBe('saml_signature');
  });
});

describe('the subject', () => {
  const subjects = async () => (await world.sql`select subject from identities`).map(({ subject }) => subject);
  beforeEach(async () => {
    await world.sql`delete from users`;
  });

  test.each(['persistent', 'emailAddress'] as const)('is a NameID of format %s', async (format) => {
    const nameId = { format: NAME_ID_FORMATS[format], value: format === 'persistent' ? 'a1b2c3' : EMAIL };
    await loginEverywhere({ nameIdFormat: nameId.format }, { nameId });
    expect(await subjects()).toEqual([`${format}!!${nameId.value}`]);
  });

  test('is an attribute, where the NameID is transient', async () => {
    const nameId = { format: NAME_ID_FORMATS.transient, value: 'other-each-time' };
    await loginEverywhere({ subjectAttribute: 'email' }, { nameId });
    expect(await subjects()).toEqual([`attribute!email!${EMAIL}`]);
    expect(await refusal({}, { nameId })).toBe('saml_subject');
  });

  test('was signed in, or the assertion says nothing about a login', async () => {
    expect(await refusal({}, { authnStatement: false })).toBe('saml_structure');
  });
});

describe('our request', () => {
  test.each(['redirect', 'post'] as const)('reaches it by %s, signed since its metadata want that', async (binding) => {
    await loginEverywhere({ requestBinding: binding });
    await world.connect({ requestBinding: binding, signRequests: false });
    // the provider turns away what is not signed: it does look
    await expect(LOGINS.applivery(world)).rejects.toThrow(/127\.0\.0\.1:\d+ answered 500/);
  });
});

test('somebody who starts at the provider', async () => {
  await world.connect({ allowIdpInitiated: true });
  const { code, state } = await world.signIn(provider.initiateUrl);
  expect(state).toBe('');
  const { data } = await read(await world.fetch(`${PATH}/callback`, json({ code })));
  expect(data.user).toMatchObject({ email: EMAIL, firstName: 'Ada', lastName: 'Lovelace' });
  await world.connect();
  await expect(world.signIn(provider.initiateUrl)).rejects.toThrow(/consumer service answered 400/);
  expect(await lastLogin(world)).toMatchObject({ reason: 'saml_unsolicited' });
});

describe('single logout', () => {
  test('that starts here ends the session at the provider', async () => {
    await world.connect();
    const session = await LOGINS.applivery(world);
    const end = await follow(world, await logOut(world, session));
    expect(end).toStartWith('200 ');
    expect(end).toContain('You are signed out');
    expect(provider.logouts).toEqual(['request by redirect of the session']);
  });

  test.each(['redirect', 'post'] as const)('that starts there, by %s, ends the session here', async (binding) => {
    await world.connect();
    const session = await LOGINS.applivery(world);
    expect(await isAlive(world, session)).toBe(true);
    expect(await follow(world, `${provider.signOutUrl}?binding=${binding}`)).toContain('signed out of everything');
    expect(await isAlive(world, session)).toBe(false);
    expect(provider.logouts).toEqual([`response by ${binding}`]);
  });
});
