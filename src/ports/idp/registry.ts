/** Which provider serves a connection: one line a named provider, OpenID Connect at any issuer, and SAML. */
import { SsoError } from '#error';
import type { Connection, ConnectionType } from '#ports/db/schema.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import { examineApi } from './api-examination.ts';
import { createClientProbe } from './client-probe.ts';
import { createDiscovery, type DiscoveryPorts } from './discovery.ts';
import { examineProvider } from './examination.ts';
import type { IdentityProvider, IdentityProviders, Protocol } from './identity-provider.ts';
import { createJwksCache } from './jwks.ts';
import { createOAuth2Provider } from './oauth2.ts';
import { createOidcProvider } from './oidc.ts';
import type { NamedProvider } from './provider.ts';
import { auth0 } from './providers/auth0.ts';
import { github } from './providers/github.ts';
import { gitlab } from './providers/gitlab.ts';
import { google } from './providers/google.ts';
import { keycloak } from './providers/keycloak.ts';
import { microsoft } from './providers/microsoft.ts';
import { okta } from './providers/okta.ts';

export const NAMED = { google, microsoft, okta, auth0, keycloak, github, gitlab } satisfies Record<
  Exclude<ConnectionType, 'oidc' | 'saml'>,
  NamedProvider
>;

function namedProvider(type: ConnectionType): NamedProvider | undefined {
  return type === 'oidc' || type === 'saml' ? undefined : NAMED[type];
}

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ['oidc', 'oidc'],
  ['saml', 'saml'],
  ...Object.entries(NAMED).map(([type, { kind }]): [string, Protocol] => [type, kind]),
]);

export interface IdentityProviderPorts extends DiscoveryPorts {
  readonly sealer: Sealer;
  /** What serves SAML connections; without it they are refused. */
  readonly saml?: IdentityProvider | undefined;
}

/**
 * One provider over all types; it keeps the caches of metadata and keys, in this process and bounded.
 *
 * Sealed values are opened with the contexts `connections:<id>:client_secret` and `connections:<id>:client_key`.
 */
export function createIdentityProvider(ports: IdentityProviderPorts): IdentityProviders {
  const providers = createProviders(ports);
  const providerOf = ({ type }: Connection): IdentityProvider => {
    const provider = providers.get(type);
    if (!provider) throw new SsoError('connection_misconfigured', { detail: `no provider is known as ${type}` });
    return provider;
  };
  return {
    authorize: async (connection, request) => providerOf(connection).authorize(connection, request),
    verify: async (connection, request, response, checks) =>
      providerOf(connection).verify(connection, request, response, checks),
    mapClaims: (connection, source) => providerOf(connection).mapClaims(connection, source),
    protocolOf: ({ type }) => PROTOCOLS.get(type),
    examine: async (connection) => {
      const provider = namedProvider(connection.type);
      if (connection.type === 'saml') return undefined;
      if (provider?.kind === 'oauth2') return examineApi(ports.outbound, connection, provider);
      return examineProvider(ports, connection, provider);
    },
    probeClient: createClientProbe(ports),
    oidcLogoutOf: (connection) => providerOf(connection).oidcLogout,
  };
}

function createProviders(ports: IdentityProviderPorts): ReadonlyMap<string, IdentityProvider> {
  const { outbound, sealer, clock, saml, onStaleDocument } = ports;
  const jwks = createJwksCache(outbound, clock, (connectionId) => onStaleDocument?.(connectionId, 'jwks'));
  const flow = { outbound, sealer, clock, jwks };
  const anyIssuer = createOidcProvider({
    ...flow,
    metadata: createDiscovery(ports),
    scopes: ['openid', 'email', 'profile'],
    mapping: {},
    claims: (document) => document,
  });
  const named = Object.entries(NAMED).map(([type, provider]): [string, IdentityProvider] => [
    type,
    provider.kind === 'oauth2'
      ? createOAuth2Provider({ outbound, sealer, clock, provider })
      : createOidcProvider({
          ...flow,
          metadata: async (connection) => provider.metadata(connection.issuer),
          scopes: provider.scopes,
          mapping: provider.mapping,
          claims: provider.claims ?? ((document) => document),
        }),
  ]);
  const ofSaml: [string, IdentityProvider][] = saml ? [['saml', saml]] : [];
  return new Map([['oidc', anyIssuer], ...ofSaml, ...named]);
}
