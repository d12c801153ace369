/**
 * SignedInfo that the provider itself signed, in a form that the profile does not have (XML Signature §4.4): the signature
 * is good, the digest is good, and what is said about them is not.
 */
import { XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { signatureOf } from '#dev/saml/algorithm.ts';
import { SIGNATURE_ALGORITHMS, TRANSFORMS } from '#dev/saml/names.ts';
import { type Forgery, insert, replaced, swap, textOf, without } from './forgery.ts';
import { honest, type Signing, type Target } from './honest.ts';

const BOTH_PLACES: readonly Signing[] = ['assertion', 'response'];
const NAMED = `xmlns:ec="${TRANSFORMS.exclusive}"`;
const REFUSED = ['saml_signature', 'saml_structure', 'saml_algorithm'] as const;

/** Changes SignedInfo and signs it anew. @param prefixes that its own canonicalisation includes */
export async function resigned(
  target: Target,
  sign: Signing,
  edit: (xml: string) => string,
  prefixes: readonly string[] = [],
): Promise<string> {
  const changed = edit(await honest(target, { sign }));
  using document = XmlDocument.fromString(changed);
  const signedInfo = document.get('//*[local-name()="SignedInfo"]');
  if (!(signedInfo instanceof XmlElement)) throw new Error('no SignedInfo');
  const octets = signedInfo.canonicalizeToString({
    mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
    ...(prefixes.length > 0 && { inclusiveNamespacePrefixes: [...prefixes] }),
  });
  const value = await signatureOf(new TextEncoder().encode(octets), target.keys.rsa, SIGNATURE_ALGORITHMS.rsaSha256);
  return swap(changed, /(?<=<ds:SignatureValue>)[^<]*/, value);
}

function said(words: string, edit: (xml: string) => string): Forgery[] {
  return BOTH_PLACES.map((sign) => ({
    words: `${words}, signed so (${sign})`,
    reasons: REFUSED,
    control: { sign },
    forge: (target) => resigned(target, sign, edit),
  }));
}

const filled = (xml: string, name: string, content: string) =>
  swap(xml, new RegExp(`<ds:${name} ([^>]*)/>`), `<ds:${name} ${attributesOf(xml, name)}>${content}</ds:${name}>`);
const attributesOf = (xml: string, name: string) => new RegExp(`<ds:${name} ([^>]*)/>`).exec(xml)?.[1] ?? '';
const moved = (xml: string, name: string, spot: 'before' | 'after', other: string) =>
  insert(without(xml, name), spot, other, textOf(xml, name));

export const SIGNED_INFOS: readonly Forgery[] = [
  ...said('the parts of SignedInfo in another order', (xml) => moved(xml, 'SignatureMethod', 'after', 'Reference')),
  ...said('the method of canonicalisation behind the reference', (xml) =>
    moved(xml, 'CanonicalizationMethod', 'after', 'Reference'),
  ),
  ...said('two methods of signature', (xml) => insert(xml, 'after', 'SignatureMethod', textOf(xml, 'SignatureMethod'))),
  ...said('an Object within SignedInfo', (xml) => insert(xml, 'last', 'SignedInfo', '<ds:Object/>')),
  ...said('text within SignedInfo', (xml) => insert(xml, 'last', 'SignedInfo', 'alice')),
  ...said('a parameter of the signature’s algorithm', (xml) =>
    filled(xml, 'SignatureMethod', '<ds:HMACOutputLength>8</ds:HMACOutputLength>'),
  ),
  ...said('a parameter of the digest’s algorithm', (xml) => filled(xml, 'DigestMethod', '<x/>')),
  ...said('a parameter of enveloped-signature', (xml) => filled(xml, 'Transform', '<ds:XPath>/</ds:XPath>')),
  ...said('a parameter of the canonicalisation that is no list', (xml) =>
    filled(xml, 'CanonicalizationMethod', '<x/>'),
  ),
  ...said('two lists of inclusive namespaces', (xml) =>
    filled(xml, 'CanonicalizationMethod', `<ec:InclusiveNamespaces ${NAMED} PrefixList=""/>`.repeat(2)),
  ),
  ...said('a list of inclusive namespaces that names no prefixes', (xml) =>
    filled(xml, 'CanonicalizationMethod', `<ec:InclusiveNamespaces ${NAMED} PrefixList="a:b &lt;"/>`),
  ),
  ...said('a list of inclusive namespaces with something in it', (xml) =>
    filled(
      xml,
      'CanonicalizationMethod',
      `<ec:InclusiveNamespaces ${NAMED} PrefixList="xs"><x/></ec:InclusiveNamespaces>`,
    ),
  ),
  ...said('a transform under another name', (xml) =>
    swap(xml, /<ds:Transform ([^>]*enveloped[^>]*)\/>/, `<ds:Other Algorithm="${TRANSFORMS.enveloped}"/>`),
  ),
  ...said('Exclusive C14N in place of enveloped-signature', (xml) =>
    swap(xml, TRANSFORMS.enveloped, TRANSFORMS.exclusive),
  ),
  ...said('inclusive canonicalisation in place of enveloped-signature', (xml) =>
    swap(xml, TRANSFORMS.enveloped, TRANSFORMS.inclusive),
  ),
  ...said('base64 decoding in place of enveloped-signature', (xml) =>
    swap(xml, TRANSFORMS.enveloped, TRANSFORMS.base64),
  ),
  ...said('an empty digest', (xml) => replaced(xml, 'DigestValue', '<ds:DigestValue></ds:DigestValue>')),
  ...said('a digest cut short', (xml) => swap(xml, /(?<=<ds:DigestValue>)[^<]{8}/, '')),
  ...said('a digest followed by more', (xml) => swap(xml, /(?<=<ds:DigestValue>)([^<]*)=/, 'AAAA')),
  ...said('two elements of transforms', (xml) => insert(xml, 'after', 'Transforms', textOf(xml, 'Transforms'))),
];
