/**
 * Back-channel logout: which sessions a logout token ends, and each check of OpenID Connect Back-Channel Logout 1.0 §2.6
 * beside the token that passes it (SL-07 for OpenID Connect, IT-21, RT-17).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { generateKey } from '#dev/scripted-keys.ts';
import type { IdTokenScript } from '#dev/scripted-script.ts';
import type { LogoutSubject } from '#dev/scripted-token.ts';
import { forgetAudit } from '#tests/audit/append-only.ts';
import {
  connectionId,
  countMessages,
  EVENT,
  eventsOf,
  expectRefused,
  isAlive,
  logoutToken,
  post,
  signInWithin,
} from '#tests/hostile/back-channel.ts';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, CLIENTS, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, refusalOf, STALE, sessionOf } from '#tests/hostile/pairs.ts';
import { CLIENT_SECRET, openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';
import { flipBit, hmac } from '#tests/ports/idp/forgeries.ts';

let stage: Stage;
let acme: string;
beforeAll(async () => {
  stage = await openStage();
  acme = await connectionId(stage);
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

async function expectTaken(answer: Response): Promise<void> {
  expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([200, '', 'no-store']);
}

describe('ends', () => {
  test('the sessions of the provider session, on every replica, and no other', async () => {
    const [own, again, other] = [
      await signInWithin(stage, 'session-1'),
      await signInWithin(stage, 'session-1'),
      await signInWithin(stage, 'session-2'),
    ];
    const token = logoutToken(stage, { sid: 'session-1' });
    const answer = await post(stage.replica.fetch, acme, token, { 'user-agent': 'the provider' });
    await expectTaken(answer);
    expect(await Promise.all([own, again, other].map((each) => isAlive(stage, each)))).toEqual([false, false, true]);
    expect(await refusalOf(stage.world.fetch, asPair(own))).toEqual(STALE);
    const events = await eventsOf(stage, answer);
    expect(events.map(({ action, reason }) => [action, reason])).toEqual([
      ['logout.received', null],
      ['session.ended', 'idp_logout'],
      ['session.ended', 'idp_logout'],
    ]);
    expect(events[0]).toMatchObject({ target_id: acme, details: { sessions: 2 }, user_agent: 'the provider' });
    expect(new Set(events.slice(1).map(({ target_id }) => target_id))).toEqual(new Set([own, again].map(sessionOf)));
    await expectNoSecrets(stage);
  });

  test('all sessions of the person where it names only them', async () => {
    const sessions = [await signInWithin(stage, 'session-3'), await signInWithin(stage, null)];
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage, { sub: 'ada-1815' })));
    for (const each of sessions) expect(await isAlive(stage, each)).toBe(false);
  });

  test('of both names the session of that person, and those that told no provider session', async () => {
    const [meant, silent, other] = [
      await signInWithin(stage, 'session-4'),
      await signInWithin(stage, null),
      await signInWithin(stage, 'session-5'),
    ];
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage, { sub: 'somebody', sid: 'session-4' })));
    expect(await isAlive(stage, meant)).toBe(true);
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage, { sub: 'ada-1815', sid: 'session-4' })));
    expect(await Promise.all([meant, silent, other].map((each) => isAlive(stage, each)))).toEqual([false, false, true]);
  });

  test.each([...CLIENTS])('the sessions of $dialect', async (client) => {
    const tokens = await signIn(stage, client);
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage)));
    expect(await client.use(stage.replica.fetch, stage, tokens)).toBe(401);
  });

  test('nothing of nobody, and says so in the same words', async () => {
    const tokens = await signInWithin(stage, 'session-6');
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage, { sub: 'nobody' })));
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage, { sid: 'nothing' })));
    expect(await isAlive(stage, tokens)).toBe(true);
  });

  test('sessions of a connection that is disabled meanwhile', async () => {
    const tokens = await signInWithin(stage, 'session-7');
    await stage.reconnect({ status: 'disabled' });
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage, { sid: 'session-7' })));
    await stage.reconnect({ status: 'active' });
    expect(await isAlive(stage, tokens)).toBe(false);
  });

  test('each session once, when several tokens come at once on two replicas', async () => {
    const sessions = [await signInWithin(stage, 'session-8'), await signInWithin(stage, 'session-8')];
    const tokens = Array.from({ length: 8 }, (_, index) =>
      logoutToken(stage, index % 2 ? { sid: 'session-8' } : { sub: 'ada-1815' }),
    );
    const answers = await Promise.all(
      tokens.map((token, index) => post((index % 3 ? stage.world : stage.replica).fetch, acme, token)),
    );
    for (const answer of answers) await expectTaken(answer);
    for (const each of sessions) {
      const events = await stage.world.sql`select 1 from audit_events
        where action = 'session.ended' and target_id = ${sessionOf(each)}`;
      expect(events.length).toBe(1);
    }
  });
});

type Bent = Partial<IdTokenScript> & { readonly subject?: Partial<LogoutSubject> };

describe('refuses', () => {
  const seconds = () => Math.floor(stage.world.clock.now().getTime() / 1000);
  const claims = (changed: () => Record<string, unknown>) => (): Bent => ({ claims: changed() });

  test.each<[name: string, check: string, bend: () => Bent]>([
    ['alg none', 'alg', () => ({ header: { alg: 'none', kid: undefined }, sign: () => new Uint8Array() })],
    [
      'HS256 with the client secret',
      'alg',
      () => ({ header: { alg: 'HS256', kid: undefined }, sign: hmac(CLIENT_SECRET) }),
    ],
    ['a bit of the signature turned', 'signature', () => ({ tamper: flipBit })],
    ['a key of the attacker', 'key', () => ({ key: generateKey('RS256') })],
    [
      'a key of the attacker under the right kid',
      'signature',
      () => ({ key: { ...generateKey('RS256'), kid: stage.provider.keys.of('RS256').kid } }),
    ],
    ['the type of an access token', 'typ', () => ({ header: { typ: 'at+jwt' } })],
    ['the type of another event', 'typ', () => ({ header: { typ: 'secevent+jwt' } })],
    ['an extension', 'crit', () => ({ header: { crit: ['b64'], b64: true } })],
    ['no JWT', 'shape', () => ({ tamper: () => 'not-a-token' })],
    ['more than 16 KiB', 'size', claims(() => ({ filler: 'x'.repeat(16_384) }))],
    ['a list for a payload', 'payload', () => ({ payload: '[]' })],
    ['another issuer', 'iss', () => ({ subject: { issuer: stage.issuer('globex'), sub: 'ada-1815' } })],
    ['the issuer with a slash', 'iss', claims(() => ({ iss: `${stage.issuer('acme')}/` }))],
    ['no issuer', 'iss', claims(() => ({ iss: undefined }))],
    ['another audience', 'aud', claims(() => ({ aud: 'somebody-else' }))],
    ['an audience of two', 'aud', claims(() => ({ aud: ['vestibule', 'other'] }))],
    ['no audience', 'aud', claims(() => ({ aud: undefined }))],
    ['an end that has come', 'exp', claims(() => ({ exp: seconds() - 31 }))],
    ['an end that is no date', 'exp', claims(() => ({ exp: 'tomorrow' }))],
    ['an end of null', 'exp', claims(() => ({ exp: null }))],
    ['no date', 'iat', claims(() => ({ iat: undefined }))],
    ['a date long ago', 'iat', claims(() => ({ iat: seconds() - 631 }))],
    ['a date to come', 'iat', claims(() => ({ iat: seconds() + 60 }))],
    ['not yet', 'nbf', claims(() => ({ nbf: seconds() + 60 }))],
    ['no id', 'jti', claims(() => ({ jti: undefined }))],
    ['an empty id', 'jti', claims(() => ({ jti: '' }))],
    ['an id that is a number', 'jti', claims(() => ({ jti: 1 }))],
    ['no events', 'events', claims(() => ({ events: undefined }))],
    ['another event', 'events', claims(() => ({ events: { 'https://schemas.openid.net/event/other': {} } }))],
    ['an event without its object', 'events', claims(() => ({ events: { [EVENT]: true } }))],
    ['an event that is a list', 'events', claims(() => ({ events: { [EVENT]: [] } }))],
    ['events as a list', 'events', claims(() => ({ events: [EVENT] }))],
    ['a nonce', 'nonce', claims(() => ({ nonce: 'n' }))],
    ['a nonce of null', 'nonce', claims(() => ({ nonce: null }))],
    ['nobody', 'subject', () => ({ subject: {} })],
    ['a subject that is a number', 'sub', claims(() => ({ sub: 1815 }))],
    ['a subject of null', 'sub', claims(() => ({ sub: null }))],
    ['a session that is a list', 'sid', claims(() => ({ sid: ['session-1'] }))],
    ['a session with NUL', 'sid', claims(() => ({ sid: 'session\u0000' }))],
    ['an endless session', 'sid', claims(() => ({ sid: 's'.repeat(257) }))],
  ])('%s', async (_, check, bend) => {
    const tokens = await signInWithin(stage, 'session-1');
    const { subject, ...script } = bend();
    const token = logoutToken(stage, subject, script);
    await forgetAudit(stage.world.sql);
    await expectRefused(stage, acme, token, { check: `logoutToken.${check}` });
    expect(await isAlive(stage, tokens)).toBe(true);
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage)));
    expect(await isAlive(stage, tokens)).toBe(false);
  });

  test('IT-21 an ID token', async () => {
    const kept: string[] = [];
    stage.provider.script.idToken.tamper = (token) => {
      kept.push(token);
      return token;
    };
    const tokens = await signIn(stage, applivery);
    const [idToken = ''] = kept;
    await expectRefused(stage, acme, idToken, { check: 'logoutToken.events' });
    expect(await isAlive(stage, tokens)).toBe(true);
  });

  test('IT-21 and is itself no ID token', async () => {
    const started = await applivery.start(stage);
    const token = logoutToken(stage, { sub: 'ada-1815' }, { claims: { nonce: started.nonce } });
    stage.provider.script.idToken.tamper = () => token;
    const returned = await visitProvider(stage, started);
    const answer = await stage.world.fetch(...applivery.callback(stage, started, returned));
    expect(answer.status).toBe(400);
    const requestId = answer.headers.get('request-id');
    const [login] = await stage.world.sql`select reason from logins where request_id = ${requestId}`;
    expect(login).toEqual({ reason: 'id_token_typ' });
  });

  test('a token that was made for another connection', async () => {
    const globex = await connectionId(stage, 'globex');
    const tokens = await signInWithin(stage, 'session-1');
    await expectRefused(stage, globex, logoutToken(stage), { check: 'logoutToken.iss' });
    const theirs = logoutToken(stage, { issuer: stage.issuer('globex'), sub: 'ada-1815' });
    await expectTaken(await post(stage.world.fetch, globex, theirs));
    expect(await isAlive(stage, tokens)).toBe(true);
  });

  test('a token that was used, at either replica, and twenty at once but one', async () => {
    const tokens = Array.from({ length: 20 }, () => 0).map(() => logoutToken(stage));
    const [once = '', raced = ''] = tokens;
    await expectTaken(await post(stage.world.fetch, acme, once));
    await forgetAudit(stage.world.sql);
    await expectRefused(stage, acme, once, { check: 'logoutToken.unused', reason: 'logout_token_replay' });
    const answers = await Promise.all(
      tokens.map((_, index) => post((index % 2 ? stage.world : stage.replica).fetch, acme, raced)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
  });
});

describe('takes', () => {
  const taken: [name: string, bend: () => Bent][] = [
    ['the long form of the type', () => ({ header: { typ: 'application/logout+jwt' } })],
    ['the type of older providers', () => ({ header: { typ: 'JWT' } })],
    ['no type', () => ({ header: { typ: undefined } })],
    ['no end, as several providers send it', () => ({ claims: { exp: undefined } })],
    ['an audience in a list', () => ({ claims: { aud: ['vestibule'] } })],
    ['an event that says more', () => ({ claims: { events: { [EVENT]: { reason: 'x' }, other: 1 } } })],
    ['ES256', () => ({ alg: 'ES256' })],
    ['claims that nobody knows', () => ({ claims: { trace_id: 'x', sid: 's'.repeat(256) } })],
  ];
  test.each(taken)('%s', async (_, bend) => {
    const { subject, ...script } = bend();
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage, subject, script)));
  });

  test('a key that is new since the last look', async () => {
    stage.world.clock.moveBy(60);
    stage.provider.keys.rotate();
    await expectTaken(await post(stage.world.fetch, acme, logoutToken(stage)));
  });
});

describe('could not judge', () => {
  test('without the keys, and takes the same token once they are back', async () => {
    const tokens = await signInWithin(stage, 'session-1');
    // a connection that was changed has nothing cached
    await stage.reconnect({ defaultRole: 'guest' });
    stage.provider.script.answers.jwks = { status: 500 };
    const token = logoutToken(stage);
    await expectRefused(stage, acme, token, { check: 'logoutToken.jwks', reason: 'jwks_unavailable', status: 503 });
    expect(await isAlive(stage, tokens)).toBe(true);
    stage.honest();
    stage.world.clock.moveBy(31);
    await expectTaken(await post(stage.world.fetch, acme, token));
    expect(await isAlive(stage, tokens)).toBe(false);
  });
});

test('an unknown connection is not found, and leaves nothing', async () => {
  const [before, answer] = [
    await countMessages(stage),
    await post(stage.world.fetch, 'f'.repeat(24), logoutToken(stage)),
  ];
  expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([404, 'invalid_request']);
  expect(await eventsOf(stage, answer)).toEqual([]);
  expect(await countMessages(stage)).toBe(before);
});

test('a flood leaves a bounded number of audit events', async () => {
  stage.world.clock.moveBy(61);
  await Promise.all(Array.from({ length: 100 }, () => post(stage.world.fetch, acme, 'x')));
  const [row] = await stage.world.sql`select count(*)::int as count from audit_events where action = 'logout.refused'
    and created_at > now() + ${stage.world.clock.offsetSeconds} * interval '1 second' - interval '1 minute'`;
  expect(row?.['count']).toBeWithin(20, 60);
  stage.world.clock.moveBy(61);
  await expectRefused(stage, acme, 'x', { check: 'logoutToken.shape' });
});

test('what was sent is told to nobody', async () => {
  const answer = await post(stage.world.fetch, acme, '<script>alert(1)</script>');
  expect(await answer.text()).not.toContain('alert(1)');
  await read(await stage.world.fetch('/health/live'));
  await expectNoSecrets(stage);
});
