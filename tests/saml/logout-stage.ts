/**
 * The stage of the single logout tests: two replicas on one database, two SAML identity providers, and connections that
 * must not get at each other's sessions although the same person has the same NameID on all of them.
 */
import { expect } from 'bun:test';
import { PEOPLE } from '#dev/people.ts';
import { attributesOf } from '#dev/saml/attributes.ts';
import { type RunningSamlIdentityProvider, startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import type { BrowserStep } from '#dev/saml/message.ts';
import type { ServiceProvider } from '#dev/saml/service-provider.ts';
import { signInWithSaml } from '#dev/saml/sign-in.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { type Fetch, json, read } from '#tests/journey.ts';
import { createWorld, REDIRECT_URI, type World } from '#tests/world.ts';

export const EMAIL = 'ada@acme.test';
export const AFTERWARDS = 'https://www.acme.test/goodbye';

type DeclaredConnection = NonNullable<Declaration['organizations'][number]['connections']>[number];
type SamlSettings = NonNullable<DeclaredConnection['saml']>;

/** Organization and connection. */
export type Place = readonly [organization: 'acme' | 'globex', connection: 'saml' | 'second'];
export const PLACE: Place = ['acme', 'saml'];
/** The provider of `PLACE` too, in another tenant. */
export const OTHER_TENANT: Place = ['globex', 'saml'];
/** The same tenant and person, at another provider. */
export const OTHER_CONNECTION: Place = ['acme', 'second'];

/** A finished login, whatever the dialect. */
export interface SignedIn {
  readonly dialect: 'applivery' | 'indee' | 'pria';
  readonly access: string;
  readonly refresh: string | undefined;
  readonly sessionId: string;
}

export interface LogoutStage {
  readonly world: World;
  readonly replica: World;
  readonly provider: RunningSamlIdentityProvider;
  /** The provider of the other connection. */
  readonly rival: RunningSamlIdentityProvider;
  serviceProvider(place?: Place): ServiceProvider;
  /** Declares the connection of `PLACE` anew. */
  reconnect(saml: SamlSettings): Promise<void>;
  close(): Promise<void>;
}

export async function openLogoutStage(): Promise<LogoutStage> {
  const started: { world?: World } = {};
  const now = () => started.world?.clock.now() ?? new Date();
  const people = [...PEOPLE, { subject: 'mary', email: 'mary@acme.test', givenName: 'Mary', familyName: 'Somerville' }];
  const options = { now, people };
  const [provider, rival] = await Promise.all([startSamlIdentityProvider(options), startSamlIdentityProvider(options)]);
  const declaration = (apiKey: string, saml: SamlSettings): Declaration => ({
    organizations: [
      {
        slug: 'acme',
        name: 'Acme Industries',
        domains: [{ domain: 'acme.test', verified: true }],
        connections: [connection('saml', saml), connection('second', { metadataUrl: rival.metadataUrl })],
        apiKeys: [{ name: 'front end', key: apiKey, dialects: ['indee'] }],
      },
      {
        slug: 'globex',
        name: 'Globex',
        connections: [connection('saml', { metadataUrl: provider.metadataUrl })],
        apiKeys: [{ name: 'front end', key: otherApiKey, dialects: ['indee'] }],
      },
    ],
  });
  const otherApiKey = createApiKey();
  const honest = { metadataUrl: provider.metadataUrl };
  const world = await createWorld({
    outboundAllow: [provider, rival].map(({ origin }) => new URL(origin).host),
    declaration: (apiKey) => declaration(apiKey, honest),
  });
  started.world = world;
  const known = new Map<string, ServiceProvider>();
  for (const [place, idp] of [
    [PLACE, provider],
    [OTHER_TENANT, provider],
    [OTHER_CONNECTION, rival],
  ] as const) {
    const [row] = await world.sql<{ id: string }[]>`select c.id from connections c
      join organizations o on o.id = c.organization_id where o.slug = ${place[0]} and c.slug = ${place[1]}`;
    const metadata = await (await world.fetch(`/saml/${row?.id}/metadata`)).text();
    // the application listens nowhere, so the provider gets the document as an address of its own
    const address = `data:application/samlmetadata+xml,${encodeURIComponent(metadata)}`;
    known.set(place.join(), await idp.registerMetadata(address));
  }
  return {
    world,
    replica: await world.replica(),
    provider,
    rival,
    serviceProvider(place = PLACE) {
      const found = known.get(place.join());
      if (!found) throw new Error(`there is no connection ${place.join()}`);
      return found;
    },
    reconnect: (saml) => world.apply(declaration(world.apiKey, saml)),
    async close() {
      await world.close();
      await Promise.all([provider.stop(), rival.stop()]);
    },
  };
}

function connection(slug: string, saml: SamlSettings): DeclaredConnection {
  return { slug, type: 'saml', redirectUris: [REDIRECT_URI], saml };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Through Applivery, at any of the connections. */
export async function signIn(
  stage: LogoutStage,
  [organization, slug]: Place = PLACE,
  email = EMAIL,
): Promise<SignedIn> {
  const path = `/v1/auth/sso/${organization}/${slug}`;
  const { data } = await read(await stage.world.fetch(path));
  // an address belongs to one person: in the other tenant she has another, and the same NameID
  const address = organization === 'acme' ? email : email.replace('acme', 'globex');
  stage.provider.faults.edit = (options) => ({
    ...options,
    assertion: {
      ...[options.assertion ?? {}].flat()[0],
      attributes: attributesOf({ ...options.person, email: address }),
    },
  });
  const callback = await signInAt(stage, data.redirectUrl, email);
  stage.provider.faults.edit = undefined;
  const session = (await read(await stage.world.fetch(`${path}/callback`, json(callback)))).data;
  return signedIn('applivery', session.accessToken.token, session.refreshToken.token);
}

/** Through each dialect, at `PLACE`. */
export const DIALECTS = {
  applivery: (stage: LogoutStage) => signIn(stage),
  async indee(stage: LogoutStage) {
    const key = bearer(stage.world.apiKey);
    const started = await read(await stage.world.fetch('/v1/admin/auth/sso/initiate', json({ username: EMAIL }, key)));
    const callback = await signInAt(stage, started.redirect, EMAIL);
    const body = { ...callback, nonce: started.nonce, email: EMAIL, error: false };
    const session = await read(await stage.world.fetch('/v1/admin/auth/sso/login', json(body, key)));
    return signedIn('indee', session.token, session.refresh_token);
  },
  async pria(stage: LogoutStage) {
    const started = await read(await stage.world.fetch('/sso/acme', { headers: { accept: 'application/json' } }));
    const callback = await signInAt(stage, started.redirectUrl, EMAIL);
    return signedIn(
      'pria',
      (await read(await stage.world.fetch('/api/auth/sso_callback', json(callback)))).token,
      undefined,
    );
  },
} satisfies Record<SignedIn['dialect'], (stage: LogoutStage) => Promise<SignedIn>>;

async function signInAt({ world }: LogoutStage, url: string, email: string): Promise<{ code: string; state: string }> {
  const { code, state } = await signInWithSaml(url, email, {
    post: (address, form) => world.fetch(address, { method: 'POST', body: form, redirect: 'manual' }),
    get: (address) => fetch(address, { redirect: 'manual' }),
  });
  return { code, state };
}

function signedIn(dialect: SignedIn['dialect'], access: string, refresh: string | undefined): SignedIn {
  const claims = JSON.parse(
    new TextDecoder().decode(Uint8Array.fromBase64(access.split('.')[1] ?? '', { alphabet: 'base64url' })),
  );
  return { dialect, access, refresh, sessionId: claims.sid };
}

/** Whether the session may still be used, by its access token and by its refresh token. */
export async function isAlive({ fetch, apiKey }: World, session: SignedIn): Promise<boolean> {
  const { access, refresh, dialect } = session;
  const uses = {
    applivery: () => fetch('/v1/users/profile', { headers: bearer(access) }),
    indee: () => fetch('/v1/admin/auth/refresh', json({ refresh_token: refresh }, bearer(apiKey))),
    pria: () => fetch('/api/user/refresh/profile', { method: 'POST', headers: bearer(access) }),
  };
  const { status } = await uses[dialect]();
  expect(status).toBeOneOf([200, 401]);
  return status === 200;
}

export function endLocally({ fetch, apiKey }: World, { access, refresh, dialect }: SignedIn): Promise<Response> {
  switch (dialect) {
    case 'applivery':
      return fetch('/v1/auth/logout', { method: 'POST', headers: bearer(access) });
    case 'indee':
      return fetch('/v1/admin/auth/logout', json({ refresh_token: refresh }, bearer(apiKey)));
    case 'pria':
      return fetch('/api/auth/signout', { method: 'POST', headers: bearer(access) });
  }
}

/** The browser carries a message of the provider to us. */
export function deliver(fetch: Fetch, step: BrowserStep, headers: Record<string, string> = {}): Promise<Response> {
  return step.binding === 'redirect'
    ? fetch(step.url.href, { headers, redirect: 'manual' })
    : fetch(step.action, { method: 'POST', body: step.form, headers, redirect: 'manual' });
}

/** The browser carries what we answered, a redirect or a page that posts, on to the provider. */
export async function carryOn(answer: Response): Promise<Response> {
  const location = answer.headers.get('location');
  if (location) return fetch(location, { redirect: 'manual' });
  const { action, fields } = formIn(await answer.text());
  return fetch(action, { method: 'POST', body: fields, redirect: 'manual' });
}

/** What the provider makes of a message of ours is a page that posts, or a redirect, back to us. */
export async function bringBack(world: World, answer: Response): Promise<Response> {
  const location = answer.headers.get('location');
  if (location) return world.fetch(location, { redirect: 'manual' });
  const { action, fields } = formIn(await answer.text());
  return world.fetch(action, { method: 'POST', body: fields, redirect: 'manual' });
}

function formIn(page: string): { action: string; fields: URLSearchParams } {
  const plain = (text = '') =>
    text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&');
  const [, action] = /<form[^>]* action="([^"]*)"/.exec(page) ?? [];
  if (action === undefined) throw new Error(`there is no form on the page: ${page}`);
  const inputs = [...page.matchAll(/<input[^>]* name="([^"]*)" value="([^"]*)"/g)];
  return {
    action: plain(action),
    fields: new URLSearchParams(inputs.map(([, name = '', value]) => [name, plain(value)])),
  };
}

/** Audit events of single logout and of the sessions that it ended, the newest last. */
export async function auditOf(world: World): Promise<{ action: string; reason: string | null; target_id: string }[]> {
  const rows = await world.sql<{ action: string; reason: string | null; target_id: string }[]>`
    select action, reason, target_id from audit_events
    where action like 'logout.%' or (action = 'session.ended' and reason = 'idp_logout') order by created_at, action, id`;
  return rows.map((row) => ({ ...row }));
}
