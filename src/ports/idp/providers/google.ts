/** Google. Its endpoints lie on several domains and never move; the connection's issuer is not read. */
import type { OidcProvider } from '#ports/idp/provider.ts';

export const google: OidcProvider = {
  kind: 'oidc',
  metadata: () => ({
    issuer: 'https://accounts.google.com',
    authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenEndpoint: 'https://oauth2.googleapis.com/token',
    jwksUri: 'https://www.googleapis.com/oauth2/v3/certs',
    userinfoEndpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
    idTokenAlgs: ['RS256'],
    clientAuthentications: ['client_secret_basic', 'client_secret_post'],
    announcesIss: false,
  }),
  scopes: ['openid', 'email', 'profile'],
  mapping: {},
};
