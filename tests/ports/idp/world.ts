/**
 * What the tests of the identity providers stand on: the scripted provider over real HTTP, a real sealer, a clock that
 * stands still until it is moved, and one function that performs a whole login.
 */

import { expect } from 'bun:test';
import { Checks } from '#core/checks.ts';
import type { ScriptedClient } from '#dev/scripted-clients.ts';
import { startScriptedProvider } from '#dev/scripted-provider.ts';
import { SsoError, type SsoErrorCode } from '#error';
import type { MovableClock } from '#ports/clock.ts';
import type { Connection, PinnedMetadata } from '#ports/db/schema.ts';
import { createOutbound } from '#ports/http/client.ts';
import type { Outbound, OutboundRequest } from '#ports/http/outbound.ts';
import type { AuthorizationRequest, Claims, IdentityProvider } from '#ports/idp/identity-provider.ts';
import { createIdentityProvider } from '#ports/idp/registry.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import { randomToken } from '#ports/keys/random.ts';
import { createSealer } from '#ports/keys/sealer.ts';

export const CLIENT_ID = 'vestibule';
/** Holds what client_secret_basic has to encode (OC-21). */
export const CLIENT_SECRET = 's:e%c+r é/€t';
export const REDIRECT_URI = 'https://app.example/callback';

/** Deadlines shrink by this factor, so that a provider that hangs costs a test little. */
const HURRY = 10;

function frozenClock(): MovableClock {
  const start = Date.now();
  let offsetSeconds = 0;
  return {
    now: () => new Date(start + offsetSeconds * 1000),
    get offsetSeconds() {
      return offsetSeconds;
    },
    moveBy(seconds) {
      offsetSeconds += seconds;
    },
  };
}

/**
 * The real outbound client, allowed to reach the scripted provider, with its calls on record.
 *
 * @param hosts origin → origin, for providers whose addresses are fixed
 */
function createTestOutbound(origin: string, hosts: Readonly<Record<string, string>>, clock: MovableClock) {
  const calls: OutboundRequest[] = [];
  const client = createOutbound({ allow: [new URL(origin).host], clock });
  const outbound: Outbound = (request) => {
    calls.push(request);
    const { origin: asked, href } = new URL(request.url);
    return client({
      ...request,
      url: href.replace(asked, hosts[asked] ?? asked),
      deadlineMs: request.deadlineMs / HURRY,
    });
  };
  return Object.assign(outbound, { calls, close: client.close });
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** A scripted provider and one identity provider that knows it. */
export async function createWorld(options: { clients?: readonly ScriptedClient[]; hosts?: readonly string[] } = {}) {
  const clock = frozenClock();
  const clients = options.clients ?? [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }];
  const provider = await startScriptedProvider({ clients, now: clock.now });
  const hosts = Object.fromEntries((options.hosts ?? []).map((host) => [host, provider.origin]));
  const outbound = createTestOutbound(provider.origin, hosts, clock);
  const sealer = await createSealer(Buffer.alloc(32, 7).toString('base64'));
  const pinned = new Map<string, PinnedMetadata>();
  /** Ids of the connections in the order that they were pinned. */
  const pins: string[] = [];
  const changes: PinnedMetadata[] = [];
  const stale: string[] = [];
  const create = () =>
    createIdentityProvider({
      outbound,
      sealer,
      clock,
      pinMetadata: async ({ id }, endpoints) => {
        pins.push(id);
        pinned.set(id, endpoints);
      },
      onMetadataChanged: (_connection, endpoints) => void changes.push(endpoints),
      onStaleDocument: (id, kind) => void stale.push(`${id} ${kind}`),
    });
  const world = {
    provider,
    clock,
    outbound,
    sealer,
    pinned,
    pins,
    changes,
    stale,
    identityProvider: create(),
    /** Honest provider, empty caches, nothing pinned, nothing seen. */
    reset() {
      provider.reset();
      outbound.calls.length = 0;
      pinned.clear();
      pins.length = 0;
      changes.length = 0;
      stale.length = 0;
      world.identityProvider = create();
    },
    close() {
      outbound.close();
      return provider.close();
    },
    connection: (changed: Partial<Connection> = {}) =>
      createConnection(sealer, { issuer: provider.origin, ...changed }),
  };
  return world;
}

/** A row as the database would hold it. */
async function createConnection(sealer: Sealer, changed: Partial<Connection>): Promise<Connection> {
  const id = changed.id ?? randomToken(12);
  const sealedClientSecret = await sealer.seal(CLIENT_SECRET, `connections:${id}:client_secret`);
  const now = new Date();
  return {
    id,
    organizationId: 'organization',
    slug: 'oidc',
    type: 'oidc',
    status: 'active',
    target: 'dashboard',
    version: 1,
    redirectUris: [REDIRECT_URI],
    issuer: null,
    clientId: CLIENT_ID,
    sealedClientSecret,
    sealedClientKey: null,
    clientAuthentication: null,
    scopes: null,
    idTokenAlgs: null,
    trustedAudiences: [],
    trustedOrigins: [],
    tenants: [],
    maxAgeSeconds: null,
    maxSessionSeconds: null,
    logoutRedirectUri: null,
    sessionsEndedAt: null,
    disabledAt: null,
    requireBrowser: false,
    requireIss: false,
    mapping: {},
    groupRoles: [],
    rules: [],
    fetchGroups: false,
    saml: null,
    jit: true,
    defaultRole: 'user',
    allowedDomains: [],
    pinnedMetadata: null,
    createdAt: now,
    updatedAt: now,
    ...changed,
  };
}

export interface LoginOptions {
  readonly request?: Partial<AuthorizationRequest>;
  /** Changes the query that came back before it is handed on. */
  readonly callback?: (query: URLSearchParams) => void;
  readonly checks?: Checks;
}

export type Login = Awaited<ReturnType<typeof startLogin>>;

/** The first half: authorization URL, and the browser's way through the provider. */
export async function startLogin(world: World, connection: Connection, options: LoginOptions = {}) {
  const request: AuthorizationRequest = {
    state: randomToken(),
    nonce: randomToken(),
    codeVerifier: randomToken(),
    redirectUri: REDIRECT_URI,
    ...options.request,
  };
  const url = await world.identityProvider.authorize(connection, request);
  const response = await fetch(url.href.replace(url.origin, world.provider.origin), { redirect: 'manual' });
  const location = new URL(
    response.headers.get('location') ?? `https://no-redirect.invalid/?status=${response.status}`,
  );
  options.callback?.(location.searchParams);
  return { request, url, query: location.searchParams };
}

/** The second half. */
export async function finishLogin(
  identityProvider: IdentityProvider,
  connection: Connection,
  { request, query }: Pick<Login, 'request' | 'query'>,
  checks = new Checks(),
): Promise<Claims> {
  const response = { code: query.get('code') ?? '', iss: query.get('iss') ?? undefined };
  return identityProvider.verify(connection, request, response, checks);
}

/** A whole login. */
export async function logIn(world: World, connection: Connection, options: LoginOptions = {}): Promise<Claims> {
  const stored = {
    ...connection,
    pinnedMetadata: connection.pinnedMetadata ?? world.pinned.get(connection.id) ?? null,
  };
  const login = await startLogin(world, stored, options);
  return finishLogin(world.identityProvider, stored, login, options.checks);
}

/** The code of a promise's SsoError; `succeeded` when it kept its word. */
export async function outcomeOf(work: Promise<unknown>): Promise<SsoErrorCode | 'succeeded'> {
  try {
    await work;
    return 'succeeded';
  } catch (error) {
    if (error instanceof SsoError) return error.code;
    throw error;
  }
}

/** A login that must fail with exactly this code, leave the failed check in the trace, and pass again once the fault is gone. */
export async function expectRefusal(
  world: World,
  connection: Connection,
  code: SsoErrorCode,
  options: LoginOptions = {},
): Promise<Checks> {
  const checks = new Checks();
  expect(await outcomeOf(logIn(world, connection, { ...options, checks }))).toBe(code);
  expect(checks.entries.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
  world.provider.reset();
  const { maxAgeSeconds, tenants, issuer, type } = connection;
  const control = await world.connection({ maxAgeSeconds, tenants, issuer, type, id: connection.id, version: 2 });
  expect(await outcomeOf(logIn(world, control))).toBe('succeeded');
  return checks;
}
