/** The demo's two identity providers, and what each is told about the server. */
import { type ProviderClient, type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { type RunningSamlIdentityProvider, startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { backchannelLogoutUri } from '#ports/idp/oidc-logout.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import type { DemoConnection } from './connections.ts';
import { CLIENT_ID, ORGANIZATIONS, REDIRECT_PATH, SAML_PEOPLE, SIGNED_OUT_PATH } from './organization.ts';

export interface DemoProviders {
  /** The server, as the OpenID provider knows it. */
  readonly client: ProviderClient;
  readonly oidc: RunningIdentityProvider;
  readonly saml: RunningSamlIdentityProvider;
}

/**
 * @param url the server's origin
 * @param stops gets what stops them, also when one of them does not start
 */
export async function startProviders(
  url: string,
  clientSecret: string,
  stops: (() => Promise<void>)[],
): Promise<DemoProviders> {
  const client = {
    clientId: CLIENT_ID,
    clientSecret,
    redirectUris: [url + REDIRECT_PATH],
    postLogoutRedirectUris: [url + SIGNED_OUT_PATH],
    name: 'Acme’s front end',
  };
  const oidc = await startIdentityProvider({ clients: [client] });
  stops.push(() => oidc.stop());
  const saml = await startSamlIdentityProvider({ people: SAML_PEOPLE });
  stops.push(() => saml.stop());
  return { client, oidc, saml };
}

/**
 * As the organizations' administrators do: the OpenID provider is told where its logout tokens go, and the SAML provider
 * reads our metadata, one document a connection.
 */
export async function introduce(
  url: string,
  { client, oidc, saml }: DemoProviders,
  connections: readonly DemoConnection[],
): Promise<void> {
  for (const { id, organization, protocol } of connections) {
    if (protocol === 'oidc') {
      await oidc.register({ ...client, backchannelLogoutUri: backchannelLogoutUri(url, id) });
      continue;
    }
    const metadata = await saml.registerMetadata(serviceProvider(url, id).entityId);
    saml.register({ ...metadata, name: `${ORGANIZATIONS[organization].short}’s front end` });
  }
}
