/** An answer belongs to one connection, one request and one browser, and comes by one binding. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { SsoErrorCode } from '#error';
import { json } from '#tests/journey.ts';
import { createProviderKeys, type HonestOptions, honest, type ProviderKeys, type Target } from './honest.ts';
import { expectRefusal, type Refused } from './refusal.ts';
import { encode, expectAlice, metadataOf, openStage, type Place, post, type Stage, type Started } from './stage.ts';

const RIVAL = 'https://rival.example/metadata';

let stage: Stage;
let rival: ProviderKeys;
beforeAll(async () => {
  rival = await createProviderKeys();
  stage = await openStage({
    connections: {
      initiated: { allowIdpInitiated: true },
      // the same name of a provider, another key
      namesake: { metadataXml: metadataOf([rival.rsa]) },
      other: { metadataXml: metadataOf([rival.p256], RIVAL), allowIdpInitiated: true },
    },
  });
  await stage.world.ports.samlKeys.published(stage.connection('saml').id);
});
afterAll(() => stage?.close());

/** Where a provider of another connection or tenant plays a part. */
const PLACES: readonly Place[] = ['namesake', 'initiated', 'globex/saml', 'globex/initiated'];

async function refuses(
  reasons: readonly SsoErrorCode[],
  forge: (started: Started) => Promise<string>,
  refused: Partial<Refused> & { place?: Place } = {},
): Promise<void> {
  const { place = 'saml', ...rest } = refused;
  const started = await stage.start(place);
  await expectRefusal(stage, started, await forge(started), { reasons, ...rest });
}

describe('another connection', () => {
  test('its provider’s key signs nothing here, although the provider has the same name', async () => {
    for (const sign of ['assertion', 'response', 'both'] as const) {
      await refuses(['saml_signature'], ({ target }) => honest(target, { sign, key: rival.rsa }));
      const foreign = stage.connection('globex/saml').keys.rsa;
      await refuses(['saml_signature'], ({ target }) => honest(target, { sign, key: foreign }));
      await refuses(['saml_signature'], ({ target }) => honest(target, { sign, key: foreign }), { place: 'initiated' });
    }
    const started = await stage.start('namesake');
    const answer = await post(stage.world, started, await honest(started.target, { key: rival.rsa }), started.state);
    await expectAlice(stage.world, started, answer);
  });

  test('its provider is not this one: neither by name with our key, nor with its own', async () => {
    const named = (target: Target, options: HonestOptions) =>
      honest({ ...target, issuer: RIVAL }, { sign: 'both', ...options });
    await refuses(['saml_issuer'], ({ target }) => named(target, {}));
    await refuses(['saml_signature', 'saml_issuer'], ({ target }) => named(target, { key: rival.p256 }));
  });

  test.each([...PLACES])('its audience, recipient and destination are not ours: %s', async (place) => {
    const { entityId, acsUrl } = stage.unsolicited(place);
    await refuses(['saml_audience'], ({ target }) => honest({ ...target, entityId }));
    await refuses(['saml_recipient', 'saml_destination'], ({ target }) => honest({ ...target, acsUrl }));
    const recipient = { assertion: { subjectConfirmations: [{ recipient: acsUrl }] } };
    await refuses(['saml_recipient'], ({ target }) => honest(target, recipient));
    await refuses(['saml_destination'], ({ target }) =>
      honest(target, { sign: 'both', response: { destination: acsUrl } }),
    );
  });

  test.each([...PLACES])('an answer to its request is none to ours: %s', async (place) => {
    const { target: foreign } = await stage.start(place);
    await refuses(['saml_in_response_to'], ({ target }) => honest({ ...target, requestId: foreign.requestId }));
  });

  test.each([...PLACES])('its RelayState leads nowhere here, and is not spent by it: %s', async (place) => {
    const theirs = await stage.start(place);
    await refuses(['connection_mismatch'], ({ target }) => honest(target), {
      relayState: theirs.state,
      consumed: false,
    });
    if (place === 'namesake') return;
    const answer = await post(stage.world, theirs, await honest(theirs.target), theirs.state);
    expect(answer.status).toBe(303);
  });

  test.each([...PLACES])('a whole answer for it is refused here, and good there: %s', async (place) => {
    const theirs = await stage.start(place);
    const key = place === 'namesake' ? rival.rsa : theirs.keys.rsa;
    const message = await honest(theirs.target, { key });
    await refuses(['connection_mismatch'], async () => message, { relayState: theirs.state, consumed: false });
    await refuses(['saml_signature', 'saml_destination', 'saml_in_response_to', 'saml_recipient'], async () => message);
    expect((await post(stage.world, theirs, message, theirs.state)).status).toBe(303);
  });

  test('an answer that its provider initiated is refused here', async () => {
    for (const [place, key] of [
      ['other', rival.p256],
      ['globex/initiated', stage.connection('globex/saml').keys.rsa],
    ] as const) {
      const message = await honest(stage.unsolicited(place), { key });
      const send = () => post(stage.world, stage.connection('initiated'), message, undefined);
      await refuses(['saml_signature'], async () => message, { place: 'initiated', send, consumed: false });
    }
  });
});

describe('another login of the same connection', () => {
  test('does not take this one’s answer, and is spent by it', async () => {
    const first = await stage.start();
    await refuses(['saml_in_response_to'], () => honest(first.target));
    const answer = await post(stage.world, first, await honest(first.target), first.state);
    await expectAlice(stage.world, first, answer);
  });
});

describe('a connection or organization that changed meanwhile', () => {
  const set = (table: 'connections' | 'organizations', id: string, columns: Record<string, unknown>) =>
    stage.world.sql`update ${stage.world.sql(table)} set ${stage.world.sql(columns)} where id = ${id}`;

  test.each<[string, SsoErrorCode, 'connections' | 'organizations', Record<string, unknown>, Record<string, unknown>]>([
    ['is not active', 'connection_disabled', 'connections', { status: 'disabled' }, { status: 'active' }],
    ['is disabled', 'organization_disabled', 'organizations', { status: 'disabled' }, { status: 'active' }],
    [
      'was off and is on',
      'connection_disabled',
      'connections',
      { disabled_at: new Date(Date.now() + 60_000) },
      { disabled_at: null },
    ],
  ])('takes no answer when it %s', async (_name, reason, table, changed, restored) => {
    const started = await stage.start();
    const message = await honest(started.target);
    const [row] = await stage.world.sql`select organization_id from connections where id = ${started.id}`;
    const id = table === 'connections' ? started.id : row?.['organization_id'];
    await set(table, id, changed);
    const answer = await post(stage.world, started, message, started.state);
    await set(table, id, restored);
    expect([answer.status, (await answer.json()).code]).toEqual([
      reason === 'organization_disabled' ? 403 : 400,
      reason,
    ]);
    await stage.control();
  });
});

test('a login that was started through another API is not finished by handing its answer on', async () => {
  const { apiKey } = stage.world;
  const request = json({ username: 'alice@acme.test' }, { authorization: `Bearer ${apiKey}` });
  const started = await (await stage.world.fetch('/v1/admin/auth/sso/initiate', request)).json();
  const url = new URL(started.redirect);
  const RelayState = url.searchParams.get('RelayState') ?? '';
  const body = json({ SAMLResponse: encode('<a/>'), RelayState });
  const slug = (
    await stage.world.sql`select c.slug from authentication_requests r join connections c on c.id = r.connection_id
    order by r.created_at desc, r.id desc limit 1`
  )[0]?.['slug'];
  const answer = await stage.world.fetch(`/v1/auth/sso/acme/${slug}/callback`, body);
  expect(answer.status).toBe(400);
  const [login] = await stage.world.sql`select reason from logins order by created_at desc, id desc limit 1`;
  expect(login?.['reason']).toBe('dialect_mismatch');
});

describe('the binding', () => {
  const acs = () => `/saml/${stage.connection('saml').id}/acs`;
  const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });
  const untouched = { consumed: false } as const;
  const unread = { consumed: false, traced: false } as const;

  test.each([
    ['a RelayState of ten kilobytes', 'a'.repeat(10_240)],
    ['a RelayState that is an address elsewhere', 'https://evil.example/'],
    ['a RelayState that begins with two slashes', '//evil.example'],
    ['a RelayState that is a path', '/admin'],
    ['a RelayState that is a script', 'javascript:alert(1)'],
  ])('%s leads to no request', async (_name, relayState) => {
    await refuses(['saml_unsolicited'], ({ target }) => honest(target), { relayState, ...untouched });
    const message = await honest(stage.unsolicited('initiated'));
    const answer = await post(stage.world, stage.connection('initiated'), message, relayState);
    expect(new URL(answer.headers.get('location') ?? '').origin).toBe('http://localhost:8080');
  });

  test('a RelayState that nobody drew is unknown, and one that is missing is missed', async () => {
    await refuses(['state_invalid'], ({ target }) => honest(target), { relayState: 'A'.repeat(22), ...untouched });
    const started = await stage.start();
    const message = await honest(started.target);
    const send = () => stage.world.fetch(acs(), form({ SAMLResponse: encode(message) }));
    await expectRefusal(stage, started, message, { reasons: ['state_missing'], send, ...untouched });
    await refuses(['state_missing'], ({ target }) => honest(target), { relayState: '', ...untouched });
  });

  test('an answer that the provider initiated is refused unless the connection allows it', async () => {
    const message = await honest(stage.unsolicited('saml'));
    const send = () => post(stage.world, stage.connection('saml'), message, undefined);
    await refuses(['saml_unsolicited'], async () => message, { send, ...untouched });
  });

  test('an answer that the provider initiated names no request, neither in the response nor in the confirmation', async () => {
    const target = stage.unsolicited('initiated');
    for (const parts of [
      { response: { inResponseTo: '_request' } },
      { assertion: { subjectConfirmations: [{ inResponseTo: '_request' }] } },
    ]) {
      const message = await honest(target, parts);
      const send = () => post(stage.world, stage.connection('initiated'), message, undefined);
      await refuses(['saml_in_response_to'], async () => message, { place: 'initiated', send, ...untouched });
    }
    const answer = await post(stage.world, stage.connection('initiated'), await honest(target), undefined);
    await expectAlice(stage.world, stage.connection('initiated'), answer);
  });

  test('an answer to a request is no answer that the provider initiated', async () => {
    const started = await stage.start('initiated');
    const message = await honest(started.target);
    const send = () => post(stage.world, started, message, undefined);
    await expectRefusal(stage, started, message, { reasons: ['saml_in_response_to'], send, ...untouched });
  });

  test.each<[string, (fields: Record<string, string>) => [string, RequestInit], Refused]>([
    ['by GET', (fields) => [`?${new URLSearchParams(fields)}`, {}], { reasons: [], status: 405, ...unread }],
    ['by PUT', (fields) => ['', { ...form(fields), method: 'PUT' }], { reasons: [], status: 405, ...unread }],
    [
      'in the query',
      (fields) => [`?${new URLSearchParams(fields)}`, form({})],
      { reasons: ['saml_encoding', 'saml_unsolicited'], ...untouched },
    ],
    [
      'as an artifact',
      ({ RelayState = '' }) => ['', form({ SAMLart: 'AAQAAMh4', RelayState })],
      { reasons: ['saml_encoding'] },
    ],
    ['as JSON', (fields) => ['', json(fields)], { reasons: [], status: 415, ...unread }],
    [
      'as plain text',
      (fields) => [
        '',
        { method: 'POST', body: new URLSearchParams(fields).toString(), headers: { 'content-type': 'text/plain' } },
      ],
      { reasons: [], status: 415, ...unread },
    ],
    [
      'twice in one form',
      (fields) => [
        '',
        { method: 'POST', body: new URLSearchParams([...Object.entries(fields), ...Object.entries(fields)]) },
      ],
      { reasons: [], status: 422, ...unread },
    ],
    [
      'with three megabytes',
      (fields) => ['', form({ ...fields, SAMLResponse: 'QUFB'.repeat(786_432) })],
      { reasons: [], status: 413, ...unread },
    ],
    [
      'as a request',
      ({ SAMLResponse = '', RelayState = '' }) => ['', form({ SAMLRequest: SAMLResponse, RelayState })],
      { reasons: ['saml_encoding'] },
    ],
  ])('a response %s is none', async (_name, request, refused) => {
    const started = await stage.start();
    const message = await honest(started.target);
    const [query, init] = request({ SAMLResponse: encode(message), RelayState: started.state });
    await expectRefusal(stage, started, message, { ...refused, send: () => stage.world.fetch(acs() + query, init) });
  });

  test('a connection that nobody knows is not found', async () => {
    const answer = await stage.world.fetch(`/saml/${'0'.repeat(24)}/acs`, form({ SAMLResponse: 'PGEvPg==' }));
    expect(answer.status).toBe(404);
  });
});
