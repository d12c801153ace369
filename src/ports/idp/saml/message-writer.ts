/**
 * Writes our own messages so that they are in exclusive canonical form already (Exclusive XML Canonicalization 1.0
 * §3, Canonical XML 1.0 §2.3): signing one takes no canonicaliser and no parser. What makes it so: a namespace is
 * declared where it is first used and never again below; attributes have no prefix and stand in the order of their
 * names; there is no white space, comment or empty-element tag; characters are escaped as canonical form has them.
 */
import { SsoError } from '#error';

/** The prefixes of our messages; each stands for one namespace. */
const NAMESPACES = {
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  md: 'urn:oasis:names:tc:SAML:2.0:metadata',
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
} as const;

type Prefix = keyof typeof NAMESPACES;

export interface OutgoingElement {
  readonly name: `${Prefix}:${string}`;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly (OutgoingElement | string)[];
}

/** Attributes that are undefined and children that are undefined or false are left out. */
export function element(
  name: OutgoingElement['name'],
  attributes: OutgoingElement['attributes'] = {},
  ...children: readonly (OutgoingElement | string | undefined | false)[]
): OutgoingElement {
  return { name, attributes, children: children.filter((child) => child !== undefined && child !== false) };
}

/**
 * The element as exclusive canonical XML, standing by itself.
 *
 * @throws SsoError `connection_misconfigured` when a text holds a character that XML 1.0 has not (§2.2)
 */
export function writeElement(root: OutgoingElement): string {
  return write(root, new Set());
}

function write({ name, attributes, children }: OutgoingElement, declared: ReadonlySet<string>): string {
  const prefix = name.slice(0, name.indexOf(':')) as Prefix;
  const declaration = declared.has(prefix) ? '' : ` xmlns:${prefix}="${NAMESPACES[prefix]}"`;
  const scope = new Set(declared).add(prefix);
  const written = Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeAttribute(value)}"`));
  const content = children.map((child) => (typeof child === 'string' ? escapeText(child) : write(child, scope)));
  return `<${name}${declaration}${written.join('')}>${content.join('')}</${name}>`;
}

function escapeText(text: string): string {
  return checked(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

/** A parser turns bare white space in attributes into blanks, so it is written as references. */
function escapeAttribute(text: string): string {
  return checked(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}

/** Surrogates match only when they stand alone: the expression goes by code points. */
const NO_XML_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function checked(text: string): string {
  if (!NO_XML_CHARACTER.test(text)) return text;
  throw new SsoError('connection_misconfigured', {
    detail: 'a value for a SAML message holds a character XML has not',
  });
}
