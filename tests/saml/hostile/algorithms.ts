/** Keys that are not the provider’s, and algorithms that nobody should use (SAML core §5.4; RFC 9231; XML Encryption 1.1). */
import { DIGESTS, SIGNATURE_ALGORITHMS } from '#dev/saml/names.ts';
import { pemOf } from '#dev/saml/signing-key.ts';
import type { Forgery } from './forgery.ts';
import { swap } from './forgery.ts';
import { type HonestOptions, honest, type Target } from './honest.ts';

const X509 = (der: string) => `<ds:X509Data><ds:X509Certificate>${der}</ds:X509Certificate></ds:X509Data>`;

/** @param listener an address that must hear nothing */
export function keyForgeries(listener: () => string): readonly Forgery[] {
  const byAttacker = (words: string, keyInfo: (target: Target) => string | { xml: string } | null): Forgery[] =>
    (['assertion', 'response', 'both'] as const).map((sign) => ({
      words: `signed by somebody else, ${words} (${sign})`,
      reasons: ['saml_signature'],
      control: { sign },
      forge: (target) => honest(target, { sign, key: target.keys.attacker, signature: { keyInfo: keyInfo(target) } }),
    }));
  const retrieval = (type: string) => ({
    xml: `<ds:RetrievalMethod Type="http://www.w3.org/2000/09/xmldsig#${type}" URI="${listener()}/key"/>`,
  });
  return [
    ...byAttacker('who shows a certificate of their own', ({ keys }) => keys.attacker.certificate),
    ...byAttacker('who shows the provider’s certificate', ({ keys }) => keys.rsa.certificate),
    ...byAttacker('who shows both', ({ keys }) => ({
      xml: X509(keys.attacker.certificate) + X509(keys.rsa.certificate),
    })),
    ...byAttacker('who shows none', () => null),
    ...byAttacker('who names the provider’s key', () => ({
      xml: '<ds:KeyName>https://idp.example/metadata</ds:KeyName>',
    })),
    ...byAttacker('who says where to fetch the certificate', () => retrieval('X509Data')),
    {
      words: 'a reference to somewhere on the network',
      reasons: ['saml_signature', 'saml_structure', 'saml_algorithm'],
      forge: (target) => honest(target, { signature: { referenceUri: `${listener()}/assertion.xml` } }),
    },
  ];
}

function algorithm(words: string, options: HonestOptions): Forgery {
  return { words, reasons: ['saml_algorithm'], forge: (target) => honest(target, options) };
}

function secret(words: string, algorithmUri: string, secretOf: (certificate: string) => Uint8Array): Forgery {
  return {
    words,
    reasons: ['saml_algorithm'],
    forge: (target) => {
      const key = new Uint8Array(secretOf(target.keys.rsa.certificate));
      return honest(target, { key, signature: { algorithm: algorithmUri } });
    },
  };
}

const pem = (certificate: string) => new TextEncoder().encode(pemOf('CERTIFICATE', certificate));
const der = (certificate: string) => Uint8Array.fromBase64(certificate);
const { rsaSha1, rsaMd5, dsaSha1, rsaPssSha256, hmacSha1, hmacSha256, rsaSha256, ecdsaSha256 } = SIGNATURE_ALGORITHMS;

export const ALGORITHMS: readonly Forgery[] = [
  secret('an HMAC keyed with the provider’s certificate in PEM', hmacSha256, pem),
  secret('an HMAC keyed with the provider’s certificate in DER', hmacSha256, der),
  secret('an HMAC with SHA-1 keyed with the provider’s certificate in PEM', hmacSha1, pem),
  secret('an HMAC with SHA-1 keyed with the provider’s certificate in DER', hmacSha1, der),
  algorithm('RSA with SHA-1', { signature: { algorithm: rsaSha1 } }),
  algorithm('RSA with MD5', { signature: { algorithm: rsaMd5 } }),
  algorithm('DSA with SHA-1', { signature: { algorithm: dsaSha1 } }),
  algorithm('RSASSA-PSS', { signature: { algorithm: rsaPssSha256 } }),
  algorithm('an algorithm without name', { signature: { algorithm: '' } }),
  algorithm('an algorithm in capitals', { signature: { algorithm: rsaSha256.toUpperCase() } }),
  algorithm('an algorithm that nobody knows', { signature: { algorithm: 'urn:none' } }),
  algorithm('a digest with SHA-1', { signature: { digest: DIGESTS.sha1 } }),
  algorithm('a digest with MD5', { signature: { digest: DIGESTS.md5 } }),
  {
    words: 'ECDSA with SHA-1',
    reasons: ['saml_algorithm'],
    forge: (target) =>
      honest(target, { key: target.keys.p256, signature: { algorithm: SIGNATURE_ALGORITHMS.ecdsaSha1 } }),
  },
  {
    words: 'an algorithm of elliptic curves over a signature by RSA',
    reasons: ['saml_signature'],
    forge: (target) => honest(target, { signature: { algorithm: ecdsaSha256 } }),
  },
  {
    words: 'an algorithm of RSA over a signature by an elliptic curve',
    reasons: ['saml_signature'],
    forge: (target) => honest(target, { key: target.keys.p256, signature: { algorithm: rsaSha256 } }),
  },
  {
    words: 'an HMAC output length of zero',
    reasons: ['saml_algorithm', 'saml_structure', 'saml_signature'],
    forge: async (target) =>
      swap(
        await honest(target),
        /<ds:SignatureMethod ([^>]*)\/>/,
        `<ds:SignatureMethod Algorithm="${hmacSha1}"><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>`,
      ),
  },
];

const AES_CBC = 'http://www.w3.org/2001/04/xmlenc#aes128-cbc';

function encryption(
  words: string,
  reasons: Forgery['reasons'],
  encrypt: HonestOptions['encrypt'],
  rest: HonestOptions & { readonly place?: string } = {},
): Forgery {
  const { place, ...options } = rest;
  const control: HonestOptions = { sign: options.sign, encrypt: place === 'cbc' ? { content: 'aes128-cbc' } : {} };
  return {
    words,
    reasons,
    ...(place && { place }),
    control,
    forge: (target) => honest(target, { ...options, encrypt }),
  };
}

/** `cbc` allows AES-CBC, and then only within a signed response. */
export const ENCRYPTION: readonly Forgery[] = [
  encryption('RSA PKCS #1 v1.5', ['saml_algorithm'], { keyTransport: 'rsa-1_5' }, { sign: 'both' }),
  encryption('RSA PKCS #1 v1.5, in an assertion signed alone', ['saml_algorithm'], { keyTransport: 'rsa-1_5' }),
  encryption('RSA PKCS #1 v1.5 that is called OAEP', ['saml_decryption'], {
    keyTransport: 'rsa-1_5',
    keyTransportUri: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
  }),
  encryption('AES-CBC where it is not allowed', ['saml_algorithm'], { content: 'aes128-cbc' }, { sign: 'both' }),
  encryption(
    'AES-CBC where it is allowed, in a response that is not signed',
    ['saml_algorithm'],
    { content: 'aes256-cbc' },
    {
      place: 'cbc',
    },
  ),
  encryption(
    'AES-GCM that is called CBC',
    ['saml_decryption'],
    { contentUri: AES_CBC },
    { place: 'cbc', sign: 'response' },
  ),
  encryption('OAEP with two different hashes', ['saml_algorithm'], {
    keyTransport: 'rsa-oaep',
    digest: 'SHA-256',
    mgf: 'SHA-1',
  }),
  encryption('triple DES', ['saml_algorithm'], { contentUri: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc' }),
  encryption('a content algorithm that nobody knows', ['saml_algorithm'], { contentUri: 'urn:none' }),
  encryption('a key transport that nobody knows', ['saml_algorithm'], { keyTransportUri: 'urn:none' }),
].map((forgery) =>
  forgery.control?.sign === undefined && forgery.place === 'cbc'
    ? { ...forgery, control: { ...forgery.control, sign: 'response' as const } }
    : forgery,
);
