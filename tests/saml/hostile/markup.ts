/**
 * Texts that two parsers would read as two documents, or that cost one of them dear (OWASP XML Security; XML 1.0
 * §2.8, §4.3.3). Each stands around an honest document where that is possible, so that nothing else can be the reason.
 */
import { asAdmin, type Forgery, insert, replaced, swap, textOf } from './forgery.ts';
import { ALICE, forged, honest, signed, type Target } from './honest.ts';
import type { Message } from './stage.ts';

type Edit = (xml: string, target: Target) => Message | Promise<Message>;

function honestBut(words: string, reasons: Forgery['reasons'], edit: Edit): Forgery {
  return { words, reasons, forge: async (target) => edit(await honest(target), target) };
}

/** Signed as it stands, as far as a signer can. */
function drafted(words: string, reasons: Forgery['reasons'], draft: (xml: string) => string): Forgery {
  return { words, reasons, forge: (target) => honest(target, { draft }) };
}

/** Canaries of the file system and the network: neither is asked. */
export function documentTypes(listener: () => string): readonly Forgery[] {
  const DTD = ['saml_dtd'] as const;
  const before = (words: string, doctype: () => string): Forgery =>
    honestBut(words, DTD, (xml) => `${doctype()}${xml}`);
  const lol = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
  const named = (xml: string) => swap(xml, ALICE.email, '&name;');
  return [
    before('an empty document type', () => '<!DOCTYPE Response>'),
    before('a document type in small letters', () => '<!doctype Response>'),
    before('a document type with a subset', () => '<!DOCTYPE Response [<!ELEMENT Response ANY>]>'),
    before('a document type behind ten thousand spaces', () => `${' '.repeat(10_000)}<!DOCTYPE Response>`),
    before('a document type behind an XML declaration', () => '<?xml version="1.0"?>\n<!DOCTYPE Response>'),
    honestBut('a document type behind a byte order mark', DTD, (xml) => `\ufeff<!DOCTYPE Response>${xml}`),
    honestBut('a document type in UTF-16, little end first', DTD, (xml) =>
      utf16(`\ufeff<!DOCTYPE Response>${xml}`, true),
    ),
    honestBut('a document type in UTF-16, big end first', DTD, (xml) =>
      utf16(`\ufeff<!DOCTYPE Response>${xml}`, false),
    ),
    honestBut('a document type in EBCDIC', DTD, (xml) => ebcdic(`<!DOCTYPE Response>${xml}`)),
    honestBut('a document type within the root', DTD, (xml) => insert(xml, 'first', 'Response', '<!DOCTYPE x>')),
    before('an entity from a file', () => '<!DOCTYPE Response [<!ENTITY name SYSTEM "file:///etc/passwd">]>'),
    honestBut(
      'an entity from a file, used',
      DTD,
      (xml) => `<!DOCTYPE Response [<!ENTITY name SYSTEM "file:///etc/passwd">]>${named(xml)}`,
    ),
    honestBut(
      'an entity from the network, used',
      DTD,
      (xml) => `<!DOCTYPE Response [<!ENTITY name SYSTEM "${listener()}/entity">]>${named(xml)}`,
    ),
    before(
      'a parameter entity from the network',
      () => `<!DOCTYPE Response [<!ENTITY % remote SYSTEM "${listener()}/remote.dtd"> %remote;]>`,
    ),
    before('a document type from the network', () => `<!DOCTYPE Response SYSTEM "${listener()}/saml.dtd">`),
    honestBut(
      'an entity that says who it is',
      DTD,
      (xml) => `<!DOCTYPE Response [<!ENTITY name "admin">]>${named(xml)}`,
    ),
    honestBut(
      'entities that multiply',
      DTD,
      (xml) => `<!DOCTYPE Response [<!ENTITY l0 "lol">${lol.join('')}<!ENTITY name "&l9;">]>${named(xml)}`,
    ),
    honestBut(
      'a large entity, many times',
      DTD,
      (xml) =>
        `<!DOCTYPE Response [<!ENTITY name "${'a'.repeat(40_000)}">]>${swap(xml, ALICE.email, '&name;'.repeat(4_000))}`,
    ),
    before(
      'an attribute list that moves the signature’s namespace',
      () => '<!DOCTYPE Response [<!ATTLIST Signature xmlns CDATA #FIXED "http://www.w3.org/2000/09/xmldsig#">]>',
    ),
    before(
      'an attribute list that makes other attributes IDs',
      () => '<!DOCTYPE Response [<!ATTLIST Attribute Name ID #IMPLIED>]>',
    ),
    honestBut(
      'a document type with quotes that hide a copy from another parser',
      DTD,
      (xml, target) =>
        `<!DOCTYPE Response [<!ENTITY a "'"><!-- ' -->]><!--' ]>${xml.replaceAll('--', '')}<![CDATA[-->${asAdmin(forged(target))}<!--]]>-->`,
    ),
  ];
}

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (const [index, unit] of [...text].map((each) => each.charCodeAt(0)).entries()) {
    bytes[index * 2 + (little ? 0 : 1)] = unit & 0xff;
    bytes[index * 2 + (little ? 1 : 0)] = unit >> 8;
  }
  return bytes;
}

function utf32(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((each) => [each.charCodeAt(0), 0, 0, 0]));
}

/** Code page 037, as far as the start of a document needs it. */
function ebcdic(text: string): Uint8Array {
  const code = (each: string) => {
    const small = 'abcdefghi'.indexOf(each.toLowerCase());
    const middle = 'jklmnopqr'.indexOf(each.toLowerCase());
    const last = 'stuvwxyz'.indexOf(each.toLowerCase());
    const high = each === each.toLowerCase() ? 0 : 0x40;
    if (small >= 0) return 0x81 + small + high;
    if (middle >= 0) return 0x91 + middle + high;
    if (last >= 0) return 0xa2 + last + high;
    return { '<': 0x4c, '>': 0x6e, '!': 0x5a, ' ': 0x40, '/': 0x61, '=': 0x7e, '"': 0x7f, ':': 0x7a }[each] ?? 0x6f;
  };
  return Uint8Array.from([...text], code);
}

const STRUCTURE = ['saml_structure'] as const;
const ENCODING = ['saml_encoding'] as const;

/** A comment is not signed, and cuts a text in two where a reader takes the first node only (CVE-2017-11427). */
const INVISIBLE: readonly Forgery[] = [
  honestBut('a comment in the NameID', STRUCTURE, (xml) =>
    swap(xml, 'alice@acme.test</saml:NameID>', 'alice@acme.test<!-- --></saml:NameID>'),
  ),
  drafted('a comment in the NameID that makes it somebody else', STRUCTURE, (xml) =>
    swap(xml, 'alice@acme.test</saml:NameID>', 'admin@acme.test<!-- -->.evil.test</saml:NameID>'),
  ),
  ...['AttributeValue', 'Issuer', 'Audience'].flatMap((name) => [
    honestBut(`a comment in an ${name}`, STRUCTURE, (xml) => insert(xml, 'last', name, '<!-- -->')),
    honestBut(`a processing instruction in an ${name}`, STRUCTURE, (xml) => insert(xml, 'last', name, '<?x y?>')),
    honestBut(`a CDATA section in an ${name}`, STRUCTURE, (xml) => insert(xml, 'last', name, '<![CDATA[]]>')),
    drafted(`a CDATA section in a signed ${name}`, STRUCTURE, (xml) => insert(xml, 'last', name, '<![CDATA[]]>')),
  ]),
  honestBut('a comment before the root', STRUCTURE, (xml) => `<!-- -->${xml}`),
  honestBut('a comment behind the root', STRUCTURE, (xml) => `${xml}<!-- -->`),
  honestBut('a style sheet', STRUCTURE, (xml) => `<?xml-stylesheet href="http://127.0.0.1/x"?>${xml}`),
  honestBut('an element in the NameID', ['saml_signature'], (xml) => insert(xml, 'last', 'NameID', '<x/>')),
  drafted('a signed element in the NameID', STRUCTURE, (xml) => insert(xml, 'last', 'NameID', '<x/>')),
  drafted('a signed element in the Audience', STRUCTURE, (xml) => insert(xml, 'last', 'Audience', '<x/>')),
  drafted('text between the elements of a signed assertion', STRUCTURE, (xml) =>
    insert(xml, 'last', 'Subject', 'admin'),
  ),
  honestBut('an entity that nobody declared', STRUCTURE, (xml) => swap(xml, ALICE.email, '&admin;')),
];

/** Forty kilobytes of attributes that name nothing. */
const MANY = Array.from({ length: 400 }, (_, index) => ` a${index}="x"`).join('');

const COSTLY: readonly Forgery[] = [
  ...[7_500, 10_000].map(
    (count): Forgery => ({
      words: `${count} comments in a document of somebody else’s signing`,
      reasons: STRUCTURE,
      forge: async (target) => {
        const xml = await signed(target, forged(target), 'Assertion', { key: target.keys.attacker });
        return insert(xml, 'last', 'AttributeStatement', '<!--c-->'.repeat(count));
      },
    }),
  ),
  honestBut('ten thousand elements', STRUCTURE, (xml) =>
    insert(xml, 'last', 'AttributeStatement', '<x/>'.repeat(10_000)),
  ),
  honestBut('elements in elements', STRUCTURE, (xml) =>
    insert(xml, 'last', 'AttributeStatement', '<x>'.repeat(5_000) + '</x>'.repeat(5_000)),
  ),
  honestBut('an element of 400 attributes', STRUCTURE, (xml) =>
    insert(xml, 'last', 'AttributeStatement', `<x${MANY}/>`),
  ),
  honestBut('an element of 400 namespaces', STRUCTURE, (xml) =>
    insert(xml, 'last', 'AttributeStatement', `<x${MANY.replaceAll(' a', ' xmlns:a')}/>`),
  ),
  {
    words: 'a list of a thousand inclusive namespaces',
    reasons: STRUCTURE,
    forge: (target) =>
      honest(target, { signature: { prefixList: Array.from({ length: 1_000 }, (_, at) => `p${at}`) } }),
  },
  honestBut('ninety thousand spaces and a half-open tag', STRUCTURE, (xml) => `${xml}${' '.repeat(85_000)}<`),
  honestBut('quotes that do not end', STRUCTURE, (xml) => `${xml.slice(0, -1)} a="`),
  honestBut('thousands of start tags that do not end', STRUCTURE, (xml) => xml + '<a '.repeat(20_000)),
  honestBut('thousands of ampersands', STRUCTURE, (xml) => insert(xml, 'last', 'NameID', '&'.repeat(50_000))),
];

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Two bytes of one character, and the like, in the middle of an honest NameID. */
function withBytes(words: string, bytes: readonly number[]): Forgery {
  return honestBut(words, ENCODING, (xml) => {
    const [head = '', tail = ''] = xml.split('@acme.test</saml:NameID>');
    return Uint8Array.from([...bytesOf(head), ...bytes, ...bytesOf(`@acme.test</saml:NameID>${tail}`)]);
  });
}

const ENCODINGS: readonly Forgery[] = [
  honestBut('UTF-16 with a byte order mark', ENCODING, (xml) => utf16(`\ufeff${xml}`, true)),
  honestBut('UTF-16 that is declared', ENCODING, (xml) =>
    utf16(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${xml}`, false),
  ),
  honestBut('UTF-16 without a mark', ENCODING, (xml) => utf16(xml, true)),
  honestBut('UTF-32', ENCODING, (xml) => utf32(`\ufeff${xml}`)),
  ...['ISO-8859-1', 'UTF-16', 'UTF-7', 'windows-1252', 'IBM037', 'US-ASCII'].map((name) =>
    honestBut(
      `${name} that is declared and not so`,
      ENCODING,
      (xml) => `<?xml version="1.0" encoding="${name}"?>${xml}`,
    ),
  ),
  honestBut('XML 1.1', ENCODING, (xml) => `<?xml version="1.1" encoding="UTF-8"?>${xml}`),
  honestBut('two XML declarations', ENCODING, (xml) => `<?xml version="1.0"?><?xml version="1.0"?>${xml}`),
  honestBut('two byte order marks', ENCODING, (xml) => bytesOf(`\ufeff\ufeff${xml}`)),
  withBytes('bytes that are no UTF-8', [0xff]),
  withBytes('an overlong form of a character', [0xc0, 0xaf]),
  withBytes('an overlong form of the null character', [0xc0, 0x80]),
  withBytes('a null character', [0]),
  withBytes('a character that is none', [0xef, 0xbf, 0xbe]),
  withBytes('half of a surrogate pair', [0xed, 0xa0, 0x80]),
  withBytes('a control character', [0x01]),
  honestBut('a reference to a null character', ['saml_structure', 'saml_encoding'], (xml) =>
    swap(xml, '@acme.test', '&#0;@acme.test'),
  ),
];

const ROUND_TRIP: readonly Forgery[] = [
  honestBut('a declaration of the prefix xmlns', STRUCTURE, (xml) =>
    swap(xml, '<samlp:Response ', '<samlp:Response xmlns:xmlns="urn:x" '),
  ),
  honestBut('the prefix xml bound anew', STRUCTURE, (xml) =>
    swap(xml, '<samlp:Response ', '<samlp:Response xmlns:xml="urn:x" '),
  ),
  honestBut('another prefix bound to the namespace of xml', STRUCTURE, (xml) =>
    swap(xml, '<samlp:Response ', '<samlp:Response xmlns:x="http://www.w3.org/XML/1998/namespace" '),
  ),
  honestBut('a name with two colons', STRUCTURE, (xml) => insert(xml, 'last', 'Status', '<a:b:c xmlns:a="urn:x"/>')),
  honestBut('a name that begins with a colon', STRUCTURE, (xml) => insert(xml, 'last', 'Status', '<:a/>')),
  honestBut('a name that ends with a colon', STRUCTURE, (xml) =>
    insert(xml, 'last', 'Status', '<a: xmlns:a="urn:x"/>'),
  ),
  honestBut('a prefix that nobody declared', STRUCTURE, (xml) => insert(xml, 'last', 'Status', '<nobody:a/>')),
  honestBut('a prefix bound to nothing', STRUCTURE, (xml) =>
    swap(xml, '<samlp:Response ', '<samlp:Response xmlns:x="" '),
  ),
  honestBut('an attribute that comes twice', STRUCTURE, (xml) =>
    swap(xml, 'Version="2.0"', 'Version="2.0" Version="2.0"'),
  ),
  honestBut('an attribute that comes twice under two prefixes', STRUCTURE, (xml) =>
    swap(xml, '<samlp:Response ', '<samlp:Response xmlns:x="urn:x" xmlns:y="urn:x" x:a="1" y:a="2" '),
  ),
  honestBut('two roots', STRUCTURE, (xml) => xml + xml),
  honestBut('text behind the root', STRUCTURE, (xml) => `${xml}admin`),
  honestBut('an end tag of another name', STRUCTURE, (xml) => swap(xml, '</samlp:Response>', '</samlp:response>')),
  honestBut('a bare less-than sign in a value', STRUCTURE, (xml) => swap(xml, 'Version="2.0"', 'Version="<2.0"')),
  honestBut('names in another case', ['saml_structure', 'saml_status'], (xml) =>
    replaced(xml, 'Status', textOf(xml, 'Status').toLowerCase()),
  ),
];

export const MARKUP: readonly Forgery[] = [...INVISIBLE, ...COSTLY, ...ENCODINGS, ...ROUND_TRIP];

const raw = (words: string, reasons: Forgery['reasons'], edit: (base64: string) => string): Forgery => ({
  words,
  reasons,
  forge: async (target) => ({ base64: edit(Buffer.from(await honest(target)).toString('base64')) }),
});

/** SAML bindings §3.5.4: base64, which may be wrapped, and nothing else. */
export const BASE64: readonly Forgery[] = [
  raw('no base64', ENCODING, () => '%%%'),
  raw('base64 with a character that is none', ENCODING, (text) => `${text.slice(0, 40)}*${text.slice(41)}`),
  raw('the alphabet for URLs', ENCODING, (text) => `${text.slice(0, 40)}-_-_${text.slice(44)}`),
  raw('base64 cut short', ENCODING, (text) => text.replace(/=*$/, '').slice(0, -1)),
  raw('base64 of base64', ENCODING, (text) => Buffer.from(text).toString('base64')),
  raw('nothing', ENCODING, () => ''),
  raw('white space', ENCODING, () => ' \r\n '),
  raw('base64 behind a name', ENCODING, (text) => `data:text/xml;base64,${text}`),
];
