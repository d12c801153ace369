/**
 * Signs a person in at the SAML identity provider as a browser would: redirects, the page that posts a request, the sign-in
 * page, and the page that posts the response to the consumer service (SAML profiles §4.1.2).
 */
import { escapeHtml } from '#dev/sign-in-page.ts';

/** The form that the identity provider lets the browser post. */
export interface PostedAnswer {
  readonly action: string;
  readonly SAMLResponse: string;
  readonly RelayState: string | undefined;
}

/** The parameters of the redirect from the consumer service to the client. */
export interface SamlRedirect {
  readonly location: URL;
  readonly code: string;
  /** Empty for a login that the identity provider started. */
  readonly state: string;
}

/**
 * How the browser's requests to the application go; answers come back unfollowed. `cookie` is the Cookie header that the
 * browser has for it.
 */
export interface SignInWithSamlOptions {
  /** The answer to the consumer service. Default: over HTTP. */
  readonly post?: ((url: string, form: URLSearchParams, cookie: string) => Promise<Response> | Response) | undefined;
  /** Pages of the origin that `startUrl` has. Default: over HTTP. */
  readonly get?: ((url: string, cookie: string) => Promise<Response> | Response) | undefined;
  /** Origin to the cookies the browser keeps for it, by name; give one to look at it, or to have some to begin with. */
  readonly cookies?: CookieJar | undefined;
}

export type CookieJar = Map<string, Map<string, string>>;

interface Form {
  readonly action: URL;
  readonly fields: URLSearchParams;
}

const MAX_STEPS = 10;

/**
 * @param startUrl where the browser is sent: the provider's address with a request in it, the server's own start or
 * page that posts one, or the provider's `initiateUrl`
 * @throws Error when the provider or the consumer service refuses: the message holds the status and what the page says
 */
export async function signInWithSaml(
  startUrl: string | URL,
  email: string,
  options: SignInWithSamlOptions = {},
): Promise<SamlRedirect> {
  const jar = options.cookies ?? new Map();
  const answer = await answerFor(startUrl, email, { ...options, cookies: jar });
  const cookie = cookiesFor(jar, answer.action);
  const response = await (options.post ?? postOverHttp)(answer.action, formOf(answer), cookie);
  keepCookies(jar, answer.action, response);
  const target = response.headers.get('location');
  if (!target) throw new Error(`The consumer service answered ${response.status}: ${textOf(await response.text())}`);
  const location = new URL(target, answer.action);
  const code = location.searchParams.get('code');
  if (!code) throw new Error(`The consumer service redirected without a code: ${location.searchParams.get('error')}`);
  return { location, code, state: location.searchParams.get('state') ?? '' };
}

/** As the fields of a form. */
export function formOf({ SAMLResponse, RelayState }: PostedAnswer): URLSearchParams {
  return new URLSearchParams({ SAMLResponse, ...(RelayState !== undefined && { RelayState }) });
}

/**
 * What the identity provider would have the browser post to the consumer service.
 * @throws Error when the provider refuses, or does not know the person
 */
export async function answerFor(
  startUrl: string | URL,
  email: string,
  { get = getOverHttp, cookies = new Map() }: Pick<SignInWithSamlOptions, 'get' | 'cookies'> = {},
): Promise<PostedAnswer> {
  const start = new URL(startUrl);
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const cookie = cookiesFor(cookies, url.href);
    const visit = url.origin === start.origin ? get : getOverHttp;
    const response = await (form ? postOverHttp(url.href, form, cookie) : visit(url.href, cookie));
    keepCookies(cookies, url.href, response);
    const location = response.headers.get('location');
    if (location) {
      url = new URL(location, url);
      form = undefined;
      continue;
    }
    const { action, fields } = await fillIn(response, url, email);
    const SAMLResponse = fields.get('SAMLResponse');
    if (SAMLResponse) return { action: action.href, SAMLResponse, RelayState: fields.get('RelayState') ?? undefined };
    url = action;
    form = fields;
  }
  throw new Error(`The identity provider did not answer within ${MAX_STEPS} pages`);
}

function cookiesFor(jar: CookieJar, url: string): string {
  return [...(jar.get(new URL(url).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** Name and value, and whether it is gone: paths are nothing that an identity provider on loopback needs. */
function keepCookies(jar: CookieJar, url: string, response: Response): void {
  const { origin } = new URL(url);
  const kept = jar.get(origin) ?? new Map<string, string>();
  for (const header of response.headers.getSetCookie()) {
    const [pair = ''] = header.split(';');
    const name = pair.slice(0, pair.indexOf('=')).trim();
    if (/;\s*max-age=0\b/i.test(header)) kept.delete(name);
    else kept.set(name, pair.slice(pair.indexOf('=') + 1).trim());
  }
  jar.set(origin, kept);
}

/** The page's form: with what is in it, or on the sign-in page with the person's choice. */
async function fillIn(response: Response, url: URL, email: string): Promise<Form> {
  const page = await response.text();
  const [, attributes = '', content = ''] = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(page) ?? [];
  const action = attributeOf(attributes, 'action');
  if (!response.ok || action === undefined)
    throw new Error(`${url.origin} answered ${response.status}: ${textOf(page)}`);
  const inputs = [...content.matchAll(/<input\b([^>]*)>/gi)].map(([, input = '']) => input);
  const fields = new URLSearchParams();
  for (const input of inputs) {
    const name = attributeOf(input, 'name');
    if (name !== undefined) fields.append(name, attributeOf(input, 'value') ?? '');
  }
  if (!fields.has('SAMLRequest') && !fields.has('SAMLResponse')) {
    if (!page.includes(`name="email" value="${escapeHtml(email)}"`)) {
      throw new Error(`The identity provider does not know ${email}`);
    }
    fields.append('email', email);
  }
  return { action: new URL(action, url), fields };
}

function attributeOf(tag: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag) ?? [];
  const value = double ?? single;
  return value === undefined ? undefined : unescapeHtml(value);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name] ?? whole);
  });
}

function textOf(page: string): string {
  const visible = page.replace(/<(style|title|script)>[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ');
  return visible.replace(/\s+/g, ' ').trim().slice(0, 200);
}

function getOverHttp(url: string, cookie: string): Promise<Response> {
  return fetch(url, { redirect: 'manual', headers: { accept: 'text/html', cookie } });
}

function postOverHttp(url: string, form: URLSearchParams, cookie: string): Promise<Response> {
  return fetch(url, { method: 'POST', redirect: 'manual', headers: { accept: 'text/html', cookie }, body: form });
}
