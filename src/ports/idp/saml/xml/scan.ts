/**
 * What a message must be before any parser sees it: UTF-8, without document type declaration, comment, CDATA section
 * or processing instruction, and within limits (SAML core §1.3, XML 1.0 §2.2 and §2.8; OWASP XML Security).
 * One pass in linear time; the parser then decides whether the text is well-formed.
 */
import { SsoError, type SsoErrorCode } from '#error';
import { mentionsDocumentType } from './document-type.ts';
import { refusal, type Trail } from './trail.ts';

export interface ScanLimits {
  readonly maxElements: number;
  readonly maxBytes: number;
  /** Comments are skipped and not refused; for metadata, which people write. */
  readonly comments?: boolean;
}

/** Of a message, base64 and deflation taken off. */
export const MAX_MESSAGE_BYTES = 96 * 1024;
const MAX_DEPTH = 40;
/** Attributes and namespace declarations. */
const MAX_ATTRIBUTES = 32;

const BOM = [0xef, 0xbb, 0xbf];
/** Anything but the characters of XML 1.0 §2.2; lone surrogates are no UTF-8 anyway. */
const NO_CHARACTER = /[^\t\n\r -\ufffd\u{10000}-\u{10ffff}]/u;
const UNKNOWN_REFERENCE = /&(?!(?:lt|gt|amp|apos|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)/;
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.0\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])[Uu][Tt][Ff]-8\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\3)?[ \t\r\n]*\?>/;
const DECLARATION_START = /^<\?xml[ \t\r\n]/;
const DECLARATION_LIMIT = 200;

const [GT, SLASH, QUOTE, APOSTROPHE, BANG, QUESTION] = [0x3e, 0x2f, 0x22, 0x27, 0x21, 0x3f];

/**
 * @returns the same bytes from behind byte order mark and XML declaration
 * @throws SsoError `saml_encoding`, `saml_dtd`, `saml_structure`
 */
export function scanMessage(bytes: Uint8Array, limits: ScanLimits): Uint8Array {
  if (bytes.length > limits.maxBytes) throw refusal('saml_structure', `larger than ${limits.maxBytes} bytes`);
  const marked = BOM.every((byte, index) => bytes[index] === byte);
  const content = marked ? bytes.subarray(BOM.length) : bytes;
  const refuse: Refuse = (code, detail) => {
    if (mentionsDocumentType(content)) throw refusal('saml_dtd', 'a document type declaration');
    throw refusal(code, detail);
  };
  const text = decode(content, refuse);
  const start = declarationLength(text, refuse);
  if (UNKNOWN_REFERENCE.test(text)) refuse('saml_structure', 'a reference to an entity that XML does not define');
  scanMarkup(text, start, limits, refuse);
  return content.subarray(start);
}

/** The scan as the first check of a verification; what is wrong with the markup belongs to the structure. */
export function scanChecked(bytes: Uint8Array, limits: ScanLimits, trail: Trail): Uint8Array {
  try {
    const text = scanMessage(bytes, limits);
    trail.pass();
    return text;
  } catch (error) {
    if (error instanceof SsoError && error.code !== 'saml_encoding') trail.begin('saml.structure');
    throw error;
  }
}

type Refuse = (code: SsoErrorCode, detail: string) => never;

function decode(bytes: Uint8Array, refuse: Refuse): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('saml_encoding', 'not UTF-8');
  }
  if (text === '') return refuse('saml_encoding', 'empty');
  if (NO_CHARACTER.test(text)) return refuse('saml_encoding', 'a character that XML does not have');
  return text;
}

/** The declaration is ASCII: as many bytes as characters. */
function declarationLength(text: string, refuse: Refuse): number {
  if (!DECLARATION_START.test(text)) return 0;
  const declaration = DECLARATION.exec(text.slice(0, DECLARATION_LIMIT));
  return declaration
    ? declaration[0].length
    : refuse('saml_encoding', 'an XML declaration of something else than UTF-8');
}

interface Tally {
  elements: number;
  depth: number;
}

function scanMarkup(text: string, start: number, limits: ScanLimits, refuse: Refuse): void {
  const tally: Tally = { elements: 0, depth: 0 };
  let next = text.indexOf('<', start);
  while (next !== -1) {
    const end = scanTag(text, next, tally, limits, refuse);
    if (end === -1 || tally.depth < 0) refuse('saml_structure', 'tags that do not match');
    if (tally.elements > limits.maxElements) refuse('saml_structure', `more than ${limits.maxElements} elements`);
    if (tally.depth > MAX_DEPTH) refuse('saml_structure', `elements nested deeper than ${MAX_DEPTH}`);
    next = text.indexOf('<', end);
  }
  if (tally.elements === 0 || tally.depth !== 0) refuse('saml_structure', 'tags that do not match');
}

/** @returns where the tag ends, or -1 */
function scanTag(text: string, at: number, tally: Tally, limits: ScanLimits, refuse: Refuse): number {
  const after = text.charCodeAt(at + 1);
  if (after === SLASH) {
    tally.depth -= 1;
    return text.indexOf('>', at);
  }
  if (after !== BANG && after !== QUESTION) return scanStartTag(text, at, tally, refuse);
  if (limits.comments && text.startsWith('<!--', at)) return text.indexOf('-->', at + 4);
  return refuseMarkup(text, at, refuse);
}

function refuseMarkup(text: string, at: number, refuse: Refuse): never {
  if (text.startsWith('<!--', at)) return refuse('saml_structure', 'a comment');
  if (text.startsWith('<![', at)) return refuse('saml_structure', 'a CDATA section');
  if (text.startsWith('<!', at)) return refuse('saml_structure', 'a markup declaration');
  if (DECLARATION_START.test(text.slice(at, at + 6)))
    return refuse('saml_encoding', 'an XML declaration that is not at the start');
  return refuse('saml_structure', 'a processing instruction');
}

/** @returns where its `>` is, or -1 */
function scanStartTag(text: string, start: number, tally: Tally, refuse: Refuse): number {
  const following = text.indexOf('<', start + 1);
  const limit = following === -1 ? text.length : following;
  let attributes = 0;
  for (let at = start + 1; at < limit; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE || character === APOSTROPHE) {
      at = text.indexOf(character === QUOTE ? '"' : "'", at + 1);
      if (at === -1) return -1;
      attributes += 1;
      if (attributes > MAX_ATTRIBUTES) {
        return refuse('saml_structure', `an element of more than ${MAX_ATTRIBUTES} attributes`);
      }
    } else if (character === GT) {
      tally.elements += 1;
      if (text.charCodeAt(at - 1) !== SLASH) tally.depth += 1;
      return at;
    }
  }
  return refuse('saml_structure', 'a tag that does not end');
}
