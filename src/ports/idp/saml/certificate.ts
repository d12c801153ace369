/**
 * Certificates as wrappers of keys (RFC 5280 §4.1, SAML metadata interoperability profile §2.6.1): the key counts, the
 * dates are told, and nobody asks who signed it. A reader of our own for the few members that are used, since
 * the usual library wants a global patch of `Reflect` and a container for injection along with it.
 */
import { SsoError } from '#error';
import type { SamlCertificate } from '#ports/db/saml-schema.ts';
import {
  type DerValue,
  readOnly,
  readValues,
  TAG,
  writeBitString,
  writeIdentifier,
  writeInteger,
  writeValue,
} from './der.ts';
import { formatInstant, parseInstant } from './instant.ts';
import { inspectPublicKey, UnusableKey } from './public-key.ts';

const PEM = /^-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----$/;

/**
 * @param text PEM, or base64 DER that may hold white space
 * @returns base64 DER in one line
 * @throws SsoError `saml_metadata`
 */
export function toBase64Der(text: string): string {
  const trimmed = text.trim();
  const encoded = PEM.exec(trimmed)?.[1] ?? trimmed;
  if (encoded.includes('-----')) throw unusable('is not one PEM block of the label CERTIFICATE');
  try {
    const der = Uint8Array.fromBase64(encoded, { lastChunkHandling: 'strict' });
    if (der.length > 0) return der.toBase64();
  } catch {
    // falls through to the sentence below
  }
  throw unusable('is not base64');
}

/**
 * A certificate that signatures can be verified with. One that has expired will do: who trusts a key by name
 * does so until told otherwise.
 *
 * @param text PEM or base64 DER
 * @throws SsoError `saml_metadata`; `detail` says what is wrong: unparsable, RSA under 2048 bits, another curve or key type
 */
export async function readCertificate(text: string): Promise<SamlCertificate> {
  const certificate = toBase64Der(text);
  const der = Uint8Array.fromBase64(certificate);
  try {
    const { publicKey, notBefore, notAfter } = readMembers(der);
    await importKey(publicKey);
    const fingerprint = new Uint8Array(await crypto.subtle.digest('SHA-256', der)).toHex();
    return { certificate, publicKey: publicKey.toBase64(), fingerprint, notBefore, notAfter };
  } catch (cause) {
    throw unusable(cause instanceof UnusableKey ? `will not do: ${cause.message}` : 'can not be parsed');
  }
}

/** The runtime has the last word on points off the curve and the like. */
async function importKey(spki: Uint8Array<ArrayBuffer>): Promise<void> {
  const key = inspectPublicKey(spki);
  const algorithm =
    key.kind === 'rsa' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: key.curve };
  await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
}

/** RFC 5280 §4.1.1 and §4.1.2: version (optional), serial number, signature, issuer, validity, subject, key. */
function readMembers(der: Uint8Array<ArrayBuffer>) {
  const [signed] = readValues(readOnly(der, TAG.sequence));
  if (signed?.tag !== TAG.sequence) throw new Error('not a certificate');
  const members = readValues(signed.content);
  if (members[0]?.tag === TAG.explicit0) members.shift();
  const [, , , validity, , publicKey] = members;
  if (validity?.tag !== TAG.sequence || publicKey?.tag !== TAG.sequence) throw new Error('not a certificate');
  const [notBefore, notAfter] = readValues(validity.content);
  return { publicKey: publicKey.encoded.slice(), notBefore: readTime(notBefore), notAfter: readTime(notAfter) };
}

const DIGITS = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/** RFC 5280 §4.1.2.5: two digits of the year mean 1950 to 2049. */
function readTime(value: DerValue | undefined): string {
  const written = new TextDecoder().decode(value?.content);
  const century = Number(written.slice(0, 2)) < 50 ? '20' : '19';
  const digits = DIGITS.exec(value?.tag === TAG.utcTime ? `${century}${written}` : written);
  if (!digits || (value?.tag !== TAG.utcTime && value?.tag !== TAG.generalizedTime)) throw new Error('not a time');
  const [, year, month, day, hour, minute, second] = digits;
  const instant = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!instant) throw new Error('not a time');
  return instant.toISOString();
}

function unusable(what: string): SsoError {
  return new SsoError('saml_metadata', { detail: `the certificate ${what}` });
}

const COMMON_NAME = writeIdentifier('550403');
const SHA256_WITH_RSA = writeValue(TAG.sequence, writeIdentifier('2a864886f70d01010b'), writeValue(TAG.null));
const MODULUS_BITS = 2048;

/** Base64 DER. */
export interface KeyPair {
  readonly certificate: string;
  /** PKCS #8. */
  readonly privateKey: string;
}

/**
 * An RSA-2048 key pair in a self-signed certificate of its own (RFC 5280 §4.1), valid from `now` on.
 *
 * @param subject common name, at most 64 characters
 */
export async function createCertificate(subject: string, lifetimeDays: number, now: Date): Promise<KeyPair> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: MODULUS_BITS,
    publicExponent: Uint8Array.of(1, 0, 1),
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const name = writeName(subject);
  const signed = writeValue(
    TAG.sequence,
    writeValue(TAG.explicit0, writeInteger(Uint8Array.of(2))),
    writeInteger(crypto.getRandomValues(new Uint8Array(16))),
    SHA256_WITH_RSA,
    name,
    writeValue(TAG.sequence, writeTime(now), writeTime(new Date(now.getTime() + lifetimeDays * 86_400_000))),
    name,
    new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)),
    writeExtensions(),
  );
  const signature = new Uint8Array(await crypto.subtle.sign(algorithm.name, keys.privateKey, signed));
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const certificate = writeValue(TAG.sequence, signed, SHA256_WITH_RSA, writeBitString(signature));
  return { certificate: certificate.toBase64(), privateKey: privateKey.toBase64() };
}

function writeName(commonName: string): Uint8Array {
  const text = writeValue(TAG.utf8String, new TextEncoder().encode(commonName));
  return writeValue(TAG.sequence, writeValue(TAG.set, writeValue(TAG.sequence, COMMON_NAME, text)));
}

/** RFC 5280 §4.1.2.5: from 2050 on the year has four digits. */
function writeTime(date: Date): Uint8Array {
  const digits = formatInstant(date).replaceAll(/[-T:]/g, '');
  const short = digits < '2050';
  return writeValue(
    short ? TAG.utcTime : TAG.generalizedTime,
    new TextEncoder().encode(short ? digits.slice(2) : digits),
  );
}

/** No certification authority; signs, and has keys encrypted to it (RFC 5280 §4.2.1.3 and §4.2.1.9). */
function writeExtensions(): Uint8Array {
  const critical = Uint8Array.of(0x01, 0x01, 0xff);
  const basicConstraints = writeValue(TAG.octetString, writeValue(TAG.sequence));
  // digitalSignature (bit 0) and keyEncipherment (bit 2); five bits of the byte are unused
  const keyUsage = writeValue(TAG.octetString, writeValue(TAG.bitString, Uint8Array.of(5, 0b1010_0000)));
  const extensions = writeValue(
    TAG.sequence,
    writeValue(TAG.sequence, writeIdentifier('551d13'), critical, basicConstraints),
    writeValue(TAG.sequence, writeIdentifier('551d0f'), critical, keyUsage),
  );
  return writeValue(TAG.explicit3, extensions);
}
