/** What a forger can do to a tree: any number of these, in any order, at any place. */
import fc from 'fast-check';
import { type Node, nodesOf, parentOf, readTree, writeTree } from './tree.ts';

/** One step. Numbers choose a node or an attribute, modulo as many as there are. */
export interface Edit {
  readonly kind: (typeof KINDS)[number];
  readonly from: number;
  readonly to: number;
  readonly position: number;
  readonly text: string;
}

const KINDS = [
  'move',
  'copy',
  'delete',
  'swap',
  'wrap',
  'unwrap',
  'rename',
  'copyId',
  'newId',
  'setNamespace',
  'setAttribute',
  'dropAttribute',
  'copyAttribute',
  'sortAttributes',
  'declare',
  'setText',
  'addText',
  'insertEvil',
  'copyEvil',
] as const;

const NAMES = [
  'saml:Assertion',
  'saml:EncryptedAssertion',
  'saml:NameID',
  'saml:Subject',
  'saml:Advice',
  'saml:Attribute',
  'saml:AttributeValue',
  'saml:Issuer',
  'samlp:Response',
  'samlp:Extensions',
  'samlp:Status',
  'ds:Signature',
  'ds:SignedInfo',
  'ds:Object',
  'ds:Reference',
  'ds:KeyInfo',
  'ds:DigestValue',
  'Assertion',
  'x:y',
];
const TEXTS = [
  ...NAMES,
  'ID',
  'Id',
  'id',
  'xml:id',
  'Version',
  'Name',
  'Format',
  'Method',
  'Recipient',
  'Destination',
  'Value',
  'Algorithm',
  'URI',
  'PrefixList',
  'InResponseTo',
  'xmlns',
  'xmlns:saml',
  'xmlns:ds',
  'xmlns:samlp',
  'xmlns:xs',
  'urn:oasis:names:tc:SAML:2.0:assertion',
  'urn:oasis:names:tc:SAML:2.0:protocol',
  'http://www.w3.org/2000/09/xmldsig#',
  'urn:x',
  '',
  ' ',
  '\n',
  'mallory-admin@acme.test',
  '#',
  'email',
  '2.0',
];

export const edits = fc.array(
  fc.record<Edit>({
    kind: fc.constantFrom(...KINDS),
    from: fc.nat(400),
    to: fc.nat(400),
    position: fc.nat(12),
    text: fc.constantFrom(...TEXTS),
  }),
  { minLength: 1, maxLength: 5 },
);

/** @param evil a document of the same kind about somebody else, to take parts from. @returns the text */
export function bend(xml: string, evil: string, steps: readonly Edit[]): string {
  const holder: Node = { name: 'holder', attributes: [], children: [readTree(xml)] };
  const source = readTree(evil);
  for (const step of steps) apply(holder, source, step);
  return holder.children.map((child) => (typeof child === 'string' ? child : writeTree(child))).join('');
}

function apply(holder: Node, source: Node, { kind, from, to, position, text }: Edit): void {
  const nodes = nodesOf(holder).slice(1);
  const node = nodes[from % Math.max(nodes.length, 1)];
  const other = nodes[to % Math.max(nodes.length, 1)];
  if (!node || !other) return;
  const put = (into: Node, child: Node | string) => {
    into.children.splice(position % (into.children.length + 1), 0, child);
  };
  const attribute = node.attributes[position % Math.max(node.attributes.length, 1)];
  const evil = nodesOf(source);
  const actions: Record<Edit['kind'], () => void> = {
    move: () => {
      if (nodesOf(node).includes(other)) return;
      remove(holder, node);
      put(other, node);
    },
    copy: () => put(other, structuredClone(node)),
    delete: () => remove(holder, node),
    swap: () => {
      if (nodesOf(node).includes(other) || nodesOf(other).includes(node)) return;
      const copy = structuredClone(node);
      Object.assign(node, structuredClone(other));
      Object.assign(other, copy);
    },
    wrap: () => {
      const inner = { ...node };
      Object.assign(node, { name: text.includes(':') ? text : 'saml:Advice', attributes: [], children: [inner] });
    },
    unwrap: () => {
      const parent = parentOf(holder, node);
      if (parent) parent.children.splice(parent.children.indexOf(node), 1, ...node.children);
    },
    rename: () => void (node.name = NAMES[to % NAMES.length] ?? node.name),
    copyId: () => setAttribute(node, 'ID', idOf(other) ?? '_none'),
    newId: () => setAttribute(node, 'ID', `_new${to}`),
    setNamespace: () => setAttribute(node, ['xmlns', 'xmlns:saml', 'xmlns:ds', 'xmlns:samlp'][to % 4] ?? 'xmlns', text),
    setAttribute: () => setAttribute(node, attribute?.[0] ?? 'ID', text),
    dropAttribute: () => void node.attributes.splice(position, 1),
    copyAttribute: () => attribute && setAttribute(other, attribute[0], attribute[1]),
    sortAttributes: () => void node.attributes.sort(([one], [two]) => (one < two ? 1 : -1)),
    declare: () => setAttribute(node, `xmlns:n${to % 9}`, 'urn:x'),
    setText: () => void (node.children = [text]),
    addText: () => put(node, text),
    insertEvil: () => put(node, structuredClone(evil[to % evil.length] ?? source)),
    copyEvil: () => Object.assign(node, structuredClone(evil[to % evil.length] ?? source)),
  };
  actions[kind]();
}

function remove(holder: Node, node: Node): void {
  const parent = parentOf(holder, node);
  parent?.children.splice(parent.children.indexOf(node), 1);
}

function setAttribute(node: Node, name: string, value: string): void {
  const own = node.attributes.find(([key]) => key === name);
  if (own) own[1] = value;
  else node.attributes.push([name, value]);
}

function idOf({ attributes }: Node): string | undefined {
  return attributes.find(([name]) => name === 'ID')?.[1];
}
