/**
 * Wrapping by encryption, and what a connection may insist on besides. Anybody can encrypt to us, since our public key is
 * public: encryption never says who wrote something (SAML core §2.3.4).
 */
import { newId } from '#dev/saml/document.ts';
import { encryptText } from '#dev/saml/encryption.ts';
import { evil, type Forgery, insert, replaced, swap, textOf, unsigned, without } from './forgery.ts';
import { certificateOf, forged, type HonestOptions, honest, idOf, type Target } from './honest.ts';

const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';

function sealed(target: Target, assertion: string): Promise<string> {
  const declared = assertion.includes('xmlns:saml=')
    ? assertion
    : swap(assertion, '<saml:Assertion', `<saml:Assertion xmlns:saml="${SAML}"`);
  return encryptText(declared, { certificate: certificateOf(target) });
}

const ENCRYPTED: HonestOptions = { encrypt: {} };

export const ENCRYPTED_WRAPPING: readonly Forgery[] = [
  {
    words: 'an evil assertion in the clear beside the honest encrypted one',
    reasons: ['saml_multiple_assertions'],
    control: ENCRYPTED,
    forge: async (target) =>
      insert(await honest(target, ENCRYPTED), 'after', 'EncryptedAssertion', evil(textOf(forged(target), 'Assertion'))),
  },
  {
    words: 'an evil encrypted assertion beside the honest one',
    reasons: ['saml_multiple_assertions'],
    forge: async (target) =>
      insert(await honest(target), 'before', 'Assertion', await sealed(target, textOf(forged(target), 'Assertion'))),
  },
  {
    words: 'an evil assertion that is encrypted to us and signed by nobody',
    reasons: ['saml_signature'],
    control: ENCRYPTED,
    forge: async (target) => {
      const xml = forged(target);
      return replaced(xml, 'Assertion', await sealed(target, textOf(xml, 'Assertion')));
    },
  },
  {
    words: 'an evil encrypted assertion around the honest signed one',
    reasons: ['saml_multiple_assertions'],
    control: ENCRYPTED,
    forge: async (target) => {
      const xml = await honest(target);
      const assertion = textOf(xml, 'Assertion');
      return replaced(xml, 'Assertion', await sealed(target, insert(evil(assertion), 'last', 'Assertion', assertion)));
    },
  },
  {
    words: 'two assertions in one encrypted one',
    reasons: ['saml_structure', 'saml_multiple_assertions'],
    control: ENCRYPTED,
    forge: async (target) => {
      const xml = await honest(target);
      const assertion = textOf(xml, 'Assertion');
      return replaced(xml, 'Assertion', await sealed(target, evil(assertion) + assertion));
    },
  },
  {
    words: 'an encrypted assertion with the ID of the response',
    reasons: ['saml_structure'],
    control: ENCRYPTED,
    forge: (target) => {
      const id = newId();
      return honest(target, { ...ENCRYPTED, response: { id }, assertion: { id }, signature: { occurrence: 1 } });
    },
  },
  {
    words: 'an encrypted assertion that closes the element around it',
    reasons: ['saml_structure'],
    control: ENCRYPTED,
    forge: async (target) => {
      const xml = await honest(target);
      const closing = `</plaintext><plaintext xmlns:saml="${SAML}" xmlns:samlp="${SAMLP}">${textOf(xml, 'Assertion')}`;
      return replaced(xml, 'Assertion', await encryptText(closing, { certificate: certificateOf(target) }));
    },
  },
  {
    words: 'a changed encrypted assertion in a response whose signature no longer holds',
    reasons: ['saml_signature'],
    control: { sign: 'response', encrypt: {} },
    forge: async (target) => {
      const xml = await honest(target, { sign: 'response', encrypt: {} });
      const other = await sealed(target, textOf(forged(target), 'Assertion'));
      return replaced(xml, 'EncryptedAssertion', other);
    },
  },
];

/** What comes out of the encryption goes through the same rules as what came in the clear. */
function within(words: string, reasons: Forgery['reasons'], edit: (assertion: string) => string): Forgery {
  return {
    words: `encrypted: ${words}`,
    reasons,
    control: ENCRYPTED,
    forge: async (target) => {
      const xml = await honest(target);
      const plaintext = edit(textOf(xml, 'Assertion'));
      return replaced(xml, 'Assertion', await encryptText(plaintext, { certificate: certificateOf(target) }));
    },
  };
}

/** The encrypted assertion as it stands in the response, changed. */
function around(words: string, reasons: Forgery['reasons'], edit: (xml: string) => string): Forgery {
  const forge = async (target: Target) => edit(await honest(target, ENCRYPTED));
  return { words, reasons, control: ENCRYPTED, forge };
}

export const ENCRYPTED_RULES: readonly Forgery[] = [
  within('a changed assertion', ['saml_signature'], (text) => swap(text, '>alice@', '>admin@')),
  within('a document type', ['saml_dtd'], (text) => `<!DOCTYPE x [<!ENTITY a "b">]>${text}`),
  within('a comment in the NameID', ['saml_structure'], (text) => insert(text, 'last', 'NameID', '<!-- -->')),
  within('a processing instruction', ['saml_structure'], (text) => `<?a b?>${text}`),
  within('text that is no XML', ['saml_structure'], () => 'alice'),
  within('nothing', ['saml_encoding', 'saml_structure', 'saml_decryption'], () => ' '),
  within('an element that is no assertion', ['saml_structure'], (text) =>
    textOf(text, 'Subject').replaceAll('saml:', ''),
  ),
  within(
    'a whole response',
    ['saml_structure'],
    (text) => `<samlp:Response xmlns:samlp="${SAMLP}">${text}</samlp:Response>`,
  ),
  within('an ID that comes twice', ['saml_structure'], (text) =>
    insert(text, 'last', 'Subject', `<x ID="${idOf(text, 'Assertion')}"/>`),
  ),
  within('a second signature elsewhere', ['saml_structure'], (text) =>
    insert(text, 'last', 'Subject', textOf(text, 'Signature')),
  ),
  within('a second signature beside the first', ['saml_structure'], (text) =>
    insert(text, 'after', 'Signature', textOf(text, 'Signature')),
  ),
  within('a signature that is nowhere but in the subject', ['saml_structure'], (text) =>
    insert(unsigned(text, 'Assertion'), 'last', 'Subject', textOf(text, 'Signature')),
  ),
  within('a thousand elements', ['saml_structure'], (text) => insert(text, 'last', 'Subject', '<x/>'.repeat(1_000))),
  within('elements in elements', ['saml_structure'], (text) =>
    insert(text, 'last', 'Subject', '<x>'.repeat(100) + '</x>'.repeat(100)),
  ),
  around('an encrypted content that is called another type', ['saml_structure'], (xml) =>
    swap(xml, /Type="[^"]*#Element"/, 'Type="http://www.w3.org/2001/04/xmlenc#Content"'),
  ),
  around('five encrypted keys', ['saml_structure'], (xml) =>
    insert(xml, 'after', 'EncryptedKey', withoutIds(textOf(xml, 'EncryptedKey')).repeat(4)),
  ),
  around('no encrypted key', ['saml_decryption'], (xml) => without(xml, 'EncryptedKey')),
  around('two encrypted contents', ['saml_structure'], (xml) =>
    insert(xml, 'after', 'EncryptedData', withoutIds(textOf(xml, 'EncryptedData'))),
  ),
  around('a label of OAEP', ['saml_algorithm'], (xml) =>
    insert(xml, 'first', 'EncryptionMethod', '<xenc:OAEPparams>AAAA</xenc:OAEPparams>', 1),
  ),
  around('a cipher text that is to be fetched', ['saml_structure'], (xml) =>
    replaced(xml, 'CipherValue', '<xenc:CipherReference URI="http://127.0.0.1:9/cipher"/>', 1),
  ),
  around('two cipher values', ['saml_structure'], (xml) =>
    insert(xml, 'after', 'CipherValue', '<xenc:CipherValue>AAAA</xenc:CipherValue>', 1),
  ),
  around('a cipher value that is no base64', ['saml_decryption'], (xml) => insert(xml, 'first', 'CipherValue', '*', 1)),
  around('a cipher value that is empty', ['saml_decryption'], (xml) =>
    swap(xml, /(?<=<xenc:CipherValue>)[^<]*(?=<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/, ''),
  ),
  around('an encrypted assertion in the extensions beside the honest one', ['saml_multiple_assertions'], (xml) =>
    insert(
      xml,
      'before',
      'Status',
      `<samlp:Extensions>${withoutIds(textOf(xml, 'EncryptedAssertion'))}</samlp:Extensions>`,
    ),
  ),
];

function withoutIds(xml: string): string {
  return xml.replaceAll(/ Id="[^"]*"/g, '');
}

/** Only the assertion’s own signature will do there. */
export const STRICT_WRAPPING: readonly Forgery[] = [
  {
    words: 'an unsigned assertion in a signed response where assertions must be signed',
    reasons: ['saml_signature'],
    place: 'strict',
    control: { sign: 'both' },
    forge: (target) => honest(target, { sign: 'response' }),
  },
  {
    words: 'an unsigned encrypted assertion in a signed response where assertions must be signed',
    reasons: ['saml_signature'],
    place: 'strict',
    control: { sign: 'both', encrypt: {} },
    forge: (target) => honest(target, { sign: 'response', encrypt: {} }),
  },
  {
    words: 'an assertion in the clear where the connection wants it encrypted',
    reasons: ['saml_encryption_required'],
    place: 'secret',
    control: { sign: 'both', encrypt: {} },
    forge: (target) => honest(target, { sign: 'both' }),
  },
];
