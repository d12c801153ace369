/** What is signed in a logout request, and what is not: octets of a query, elements of a document, and nothing without bound. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { deflateRawSync } from 'node:zlib';
import { signatureOf } from '#dev/saml/algorithm.ts';
import type { StartLogoutOptions } from '#dev/saml/logout.ts';
import type { BrowserStep } from '#dev/saml/message.ts';
import { SIGNATURE_ALGORITHMS } from '#dev/saml/names.ts';
import { createSigningKey } from '#dev/saml/signing-key.ts';
import { read } from '#tests/journey.ts';
import { type Attack, changed, lowerCase, openAttack, requeried } from '#tests/saml/logout-forgeries.ts';
import { deliver, EMAIL, isAlive, type LogoutStage, openLogoutStage } from '#tests/saml/logout-stage.ts';

let stage: LogoutStage;
let attack: Attack;
beforeAll(async () => {
  stage = await openLogoutStage();
  attack = await openAttack(stage);
});
beforeEach(() => attack.ready());
afterAll(() => stage?.close());

const ours = () => stage.serviceProvider();
const start = (options: StartLogoutOptions = {}) =>
  stage.provider.startLogout(EMAIL, { serviceProvider: ours().entityId, withSessionIndex: false, ...options });

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
    await attack.expectRefused(requeried(await redirected(), change), code);
  });

  test.each<[string, (query: string) => string]>([
    ['in another order', (query) => query.split('&').reverse().join('&')],
    ['with parameters of others', (query) => `from=%zz&${query}&x=1`],
  ])('%s it is taken', async (_, change) => attack.expectTaken(requeried(await redirected(), change)));

  test('signed in lower case it is taken, as some providers send it', async () => {
    const xml = deflateRawSync(attack.honestXml()).toString('base64');
    const algorithm = SIGNATURE_ALGORITHMS.rsaSha256;
    const octets = lowerCase(`SAMLRequest=${encodeURIComponent(xml)}&SigAlg=${encodeURIComponent(algorithm)}`);
    const value = await signatureOf(new TextEncoder().encode(octets), stage.provider.key, algorithm);
    const url = new URL(`?${octets}&Signature=${encodeURIComponent(value)}`, ours().sloUrl);
    await attack.expectTaken({ binding: 'redirect', url });
  });

  test('signed in another order it is not', async () => {
    const xml = deflateRawSync(attack.honestXml()).toString('base64');
    const algorithm = SIGNATURE_ALGORITHMS.rsaSha256;
    const octets = `SigAlg=${encodeURIComponent(algorithm)}&SAMLRequest=${encodeURIComponent(xml)}`;
    const value = await signatureOf(new TextEncoder().encode(octets), stage.provider.key, algorithm);
    const url = new URL(`?${octets}&Signature=${encodeURIComponent(value)}`, ours().sloUrl);
    await attack.expectRefused({ binding: 'redirect', url }, 'saml_signature');
  });

  test('a parameter that comes twice', async () => {
    const twice = requeried(await redirected(), (query) => `${query}&RelayState=x`);
    await attack.expectRefused(twice, 'saml_structure');
  });
});

describe('what is inflated is bounded', () => {
  const padded = (bytes: number) => attack.honestXml().replace('><saml:Issuer', `>${' '.repeat(bytes)}<saml:Issuer`);

  test('a request that a few kilobytes blow up to 90 megabytes', async () => {
    await attack.expectTaken(await start());
    await attack.ready();
    const bomb = await attack.sign('redirect', padded(90 << 20));
    expect(bomb.binding === 'redirect' && bomb.url.href.length).toBeLessThan(130_000);
    Bun.gc(true);
    const before = process.memoryUsage().rss;
    await attack.expectRefused(bomb, 'saml_structure');
    expect(process.memoryUsage().rss - before).toBeLessThan(60 << 20);
  });

  test('nothing is inflated before the signature was verified', async () => {
    const bomb = await attack.sign('redirect', padded(90 << 20), await createSigningKey());
    await attack.expectRefused(bomb, 'saml_signature');
  });

  test.each([
    [100 * 1024, 'saml_structure'],
    [200 * 1024, 'saml_structure'],
  ])('%d spaces are too many', async (bytes, code) => {
    await attack.expectRefused(await attack.sign('redirect', padded(bytes)), code);
  });

  test('60,000 are not', async () => attack.expectTaken(await attack.sign('redirect', padded(60_000))));
});

describe('a posted request', () => {
  const posted = async () => {
    const step = await start({ binding: 'post' });
    if (step.binding !== 'post') throw new Error('not posted');
    return step;
  };
  const withXml = (step: Awaited<ReturnType<typeof posted>>, change: (xml: string) => string): BrowserStep => {
    const xml = Buffer.from(step.form.get('SAMLRequest') ?? '', 'base64').toString();
    const forged = Buffer.from(changed(xml, change)).toString('base64');
    return { ...step, form: new URLSearchParams({ SAMLRequest: forged }) };
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
        attack.honestXml().replace('</saml:Issuer>', `</saml:Issuer><samlp:Extensions>${xml}</samlp:Extensions>`),
    ],
  ])('%s: %s', async (_, code, change) => {
    const honestly = await posted();
    await attack.expectRefused(withXml(honestly, change), code);
    await attack.expectTaken(honestly);
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
    expect(await isAlive(stage.world, attack.session)).toBe(true);
  });
});
