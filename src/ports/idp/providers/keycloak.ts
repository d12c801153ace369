/** Keycloak: the issuer is the realm's URL, `https://{host}/realms/{realm}`. */
import { baseText } from '#ports/idp/base-url.ts';
import type { OidcProvider } from '#ports/idp/provider.ts';

export const keycloak: OidcProvider = {
  kind: 'oidc',
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
