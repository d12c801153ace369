/**
 * Signs a person in at the development identity provider, and out again, as a browser would: page by page over HTTP, with
 * cookies, up to the redirect that leads back to the client (RFC 6749 §4.1.2).
 */
import { escapeHtml } from './sign-in-page.ts';

/** The parameters of the redirect back to the client. */
export interface AuthorizationResponse {
  readonly code: string;
  readonly state: string;
  /** RFC 9207. */
  readonly iss: string;
}

/** What a browser keeps between its visits. */
export type CookieJar = Map<string, Cookie>;

interface Cookie {
  readonly value: string;
  readonly path: string;
}

const MAX_STEPS = 10;

/**
 * @param authorizationUrl as the client would send the browser to it
 * @param jar of the browser; a new one by default
 * @throws Error when the provider refuses, does not know the person, or shows a page that is not the sign-in page
 */
export async function signIn(
  authorizationUrl: string | URL,
  email: string,
  jar: CookieJar = new Map(),
): Promise<AuthorizationResponse> {
  const start = new URL(authorizationUrl);
  const redirectUri = start.searchParams.get('redirect_uri');
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const response = await visit(url, jar, form);
    const location = response.headers.get('location');
    if (location) {
      url = new URL(location, url);
      form = undefined;
      if (url.origin !== start.origin || `${url.origin}${url.pathname}` === redirectUri)
        return authorizationResponse(url);
    } else {
      ({ url, form } = await choose(response, url, email));
    }
  }
  throw new Error(`No way back to the client was found within ${MAX_STEPS} pages`);
}

/**
 * Signs out where the person has signed in: the provider asks, and the person says yes.
 * @param form of a request that is posted
 * @returns where the browser is sent afterwards
 * @throws Error when the provider refuses the request
 */
export async function signOut(endSessionUrl: string | URL, jar: CookieJar, form?: URLSearchParams): Promise<URL> {
  const url = new URL(endSessionUrl);
  const page = await (await visit(url, jar, form)).text();
  const action = /<form id="op.logoutForm" method="post" action="([^"]+)"/.exec(page)?.[1];
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1];
  if (!action || !xsrf) throw new Error(`The identity provider asks nobody: ${textOf(page)}`);
  const done = await visit(new URL(action, url), jar, new URLSearchParams({ xsrf, logout: 'yes' }));
  const location = done.headers.get('location');
  if (!location) throw new Error(`The identity provider answered ${done.status}: ${textOf(await done.text())}`);
  return new URL(location, url);
}

/** One request with the cookies that belong to its path; keeps those that come back. */
async function visit(url: URL, jar: CookieJar, form: URLSearchParams | undefined): Promise<Response> {
  const cookies = [...jar].filter(([, cookie]) => url.pathname.startsWith(cookie.path));
  const response = await fetch(url, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { accept: 'text/html', cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; ') },
    ...(form && { body: form }),
  });
  for (const header of response.headers.getSetCookie()) keep(header, jar);
  return response;
}

/** RFC 6265 §5.2, as far as a provider on loopback needs it: name, value, path and expiry. */
function keep(header: string, jar: CookieJar): void {
  const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
  const attribute = (name: string) =>
    attributes.find((text) => text.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const name = pair.slice(0, pair.indexOf('='));
  const expires = attribute('expires');
  if (expires !== undefined && Date.parse(expires) <= Date.now()) jar.delete(name);
  else jar.set(name, { value: pair.slice(name.length + 1), path: attribute('path') ?? '/' });
}

/** Reads the sign-in page and fills in its form. */
async function choose(response: Response, url: URL, email: string): Promise<{ url: URL; form: URLSearchParams }> {
  const page = await response.text();
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
  if (!response.ok || !action) throw new Error(`The identity provider answered ${response.status}: ${textOf(page)}`);
  if (!page.includes(`name="email" value="${escapeHtml(email)}"`)) {
    throw new Error(`The identity provider does not know ${email}`);
  }
  return { url: new URL(action, url), form: new URLSearchParams({ email }) };
}

function textOf(page: string): string {
  const visible = page.replace(/<(style|title)>[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ');
  return visible.replace(/\s+/g, ' ').trim().slice(0, 200);
}

function authorizationResponse(url: URL): AuthorizationResponse {
  const parameter = (name: string) => url.searchParams.get(name) ?? '';
  if (!url.searchParams.has('code')) {
    throw new Error(`The identity provider refused: ${parameter('error')} (${parameter('error_description')})`);
  }
  return { code: parameter('code'), state: parameter('state'), iss: parameter('iss') };
}
