/** Who the demo is about: one organization with a connection per protocol, and what is known of its people beforehand. */
import type { Dialect } from '#ports/db/schema.ts';
import type { Declaration } from '#routes/admin/declaration.ts';

export const ORGANIZATION = 'acme';
export const CLIENT_ID = 'vestibule-demo';
/** Who signs in unless told otherwise. Ada is unknown until then, so she is created; Grace is known, and linked by email. */
export const EMAIL = 'ada@acme.test';

/** The connections of the demo, one a protocol: `slug` as paths name it, `label` as people read it. */
export const CONNECTIONS = [{ slug: 'oidc', label: 'OpenID Connect' }] as const;

export const DIALECTS = { applivery: 'Applivery', indee: 'Indee', pria: 'Pria' } as const satisfies Record<
  Dialect,
  string
>;

export interface DemoSecrets {
  readonly clientSecret: string;
  readonly apiKey: string;
}

/** @param issuer of the development identity provider @param redirectUri where the demo page awaits the answer */
export function demoDeclaration(
  issuer: string,
  redirectUri: string,
  { clientSecret, apiKey }: DemoSecrets,
): Declaration {
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
