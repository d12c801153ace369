/** Okta: a custom authorization server (`https://{domain}/oauth2/{id}`) or the organization's own (`https://{domain}`). */
import { baseText, baseUrl } from '#ports/idp/base-url.ts';
import type { OidcProvider } from '#ports/idp/provider.ts';

export const okta: OidcProvider = {
  kind: 'oidc',
  guide: {
    name: 'Okta',
    issuer: { isNeeded: true, example: 'https://acme.okta.com' },
    steps: [
      {
        title: 'App integration',
        detail:
          'Admin Console, Applications, Create App Integration: OIDC - OpenID Connect, Web Application, grant type Authorization Code.',
        enter: { 'Sign-in redirect URIs': 'redirectUris', 'Sign-out redirect URIs': 'postLogoutRedirectUri' },
      },
      { title: 'Assignments', detail: 'Assign the people or groups who may sign in.' },
      {
        title: 'Credentials',
        detail:
          'Client ID and secret stand on the General tab. The issuer is https://{your Okta domain}, or that of an authorization server (Security, API).',
        bring: ['/issuer', '/clientId', '/clientSecret'],
      },
      {
        title: 'Groups, if roles depend on them',
        detail:
          'Sign On tab, OpenID Connect ID Token: a groups claim filter for the claim groups; add the scope groups to the connection.',
        bring: ['/scopes'],
      },
    ],
  },
  metadata: (configured) => {
    const issuer = baseText(configured);
    // the organization's own server keeps its endpoints under /oauth2, which its issuer does not show
    const base = baseUrl(configured).pathname === '/' ? `${issuer}/oauth2` : issuer;
    return {
      issuer,
      authorizationEndpoint: `${base}/v1/authorize`,
      tokenEndpoint: `${base}/v1/token`,
      jwksUri: `${base}/v1/keys`,
      userinfoEndpoint: `${base}/v1/userinfo`,
      endSessionEndpoint: `${base}/v1/logout`,
      idTokenAlgs: ['RS256'],
      clientAuthentications: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      announcesIss: false,
      assertionAudience: 'token_endpoint',
    };
  },
  scopes: ['openid', 'email', 'profile'],
  mapping: {},
};
