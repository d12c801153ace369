/**
 * XML as the vendors write it: a small tree of elements, and the ways to put it down (where namespaces are declared, which
 * prefixes they get, with or without line breaks). It escapes what XML 1.0 §2.4 and canonical XML §2.3 want escaped.
 */

/** The namespaces of SAML core, SAML metadata, XML Signature, XML Encryption and XML Schema. */
export const NAMESPACES = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  xs: 'http://www.w3.org/2001/XMLSchema',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;
export type Namespace = keyof typeof NAMESPACES;

/** Text is escaped; `xml` goes in as it is, for what no honest document says. */
export type Text = string | { readonly xml: string };

export interface Element {
  readonly namespace: Namespace;
  readonly name: string;
  /** Null and undefined leave an attribute out. The only prefix known is `xsi:`. */
  readonly attributes: Readonly<Record<string, string | null | undefined>>;
  /** Namespaces that the content needs besides: prefixes within values, `xsi:` attributes. */
  readonly also: readonly Namespace[];
  readonly children: readonly Child[];
}
export type Child = Element | Text | null | undefined;

/**
 * - `compact`: prefixes, each namespace declared where it is first needed (Okta, Shibboleth)
 * - `pretty`: the same, indented (LemonLDAP::NG, hand-written ones)
 * - `default-namespace`: the assertion without a prefix (Microsoft Entra ID, AD FS)
 * - `declarations-on-root`: all namespaces declared on the root (Keycloak, SimpleSAMLphp)
 */
export type Style = 'compact' | 'pretty' | 'default-namespace' | 'declarations-on-root';
/** The empty text makes it the default namespace. */
export type Prefixes = Readonly<Record<Namespace, string>>;

export interface RenderOptions {
  /** Default `compact`. */
  readonly style?: Style | undefined;
  /** Default samlp, saml, md, ds, xs, xsi; `default-namespace` gives the assertion none. */
  readonly prefixes?: Partial<Prefixes> | undefined;
}

const PREFIXES: Prefixes = {
  protocol: 'samlp',
  assertion: 'saml',
  metadata: 'md',
  signature: 'ds',
  xs: 'xs',
  xsi: 'xsi',
};

export function element(
  namespace: Namespace,
  name: string,
  attributes: Element['attributes'] = {},
  children: readonly Child[] = [],
  also: readonly Namespace[] = [],
): Element {
  return { namespace, name, attributes, children, also };
}

export function render(root: Element, options: RenderOptions = {}): string {
  const style = options.style ?? 'compact';
  const vendor = style === 'default-namespace' ? { assertion: '' } : {};
  const prefixes = { ...PREFIXES, ...vendor, ...options.prefixes };
  const onRoot = style === 'declarations-on-root' ? [...namespacesWithin(root)] : [];
  return write(root, { prefixes, scope: {}, declare: onRoot, indent: style === 'pretty' ? '\n' : '' });
}

interface Place {
  readonly prefixes: Prefixes;
  /** Prefix to namespace, as declared further out. */
  readonly scope: Readonly<Record<string, Namespace>>;
  readonly declare: readonly Namespace[];
  /** A line break and the indentation of this element; empty where nothing is indented. */
  readonly indent: string;
}

function write(node: Element, place: Place): string {
  const { prefixes, indent } = place;
  const wanted = [...new Set([node.namespace, ...node.also, ...place.declare])];
  const missing = wanted.filter((namespace) => place.scope[prefixes[namespace]] !== namespace);
  const declarations = missing.map(
    (namespace) => ` xmlns${prefixes[namespace] && `:${prefixes[namespace]}`}="${NAMESPACES[namespace]}"`,
  );
  const scope = { ...place.scope, ...Object.fromEntries(missing.map((name) => [prefixes[name], name])) };
  const attributes = Object.entries(node.attributes).map(([name, value]) =>
    value === null || value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`,
  );
  const name = prefixes[node.namespace] ? `${prefixes[node.namespace]}:${node.name}` : node.name;
  const start = `<${name}${declarations.join('')}${attributes.join('')}`;
  const children = node.children.filter((child) => child !== null && child !== undefined);
  if (children.length === 0) return `${start}/>`;
  const indented = indent !== '' && children.every((child) => typeof child === 'object' && !('xml' in child));
  const inner: Place = { ...place, scope, declare: [], indent: indented ? `${indent}  ` : '' };
  const content = children.map((child) => inner.indent + writeChild(child, inner)).join('');
  return `${start}>${content}${indented ? indent : ''}</${name}>`;
}

function writeChild(child: Element | Text, place: Place): string {
  if (typeof child === 'string') return escapeText(child);
  return 'xml' in child ? child.xml : write(child, place);
}

function namespacesWithin(node: Element): Set<Namespace> {
  const inner = node.children.flatMap((child) =>
    child && typeof child === 'object' && !('xml' in child) ? [...namespacesWithin(child)] : [],
  );
  return new Set([node.namespace, ...node.also, ...inner]);
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
