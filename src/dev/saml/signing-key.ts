/** Key pairs with a self-signed certificate (RFC 5280), as identity providers publish them in their metadata. */
import { generate } from 'selfsigned';

export interface SigningKey {
  readonly type: 'rsa' | 'ec';
  /** Base64 DER, PKCS #8. */
  readonly privateKey: string;
  /** Base64 DER, SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** Base64 DER, self-signed. */
  readonly certificate: string;
  /** Of an EC key. */
  readonly curve?: Curve | undefined;
}

export type Curve = 'P-256' | 'P-384' | 'P-521';

export interface SigningKeyOptions {
  /** Default `rsa`. */
  readonly type?: 'rsa' | 'ec' | undefined;
  /** Of an RSA key, default 2048. */
  readonly bits?: number | undefined;
  /** Of an EC key, default P-256. */
  readonly curve?: Curve | undefined;
  /** Common name, default `Development identity provider`. */
  readonly subject?: string | undefined;
  /** Default: an hour ago. */
  readonly notBefore?: Date | undefined;
  /** Default: in ten years. */
  readonly notAfter?: Date | undefined;
}

const HOUR = 3_600_000;
const TEN_YEARS = 10 * 365 * 24 * HOUR;

export async function createSigningKey(options: SigningKeyOptions = {}): Promise<SigningKey> {
  const { type = 'rsa', subject = 'Development identity provider' } = options;
  const curve = type === 'ec' ? (options.curve ?? 'P-256') : undefined;
  const made = await generate([{ name: 'commonName', value: subject }], {
    keyType: type,
    keySize: options.bits ?? 2048,
    ...(curve && { curve }),
    algorithm: 'sha256',
    notBeforeDate: options.notBefore ?? new Date(Date.now() - HOUR),
    notAfterDate: options.notAfter ?? new Date(Date.now() + TEN_YEARS),
  });
  return {
    type,
    privateKey: derOf(made.private),
    publicKey: derOf(made.public),
    certificate: derOf(made.cert),
    curve,
  };
}

/** PEM of base64 DER (RFC 7468). */
export function pemOf(label: 'CERTIFICATE' | 'PRIVATE KEY' | 'PUBLIC KEY', der: string): string {
  return `-----BEGIN ${label}-----\n${der.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END ${label}-----\n`;
}

function derOf(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}
