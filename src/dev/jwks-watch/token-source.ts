/** Where the watch has its tokens from: a session of one of the three APIs, renewed each time. */
import { signIn } from '#dev/sign-in.ts';

export interface SessionOptions {
  /** Origin of the server. */
  readonly url: string;
  /** Applivery's or Pria's last access token. */
  readonly token?: string | undefined;
  /** Applivery's or Indee's. */
  readonly refreshToken?: string | undefined;
  /** Indee's. */
  readonly apiKey?: string | undefined;
  /** Who signs in at the demo's provider, when no token is given; and in which organization. */
  readonly email: string;
  readonly organization: string;
}

/** A new access token each time. */
export type TokenSource = () => Promise<string>;

/** @throws Error when the server refuses what is given */
export async function openTokenSource(options: SessionOptions): Promise<TokenSource> {
  const { url, token, refreshToken, apiKey } = options;
  if (refreshToken && apiKey) return renewIndee(url, refreshToken, apiKey);
  if (refreshToken && token) return renewApplivery(url, token, refreshToken);
  return slidePria(url, token ?? (await signInPria(options)));
}

async function signInPria({ url, email, organization }: SessionOptions): Promise<string> {
  const started = await call(url, `/sso/${organization}`, { headers: { accept: 'application/json' } });
  const { code, state } = await signIn(textAt(started, 'redirectUrl'), email);
  return textAt(await call(url, '/api/auth/sso_callback', posted({ code, state })), 'token');
}

function slidePria(url: string, first: string): TokenSource {
  let token = first;
  return async () => {
    const headers = { 'x-access-token': token };
    token = textAt(await call(url, '/api/user/refresh/profile', { method: 'POST', headers }), 'token');
    return token;
  };
}

function renewIndee(url: string, refreshToken: string, apiKey: string): TokenSource {
  const request = posted({ refresh_token: refreshToken }, { authorization: `Bearer ${apiKey}` });
  return async () => textAt(await call(url, '/v1/admin/auth/refresh', request), 'token');
}

function renewApplivery(url: string, token: string, refreshToken: string): TokenSource {
  let pair = { lastAccessToken: token, refreshToken };
  return async () => {
    const answer = await call(url, '/v1/auth/refresh', posted(pair));
    pair = {
      lastAccessToken: textAt(answer, 'data', 'accessToken', 'token'),
      refreshToken: textAt(answer, 'data', 'refreshToken', 'token'),
    };
    return pair.lastAccessToken;
  };
}

function posted(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
}

async function call(url: string, path: string, init: RequestInit): Promise<unknown> {
  const answer = await fetch(new URL(path, url), init);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
  return answer.json();
}

function textAt(answer: unknown, ...path: readonly string[]): string {
  let value = answer;
  for (const name of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  if (typeof value !== 'string') throw new Error(`The answer has no ${path.join('.')}`);
  return value;
}
