/**
 * Enveloped XML signatures, in the one form of SAML core §5.4: exactly one reference, to the signature's own parent;
 * enveloped-signature, then Exclusive C14N; RSA or ECDSA with SHA-2; keys only from the caller, KeyInfo is not read.
 *
 * What is signed are octets. So the octets of SignedInfo are made first, everything that SignedInfo says is read
 * from a fresh parse of them, and the octets of the referenced element are handed on to be parsed afresh too.
 */
import { UNKNOWN_KEY } from '#ports/idp/saml/unknown-key.ts';
import {
  algorithmName,
  DIGESTS,
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
  type HashName,
  SIGNATURES,
  type SignatureAlgorithm,
} from './algorithms.ts';
import { decodeBase64 } from './base64.ts';
import { attributeOf, childrenOf, declareInherited, type Element, nameOf, textOf, XmlTree } from './document.ts';
import { verificationKey } from './keys.ts';
import { Members, requiredAttribute } from './members.ts';
import { refusal } from './trail.ts';

/** A signature and what it covers; nothing of it is verified yet. */
export interface SignatureInput {
  readonly algorithm: SignatureAlgorithm;
  readonly signedInfo: Uint8Array;
  readonly value: Uint8Array;
  readonly digest: HashName;
  readonly digestValue: Uint8Array;
  /** Canonical octets of the signed element, its signature taken out. */
  readonly content: Uint8Array;
}

const MAX_PREFIXES = 16;
const PREFIX = /^(?:#default|[A-Za-z_][\w.-]{0,63})$/;
/** An XML name without the characters that XPointer gives a meaning. */
const REFERENCED_ID = /^[\w.:-]{1,256}$/;

/**
 * Takes the signature of an element out of the tree, and the element itself unless it is the root.
 * @returns undefined when the element is not signed
 * @throws SsoError `saml_structure`, `saml_algorithm`, `saml_signature`
 */
export function takeSignature(tree: XmlTree, parent: Element): SignatureInput | undefined {
  const [signature, second] = childrenOf(parent).filter((child) => nameOf(child) === 'ds:Signature');
  if (!signature) return undefined;
  if (second) throw refusal('saml_structure', `${nameOf(parent)} has more than one signature`);
  const id = requiredAttribute(parent, 'ID');

  const { signedInfoElement, value } = readSignature(signature);
  const prefixes = prefixesOf(new Members(signedInfoElement, SIGNED_INFO).required('ds:CanonicalizationMethod'));
  declareInherited(signedInfoElement, prefixes);
  tree.detach(signature);
  const signedInfo = tree.detach(signedInfoElement).canonicalize(prefixes);

  const said = readSignedInfo(signedInfo);
  if (said.prefixes.join(' ') !== prefixes.join(' '))
    throw refusal('saml_signature', 'SignedInfo changes in its canonical form');
  if (!REFERENCED_ID.test(id) || said.uri !== `#${id}`) {
    throw refusal('saml_signature', `the signature of ${nameOf(parent)} does not refer to it`);
  }
  const { algorithm, digest, digestValue, contentPrefixes } = said;
  const content = canonicalContent(tree, parent, contentPrefixes);
  return { algorithm, signedInfo, value, digest, digestValue, content };
}

/** @throws SsoError `saml_signature` unless the content has the digest, and one of the keys made the signature */
export async function verifySignature(input: SignatureInput, publicKeys: readonly string[]): Promise<void> {
  const [digest, signed] = await Promise.all([
    crypto.subtle.digest(input.digest, owned(input.content)),
    isSignedByAny(input, publicKeys),
  ]);
  if (!equal(new Uint8Array(digest), input.digestValue))
    throw refusal('saml_signature', 'the signed element was changed');
  if (!signed) throw refusal('saml_signature', UNKNOWN_KEY);
}

async function isSignedByAny(input: SignatureInput, publicKeys: readonly string[]): Promise<boolean> {
  const { algorithm, value, signedInfo } = input;
  for (const text of publicKeys) {
    const key = await verificationKey(text, algorithm);
    if (key && (await crypto.subtle.verify(algorithm, key, owned(value), owned(signedInfo)))) return true;
  }
  return false;
}

/** XML Signature §4.1: no ds:Object, so nothing can hide in a signature. */
function readSignature(signature: Element): { signedInfoElement: Element; value: Uint8Array } {
  const members = new Members(signature, ['ds:SignedInfo', 'ds:SignatureValue', 'ds:KeyInfo']);
  members.optional('ds:KeyInfo');
  const value = decodeBase64(textOf(members.required('ds:SignatureValue')));
  if (!value) throw refusal('saml_signature', 'the signature value is not base64');
  return { signedInfoElement: members.required('ds:SignedInfo'), value };
}

const SIGNED_INFO = ['ds:CanonicalizationMethod', 'ds:SignatureMethod', 'ds:Reference'];

interface SignedInfo {
  readonly algorithm: SignatureAlgorithm;
  readonly prefixes: readonly string[];
  readonly uri: string | undefined;
  readonly digest: HashName;
  readonly digestValue: Uint8Array;
  readonly contentPrefixes: readonly string[];
}

/** XML Signature §4.4. */
function readSignedInfo(octets: Uint8Array): SignedInfo {
  using tree = XmlTree.parse(octets);
  const order = childrenOf(tree.root).map(nameOf).join(' ');
  if (order !== SIGNED_INFO.join(' '))
    throw refusal('saml_structure', 'SignedInfo does not hold one method, one algorithm and one reference');
  const members = new Members(tree.root, SIGNED_INFO);
  const method = members.required('ds:CanonicalizationMethod');
  insist(attributeOf(method, 'Algorithm') === EXCLUSIVE_C14N, 'SignedInfo is canonicalised by another method');
  const signatureMethod = members.required('ds:SignatureMethod');
  const signedBy = attributeOf(signatureMethod, 'Algorithm');
  const algorithm = SIGNATURES.get(signedBy ?? '');
  const isPlain = childrenOf(signatureMethod).length === 0;
  insist(algorithm !== undefined && isPlain, 'the signature algorithm is not allowed', signedBy);
  return { algorithm, prefixes: prefixesOf(method), ...readReference(members.required('ds:Reference')) };
}

/** XML Signature §4.4.3. */
function readReference(reference: Element): Omit<SignedInfo, 'algorithm' | 'prefixes'> {
  const members = new Members(reference, ['ds:Transforms', 'ds:DigestMethod', 'ds:DigestValue']);
  const transforms = childrenOf(members.required('ds:Transforms'));
  const [enveloped, canonical] = transforms;
  insist(
    enveloped !== undefined &&
      canonical !== undefined &&
      transforms.length === 2 &&
      transforms.every((transform) => nameOf(transform) === 'ds:Transform') &&
      attributeOf(enveloped, 'Algorithm') === ENVELOPED_SIGNATURE &&
      childrenOf(enveloped).length === 0 &&
      attributeOf(canonical, 'Algorithm') === EXCLUSIVE_C14N,
    'the transforms are not enveloped-signature and Exclusive C14N',
  );
  const digestMethod = members.required('ds:DigestMethod');
  const digestBy = attributeOf(digestMethod, 'Algorithm');
  const digest = DIGESTS.get(digestBy ?? '');
  const isPlain = childrenOf(digestMethod).length === 0;
  insist(digest !== undefined && isPlain, 'the digest algorithm is not allowed', digestBy);
  const digestValue = decodeBase64(textOf(members.required('ds:DigestValue')));
  if (!digestValue) throw refusal('saml_signature', 'the digest value is not base64');
  return { uri: attributeOf(reference, 'URI'), digest, digestValue, contentPrefixes: prefixesOf(canonical) };
}

/** @param algorithm its identifier, for the trace */
function insist(allowed: boolean, detail: string, algorithm = ''): asserts allowed {
  if (!allowed)
    throw refusal('saml_algorithm', detail, algorithm === '' ? undefined : { actual: algorithmName(algorithm) });
}

/** Exclusive XML Canonicalization 1.0 §4; their number is bounded, since each is looked up at each element. */
function prefixesOf(method: Element): readonly string[] {
  const inclusive = new Members(method, ['ec:InclusiveNamespaces']).optional('ec:InclusiveNamespaces');
  if (!inclusive) return [];
  const prefixes = (attributeOf(inclusive, 'PrefixList') ?? '').split(/[ \t\r\n]+/).filter((prefix) => prefix !== '');
  const usable = prefixes.length <= MAX_PREFIXES && prefixes.every((prefix) => PREFIX.test(prefix));
  if (!usable || childrenOf(inclusive).length > 0)
    throw refusal('saml_structure', 'the list of inclusive namespaces is malformed');
  return prefixes;
}

function canonicalContent(tree: XmlTree, element: Element, prefixes: readonly string[]): Uint8Array {
  if (element.isSameNode(tree.root)) return tree.canonicalize(prefixes);
  declareInherited(element, prefixes);
  return tree.detach(element).canonicalize(prefixes);
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) difference |= (one[index] ?? 0) ^ (other[index] ?? 0);
  return difference === 0;
}

/** WebCrypto's types want bytes that no other thread can change. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice();
}
