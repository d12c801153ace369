/**
 * What went wrong below HTTP, as a class. The runtime's own error is not kept: it may hold the remote's bytes
 * (`rawPacket` of a parse error, names out of a certificate), and those must not come back to whoever chose
 * the address.
 */
import { SsoError } from '#error';

const CLASSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'no route',
  ENETUNREACH: 'no route',
  EADDRNOTAVAIL: 'no route',
  ETIMEDOUT: 'connect timeout',
};

/** The codes are the runtime's constants, such as `CERT_HAS_EXPIRED`. */
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/**
 * @param isHandshaking the failure came between TCP and the end of the TLS handshake
 * @returns the very error if it is one of ours (the lookup hook's), else `idp_bad_response` for what is not
 * HTTP, else `idp_unreachable`
 */
export function transportError(error: Error, isHandshaking: boolean): SsoError {
  if (error instanceof SsoError) return error;
  const code = 'code' in error && typeof error.code === 'string' && CODE.test(error.code) ? error.code : 'unknown';
  if (code.startsWith('HPE_')) return new SsoError('idp_bad_response', { detail: `not HTTP (${code})` });
  const detail = isHandshaking ? `tls_error (${code})` : (CLASSES[code] ?? `connection error (${code})`);
  return new SsoError('idp_unreachable', { detail });
}
