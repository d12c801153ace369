/**
 * The algorithms of the profile, by their identifiers (RFC 6931; XML Encryption 1.1 §5). What is not listed here is
 * refused: SHA-1 signatures, HMAC, DSA, RSASSA-PSS, RSAES-PKCS1-v1_5, every other transform and canonicalisation.
 */

export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

export interface SignatureAlgorithm {
  readonly name: 'RSASSA-PKCS1-v1_5' | 'ECDSA';
  readonly hash: HashName;
}

export interface ContentAlgorithm {
  readonly name: 'AES-GCM' | 'AES-CBC';
  readonly keyBytes: number;
}

/** Where the W3C and RFC 6931 keep their identifiers. */
const NAMED = /^http:\/\/www\.w3\.org\/(?:[\w.-]{1,40}\/){0,5}([\w.-]{1,40})?(?:#([\w.-]{0,40}))?$/;

/** How a trace names an algorithm: the end of an identifier that looks like one of the W3C's, at most 40 plain characters. */
export function algorithmName(identifier: string): string {
  const [, document, fragment] = NAMED.exec(identifier) ?? [];
  return fragment || document || 'another one';
}

export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const ENVELOPED_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

export const SIGNATURES: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', { name: 'ECDSA', hash: 'SHA-256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', { name: 'ECDSA', hash: 'SHA-384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', { name: 'ECDSA', hash: 'SHA-512' }],
]);

export const DIGESTS: ReadonlyMap<string, HashName> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'SHA-256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'SHA-384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'SHA-512'],
]);

export const CONTENT_ENCRYPTION: ReadonlyMap<string, ContentAlgorithm> = new Map([
  ['http://www.w3.org/2009/xmlenc11#aes128-gcm', { name: 'AES-GCM', keyBytes: 16 }],
  ['http://www.w3.org/2009/xmlenc11#aes256-gcm', { name: 'AES-GCM', keyBytes: 32 }],
  ['http://www.w3.org/2001/04/xmlenc#aes128-cbc', { name: 'AES-CBC', keyBytes: 16 }],
  ['http://www.w3.org/2001/04/xmlenc#aes256-cbc', { name: 'AES-CBC', keyBytes: 32 }],
]);

/** RSA-OAEP; in the older identifier the mask generation is with SHA-1. */
export const OAEP_MGF1P = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
export const OAEP = 'http://www.w3.org/2009/xmlenc11#rsa-oaep';

export const OAEP_DIGESTS: ReadonlyMap<string, HashName> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'SHA-1'],
  ...DIGESTS,
  ['http://www.w3.org/2001/04/xmlenc#sha384', 'SHA-384'],
]);

export const MASK_GENERATION: ReadonlyMap<string, HashName> = new Map([
  ['http://www.w3.org/2009/xmlenc11#mgf1sha1', 'SHA-1'],
  ['http://www.w3.org/2009/xmlenc11#mgf1sha256', 'SHA-256'],
  ['http://www.w3.org/2009/xmlenc11#mgf1sha384', 'SHA-384'],
  ['http://www.w3.org/2009/xmlenc11#mgf1sha512', 'SHA-512'],
]);
