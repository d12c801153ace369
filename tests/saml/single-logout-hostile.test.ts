/** Logout requests that say what they must not, come from whom they must not, or come twice: each beside one that is taken. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { StartLogoutOptions } from '#dev/saml/logout.ts';
import type { LogoutRequestOptions } from '#dev/saml/logout-message.ts';
import { type BrowserStep, send } from '#dev/saml/message.ts';
import { SIGNATURE_ALGORITHMS } from '#dev/saml/names.ts';
import { forgetAudit } from '#tests/audit/append-only.ts';
import { read } from '#tests/journey.ts';
import { type Attack, openAttack } from '#tests/saml/logout-forgeries.ts';
import {
  auditOf,
  deliver,
  EMAIL,
  isAlive,
  type LogoutStage,
  OTHER_CONNECTION,
  OTHER_TENANT,
  openLogoutStage,
  signIn,
} from '#tests/saml/logout-stage.ts';

let stage: LogoutStage;
let attack: Attack;
beforeAll(async () => {
  stage = await openLogoutStage();
  attack = await openAttack(stage);
});
beforeEach(() => attack.ready());
afterAll(() => stage?.close());

const ours = () => stage.serviceProvider();
const connectionId = () => ours().entityId.split('/').at(-2) ?? '';
const minutesFromNow = (minutes: number) => new Date(stage.world.clock.now().getTime() + minutes * 60_000);
const start = (options: StartLogoutOptions = {}) =>
  stage.provider.startLogout(EMAIL, { serviceProvider: ours().entityId, withSessionIndex: false, ...options });

const BINDINGS = ['redirect', 'post'] as const;

describe.each(BINDINGS)('by %s', (binding) => {
  test('honest', async () => attack.expectTaken(await start({ binding })));
  test('honest, written by hand', async () => attack.expectTaken(await attack.sign(binding, attack.honestXml())));

  type Change = (request: LogoutRequestOptions) => LogoutRequestOptions;
  test.each<[string, string, Change]>([
    ['from another issuer', 'saml_issuer', (given) => ({ ...given, issuer: 'https://elsewhere.example/metadata' })],
    ['from another issuer by a slash', 'saml_issuer', (given) => ({ ...given, issuer: `${given.issuer}/` })],
    [
      'to somebody else',
      'saml_destination',
      (given) => ({ ...given, destination: stage.serviceProvider(OTHER_TENANT).sloUrl }),
    ],
    ['to another door', 'saml_destination', (given) => ({ ...given, destination: ours().acsUrl })],
    ['to us by a slash', 'saml_destination', (given) => ({ ...given, destination: `${given.destination}/` })],
    [
      'long ago',
      'saml_expired',
      (given) => ({ ...given, issueInstant: minutesFromNow(-13.5), notOnOrAfter: minutesFromNow(5) }),
    ],
    [
      'long ago, without an end',
      'saml_expired',
      (given) => ({ ...given, issueInstant: minutesFromNow(-13.5), notOnOrAfter: null }),
    ],
    ['that is over', 'saml_expired', (given) => ({ ...given, notOnOrAfter: minutesFromNow(-3.5) })],
    ['from the future', 'saml_not_yet', (given) => ({ ...given, issueInstant: minutesFromNow(3.5) })],
    ['of no day', 'saml_structure', (given) => ({ ...given, issueInstant: '2026-13-01T00:00:00Z' })],
    ['until no day', 'saml_structure', (given) => ({ ...given, notOnOrAfter: 'tomorrow' })],
    ['about nobody', 'saml_subject', (given) => ({ ...given, nameId: { value: '' } })],
    ['about a long name', 'saml_subject', (given) => ({ ...given, nameId: { value: 'a'.repeat(257) } })],
  ])('a request %s: %s', async (_, code, edit) => {
    await attack.expectRefused(await start({ binding, edit }), code);
  });

  test.each<[string, Change]>([
    ['some time ago', (given) => ({ ...given, issueInstant: minutesFromNow(-12.5), notOnOrAfter: null })],
    ['that is just over', (given) => ({ ...given, notOnOrAfter: minutesFromNow(-2.5) })],
    ['from a clock ahead of ours', (given) => ({ ...given, issueInstant: minutesFromNow(2.5) })],
  ])('a request %s is taken', async (_, edit) => attack.expectTaken(await start({ binding, edit })));

  test('a request without Destination', async () => {
    const request = await start({ binding, edit: (given) => ({ ...given, destination: null }) });
    await attack.expectRefused(request, 'saml_destination');
  });

  test('a request that is not signed', async () => {
    await attack.expectRefused(await start({ binding, signed: false }), 'saml_signature');
  });

  test('a request that somebody else signed, and shows the certificate', async () => {
    stage.provider.faults.attackerKey = true;
    await attack.expectRefused(await start({ binding }), 'saml_signature');
  });

  test('a request signed with the key of another connection', async () => {
    const xml = attack.honestXml();
    await attack.expectRefused(await attack.sign(binding, xml, stage.rival.key), 'saml_signature');
  });

  test('the request of another connection’s provider, at our door', async () => {
    const other = stage.serviceProvider(OTHER_CONNECTION);
    const theirs = await signIn(stage, OTHER_CONNECTION);
    await forgetAudit(stage.world.sql);
    const request = await stage.rival.startLogout(EMAIL, { serviceProvider: other.entityId, binding });
    const misled: BrowserStep =
      request.binding === 'redirect'
        ? ({ binding, url: new URL(request.url.search, ours().sloUrl) } as BrowserStep)
        : { ...request, action: ours().sloUrl ?? '' };
    await attack.expectRefused(misled, 'saml_signature');
    expect(await isAlive(stage.world, theirs)).toBe(true);
    await deliver(stage.world.fetch, request);
    expect(await isAlive(stage.world, theirs)).toBe(false);
  });

  test.each([
    ['rsaSha1', 'saml_algorithm'],
    ['rsaPssSha256', 'saml_algorithm'],
  ] as const)('a request signed with %s', async (algorithm, code) => {
    stage.provider.faults.algorithm = SIGNATURE_ALGORITHMS[algorithm];
    await attack.expectRefused(await start({ binding }), code);
  });

  test.each(['rsaSha256', 'rsaSha384', 'rsaSha512'] as const)(
    'a request signed with %s is taken',
    async (algorithm) => {
      stage.provider.faults.algorithm = SIGNATURE_ALGORITHMS[algorithm];
      await attack.expectTaken(await start({ binding }));
    },
  );

  test('a request with a document type', async () => {
    const xml = `<!DOCTYPE a [<!ENTITY b "c">]>${attack.honestXml()}`;
    await attack.expectRefused(await attack.sign(binding, xml), 'saml_dtd');
  });

  test('a request without a NameID', async () => {
    const xml = attack.honestXml().replace(/<saml:NameID.*<\/saml:NameID>/, '');
    const answer = await deliver(stage.world.fetch, await attack.sign(binding, xml));
    expect((await read(answer, 400)).code).toBeOneOf(['saml_subject', 'saml_structure']);
    expect(await isAlive(stage.world, attack.session)).toBe(true);
  });

  test('a request where a response should be', async () => {
    const request = await start({ binding });
    const misnamed =
      request.binding === 'redirect'
        ? await send({
            binding,
            location: ours().sloUrl ?? '',
            name: 'SAMLResponse',
            xml: attack.honestXml(),
            key: stage.provider.key,
          })
        : { ...request, form: new URLSearchParams({ SAMLResponse: request.form.get('SAMLRequest') ?? '' }) };
    await attack.expectRefused(misnamed, 'saml_structure');
    await attack.expectTaken(request);
  });

  test('a request that comes again', async () => {
    const request = await start({ binding });
    await attack.expectTaken(request);
    attack.session = await signIn(stage);
    await forgetAudit(stage.world.sql);
    await attack.expectRefused(request, 'saml_replay', stage.replica.fetch);
    await forgetAudit(stage.world.sql);
    const another = await start({ binding, edit: (given) => ({ ...given, id: request.id }) });
    await attack.expectRefused(another, 'saml_replay');
  });

  test('twenty at once, on two replicas, are one', async () => {
    const request = await start({ binding });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => deliver((index % 2 ? stage.world : stage.replica).fetch, request)),
    );
    expect(answers.filter(({ status }) => status !== 400)).toHaveLength(1);
    const audited = (await auditOf(stage.world)).map(({ action, reason }) => reason ?? action);
    expect(audited.filter((each) => each === 'saml_replay')).toHaveLength(19);
    expect(audited.filter((each) => each === 'logout.received')).toHaveLength(1);
    expect(await isAlive(stage.world, attack.session)).toBe(false);
  });
});

describe('who is refused', () => {
  test('sees a page in a browser, and problem details elsewhere', async () => {
    const request = await start({ signed: false });
    const page = await deliver(stage.world.fetch, request, { accept: 'text/html,*/*' });
    expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('Signing out did not work');
    const problem = await deliver(stage.world.fetch, request);
    expect(problem.headers.get('content-type')).toBe('application/problem+json');
  });

  test('is told nothing of a connection that does not exist', async () => {
    const request = await start();
    const elsewhere = {
      binding: 'redirect',
      url: new URL(String((request as { url?: URL }).url).replace(connectionId(), 'f'.repeat(24))),
    } as const;
    expect((await read(await deliver(stage.world.fetch, elsewhere), 404)).code).toBe('connection_not_found');
    await attack.expectTaken(request);
  });
});
