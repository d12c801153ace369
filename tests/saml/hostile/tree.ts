/** A document as a tree that can be bent in ways no XML library lets: read by the library, changed as plain data, written as text. */
import { XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';

export interface Node {
  /** As written, with prefix. */
  name: string;
  /** Attributes and namespace declarations, in order. */
  attributes: [name: string, value: string][];
  children: (Node | string)[];
}

export function readTree(xml: string): Node {
  using document = XmlDocument.fromString(xml);
  return nodeOf(document.root);
}

function nodeOf(element: XmlElement): Node {
  const declarations = Object.entries(element.nsDeclarations).map(([prefix, uri]): [string, string] => [
    prefix ? `xmlns:${prefix}` : 'xmlns',
    uri,
  ]);
  const attributes = element.attrs.map((attribute): [string, string] => [
    attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name,
    attribute.value,
  ]);
  const children: (Node | string)[] = [];
  for (let child = element.firstChild; child; child = child.next) {
    if (child instanceof XmlElement) children.push(nodeOf(child));
    else if (child instanceof XmlText) children.push(child.content);
  }
  const name = element.prefix ? `${element.prefix}:${element.name}` : element.name;
  return { name, attributes: [...declarations, ...attributes], children };
}

export function writeTree({ name, attributes, children }: Node): string {
  const written = attributes.map(([key, value]) => ` ${key}="${escaped(value, /[&<>"\t\n\r]/g)}"`).join('');
  const content = children.map((child) => (typeof child === 'string' ? escaped(child, /[&<>\r]/g) : writeTree(child)));
  return `<${name}${written}>${content.join('')}</${name}>`;
}

function escaped(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => `&#${character.charCodeAt(0)};`);
}

/** In document order, the root first. */
export function nodesOf(root: Node): Node[] {
  return [root, ...root.children.flatMap((child) => (typeof child === 'string' ? [] : nodesOf(child)))];
}

export function parentOf(root: Node, node: Node): Node | undefined {
  return nodesOf(root).find(({ children }) => children.includes(node));
}
