/** Signatures over octets (XML Signature 1.1 §6.4): what signs our messages, and what verifies detached ones. */
import { SsoError } from '#error';
import { readOnly, readValues, TAG } from './der.ts';
import { UNKNOWN_KEY } from './unknown-key.ts';
import { SIGNATURES, type SignatureAlgorithm } from './xml/algorithms.ts';
import { verificationKey } from './xml/keys.ts';

/** The only algorithm that we sign with. */
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/** Signs our messages with the active key of a connection. */
export interface MessageSigner {
  readonly algorithm: typeof RSA_SHA256;
  /** Base64 DER. */
  readonly certificate: string;
  sign(octets: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

/** @param privateKey RSASSA-PKCS1-v1_5 with SHA-256 */
export function messageSigner(privateKey: CryptoKey, certificate: string): MessageSigner {
  return {
    algorithm: RSA_SHA256,
    certificate,
    sign: async (octets) => new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, octets)),
  };
}

export interface DetachedSignature {
  /** The identifier of the algorithm as it was received. */
  readonly algorithm: string;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/**
 * @param publicKeys base64 DER, SubjectPublicKeyInfo; one of them must have made the signature
 * @throws SsoError `saml_algorithm`, `saml_signature`
 */
export async function verifyDetached(detached: DetachedSignature, publicKeys: readonly string[]): Promise<void> {
  const algorithm = SIGNATURES.get(detached.algorithm);
  if (!algorithm) throw new SsoError('saml_algorithm', { detail: 'SigAlg is not one of RSA or ECDSA with SHA-2' });
  for (const publicKey of publicKeys) {
    const key = await verificationKey(publicKey, algorithm);
    if (key && (await isSignedBy(key, algorithm, detached))) return;
  }
  throw new SsoError('saml_signature', { detail: UNKNOWN_KEY });
}

async function isSignedBy(
  key: CryptoKey,
  { name, hash }: SignatureAlgorithm,
  { octets, signature }: DetachedSignature,
): Promise<boolean> {
  if (name !== 'ECDSA') return crypto.subtle.verify(name, key, signature, octets);
  const bytes = COORDINATE_BYTES.get((key.algorithm as EcKeyAlgorithm).namedCurve);
  const plain = bytes && plainSignature(signature, bytes);
  return plain ? crypto.subtle.verify({ name, hash }, key, plain, octets) : false;
}

const COORDINATE_BYTES: ReadonlyMap<string, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
]);

/**
 * The two numbers side by side (XML Signature 1.1 §6.4.3). Providers on Java's plain signature interface send
 * them as DER in this binding; the same two numbers are meant.
 */
function plainSignature(signature: Uint8Array<ArrayBuffer>, bytes: number): Uint8Array<ArrayBuffer> | undefined {
  if (signature.length === 2 * bytes) return signature;
  try {
    const numbers = readValues(readOnly(signature, TAG.sequence));
    const plain = new Uint8Array(2 * bytes);
    for (const [index, { tag, content }] of numbers.entries()) {
      const digits = content[0] === 0 ? content.subarray(1) : content;
      if (tag !== TAG.integer || index > 1 || digits.length > bytes) return undefined;
      plain.set(digits, (index + 1) * bytes - digits.length);
    }
    return numbers.length === 2 ? plain : undefined;
  } catch {
    return undefined;
  }
}
