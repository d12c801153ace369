/**
 * A world for the login doctor: one organization with a connection of each protocol, providers that can be told to lie,
 * and one function that signs in and reads back what the operator sees of it.
 */
import { type RunningSamlIdentityProvider, startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import type { ServiceProvider } from '#dev/saml/service-provider.ts';
import { signInWithSaml } from '#dev/saml/sign-in.ts';
import { type ScriptedProvider, startScriptedProvider } from '#dev/scripted-provider.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { ADMIN_API_KEY } from '#tests/admin/callers.ts';
import { type NameServer, startNameServer } from '#tests/dns-server.ts';
import { ADA, type DeclaredConnection, type DeclaredOrganization } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { register } from '#tests/saml/saml-world.ts';
import { createWorld, PUBLIC_URL, REDIRECT_URI, type World } from '#tests/world.ts';

export { ADA, type DeclaredConnection };
export type Slug = 'oidc' | 'github' | 'saml';

/** The discard port: a connection to it is refused. */
export const NOWHERE = '127.0.0.1:9';
const CLIENT_ID = 'vestibule';
const CLIENT_SECRET = 'a-secret-of-the-clinic';

/** An answer of the admin API, whose shape the test states by what it reads. */
// biome-ignore lint/suspicious/noExplicitAny: answers of the wire are read as a client without types reads them
export type Wire = any;

export interface Clinic {
  readonly world: World;
  readonly provider: ScriptedProvider;
  readonly samlProvider: RunningSamlIdentityProvider;
  readonly issuer: string;
  readonly names: NameServer;
  /** How far the OpenID provider's clock is from ours, seconds; SAML's is `faults.skewSeconds`. */
  readonly clocks: { provider: number };
  /** The id of a connection. */
  idOf(slug: Slug): Promise<string>;
  /** Honest providers, and ada before them. */
  honest(): void;
  /** Declares a connection anew with these members over the honest ones. */
  connect(slug: Slug, changed?: Partial<DeclaredConnection>): Promise<void>;
  /** What the SAML provider knows of us, with these members over it. */
  samlRegistration(changed: Partial<ServiceProvider>): Promise<void>;
  /** Declares other members of the organization. */
  organize(changed: Partial<DeclaredOrganization>): Promise<void>;
  /** Signs in, however it ends. @returns the login as the admin API shows it */
  login(slug: Slug, patient?: Patient): Promise<Wire>;
  admin(path: string, init?: RequestInit, status?: number): Promise<Wire>;
  close(): Promise<void>;
}

export interface Patient {
  readonly email?: string;
  /** Changes the callback before it is posted. */
  readonly callback?: (returned: Record<string, unknown>) => Record<string, unknown>;
  /** Happens between the redirect back and the callback. */
  readonly before?: () => Promise<void> | void;
  readonly startQuery?: string;
  /** Another connection than the broken one. */
  readonly slug?: string;
}

export async function openClinic(): Promise<Clinic> {
  const started: { world?: World } = {};
  const clocks = { provider: 0 };
  const names = await startNameServer();
  const now = () => started.world?.clock.now() ?? new Date();
  const provider = await startScriptedProvider({
    clients: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
    now: () => new Date(now().getTime() + clocks.provider * 1000),
  });
  const samlProvider = await startSamlIdentityProvider({ now });
  const issuer = `${provider.origin}/acme`;
  const base: Record<Slug, DeclaredConnection> = {
    oidc: connectionOf({ type: 'oidc', issuer }),
    github: connectionOf({ type: 'github', issuer: `${provider.origin}/hub` }),
    saml: { type: 'saml', redirectUris: [REDIRECT_URI], saml: { metadataUrl: samlProvider.metadataUrl } },
  };
  const declared = (changed: Partial<DeclaredOrganization>): Declaration => ({
    organizations: [{ slug: 'acme', name: 'Acme Industries', ...changed }],
  });
  const world = await createWorld({
    // nobody listens at the last
    outboundAllow: [new URL(provider.origin).host, new URL(samlProvider.origin).host, NOWHERE],
    declaration: () =>
      declared({ domains: [{ domain: 'acme.test', verified: true }], connections: Object.values(base) }),
    environment: { ADMIN_API_KEY, RATE_LIMIT_PER_MINUTE: '0', DNS_SERVERS: names.address },
  });
  started.world = world;
  const idOf = async (slug: Slug) =>
    String((await world.sql`select id from connections where slug = ${slug}`)[0]?.['id']);
  await register(world, samlProvider, await idOf('saml'));
  const honest = () => {
    provider.reset();
    provider.script.user = ADA;
    samlProvider.reset();
    clocks.provider = 0;
  };
  honest();
  const admin: Clinic['admin'] = async (path, init = {}, status = 200) =>
    read(
      await world.fetch(`/admin/v1${path}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${ADMIN_API_KEY}` },
      }),
      status,
    );
  return {
    world,
    provider,
    samlProvider,
    issuer,
    names,
    clocks,
    idOf,
    honest,
    connect: (slug, changed = {}) => world.apply(declared({ connections: [{ slug, ...base[slug], ...changed }] })),
    samlRegistration: async (changed) => register(world, samlProvider, await idOf('saml'), changed),
    organize: (changed) => world.apply(declared(changed)),
    async login(slug, patient = {}) {
      const requestId = await (slug === 'saml'
        ? visitSaml(world, patient)
        : visit(world, patient.slug ?? slug, patient));
      const { items } = await admin(`/logins?requestId=${requestId}`);
      return admin(`/logins/${items[0]?.id}`);
    },
    admin,
    async close() {
      await world.close();
      await provider.close();
      await samlProvider.stop();
      await names.close();
    },
  };
}

function connectionOf(connection: Pick<DeclaredConnection, 'type' | 'issuer'>): DeclaredConnection {
  return { ...connection, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, redirectUris: [REDIRECT_URI] };
}

const requestIdOf = (answer: Response) => answer.headers.get('request-id') ?? '';

/** @returns the Request-Id of the answer that ended it */
async function visit(world: World, slug: string, patient: Patient): Promise<string> {
  const start = await world.fetch(`/v1/auth/sso/acme/${slug}${patient.startQuery ?? ''}`);
  if (start.status !== 200) return requestIdOf(start);
  const { data } = await read(start);
  const redirect = await fetch(data.redirectUrl, { redirect: 'manual' });
  const location = redirect.headers.get('location');
  if (!location) throw new Error(`the provider answered ${redirect.status}: ${await redirect.text()}`);
  return callBack(world, slug, Object.fromEntries(new URL(location).searchParams), patient);
}

async function visitSaml(world: World, patient: Patient): Promise<string> {
  const start = await world.fetch(`/v1/auth/sso/acme/saml${patient.startQuery ?? ''}`);
  if (start.status !== 200) return requestIdOf(start);
  const { data } = await read(start);
  let consumed: Response | undefined;
  try {
    const { code, state } = await signInWithSaml(data.redirectUrl, patient.email ?? 'ada@acme.test', {
      async post(url, body) {
        consumed = await world.fetch(url, { method: 'POST', body });
        return consumed.clone();
      },
      get: (url) => (url.startsWith(PUBLIC_URL) ? world.fetch(url) : fetch(url, { redirect: 'manual' })),
    });
    return callBack(world, 'saml', { code, state }, patient);
  } catch (error) {
    if (!consumed || consumed.status < 400) throw error;
    return requestIdOf(consumed);
  }
}

async function callBack(
  world: World,
  slug: string,
  returned: Record<string, unknown>,
  patient: Patient,
): Promise<string> {
  await patient.before?.();
  const body = patient.callback?.(returned) ?? returned;
  return requestIdOf(await world.fetch(`/v1/auth/sso/acme/${slug}/callback`, json(body)));
}
