/** Messages over the HTTP-Redirect and HTTP-POST bindings (SAML bindings §3.4 and §3.5): out of a request, and into one. */
import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ParseOption, XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { digestOf, signatureOf, usualAlgorithm } from './algorithm.ts';
import { NAMESPACES } from './element.ts';
import type { SigningKey } from './signing-key.ts';

export type MessageName = 'SAMLRequest' | 'SAMLResponse';
export type Binding = 'redirect' | 'post';

export interface ReceivedMessage {
  readonly binding: Binding;
  readonly name: MessageName;
  readonly xml: string;
  readonly relayState: string | undefined;
  /** Of the Redirect binding: over the octets of the query as they came. */
  readonly detached: { readonly algorithm: string; readonly octets: string; readonly value: string } | undefined;
}

/** What the browser is to do next. */
export type BrowserStep =
  | { readonly binding: 'redirect'; readonly url: URL }
  | { readonly binding: 'post'; readonly action: string; readonly form: URLSearchParams };

/** `bad` for a signature that does not verify with any of the certificates; `none` when there is none. */
export type SignatureState = 'good' | 'bad' | 'none';

const MAX_BYTES = 128 * 1024;
const DSIG = { ds: NAMESPACES.signature };

/** @param rawQuery as it stands in the request line, without `?`. @throws Error when there is no readable message */
export function readRedirect(rawQuery: string): ReceivedMessage {
  const raw = new Map(rawQuery.split('&').map((pair) => [pair.split('=', 1)[0] ?? '', pair]));
  const query = new URLSearchParams(rawQuery);
  const name = nameIn(query);
  const deflated = Buffer.from(query.get(name) ?? '', 'base64');
  const octets = [name, 'RelayState', 'SigAlg'].flatMap((each) => raw.get(each) ?? []).join('&');
  const [algorithm, value] = [query.get('SigAlg'), query.get('Signature')];
  return {
    binding: 'redirect',
    name,
    xml: inflateRawSync(deflated, { maxOutputLength: MAX_BYTES }).toString(),
    relayState: query.get('RelayState') ?? undefined,
    detached: algorithm && value ? { algorithm, octets, value } : undefined,
  };
}

/** @throws Error when there is no message */
export function readPosted(form: URLSearchParams): ReceivedMessage {
  const name = nameIn(form);
  const xml = Buffer.from(form.get(name) ?? '', 'base64').toString();
  return { binding: 'post', name, xml, relayState: form.get('RelayState') ?? undefined, detached: undefined };
}

export interface Sent {
  readonly binding: Binding;
  readonly location: string;
  readonly name: MessageName;
  /** Signed already where the binding is POST. */
  readonly xml: string;
  readonly relayState?: string | undefined;
  /** Signs the query of the Redirect binding. */
  readonly key?: SigningKey | undefined;
  readonly algorithm?: string | undefined;
}

export async function send(message: Sent): Promise<BrowserStep> {
  const { binding, location, name, xml, relayState, key } = message;
  if (binding === 'post') {
    const fields = {
      [name]: Buffer.from(xml).toString('base64'),
      ...(relayState !== undefined && { RelayState: relayState }),
    };
    return { binding, action: location, form: new URLSearchParams(fields) };
  }
  const parts = [`${name}=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}`];
  if (relayState !== undefined) parts.push(`RelayState=${encodeURIComponent(relayState)}`);
  if (key) {
    const algorithm = message.algorithm ?? usualAlgorithm(key);
    parts.push(`SigAlg=${encodeURIComponent(algorithm)}`);
    const signature = await signatureOf(new TextEncoder().encode(parts.join('&')), key, algorithm);
    parts.push(`Signature=${encodeURIComponent(signature)}`);
  }
  return { binding, url: new URL(`${location}${location.includes('?') ? '&' : '?'}${parts.join('&')}`) };
}

/** @param certificates base64 DER; any of them will do */
export async function signatureState(
  message: ReceivedMessage,
  certificates: readonly string[],
): Promise<SignatureState> {
  const keys = certificates.map((each) => new X509Certificate(Buffer.from(each, 'base64')).publicKey);
  if (message.binding === 'post') return envelopedState(message.xml, keys);
  if (!message.detached) return 'none';
  const { algorithm, octets, value } = message.detached;
  return isGood(keys, algorithm, Buffer.from(octets), value) ? 'good' : 'bad';
}

/** A signature of the root over itself, enveloped and exclusively canonicalised; anything else is bad. */
async function envelopedState(xml: string, keys: readonly KeyObject[]): Promise<SignatureState> {
  using document = parseMessage(xml);
  const signature = document.get('/*/ds:Signature', DSIG);
  if (!(signature instanceof XmlElement)) return 'none';
  const read = (path: string) => signature.get(path, DSIG)?.content.trim() ?? '';
  const signedInfo = signature.get('ds:SignedInfo', DSIG);
  const [uri, digestValue] = [
    read('ds:SignedInfo/ds:Reference/@URI'),
    read('ds:SignedInfo/ds:Reference/ds:DigestValue'),
  ];
  const digest = read('ds:SignedInfo/ds:Reference/ds:DigestMethod/@Algorithm');
  const [algorithm, value] = [read('ds:SignedInfo/ds:SignatureMethod/@Algorithm'), read('ds:SignatureValue')];
  const exclusive = { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 };
  const octets = Buffer.from(signedInfo?.canonicalizeToString(exclusive) ?? '');
  signature.remove();
  const content = new TextEncoder().encode(document.root.canonicalizeToString(exclusive));
  const covers =
    uri === `#${document.root.attr('ID')?.value ?? ''}` && digestValue === (await digestOf(content, digest));
  return covers && isGood(keys, algorithm, octets, value) ? 'good' : 'bad';
}

function isGood(keys: readonly KeyObject[], algorithm: string, octets: Buffer, value: string): boolean {
  const hash = /(rsa|ecdsa)-(sha256|sha384|sha512)$/.exec(algorithm)?.[2];
  if (!hash) return false;
  return keys.some((key) => verify(hash, octets, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(value, 'base64')));
}

/** @throws Error when it is not well-formed, or declares a document type */
export function parseMessage(xml: string): XmlDocument {
  if (xml.includes('<!DOCTYPE')) throw new Error('The message declares a document type');
  return XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NONET });
}

function nameIn(parameters: URLSearchParams): MessageName {
  if (parameters.has('SAMLRequest')) return 'SAMLRequest';
  if (parameters.has('SAMLResponse')) return 'SAMLResponse';
  throw new Error('There is no SAML message');
}
