/**
 * The stage of the hostile tests: two replicas on one database, a scripted identity provider that plays several
 * issuers, and two organizations that must not get at each other.
 */
import { type ScriptedProvider, startScriptedProvider } from '#dev/scripted-provider.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { createWorld, REDIRECT_URI, type World } from '#tests/world.ts';

export type DeclaredOrganization = Declaration['organizations'][number];
export type DeclaredConnection = NonNullable<DeclaredOrganization['connections']>[number];

/** Everything that RFC 6749 §2.3.1 has to encode (OC-21). */
export const CLIENT_SECRET = 's:e%c+r é/€t-canary';
const CLIENT_ID = 'vestibule';

/** Who signs in unless a test says otherwise. */
export const ADA: Overrides = {
  sub: 'ada-1815',
  email: 'ada@acme.test',
  email_verified: true,
  given_name: 'Ada',
  family_name: 'Lovelace',
  name: 'Ada Lovelace',
};

export interface Stage {
  readonly world: World;
  /** Another process, as far as one process can play it: same database, same keys, caches of its own. */
  readonly replica: World;
  readonly provider: ScriptedProvider;
  /** API key of `globex`. */
  readonly otherApiKey: string;
  /** What this test run must never find again; see `canaries.ts`. */
  readonly secrets: Set<string>;
  /** An honest provider that has seen nothing, and ada before it. */
  honest(): void;
  issuer(name: string): string;
  /** Declares `acme` anew with other settings of its connection. */
  reconnect(changed: Partial<DeclaredConnection>): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly connection?: Partial<DeclaredConnection>;
  readonly organization?: Partial<DeclaredOrganization>;
  readonly environment?: Record<string, string>;
  /** The provider may be called as localhost too, which is another origin. */
  readonly allowLocalhost?: boolean;
}

/** `acme` with one connection, `globex` with two. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const started: { world?: World } = {};
  const provider = await startScriptedProvider({
    clients: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
    now: () => started.world?.clock.now() ?? new Date(),
  });
  const issuer = (name: string) => `${provider.origin}/${name}`;
  const otherApiKey = createApiKey();
  const acme = (apiKey: string, changed: Partial<DeclaredConnection> = {}): DeclaredOrganization => ({
    slug: 'acme',
    name: 'Acme Industries',
    domains: [{ domain: 'acme.test', verified: true }],
    connections: [connectionOf('oidc', issuer('acme'), { ...options.connection, ...changed })],
    apiKeys: [{ name: 'front end', key: apiKey, dialects: ['indee'] }],
    ...options.organization,
  });
  const globex: DeclaredOrganization = {
    slug: 'globex',
    name: 'Globex',
    domains: [{ domain: 'globex.test', verified: true }],
    connections: [connectionOf('oidc', issuer('globex')), connectionOf('rival', issuer('rival'))],
    apiKeys: [{ name: 'front end', key: otherApiKey, dialects: ['indee'] }],
  };
  const world = await createWorld({
    outboundAllow: [
      new URL(provider.origin).host,
      ...(options.allowLocalhost ? [`localhost:${new URL(provider.origin).port}`] : []),
    ],
    declaration: (apiKey) => ({ organizations: [acme(apiKey), globex] }),
    ...(options.environment && { environment: options.environment }),
  });
  started.world = world;
  // the last one is no secret: what a hostile text holds must not be kept or echoed either
  const secrets = new Set([CLIENT_SECRET, encodeURIComponent(CLIENT_SECRET), world.apiKey, otherApiKey, 'alert(1)']);
  const honest = () => {
    provider.reset();
    provider.script.user = ADA;
    provider.script.idToken.tamper = (token) => {
      secrets.add(token);
      return token;
    };
  };
  honest();
  return {
    world,
    replica: await world.replica(),
    provider,
    otherApiKey,
    secrets,
    honest,
    issuer,
    reconnect: (changed) => world.apply({ organizations: [acme(world.apiKey, changed)] }),
    async close() {
      await world.close();
      await provider.close();
    },
  };
}

function connectionOf(slug: string, issuer: string, changed: Partial<DeclaredConnection> = {}): DeclaredConnection {
  return {
    slug,
    type: 'oidc',
    status: 'active',
    issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    redirectUris: [REDIRECT_URI],
    scopes: ['openid', 'email', 'profile'],
    ...changed,
  };
}
