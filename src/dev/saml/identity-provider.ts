/**
 * A SAML identity provider for development, demo and tests on a loopback port of its own: web browser SSO by Redirect and
 * POST, started by either side, single logout, metadata. People to choose from stand for passwords, and switches make it
 * behave like one vendor or another, or lie.
 *
 * ```ts
 * const provider = await startSamlIdentityProvider();
 * await provider.registerMetadata('http://127.0.0.1:3000/saml/…/metadata');
 * provider.faults.wrongAudience = true;   // … a login that must be refused …
 * provider.reset();                       // … and the same one that must not
 * ```
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PEOPLE, type Person, portrait, portraitPath } from '#dev/people.ts';
import { errorPage } from '#dev/sign-in-page.ts';
import type { ReceivedAuthnRequest } from './authn-request.ts';
import { honestFaults, type SamlFaults } from './faults.ts';
import { receiveLogout, type StartedLogout, type StartLogoutOptions, startLogout } from './logout.ts';
import type { ReceivedLogout } from './logout-message.ts';
import { parseMessage, type ReceivedMessage, readPosted, readRedirect } from './message.ts';
import { buildMetadata, metadataDocument, PATHS } from './metadata-document.ts';
import { serveMetadata } from './metadata-endpoint.ts';
import { htmlReply, type Reply, signedOutPage, stepReply } from './pages.ts';
import type { ProviderSession, ProviderState } from './provider-state.ts';
import { RefusedRequest } from './refused-request.ts';
import { fetchServiceProvider, type ServiceProvider } from './service-provider.ts';
import { createSigningKey, type SigningKey } from './signing-key.ts';
import { BROWSER_COOKIE, SsoEndpoint } from './sso-endpoint.ts';

export interface SamlIdentityProviderOptions {
  /** Default 0: any free one. */
  readonly port?: number | undefined;
  /** Default {@link PEOPLE}. */
  readonly people?: readonly Person[] | undefined;
  readonly faults?: Partial<SamlFaults> | undefined;
  readonly serviceProviders?: readonly ServiceProvider[] | undefined;
  /** Its first key. Default: a new RSA key. */
  readonly key?: SigningKey | undefined;
  /** Its idea of the time, for tests that move theirs. */
  readonly now?: (() => Date) | undefined;
}

export interface RunningSamlIdentityProvider {
  /** The same as the metadata's address. */
  readonly entityId: string;
  /** `http://127.0.0.1:…`, without a slash at the end. */
  readonly origin: string;
  readonly metadataUrl: string;
  /** The metadata as a document, unsigned; the faults of its delivery are the endpoint's alone. */
  metadataXml(): string;
  /** Base64 DER of the certificate that signs now. */
  readonly certificate: string;
  /** The key that signs now. */
  readonly key: SigningKey;
  readonly faults: SamlFaults;
  readonly requests: readonly ReceivedAuthnRequest[];
  /** What came to the logout endpoint, well signed or not. */
  readonly logouts: readonly ReceivedLogout[];
  readonly sessions: readonly ProviderSession[];
  /** A service provider of the same entity id is replaced. */
  register(serviceProvider: ServiceProvider): void;
  /** @throws Error when the address does not answer with a service provider's metadata */
  registerMetadata(url: string | URL): Promise<ServiceProvider>;
  /** Puts the next key into the metadata, before it signs. */
  announceKey(): Promise<SigningKey>;
  /** Signs with the announced key, or a new one. The previous stays in the metadata unless `keep` is false. */
  rotateKey(options?: { readonly keep?: boolean }): Promise<SigningKey>;
  /** Where somebody who starts at the identity provider goes. */
  initiateUrl(serviceProvider: string, relayState?: string): URL;
  /** @param who email, subject or NameID. @throws Error when that person is not signed in */
  startLogout(who: string, options?: StartLogoutOptions): Promise<StartedLogout>;
  /** Honest again, and nothing seen yet. Keys, service providers and sessions stay. */
  reset(): void;
  stop(): Promise<void>;
}

const MAX_FORM_BYTES = 512 * 1024;

/** @throws Error when the port is taken */
export async function startSamlIdentityProvider(
  options: SamlIdentityProviderOptions = {},
): Promise<RunningSamlIdentityProvider> {
  const [current, attacker] = await Promise.all([
    options.key ?? createSigningKey(),
    createSigningKey({ subject: 'Somebody else' }),
  ]);
  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const state = newState(originOf(server), options, current, attacker);
  const sso = new SsoEndpoint(state);
  server.on('request', (request, response) => {
    handle(state, sso, request, response).catch((error: unknown) => fail(response, error));
  });
  return running(state, () => close(server));
}

function newState(
  origin: string,
  options: SamlIdentityProviderOptions,
  current: SigningKey,
  attacker: SigningKey,
): ProviderState {
  const faults = { ...honestFaults(), ...options.faults };
  const now = options.now ?? (() => new Date());
  return {
    origin,
    entityId: origin + PATHS.metadata,
    people: options.people ?? PEOPLE,
    faults,
    keys: { current, next: undefined, previous: [], attacker },
    serviceProviders: new Map((options.serviceProviders ?? []).map((each) => [each.entityId, each])),
    sessions: [],
    requests: [],
    logouts: [],
    now: () => new Date(now().getTime() + faults.skewSeconds * 1000),
  };
}

function running(state: ProviderState, stop: () => Promise<void>): RunningSamlIdentityProvider {
  const { keys, origin, entityId } = state;
  const register = (serviceProvider: ServiceProvider) => {
    state.serviceProviders.set(serviceProvider.entityId, serviceProvider);
  };
  return {
    ...{ entityId, origin, metadataUrl: entityId, faults: state.faults, register, stop },
    ...{ requests: state.requests, logouts: state.logouts, sessions: state.sessions },
    metadataXml: () => buildMetadata(state).xml,
    get certificate() {
      return keys.current.certificate;
    },
    get key() {
      return keys.current;
    },
    async registerMetadata(url) {
      const serviceProvider = await fetchServiceProvider(url);
      register(serviceProvider);
      return serviceProvider;
    },
    async announceKey() {
      keys.next = await createSigningKey();
      return keys.next;
    },
    async rotateKey({ keep = true } = {}) {
      const next = keys.next ?? (await createSigningKey());
      keys.previous = keep ? [keys.current, ...keys.previous] : [];
      keys.next = undefined;
      keys.current = next;
      return next;
    },
    initiateUrl: (sp, relayState) => {
      const query = new URLSearchParams({ sp, ...(relayState !== undefined && { RelayState: relayState }) });
      return new URL(`${PATHS.initiate}?${query}`, origin);
    },
    startLogout: (who, options = {}) => startLogout(state, who, options),
    reset() {
      Object.assign(state.faults, honestFaults());
      state.requests.length = 0;
      state.logouts.length = 0;
    },
  };
}

async function handle(
  state: ProviderState,
  sso: SsoEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  if (path === PATHS.metadata) return serveMetadata(state.faults, await metadataDocument(state), response);
  const reply = await answer(state, sso, request, path, query);
  response.writeHead(reply.status, reply.headers).end(reply.body);
}

async function answer(
  state: ProviderState,
  sso: SsoEndpoint,
  request: IncomingMessage,
  path: string,
  query: string,
): Promise<Reply> {
  const browser = cookieOf(request);
  if (path === PATHS.sso) return sso.receive(await messageOf(request, query), browser);
  if (path === PATHS.slo) return logOut(state, await messageOf(request, query));
  if (path === PATHS.initiate) {
    const parameters = new URLSearchParams(query);
    return sso.initiate(parameters.get('sp') ?? '', parameters.get('RelayState') ?? undefined);
  }
  if (path.startsWith(PATHS.signIn) && request.method === 'POST') {
    return sso.choose(path.slice(PATHS.signIn.length), new URLSearchParams(await bodyOf(request)), browser);
  }
  const pictured = state.people.find((person) => portraitPath(person) === path);
  if (pictured) return { status: 200, headers: { 'content-type': 'image/svg+xml' }, body: portrait(pictured) };
  return htmlReply(404, errorPage('not_found', 'There is no such page.'));
}

async function logOut(state: ProviderState, message: ReceivedMessage): Promise<Reply> {
  const step = await receiveLogout(state, message);
  return step ? stepReply(step) : htmlReply(200, signedOutPage(state.logouts.at(-1)?.statusCodes ?? []));
}

async function messageOf(request: IncomingMessage, query: string): Promise<ReceivedMessage> {
  const body = request.method === 'POST' ? await bodyOf(request) : undefined;
  try {
    const message = body === undefined ? readRedirect(query) : readPosted(new URLSearchParams(body));
    parseMessage(message.xml).dispose();
    return message;
  } catch (cause) {
    throw new RefusedRequest('There is no SAML message that could be read', { cause });
  }
}

/** What the person is shown: a refusal with its reason, anything else as a failure of the provider. */
function fail(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : 'unknown';
  const reply = htmlReply(error instanceof RefusedRequest ? 400 : 500, errorPage('saml', message));
  if (response.headersSent) response.destroy();
  else response.writeHead(reply.status, reply.headers).end(reply.body);
}

function cookieOf(request: IncomingMessage): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${BROWSER_COOKIE}=`))?.slice(BROWSER_COOKIE.length + 1);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_FORM_BYTES) throw new RefusedRequest('The form is too large');
  }
  return body;
}

function originOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The identity provider has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
