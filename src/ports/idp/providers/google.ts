/** Google. Its endpoints lie on several domains and never move; the connection's issuer is not read. */
import type { JsonObject } from '#ports/idp/json-answer.ts';
import type { OidcProvider } from '#ports/idp/provider.ts';

export const google: OidcProvider = {
  kind: 'oidc',
  guide: {
    name: 'Google',
    steps: [
      {
        title: 'Consent screen',
        detail:
          'In console.cloud.google.com, Google Auth Platform: set up branding and audience. With audience Internal only people of the Workspace sign in.',
      },
      {
        title: 'Client',
        detail: 'Google Auth Platform, Clients, Create client, application type Web application.',
        enter: { 'Authorized redirect URIs': 'redirectUris' },
      },
      {
        title: 'Credentials',
        detail: 'The page of the client shows both; the secret may be shown once only.',
        bring: ['/clientId', '/clientSecret'],
      },
    ],
  },
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
  // Google is the authority for an address only if it hosts its domain (`hd`) or it is a Gmail address; any other
  // address was verified once, maybe by somebody who has left the domain since
  claims: (document) => ({ ...document, email_verified: document['email_verified'] === true && isAuthority(document) }),
};

function isAuthority({ email, hd }: JsonObject): boolean {
  const domain = typeof email === 'string' ? email.slice(email.lastIndexOf('@') + 1).toLowerCase() : '';
  return domain === 'gmail.com' || (typeof hd === 'string' && hd.toLowerCase() === domain);
}
