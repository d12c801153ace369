/**
 * Encrypted assertions as they stand in the message (SAML core §2.3.4, XML Encryption §3): read into plain data, the
 * algorithms vetted. Encryption hides; it never says who wrote something.
 */
import {
  algorithmName,
  CONTENT_ENCRYPTION,
  type ContentAlgorithm,
  type HashName,
  MASK_GENERATION,
  OAEP,
  OAEP_DIGESTS,
  OAEP_MGF1P,
} from './algorithms.ts';
import { decodeBase64 } from './base64.ts';
import { attributeOf, childrenOf, type Element, nameOf, textOf } from './document.ts';
import { Members } from './members.ts';
import { refusal } from './trail.ts';

export interface EncryptedKey {
  readonly hash: HashName;
  readonly cipher: Uint8Array<ArrayBuffer>;
}

export interface EncryptedInput {
  readonly algorithm: ContentAlgorithm;
  readonly cipher: Uint8Array<ArrayBuffer>;
  /** The content's key, once for each recipient. */
  readonly keys: readonly EncryptedKey[];
  /** Namespaces in scope where the plaintext will stand, by prefix. */
  readonly scope: Readonly<Record<string, string>>;
}

const MAX_KEYS = 4;
const ELEMENT = 'http://www.w3.org/2001/04/xmlenc#Element';

/**
 * @param element saml:EncryptedAssertion
 * @param allowCbc AES-CBC does not notice changes: only within a verified signature
 * @throws SsoError `saml_structure`, `saml_algorithm`, `saml_decryption`
 */
export function readEncrypted(element: Element, allowCbc: boolean): EncryptedInput {
  const members = new Members(element, ['xenc:EncryptedData', 'xenc:EncryptedKey']);
  const encryptedData = members.required('xenc:EncryptedData');
  if ((attributeOf(encryptedData, 'Type') ?? ELEMENT) !== ELEMENT) {
    throw refusal('saml_structure', 'xenc:EncryptedData does not hold an element');
  }
  const parts = encryptedMembers(encryptedData);
  const keys = [...keysWithin(parts.optional('ds:KeyInfo')), ...members.all('xenc:EncryptedKey')];
  if (keys.length === 0) throw refusal('saml_decryption', 'there is no encrypted key');
  if (keys.length > MAX_KEYS) throw refusal('saml_structure', `more than ${MAX_KEYS} encrypted keys`);
  const encryptedBy = algorithmOf(parts.required('xenc:EncryptionMethod'));
  const algorithm = CONTENT_ENCRYPTION.get(encryptedBy);
  if (!algorithm || (algorithm.name === 'AES-CBC' && !allowCbc)) {
    const expected = 'AES-GCM; AES-CBC only within a signed response, with allowCbc';
    const evidence = { expected, actual: algorithmName(encryptedBy) };
    throw refusal('saml_algorithm', 'the algorithm of the encrypted content is not allowed', evidence);
  }
  return { algorithm, cipher: cipherOf(parts), keys: keys.map(readKey), scope: { ...element.namespaces } };
}

function encryptedMembers(element: Element): Members {
  return new Members(element, [
    'xenc:EncryptionMethod',
    'ds:KeyInfo',
    'xenc:CipherData',
    'xenc:EncryptionProperties',
    'xenc:ReferenceList',
    'xenc:CarriedKeyName',
  ]);
}

function keysWithin(keyInfo: Element | undefined): Element[] {
  return keyInfo ? childrenOf(keyInfo).filter((child) => nameOf(child) === 'xenc:EncryptedKey') : [];
}

function algorithmOf(method: Element): string {
  return attributeOf(method, 'Algorithm') ?? '';
}

/** By value only: a xenc:CipherReference would have us fetch. */
function cipherOf(parts: Members): Uint8Array<ArrayBuffer> {
  const data = new Members(parts.required('xenc:CipherData'), ['xenc:CipherValue']);
  const cipher = decodeBase64(textOf(data.required('xenc:CipherValue')));
  if (!cipher) throw refusal('saml_decryption', 'the cipher value is not base64');
  return cipher;
}

function readKey(element: Element): EncryptedKey {
  const parts = encryptedMembers(element);
  return { hash: oaepHash(parts.required('xenc:EncryptionMethod')), cipher: cipherOf(parts) };
}

/** XML Encryption 1.1 §5.5.2. WebCrypto has one hash for both uses, so both must be the same. */
function oaepHash(method: Element): HashName {
  const members = new Members(method, ['ds:DigestMethod', 'xenc11:MGF', 'xenc:OAEPparams', 'xenc:KeySize']);
  const label = members.optional('xenc:OAEPparams');
  const digestMethod = members.optional('ds:DigestMethod');
  const mask = members.optional('xenc11:MGF');
  const hash = digestMethod ? OAEP_DIGESTS.get(algorithmOf(digestMethod)) : 'SHA-1';
  const maskHash = mask ? MASK_GENERATION.get(algorithmOf(mask)) : 'SHA-1';
  const algorithm = algorithmOf(method);
  const known = algorithm === OAEP || (algorithm === OAEP_MGF1P && !mask);
  if (!known || hash === undefined || hash !== maskHash || (label && textOf(label) !== '')) {
    const expected = 'RSA-OAEP, digest and mask with one hash';
    const evidence = { expected, actual: algorithmName(algorithm) };
    throw refusal('saml_algorithm', 'the algorithm of the encrypted key is not allowed', evidence);
  }
  return hash;
}
