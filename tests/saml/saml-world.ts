/** A world whose organization signs in by SAML, at a development identity provider over HTTP. */
import { type RunningSamlIdentityProvider, startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import type { ServiceProvider } from '#dev/saml/service-provider.ts';
import { type CookieJar, type SamlRedirect, signInWithSaml } from '#dev/saml/sign-in.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { createWorld, PUBLIC_URL, REDIRECT_URI, type World } from '#tests/world.ts';

/** A front end that receives responses itself and hands them on. */
export const FRONT_END_ACS = 'http://localhost:8080/saml/acs';

export type DeclaredConnection = NonNullable<Declaration['organizations'][number]['connections']>[number];

export interface SamlWorld extends World {
  readonly provider: RunningSamlIdentityProvider;
  readonly connectionId: string;
  /** The browser's part, from the address that a start answers to the redirect back to the client. */
  signIn(startUrl: string, email?: string, cookies?: CookieJar): Promise<SamlRedirect>;
}

/** `acme`, with one SAML connection and a verified domain. */
export function samlAcme(apiKey: string, connection: Partial<DeclaredConnection>): Declaration {
  return {
    organizations: [
      {
        slug: 'acme',
        name: 'Acme Industries',
        domains: [{ domain: 'acme.test', verified: true }],
        connections: [{ slug: 'saml', type: 'saml', redirectUris: [REDIRECT_URI], ...connection }],
        apiKeys: [{ name: 'front end', key: apiKey, dialects: ['indee'] }],
      },
    ],
  };
}

export interface SamlWorldOptions {
  readonly saml?: DeclaredConnection['saml'];
  readonly connection?: Partial<DeclaredConnection>;
  readonly environment?: Record<string, string>;
}

export async function createSamlWorld(options: SamlWorldOptions = {}): Promise<SamlWorld> {
  const provider = await startSamlIdentityProvider();
  const { host } = new URL(provider.origin);
  const world = await createWorld({
    outboundAllow: [host],
    declaration: (apiKey) =>
      samlAcme(apiKey, { saml: { metadataUrl: provider.metadataUrl, ...options.saml }, ...options.connection }),
    ...(options.environment && { environment: options.environment }),
  });
  const [row] = await world.sql`select id from connections`;
  const connectionId = String(row?.['id']);
  await register(world, provider, connectionId);
  const post = (url: string, form: URLSearchParams, cookie: string) =>
    world.fetch(url, { method: 'POST', body: form, headers: cookie ? { cookie } : {} });
  const get = (url: string, cookie: string) => {
    const request = { headers: cookie ? { cookie } : {}, redirect: 'manual' } as const;
    return url.startsWith(PUBLIC_URL) ? world.fetch(url, request) : fetch(url, request);
  };
  return {
    ...world,
    provider,
    connectionId,
    signIn: (startUrl, email = 'ada@acme.test', cookies) =>
      signInWithSaml(startUrl, email, { post, get, ...(cookies && { cookies }) }),
    async close() {
      await world.close();
      await provider.stop();
    },
  };
}

/** As the customer’s admin does: our names and certificates go to the provider. */
export async function register(
  world: World,
  provider: RunningSamlIdentityProvider,
  connectionId: string,
  changed: Partial<ServiceProvider> = {},
): Promise<void> {
  const { entityId, consumerServiceUrl, logoutUrl } = serviceProvider(PUBLIC_URL, connectionId);
  const [active, next] = await world.ports.samlKeys.published(connectionId);
  provider.register({
    entityId,
    acsUrl: consumerServiceUrl,
    otherAcsUrls: [FRONT_END_ACS],
    sloUrl: logoutUrl,
    encryptionCertificate: active?.certificate,
    signingCertificate: [active, next].flatMap((key) => key?.certificate ?? []),
    ...changed,
  });
}
