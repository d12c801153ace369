/** Logout that begins at our side: the way on to the provider, and the way back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { buildLogoutResponse, type LogoutResponseOptions } from '#dev/saml/logout-message.ts';
import { type Binding, type BrowserStep, send } from '#dev/saml/message.ts';
import { STATUS } from '#dev/saml/names.ts';
import { signElement } from '#dev/saml/signature.ts';
import type { SigningKey } from '#dev/saml/signing-key.ts';
import { forgetAudit } from '#tests/audit/append-only.ts';
import { read } from '#tests/journey.ts';
import {
  AFTERWARDS,
  auditOf,
  bringBack,
  carryOn,
  DIALECTS,
  deliver,
  EMAIL,
  endLocally,
  isAlive,
  type LogoutStage,
  openLogoutStage,
  type SignedIn,
  signIn,
} from '#tests/saml/logout-stage.ts';

let stage: LogoutStage;
beforeAll(async () => {
  stage = await openLogoutStage();
});
beforeEach(async () => {
  stage.provider.reset();
  await forgetAudit(stage.world.sql);
});
afterAll(() => stage?.close());

const ours = () => stage.serviceProvider();
const connectionId = () => ours().entityId.split('/').at(-2) ?? '';
const without = (...bindings: string[]) =>
  bindings.reduce(
    (xml, each) => xml.replace(new RegExp(`<md:SingleLogoutService[^>]*HTTP-${each}[^>]*/>`), ''),
    stage.provider.metadataXml(),
  );

/** The member of each dialect's answer. */
const URL_OF: Readonly<Record<SignedIn['dialect'], (answer: Record<string, unknown>) => unknown>> = {
  applivery: ({ data }) => Object(data).logoutUrl,
  indee: ({ redirect }) => redirect,
  pria: ({ logoutUrl }) => logoutUrl,
};
const BARE: Readonly<Record<SignedIn['dialect'], unknown>> = {
  applivery: { status: true, data: { done: true, message: 'The session has ended.' } },
  indee: { status_code: 'A0000', status_message: 'success' },
  pria: { success: true, message: 'Signed out.' },
};

async function logOut(session: SignedIn): Promise<string> {
  const answer = await read(await endLocally(stage.world, session));
  expect(await isAlive(stage.replica, session)).toBe(false);
  return String(URL_OF[session.dialect](answer));
}

describe.each(['applivery', 'indee', 'pria'] as const)('%s', (dialect) => {
  test('ends the session here, then at the provider, and comes back', async () => {
    const session = await DIALECTS[dialect](stage);
    const index = stage.provider.sessions.at(-1)?.index ?? '';
    const url = await logOut(session);
    expect(url).toStartWith(`${stage.provider.origin}/slo?SAMLRequest=`);
    const answer = await fetch(url, { redirect: 'manual' });
    expect(stage.provider.logouts).toHaveLength(1);
    expect(stage.provider.logouts[0]).toMatchObject({
      kind: 'LogoutRequest',
      binding: 'redirect',
      signature: 'good',
      issuer: ours().entityId,
      destination: `${stage.provider.origin}/slo`,
      nameId: EMAIL,
      sessionIndexes: [index],
      relayState: undefined,
    });
    expect(stage.provider.sessions.some((each) => each.index === index)).toBe(false);
    const back = await bringBack(stage.world, answer);
    expect([back.status, back.headers.get('location')]).toEqual([200, null]);
    expect(await back.text()).toContain('You are signed out');
  });

  test('of several sessions ends the one that is meant, on both sides', async () => {
    const [kept, ended] = [await DIALECTS[dialect](stage), await DIALECTS[dialect](stage)];
    const [keptThere, endedThere] = stage.provider.sessions.slice(-2);
    await fetch(await logOut(ended), { redirect: 'manual' });
    expect(await isAlive(stage.world, kept)).toBe(true);
    expect(stage.provider.sessions.includes(Object(keptThere))).toBe(true);
    expect(stage.provider.sessions.includes(Object(endedThere))).toBe(false);
  });

  test('answers as ever where the provider offers no single logout', async () => {
    await stage.reconnect({ metadataXml: without('Redirect', 'POST') });
    const session = await DIALECTS[dialect](stage);
    expect(await read(await endLocally(stage.world, session))).toEqual(BARE[dialect]);
    expect(await isAlive(stage.replica, session)).toBe(false);
    await stage.reconnect({ metadataXml: stage.provider.metadataXml() });
  });

  test('answers as ever while the provider’s metadata is away, and says so in the log', async () => {
    const session = await DIALECTS[dialect](stage);
    const [row] = await stage.world
      .sql`delete from saml_metadata where connection_id = ${connectionId()} returning document`;
    const lines = stage.world.logLines.length;
    expect(await read(await endLocally(stage.world, session))).toEqual(BARE[dialect]);
    expect(await isAlive(stage.replica, session)).toBe(false);
    expect(stage.world.logLines.slice(lines).join('')).toContain('saml_metadata');
    const document = stage.world.sql.json(row?.['document']);
    await stage.world.sql`insert into saml_metadata (connection_id, document) values (${connectionId()}, ${document})`;
  });
});

describe('a provider that takes its request by POST', () => {
  beforeAll(() => stage.reconnect({ metadataXml: without('Redirect') }));
  afterAll(() => stage.reconnect({ metadataXml: stage.provider.metadataXml() }));

  test('gets it from a page of ours, on any replica, and again when that is loaded again', async () => {
    const url = await logOut(await signIn(stage));
    expect(url).toStartWith(`${ours().entityId.replace('metadata', 'logout')}?session=`);
    expect(url).not.toContain(EMAIL);
    for (const { fetch } of [stage.world, stage.replica]) {
      const page = await fetch(url);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const answer = await carryOn(page);
      expect(stage.provider.logouts.at(-1)).toMatchObject({ binding: 'post', signature: 'good', nameId: EMAIL });
      expect((await bringBack(stage.world, answer)).status).toBe(200);
    }
    const [first, second] = stage.provider.logouts;
    expect(first?.id).not.toBe(second?.id);
  });

  test('for five minutes', async () => {
    const url = await logOut(await signIn(stage));
    stage.world.clock.moveBy(295);
    expect((await stage.world.fetch(url)).status).toBe(200);
    stage.world.clock.moveBy(10);
    expect((await read(await stage.world.fetch(url), 404)).code).toBe('not_found');
  });

  test.each<[string, (url: string) => string]>([
    ['changed', (url) => url.replace(/.{3}$/, 'AAA')],
    ['of another connection', (url) => url.replace(connectionId(), otherConnectionId())],
    ['empty', (url) => url.replace(/=.*$/, '=')],
    ['absent', (url) => url.replace(/\?.*$/, '')],
  ])('but not from an address that is %s', async (_, change) => {
    const url = await logOut(await signIn(stage));
    const other = change(url);
    expect(other).not.toBe(url);
    expect((await read(await stage.world.fetch(other), 404)).code).toBe('not_found');
    expect((await stage.world.fetch(url)).status).toBe(200);
  });
});

const otherConnectionId = () => stage.serviceProvider(['acme', 'second']).entityId.split('/').at(-2) ?? '';

describe.each(['redirect', 'post'] as const)('a response by %s', (binding) => {
  const honest = (): LogoutResponseOptions => ({
    issuer: stage.provider.entityId,
    destination: ours().sloUrl,
    issueInstant: stage.world.clock.now(),
    inResponseTo: '_0123456789abcdefghijkl',
  });
  const response = (changed: Partial<LogoutResponseOptions> = {}, key?: SigningKey | null, relayState?: string) =>
    written(
      binding,
      buildLogoutResponse({ ...honest(), ...changed }),
      key === undefined ? stage.provider.key : key,
      relayState,
    );

  test.each<[string, Partial<LogoutResponseOptions>]>([
    ['to a request that nobody made', {}],
    ['to no request', { inResponseTo: null }],
    ['that not everybody is signed out', { statusCodes: [STATUS.success, STATUS.partialLogout] }],
    ['that nobody is', { statusCodes: [STATUS.responder] }],
  ])('%s: the person is signed out here', async (_, changed) => {
    const session = await signIn(stage);
    const answer = await deliver(stage.world.fetch, await response(changed));
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
    expect(await answer.text()).toContain('You are signed out');
    // it names no session of ours, and ends none
    expect(await isAlive(stage.world, session)).toBe(true);
    expect(await auditOf(stage.world)).toEqual([]);
  });

  test('leads to the connection’s own page, whatever the RelayState says', async () => {
    const { reconnect, provider } = stage;
    await reconnect({ metadataXml: provider.metadataXml(), logoutRedirectUri: AFTERWARDS });
    for (const relayState of [undefined, 'https://evil.example', '//evil.example', 'javascript:alert(1)']) {
      const answer = await deliver(stage.world.fetch, await response({}, undefined, relayState));
      expect([answer.status, answer.headers.get('location')]).toEqual([302, AFTERWARDS]);
    }
    await reconnect({ metadataXml: provider.metadataXml(), logoutRedirectUri: null });
    const answer = await deliver(stage.world.fetch, await response({}, undefined, 'https://evil.example'));
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
    expect(await answer.text()).not.toContain('evil.example');
  });

  test('must be signed by the provider, and say that it is', async () => {
    const refusals: [string, BrowserStep][] = [
      ['saml_signature', await response({}, null)],
      ['saml_signature', await response({}, stage.rival.key)],
      ['saml_issuer', await response({ issuer: stage.rival.entityId })],
      ['saml_destination', await response({ destination: ours().acsUrl })],
    ];
    for (const [code, step] of refusals)
      expect(await read(await deliver(stage.world.fetch, step), 400)).toMatchObject({ code });
    expect((await auditOf(stage.world)).map(({ action }) => action)).toEqual(refusals.map(() => 'logout.refused'));
    expect((await deliver(stage.world.fetch, await response())).status).toBe(200);
  });
});

async function written(
  binding: Binding,
  xml: string,
  key: SigningKey | null,
  relayState: string | undefined,
): Promise<BrowserStep> {
  const id = / ID="([^"]+)"/.exec(xml)?.[1] ?? '';
  const signed = binding === 'post' && key ? await signElement(xml, { id, key }) : xml;
  const message = { binding, location: ours().sloUrl ?? '', name: 'SAMLResponse', xml: signed, relayState } as const;
  return send(key ? { ...message, key } : message);
}
