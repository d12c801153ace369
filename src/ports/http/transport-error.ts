/**
 * What went wrong below HTTP, as a class. The runtime's own error is not kept: it may hold the remote's bytes
 * (`rawPacket` of a parse error, names out of a certificate), and those must not come back to whoever chose
 * the address.
 */
import { SsoError, type SsoErrorCode } from '#error';

const CLASSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'no route',
  ENETUNREACH: 'no route',
  EADDRNOTAVAIL: 'no route',
  ETIMEDOUT: 'connect timeout',
};

/** What verifying a certificate may say (OpenSSL's `X509_V_ERR_…`, as Bun and Deno name it). */
const CERTIFICATE: Readonly<Record<string, SsoErrorCode>> = {
  CERT_HAS_EXPIRED: 'idp_certificate_expired',
  CERT_NOT_YET_VALID: 'idp_certificate_not_yet_valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'idp_certificate_name',
  HOSTNAME_MISMATCH: 'idp_certificate_name',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'idp_certificate_untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'idp_certificate_untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'idp_certificate_untrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'idp_certificate_untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'idp_certificate_untrusted',
  CERT_UNTRUSTED: 'idp_certificate_untrusted',
  CERT_REJECTED: 'idp_certificate_untrusted',
  CERT_SIGNATURE_FAILURE: 'idp_certificate_untrusted',
  INVALID_CA: 'idp_certificate_untrusted',
};

/** Reasons for which no answer came at all. */
const TRANSPORT_FAILURES: ReadonlySet<SsoErrorCode> = new Set([
  ...Object.values(CERTIFICATE),
  'idp_name_not_found',
  'idp_connection_refused',
  'idp_connect_timeout',
  'idp_tls_failed',
  'idp_unreachable',
]);

/** The codes are the runtime's constants, such as `CERT_HAS_EXPIRED`. */
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/**
 * @param isHandshaking the failure came between TCP and the end of the TLS handshake
 * @returns the very error if it is one of ours (the lookup hook's), else `idp_bad_response` for what is not
 * HTTP, else the reason of the failed connection
 */
export function transportError(error: Error, isHandshaking: boolean): SsoError {
  if (error instanceof SsoError) return error;
  const code = 'code' in error && typeof error.code === 'string' && CODE.test(error.code) ? error.code : 'unknown';
  if (code.startsWith('HPE_')) return new SsoError('idp_bad_response', { detail: `not HTTP (${code})` });
  const ofCertificate = CERTIFICATE[code];
  // TLS 1.3 refuses a missing client certificate after the handshake
  if (isHandshaking || ofCertificate || code.startsWith('ERR_SSL_'))
    return new SsoError(ofCertificate ?? 'idp_tls_failed', { detail: `tls_error (${code})` });
  return connectionFailure(CLASSES[code] ?? `connection error (${code})`);
}

/** @param kind the class of the failure */
export function connectionFailure(kind: string): SsoError {
  if (kind === 'refused') return new SsoError('idp_connection_refused', { detail: kind });
  if (kind === 'connect timeout') return new SsoError('idp_connect_timeout', { detail: kind });
  return new SsoError('idp_unreachable', { detail: kind });
}

/** Whether no answer came, which is worth another try and counts against the circuit. */
export function isTransportFailure(error: unknown): boolean {
  return error instanceof SsoError && TRANSPORT_FAILURES.has(error.code);
}
