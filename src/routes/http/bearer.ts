/** Credentials in the `Authorization` header (RFC 6750 §2.1) and, for Pria, in `x-access-token`. */
import { SsoError } from '#error';

/** `Bearer`, one or more spaces, one token68 (RFC 9110 §11.4). Two header fields arrive joined by a comma. */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The bearer token; undefined when there is no credential of this scheme, empty when it can't be read, so
 * that either is answered as what it is: not authenticated.
 * @throws SsoError `input_invalid` when there are two, or white space that proxies read differently
 */
export function bearerToken(request: Request): string | undefined {
  const header = request.headers.get('authorization')?.replace(/^ +| +$/g, '');
  if (header === undefined) return undefined;
  if (/[,\t]/.test(header)) throw new SsoError('input_invalid', { detail: 'malformed Authorization header' });
  if (!/^bearer( |$)/i.test(header)) return undefined;
  return BEARER.exec(header)?.[1] ?? '';
}

/**
 * Pria's token, from either of its headers.
 * @throws SsoError `input_invalid` when both are there and differ
 */
export function accessTokenOf(request: Request): string | undefined {
  const bearer = bearerToken(request);
  const header = request.headers.get('x-access-token') ?? undefined;
  if (bearer !== undefined && header !== undefined && bearer !== header) {
    throw new SsoError('input_invalid', { detail: 'two different access tokens' });
  }
  return bearer ?? header;
}
