/** Logout that the identity provider asks for: which sessions end, where, and what it hears of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { NAME_ID_FORMATS, STATUS } from '#dev/saml/names.ts';
import { forgetAudit } from '#tests/audit/append-only.ts';
import {
  auditOf,
  carryOn,
  DIALECTS,
  deliver,
  EMAIL,
  isAlive,
  type LogoutStage,
  OTHER_CONNECTION,
  OTHER_TENANT,
  openLogoutStage,
  PLACE,
  type SignedIn,
  signIn,
} from '#tests/saml/logout-stage.ts';

const RELAY_STATE = 'a=50% & more + \u00e9/"<b>';

let stage: LogoutStage;
beforeAll(async () => {
  stage = await openLogoutStage();
});
beforeEach(async () => {
  stage.provider.reset();
  stage.rival.reset();
  await forgetAudit(stage.world.sql);
});
afterAll(() => stage?.close());

const here = () => stage.serviceProvider().entityId;
const connectionId = () => here().split('/').at(-2) ?? '';
const start = (options: Parameters<LogoutStage['provider']['startLogout']>[1] = {}) =>
  stage.provider.startLogout(EMAIL, { serviceProvider: here(), ...options });

describe.each(['redirect', 'post'] as const)('a request by %s', (binding) => {
  test('ends the session at once on every replica, and is answered', async () => {
    const session = await signIn(stage);
    expect(await isAlive(stage.replica, session)).toBe(true);
    const request = await start({ binding, relayState: RELAY_STATE });
    const answer = await deliver(stage.world.fetch, request);
    expect(answer.status).toBe(binding === 'redirect' ? 302 : 200);
    expect(await isAlive(stage.replica, session)).toBe(false);
    expect(await isAlive(stage.world, session)).toBe(false);
    expect((await carryOn(answer)).status).toBe(200);
    expect(stage.provider.logouts).toHaveLength(1);
    expect(stage.provider.logouts[0]).toMatchObject({
      kind: 'LogoutResponse',
      binding,
      signature: 'good',
      issuer: here(),
      destination: `${stage.provider.origin}/slo`,
      inResponseTo: request.id,
      statusCodes: [STATUS.success],
      relayState: RELAY_STATE,
    });
  });

  test('leaves an audit event for itself and for each session', async () => {
    const sessions = [await signIn(stage), await signIn(stage)];
    await deliver(stage.world.fetch, await start({ binding, withSessionIndex: false }));
    const events = await auditOf(stage.world);
    expect(events.filter(({ action }) => action === 'logout.received')).toEqual([
      { action: 'logout.received', reason: null, target_id: connectionId() },
    ]);
    const ended = events.filter(({ action }) => action === 'session.ended').map(({ target_id }) => target_id);
    for (const { sessionId } of sessions) expect(ended).toContain(sessionId);
    const rows = await stage.world
      .sql`select id, actor_type, organization_id from audit_events where action <> 'login.success'`;
    expect(new Set(rows.map(({ actor_type }) => actor_type))).toEqual(new Set(['system']));
    expect(rows.every(({ id, organization_id }) => /^[0-9a-f]{24}$/.test(id) && organization_id !== null)).toBe(true);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(JSON.stringify(await stage.world.sql`select * from audit_events`)).not.toContain(EMAIL);
  });
});

describe('only the sessions that are meant end', () => {
  test('with a SessionIndex: that one; without: all of the person’s', async () => {
    const [first, second] = [await signIn(stage), await signIn(stage)];
    await deliver(stage.world.fetch, await start());
    expect([await isAlive(stage.world, first), await isAlive(stage.world, second)]).toEqual([true, false]);
    await deliver(stage.world.fetch, await start({ withSessionIndex: false }));
    expect(await isAlive(stage.world, first)).toBe(false);
  });

  test('several SessionIndexes name several', async () => {
    const sessions = [await signIn(stage), await signIn(stage), await signIn(stage)];
    const indexes = stage.provider.sessions.slice(-2).map(({ index }) => index);
    await deliver(stage.world.fetch, await start({ edit: (request) => ({ ...request, sessionIndexes: indexes }) }));
    expect(await Promise.all(sessions.map((each) => isAlive(stage.world, each)))).toEqual([true, false, false]);
  });

  test('a SessionIndex of somebody else names nobody', async () => {
    const [ada, grace] = [await signIn(stage), await signIn(stage, PLACE, 'grace@acme.test')];
    const index = stage.provider.sessions.at(-1)?.index ?? '';
    const answer = await deliver(
      stage.world.fetch,
      await start({ edit: (request) => ({ ...request, sessionIndexes: [index] }) }),
    );
    await carryOn(answer);
    expect(stage.provider.logouts.at(-1)?.statusCodes).toEqual([STATUS.success]);
    expect([await isAlive(stage.world, ada), await isAlive(stage.world, grace)]).toEqual([true, true]);
    expect(await auditOf(stage.world)).toEqual([
      { action: 'logout.received', reason: null, target_id: connectionId() },
    ]);
    await deliver(stage.world.fetch, await start({ withSessionIndex: false }));
    expect([await isAlive(stage.world, ada), await isAlive(stage.world, grace)]).toEqual([false, true]);
  });

  test('not those of the same NameID in another tenant or at another provider', async () => {
    const own = await signIn(stage);
    const others = [await signIn(stage, OTHER_TENANT), await signIn(stage, OTHER_CONNECTION)];
    const names = await stage.world.sql`select distinct name_id->>'value' as value from sessions
      where id in ${stage.world.sql([own, ...others].map(({ sessionId }) => sessionId))}`;
    expect([...names]).toEqual([{ value: EMAIL }]);
    await deliver(stage.world.fetch, await start({ withSessionIndex: false }));
    expect(await isAlive(stage.world, own)).toBe(false);
    expect(await Promise.all(others.map((each) => isAlive(stage.world, each)))).toEqual([true, true]);
    const request = { serviceProvider: stage.serviceProvider(OTHER_CONNECTION).entityId, withSessionIndex: false };
    await deliver(stage.world.fetch, await stage.rival.startLogout(EMAIL, request));
    expect(await Promise.all(others.map((each) => isAlive(stage.world, each)))).toEqual([true, false]);
  });

  const { persistent, emailAddress, unspecified } = NAME_ID_FORMATS;
  test.each([
    ['the same format', { format: emailAddress }, false],
    ['no format', { format: null }, false],
    ['the format that says nothing', { format: unspecified }, false],
    ['a qualifier that the session has not', { format: emailAddress, nameQualifier: 'x' }, false],
    ['another format', { format: persistent }, true],
    ['other letters', { value: EMAIL.toUpperCase() }, true],
  ])('a NameID with %s', async (_, changed, survives) => {
    const session = await signIn(stage);
    const request = await start({ edit: (given) => ({ ...given, nameId: { ...given.nameId, ...changed } }) });
    expect((await deliver(stage.world.fetch, request)).status).toBe(302);
    expect(await isAlive(stage.world, session)).toBe(survives);
  });

  test('a persistent NameID by its qualifiers', async () => {
    stage.provider.faults.nameIdFormat = persistent;
    const session = await signIn(stage, PLACE, 'mary@acme.test');
    const ask = (spNameQualifier: string | undefined) =>
      stage.provider.startLogout('mary@acme.test', {
        serviceProvider: here(),
        edit: (given) => ({ ...given, nameId: { ...given.nameId, spNameQualifier } }),
      });
    await deliver(stage.world.fetch, await ask('https://elsewhere.example'));
    expect(await isAlive(stage.world, session)).toBe(true);
    await deliver(stage.world.fetch, await ask(undefined));
    expect(await isAlive(stage.world, session)).toBe(false);
  });
});

test('sessions of every dialect end', async () => {
  const sessions: SignedIn[] = [];
  for (const open of Object.values(DIALECTS)) sessions.push(await open(stage));
  const alive = () => Promise.all(sessions.map((each) => isAlive(stage.replica, each)));
  expect(await alive()).toEqual([true, true, true]);
  await deliver(stage.world.fetch, await start({ withSessionIndex: false }));
  expect(await alive()).toEqual([false, false, false]);
});

test('a session that is over anyway is not ended once more', async () => {
  const { sessionId } = await signIn(stage);
  await stage.world.sql`update sessions set expires_at = now() - interval '1 second' where id = ${sessionId}`;
  await deliver(stage.world.fetch, await start({ withSessionIndex: false }));
  expect((await auditOf(stage.world)).map(({ target_id }) => target_id)).not.toContain(sessionId);
});

test('the refresh token of an ended session rotates no more', async () => {
  const { access, refresh } = await signIn(stage);
  await deliver(stage.world.fetch, await start());
  const answer = await stage.replica.fetch('/v1/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lastAccessToken: access, refreshToken: refresh }),
  });
  expect(answer.status).toBe(401);
});

test('two requests about one person at once, on two replicas, end each session once', async () => {
  const sessions = [await signIn(stage), await signIn(stage), await signIn(stage)];
  const requests = await Promise.all(Array.from({ length: 8 }, () => start({ withSessionIndex: false })));
  const answers = await Promise.all(
    requests.map((request, index) => deliver((index % 2 ? stage.world : stage.replica).fetch, request)),
  );
  expect(answers.map(({ status }) => status)).toEqual(requests.map(() => 302));
  const ended = (await auditOf(stage.world)).filter(({ action }) => action === 'session.ended');
  for (const { sessionId } of sessions)
    expect(ended.filter(({ target_id }) => target_id === sessionId)).toHaveLength(1);
});

describe('where the answer goes', () => {
  const change = async (edit: (xml: string) => string) =>
    stage.reconnect({ metadataXml: edit(stage.provider.metadataXml()) });
  const without =
    (...bindings: string[]) =>
    (xml: string) =>
      bindings.reduce(
        (text, each) => text.replace(new RegExp(`<md:SingleLogoutService[^>]*HTTP-${each}[^>]*/>`), ''),
        xml,
      );
  afterAll(() => stage.reconnect({ metadataXml: stage.provider.metadataXml() }));

  test('to the other binding where the provider has not the one that it came by', async () => {
    await change(without('Redirect'));
    await signIn(stage);
    const posted = await deliver(stage.world.fetch, await start({ binding: 'redirect' }));
    expect(posted.status).toBe(200);
    expect(posted.headers.get('content-security-policy')).toContain("default-src 'none'");
    await carryOn(posted);
    expect(stage.provider.logouts.at(-1)).toMatchObject({ binding: 'post', signature: 'good' });
  });

  test('with a RelayState that browsers escape anew, signed as they send it', async () => {
    await change(without('POST'));
    await signIn(stage);
    const relayState = "it's (not) *that*!~";
    await carryOn(await deliver(stage.world.fetch, await start({ binding: 'post', relayState })));
    expect(stage.provider.logouts.at(-1)).toMatchObject({ binding: 'redirect', signature: 'good', relayState });
  });

  test('to the endpoint’s ResponseLocation', async () => {
    const elsewhere = `${stage.provider.origin}/slo?answers=here`;
    await change((xml) => xml.replaceAll(/(<md:SingleLogoutService[^>]*)\/>/g, `$1 ResponseLocation="${elsewhere}"/>`));
    await signIn(stage);
    const answer = await deliver(stage.world.fetch, await start({ binding: 'redirect' }));
    expect(answer.headers.get('location')).toStartWith(`${elsewhere}&SAMLResponse=`);
  });

  test('nowhere when the provider takes none: the person sees that it is done', async () => {
    await change(without('Redirect', 'POST'));
    const session = await signIn(stage);
    const answer = await deliver(stage.world.fetch, await start());
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
    expect(await answer.text()).toContain('You are signed out');
    expect(await isAlive(stage.world, session)).toBe(false);
  });
});

test('a disabled connection still hears that somebody left', async () => {
  const session = await signIn(stage);
  const request = await start();
  await stage.world.sql`update connections set status = 'disabled' where id = ${connectionId()}`;
  const answer = await deliver(stage.world.fetch, request);
  await stage.world.sql`update connections set status = 'active' where id = ${connectionId()}`;
  expect(answer.status).toBe(302);
  expect(await isAlive(stage.world, session)).toBe(false);
});
