/** Auth0: the tenant's domain or custom domain. Its `iss` ends in a slash, whichever way it was configured. */
import { baseText } from '#ports/idp/base-url.ts';
import type { OidcProvider } from '#ports/idp/provider.ts';

export const auth0: OidcProvider = {
  kind: 'oidc',
  metadata: (configured) => {
    const base = baseText(configured);
    return {
      issuer: `${base}/`,
      authorizationEndpoint: `${base}/authorize`,
      tokenEndpoint: `${base}/oauth/token`,
      jwksUri: `${base}/.well-known/jwks.json`,
      userinfoEndpoint: `${base}/userinfo`,
      endSessionEndpoint: `${base}/oidc/logout`,
      idTokenAlgs: ['RS256', 'PS256'],
      clientAuthentications: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      announcesIss: false,
    };
  },
  scopes: ['openid', 'email', 'profile'],
  mapping: {},
};
