/**
 * Signatures that are good and cover something else, or nothing, or by other rules than SAML core §5.4 has: one
 * reference, to the signature’s own parent; enveloped-signature and Exclusive C14N; nothing else.
 */
import { signatureOf } from '#dev/saml/algorithm.ts';
import { newId } from '#dev/saml/document.ts';
import { DIGESTS, SIGNATURE_ALGORITHMS, TRANSFORMS } from '#dev/saml/names.ts';
import type { SignatureOptions } from '#dev/saml/signature.ts';
import { asAdmin, type Forgery, insert, replaced, swap, textOf, without } from './forgery.ts';
import { honest, idOf, type Signing, signed, type Target } from './honest.ts';

const EMPTY_SHA256 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const BOTH_PLACES: readonly Signing[] = ['assertion', 'response'];
const DS = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
/** XML that only libxml2’s canonicalisation refuses: a namespace whose name is a relative reference. */
const NO_CANONICAL_FORM = '<x:y xmlns:x="../relative"/>';

/** A response that the provider itself signed so: for both places that a signature may have. */
function bent(words: string, reasons: Forgery['reasons'], signature: Partial<SignatureOptions>): Forgery[] {
  return BOTH_PLACES.map((sign) => ({
    words: `${words} (${sign})`,
    reasons,
    control: { sign },
    forge: (target) => honest(target, { sign, signature }),
  }));
}

function after(
  words: string,
  reasons: Forgery['reasons'],
  edit: (xml: string, target: Target) => string | Promise<string>,
  signings: readonly Signing[] = BOTH_PLACES,
): Forgery[] {
  return signings.map((sign) => ({
    words: `${words} (${sign})`,
    reasons,
    control: { sign },
    forge: async (target) => edit(await honest(target, { sign }), target),
  }));
}

const REFUSED = ['saml_signature', 'saml_structure', 'saml_algorithm'] as const;

const URIS: readonly Forgery[] = [
  ...bent('a reference to the whole document', REFUSED, { referenceUri: '' }),
  ...bent('a reference without URI', REFUSED, { referenceUri: null }),
  ...bent('a reference by XPointer to the root', REFUSED, { referenceUri: '#xpointer(/)' }),
  ...bent('a reference to nothing', REFUSED, { referenceUri: '#_nothing' }),
  ...bent('a reference to a fragment that is empty', REFUSED, { referenceUri: '#' }),
  ...bent('a reference by name without fragment', REFUSED, { referenceUri: '_nothing' }),
  ...BOTH_PLACES.map(
    (sign): Forgery => ({
      words: `a reference by XPointer to the ID (${sign})`,
      reasons: REFUSED,
      control: { sign },
      forge: async (target) => {
        const id = newId();
        const parts = sign === 'assertion' ? { assertion: { id } } : { response: { id } };
        return honest(target, { sign, ...parts, signature: { referenceUri: `#xpointer(id('${id}'))` } });
      },
    }),
  ),
  ...['xpointer(/)', 'a b', '../a', 'a'.repeat(257)].flatMap((id) =>
    BOTH_PLACES.map(
      (sign): Forgery => ({
        words: `an ID that is no name, “${id.slice(0, 20)}”, and the reference to it (${sign})`,
        reasons: ['saml_signature', 'saml_structure'],
        control: { sign },
        forge: (target) =>
          honest(target, { sign, ...(sign === 'assertion' ? { assertion: { id } } : { response: { id } }) }),
      }),
    ),
  ),
  ...after('no reference at all', REFUSED, (xml, target) => signedAnew(xml, target, { reference: false })),
  ...after('two references', REFUSED, (xml, target) =>
    signedAnew(xml, target, { signedInfoExtra: textOf(xml, 'Reference') }),
  ),
  ...after('a reference that is hidden in a manifest', REFUSED, (xml, target) =>
    signedAnew(xml, target, {
      reference: false,
      object: `<ds:Object><ds:Manifest>${textOf(xml, 'Reference')}</ds:Manifest></ds:Object>`,
    }),
  ),
  ...after('a reference to a manifest', REFUSED, (xml, target) =>
    signedAnew(xml, target, {
      referenceUri: '#manifest',
      object: `<ds:Object><ds:Manifest Id="manifest">${textOf(xml, 'Reference')}</ds:Manifest></ds:Object>`,
    }),
  ),
];

/** Takes the signature off and puts another by the same provider there. */
function signedAnew(xml: string, target: Target, signature: Partial<SignatureOptions>): Promise<string> {
  const bare = without(xml, 'Signature');
  const isRoot = bare.indexOf('<saml:Assertion') > xml.indexOf('<ds:Signature');
  return signed(target, bare, isRoot ? 'Response' : 'Assertion', { signature });
}

const CHANGED_INFOS: readonly Forgery[] = [
  ...after('a second SignedInfo before the signed one, the assertion changed', REFUSED, (xml) =>
    insert(asAdmin(xml), 'before', 'SignedInfo', withDigest(textOf(xml, 'SignedInfo'), EMPTY_SHA256)),
  ),
  ...after('a second SignedInfo behind the signed one', REFUSED, (xml) =>
    insert(xml, 'after', 'SignedInfo', withDigest(textOf(xml, 'SignedInfo'), EMPTY_SHA256)),
  ),
  ...after('the signed SignedInfo within an Object', REFUSED, (xml) => {
    const original = textOf(xml, 'SignedInfo');
    const moved = replaced(asAdmin(xml), 'SignedInfo', withDigest(original, EMPTY_SHA256));
    return insert(moved, 'last', 'Signature', `<ds:Object>${original}</ds:Object>`);
  }),
  ...after('the signed SignedInfo within the new one', REFUSED, (xml) =>
    replaced(asAdmin(xml), 'SignedInfo', `<ds:SignedInfo>${textOf(xml, 'SignedInfo')}</ds:SignedInfo>`),
  ),
  ...after('a comment in the digest that hides another', REFUSED, (xml) =>
    insert(asAdmin(xml), 'first', 'DigestValue', `<!--${EMPTY_SHA256}-->`),
  ),
  ...after('two digests', REFUSED, (xml) => insert(xml, 'before', 'DigestValue', textOf(xml, 'DigestValue'))),
  ...after('an element in the digest', REFUSED, (xml) => insert(xml, 'first', 'DigestValue', '<x/>')),
  ...after('a digest that is changed', REFUSED, (xml) => withDigest(xml, EMPTY_SHA256)),
  ...after('two signature values', REFUSED, (xml) =>
    insert(xml, 'before', 'SignatureValue', textOf(xml, 'SignatureValue')),
  ),
  ...after('an Object that the signature does not cover', REFUSED, (xml) =>
    insert(xml, 'last', 'Signature', `<ds:Object ${DS}/>`),
  ),
  ...after('a signature without SignedInfo', REFUSED, (xml) => without(xml, 'SignedInfo')),
  ...after('a signature without value', REFUSED, (xml) => without(xml, 'SignatureValue')),
  ...after('a signature without digest', REFUSED, (xml) => without(xml, 'DigestValue')),
  ...after('a signature without transforms', REFUSED, (xml) => without(xml, 'Transforms')),
  ...after('a list of inclusive namespaces that was not signed', REFUSED, (xml) =>
    swap(
      xml,
      /<ds:CanonicalizationMethod ([^>]*)\/>/,
      `<ds:CanonicalizationMethod Algorithm="${TRANSFORMS.exclusive}"><ec:InclusiveNamespaces xmlns:ec="${TRANSFORMS.exclusive}" PrefixList="saml"/></ds:CanonicalizationMethod>`,
    ),
  ),
];

function withDigest(xml: string, digest: string): string {
  return swap(xml, /(?<=<ds:DigestValue>)[^<]*/, digest);
}

const { enveloped, exclusive } = TRANSFORMS;
const xpath = `<ds:Transform Algorithm="${TRANSFORMS.xpath}"><ds:XPath>not(ancestor-or-self::*[local-name()='NameID'])</ds:XPath></ds:Transform>`;
const xslt = `<ds:Transform Algorithm="${TRANSFORMS.xslt}"><xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/></ds:Transform>`;
const filter = `<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="intersect">/</f:XPath></ds:Transform>`;

const TRANSFORM_LISTS: readonly Forgery[] = [
  ...bent('an XPath filter among the transforms', REFUSED, { transforms: [enveloped, { xml: xpath }, exclusive] }),
  ...bent('an XPath filter in place of one', REFUSED, { transforms: [{ xml: xpath }, exclusive] }),
  ...bent('a second kind of XPath filter', REFUSED, { transforms: [enveloped, { xml: filter }] }),
  ...bent('an XSLT stylesheet', REFUSED, { transforms: [enveloped, { xml: xslt }] }),
  ...bent('base64 decoding', REFUSED, { transforms: [enveloped, TRANSFORMS.base64] }),
  ...bent('enveloped-signature twice', REFUSED, { transforms: [enveloped, enveloped] }),
  ...bent('enveloped-signature twice and Exclusive C14N', REFUSED, { transforms: [enveloped, enveloped, exclusive] }),
  ...bent('Exclusive C14N twice', REFUSED, { transforms: [enveloped, exclusive, exclusive] }),
  ...bent('the transforms in the other order', REFUSED, { transforms: [exclusive, enveloped] }),
  ...bent('enveloped-signature alone', REFUSED, { transforms: [enveloped] }),
  ...bent('Exclusive C14N alone', REFUSED, { transforms: [exclusive] }),
  ...bent('no transforms', REFUSED, { transforms: [] }),
  ...bent('inclusive canonicalisation', ['saml_algorithm'], { transforms: [enveloped, TRANSFORMS.inclusive] }),
  ...bent('inclusive canonicalisation 1.1', ['saml_algorithm'], { transforms: [enveloped, TRANSFORMS.inclusive11] }),
  ...bent('canonicalisation with comments', ['saml_algorithm'], {
    transforms: [enveloped, TRANSFORMS.exclusiveWithComments],
  }),
  ...bent('a transform that nobody knows', ['saml_algorithm'], {
    transforms: [enveloped, { xml: '<ds:Transform Algorithm="urn:x"/>' }],
  }),
  ...bent('inclusive canonicalisation of SignedInfo', ['saml_algorithm'], { c14n: TRANSFORMS.inclusive }),
  ...bent('canonicalisation of SignedInfo with comments', ['saml_algorithm'], {
    c14n: TRANSFORMS.exclusiveWithComments,
  }),
];

/** Where the canonical form is void, the digest of nothing must not do (CVE-2025-25292 and its kin). */
const VOID: readonly Forgery[] = [
  ...bent('the digest of nothing', REFUSED, { digestValue: EMPTY_SHA256 }),
  ...BOTH_PLACES.map(
    (sign): Forgery => ({
      words: `the digest of nothing, and an element without canonical form (${sign})`,
      reasons: REFUSED,
      control: { sign },
      forge: async (target) => {
        const xml = await honest(target, { sign, signature: { digestValue: EMPTY_SHA256 } });
        return insert(asAdmin(xml), 'last', 'AttributeStatement', NO_CANONICAL_FORM);
      },
    }),
  ),
  ...after('a signature of nothing, and a SignedInfo without canonical form', REFUSED, async (xml, target) => {
    const nothing = await signatureOf(new Uint8Array(), target.keys.rsa, SIGNATURE_ALGORITHMS.rsaSha256);
    const changed = swap(asAdmin(xml), /(?<=<ds:SignatureValue>)[^<]*/, nothing);
    return swap(changed, '<ds:SignedInfo>', '<ds:SignedInfo xmlns:x="../relative">');
  }),
  ...after('a namespace of the root without canonical form', REFUSED, (xml) =>
    swap(asAdmin(xml), '<samlp:Response ', '<samlp:Response xmlns:x="../relative" '),
  ),
];

const CHANGED: readonly Forgery[] = [
  ...after('nobody signed', ['saml_signature'], (xml) => xml, ['none']).map((forgery) => ({
    ...forgery,
    control: { sign: 'both' as const },
  })),
  ...after('the NameID changed', ['saml_signature'], (xml) => swap(xml, '>alice@', '>admin@'), [
    'assertion',
    'response',
    'both',
  ]),
  ...after('an attribute changed', ['saml_signature'], (xml) => swap(xml, '>engineering<', '>admins-canary<')),
  ...after('an attribute added', ['saml_signature'], (xml) =>
    insert(
      xml,
      'last',
      'AttributeStatement',
      '<saml:Attribute Name="role"><saml:AttributeValue>admin</saml:AttributeValue></saml:Attribute>',
    ),
  ),
  ...after('an attribute taken out', ['saml_signature'], (xml) => without(xml, 'Attribute', 1)),
  ...after('the name of an attribute changed', ['saml_signature'], (xml) =>
    swap(xml, 'Name="firstName"', 'Name="email"'),
  ),
  ...after('the condition taken out', ['saml_signature'], (xml) => without(xml, 'AudienceRestriction')),
  ...after('the time stretched', ['saml_signature'], (xml) => swap(xml, /NotOnOrAfter="\d{4}/, 'NotOnOrAfter="2099')),
  ...after('a namespace bound to another name', ['saml_signature', 'saml_structure'], (xml) =>
    swap(xml, /xmlns:xsi="[^"]*"/, 'xmlns:xsi="urn:x"'),
  ),
  ...after('white space added within', ['saml_signature'], (xml) => insert(xml, 'first', 'Subject', '\n')),
  ...after('an attribute of XML added to the assertion', ['saml_signature'], (xml) =>
    swap(xml, '<saml:Subject>', '<saml:Subject xml:lang="en">'),
  ),
  ...after('the ID changed', ['saml_signature'], (xml) =>
    swap(
      xml,
      `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${idOf(xml, 'Assertion')}"`,
      `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_other"`,
    ),
  ),
  ...bent('another digest algorithm named than used', ['saml_signature'], {
    digest: DIGESTS.sha512,
    digestValue: EMPTY_SHA256,
  }),
];

export const REFERENCES: readonly Forgery[] = [...URIS, ...CHANGED_INFOS, ...TRANSFORM_LISTS, ...VOID, ...CHANGED];
