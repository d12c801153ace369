/** What is read from a verified assertion, and what an assertion may not say twice or at all. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { assertionText, type KeyPair, makeKeys, type ResponseParts, responseText, rsa, signed } from './signer.ts';
import { accepted, policyFor, verdict } from './verifying.ts';

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
let key: KeyPair;

beforeAll(async () => {
  key = await makeKeys(rsa());
});

/** The verdict on a response that says this and is signed in every way. */
async function verdicts(parts: ResponseParts): Promise<Set<string>> {
  const found = new Set<string>();
  for (const ids of [['_a1'], ['_r1'], ['_a1', '_r1']]) {
    found.add(await verdict(await signed(responseText(parts), ids, { key }), policyFor(key)));
  }
  return found;
}

async function assertionOf(parts: ResponseParts) {
  return (await accepted(await signed(responseText(parts), ['_a1'], { key }), policyFor(key))).assertion;
}

describe('attribute values', () => {
  const values = async (inner: string): Promise<readonly string[] | undefined> =>
    (await assertionOf({ attributes: `<saml:Attribute Name="a" NameFormat="f">${inner}</saml:Attribute>` }))
      .attributes[0]?.values;
  const value = (inner: string, attributes = ''): string =>
    `<saml:AttributeValue${attributes}>${inner}</saml:AttributeValue>`;

  test.each([
    ['none', '', []],
    ['plain, trimmed', value(' a\n') + value('b c'), ['a', 'b c']],
    ['no-break spaces stay', value('\u00a0a'), ['\u00a0a']],
    ['references resolved', value('&lt;&#x41;&amp;'), ['<A&']],
    ['empty', value(''), ['']],
    ['a NameID counts as its text', value('<saml:NameID Format="f"> x </saml:NameID>') + value('y'), ['x', 'y']],
    ['a NameID beside text does not', value('x<saml:NameID>y</saml:NameID>') + value('y'), ['y']],
    ['two NameIDs do not', value('<saml:NameID>x</saml:NameID><saml:NameID>y</saml:NameID>'), []],
    ['other elements do not', value('<x>x</x>') + value('y'), ['y']],
    ['nor elements within a NameID', value('<saml:NameID><x>x</x></saml:NameID>'), []],
    ['nil is no value', value('', ` ${XSI} xsi:nil="true"`) + value('', ` ${XSI} xsi:nil=" 1 "`) + value('y'), ['y']],
    ['unless it is false', value('x', ` ${XSI} xsi:nil="false"`), ['x']],
  ])('%s', async (_, inner, expected) => {
    expect(await values(inner)).toEqual(expected);
  });

  test('the name counts and never the friendly name; names may repeat', async () => {
    const attributes = '<saml:Attribute Name="a" FriendlyName="email"/><saml:Attribute Name="a" NameFormat="f"/>';
    expect((await assertionOf({ attributes })).attributes).toEqual([
      { name: 'a', values: [] },
      { name: 'a', nameFormat: 'f', values: [] },
    ]);
    expect(await verdicts({ attributes: '<saml:Attribute FriendlyName="email"/>' })).toEqual(
      new Set(['saml_structure']),
    );
  });

  test('encrypted attributes are passed over', async () => {
    expect(
      (await assertionOf({ attributes: '<saml:EncryptedAttribute><x/></saml:EncryptedAttribute>' })).attributes,
    ).toEqual([]);
  });
});

describe('conditions and subject', () => {
  test('audience restrictions are kept apart, conditions that nobody knows are named', async () => {
    const audience = (name: string): string => `<saml:Audience> ${name} </saml:Audience>`;
    const conditions = `<saml:Conditions><saml:AudienceRestriction>${audience('a')}${audience('b')}</saml:AudienceRestriction><saml:AudienceRestriction/><saml:OneTimeUse/><saml:ProxyRestriction Count="1"/><saml:Condition/><x:Moon xmlns:x="urn:x"/></saml:Conditions>`;
    expect((await assertionOf({ conditions })).conditions).toEqual({
      audienceRestrictions: [['a', 'b'], []],
      unknown: ['Condition', 'Moon'],
    });
    expect((await assertionOf({ conditions: '' })).conditions).toBeUndefined();
  });

  test('a subject may lack everything', async () => {
    expect(await assertionOf({ subject: '' })).toMatchObject({ subjectConfirmations: [] });
    const encrypted =
      '<saml:Subject><saml:EncryptedID><x/></saml:EncryptedID><saml:SubjectConfirmation Method="m"/></saml:Subject>';
    const assertion = await assertionOf({ subject: encrypted });
    expect(assertion.nameId).toBeUndefined();
    expect(assertion.subjectConfirmations).toEqual([{ method: 'm' }]);
  });

  const subject = (inner: string): string => `<saml:Subject>${inner}</saml:Subject>`;
  test.each([
    ['two subjects', { subject: subject('').repeat(2) }],
    ['two conditions', { conditions: '<saml:Conditions/><saml:Conditions/>' }],
    ['two issuers', { extra: '<saml:Issuer>x</saml:Issuer>' }],
    ['two names', { subject: subject('<saml:NameID>a</saml:NameID><saml:NameID>b</saml:NameID>') }],
    ['an element in the name', { subject: subject('<saml:NameID>a<x/></saml:NameID>') }],
    ['something unknown in the subject', { subject: subject('<x/>') }],
    ['something unknown in the assertion', { extra: '<x/>' }],
    ['text in the assertion', { extra: 'x' }],
  ])('%s', async (_, parts) => {
    expect(await verdicts(parts)).toEqual(new Set(['saml_structure']));
  });
});

describe('the assertion itself', () => {
  test.each([
    ['another version', 'Version="2.0"', 'Version="1.1"'],
    ['no version', ' Version="2.0"', ''],
    ['no date', ' IssueInstant="2030-01-01T00:00:00Z"', ''],
  ])('%s', async (_, from, to) => {
    const assertion = assertionText().replace(from, to);
    expect(assertion).not.toBe(assertionText());
    for (const ids of [['_a1'], ['_r1']]) {
      expect(await verdict(await signed(responseText({}, assertion), ids, { key }), policyFor(key))).toBe(
        'saml_structure',
      );
    }
  });

  test('no issuer is for others to refuse', async () => {
    const assertion = assertionText().replace('<saml:Issuer>https://idp.test</saml:Issuer>', '');
    const xml = await signed(responseText({}, assertion), ['_a1'], { key });
    expect((await accepted(xml, policyFor(key))).assertion.issuer).toBe('');
  });
});
