/**
 * Enveloped signatures as SAML core §5.4 wants them, and as it forbids them: every part of the ds:Signature can be bent.
 * The digest is always the honest one of what the transforms leave (but for transforms that are not canonicalisation), so
 * that a verifier refuses a bad signature for the part that is bad and for nothing else.
 */
import { ParseOption, XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { digestOf, signatureOf, usualAlgorithm } from './algorithm.ts';
import { escapeAttribute, NAMESPACES } from './element.ts';
import { DIGESTS, TRANSFORMS } from './names.ts';
import type { SigningKey } from './signing-key.ts';
import { childrenOf, elementWithId, replaceRange } from './source.ts';

export interface SignatureOptions {
  /** ID of the element that is signed, and that takes the signature unless `into` names another. */
  readonly id: string;
  /** Which of several elements with that ID, counted from 0. */
  readonly occurrence?: number | undefined;
  /** Bytes are a secret for HMAC. */
  readonly key: SigningKey | Uint8Array<ArrayBuffer>;
  /** URI of the SignatureMethod; it need not suit the key. Default RSA or ECDSA with SHA-256. */
  readonly algorithm?: string | undefined;
  /** URI of the DigestMethod. Default SHA-256. */
  readonly digest?: string | undefined;
  /** URI of the CanonicalizationMethod. Default exclusive. */
  readonly c14n?: string | undefined;
  /** URIs, or the XML of the ds:Transform elements. Default enveloped-signature and exclusive canonicalisation. */
  readonly transforms?: readonly (string | { readonly xml: string })[] | undefined;
  /** InclusiveNamespaces PrefixList of the exclusive canonicalisation among the transforms; `#default` is one. */
  readonly prefixList?: readonly string[] | undefined;
  /** Base64 DER of a certificate, or XML of the content; null leaves KeyInfo out. Default: the key's own certificate. */
  readonly keyInfo?: string | { readonly xml: string } | null | undefined;
  /** Default `after-issuer`, where the schema has it. */
  readonly position?: 'after-issuer' | 'first' | 'last' | undefined;
  /** ID of another element to put the signature into. */
  readonly into?: string | undefined;
  /** Default `#` and the ID; null leaves the attribute out. */
  readonly referenceUri?: string | null | undefined;
  /** Base64, instead of the honest one. */
  readonly digestValue?: string | undefined;
  /** False leaves the reference out. */
  readonly reference?: boolean | undefined;
  /** XML at the end of SignedInfo: more references. */
  readonly signedInfoExtra?: string | undefined;
  /** XML at the end of Signature: ds:Object. */
  readonly object?: string | undefined;
  /** Prefix of the signature's elements, default `ds`; empty declares a default namespace. */
  readonly prefix?: string | undefined;
  /** Breaks base64 into lines of so many characters, as many vendors do. Default: one line. */
  readonly lineLength?: number | undefined;
}

/** @returns the text with the signature put in and not another character changed. @throws Error when no element has the ID */
export async function signElement(xml: string, options: SignatureOptions): Promise<string> {
  const digest = options.digest ?? DIGESTS.sha256;
  const digestValue = options.digestValue ?? (await digestOf(octetsOf(xml, options), digest));
  const algorithm = options.algorithm ?? usualAlgorithm(options.key);
  const placeholder = `placeholder-${crypto.randomUUID()}`;
  const signature = signatureXml(options, { algorithm, digest, digestValue, value: placeholder });
  const offset = offsetOf(xml, options);
  const unsigned = replaceRange(xml, offset, offset, signature);
  const value = await signatureOf(signedInfoOctets(unsigned, placeholder, options), options.key, algorithm);
  return unsigned.replace(placeholder, () => broken(value, options.lineLength));
}

/** What the canonicalisations among the transforms, one after the other, make of an element that holds no signature of its own yet. */
function octetsOf(xml: string, options: Pick<SignatureOptions, 'id' | 'occurrence' | 'transforms' | 'prefixList'>) {
  using document = parse(xml);
  const target = document.find(`//*[@ID="${options.id}"]`)[options.occurrence ?? 0];
  if (!(target instanceof XmlElement)) throw new Error(`No element has the ID ${options.id}`);
  const uris = (options.transforms ?? [TRANSFORMS.exclusive]).filter((each) => typeof each === 'string');
  // XML Signature §4.4.3.2: nodes that no transform has made octets of are canonicalised inclusively
  const [first = TRANSFORMS.inclusive, ...rest] = uris.filter((uri) => uri in CANONICALIZATIONS);
  let octets = canonical(target, first, options.prefixList);
  for (const method of rest) {
    // octets are parsed again for a transform that wants nodes
    using again = parse(new TextDecoder().decode(octets));
    octets = canonical(again.root, method, options.prefixList);
  }
  return octets;
}

function signedInfoOctets(xml: string, placeholder: string, options: SignatureOptions) {
  using document = parse(xml);
  const signedInfo = document.get(`//*[text()="${placeholder}"]/../*[local-name()="SignedInfo"]`);
  if (!(signedInfo instanceof XmlElement)) throw new Error('The signature was not put in');
  return canonical(signedInfo, options.c14n ?? TRANSFORMS.exclusive);
}

const CANONICALIZATIONS: Readonly<Record<string, { mode: 0 | 1 | 2; withComments?: boolean }>> = {
  [TRANSFORMS.exclusive]: { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 },
  [TRANSFORMS.exclusiveWithComments]: { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: true },
  [TRANSFORMS.inclusive]: { mode: XmlC14NMode.XML_C14N_1_0 },
  [TRANSFORMS.inclusiveWithComments]: { mode: XmlC14NMode.XML_C14N_1_0, withComments: true },
  [TRANSFORMS.inclusive11]: { mode: XmlC14NMode.XML_C14N_1_1 },
};

function canonical(node: XmlElement, method: string, prefixes: readonly string[] = []) {
  const how = CANONICALIZATIONS[method] ?? { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 };
  const inclusive = how.mode === XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 && prefixes.length > 0;
  const options = { ...how, ...(inclusive && { inclusiveNamespacePrefixes: [...prefixes] }) };
  return new TextEncoder().encode(node.canonicalizeToString(options));
}

function parse(xml: string): XmlDocument {
  // hostile documents are signed too: entities are what they stand for, and nothing is too large
  return XmlDocument.fromString(xml, {
    option: ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_HUGE,
  });
}

function offsetOf(xml: string, options: SignatureOptions): number {
  const own = options.into === undefined || options.into === options.id;
  const parent = elementWithId(xml, options.into ?? options.id, own ? options.occurrence : 0);
  if (parent.isEmpty) throw new Error(`<${parent.name}/> has no place for a signature`);
  if (options.position === 'last') return parent.contentEnd;
  const [first] = childrenOf(xml, parent);
  return options.position !== 'first' && first?.localName === 'Issuer' ? first.end : parent.contentStart;
}

interface Values {
  readonly algorithm: string;
  readonly digest: string;
  readonly digestValue: string;
  readonly value: string;
}

function signatureXml(options: SignatureOptions, values: Values): string {
  const { prefix = 'ds', lineLength } = options;
  const tag = (name: string, content = '', attributes = '') => {
    const qualified = prefix ? `${prefix}:${name}` : name;
    return content ? `<${qualified}${attributes}>${content}</${qualified}>` : `<${qualified}${attributes}/>`;
  };
  const method = (name: string, uri: string, content = '') =>
    tag(name, content, ` Algorithm="${escapeAttribute(uri)}"`);
  const transforms = (options.transforms ?? [TRANSFORMS.enveloped, TRANSFORMS.exclusive]).map((each) =>
    typeof each === 'string' ? method('Transform', each, inclusiveNamespaces(each, options.prefixList)) : each.xml,
  );
  const uri = options.referenceUri === undefined ? `#${options.id}` : options.referenceUri;
  const reference = tag(
    'Reference',
    `${transforms.length > 0 ? tag('Transforms', transforms.join('')) : ''}${method('DigestMethod', values.digest)}${tag('DigestValue', values.digestValue)}`,
    uri === null ? '' : ` URI="${escapeAttribute(uri)}"`,
  );
  const signedInfo = tag(
    'SignedInfo',
    `${method('CanonicalizationMethod', options.c14n ?? TRANSFORMS.exclusive)}${method('SignatureMethod', values.algorithm)}${options.reference === false ? '' : reference}${options.signedInfoExtra ?? ''}`,
  );
  const certificate = (der: string) => tag('X509Data', tag('X509Certificate', broken(der, lineLength)));
  const info = keyInfoOf(options);
  const keyInfo = info === null ? '' : tag('KeyInfo', typeof info === 'string' ? certificate(info) : info.xml);
  return tag(
    'Signature',
    `${signedInfo}${tag('SignatureValue', values.value)}${keyInfo}${options.object ?? ''}`,
    ` xmlns${prefix && `:${prefix}`}="${NAMESPACES.signature}"`,
  );
}

function keyInfoOf({ key, keyInfo }: SignatureOptions): string | { readonly xml: string } | null {
  if (keyInfo !== undefined) return keyInfo;
  return key instanceof Uint8Array ? null : key.certificate;
}

function inclusiveNamespaces(transform: string, prefixes: readonly string[] = []): string {
  if (prefixes.length === 0 || !transform.startsWith(TRANSFORMS.exclusive)) return '';
  return `<ec:InclusiveNamespaces xmlns:ec="${TRANSFORMS.exclusive}" PrefixList="${escapeAttribute(prefixes.join(' '))}"/>`;
}

function broken(base64: string, length: number | undefined): string {
  return length === undefined ? base64 : base64.replace(new RegExp(`(.{${length}})(?=.)`, 'g'), '$1\n');
}
