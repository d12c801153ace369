/** The organizations that tests sign in to: one with a connection a dialect might use, and its neighbour. */
import type { Declaration } from '#routes/admin/declaration.ts';
import { REDIRECT_URI } from '#tests/world.ts';

export const CLIENT = {
  clientId: 'vestibule',
  clientSecret: 'a%secret+with:reserved&characters/=',
  redirectUris: [REDIRECT_URI],
};

type Connection = NonNullable<Declaration['organizations'][number]['connections']>[number];

/** `acme`, with one OIDC connection at the issuer, a verified domain and an API key for Indee. */
export function acme(issuer: string, apiKey: string, connection: Partial<Connection> = {}): Declaration {
  return {
    organizations: [
      {
        slug: 'acme',
        name: 'Acme Industries',
        domains: [{ domain: 'acme.test', verified: true }],
        connections: [
          {
            slug: 'oidc',
            type: 'oidc',
            issuer,
            clientId: CLIENT.clientId,
            clientSecret: CLIENT.clientSecret,
            redirectUris: [REDIRECT_URI],
            scopes: ['openid', 'email', 'profile', 'groups'],
            ...connection,
          },
        ],
        apiKeys: [{ name: 'front end', key: apiKey, dialects: ['indee'] }],
      },
    ],
  };
}
