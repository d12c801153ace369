/**
 * An OpenID provider for development, demo and tests: the certified library `oidc-provider` on a loopback
 * port of its own, with people to choose from instead of passwords. It is a real one: discovery, PKCE
 * required, codes that work once, signed ID tokens, userinfo, `iss` in the response (RFC 9207).
 *
 * Every authorization request shows the sign-in page, even if somebody signed in before, so that one
 * browser can play several people; `prompt=none` is answered from the session.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type {
  AdapterFactory,
  ClientMetadata,
  Configuration,
  interactionPolicy,
  JWKS,
  KoaContextWithOIDC,
} from 'oidc-provider';
import {
  type Deliver,
  LOGOUT_FEATURES,
  type LogoutClient,
  logoutConfiguration,
  logoutMetadata,
  unpostLogout,
} from './identity-provider-logout.ts';
import { answerPages, SIGN_IN_PATH } from './identity-provider-pages.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { CLAIMS_OF_SCOPE, claimsOf, PEOPLE, type Person } from './people.ts';
import { errorPage } from './sign-in-page.ts';

/** How the client authenticates at the token endpoint (OpenID Connect Core §9). */
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none';

export interface ProviderClient extends LogoutClient {
  readonly clientId: string;
  /** For `client_secret_basic` and `client_secret_post`. */
  readonly clientSecret?: string | undefined;
  /** Public keys, for `private_key_jwt`. */
  readonly jwks?: { readonly keys: readonly JWK[] } | undefined;
  readonly redirectUris: readonly string[];
  /** Default `client_secret_basic`. */
  readonly authentication?: ClientAuthentication | undefined;
  /** Default RS256. */
  readonly idTokenAlgorithm?: 'RS256' | 'ES256' | undefined;
  /** Shown on the sign-in page. Default: the client id. */
  readonly name?: string | undefined;
}

export interface IdentityProviderOptions {
  /** Default 0: any free one. */
  readonly port?: number | undefined;
  readonly clients: readonly ProviderClient[];
  /** Default {@link PEOPLE}. */
  readonly people?: readonly Person[] | undefined;
  /** How logout tokens get to the clients. Default: over HTTP. */
  readonly deliver?: Deliver | undefined;
}

export interface RunningIdentityProvider {
  /** `http://127.0.0.1:…`, without a slash at the end. */
  readonly issuer: string;
  /** @throws Error when the client's metadata makes no sense */
  register(client: ProviderClient): Promise<void>;
  stop(): Promise<void>;
}

const HOUR_SECONDS = 3600;

/** @throws Error when the port is taken, or a client's metadata makes no sense */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<RunningIdentityProvider> {
  const people = options.people ?? PEOPLE;
  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = issuerOf(server);
  const { Provider, interactionPolicy } = await loadLibrary();
  const adapter = memoryAdapter();
  const provider = new Provider(issuer, {
    ...(await configuration(issuer, people, adapter, alwaysAsk(interactionPolicy))),
    ...logoutConfiguration(options.deliver),
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    unpostLogout(request)
      .then(() => answerPages(provider, people, request, response))
      .then((answered) => (answered ? undefined : answer(request, response)))
      .catch(() => response.destroy());
  });
  const register = async (client: ProviderClient) => {
    await adapter('Client').upsert(client.clientId, metadataOf(client));
    await provider.Client.find(client.clientId);
  };
  for (const client of options.clients) await register(client);
  return { issuer, register, stop: () => close(server) };
}

function issuerOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The identity provider has no port');
  return `http://127.0.0.1:${address.port}`;
}

/**
 * It warns of every runtime that is not Node, when it is loaded and when it first sends something: it runs on Bun and Deno
 * all the same, which the tests show.
 */
async function loadLibrary(): Promise<typeof import('oidc-provider')> {
  if (!isQuiet) {
    isQuiet = true;
    const { warn } = console;
    console.warn = (...said: unknown[]) => {
      if (!String(said[0]).includes('oidc-provider WARNING')) warn(...said);
    };
  }
  return import('oidc-provider');
}
let isQuiet = false;

async function configuration(
  issuer: string,
  people: readonly Person[],
  adapter: AdapterFactory,
  policy: interactionPolicy.DefaultPolicy,
): Promise<Configuration> {
  return {
    adapter,
    jwks: { keys: await Promise.all([signingKey('RS256'), signingKey('ES256')]) },
    // browsers share cookies between the ports of one host: names of our own keep other servers' cookies apart
    cookies: {
      names: { session: 'idp_session', interaction: 'idp_interaction', resume: 'idp_resume' },
      // random identifiers: signing them would add nothing here
      long: { signed: false },
      short: { signed: false },
    },
    claims: CLAIMS_OF_SCOPE,
    // many providers put the claims in the ID token even in the code flow: so does this one
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, ...LOGOUT_FEATURES },
    interactions: { policy, url: (_, interaction) => `${SIGN_IN_PATH}${interaction.uid}` },
    findAccount: (_, subject) => {
      const person = people.find((candidate) => candidate.subject === subject);
      return person && { accountId: subject, claims: () => claimsOf(person, issuer) };
    },
    loadExistingGrant: grantWhatIsAsked,
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(out.error, out.error_description);
    },
    ttl: {
      AuthorizationCode: 60,
      AccessToken: HOUR_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      RefreshToken: 24 * HOUR_SECONDS,
      Grant: 24 * HOUR_SECONDS,
      Session: 24 * HOUR_SECONDS,
    },
  };
}

async function signingKey(alg: 'RS256' | 'ES256'): Promise<JWKS['keys'][number]> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  if (!jwk.kty) throw new Error(`No ${alg} key could be made`);
  return { ...jwk, kty: jwk.kty, alg, use: 'sig', kid: `${alg.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}` };
}

/** The library's own rules for when to ask, and one more: always, unless the person chose just now. */
function alwaysAsk({ base, Check }: typeof interactionPolicy): interactionPolicy.DefaultPolicy {
  const policy = base();
  const choice = new Check('account_choice', 'The person chooses who signs in', (ctx) =>
    ctx.oidc.result?.login || ctx.oidc.prompts.has('none') ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  );
  policy.get('login')?.checks.add(choice);
  return policy;
}

/** Nobody is asked for consent: the client gets what it asks for. */
async function grantWhatIsAsked(ctx: KoaContextWithOIDC) {
  const { client, session, provider, requestParamOIDCScopes } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
  grant.addOIDCScope([...requestParamOIDCScopes].join(' '));
  await grant.save();
  return grant;
}

function metadataOf(client: ProviderClient): ClientMetadata {
  return {
    client_id: client.clientId,
    client_name: client.name ?? client.clientId,
    redirect_uris: [...client.redirectUris],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: client.authentication ?? 'client_secret_basic',
    id_token_signed_response_alg: client.idTokenAlgorithm ?? 'RS256',
    ...logoutMetadata(client),
    ...(client.clientSecret !== undefined && { client_secret: client.clientSecret }),
    ...(client.jwks && { jwks: { keys: client.jwks.keys.map((key) => ({ ...key, kty: key.kty ?? '' })) } }),
  };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
