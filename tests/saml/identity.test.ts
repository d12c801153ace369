/** Who signs in by SAML, and what a response or a code is worth when it comes again. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { ResponseOptions } from '#dev/saml/document.ts';
import { NAME_ID_FORMATS } from '#dev/saml/names.ts';
import { answerFor, formOf } from '#dev/saml/sign-in.ts';
import { json, read } from '#tests/journey.ts';
import { createSamlWorld, type SamlWorld } from './saml-world.ts';

const PATH = '/v1/auth/sso/acme/saml';
const ADA = 'ada@acme.test';
const GRACE = 'grace@acme.test';

let world: SamlWorld;
beforeAll(async () => {
  world = await createSamlWorld({ saml: { allowIdpInitiated: true } });
});
afterAll(() => world?.close());
beforeEach(async () => {
  world.provider.reset();
  await world.sql`delete from users`;
});

const start = async (): Promise<{ redirectUrl: string; state: string }> => (await read(await world.fetch(PATH))).data;
const callback = (body: object) => world.fetch(`${PATH}/callback`, json(body));
const lastReason = async () => {
  const [login] = await world.sql`select reason from logins order by created_at desc, id desc limit 1`;
  return login?.['reason'];
};
const named = (nameId: object) => (options: ResponseOptions) => ({
  ...options,
  assertion: { ...options.assertion, nameId } as ResponseOptions['assertion'],
});

async function signIn(email: string) {
  const { redirectUrl, state } = await start();
  const { code } = await world.signIn(redirectUrl, email);
  return callback({ code, state });
}

describe('a NameID', () => {
  test('is told apart by its format: a user name that looks like somebody’s address is not that somebody', async () => {
    world.provider.faults.nameIdFormat = NAME_ID_FORMATS.emailAddress;
    const ada = (await read(await signIn(ADA))).data.user;
    world.provider.faults.edit = named({ value: ADA, format: NAME_ID_FORMATS.unspecified });
    const grace = (await read(await signIn(GRACE))).data.user;
    expect(grace.email).toBe(GRACE);
    expect(grace.id).not.toBe(ada.id);
    world.provider.faults.edit = undefined;
    expect((await read(await signIn(ADA))).data.user.id).toBe(ada.id);
  });

  test('is told apart by its qualifier, where that is not the provider itself', async () => {
    const persistent = { value: 'x1', format: NAME_ID_FORMATS.persistent };
    world.provider.faults.edit = named(persistent);
    const first = (await read(await signIn(ADA))).data.user;
    world.provider.faults.edit = named({ ...persistent, nameQualifier: world.provider.entityId });
    expect((await read(await signIn(ADA))).data.user.id).toBe(first.id);
    world.provider.faults.edit = named({ ...persistent, nameQualifier: 'https://another.example' });
    expect((await read(await signIn(GRACE))).data.user.id).not.toBe(first.id);
  });

  test.each([
    ['only of blanks that nobody sees', '\u200b\u200b'],
    ['with a control character', 'ada\u0085'],
    ['of 300 characters', 'x'.repeat(300)],
  ])('%s names nobody', async (_words, value) => {
    world.provider.faults.edit = named({ value, format: NAME_ID_FORMATS.persistent });
    const { redirectUrl } = await start();
    await expect(world.signIn(redirectUrl)).rejects.toThrow(/400/);
    expect(await lastReason()).toBe('saml_subject');
  });
});

describe('a code', () => {
  test('that the provider’s own login left works once, of however many that come at once', async () => {
    const entityId = `http://localhost:3000/saml/${world.connectionId}/metadata`;
    const { code } = await world.signIn(world.provider.initiateUrl(entityId).href);
    const applivery = Array.from({ length: 10 }, () => callback({ code }));
    const pria = Array.from({ length: 10 }, () => world.fetch('/api/auth/sso_callback', json({ code })));
    const statuses = (await Promise.all([...applivery, ...pria])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400)).toHaveLength(19);
    await read(await callback({ code }), 400);
    expect(await lastReason()).toBe('state_consumed');
  });

  test('of a login that was lost says so to whoever has it, and gives nothing away', async () => {
    const entityId = `http://localhost:3000/saml/${world.connectionId}/metadata`;
    const { code } = await world.signIn(world.provider.initiateUrl(entityId).href);
    await read(await callback({ code }));
    // as if the server had died before it wrote the outcome
    await world.sql`update authentication_requests set finished_at = null, sealed_answer = null,
      consumed_at = consumed_at - interval '20 seconds' where finished_at = (select max(finished_at) from authentication_requests)`;
    for (let repeat = 0; repeat < 3; repeat++) {
      const { error } = await read(await callback({ code }), 400);
      expect(error.message).toContain('start a new login');
    }
    const [traces] = await world.sql`select count(*)::int as count from logins where reason = 'login_abandoned'`;
    expect(traces?.['count']).toBe(1);
  });

  test('can’t be passed off as a state', async () => {
    const entityId = `http://localhost:3000/saml/${world.connectionId}/metadata`;
    const { code } = await world.signIn(world.provider.initiateUrl(entityId).href);
    await read(await callback({ code, state: `code:${code}` }), 400);
    expect(await lastReason()).toBe('state_invalid');
    await read(await callback({ code }));
  });
});

test('a logout at the provider also ends a login whose code was not redeemed yet', async () => {
  const { redirectUrl, state } = await start();
  const { code } = await world.signIn(redirectUrl);
  const logout = await world.provider.startLogout(ADA, { binding: 'redirect' });
  if (logout.binding !== 'redirect') throw new Error('not by redirect');
  expect((await world.fetch(logout.url.href)).status).toBe(302);
  await read(await callback({ code, state }), 400);
  expect(await lastReason()).toBe('code_exchange_failed');
  expect((await signIn(ADA)).status).toBe(200);
});

test('a logout at the provider also ends a login whose code is being redeemed', async () => {
  const { redirectUrl, state } = await start();
  const { code } = await world.signIn(redirectUrl);
  const claims = () => world.sql<{ id: string; sealed_claims: string }[]>`
    select id, sealed_claims from authentication_requests where sealed_claims is not null`;
  const [kept] = await claims();
  const logout = await world.provider.startLogout(ADA, { binding: 'redirect' });
  if (logout.binding !== 'redirect') throw new Error('not by redirect');
  expect((await world.fetch(logout.url.href)).status).toBe(302);
  expect(await claims()).toHaveLength(0);
  // as the callback has them that read them right before the logout arrived
  await world.sql`update authentication_requests set sealed_claims = ${kept?.sealed_claims ?? ''} where id = ${kept?.id ?? ''}`;
  await read(await callback({ code, state }), 400);
  expect(await lastReason()).toBe('provider_session_ended');
  expect((await signIn(ADA)).status).toBe(200);
});

test.each([
  [
    'extensions',
    '<samlp:Status>',
    '<samlp:Extensions><saml:Subject><saml:NameID>eve</saml:NameID></saml:Subject></samlp:Extensions><samlp:Status>',
  ],
  [
    'the status',
    '</samlp:Status>',
    '<samlp:StatusDetail><saml:AttributeStatement/></samlp:StatusDetail></samlp:Status>',
  ],
])('a second identity in %s is refused, although nobody reads it', async (_words, place, text) => {
  world.provider.faults.sign = 'assertion';
  const answer = await answerFor((await start()).redirectUrl, ADA);
  const xml = new TextDecoder().decode(Uint8Array.fromBase64(answer.SAMLResponse));
  expect(xml).toContain(place);
  const forged = new TextEncoder().encode(xml.replace(place, text)).toBase64();
  const post = { method: 'POST', body: formOf({ ...answer, SAMLResponse: forged }) };
  await read(await world.fetch(`/saml/${world.connectionId}/acs`, post), 400);
  expect(await lastReason()).toBe('saml_structure');
});

describe('a response that is handed on', () => {
  const handOn = ({ SAMLResponse, RelayState }: { SAMLResponse: string; RelayState: string | undefined }) =>
    callback({ SAMLResponse, RelayState });

  test('again gets the first answer, and another in its place gets none', async () => {
    const { redirectUrl } = await start();
    const answer = await answerFor(redirectUrl, ADA);
    const other = await answerFor(redirectUrl, GRACE);
    const first = await read(await handOn(answer));
    expect((await read(await handOn(answer))).data.accessToken).toEqual(first.data.accessToken);
    await read(await handOn({ ...other, RelayState: answer.RelayState }), 400);
    expect(await lastReason()).toBe('state_consumed');
  });

  test('again and again at once starts one session', async () => {
    const answer = await answerFor((await start()).redirectUrl, ADA);
    const [before] = await world.sql`select count(*)::int as count from sessions`;
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => handOn(answer)))).map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(new Set(statuses).isSubsetOf(new Set([200, 400]))).toBe(true);
    const [after] = await world.sql`select count(*)::int as count from sessions`;
    expect(after?.['count'] - before?.['count']).toBe(1);
  });
});

test('a response that nobody could judge may be posted again', async () => {
  const answer = await answerFor((await start()).redirectUrl, ADA);
  const post = () => world.fetch(`/saml/${world.connectionId}/acs`, { method: 'POST', body: formOf(answer) });
  const [kept] = await world.sql`select document from saml_metadata`;
  await world.sql`update saml_metadata set document = null`;
  world.provider.faults.metadata = 'error';
  expect((await post()).status).toBe(502);
  await world.sql`update saml_metadata set document = ${kept?.['document']}`;
  expect((await post()).status).toBe(303);
  expect((await post()).status).toBe(400);
});

test('a sign-in of long ago is not a new one, also where the provider begins the login', async () => {
  const strict = await createSamlWorld({ saml: { allowIdpInitiated: true, forceAuthn: true } });
  try {
    const entityId = `http://localhost:3000/saml/${strict.connectionId}/metadata`;
    const initiate = () => strict.signIn(strict.provider.initiateUrl(entityId).href);
    await initiate();
    strict.provider.faults.edit = (options) => ({
      ...options,
      assertion: {
        ...options.assertion,
        authnStatements: [{ authnInstant: new Date(Date.now() - 86_400_000) }],
      } as ResponseOptions['assertion'],
    });
    await expect(initiate()).rejects.toThrow(/400/);
    const [login] = await strict.sql`select reason from logins where outcome = 'failed'`;
    expect(login?.['reason']).toBe('reauth_required');
  } finally {
    await strict.close();
  }
});
