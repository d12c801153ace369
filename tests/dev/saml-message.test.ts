/** What the development identity provider says and signs, judged by Debian's `xmlsec1`. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { PEOPLE } from '#dev/people.ts';
import { buildResponse, type ResponseOptions } from '#dev/saml/document.ts';
import type { Style } from '#dev/saml/element.ts';
import { DIGESTS, SIGNATURE_ALGORITHMS, TRANSFORMS } from '#dev/saml/names.ts';
import { type SignatureOptions, signElement } from '#dev/saml/signature.ts';
import { createSigningKey, type SigningKey } from '#dev/saml/signing-key.ts';
import { hasXmlsec, verifiesWithXmlsec } from './saml-xmlsec.ts';

const [ada = { subject: '', email: '', givenName: '', familyName: '' }] = PEOPLE;
const options: ResponseOptions = {
  idp: { entityId: 'https://idp.example/metadata' },
  sp: { entityId: 'https://sp.example/metadata', acsUrl: 'https://sp.example/acs' },
  person: ada,
  request: { id: '_request' },
  now: new Date('2030-01-01T00:00:00Z'),
  response: { id: '_response' },
  assertion: { id: '_assertion' },
};
const STYLES: Style[] = ['compact', 'pretty', 'default-namespace', 'declarations-on-root'];

let rsa: SigningKey;
let ec: SigningKey;
let other: SigningKey;
beforeAll(async () => {
  [rsa, ec, other] = await Promise.all([createSigningKey(), createSigningKey({ type: 'ec' }), createSigningKey()]);
});

describe('a response', () => {
  test('carries what the request and the service provider want', () => {
    const xml = buildResponse(options);
    expect(xml).toContain('Destination="https://sp.example/acs" InResponseTo="_request"');
    expect(xml).toContain('<saml:Audience>https://sp.example/metadata</saml:Audience>');
    expect(xml).toContain('NotOnOrAfter="2030-01-01T00:05:00.000Z" Recipient="https://sp.example/acs"');
    expect(xml).toContain('nameid-format:emailAddress">ada@acme.test</saml:NameID>');
    expect(xml).toContain('xsi:type="xs:string">engineering</saml:AttributeValue>');
  });

  test('leaves out what is null, and escapes what is text', () => {
    const xml = buildResponse({
      ...options,
      response: { inResponseTo: null, destination: null, issuer: null, statusCodes: ['a', 'b'], statusMessage: '<&>' },
      assertion: {
        conditions: null,
        nameId: { value: { xml: 'a<!-- -->b' }, format: null },
        authnStatements: [],
        attributes: [],
      },
    });
    expect(xml).not.toMatch(/Destination|Conditions|AuthnStatement|AttributeStatement/);
    expect(xml).toContain('<samlp:StatusCode Value="a"><samlp:StatusCode Value="b"/></samlp:StatusCode>');
    expect(xml).toContain('<samlp:StatusMessage>&#60;&#38;&#62;</samlp:StatusMessage>');
    expect(xml).toContain('>a<!-- -->b</saml:NameID>');
    expect(xml.match(/InResponseTo/g)).toHaveLength(1);
  });

  test('has as many assertions as asked for', () => {
    expect(buildResponse({ ...options, assertion: null })).not.toContain('Assertion ');
    expect(
      buildResponse({ ...options, assertion: [{ id: '_1' }, { id: '_2' }] }).match(/<saml:Assertion /g),
    ).toHaveLength(2);
  });
});

describe.skipIf(!hasXmlsec)('xmlsec1 agrees with the signature', () => {
  const sign = (more: Partial<SignatureOptions> = {}, style: Style = 'compact') =>
    signElement(buildResponse({ ...options, style }), { id: '_assertion', key: rsa, ...more });

  test.each(STYLES)('of assertion, response and both, written %p', async (style) => {
    const assertion = await sign({}, style);
    const response = await sign({ id: '_response' }, style);
    const both = await signElement(assertion, { id: '_response', key: rsa });
    expect(await verifiesWithXmlsec(assertion, rsa.certificate, '_assertion')).toBe(true);
    expect(await verifiesWithXmlsec(response, rsa.certificate, '_response')).toBe(true);
    expect(await verifiesWithXmlsec(both, rsa.certificate, '_assertion')).toBe(true);
    expect(await verifiesWithXmlsec(both, rsa.certificate, '_response')).toBe(true);
    expect(await verifiesWithXmlsec(both.replace('ada@', 'eve@'), rsa.certificate, '_assertion')).toBe(false);
    expect(await verifiesWithXmlsec(both, other.certificate, '_assertion')).toBe(false);
  });

  const { rsaSha1, rsaSha384, rsaSha512 } = SIGNATURE_ALGORITHMS;
  test.each([rsaSha1, rsaSha384, rsaSha512])('made with %p', async (algorithm) => {
    const xml = await sign({ algorithm, digest: DIGESTS.sha512 });
    expect(await verifiesWithXmlsec(xml, rsa.certificate, '_assertion')).toBe(true);
  });

  test.each(['P-256', 'P-384', 'P-521'] as const)('made on the curve %p', async (curve) => {
    const key = await createSigningKey({ type: 'ec', curve });
    for (const algorithm of [SIGNATURE_ALGORITHMS.ecdsaSha256, SIGNATURE_ALGORITHMS.ecdsaSha512]) {
      const xml = await sign({ key, algorithm });
      expect(await verifiesWithXmlsec(xml, key.certificate, '_assertion')).toBe(true);
    }
  });

  test.each(STYLES)('with every canonicalisation, written %p', async (style) => {
    const { enveloped, exclusive, ...methods } = TRANSFORMS;
    const { exclusiveWithComments, inclusive, inclusiveWithComments, inclusive11 } = methods;
    for (const method of [exclusive, exclusiveWithComments, inclusive, inclusiveWithComments, inclusive11]) {
      const xml = await sign({ transforms: [enveloped, method], c14n: method, key: ec }, style);
      expect({ method, good: await verifiesWithXmlsec(xml, ec.certificate, '_assertion') }).toEqual({
        method,
        good: true,
      });
    }
    for (const chain of [
      [inclusive, exclusive],
      [exclusive, inclusive],
    ]) {
      const xml = await sign({ transforms: [enveloped, ...chain] }, style);
      expect(await verifiesWithXmlsec(xml, rsa.certificate, '_assertion')).toBe(true);
    }
    const none = await sign({ transforms: [enveloped] }, style);
    expect(await verifiesWithXmlsec(none, rsa.certificate, '_assertion')).toBe(true);
  });

  test.each(STYLES)('with a prefix list, written %p', async (style) => {
    for (const prefixList of [['xs'], ['#default', 'samlp', 'xs', 'xsi']]) {
      const xml = await sign({ prefixList, lineLength: 64, prefix: '' }, style);
      expect(await verifiesWithXmlsec(xml, rsa.certificate, '_assertion')).toBe(true);
    }
  });

  test('wherever it stands', async () => {
    for (const position of ['first', 'last'] as const) {
      expect(await verifiesWithXmlsec(await sign({ position }), rsa.certificate, '_assertion')).toBe(true);
    }
  });

  test('only if nothing is bent', async () => {
    const bent: Partial<SignatureOptions>[] = [
      { digestValue: btoa('x'.repeat(32)) },
      { referenceUri: '#nowhere' },
      { key: other },
      { key: new TextEncoder().encode(rsa.certificate), algorithm: SIGNATURE_ALGORITHMS.hmacSha256 },
    ];
    for (const more of bent) {
      expect(await verifiesWithXmlsec(await sign(more), rsa.certificate, '_assertion')).toBe(false);
    }
    // a signature of the assertion, placed in the response: xmlsec1 doesn't mind, our verifier must
    expect(
      await verifiesWithXmlsec(
        await sign({ into: '_response', transforms: [TRANSFORMS.exclusive] }),
        rsa.certificate,
        '_response',
      ),
    ).toBe(true);
  });
});
