/**
 * The XML tree: the only place that knows the XML library. Parsing takes no DTD, no entity and no network; the text
 * was scanned before. Canonicalisation is Exclusive XML Canonicalization 1.0, without comments.
 *
 * The library's memory is not garbage collected: a tree is opened with `using`, and its elements are not touched after.
 */
import { ParseOption, XmlC14NMode, XmlDocument, XmlElement, XmlError, XmlText, XmlXPath } from 'libxml2-wasm';
import { refusal } from './trail.ts';

export type Element = XmlElement;
export type Query = XmlXPath;

/** Our prefixes for the namespaces we know; documents may use others. */
const NAMESPACES = {
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  md: 'urn:oasis:names:tc:SAML:2.0:metadata',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  ec: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  xenc11: 'http://www.w3.org/2009/xmlenc11#',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

const PREFIXES = new Map<string, string>(Object.entries(NAMESPACES).map(([prefix, uri]) => [uri, prefix]));

const OPTIONS = {
  encoding: 'UTF-8',
  option:
    ParseOption.XML_PARSE_NONET |
    ParseOption.XML_PARSE_NO_XXE |
    ParseOption.XML_PARSE_NO_SYS_CATALOG |
    ParseOption.XML_PARSE_SKIP_IDS |
    ParseOption.XML_PARSE_COMPACT,
};

/** XPath 1.0 with the prefixes of `NAMESPACES`; compiled once and kept for good. */
export function query(path: string): Query {
  // the library declares each of them at every evaluation
  const used = Object.entries(NAMESPACES).filter(([prefix]) => path.includes(`${prefix}:`));
  return XmlXPath.compile(path, Object.fromEntries(used));
}

export class XmlTree implements Disposable {
  readonly #document: XmlDocument;
  readonly #parts: XmlTree[] = [];

  private constructor(document: XmlDocument) {
    this.#document = document;
  }

  /** @throws SsoError `saml_structure` when the text is not well-formed, namespaces included */
  static parse(text: Uint8Array): XmlTree {
    try {
      return new XmlTree(XmlDocument.fromBuffer(text, OPTIONS));
    } catch (error) {
      if (error instanceof XmlError) throw refusal('saml_structure', 'not well-formed XML');
      throw error;
    }
  }

  get root(): Element {
    return this.#document.root;
  }

  /**
   * Takes an element out of this tree. What it inherited stays behind, but for the namespaces it uses: they belong
   * to this tree, so that the part is closed with it and not before.
   */
  detach(element: Element): XmlTree {
    const document = XmlDocument.create();
    const part = new XmlTree(document);
    this.#parts.push(part);
    document.root = element;
    return part;
  }

  /**
   * The canonical octets of the whole tree. Without a node set the library needs no call back to us per node.
   * @throws SsoError `saml_signature` when the tree has no canonical form, or an empty one
   */
  canonicalize(inclusivePrefixes: readonly string[] = []): Uint8Array {
    const octets = new Octets();
    const prefixes = inclusivePrefixes.length > 0 ? { inclusiveNamespacePrefixes: [...inclusivePrefixes] } : {};
    try {
      this.#document.canonicalize(octets, { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, ...prefixes });
    } catch (error) {
      if (error instanceof XmlError) throw refusal('saml_signature', 'the signed element has no canonical form');
      throw error;
    }
    const bytes = octets.bytes();
    if (bytes.length === 0) throw refusal('saml_signature', 'the canonical form of the signed element is empty');
    return bytes;
  }

  [Symbol.dispose](): void {
    for (const part of this.#parts) part[Symbol.dispose]();
    this.#document.dispose();
  }
}

export function find(within: Element, path: Query): Element[] {
  return within.find(path).filter((node) => node instanceof XmlElement);
}

/** Texts of the nodes that a query finds, attributes too. */
export function findTexts(within: Element, path: Query): string[] {
  return within.find(path).map((node) => node.content);
}

export function holds(within: Element, path: Query): boolean {
  return within.eval(path) === true;
}

/** `prefix:local` with our prefix for the namespace, `?:local` in a foreign one. */
export function nameOf(element: Element): string {
  return `${PREFIXES.get(element.namespaceUri) ?? '?'}:${element.name}`;
}

/** An attribute in no namespace. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.attr(name)?.value;
}

/** @throws SsoError `saml_structure` when there is text between the elements */
export function childrenOf(element: Element): Element[] {
  const children: Element[] = [];
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) children.push(node);
    else if (node instanceof XmlText && trim(node.content) !== '') {
      throw refusal('saml_structure', `text between the elements of ${nameOf(element)}`);
    }
  }
  return children;
}

/** @throws SsoError `saml_structure` when there are elements in it */
export function textOf(element: Element): string {
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) throw refusal('saml_structure', `an element within ${nameOf(element)}`);
  }
  return trim(element.content);
}

/** Without the white space of XML at both ends, and no other. */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(character: number): boolean {
  return character === 0x20 || character === 0x0a || character === 0x0d || character === 0x09;
}

/**
 * Declares inherited prefixes on the element itself; `#default` is the default namespace.
 * @throws SsoError `saml_structure` for a prefix that the library cannot declare
 */
export function declareInherited(element: Element, prefixes: readonly string[]): void {
  const own = element.nsDeclarations;
  for (const name of new Set(prefixes)) {
    const prefix = name === '#default' ? '' : name;
    if (prefix === 'xml' || Object.hasOwn(own, prefix)) continue;
    const uri = element.namespaceForPrefix(prefix);
    if (uri) declare(element, uri, prefix);
  }
}

function declare(element: Element, uri: string, prefix: string): void {
  try {
    element.addNsDeclaration(uri, prefix);
  } catch (error) {
    if (error instanceof XmlError) throw refusal('saml_structure', 'a namespace prefix that cannot be declared again');
    throw error;
  }
}

/** The library hands out views of its own memory: each piece is copied. */
class Octets {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  write(piece: Uint8Array): number {
    this.#pieces.push(piece.slice());
    this.#length += piece.length;
    return piece.length;
  }

  close(): boolean {
    return true;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }
}
