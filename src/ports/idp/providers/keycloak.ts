/** Keycloak: the issuer is the realm's URL, `https://{host}/realms/{realm}`. */
import { baseText } from '#ports/idp/base-url.ts';
import type { OidcProvider } from '#ports/idp/provider.ts';

export const keycloak: OidcProvider = {
  kind: 'oidc',
  guide: {
    name: 'Keycloak',
    issuer: { isNeeded: true, example: 'https://sso.example.com/realms/acme' },
    steps: [
      {
        title: 'Client',
        detail: 'In the realm, Clients, Create client: OpenID Connect, Client authentication On, Standard flow.',
        enter: {
          'Valid redirect URIs': 'redirectUris',
          'Valid post logout redirect URIs': 'postLogoutRedirectUri',
          'Backchannel logout URL': 'backchannelLogoutUri',
        },
      },
      { title: 'Logout', detail: 'Settings of the client, Logout settings: Backchannel logout session required On.' },
      {
        title: 'Credentials',
        detail:
          'The client id is the one chosen; the secret stands on the Credentials tab. The issuer is https://{host}/realms/{realm}.',
        bring: ['/issuer', '/clientId', '/clientSecret'],
      },
      {
        title: 'Groups, if roles depend on them',
        detail:
          'Client scopes, the dedicated scope of the client, Add mapper, Group Membership: token claim name groups, Full group path Off.',
      },
    ],
  },
  metadata: (configured) => {
    const issuer = baseText(configured);
    const base = `${issuer}/protocol/openid-connect`;
    return {
      issuer,
      authorizationEndpoint: `${base}/auth`,
      tokenEndpoint: `${base}/token`,
      jwksUri: `${base}/certs`,
      userinfoEndpoint: `${base}/userinfo`,
      endSessionEndpoint: `${base}/logout`,
      backchannelLogout: true,
      backchannelLogoutSession: true,
      clientAuthentications: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      announcesIss: true,
    };
  },
  scopes: ['openid', 'email', 'profile'],
  mapping: { groups: ['groups', 'realm_access.roles'] },
};
