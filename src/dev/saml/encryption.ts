/**
 * Encrypted assertions (SAML core §2.3.4, XML Encryption 1.1): AES with a fresh key, which RSA carries to the service
 * provider, inside the EncryptedData's KeyInfo or beside the EncryptedData.
 */
import { constants, createPublicKey, publicEncrypt, X509Certificate } from 'node:crypto';
import { ParseOption, XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { newId } from './document.ts';
import { NAMESPACES } from './element.ts';
import { DIGESTS } from './names.ts';
import { encodeOaep, type OaepHash } from './oaep.ts';
import { elementsOf, replaceRange } from './source.ts';

export type ContentEncryption = 'aes128-gcm' | 'aes256-gcm' | 'aes128-cbc' | 'aes256-cbc';
export type KeyTransport = 'rsa-oaep-mgf1p' | 'rsa-oaep' | 'rsa-1_5';

export interface EncryptionOptions {
  /** Base64 DER of the service provider's certificate, or of its public key (SubjectPublicKeyInfo): one of the two. */
  readonly certificate?: string | undefined;
  readonly publicKey?: string | undefined;
  /** Default aes256-gcm. */
  readonly content?: ContentEncryption | undefined;
  /** Default rsa-oaep-mgf1p. */
  readonly keyTransport?: KeyTransport | undefined;
  /** Of OAEP. Default SHA-1 for rsa-oaep-mgf1p, SHA-256 for rsa-oaep. */
  readonly digest?: OaepHash | undefined;
  /** Hash of the mask of rsa-oaep, default `digest`; that of rsa-oaep-mgf1p is SHA-1. */
  readonly mgf?: OaepHash | undefined;
  /** Of CBC, default pkcs7; iso10126 is the one XML Encryption §5.2.2 describes. */
  readonly padding?: 'pkcs7' | 'iso10126' | undefined;
  /** Default inside. */
  readonly keyPlacement?: 'inside' | 'beside' | undefined;
  /** Takes the assertion's text as it stands, although namespaces may be declared further out. Default false: canonical. */
  readonly verbatim?: boolean | undefined;
  /** Names another content algorithm than the one used: a URI. */
  readonly contentUri?: string | undefined;
  /** Names another key transport than the one used: a URI. */
  readonly keyTransportUri?: string | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
const GCM_IV_BYTES = 12;
const BLOCK_BYTES = 16;

/** @returns the text with its first saml:Assertion replaced. @throws Error when there is none */
export async function encryptAssertion(xml: string, options: EncryptionOptions): Promise<string> {
  const assertion = elementsOf(xml).find(({ localName }) => localName === 'Assertion');
  if (!assertion) throw new Error('There is no assertion to encrypt');
  const plaintext = options.verbatim ? xml.slice(assertion.start, assertion.end) : canonicalAssertion(xml);
  return replaceRange(xml, assertion.start, assertion.end, await encryptText(plaintext, options));
}

/** @param plaintext anything, an assertion if it is to be honest. @returns a saml:EncryptedAssertion that stands alone */
export async function encryptText(plaintext: string, options: EncryptionOptions): Promise<string> {
  const content = options.content ?? 'aes256-gcm';
  const key = crypto.getRandomValues(new Uint8Array(content.startsWith('aes256') ? 32 : 16));
  const [data, encryptedKey] = await Promise.all([
    encryptContent(new TextEncoder().encode(plaintext), key, content, options.padding ?? 'pkcs7'),
    transportKey(key, options),
  ]);
  const [dataId, keyId] = [newId(), newId()];
  const isBeside = options.keyPlacement === 'beside';
  const carriedKey = `<xenc:EncryptedKey xmlns:xenc="${XENC}" Id="${keyId}">${keyMethod(options)}${cipherData(encryptedKey)}${
    isBeside ? `<xenc:ReferenceList><xenc:DataReference URI="#${dataId}"/></xenc:ReferenceList>` : ''
  }</xenc:EncryptedKey>`;
  const keyInfo = isBeside ? `<ds:RetrievalMethod Type="${XENC}EncryptedKey" URI="#${keyId}"/>` : carriedKey;
  const contentUri = options.contentUri ?? `${content.endsWith('gcm') ? XENC11 : XENC}${content}`;
  return `<saml:EncryptedAssertion xmlns:saml="${NAMESPACES.assertion}"><xenc:EncryptedData xmlns:xenc="${XENC}" Id="${dataId}" Type="${XENC}Element"><xenc:EncryptionMethod Algorithm="${contentUri}"/><ds:KeyInfo xmlns:ds="${NAMESPACES.signature}">${keyInfo}</ds:KeyInfo>${cipherData(data)}</xenc:EncryptedData>${isBeside ? carriedKey : ''}</saml:EncryptedAssertion>`;
}

/** Exclusive canonicalisation, and the namespaces that values name: it can be parsed alone, and signatures stay good. */
function canonicalAssertion(xml: string): string {
  using document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_HUGE });
  const assertion = document.get('//saml:Assertion', { saml: NAMESPACES.assertion });
  if (!assertion) throw new Error('There is no assertion to encrypt');
  return assertion.canonicalizeToString({
    mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
    inclusiveNamespacePrefixes: ['xs', 'xsi'],
  });
}

async function encryptContent(
  plaintext: Bytes,
  rawKey: Bytes,
  content: ContentEncryption,
  padding: 'pkcs7' | 'iso10126',
): Promise<Bytes> {
  const isGcm = content.endsWith('gcm');
  const name = isGcm ? 'AES-GCM' : 'AES-CBC';
  const iv = crypto.getRandomValues(new Uint8Array(isGcm ? GCM_IV_BYTES : BLOCK_BYTES));
  const key = await crypto.subtle.importKey('raw', rawKey, name, false, ['encrypt']);
  const encrypt = async (data: Bytes) => new Uint8Array(await crypto.subtle.encrypt({ name, iv }, key, data));
  if (isGcm || padding === 'pkcs7') return joined(iv, await encrypt(plaintext));
  const count = BLOCK_BYTES - (plaintext.length % BLOCK_BYTES);
  const pad = crypto.getRandomValues(new Uint8Array(count));
  pad[count - 1] = count;
  // WebCrypto adds a block of its own padding, which nothing before it depends on
  return joined(iv, (await encrypt(joined(plaintext, pad))).slice(0, -BLOCK_BYTES));
}

async function transportKey(key: Bytes, options: EncryptionOptions): Promise<Bytes> {
  const spki = Uint8Array.fromBase64(publicKeyOf(options));
  if (options.keyTransport === 'rsa-1_5') {
    return rsaEncrypt(spki, key, constants.RSA_PKCS1_PADDING);
  }
  const { digest, mgf } = hashesOf(options);
  if (digest !== mgf) {
    const { n = '' } = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({
      format: 'jwk',
    });
    const size = Buffer.from(n, 'base64url').length;
    return rsaEncrypt(spki, await encodeOaep(key, size, digest, mgf), constants.RSA_NO_PADDING);
  }
  const imported = await crypto.subtle.importKey('spki', spki, { name: 'RSA-OAEP', hash: digest }, false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt('RSA-OAEP', imported, key));
}

/** What WebCrypto lacks: PKCS #1 v1.5, and OAEP with two different hashes. */
function rsaEncrypt(spki: Bytes, data: Bytes, padding: number): Bytes {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  return new Uint8Array(publicEncrypt({ key, padding }, data));
}

function publicKeyOf({ certificate, publicKey }: EncryptionOptions): string {
  if (publicKey !== undefined) return publicKey;
  if (certificate === undefined) throw new Error('There is no key to encrypt to');
  return new X509Certificate(Buffer.from(certificate, 'base64')).publicKey
    .export({ format: 'der', type: 'spki' })
    .toString('base64');
}

function hashesOf({ keyTransport = 'rsa-oaep-mgf1p', digest, mgf }: EncryptionOptions) {
  const isMgf1p = keyTransport === 'rsa-oaep-mgf1p';
  const chosen: OaepHash = digest ?? (isMgf1p ? 'SHA-1' : 'SHA-256');
  return { digest: chosen, mgf: isMgf1p ? ('SHA-1' as const) : (mgf ?? chosen) };
}

function keyMethod(options: EncryptionOptions): string {
  const transport = options.keyTransport ?? 'rsa-oaep-mgf1p';
  const uri = options.keyTransportUri ?? `${transport === 'rsa-oaep' ? XENC11 : XENC}${transport}`;
  if (transport === 'rsa-1_5') return `<xenc:EncryptionMethod Algorithm="${uri}"/>`;
  const { digest, mgf } = hashesOf(options);
  const mask = `<xenc11:MGF xmlns:xenc11="${XENC11}" Algorithm="${XENC11}mgf1${plain(mgf)}"/>`;
  return `<xenc:EncryptionMethod Algorithm="${uri}"><ds:DigestMethod xmlns:ds="${NAMESPACES.signature}" Algorithm="${DIGESTS[plain(digest)]}"/>${transport === 'rsa-oaep' ? mask : ''}</xenc:EncryptionMethod>`;
}

function plain(hash: OaepHash): 'sha1' | 'sha256' | 'sha384' | 'sha512' {
  const names = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const;
  return names[hash];
}

function cipherData(value: Bytes): string {
  return `<xenc:CipherData><xenc:CipherValue>${value.toBase64()}</xenc:CipherValue></xenc:CipherData>`;
}

function joined(...parts: Bytes[]): Bytes {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
