/**
 * Signature wrapping (Somorovsky et al., "On Breaking SAML", 2012): what was signed is still in the document, and
 * somebody else is where an application looks. A document that carries a second identity is refused, whoever it names.
 */
import { newId } from '#dev/saml/document.ts';
import { signElement } from '#dev/saml/signature.ts';
import { asAdmin, evil, type Forgery, find, insert, replaced, textOf, unsigned, WRAPPED, without } from './forgery.ts';
import { honest, idOf, type Signing, signed, type Target } from './honest.ts';

const ALL: readonly Signing[] = ['assertion', 'response', 'both'];

/** One forgery for each way the honest document is signed. */
function each(
  words: string,
  signings: readonly Signing[],
  edit: (xml: string, target: Target) => string | Promise<string>,
  reasons: Forgery['reasons'] = WRAPPED,
): Forgery[] {
  return signings.map((sign) => ({
    words: `${words} (signed: ${sign})`,
    reasons,
    control: { sign },
    forge: async (target) => edit(await honest(target, { sign }), target),
  }));
}

const ROOTS: readonly Forgery[] = [
  ...each('the signed response inside the signature of an evil one', ['response', 'both'], (xml) => {
    const evilRoot = evil(xml);
    const signature = insert(textOf(xml, 'Signature'), 'last', 'Signature', unsigned(xml, 'Response'));
    return insert(evilRoot, 'after', 'Issuer', signature);
  }),
  ...each('the signed response beside its signature in an evil one', ['response', 'both'], (xml) =>
    insert(evil(xml), 'after', 'Issuer', unsigned(xml, 'Response') + textOf(xml, 'Signature')),
  ),
  ...each('the signed response as the last child of an evil one that took its signature', ['response', 'both'], (xml) =>
    insert(
      insert(evil(xml), 'after', 'Issuer', textOf(xml, 'Signature')),
      'last',
      'Response',
      unsigned(xml, 'Response'),
    ),
  ),
  ...each('the signed response in the extensions of an evil one', ['response', 'both'], (xml) =>
    insert(evil(xml), 'before', 'Status', `<samlp:Extensions>${xml}</samlp:Extensions>`),
  ),
  ...each('a signed response around an evil root that took its ID', ['response', 'both'], (xml) =>
    insert(evil(xml, idOf(xml, 'Response')), 'before', 'Status', `<samlp:Extensions>${xml}</samlp:Extensions>`),
  ),
  ...each('an evil assertion as the document', ALL, (xml) => evil(textOf(xml, 'Assertion'))),
  ...each('the signed assertion as the document', ['assertion', 'both'], (xml) => textOf(xml, 'Assertion')),
  ...each('an evil assertion as the document, the honest one within', ['assertion', 'both'], (xml) =>
    insert(evil(textOf(xml, 'Assertion')), 'last', 'Assertion', textOf(xml, 'Assertion')),
  ),
  ...each(
    'a response in an envelope of SOAP',
    ALL,
    (xml) =>
      `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${xml}</soap:Body></soap:Envelope>`,
  ),
  ...each('an honest response under another name', ['assertion'], (xml) =>
    xml.replaceAll('samlp:Response', 'samlp:ArtifactResponse'),
  ),
  ...each('an honest response in another namespace', ['assertion'], (xml) =>
    xml.replaceAll('samlp:Response', 'x:Response').replace('<x:Response ', '<x:Response xmlns:x="urn:x" '),
  ),
  ...each(
    'a root of that name in no namespace',
    ALL,
    (xml) => `<Response ID="${newId()}" Version="2.0">${xml}</Response>`,
  ),
];

const SIBLINGS: readonly Forgery[] = [
  ...each('an evil assertion before the honest one', ALL, (xml) =>
    insert(xml, 'before', 'Assertion', evil(textOf(xml, 'Assertion'))),
  ),
  ...each('an evil assertion after the honest one', ALL, (xml) =>
    insert(xml, 'after', 'Assertion', evil(textOf(xml, 'Assertion'))),
  ),
  ...each('an evil assertion of the same ID before the honest one', ALL, (xml) =>
    insert(xml, 'before', 'Assertion', evil(textOf(xml, 'Assertion'), idOf(xml, 'Assertion'))),
  ),
  ...each('an evil assertion of the same ID after the honest one', ALL, (xml) =>
    insert(xml, 'after', 'Assertion', evil(textOf(xml, 'Assertion'), idOf(xml, 'Assertion'))),
  ),
  ...each('an evil assertion with the response’s ID', ALL, (xml) =>
    replaced(xml, 'Assertion', evil(textOf(xml, 'Assertion'), idOf(xml, 'Response'))),
  ),
  ...each('an evil assertion that took the signature, the honest one at the end', ['assertion', 'both'], (xml) => {
    const [assertion, signature] = [textOf(xml, 'Assertion'), textOf(textOf(xml, 'Assertion'), 'Signature')];
    const thief = insert(evil(assertion), 'after', 'Issuer', signature);
    return replaced(xml, 'Assertion', thief + unsigned(assertion, 'Assertion'));
  }),
  ...each('an evil assertion that took the signature, and the ID with it', ['assertion', 'both'], (xml) =>
    replaced(xml, 'Assertion', asAdmin(textOf(xml, 'Assertion'))),
  ),
  ...each('an assertion of the first version of SAML beside the honest one', ALL, (xml) =>
    insert(
      xml,
      'before',
      'Assertion',
      '<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:1.0:assertion" AssertionID="_x"/>',
    ),
  ),
];

const NESTED: readonly Forgery[] = [
  ...each('an evil assertion around the honest one', ['assertion', 'both'], (xml) => {
    const assertion = textOf(xml, 'Assertion');
    return replaced(xml, 'Assertion', insert(evil(assertion), 'last', 'Assertion', assertion));
  }),
  ...each('the honest assertion within the signature that an evil one took', ['assertion', 'both'], (xml) => {
    const [assertion, signature] = [textOf(xml, 'Assertion'), textOf(textOf(xml, 'Assertion'), 'Signature')];
    const holder = insert(signature, 'last', 'Signature', unsigned(assertion, 'Assertion'));
    return replaced(xml, 'Assertion', insert(evil(assertion), 'after', 'Issuer', holder));
  }),
  ...each('the honest assertion within an Object of that signature', ['assertion', 'both'], (xml) => {
    const [assertion, signature] = [textOf(xml, 'Assertion'), textOf(textOf(xml, 'Assertion'), 'Signature')];
    const object = `<ds:Object>${unsigned(assertion, 'Assertion')}</ds:Object>`;
    const holder = insert(signature, 'last', 'Signature', object);
    return replaced(xml, 'Assertion', insert(evil(assertion), 'after', 'Issuer', holder));
  }),
  ...each('an evil assertion of the same ID in the extensions', ALL, (xml) =>
    insert(
      xml,
      'before',
      'Status',
      `<samlp:Extensions>${evil(textOf(xml, 'Assertion'), idOf(xml, 'Assertion'))}</samlp:Extensions>`,
    ),
  ),
  ...each('the honest assertion in the extensions, an evil one in its place', ['assertion', 'both'], (xml) => {
    const assertion = textOf(xml, 'Assertion');
    const extensions = `<samlp:Extensions>${assertion}</samlp:Extensions>`;
    return insert(replaced(xml, 'Assertion', evil(assertion)), 'before', 'Status', extensions);
  }),
  ...each('an evil assertion in a detail of the status', ALL, (xml) =>
    insert(xml, 'last', 'Status', `<samlp:StatusDetail>${evil(textOf(xml, 'Assertion'))}</samlp:StatusDetail>`),
  ),
  ...each('the signature of the assertion at the response, an evil assertion below', ['assertion'], (xml) => {
    const signature = textOf(xml, 'Signature');
    const moved = insert(unsigned(xml, 'Assertion'), 'after', 'Issuer', signature);
    return replaced(moved, 'Assertion', evil(textOf(moved, 'Assertion')));
  }),
  ...each('the signature of the assertion at the response, the honest assertion below', ['assertion'], (xml) =>
    insert(unsigned(xml, 'Assertion'), 'after', 'Issuer', textOf(xml, 'Signature')),
  ),
  ...each('the signature of the response at the assertion', ['response'], (xml) =>
    insert(unsigned(xml, 'Response'), 'after', 'Issuer', textOf(xml, 'Signature'), 1),
  ),
  ...advice(1),
  ...advice(2),
];

/** An assertion may advise with others (SAML core §2.6.1): not to us. */
function advice(count: 1 | 2): Forgery[] {
  const within = (xml: string) => {
    const assertion = textOf(xml, 'Assertion');
    const more = count === 2 ? evil(assertion) : '';
    const advised = `<saml:Advice>${more}${assertion}</saml:Advice>`;
    return replaced(xml, 'Assertion', insert(evil(assertion), 'after', 'Conditions', advised));
  };
  return [
    ...each(`the honest assertion among ${count} in the advice of an evil one`, ['assertion', 'both'], within),
    {
      words: `the honest assertion among ${count} in the advice of an evil one that somebody else signed`,
      reasons: WRAPPED,
      forge: async (target) => {
        const wrapped = within(await honest(target));
        return signed(target, wrapped, 'Assertion', { key: target.keys.attacker });
      },
    },
  ];
}

/** Two signatures in one place, or the wrong element’s. */
const SIGNATURES: readonly Forgery[] = [
  ...each('a second signature beside the first', ['assertion', 'response'], async (xml, target) => {
    const name = find(xml, 'Signature').depth === 1 ? 'Response' : 'Assertion';
    return signElement(xml, { id: idOf(xml, name), key: target.keys.attacker, position: 'last' });
  }),
  ...each('three signatures', ['both'], (xml) => insert(xml, 'last', 'Status', textOf(xml, 'Signature'))),
  ...each(
    'a copy of the signature in the extensions',
    ['assertion'],
    (xml) => insert(xml, 'before', 'Status', `<samlp:Extensions>${textOf(xml, 'Signature')}</samlp:Extensions>`),
    ['saml_structure'],
  ),
  ...each(
    'somebody’s signature of the advice within a signed assertion',
    ['none'],
    async (xml, target) => {
      const advised = insert(xml, 'after', 'Conditions', '<saml:Advice><x ID="_x"><y/></x></saml:Advice>');
      const own = await signElement(advised, { id: '_x', key: target.keys.attacker });
      return signed(target, own, 'Assertion');
    },
    ['saml_structure'],
  ),
  ...each('a signature within the subject', ['assertion'], (xml) =>
    insert(unsigned(xml, 'Assertion'), 'last', 'Subject', textOf(xml, 'Signature')),
  ),
  ...each('a response signed by the provider around an assertion signed by somebody else', ['none'], (xml, target) =>
    signed(target, xml, 'Assertion', { key: target.keys.attacker }).then((text) => signed(target, text, 'Response')),
  ),
  ...each(
    'a response signed by somebody else around an assertion signed by the provider',
    ['assertion'],
    (xml, target) => signed(target, xml, 'Response', { key: target.keys.attacker }),
  ),
  ...each('the assertion taken out', ALL, (xml) => without(xml, 'Assertion')),
].map((forgery) => (forgery.control?.sign === 'none' ? { ...forgery, control: { sign: 'both' as const } } : forgery));

export const WRAPPING: readonly Forgery[] = [...ROOTS, ...SIBLINGS, ...NESTED, ...SIGNATURES];
