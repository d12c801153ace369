/** Who the demo is about: one organization with a connection per protocol, and what is known of its people beforehand. */
import type { Declaration } from '#routes/admin/declaration.ts';

export const ORGANIZATION = 'acme';
export const CLIENT_ID = 'vestibule-demo';
/** Ada is unknown until she signs in, so the first login creates her; Grace is known, so hers is linked by email. */
export const PERSON = { name: 'Ada Lovelace', email: 'ada@acme.test' } as const;

/** The connections of the demo, one a protocol: `slug` as paths name it, `label` as people read it. */
export const CONNECTIONS = [{ slug: 'oidc', label: 'OpenID Connect' }] as const;

export interface DemoSecrets {
  readonly clientSecret: string;
  readonly apiKey: string;
}

/** @param issuer of the development identity provider @param redirectUri where the demo page awaits the answer */
export function demoDeclaration(issuer: string, redirectUri: string, { clientSecret, apiKey }: DemoSecrets): Declaration {
  return {
    organizations: [
      {
        slug: ORGANIZATION,
        name: 'Acme Industries',
        branding: { primaryColor: '#2f55d4' },
        configuration: { enforceSSO: true },
        institution: { ainame: 'Vera', contactEmail: 'hello@acme.test', credits: 500 },
        domains: [{ domain: 'acme.test', verified: true }],
        connections: [
          {
            slug: CONNECTIONS[0].slug,
            type: 'oidc',
            issuer,
            clientId: CLIENT_ID,
            clientSecret,
            redirectUris: [redirectUri],
            scopes: ['openid', 'email', 'profile', 'groups'],
            groupRoles: [{ group: 'admins', role: 'admin' }],
          },
        ],
        apiKeys: [{ name: 'demo', key: apiKey, dialects: ['indee'] }],
        users: [
          {
            email: 'grace@acme.test',
            attributes: { pria: { plan: 'team', credits: 120, permissions: ['course.read', 'course.edit'] } },
          },
        ],
      },
    ],
  };
}
