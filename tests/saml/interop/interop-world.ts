/** A world whose organization signs in at an identity provider of another make; each of the three APIs from start to end. */
import { expect } from 'bun:test';
import { signInWithSaml } from '#dev/saml/sign-in.ts';
import { json, read } from '#tests/journey.ts';
import { type DeclaredConnection, samlAcme } from '#tests/saml/saml-world.ts';
import { createWorld, PUBLIC_URL, type World } from '#tests/world.ts';
import type { ForeignProvider } from './provider-host.ts';

export const EMAIL = 'ada@acme.test';
export const PATH = '/v1/auth/sso/acme/saml';

export type SamlSettings = NonNullable<DeclaredConnection['saml']>;

export interface InteropWorld extends World {
  readonly connectionId: string;
  /** Declares the connection anew, with nothing but `saml` other than by default, and gives the provider our metadata. */
  connect(saml?: SamlSettings): Promise<void>;
  signIn(startUrl: string): Promise<{ readonly code: string; readonly state: string }>;
}

const DEFAULTS: SamlSettings = {
  signRequests: null,
  requestBinding: null,
  wantAssertionsSigned: false,
  wantEncrypted: false,
  allowCbc: false,
  allowIdpInitiated: false,
  nameIdFormat: null,
  subjectAttribute: null,
};

export async function createInteropWorld(provider: ForeignProvider): Promise<InteropWorld> {
  const declaration = (apiKey: string, saml: SamlSettings = {}) =>
    samlAcme(apiKey, { saml: { metadataUrl: provider.metadataUrl, ...DEFAULTS, ...saml } });
  const world = await createWorld({ outboundAllow: [new URL(provider.origin).host], declaration });
  const [row] = await world.sql`select id from connections`;
  const connectionId = String(row?.['id']);
  return {
    ...world,
    connectionId,
    async connect(saml) {
      await world.apply(declaration(world.apiKey, saml));
      const metadata = await world.fetch(`/saml/${connectionId}/metadata`);
      provider.register(await metadata.text());
    },
    signIn: (startUrl) =>
      signInWithSaml(startUrl, EMAIL, {
        post: (url, body) => world.fetch(url, { method: 'POST', body }),
        get: (url) => visit(world, url),
      }),
    async close() {
      await world.close();
      await provider.stop();
    },
  };
}

/** Our own pages are in the world, all others on the network. */
function visit({ fetch: ours }: World, url: string, init: RequestInit = {}): Promise<Response> {
  const request = { ...init, redirect: 'manual' } as const;
  return url.startsWith(PUBLIC_URL) ? ours(url, request) : fetch(url, request);
}

/** A session, by its access token. */
export interface Session {
  readonly user: unknown;
  readonly token: string;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** What a client of the three APIs needs. */
export type Client = Pick<InteropWorld, 'fetch' | 'apiKey' | 'signIn'>;

/** From the start of a login to the first use of its session. */
export const LOGINS = {
  async applivery(world: Client): Promise<Session> {
    const { data } = await read(await world.fetch(PATH));
    const { code, state } = await world.signIn(data.redirectUrl);
    expect(state).toBe(data.state);
    const session = (await read(await world.fetch(`${PATH}/callback`, json({ code, state })))).data;
    const { token } = session.accessToken;
    await read(await world.fetch('/v1/users/profile', { headers: bearer(token) }));
    return { user: session.user, token };
  },
  async indee(world: Client): Promise<Session> {
    const key = bearer(world.apiKey);
    const started = await read(await world.fetch('/v1/admin/auth/sso/initiate', json({ username: EMAIL }, key)));
    const { code, state } = await world.signIn(started.redirect);
    const body = { state, nonce: started.nonce, email: EMAIL, code, error: false, error_description: {} };
    const session = await read(await world.fetch('/v1/admin/auth/sso/login', json(body, key)));
    await read(await world.fetch('/v1/admin/auth/refresh', json({ refresh_token: session.refresh_token }, key)));
    return { user: session, token: session.token };
  },
  async pria(world: Client): Promise<Session> {
    const started = await world.fetch('/sso/acme', { redirect: 'manual' });
    const { code, state } = await world.signIn(started.headers.get('location') ?? '');
    const { profile, token } = await read(await world.fetch('/api/auth/sso_callback', json({ code, state })));
    expect(profile).toMatchObject({ email: EMAIL });
    await read(
      await world.fetch('/api/user/refresh/profile', { method: 'POST', headers: { 'x-access-token': token } }),
    );
    return { user: profile, token };
  },
};

export async function lastLogin({ sql }: World) {
  const [row] = await sql`select outcome, reason, checks from logins order by created_at desc, id desc limit 1`;
  return row;
}

export async function isAlive({ fetch: ours }: World, { token }: Session): Promise<boolean> {
  const { status } = await ours('/v1/users/profile', { headers: bearer(token) });
  expect(status).toBeOneOf([200, 401]);
  return status === 200;
}

/** Ends the session here. @returns where the client sends the person to, to end the provider's too */
export async function logOut(world: World, { token }: Session): Promise<string> {
  const ended = await read(await world.fetch('/v1/auth/logout', { method: 'POST', headers: bearer(token) }));
  return ended.data.logoutUrl;
}

/** Redirects and pages that post themselves, one after the other. @returns the page where it ends, as text */
export async function follow(world: World, start: string): Promise<string> {
  let answer = await visit(world, start);
  for (let step = 0; step < 8; step += 1) {
    const location = answer.headers.get('location');
    const text = await answer.text();
    if (location) {
      answer = await visit(world, new URL(location, answer.url || PUBLIC_URL).href);
      continue;
    }
    const form = postedForm(text);
    if (!form) return `${answer.status} ${text}`;
    answer = await visit(world, form.action, { method: 'POST', body: form.fields });
  }
  throw new Error('the browser is sent around in circles');
}

function postedForm(text: string): { action: string; fields: URLSearchParams } | undefined {
  const [, action] = /<form\b[^>]*\baction="([^"]*)"/.exec(text) ?? [];
  const inputs = [...text.matchAll(/<input\b[^>]*\bname="([^"]*)"[^>]*\bvalue="([^"]*)"/g)];
  if (action === undefined || inputs.length === 0) return undefined;
  const plain = (value = '') =>
    value
      .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, code) => String.fromCharCode(Number.parseInt(code, hex ? 16 : 10)))
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  return {
    action: plain(action),
    fields: new URLSearchParams(inputs.map(([, name = '', value]) => [name, plain(value)])),
  };
}
