/**
 * The three dialects as their clients speak them, under one interface, so that a lie of the identity provider or a
 * crooked callback can be told through each of them.
 */
import { type Fetch, json, read } from '#tests/journey.ts';

/** What a client has to do with: a server, its key there, and where its secrets are noted. */
export interface Scene {
  readonly world: { readonly fetch: Fetch; readonly apiKey: string };
  readonly secrets: Set<string>;
}

/** What the client keeps of a started login. */
export interface Started {
  readonly url: URL;
  readonly state: string;
  readonly nonce: string;
  readonly email: string;
  /** `name=value`, when a browser was bound. */
  readonly cookie?: string | undefined;
}

/** Parameters of the redirect back; a test changes them before they are handed on. */
export type Returned = Readonly<Record<string, string | undefined>>;

/** The tokens of a finished login; what is absent is not part of the dialect. */
export interface Tokens {
  readonly access: string;
  readonly refresh?: string | undefined;
}

export interface Client {
  readonly dialect: 'applivery' | 'indee' | 'pria';
  start(stage: Scene, email?: string): Promise<Started>;
  /** The callback as an honest client posts it: `returned` with what else belongs to it, and `extra` over that. */
  callback(stage: Scene, started: Started, returned: Returned, extra?: Record<string, unknown>): [string, RequestInit];
  tokensOf(body: unknown): Tokens;
  /** Status of a use of the access token: 200 while the session lives. */
  use(fetch: Fetch, stage: Scene, tokens: Tokens): Promise<number>;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export const applivery: Client = {
  dialect: 'applivery',
  async start(stage, email = 'ada@acme.test') {
    const { data } = await read(await stage.world.fetch('/v1/auth/sso/acme/oidc'));
    return startedAt(stage, data.redirectUrl, email);
  },
  callback: (_stage, _started, returned, extra) => ['/v1/auth/sso/acme/oidc/callback', json({ ...returned, ...extra })],
  tokensOf(body) {
    const { data } = body as { data: { accessToken: { token: string }; refreshToken: { token: string } } };
    return { access: data.accessToken.token, refresh: data.refreshToken.token };
  },
  async use(fetch, _stage, { access }) {
    return (await fetch('/v1/users/profile', { headers: bearer(access) })).status;
  },
};

export const indee: Client = {
  dialect: 'indee',
  async start(stage, email = 'ada@acme.test') {
    const init = json({ username: email }, bearer(stage.world.apiKey));
    const { redirect } = await read(await stage.world.fetch('/v1/admin/auth/sso/initiate', init));
    return startedAt(stage, redirect, email);
  },
  callback(stage, { nonce, email }, { code = '', error = false, ...returned }, extra) {
    const body = { nonce, email, code, error, error_description: {}, ...returned, ...extra };
    return ['/v1/admin/auth/sso/login', json(body, bearer(stage.world.apiKey))];
  },
  tokensOf(body) {
    const { token, refresh_token } = body as { token: string; refresh_token: string };
    return { access: token, refresh: refresh_token };
  },
  async use(fetch, stage, { refresh }) {
    const init = json({ refresh_token: refresh }, bearer(stage.world.apiKey));
    return (await fetch('/v1/admin/auth/refresh', init)).status;
  },
};

export const pria: Client = {
  dialect: 'pria',
  async start(stage, email = 'ada@acme.test') {
    const init = { headers: { accept: 'application/json' } };
    const { redirectUrl } = await read(await stage.world.fetch('/sso/acme', init));
    return startedAt(stage, redirectUrl, email);
  },
  callback: (_stage, _started, returned, extra) => ['/api/auth/sso_callback', json({ ...returned, ...extra })],
  tokensOf: (body) => ({ access: (body as { token: string }).token }),
  async use(fetch, _stage, { access }) {
    const init = { method: 'POST', headers: { 'x-access-token': access } };
    return (await fetch('/api/user/refresh/profile', init)).status;
  },
};

export const CLIENTS = [applivery, indee, pria] as const;

/** Reads the authorization URL; its secrets become canaries. */
export function startedAt(stage: Scene, address: string, email: string): Started {
  const url = new URL(address);
  const [state, nonce] = [url.searchParams.get('state') ?? '', url.searchParams.get('nonce') ?? ''];
  stage.secrets.add(state).add(nonce);
  return { url, state, nonce, email };
}

/** The browser's way through the provider: the parameters of the redirect back. */
export async function visitProvider(stage: Scene, { url }: Pick<Started, 'url'>): Promise<Returned> {
  const answer = await fetch(url, { redirect: 'manual' });
  const location = answer.headers.get('location');
  if (!location) throw new Error(`the scripted provider answered ${answer.status}`);
  const returned = Object.fromEntries(new URL(location).searchParams);
  if (returned['code']) stage.secrets.add(returned['code']);
  return returned;
}

/** A whole honest login. */
export async function signIn(stage: Scene, client: Client, email?: string): Promise<Tokens> {
  const started = await client.start(stage, email);
  const answer = await stage.world.fetch(...client.callback(stage, started, await visitProvider(stage, started)));
  return keepTokens(stage, client.tokensOf(await read(answer)));
}

export function keepTokens(stage: Scene, tokens: Tokens): Tokens {
  stage.secrets.add(tokens.access);
  if (tokens.refresh) stage.secrets.add(tokens.refresh);
  return tokens;
}
