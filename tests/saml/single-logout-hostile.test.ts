/** Logout requests that must end nothing: each beside the one that must. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { deflateRawSync } from 'node:zlib';
import { signatureOf } from '#dev/saml/algorithm.ts';
import type { StartLogoutOptions } from '#dev/saml/logout.ts';
import { buildLogoutRequest, type LogoutRequestOptions } from '#dev/saml/logout-message.ts';
import { type Binding, type BrowserStep, send } from '#dev/saml/message.ts';
import { SIGNATURE_ALGORITHMS } from '#dev/saml/names.ts';
import { signElement } from '#dev/saml/signature.ts';
import { createSigningKey, type SigningKey } from '#dev/saml/signing-key.ts';
import { read } from '#tests/journey.ts';
import {
  auditOf,
  deliver,
  EMAIL,
  isAlive,
  type LogoutStage,
  OTHER_CONNECTION,
  OTHER_TENANT,
  openLogoutStage,
  type SignedIn,
  signIn,
} from '#tests/saml/logout-stage.ts';

let stage: LogoutStage;
let session: SignedIn;
beforeAll(async () => {
  stage = await openLogoutStage();
  session = await signIn(stage);
});
beforeEach(async () => {
  stage.provider.reset();
  await stage.world.sql`delete from audit_events`;
  if (!(await isAlive(stage.world, session))) session = await signIn(stage);
});
afterAll(() => stage?.close());

const ours = () => stage.serviceProvider();
const connectionId = () => ours().entityId.split('/').at(-2) ?? '';
const minutesFromNow = (minutes: number) => new Date(stage.world.clock.now().getTime() + minutes * 60_000);
const start = (options: StartLogoutOptions = {}) =>
  stage.provider.startLogout(EMAIL, { serviceProvider: ours().entityId, withSessionIndex: false, ...options });

/** What an honest request says, for those that are written by hand. */
function honest(): LogoutRequestOptions {
  return {
    issuer: stage.provider.entityId,
    destination: ours().sloUrl,
    issueInstant: stage.world.clock.now(),
    nameId: { value: EMAIL },
  };
}

/** Signs whatever is given. */
async function handSigned(binding: Binding, xml: string, key: SigningKey = stage.provider.key): Promise<BrowserStep> {
  const id = / ID="([^"]+)"/.exec(xml)?.[1] ?? '';
  const signed = binding === 'post' ? await signElement(xml, { id, key }) : xml;
  return send({ binding, location: ours().sloUrl ?? '', name: 'SAMLRequest', xml: signed, key });
}

/** The request with other octets in its query. */
function requeried(step: BrowserStep, change: (query: string) => string): BrowserStep {
  if (step.binding !== 'redirect') throw new Error('not of the Redirect binding');
  const changed = change(step.url.search.slice(1));
  if (changed === step.url.search.slice(1)) throw new Error('nothing was changed');
  return { binding: 'redirect', url: new URL(`?${changed}`, step.url) };
}

async function expectRefused(step: BrowserStep, code: string, fetch = stage.world.fetch): Promise<void> {
  const problem = await read(await deliver(fetch, step), 400);
  expect(problem).toMatchObject({ status: 400, code });
  expect(await isAlive(stage.world, session)).toBe(true);
  expect(await auditOf(stage.world)).toEqual([{ action: 'logout.refused', reason: code, target_id: connectionId() }]);
}

async function expectTaken(step: BrowserStep): Promise<void> {
  expect((await deliver(stage.world.fetch, step)).status).toBe(step.binding === 'redirect' ? 302 : 200);
  expect(await isAlive(stage.world, session)).toBe(false);
}

const BINDINGS = ['redirect', 'post'] as const;

describe.each(BINDINGS)('by %s', (binding) => {
  test('honest', async () => expectTaken(await start({ binding })));
  test('honest, written by hand', async () => expectTaken(await handSigned(binding, buildLogoutRequest(honest()))));

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
    await expectRefused(await start({ binding, edit }), code);
  });

  test.each<[string, Change]>([
    ['some time ago', (given) => ({ ...given, issueInstant: minutesFromNow(-12.5), notOnOrAfter: null })],
    ['that is just over', (given) => ({ ...given, notOnOrAfter: minutesFromNow(-2.5) })],
    ['from a clock ahead of ours', (given) => ({ ...given, issueInstant: minutesFromNow(2.5) })],
  ])('a request %s is taken', async (_, edit) => expectTaken(await start({ binding, edit })));

  test('a request without Destination', async () => {
    const request = await start({ binding, edit: (given) => ({ ...given, destination: null }) });
    if (binding === 'post') await expectRefused(request, 'saml_destination');
    else await expectTaken(request);
  });

  test('a request that is not signed', async () => {
    await expectRefused(await start({ binding, signed: false }), 'saml_signature');
  });

  test('a request that somebody else signed, and shows the certificate', async () => {
    stage.provider.faults.attackerKey = true;
    await expectRefused(await start({ binding }), 'saml_signature');
  });

  test('a request signed with the key of another connection', async () => {
    const xml = buildLogoutRequest(honest());
    await expectRefused(await handSigned(binding, xml, stage.rival.key), 'saml_signature');
  });

  test('the request of another connection’s provider, at our door', async () => {
    const other = stage.serviceProvider(OTHER_CONNECTION);
    const theirs = await signIn(stage, OTHER_CONNECTION);
    await stage.world.sql`delete from audit_events`;
    const request = await stage.rival.startLogout(EMAIL, { serviceProvider: other.entityId, binding });
    const misled: BrowserStep =
      request.binding === 'redirect'
        ? ({ binding, url: new URL(request.url.search, ours().sloUrl) } as BrowserStep)
        : { ...request, action: ours().sloUrl ?? '' };
    await expectRefused(misled, 'saml_signature');
    expect(await isAlive(stage.world, theirs)).toBe(true);
    await deliver(stage.world.fetch, request);
    expect(await isAlive(stage.world, theirs)).toBe(false);
  });

  test.each([
    ['rsaSha1', 'saml_algorithm'],
    ['rsaPssSha256', 'saml_algorithm'],
  ] as const)('a request signed with %s', async (algorithm, code) => {
    stage.provider.faults.algorithm = SIGNATURE_ALGORITHMS[algorithm];
    await expectRefused(await start({ binding }), code);
  });

  test.each(['rsaSha256', 'rsaSha384', 'rsaSha512'] as const)(
    'a request signed with %s is taken',
    async (algorithm) => {
      stage.provider.faults.algorithm = SIGNATURE_ALGORITHMS[algorithm];
      await expectTaken(await start({ binding }));
    },
  );

  test('a request with a document type', async () => {
    const xml = `<!DOCTYPE a [<!ENTITY b "c">]>${buildLogoutRequest(honest())}`;
    await expectRefused(await handSigned(binding, xml), 'saml_dtd');
  });

  test('a request without a NameID', async () => {
    const xml = buildLogoutRequest(honest()).replace(/<saml:NameID.*<\/saml:NameID>/, '');
    const answer = await deliver(stage.world.fetch, await handSigned(binding, xml));
    expect((await read(answer, 400)).code).toBeOneOf(['saml_subject', 'saml_structure']);
    expect(await isAlive(stage.world, session)).toBe(true);
  });

  test('a request where a response should be', async () => {
    const request = await start({ binding });
    const misnamed =
      request.binding === 'redirect'
        ? await send({
            binding,
            location: ours().sloUrl ?? '',
            name: 'SAMLResponse',
            xml: buildLogoutRequest(honest()),
            key: stage.provider.key,
          })
        : { ...request, form: new URLSearchParams({ SAMLResponse: request.form.get('SAMLRequest') ?? '' }) };
    await expectRefused(misnamed, 'saml_structure');
    await expectTaken(request);
  });

  test('a request that comes again', async () => {
    const request = await start({ binding });
    await expectTaken(request);
    session = await signIn(stage);
    await stage.world.sql`delete from audit_events`;
    await expectRefused(request, 'saml_replay', stage.replica.fetch);
    await stage.world.sql`delete from audit_events`;
    const another = await start({ binding, edit: (given) => ({ ...given, id: request.id }) });
    await expectRefused(another, 'saml_replay');
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
    expect(await isAlive(stage.world, session)).toBe(false);
  });
});

describe('the octets of the query are what is signed', () => {
  const relayState = 'a b/+';
  const redirected = async () => start({ binding: 'redirect', relayState });

  test.each<[string, string, (query: string) => string]>([
    ['without Signature', 'saml_signature', (query) => query.replace(/&Signature=[^&]*/, '')],
    ['with an empty Signature', 'saml_signature', (query) => query.replace(/(Signature=)[^&]*/, '$1')],
    ['without SigAlg', 'saml_signature', (query) => query.replace(/&SigAlg=[^&]*/, '')],
    ['with another SigAlg', 'saml_signature', (query) => query.replace('rsa-sha256', 'rsa-sha512')],
    [
      'with SHA-1 as SigAlg',
      'saml_algorithm',
      (query) => query.replace(/SigAlg=[^&]*/, `SigAlg=${encodeURIComponent(SIGNATURE_ALGORITHMS.rsaSha1)}`),
    ],
    ['with another RelayState', 'saml_signature', (query) => query.replace('RelayState=a', 'RelayState=b')],
    ['without RelayState', 'saml_signature', (query) => query.replace(/&RelayState=[^&]*/, '')],
    ['escaped in lower case after it was signed', 'saml_signature', lowerCase],
    ['escaped anew', 'saml_signature', (query) => new URLSearchParams(query).toString()],
    ['with a name escaped', 'saml_structure', (query) => query.replace('RelayState=', 'Relay%53tate=')],
    ['in another encoding', 'saml_encoding', (query) => `${query}&SAMLEncoding=gzip`],
    ['with a response beside it', 'saml_structure', (query) => `${query}&SAMLResponse=x`],
  ])('%s: %s', async (_, code, change) => {
    await expectRefused(requeried(await redirected(), change), code);
  });

  test.each<[string, (query: string) => string]>([
    ['in another order', (query) => query.split('&').reverse().join('&')],
    ['with parameters of others', (query) => `from=%zz&${query}&x=1`],
  ])('%s it is taken', async (_, change) => expectTaken(requeried(await redirected(), change)));

  test('signed in lower case it is taken, as some providers send it', async () => {
    const xml = deflateRawSync(buildLogoutRequest(honest())).toString('base64');
    const algorithm = SIGNATURE_ALGORITHMS.rsaSha256;
    const octets = lowerCase(`SAMLRequest=${encodeURIComponent(xml)}&SigAlg=${encodeURIComponent(algorithm)}`);
    const value = await signatureOf(new TextEncoder().encode(octets), stage.provider.key, algorithm);
    const url = new URL(`?${octets}&Signature=${encodeURIComponent(value)}`, ours().sloUrl);
    await expectTaken({ binding: 'redirect', url });
  });

  test('signed in another order it is not', async () => {
    const xml = deflateRawSync(buildLogoutRequest(honest())).toString('base64');
    const algorithm = SIGNATURE_ALGORITHMS.rsaSha256;
    const octets = `SigAlg=${encodeURIComponent(algorithm)}&SAMLRequest=${encodeURIComponent(xml)}`;
    const value = await signatureOf(new TextEncoder().encode(octets), stage.provider.key, algorithm);
    const url = new URL(`?${octets}&Signature=${encodeURIComponent(value)}`, ours().sloUrl);
    await expectRefused({ binding: 'redirect', url }, 'saml_signature');
  });

  test('a parameter that comes twice', async () => {
    const twice = requeried(await redirected(), (query) => `${query}&RelayState=x`);
    expect((await deliver(stage.world.fetch, twice)).status).toBe(422);
    expect(await isAlive(stage.world, session)).toBe(true);
  });
});

describe('what is inflated is bounded', () => {
  const padded = (bytes: number) =>
    buildLogoutRequest(honest()).replace('><saml:Issuer', `>${' '.repeat(bytes)}<saml:Issuer`);

  test('a request that a few kilobytes blow up to 90 megabytes', async () => {
    await expectTaken(await start());
    session = await signIn(stage);
    await stage.world.sql`delete from audit_events`;
    const bomb = await handSigned('redirect', padded(90 << 20));
    expect(bomb.binding === 'redirect' && bomb.url.href.length).toBeLessThan(130_000);
    Bun.gc(true);
    const before = process.memoryUsage().rss;
    await expectRefused(bomb, 'saml_structure');
    expect(process.memoryUsage().rss - before).toBeLessThan(60 << 20);
  });

  test('nothing is inflated before the signature was verified', async () => {
    const bomb = await handSigned('redirect', padded(90 << 20), await createSigningKey());
    await expectRefused(bomb, 'saml_signature');
  });

  test.each([
    [100 * 1024, 'saml_structure'],
    [200 * 1024, 'saml_structure'],
  ])('%d spaces are too many', async (bytes, code) => {
    await expectRefused(await handSigned('redirect', padded(bytes)), code);
  });

  test('60,000 are not', async () => expectTaken(await handSigned('redirect', padded(60_000))));
});

describe('a posted request', () => {
  const posted = async () => {
    const step = await start({ binding: 'post' });
    if (step.binding !== 'post') throw new Error('not posted');
    return step;
  };
  const withXml = (step: Awaited<ReturnType<typeof posted>>, change: (xml: string) => string): BrowserStep => {
    const xml = Buffer.from(step.form.get('SAMLRequest') ?? '', 'base64').toString();
    const changed = change(xml);
    if (changed === xml) throw new Error('nothing was changed');
    return { ...step, form: new URLSearchParams({ SAMLRequest: Buffer.from(changed).toString('base64') }) };
  };

  test.each<[string, string, (xml: string) => string]>([
    ['changed after it was signed', 'saml_signature', (xml) => xml.replace(EMAIL, 'bob@acme.test')],
    ['with its signature taken out', 'saml_signature', (xml) => xml.replace(/<ds:Signature .*<\/ds:Signature>/s, '')],
    [
      'with a member more',
      'saml_signature',
      (xml) =>
        xml.replace('</samlp:LogoutRequest>', '<samlp:SessionIndex>x</samlp:SessionIndex></samlp:LogoutRequest>'),
    ],
    [
      'around a signed one',
      'saml_structure',
      (xml) =>
        buildLogoutRequest(honest()).replace(
          '</saml:Issuer>',
          `</saml:Issuer><samlp:Extensions>${xml}</samlp:Extensions>`,
        ),
    ],
  ])('%s: %s', async (_, code, change) => {
    const honestly = await posted();
    await expectRefused(withXml(honestly, change), code);
    await expectTaken(honestly);
  });

  test.each<[string, string, Record<string, string>]>([
    ['that is no base64', 'saml_encoding', { SAMLRequest: '%%%' }],
    ['that is deflated', 'saml_encoding', { SAMLRequest: deflateRawSync('<a/>').toString('base64') }],
    ['that is empty', 'saml_encoding', { SAMLRequest: '' }],
    ['that is none', 'saml_structure', { RelayState: 'x' }],
  ])('%s: %s', async (_, code, fields) => {
    const problem = await read(
      await deliver(stage.world.fetch, { ...(await posted()), form: new URLSearchParams(fields) }),
      400,
    );
    expect(problem.code).toBe(code);
    expect(await isAlive(stage.world, session)).toBe(true);
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
    await expectTaken(request);
  });
});

function lowerCase(query: string): string {
  return query.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}
