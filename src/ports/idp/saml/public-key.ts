/** What kind of key a SubjectPublicKeyInfo holds (RFC 5280 §4.1.2.7, RFC 3279 §2.3, RFC 5480 §2.1.1), and whether it will do. */
import { readOnly, readValues, TAG } from './der.ts';

type PublicKeyKind = { readonly kind: 'rsa'; readonly bits: number } | { readonly kind: 'ec'; readonly curve: Curve };

type Curve = 'P-256' | 'P-384' | 'P-521';

const RSA = '2a864886f70d010101';
const EC = '2a8648ce3d0201';
const CURVES: ReadonlyMap<string, Curve> = new Map([
  ['2a8648ce3d030107', 'P-256'],
  ['2b81040022', 'P-384'],
  ['2b81040023', 'P-521'],
]);
/** Key types that certificates do hold, by name: for the sentence that refuses them. */
const OTHER_TYPES: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d01010a', 'RSASSA-PSS'],
  ['2a8648ce380401', 'DSA'],
  ['2b6570', 'Ed25519'],
  ['2b6571', 'Ed448'],
]);

const MIN_RSA_BITS = 2048;
/** Verifying gets dearer with the square of the size. */
const MAX_RSA_BITS = 8192;
const MAX_EXPONENT_BYTES = 5;

/** Says in words why a key is not usable. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
}

/**
 * @param spki DER
 * @throws UnusableKey with the reason in words; Error when it is no SubjectPublicKeyInfo
 */
export function inspectPublicKey(spki: Uint8Array<ArrayBuffer>): PublicKeyKind {
  const [algorithm, key] = readValues(readOnly(spki, TAG.sequence));
  if (algorithm?.tag !== TAG.sequence || key?.tag !== TAG.bitString) throw new Error('not a public key');
  const [identifier, parameters] = readValues(algorithm.content);
  if (identifier?.tag !== TAG.objectIdentifier) throw new Error('not a public key');
  const type = identifier.content.toHex();
  if (type === RSA) return inspectRsa(key.content.subarray(1));
  if (type !== EC)
    throw new UnusableKey(`its key is of the type ${OTHER_TYPES.get(type) ?? 'unknown'}; RSA or EC is needed`);
  const curve = parameters && CURVES.get(parameters.content.toHex());
  if (!curve) throw new UnusableKey('its EC key is on another curve than P-256, P-384 or P-521');
  return { kind: 'ec', curve };
}

function inspectRsa(key: Uint8Array<ArrayBuffer>): PublicKeyKind {
  const [modulus, exponent] = readValues(readOnly(key, TAG.sequence)).map(({ content }) => withoutZeros(content));
  if (!modulus || !exponent) throw new Error('not an RSA key');
  const bits = modulus.length * 8 + 24 - Math.clz32(modulus[0] ?? 0);
  if (bits < MIN_RSA_BITS) throw new UnusableKey(`its RSA key has ${bits} bits; ${MIN_RSA_BITS} are needed`);
  if (bits > MAX_RSA_BITS) throw new UnusableKey(`its RSA key has ${bits} bits; ${MAX_RSA_BITS} are the limit`);
  // an exponent of one makes every message its own signature
  const isUsual = exponent.length <= MAX_EXPONENT_BYTES && (exponent.at(-1) ?? 0) % 2 === 1 && !isOne(exponent);
  if (!isUsual) throw new UnusableKey('its RSA key has an exponent that is not usable');
  return { kind: 'rsa', bits };
}

function isOne(digits: Uint8Array): boolean {
  return digits.length === 1 && digits[0] === 1;
}

function withoutZeros(digits: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const start = digits.findIndex((byte) => byte !== 0);
  return start < 0 ? digits.subarray(0, 0) : digits.subarray(start);
}
