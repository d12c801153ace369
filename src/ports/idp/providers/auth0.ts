/** Auth0: the tenant's domain or custom domain. Its `iss` ends in a slash, whichever way it was configured. */
import { baseText } from '#ports/idp/base-url.ts';
import type { OidcProvider } from '#ports/idp/provider.ts';

export const auth0: OidcProvider = {
  kind: 'oidc',
  guide: {
    name: 'Auth0',
    issuer: { isNeeded: true, example: 'https://acme.eu.auth0.com' },
    steps: [
      {
        title: 'Application',
        detail: 'Dashboard, Applications, Create Application, Regular Web Application; then its Settings.',
        enter: {
          'Allowed Callback URLs': 'redirectUris',
          'Allowed Logout URLs': 'postLogoutRedirectUri',
          'Back-Channel Logout URI': 'backchannelLogoutUri',
        },
      },
      {
        title: 'Credentials',
        detail: 'Domain, Client ID and Client Secret stand in the settings. The issuer is https:// and the domain.',
        bring: ['/issuer', '/clientId', '/clientSecret'],
      },
      {
        title: 'Groups, if roles depend on them',
        detail:
          'Add them in a post-login Action under a claim of your own, such as https://acme.example/groups, and name it in the mapping.',
        bring: ['/mapping/groups'],
      },
    ],
  },
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
