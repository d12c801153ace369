/**
 * GitHub, and GitHub Enterprise Server under another base URL. Plain OAuth 2.0: it issues no ID tokens.
 * The address comes from the list of addresses, where GitHub says which one it has verified; the
 * profile's `email` is whatever the person shows in public.
 */
import { baseText } from '#ports/idp/base-url.ts';
import type { OAuth2Provider } from '#ports/idp/provider.ts';

const PUBLIC = 'https://github.com';

export const github: OAuth2Provider = {
  kind: 'oauth2',
  guide: {
    name: 'GitHub',
    issuer: { isNeeded: false, example: 'https://github.example.com' },
    steps: [
      {
        title: 'OAuth app',
        detail:
          'Settings of the organization, Developer settings, OAuth apps, New OAuth app. It takes one callback URL alone: the connection’s first.',
        enter: { 'Authorization callback URL': 'redirectUris' },
      },
      {
        title: 'Credentials',
        detail:
          'Generate a new client secret; it is shown once. For GitHub Enterprise Server the issuer is its base URL.',
        bring: ['/clientId', '/clientSecret', '/issuer'],
      },
      {
        title: 'Who may sign in',
        detail: 'Anybody with a GitHub account can: limit the connection by allowedDomains, or switch jit off.',
        bring: ['/allowedDomains', '/jit'],
      },
    ],
  },
  metadata: (configured) => {
    const base = baseText(configured, PUBLIC);
    const api = apiOf(base);
    return {
      issuer: `${base}/login/oauth`,
      authorizationEndpoint: `${base}/login/oauth/authorize`,
      tokenEndpoint: `${base}/login/oauth/access_token`,
      userinfoEndpoint: `${api}/user`,
      emailsEndpoint: `${api}/user/emails`,
    };
  },
  scopes: ['read:user', 'user:email'],
  mapping: { picture: ['avatar_url'], name: ['name', 'login'] },
  subject: 'id',
  claims: (user, emails) => {
    const primary = emails.find((entry) => entry.primary === true);
    return { ...user, email: primary?.email, email_verified: primary?.verified };
  },
  // anybody has an account and names any address: what is not verified must not pass `allowedDomains`
  needsVerifiedEmail: true,
};

/** GitHub and GitHub Enterprise Cloud with data residency have a host for it, GitHub Enterprise Server a path. */
function apiOf(base: string): string {
  const { hostname } = new URL(base);
  return base === PUBLIC || hostname.endsWith('.ghe.com') ? `https://api.${hostname}` : `${base}/api/v3`;
}
