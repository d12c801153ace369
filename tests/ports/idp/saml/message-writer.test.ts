/** Our messages are in exclusive canonical form as they are written: libxml2 canonicalises them and finds nothing to do. */
import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { element, type OutgoingElement, writeElement } from '#ports/idp/saml/message-writer.ts';
import { canonical } from './canonical.ts';

test('namespaces where they are first used, attributes by name, no empty-element tags', () => {
  const written = writeElement(
    element(
      'samlp:AuthnRequest',
      { Version: '2.0', ID: '_1', Destination: undefined },
      element('saml:Issuer', {}, 'us'),
      undefined,
      false,
      element('samlp:Inner', {}, element('saml:A'), element('saml:B', {}, element('saml:C'))),
    ),
  );
  expect(written).toBe(
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0">' +
      '<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">us</saml:Issuer><samlp:Inner>' +
      '<saml:A xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"></saml:A>' +
      '<saml:B xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><saml:C></saml:C></saml:B>' +
      '</samlp:Inner></samlp:AuthnRequest>',
  );
  expect(canonical(written)).toBe(written);
});

test('what canonical form escapes, in text and in attributes', () => {
  const text = `a & b < c > d " e ' f \t g \n h \r i \r\n j é 漢 😀 ]]> &amp;`;
  const written = writeElement(element('saml:Issuer', { Format: text }, text));
  expect(written).toContain('Format="a &amp; b &lt; c > d &quot; e \' f &#x9; g &#xA; h &#xD; i &#xD;&#xA; j');
  expect(written).toContain('>a &amp; b &lt; c &gt; d " e \' f \t g \n h &#xD; i &#xD;\n j');
  expect(canonical(written)).toBe(written);
});

const PREFIXES = ['ds', 'md', 'saml', 'samlp'] as const;
const xmlText = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((text) => !/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text));
const spicyText = fc.array(fc.constantFrom('&', '<', '>', '"', "'", '\t', '\n', '\r', ' ', ']]>', 'x'), {
  maxLength: 6,
});
const anyText = fc.oneof(
  xmlText,
  spicyText.map((parts) => parts.join('')),
);
const { tree } = fc.letrec<{ tree: OutgoingElement }>((tie) => ({
  tree: fc
    .record({
      prefix: fc.constantFrom(...PREFIXES),
      attributes: fc.dictionary(
        fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,5}$/).filter((name) => !/^xml/i.test(name)),
        anyText,
        { maxKeys: 4 },
      ),
      children: fc.array(fc.oneof({ depthSize: 'small' }, anyText, tie('tree')), { maxLength: 4 }),
    })
    .map(({ prefix, attributes, children }) => element(`${prefix}:E`, { ...attributes }, ...children)),
}));

test('any tree is canonical as written', () => {
  fc.assert(
    fc.property(tree, (root) => {
      const written = writeElement(root);
      expect(canonical(written)).toBe(written);
    }),
    { numRuns: 500 },
  );
});

test.each(['\u0000', '\u0008', '\u001f', '\ufffe', '\uffff', '\ud800', '\udc00x'])(
  'a character XML has not: %j',
  (text) => {
    const refusal = expect.objectContaining({ code: 'connection_misconfigured' });
    expect(() => writeElement(element('saml:Issuer', {}, text))).toThrow(refusal);
    expect(() => writeElement(element('saml:Issuer', { Format: text }))).toThrow(refusal);
  },
);
