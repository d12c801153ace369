/** Encrypted assertions: what opens, what is refused for its algorithm, and that all failures look the same. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { verifyResponse } from '#ports/idp/saml/xml/response.ts';
import { CBC128, CBC256, type EncryptOptions, encrypt, GCM128, GCM256, MGF1P, OAEP, oaepKeys } from './encryptor.ts';
import { assertionText, type KeyPair, makeKeys, responseText, rsa, signed } from './signer.ts';
import { accepted, bytesOf, policyFor, verdict } from './verifying.ts';

const SAML = ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
let key: KeyPair;
let us: KeyPair;
let former: KeyPair;

beforeAll(async () => {
  const oaep = () => makeKeys(oaepKeys(), ['encrypt', 'decrypt']);
  [key, us, former] = await Promise.all([makeKeys(rsa()), oaep(), oaep()]);
});

interface Case extends Partial<EncryptOptions> {
  readonly plaintext?: string;
  /** What is signed within and around the encryption. */
  readonly inner?: boolean;
  readonly outer?: boolean;
  readonly rewrite?: (encrypted: string) => string;
}

async function response(how: Case = {}): Promise<string> {
  const { inner = true, outer = false } = how;
  const plaintext =
    how.plaintext ?? (await signed(assertionText({ assertionRoot: SAML }), inner ? ['_a1'] : [], { key }));
  const encrypted = await encrypt(plaintext, { recipients: [us], ...how });
  const text = responseText({}, how.rewrite?.(encrypted) ?? encrypted);
  return signed(text, outer ? ['_r1'] : [], { key });
}

const policy = (changes = {}) => policyFor(key, { decryptionKeys: [us.pkcs8], ...changes });

describe('opens', () => {
  test.each([
    ['AES-128-GCM', { algorithm: GCM128 }],
    ['AES-256-GCM', { algorithm: GCM256 }],
    ['keys beside the data', { beside: true }],
    [
      'the digest named',
      {
        keyMethod:
          '<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>',
      },
    ],
    ['the newer identifier', { keyAlgorithm: OAEP }],
    ...['256', '384', '512'].map((bits): [string, Case] => [
      `SHA-${bits}`,
      {
        hash: `SHA-${bits}`,
        keyAlgorithm: OAEP,
        keyMethod: `<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${bits === '384' ? 'http://www.w3.org/2001/04/xmldsig-more#sha384' : `http://www.w3.org/2001/04/xmlenc#sha${bits}`}"/><xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha${bits}"/>`,
      },
    ]),
    ['empty OAEP parameters', { keyMethod: '<xenc:OAEPparams/>' }],
  ] as [string, Case][])('%s', async (_, how) => {
    const verified = await accepted(await response(how), policy());
    expect(verified).toMatchObject({
      encrypted: true,
      response: { signed: false },
      assertion: { nameId: { value: 'alice' } },
    });
  });

  test('with any of our keys, for one of several recipients', async () => {
    const both = policy({ decryptionKeys: [us.pkcs8, former.pkcs8] });
    expect(await verdict(await response({ recipients: [former] }), both)).toBe('accepted');
    expect(await verdict(await response({ recipients: [former] }), policy())).toBe('saml_decryption');
    expect(await verdict(await response({ recipients: [key, key, former, us] }), policy())).toBe('accepted');
    expect(await verdict(await response({ recipients: [key, key, former, us, us] }), policy())).toBe('saml_structure');
    expect(await verdict(await response(), policy({ decryptionKeys: ['rubbish', us.pkcs8] }))).toBe('accepted');
  });

  test('a plaintext that declares no namespaces', async () => {
    const plaintext = await signed(responseText({}), ['_a1'], { key });
    const inherited = /<saml:Assertion .*<\/saml:Assertion>/.exec(plaintext)?.[0] ?? '';
    expect(await verdict(await response({ plaintext: inherited }), policy())).toBe('accepted');
    expect(await verdict(await response({ plaintext: inherited, outer: true }), policy())).toBe('accepted');
    expect(await verdict(await response({ plaintext: inherited.replaceAll('saml:', 'other:') }), policy())).toBe(
      'saml_structure',
    );
  });

  test('a plaintext with a declaration of its own', async () => {
    const plaintext = await signed(assertionText({ assertionRoot: SAML }), ['_a1'], { key });
    expect(await verdict(await response({ plaintext: `<?xml version="1.0"?>${plaintext}` }), policy())).toBe(
      'accepted',
    );
  });
});

describe('encryption is no authenticity', () => {
  test('a signature covers the assertion, from within or around', async () => {
    expect(await verdict(await response({ inner: false }), policy())).toBe('saml_signature');
    expect(await verdict(await response({ inner: false, outer: true }), policy())).toBe('accepted');
    expect(await verdict(await response({ inner: true, outer: true }), policy())).toBe('accepted');
    expect(await verdict(await response({ inner: false, outer: true }), policy({ wantAssertionsSigned: true }))).toBe(
      'saml_signature',
    );
    expect((await accepted(await response({ inner: false, outer: true }), policy())).response.signed).toBeTrue();
  });

  test('a wrong signature within is refused, also within a signed response', async () => {
    const plaintext = (await signed(assertionText({ assertionRoot: SAML }), ['_a1'], { key })).replace(
      'alice<',
      'admin<',
    );
    expect(await verdict(await response({ plaintext }), policy())).toBe('saml_signature');
    expect(await verdict(await response({ plaintext, outer: true }), policy())).toBe('saml_signature');
  });

  test('what is exchanged within a signed response is refused before it is opened', async () => {
    const [one, two] = [await response({ outer: true, inner: false }), await response({ inner: false })];
    const evil = /<saml:EncryptedAssertion>.*<\/saml:EncryptedAssertion>/.exec(two)?.[0] ?? '';
    const xml = one.replace(/<saml:EncryptedAssertion>.*<\/saml:EncryptedAssertion>/, evil);
    const outcome = await verifyResponse(bytesOf(xml), policy());
    expect(outcome).toMatchObject({ refusal: { code: 'saml_signature', check: 'saml.signature' } });
  });
});

describe('AES-CBC', () => {
  test.each([CBC128, CBC256])('%s only where it is allowed, within a signed response', async (algorithm) => {
    const allowed = policy({ allowCbc: true });
    expect(await verdict(await response({ algorithm, outer: true }), allowed)).toBe('accepted');
    expect(await verdict(await response({ algorithm, outer: true, inner: false }), allowed)).toBe('accepted');
    expect(await verdict(await response({ algorithm, outer: true }), policy())).toBe('saml_algorithm');
    expect(await verdict(await response({ algorithm }), allowed)).toBe('saml_algorithm');
  });

  test('every length of padding', async () => {
    for (let length = 0; length < 16; length += 1) {
      const plaintext = await signed(assertionText({ assertionRoot: `${SAML}${' '.repeat(length)}` }), [], { key });
      expect(
        await verdict(await response({ plaintext, algorithm: CBC128, outer: true }), policy({ allowCbc: true })),
      ).toBe('accepted');
    }
  });

  test.each([
    ['no whole blocks', (cipher: Uint8Array) => cipher.subarray(0, -1)],
    ['an IV and nothing else', (cipher: Uint8Array) => cipher.subarray(0, 16)],
    ['garbage', (cipher: Uint8Array) => cipher.map((byte) => byte ^ 0x55)],
    ['garbage in the middle', (cipher: Uint8Array) => cipher.map((byte, index) => (index === 100 ? byte ^ 1 : byte))],
  ])('%s', async (_, data) => {
    const xml = await response({ algorithm: CBC128, outer: true, data });
    expect(await verdict(xml, policy({ allowCbc: true }))).toBe('saml_decryption');
  });
});

describe('failures are one', () => {
  const flip = (at: number) => (cipher: Uint8Array) => cipher.map((byte, index) => (index === at ? byte ^ 1 : byte));

  test('whatever was changed, and whoever it was for', async () => {
    const cases: Case[] = [
      { key: flip(0) },
      { key: flip(200) },
      { data: flip(0) },
      { data: flip(50) },
      { recipients: [former] },
    ];
    cases.push(
      { data: (cipher) => cipher.subarray(0, 20) },
      { data: () => new Uint8Array(8) },
      { key: () => new Uint8Array(8) },
    );
    cases.push({ rewrite: (text) => text.replace(GCM256, GCM128) });
    const refusals = await Promise.all(
      cases.map(async (how) => verifyResponse(bytesOf(await response(how)), policy())),
    );
    expect(refusals[0]).toMatchObject({ refusal: { code: 'saml_decryption' } });
    expect(new Set(refusals.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  });

  test('without a key of ours', async () => {
    expect(await verdict(await response(), policyFor(key))).toBe('saml_decryption');
  });
});

describe('refused', () => {
  const xenc = (from: string | RegExp, to: string): Case => ({ rewrite: (text) => text.replace(from, to) });
  const label = '<xenc:OAEPparams>AAAA</xenc:OAEPparams>';
  const mask =
    '<xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha256"/>';

  test.each([
    ['RSAES-PKCS1-v1_5', 'saml_algorithm', { keyAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5' }],
    [
      'a content algorithm nobody knows',
      'saml_algorithm',
      xenc(GCM256, 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc'),
    ],
    ['an OAEP label', 'saml_algorithm', { keyMethod: label }],
    ['different hashes', 'saml_algorithm', { keyAlgorithm: OAEP, keyMethod: mask }],
    [
      'a mask in the older identifier',
      'saml_algorithm',
      { keyAlgorithm: MGF1P, keyMethod: mask.replace('mgf1sha256', 'mgf1sha1') },
    ],
    [
      'a digest nobody knows',
      'saml_algorithm',
      { keyMethod: '<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="urn:x"/>' },
    ],
    [
      'a reference instead of a value',
      'saml_structure',
      xenc(
        /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>(?=<\/xenc:CipherData><\/xenc:EncryptedData>)/,
        '<xenc:CipherReference URI="http://127.0.0.1:9/"/>',
      ),
    ],
    ['content instead of an element', 'saml_structure', xenc('xmlenc#Element', 'xmlenc#Content')],
    ['two EncryptedData', 'saml_structure', xenc(/<xenc:EncryptedData.*<\/xenc:EncryptedData>/, '$&$&')],
    ['no encrypted key', 'saml_decryption', xenc(/<ds:KeyInfo.*<\/ds:KeyInfo>/, '')],
    ['a value that is not base64', 'saml_decryption', xenc(/<xenc:CipherValue>/g, '$&!')],
  ] as [string, string, Case][])('%s', async (_, code, how) => {
    expect(await verdict(await response(how), policy())).toBe(code);
  });

  const plain = assertionText({ assertionRoot: SAML }).replace('[[sign _a1]]', '');
  test.each([
    ['two assertions', plain + plain.replace('_a1', '_a2'), 'saml_structure'],
    ['something else', '<saml:Advice/>', 'saml_structure'],
    ['text beside it', `${plain}x`, 'saml_structure'],
    ['an escape from its place', `</plaintext>${plain}<plaintext>`, 'saml_structure'],
    [
      'an assertion within',
      plain.replace('<saml:AuthnStatement ', `<saml:Advice>${plain.replace('_a1', '_a2')}</saml:Advice>$&`),
      'saml_multiple_assertions',
    ],
    ['an ID of the response', plain.replace('_a1', '_r1'), 'saml_structure'],
    [
      'a signature elsewhere',
      plain.replace(
        '<saml:AuthnStatement ',
        '<saml:Advice><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></saml:Advice>$&',
      ),
      'saml_structure',
    ],
    ['a comment', plain.replace('alice', 'al<!-- -->ice'), 'saml_structure'],
    ['a document type', `<!DOCTYPE a>${plain}`, 'saml_dtd'],
  ])('a plaintext with %s, although it is covered', async (_, plaintext, code) => {
    expect(await verdict(await response({ plaintext: plain, outer: true }), policy())).toBe('accepted');
    expect(await verdict(await response({ plaintext, outer: true }), policy())).toBe(code);
  });
});
