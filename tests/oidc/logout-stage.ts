/** Two replicas and the development identity provider, which sends its logout tokens to one of them as over HTTP. */
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { type CookieJar, signIn } from '#dev/sign-in.ts';
import { json, read } from '#tests/journey.ts';
import { acme, CLIENT } from '#tests/organizations.ts';
import { createWorld, PUBLIC_URL, type World } from '#tests/world.ts';

const EMAIL = 'ada@acme.test';
export const AFTERWARDS = 'https://www.acme.test/goodbye';
export const ADMIN_API_KEY = 'a key of the operator, for this test alone';

export interface OidcLogoutStage {
  readonly world: World;
  readonly replica: World;
  readonly provider: RunningIdentityProvider;
  readonly connectionId: string;
  /** Answers of ours to the provider's logout tokens, the newest last. */
  readonly delivered: Response[];
  reconnect(logoutRedirectUri: string | null): Promise<void>;
  close(): Promise<void>;
}

export async function openOidcLogoutStage(): Promise<OidcLogoutStage> {
  const started: { replica?: World } = {};
  const delivered: Response[] = [];
  const provider = await startIdentityProvider({
    clients: [CLIENT],
    async deliver(url, init) {
      const answer = await started.replica?.fetch(url, init);
      if (!answer) throw new Error('nobody listens');
      delivered.push(answer.clone());
      return answer;
    },
  });
  const declared = (apiKey: string, logoutRedirectUri: string | null) =>
    acme(provider.issuer, apiKey, { logoutRedirectUri });
  const world = await createWorld({
    outboundAllow: [new URL(provider.issuer).host],
    declaration: (apiKey) => declared(apiKey, AFTERWARDS),
    environment: { ADMIN_API_KEY: ADMIN_API_KEY.replaceAll(/[^a-z]/g, '') },
  });
  const replica = await world.replica();
  started.replica = replica;
  const [row] = await world.sql<{ id: string }[]>`select id from connections`;
  const connectionId = row?.id ?? '';
  await provider.register({
    ...CLIENT,
    postLogoutRedirectUris: [AFTERWARDS],
    backchannelLogoutUri: `${PUBLIC_URL}/oidc/${connectionId}/backchannel-logout`,
  });
  return {
    world,
    replica,
    provider,
    connectionId,
    delivered,
    reconnect: (logoutRedirectUri) => world.apply(declared(world.apiKey, logoutRedirectUri)),
    async close() {
      await world.close();
      await provider.stop();
    },
  };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A finished login of each dialect, and the uses of it that these tests make. */
export interface SignedIn {
  isAlive(world: World): Promise<boolean>;
  /** @returns the address that the answer holds for the provider's logout, if any */
  logOut(world: World): Promise<string | undefined>;
}

export const DIALECTS = {
  async applivery({ world }: OidcLogoutStage, jar?: CookieJar, email = EMAIL): Promise<SignedIn> {
    const { data: start } = await read(await world.fetch('/v1/auth/sso/acme/oidc'));
    const callback = await signIn(start.redirectUrl, email, jar);
    const { data } = await read(await world.fetch('/v1/auth/sso/acme/oidc/callback', json(callback)));
    const headers = bearer(data.accessToken.token);
    return {
      isAlive: async ({ fetch }) => (await fetch('/v1/users/profile', { headers })).status === 200,
      logOut: async ({ fetch }) =>
        (await read(await fetch('/v1/auth/logout', { method: 'POST', headers }))).data.logoutUrl,
    };
  },
  async indee({ world }: OidcLogoutStage, jar?: CookieJar, email = EMAIL): Promise<SignedIn> {
    const key = bearer(world.apiKey);
    const start = await read(await world.fetch('/v1/admin/auth/sso/initiate', json({ username: email }, key)));
    const callback = await signIn(start.redirect, email, jar);
    const body = { ...callback, nonce: start.nonce, email, error: false };
    const session = await read(await world.fetch('/v1/admin/auth/sso/login', json(body, key)));
    const refresh = json({ refresh_token: session.refresh_token }, key);
    return {
      isAlive: async ({ fetch }) => (await fetch('/v1/admin/auth/refresh', refresh)).status === 200,
      logOut: async ({ fetch }) => (await read(await fetch('/v1/admin/auth/logout', refresh))).redirect,
    };
  },
  async pria({ world }: OidcLogoutStage, jar?: CookieJar, email = EMAIL): Promise<SignedIn> {
    const start = await read(await world.fetch('/sso/acme', { headers: { accept: 'application/json' } }));
    const callback = await signIn(start.redirectUrl, email, jar);
    const { token } = await read(await world.fetch('/api/auth/sso_callback', json(callback)));
    const headers = { 'x-access-token': token };
    return {
      isAlive: async ({ fetch }) =>
        (await fetch('/api/user/refresh/profile', { method: 'POST', headers })).status === 200,
      logOut: async ({ fetch }) =>
        (await read(await fetch('/api/auth/signout', { method: 'POST', headers }))).logoutUrl,
    };
  },
};

/** The form of the page at that address. */
export async function formAt(world: World, address: string): Promise<{ action: string; fields: URLSearchParams }> {
  const answer = await world.fetch(address, { headers: { accept: 'text/html' } });
  const page = await answer.text();
  const plain = (text = '') => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  const [, action] = /<form method="post" action="([^"]*)"/.exec(page) ?? [];
  if (action === undefined) throw new Error(`${answer.status}, and no form: ${page}`);
  const inputs = [...page.matchAll(/<input[^>]* name="([^"]*)" value="([^"]*)"/g)];
  return {
    action: plain(action),
    fields: new URLSearchParams(inputs.map(([, name = '', value]): [string, string] => [name, plain(value)])),
  };
}
