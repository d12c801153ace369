/**
 * The browser-binding cookie (RFC 9700 §4.7): a login that a browser navigated into can be finished only by
 * that browser. One random value a browser, so that several tabs may sign in at once.
 *
 * `SameSite=Lax`: the page at the redirect URI posts the callback from our own site. A front end on another
 * site starts with JSON instead and keeps the `state` itself; nothing is bound then.
 */
import { parseCookie, stringifySetCookie } from 'cookie';
import { randomToken } from '#ports/keys/random.ts';

const FORM = /^[A-Za-z0-9_-]{22}$/;

/** `__Host-` needs https; on plain-http loopback the same cookie goes without it. */
export interface BrowserBinding {
  /** The value that this browser carries, if it carries a well-formed one. */
  read(request: Request): string | undefined;
  /** This browser's value, drawn if it has none, with the header that keeps it for the length of a login. */
  bind(request: Request): { readonly value: string; readonly setCookie: string };
}

/** @param lifeSeconds how long a started login may take */
export function createBrowserBinding(publicUrl: string, lifeSeconds: number): BrowserBinding {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? '__Host-vestibule-login' : 'vestibule-login';
  const read = (request: Request) => {
    const header = request.headers.get('cookie');
    const value = header && header.length <= 8_192 ? parseCookie(header)[name] : undefined;
    return value && FORM.test(value) ? value : undefined;
  };
  return {
    read,
    bind(request) {
      const value = read(request) ?? randomToken(16);
      const attributes = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: lifeSeconds } as const;
      return { value, setCookie: stringifySetCookie({ name, value, ...attributes }) };
    },
  };
}

/** Whether a person's browser is going to this address, rather than a program asking for it. */
export function isNavigation(request: Request): boolean {
  if (request.headers.get('sec-fetch-mode') === 'navigate') return true;
  return accepts(request, 'text/html');
}

/** Whether the client names this media type in `Accept`. */
export function accepts(request: Request, type: string): boolean {
  const ranges = request.headers.get('accept')?.split(',') ?? [];
  return ranges.some((range) => range.split(';', 1)[0]?.trim().toLowerCase() === type);
}
