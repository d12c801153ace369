/** An API key on a request: a bearer token (RFC 6750 §2.1), or the password of HTTP Basic, as OAuth clients send their secret. */
import { SsoError } from '#error';
import { bearerToken } from './bearer.ts';

const BASIC = /^ *basic +([A-Za-z0-9+/_-]+=*) *$/i;

export function hasBasicCredential(request: Request): boolean {
  return /^ *basic( |$)/i.test(request.headers.get('authorization') ?? '');
}

/**
 * The API key; undefined when there is none. RFC 6749 §2.3.1: user and password are form-encoded before they are
 * joined; the user is the client's own name for itself and is not read.
 * @throws SsoError `input_invalid` when the header can't be read
 */
export function apiKeyOf(request: Request): string | undefined {
  if (!hasBasicCredential(request)) return bearerToken(request);
  const encoded = BASIC.exec(request.headers.get('authorization') ?? '')?.[1];
  const [, password] = /^[^:]*:(.*)$/s.exec(encoded === undefined ? '' : decodeBase64(encoded)) ?? [];
  if (password === undefined) throw new SsoError('input_invalid', { detail: 'malformed Authorization header' });
  return decodeForm(password);
}

function decodeBase64(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}

/** A key holds nothing that needs encoding: text that can't be decoded is none. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}
