/** The signature profile: which algorithms and keys, and the one form that a signature may have. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { assertionText, type KeyPair, makeKeys, responseText, rsa, type SignOptions, signed } from './signer.ts';
import { policyFor, verdict } from './verifying.ts';

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const ENC = 'http://www.w3.org/2001/04/xmlenc#';
let key: KeyPair;
let other: KeyPair;

beforeAll(async () => {
  [key, other] = await Promise.all([makeKeys(rsa()), makeKeys(rsa())]);
});

async function verdictOn(options: Partial<SignOptions>, ids = ['_a1'], text = responseText()): Promise<string> {
  return verdict(await signed(text, ids, { key, ...options }), policyFor(key));
}

describe('algorithms', () => {
  test.each([
    [rsa('SHA-256'), `${MORE}rsa-sha256`, 'RSASSA-PKCS1-v1_5'],
    [rsa('SHA-384'), `${MORE}rsa-sha384`, 'RSASSA-PKCS1-v1_5'],
    [rsa('SHA-512'), `${MORE}rsa-sha512`, 'RSASSA-PKCS1-v1_5'],
    [{ name: 'ECDSA', namedCurve: 'P-256' }, `${MORE}ecdsa-sha256`, { name: 'ECDSA', hash: 'SHA-256' }],
    [{ name: 'ECDSA', namedCurve: 'P-384' }, `${MORE}ecdsa-sha384`, { name: 'ECDSA', hash: 'SHA-384' }],
    [{ name: 'ECDSA', namedCurve: 'P-521' }, `${MORE}ecdsa-sha512`, { name: 'ECDSA', hash: 'SHA-512' }],
    [{ name: 'ECDSA', namedCurve: 'P-384' }, `${MORE}ecdsa-sha256`, { name: 'ECDSA', hash: 'SHA-256' }],
  ] as const)('%j with %s', async (kind, algorithm, how) => {
    const pair = await makeKeys(kind);
    const xml = await signed(responseText(), ['_a1'], { key: pair, algorithm, sign: how });
    expect(await verdict(xml, policyFor(pair))).toBe('accepted');
    expect(await verdict(xml, policyFor(key))).toBe('saml_signature');
  });

  test.each([
    ['SHA-256', `${ENC}sha256`],
    ['SHA-384', `${MORE}sha384`],
    ['SHA-512', `${ENC}sha512`],
  ])('digest %s', async (digest, digestAlgorithm) => {
    expect(await verdictOn({ digest, digestAlgorithm })).toBe('accepted');
  });

  test('SHA-1, MD5, HMAC, PSS and unknown ones are refused although the signature is right', async () => {
    const sha1 = await makeKeys(rsa('SHA-1'));
    const old = await signed(responseText(), ['_a1'], {
      key: sha1,
      algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    });
    expect(await verdict(old, policyFor(sha1))).toBe('saml_algorithm');
    expect(await verdictOn({ digest: 'SHA-1', digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' })).toBe(
      'saml_algorithm',
    );
    for (const name of ['rsa-md5', 'hmac-sha256', 'rsa-sha224']) {
      expect(await verdictOn({ algorithm: `${MORE}${name}` })).toBe('saml_algorithm');
    }
    const pss = await makeKeys({ ...rsa(), name: 'RSA-PSS' });
    const algorithm = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';
    const xml = await signed(responseText(), ['_a1'], {
      key: pss,
      algorithm,
      sign: { name: 'RSA-PSS', saltLength: 32 },
    });
    expect(await verdict(xml, policyFor(pss))).toBe('saml_algorithm');
    const hmac = await crypto.subtle.importKey(
      'raw',
      Uint8Array.fromBase64(key.spki),
      { name: 'HMAC', hash: 'SHA-1' },
      false,
      ['sign'],
    );
    const confused = { ...key, privateKey: hmac };
    expect(
      await verdictOn({ key: confused, sign: 'HMAC', algorithm: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1' }),
    ).toBe('saml_algorithm');
  });

  test('a key of 1024 bits matches nothing', async () => {
    const weak = await makeKeys(rsa('SHA-256', 1024));
    expect(await verdict(await signed(responseText(), ['_a1'], { key: weak }), policyFor(weak))).toBe('saml_signature');
  });
});

describe('keys', () => {
  test('one of the connection’s, whichever', async () => {
    const xml = await signed(responseText(), ['_a1'], { key });
    expect(await verdict(xml, policyFor(key, { publicKeys: ['rubbish', other.spki, key.spki] }))).toBe('accepted');
    expect(await verdict(xml, policyFor(key, { publicKeys: [other.spki] }))).toBe('saml_signature');
    expect(await verdict(xml, policyFor(key, { publicKeys: [] }))).toBe('saml_signature');
  });

  test('never one that the signature brings along', async () => {
    const keyInfo = `<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue>${key.spki}</ds:RSAKeyValue></ds:KeyValue><ds:RetrievalMethod URI="http://127.0.0.1:9/"/></ds:KeyInfo>`;
    const signature = (text: string): string => text.replace('</ds:SignatureValue>', `$&${keyInfo}`);
    expect(await verdictOn({ signature })).toBe('accepted');
    expect(await verdictOn({ signature, key: other })).toBe('saml_signature');
  });
});

describe('changes after signing', () => {
  test.each([
    ['the name', 'alice</saml:NameID>', 'admin</saml:NameID>'],
    ['an attribute', 'group-0-', 'admin-0-'],
    ['white space', '<saml:Subject>', ' <saml:Subject>'],
    ['an attribute more', '<saml:Subject>', '<saml:Subject x="y">'],
  ])('%s', async (_, from, to) => {
    for (const ids of [['_a1'], ['_r1'], ['_a1', '_r1']]) {
      const xml = await signed(responseText(), ids, { key });
      expect(await verdict(xml, policyFor(key))).toBe('accepted');
      expect(await verdict(xml.replace(from, to), policyFor(key))).toBe('saml_signature');
    }
  });

  test('the signature value', async () => {
    const flip = (text: string): string =>
      text.replace(/<ds:SignatureValue>(.)/, (_, first) => `<ds:SignatureValue>${first === 'A' ? 'B' : 'A'}`);
    expect(await verdictOn({ signature: flip })).toBe('saml_signature');
    expect(
      await verdictOn({ signature: (text) => text.replace(/(<ds:SignatureValue>).*(<\/ds:SignatureValue>)/, '$1$2') }),
    ).toBe('saml_signature');
    const wrap = (text: string): string =>
      text.replace(/(?<=<ds:SignatureValue>)[^<]*/, (value) => `\n${value.replace(/.{64}/g, '$&\n  ')}\n`);
    expect(await verdictOn({ signature: wrap })).toBe('accepted');
  });

  test('both signatures must hold', async () => {
    const by = (inner: KeyPair, outer: KeyPair) =>
      signed(responseText(), ['_a1', '_r1'], (id) => ({ key: id === '_a1' ? inner : outer }));
    expect(await verdict(await by(key, key), policyFor(key))).toBe('accepted');
    expect(await verdict(await by(other, key), policyFor(key))).toBe('saml_signature');
    expect(await verdict(await by(key, other), policyFor(key))).toBe('saml_signature');
  });
});

describe('the form of SignedInfo, rightly signed', () => {
  const rewrite = (from: string | RegExp, to: string) => ({ signedInfo: (text: string) => text.replace(from, to) });
  const reference = /<ds:Reference.*<\/ds:Reference>/;

  test.each([
    ['URI of another element', 'saml_signature', { uri: '#_r1' }],
    ['URI of nothing', 'saml_signature', { uri: '#_x' }],
    ['empty URI', 'saml_signature', { uri: '' }],
    ['XPointer to the root', 'saml_signature', { uri: '#xpointer(/)' }],
    ['XPointer to the ID', 'saml_signature', { uri: `#xpointer(id('_a1'))` }],
    ['a URL', 'saml_signature', { uri: 'http://127.0.0.1:9/#_a1' }],
    ['no URI', 'saml_signature', rewrite(/ URI="[^"]*"/, '')],
    ['no reference', 'saml_structure', rewrite(reference, '')],
    ['two references', 'saml_structure', rewrite(reference, '$&$&')],
    [
      'another order',
      'saml_structure',
      rewrite(/(<ds:SignatureMethod.*?\/>)(<ds:Reference.*<\/ds:Reference>)/, '$2$1'),
    ],
    ['something foreign', 'saml_structure', rewrite('<ds:SignedInfo>', '<ds:SignedInfo><x/>')],
    ['text between', 'saml_structure', rewrite('<ds:SignedInfo>', '<ds:SignedInfo>x')],
    ['no transforms', 'saml_structure', rewrite(/<ds:Transforms>.*<\/ds:Transforms>/, '')],
    ['one transform', 'saml_algorithm', rewrite(/<ds:Transform Algorithm="[^"]*#enveloped-signature"\/>/, '')],
    [
      'the transforms turned',
      'saml_algorithm',
      rewrite(
        /(<ds:Transform Algorithm="[^"]*#enveloped-signature"\/>)(<ds:Transform .*)(<\/ds:Transforms>)/,
        '$2$1$3',
      ),
    ],
    [
      'a third transform',
      'saml_algorithm',
      rewrite('</ds:Transforms>', '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>$&'),
    ],
    ['enveloped twice', 'saml_algorithm', rewrite(/<ds:Transform Algorithm="[^"]*#enveloped-signature"\/>/, '$&$&')],
    [
      'an XPath transform',
      'saml_algorithm',
      rewrite(
        '<ds:Transforms>',
        '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>true()</ds:XPath></ds:Transform>',
      ),
    ],
    [
      'XSLT instead',
      'saml_algorithm',
      rewrite('http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/TR/1999/REC-xslt-19991116'),
    ],
    [
      'base64 instead',
      'saml_algorithm',
      rewrite('http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2000/09/xmldsig#base64'),
    ],
    [
      'inclusive C14N of the content',
      'saml_algorithm',
      rewrite(/xml-exc-c14n#"><\/ds:Transform>/, 'x"></ds:Transform>'),
    ],
    [
      'inclusive C14N of SignedInfo',
      'saml_algorithm',
      rewrite('http://www.w3.org/2001/10/xml-exc-c14n#"/>', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'),
    ],
    [
      'HMACOutputLength',
      'saml_algorithm',
      rewrite(/(<ds:SignatureMethod [^>]*)\/>/, '$1><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>'),
    ],
    ['an element in the digest', 'saml_structure', rewrite('<ds:DigestValue>', '<ds:DigestValue><x/>')],
    ['digest that is not base64', 'saml_signature', rewrite('<ds:DigestValue>', '<ds:DigestValue>!')],
    [
      'empty digest',
      'saml_signature',
      rewrite(/<ds:DigestValue>.*<\/ds:DigestValue>/, '<ds:DigestValue></ds:DigestValue>'),
    ],
  ] as const)('%s', async (_, code, options) => {
    expect(await verdictOn({})).toBe('accepted');
    expect(await verdictOn(options)).toBe(code);
  });
});

describe('the form of the signature', () => {
  const rewrite = (from: string | RegExp, to: string) => ({ signature: (text: string) => text.replace(from, to) });

  test.each([
    ['an object', rewrite('</ds:SignatureValue>', '$&<ds:Object/>')],
    ['a manifest', rewrite('</ds:SignatureValue>', '$&<ds:Object><ds:Manifest/></ds:Object>')],
    ['two SignedInfo', rewrite(/<ds:SignedInfo>.*<\/ds:SignedInfo>/, '$&$&')],
    ['two values', rewrite(/<ds:SignatureValue>.*<\/ds:SignatureValue>/, '$&$&')],
    ['no value', rewrite(/<ds:SignatureValue>.*<\/ds:SignatureValue>/, '')],
    ['an element in the value', rewrite('<ds:SignatureValue>', '<ds:SignatureValue><x/>')],
    ['two signatures', rewrite(/^.*$/, '$&$&')],
    ['a signature within', rewrite('</ds:SignatureValue>', '$&<ds:KeyInfo><ds:Signature/></ds:KeyInfo>')],
  ] as const)('%s', async (_, options) => {
    expect(await verdictOn(options)).toBe('saml_structure');
  });
});

describe('namespaces', () => {
  const root = ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:x="urn:x" xmlns="urn:default"';

  test.each([['xs'], ['xs x'], ['#default xs'], ['x unknown saml']])(
    'inclusive prefixes %s, declared far away',
    async (list) => {
      const prefixes = list.split(' ');
      for (const ids of [['_a1'], ['_r1'], ['_a1', '_r1']]) {
        expect(await verdictOn({ prefixes }, ids, responseText({ root }))).toBe('accepted');
      }
    },
  );

  test('a rebound inclusive prefix breaks the signature', async () => {
    const xml = await signed(responseText({ root }), ['_a1'], { key, prefixes: ['x'] });
    expect(await verdict(xml, policyFor(key))).toBe('accepted');
    expect(await verdict(xml.replace('xmlns:x="urn:x"', 'xmlns:x="urn:y"'), policyFor(key))).toBe('saml_signature');
  });

  test('a list of prefixes is bounded', async () => {
    const prefixes = Array.from({ length: 17 }, (_, index) => `p${index}`);
    expect(await verdictOn({ prefixes: prefixes.slice(1) })).toBe('accepted');
    expect(await verdictOn({ prefixes })).toBe('saml_structure');
  });

  test('no canonical form is a refusal, also with the digest of nothing', async () => {
    const nothing = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array())).toBase64();
    const xml = await signed(responseText(), ['_a1'], {
      key,
      signedInfo: (text) =>
        text.replace(/<ds:DigestValue>.*<\/ds:DigestValue>/, `<ds:DigestValue>${nothing}</ds:DigestValue>`),
    });
    const voided = xml.replace('<saml:AttributeStatement>', '<saml:AttributeStatement xmlns:v="relative/path">');
    expect(voided).not.toBe(xml);
    expect(await verdict(voided, policyFor(key))).toBe('saml_signature');
  });
});

test('an unsigned response is refused, and an unsigned assertion where it must be signed', async () => {
  const text = responseText({}, assertionText());
  const plain = await signed(text, [], { key });
  const outer = await signed(text, ['_r1'], { key });
  const inner = await signed(text, ['_a1'], { key });
  const strict = policyFor(key, { wantAssertionsSigned: true });
  expect(await verdict(plain, policyFor(key))).toBe('saml_signature');
  expect(await verdict(outer, policyFor(key))).toBe('accepted');
  expect(await verdict(outer, strict)).toBe('saml_signature');
  expect(await verdict(inner, strict)).toBe('accepted');
});
