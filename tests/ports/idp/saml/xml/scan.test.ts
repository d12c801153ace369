/** The scan before the parser: what it lets through, and every way to be turned away. */
import { describe, expect, test } from 'bun:test';
import { SsoError } from '#error';
import { scanMessage } from '#ports/idp/saml/xml/scan.ts';
import { bytesOf } from './verifying.ts';

const LIMITS = { maxElements: 20, maxBytes: 20_000 };

function scan(
  input: string | Uint8Array,
  limits: { maxElements: number; maxBytes: number; comments?: boolean } = LIMITS,
): string {
  try {
    return `passed: ${new TextDecoder().decode(scanMessage(typeof input === 'string' ? bytesOf(input) : input, limits))}`;
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    return error.code;
  }
}

function utf16(text: string, littleEndian: boolean, mark = ''): Uint8Array {
  const bytes = new Uint8Array((mark + text).length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, character] of [...(mark + text)].entries())
    view.setUint16(index * 2, character.charCodeAt(0), littleEndian);
  return bytes;
}

function ebcdic(text: string): Uint8Array {
  const special = new Map([
    ['<', 0x4c],
    ['!', 0x5a],
    ['>', 0x6e],
    [' ', 0x40],
    ['/', 0x61],
  ]);
  const rows: [string, number][] = [
    ['abcdefghi', 0x81],
    ['jklmnopqr', 0x91],
    ['stuvwxyz', 0xa2],
  ];
  const code = (character: string): number => {
    for (const [letters, from] of rows) {
      const lower = letters.indexOf(character);
      const upper = letters.toUpperCase().indexOf(character);
      if (lower >= 0) return from + lower;
      if (upper >= 0) return from + 0x40 + upper;
    }
    return special.get(character) ?? 0x40;
  };
  return Uint8Array.from([...text], code);
}

describe('passes', () => {
  test.each([
    ['<a/>', '<a/>'],
    ['\ufeff<a/>', '<a/>'],
    ['<?xml version="1.0"?><a/>', '<a/>'],
    [`\ufeff<?xml version='1.0' encoding='utf-8' standalone="yes" ?>\n<a/>`, '\n<a/>'],
    ['<a b="x &gt; y > z" c=\'"\'>&lt;&amp;&apos;&quot;&#10;&#x1F600;</a>', undefined],
    ['<ä ö="ü">😀</ä>', undefined],
    ['  <a/>\n', undefined],
    [`<a ${Array.from({ length: 32 }, (_, i) => `a${i}=""`).join(' ')}/>`, undefined],
    ['<a>'.repeat(20) + '</a>'.repeat(20), undefined],
  ])('%p', (text, rest = text) => {
    expect(scan(text)).toBe(`passed: ${rest}`);
  });

  test('comments only where they are allowed', () => {
    const text = '<!-- <b> --><a><!----></a>';
    expect(scan(text, { ...LIMITS, comments: true })).toBe(`passed: ${text}`);
    expect(scan(text)).toBe('saml_structure');
    expect(scan('<a><!-- </a>', { ...LIMITS, comments: true })).toBe('saml_structure');
    expect(scan('<!DOCTYPE a><a/>', { ...LIMITS, comments: true })).toBe('saml_dtd');
  });
});

describe('a document type, however it is dressed', () => {
  const dtd = '<!DOCTYPE a [<!ENTITY e "x">]><a>x</a>';
  test.each([
    ['as such', bytesOf(dtd)],
    ['in lower case', bytesOf(dtd.toLowerCase())],
    ['behind a declaration', bytesOf(`<?xml version="1.0"?>${dtd}`)],
    ['behind a byte order mark', bytesOf(`\ufeff${dtd}`)],
    ['behind 10 kB of white space', bytesOf(' '.repeat(10_000) + dtd)],
    ['behind a comment', bytesOf(`<!-- x -->${dtd}`)],
    ['an entity alone', bytesOf('<!ENTITY e "x"><a/>')],
    ['an attribute list alone', bytesOf('<!ATTLIST a b CDATA #FIXED "c"><a/>')],
    ['in UTF-16, big endian', utf16(dtd, false, '\ufeff')],
    ['in UTF-16, little endian', utf16(dtd, true, '\ufeff')],
    ['in UTF-16 without a mark', utf16(dtd, true)],
    ['in EBCDIC', ebcdic(dtd)],
    ['declared as UTF-16', bytesOf(`<?xml version="1.0" encoding="UTF-16"?>${dtd}`)],
    ['with broken UTF-8 behind', new Uint8Array([...bytesOf(dtd), 0xff])],
  ])('%s', (_, bytes) => {
    expect(scan(bytes)).toBe('saml_dtd');
  });

  test('is none when it is text', () => {
    expect(scan('<a>&lt;!DOCTYPE a&gt;</a>')).toStartWith('passed');
  });
});

describe('what is not UTF-8', () => {
  test.each([
    ['nothing at all', new Uint8Array()],
    ['only a mark', bytesOf('\ufeff')],
    ['UTF-16', utf16('<a/>', true, '\ufeff')],
    ['UTF-16 without a mark', utf16('<a/>', false)],
    ['EBCDIC', ebcdic('<a>x</a>')],
    ['a stray byte', new Uint8Array([...bytesOf('<a>'), 0x80, ...bytesOf('</a>')])],
    ['an overlong form', new Uint8Array([...bytesOf('<a>'), 0xc0, 0xbc, ...bytesOf('</a>')])],
    ['a lone surrogate', new Uint8Array([...bytesOf('<a>'), 0xed, 0xa0, 0x80, ...bytesOf('</a>')])],
    ['U+0000', bytesOf('<a>\0</a>')],
    ['U+0008', bytesOf('<a>\b</a>')],
    ['U+FFFE', bytesOf('<a>\ufffe</a>')],
    ['U+FFFF', bytesOf('<a>\uffff</a>')],
    ['a second mark as first character', bytesOf('\ufeff\ufeff<?xml version="1.1"?><a/>')],
    ['another declared encoding', bytesOf('<?xml version="1.0" encoding="ISO-8859-1"?><a/>')],
    ['XML 1.1', bytesOf('<?xml version="1.1"?><a/>')],
    ['a declaration behind white space', bytesOf(' <?xml version="1.0"?><a/>')],
    ['a declaration within', bytesOf('<a><?xml version="1.0"?></a>')],
  ])('%s', (_, bytes) => {
    expect(scan(bytes)).toBe('saml_encoding');
  });
});

describe('structure', () => {
  test.each([
    ['a comment', '<a><!-- x --></a>'],
    ['CDATA', '<a><![CDATA[x]]></a>'],
    ['a processing instruction', '<a><?x y?></a>'],
    ['a stylesheet', '<?xml-stylesheet href="x"?><a/>'],
    ['an unknown entity', '<a>&e;</a>'],
    ['an unknown entity in an attribute', '<a b="&e;"/>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['a reference without end', '<a>&lt</a>'],
    ['a < in an attribute', '<a b="<"/>'],
    ['a tag without end', '<a b="c"'],
    ['an attribute without end', '<a b="c/>'],
    ['an end tag too many', '<a/></a>'],
    ['an end tag too few', '<a>'],
    ['an end tag first', '</a><b/><a>'],
    ['no element', 'text'],
    ['21 elements', `<a>${'<b/>'.repeat(20)}</a>`],
    ['33 attributes', `<a ${Array.from({ length: 33 }, (_, i) => `a${i}=""`).join(' ')}/>`],
  ])('%s', (_, text) => {
    expect(scan(text)).toBe('saml_structure');
  });

  test('depth and size', () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    const limits = { maxElements: 100, maxBytes: 400 };
    expect(scan(nested(40), limits)).toStartWith('passed');
    expect(scan(nested(41), limits)).toBe('saml_structure');
    expect(scan(`<a>${'x'.repeat(393)}</a>`, limits)).toStartWith('passed');
    expect(scan(`<a>${'x'.repeat(394)}</a>`, limits)).toBe('saml_structure');
  });
});
