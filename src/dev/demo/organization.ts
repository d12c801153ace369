/** Who the demo is about: an organization that signs in by OpenID Connect, one that does by SAML, and their people. */
import { PEOPLE, type Person } from '#dev/people.ts';
import type { Dialect } from '#ports/db/schema.ts';
import type { Declaration } from '#routes/admin/declaration.ts';

/** Who signs in unless told otherwise. Ada is unknown until then, so she is created; Grace is known, and linked by email. */
export const EMAIL = 'ada@acme.test';

export const PROTOCOLS = { oidc: 'OpenID Connect', saml: 'SAML' } as const;
export type Protocol = keyof typeof PROTOCOLS;

export const DIALECTS = { applivery: 'Applivery', indee: 'Indee', pria: 'Pria' } as const satisfies Record<
  Dialect,
  string
>;

/**
 * `acme` has a connection of each protocol, of which a client that names none gets the first; `globex` has SAML alone.
 * `short` is the name as people say it.
 */
export const ORGANIZATIONS = {
  acme: { short: 'Acme', name: 'Acme Industries', domain: 'acme.test', email: EMAIL },
  globex: { short: 'Globex', name: 'Globex Corporation', domain: 'globex.test', email: 'hedy@globex.test' },
} as const;
export type OrganizationSlug = keyof typeof ORGANIZATIONS;

/** At the SAML provider, which both organizations use; Hedy is to Globex what Ada is to Acme, and Alan what Grace is. */
export const SAML_PEOPLE: readonly Person[] = [
  ...PEOPLE,
  {
    subject: 'hedy',
    email: ORGANIZATIONS.globex.email,
    givenName: 'Hedy',
    familyName: 'Lamarr',
    locale: 'de-AT',
    groups: ['radio', 'admins'],
  },
  {
    subject: 'alan',
    email: 'alan@globex.test',
    givenName: 'Alan',
    familyName: 'Turing',
    locale: 'en-GB',
    groups: ['research'],
  },
];

export interface DemoPlace {
  /** Origin of the server. */
  readonly url: string;
  /** Of the OpenID provider. */
  readonly issuer: string;
  /** Of the SAML provider. */
  readonly metadataUrl: string;
}

export interface DemoSecrets {
  readonly clientSecret: string;
  /** Of Indee's client, one an organization. */
  readonly apiKeys: Readonly<Record<OrganizationSlug, string>>;
}

export const CLIENT_ID = 'vestibule-demo';
/** Where the demo's page awaits what a login brings. */
export const REDIRECT_PATH = '/demo/callback';
/** Where a browser ends up that has signed out at the identity provider, too. */
export const SIGNED_OUT_PATH = '/demo/signed-out';

type Organization = Declaration['organizations'][number];

export function demoDeclaration(place: DemoPlace, secrets: DemoSecrets): Declaration {
  return { organizations: [acme(place, secrets), globex(place, secrets)] };
}

function acme(place: DemoPlace, secrets: DemoSecrets): Organization {
  return {
    ...common('acme', secrets),
    branding: { primaryColor: '#2f55d4' },
    configuration: { enforceSSO: true },
    institution: { ainame: 'Vera', contactEmail: 'hello@acme.test', credits: 500 },
    connections: [
      {
        slug: 'oidc',
        type: 'oidc',
        issuer: place.issuer,
        clientId: CLIENT_ID,
        clientSecret: secrets.clientSecret,
        scopes: ['openid', 'email', 'profile', 'groups'],
        logoutRedirectUri: place.url + SIGNED_OUT_PATH,
        ...forPeopleOf('acme', place),
      },
      {
        slug: 'saml',
        type: 'saml',
        saml: { metadataUrl: place.metadataUrl, logoutRedirectUri: place.url + SIGNED_OUT_PATH },
        ...forPeopleOf('acme', place),
      },
    ],
    users: [
      {
        email: 'grace@acme.test',
        attributes: { pria: { plan: 'team', credits: 120, permissions: ['course.read', 'course.edit'] } },
      },
    ],
  };
}

/** Its provider gets requests signed and by POST, and may begin a login by itself. */
function globex(place: DemoPlace, secrets: DemoSecrets): Organization {
  return {
    ...common('globex', secrets),
    branding: { primaryColor: '#0f766e' },
    institution: { ainame: 'Radio', contactEmail: 'hello@globex.test', credits: 300 },
    connections: [
      {
        slug: 'saml',
        type: 'saml',
        saml: {
          metadataUrl: place.metadataUrl,
          requestBinding: 'post',
          signRequests: true,
          allowIdpInitiated: true,
          logoutRedirectUri: place.url + SIGNED_OUT_PATH,
        },
        ...forPeopleOf('globex', place),
      },
    ],
    users: [{ email: 'alan@globex.test', attributes: { pria: { plan: 'team', credits: 41 } } }],
  };
}

function common(slug: OrganizationSlug, { apiKeys }: DemoSecrets) {
  const { name, domain } = ORGANIZATIONS[slug];
  const apiKey = { name: 'demo', key: apiKeys[slug], dialects: ['indee' as const] };
  return { slug, name, domains: [{ domain, verified: true }], apiKeys: [apiKey] };
}

/** The domain keeps the people of one organization out of the other: the SAML provider knows them all. */
function forPeopleOf(slug: OrganizationSlug, { url }: DemoPlace) {
  return {
    redirectUris: [url + REDIRECT_PATH],
    allowedDomains: [ORGANIZATIONS[slug].domain],
    groupRoles: [{ group: 'admins', role: 'admin' as const }],
  };
}
