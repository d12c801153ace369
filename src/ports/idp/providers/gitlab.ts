/** GitLab, and self-managed GitLab under another base URL, as plain OAuth 2.0. */
import { baseText } from '#ports/idp/base-url.ts';
import type { OAuth2Provider } from '#ports/idp/provider.ts';

export const gitlab: OAuth2Provider = {
  kind: 'oauth2',
  guide: {
    name: 'GitLab',
    issuer: { isNeeded: false, example: 'https://gitlab.example.com' },
    steps: [
      {
        title: 'Application',
        detail:
          'Settings of the group, Applications, Add new application: Confidential, scope read_user; one redirect URI a line.',
        enter: { 'Redirect URI': 'redirectUris' },
      },
      {
        title: 'Credentials',
        detail: 'Application ID and Secret. For a self-managed GitLab the issuer is its base URL.',
        bring: ['/clientId', '/clientSecret', '/issuer'],
      },
      {
        title: 'Who may sign in',
        detail: 'On gitlab.com anybody with an account can: limit the connection by allowedDomains, or switch jit off.',
        bring: ['/allowedDomains', '/jit'],
      },
    ],
  },
  metadata: (configured) => {
    const base = baseText(configured, 'https://gitlab.com');
    return {
      issuer: base,
      authorizationEndpoint: `${base}/oauth/authorize`,
      tokenEndpoint: `${base}/oauth/token`,
      userinfoEndpoint: `${base}/api/v4/user`,
    };
  },
  scopes: ['read_user'],
  mapping: { picture: ['avatar_url'], name: ['name', 'username'] },
  subject: 'id',
  // `confirmed_at` is when the primary address was confirmed; null until then
  claims: (user) => ({ ...user, email_verified: typeof user.confirmed_at === 'string' }),
};
