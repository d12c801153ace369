/**
 * An identity provider in miniature, independent of the code under test: template text, canonicalised by the XML
 * library's own subtree call, signed and encrypted by WebCrypto. Faults are put in by rewriting the templates.
 */
import { XmlC14NMode, XmlDocument, XmlElement, XmlStringOutputBufferHandler } from 'libxml2-wasm';

const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const DS = 'http://www.w3.org/2000/09/xmldsig#';

export const NS =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';

export interface KeyPair {
  readonly privateKey: CryptoKey;
  /** Base64 DER. */
  readonly spki: string;
  readonly pkcs8: string;
}

export async function makeKeys(
  algorithm: RsaHashedKeyGenParams | EcKeyGenParams,
  usages: KeyUsage[] = ['sign', 'verify'],
): Promise<KeyPair> {
  const { publicKey, privateKey } = (await crypto.subtle.generateKey(algorithm, true, usages)) as CryptoKeyPair;
  return {
    privateKey,
    spki: new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)).toBase64(),
    pkcs8: new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)).toBase64(),
  };
}

export function rsa(hash = 'SHA-256', modulusLength = 2048): RsaHashedKeyGenParams {
  return { name: 'RSASSA-PKCS1-v1_5', hash, modulusLength, publicExponent: new Uint8Array([1, 0, 1]) };
}

/** Exclusive C14N of the element with this ID, as text. */
export function canonical(xml: string, id: string, prefixes: string[] = []): string {
  return canonicalAt(xml, `//*[@ID='${id}']`, prefixes);
}

function canonicalAt(xml: string, path: string, prefixes: string[]): string {
  using document = XmlDocument.fromString(xml);
  const element = document.get(path);
  if (!(element instanceof XmlElement)) throw new Error(`no ${path} in the template`);
  const output = new XmlStringOutputBufferHandler();
  element.canonicalize(output, {
    mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
    ...(prefixes.length > 0 ? { inclusiveNamespacePrefixes: prefixes } : {}),
  });
  return output.result;
}

export interface SignOptions {
  readonly key: KeyPair;
  readonly algorithm?: string;
  readonly sign?: AlgorithmIdentifier | RsaPssParams | EcdsaParams;
  readonly digestAlgorithm?: string;
  readonly digest?: string;
  readonly prefixes?: string[];
  readonly uri?: string;
  /** Rewrites SignedInfo before it is signed: the signature stays good. */
  readonly signedInfo?: (text: string) => string;
  /** Rewrites the whole signature after it was made. */
  readonly signature?: (text: string) => string;
}

/** The document with the place marker `<!--sign ID-->` replaced by an enveloped signature of that element. */
async function sign(xml: string, id: string, options: SignOptions): Promise<string> {
  const marker = `[[sign ${id}]]`;
  const bare = xml.replace(marker, '').replaceAll(/\[\[sign [^\]]*\]\]/g, '');
  const digestName = options.digest ?? 'SHA-256';
  const digest = await crypto.subtle.digest(
    digestName,
    new TextEncoder().encode(canonical(bare, id, options.prefixes)),
  );
  const inclusive = options.prefixes
    ? `<ec:InclusiveNamespaces xmlns:ec="${EXC_C14N}" PrefixList="${options.prefixes.join(' ')}"/>`
    : '';
  const draft = `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXC_C14N}"/><ds:SignatureMethod Algorithm="${options.algorithm ?? RSA_SHA256}"/><ds:Reference URI="${options.uri ?? `#${id}`}"><ds:Transforms><ds:Transform Algorithm="${ENVELOPED}"/><ds:Transform Algorithm="${EXC_C14N}">${inclusive}</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${options.digestAlgorithm ?? 'http://www.w3.org/2001/04/xmlenc#sha256'}"/><ds:DigestValue>${new Uint8Array(digest).toBase64()}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const signedInfo = options.signedInfo?.(draft) ?? draft;
  const octets = canonicalAt(`<ds:Signature xmlns:ds="${DS}">${signedInfo}</ds:Signature>`, '/*/*', []);
  const value = await crypto.subtle.sign(
    options.sign ?? 'RSASSA-PKCS1-v1_5',
    options.key.privateKey,
    new TextEncoder().encode(octets),
  );
  const signature = `<ds:Signature xmlns:ds="${DS}">${signedInfo}<ds:SignatureValue>${new Uint8Array(value).toBase64()}</ds:SignatureValue></ds:Signature>`;
  return xml.replace(marker, options.signature?.(signature) ?? signature);
}

export interface ResponseParts {
  readonly groups?: number;
  /** Attributes added to the root, such as namespace declarations. */
  readonly root?: string;
  readonly assertionRoot?: string;
  readonly status?: string;
  readonly subject?: string;
  readonly conditions?: string;
  readonly attributes?: string;
  /** Put into the assertion, behind its statements. */
  readonly extra?: string;
}

const SUCCESS = '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>';
const XSI = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

export function assertionText(parts: ResponseParts = {}): string {
  const groups = Array.from(
    { length: parts.groups ?? 2 },
    (_, index) => `<saml:AttributeValue ${XSI} xsi:type="xs:string">group-${index}-engineering</saml:AttributeValue>`,
  ).join('');
  const subject =
    parts.subject ??
    '<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" SPNameQualifier="https://sp.test">alice</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="_q1" Recipient="https://sp.test/acs" NotOnOrAfter="2030-01-01T00:05:00Z"/></saml:SubjectConfirmation></saml:Subject>';
  const conditions =
    parts.conditions ??
    '<saml:Conditions NotBefore="2030-01-01T00:00:00Z" NotOnOrAfter="2030-01-01T00:05:00Z"><saml:AudienceRestriction><saml:Audience>https://sp.test</saml:Audience></saml:AudienceRestriction></saml:Conditions>';
  const attributes =
    parts.attributes ??
    `<saml:Attribute Name="email" FriendlyName="groups"><saml:AttributeValue>alice@x.test</saml:AttributeValue></saml:Attribute><saml:Attribute Name="groups">${groups}</saml:Attribute>`;
  return `<saml:Assertion ID="_a1" Version="2.0" IssueInstant="2030-01-01T00:00:00Z"${parts.assertionRoot ?? ''}><saml:Issuer>https://idp.test</saml:Issuer>[[sign _a1]]${subject}${conditions}<saml:AuthnStatement AuthnInstant="2030-01-01T00:00:00Z" SessionIndex="s1" SessionNotOnOrAfter="2030-01-01T08:00:00Z"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes}</saml:AttributeStatement>${parts.extra ?? ''}</saml:Assertion>`;
}

export function responseText(parts: ResponseParts = {}, assertion = assertionText(parts)): string {
  return `<samlp:Response ${NS} ID="_r1" Version="2.0" IssueInstant="2030-01-01T00:00:00Z" Destination="https://sp.test/acs" InResponseTo="_q1"${parts.root ?? ''}><saml:Issuer>https://idp.test</saml:Issuer>[[sign _r1]]${parts.status ?? SUCCESS}${assertion}</samlp:Response>`;
}

/** Signs what is asked for, the assertion first, and removes the other markers. */
export async function signed(
  text: string,
  ids: readonly string[],
  options: SignOptions | ((id: string) => SignOptions),
): Promise<string> {
  let xml = text;
  for (const id of ids) xml = await sign(xml, id, typeof options === 'function' ? options(id) : options);
  return xml.replaceAll(/\[\[sign [^\]]*\]\]/g, '');
}
