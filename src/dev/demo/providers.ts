/** The demo's two identity providers, and what each is told about the server. */
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { type RunningSamlIdentityProvider, startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import type { DemoConnection } from './connections.ts';
import { CLIENT_ID, ORGANIZATIONS, SAML_PEOPLE } from './organization.ts';

export interface DemoProviders {
  readonly oidc: RunningIdentityProvider;
  readonly saml: RunningSamlIdentityProvider;
}

/** @param stops gets what stops them, also when one of them does not start */
export async function startProviders(
  redirectUri: string,
  clientSecret: string,
  stops: (() => Promise<void>)[],
): Promise<DemoProviders> {
  const client = { clientId: CLIENT_ID, clientSecret, redirectUris: [redirectUri], name: 'Acme’s front end' };
  const oidc = await startIdentityProvider({ clients: [client] });
  stops.push(() => oidc.stop());
  const saml = await startSamlIdentityProvider({ people: SAML_PEOPLE });
  stops.push(() => saml.stop());
  return { oidc, saml };
}

/** As the organizations' administrators do: the SAML provider reads our metadata, one document a connection. */
export async function introduce(
  url: string,
  saml: RunningSamlIdentityProvider,
  connections: readonly DemoConnection[],
): Promise<void> {
  for (const { id, organization, protocol } of connections) {
    if (protocol !== 'saml') continue;
    const metadata = await saml.registerMetadata(serviceProvider(url, id).entityId);
    saml.register({ ...metadata, name: `${ORGANIZATIONS[organization].short}’s front end` });
  }
}
