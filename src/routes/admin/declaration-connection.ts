/** A connection as it is declared, in the file and over the admin API. */
import { Type } from '@sinclair/typebox';
import { t } from 'elysia';
import { type ForeignMember, typesWith } from '#core/connection-members.ts';
import { choice, flag } from '#routes/dialects/fields.ts';
import { clearable, httpUrl, redirectUri, slug, text } from './declaration-field.ts';
import { DeclaredRules } from './declaration-rules.ts';
import { DeclaredSaml } from './declaration-saml.ts';

const closed = { additionalProperties: false };
const strings = (description: string, maxItems = 100) => t.Array(text(2048), { maxItems, description });
const sources = t.Array(text(2048), {
  maxItems: 10,
  description: 'Claim names, in the order in which they are tried.',
});
const SECONDS = { maximum: 10 * 365 * 86_400 };

export const mappingTargets = {
  email: sources,
  emailVerified: sources,
  givenName: sources,
  familyName: sources,
  name: sources,
  picture: sources,
  locale: sources,
  groups: sources,
};

export const connectionType = choice(
  ['oidc', 'saml', 'google', 'microsoft', 'okta', 'auth0', 'keycloak', 'github', 'gitlab'],
  'Kind of identity provider: any OpenID provider, SAML, or a preset that knows its endpoints.',
);

/** With the types that honour the member; it is refused where any other sets it. */
const of = (member: ForeignMember, description: string) =>
  `${description} For ${typesWith(member)
    .map((type) => `\`${type}\``)
    .join(', ')}.`;

/** What every connection may name, but for its place (`slug`, `type`) and its state. */
export const connectionMembers = {
  target: t.Optional(choice(['dashboard', 'store', 'sdk'], 'The surface that its logins count for.')),
  redirectUris: t.Array(redirectUri, {
    minItems: 1,
    maxItems: 20,
    description:
      'Exact addresses of the page that receives `code` and `state`; the first is used unless the client asks for another.',
  }),
  issuer: clearable(
    httpUrl,
    'Exact issuer; where another one is set, `clientSecret` is needed again. Needed for `oidc`, `okta`, `auth0`, `keycloak`; for `microsoft` the tenant’s; for `github` and `gitlab` the base URL of a self-hosted one.',
  ),
  clientId: t.Optional(t.String({ ...text(512), description: 'Our client id at the provider.' })),
  clientSecret: clearable(text(2048), 'Our client secret there.'),
  clientKey: t.Optional(t.Record(t.String(), t.Unknown(), { description: 'Private JWK for private_key_jwt.' })),
  clientAuthentication: clearable(
    choice(
      ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      'How we authenticate at the token endpoint.',
    ),
    'How we authenticate at the token endpoint; left out: the best that the provider announces.',
  ),
  scopes: t.Optional(strings('Scopes to ask for; none: those of the type.', 30)),
  idTokenAlgs: t.Optional(
    t.Array(
      choice(
        ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
        'JWS algorithm (RFC 7518 §3.1).',
      ),
      {
        maxItems: 20,
        description: of('idTokenAlgs', 'Algorithms that an ID token may be signed with; none: the announced ones.'),
      },
    ),
  ),
  trustedAudiences: t.Optional(
    strings(of('trustedAudiences', 'Audiences besides our client id that an ID token may name.')),
  ),
  trustedOrigins: t.Optional(
    t.Array(t.String({ pattern: '^https?://[^/\\s]+$' }), {
      maxItems: 20,
      description: of('trustedOrigins', 'Origins, besides the issuer’s own site, that its metadata may name.'),
    }),
  ),
  tenants: t.Optional(
    strings(
      of(
        'tenants',
        'Tenants (`tid` of the ID token) that are let in; none: where Entra ID’s issuer is of many tenants nobody, elsewhere anybody.',
      ),
    ),
  ),
  maxAgeSeconds: clearable(
    Type.Integer({ minimum: 0 }),
    of('maxAgeSeconds', 'Oldest sign-in at the provider that is taken.'),
  ),
  maxSessionSeconds: clearable(Type.Integer({ minimum: 60, ...SECONDS }), 'Longest session over this connection.'),
  logoutRedirectUri: clearable(
    redirectUri,
    of('logoutRedirectUri', 'Where people return after a logout that ends the provider’s session too.'),
  ),
  requireIss: t.Optional(
    flag(of('requireIss', 'Whether a response without `iss` (RFC 9207) is refused where the provider announces it.')),
  ),
  requireBrowser: t.Optional(flag('Whether only the browser that started a login may finish it.')),
  mapping: t.Optional(
    t.Partial(t.Object(mappingTargets, closed), {
      ...closed,
      description: 'Where each target is read from, in place of the usual names.',
    }),
  ),
  groupRoles: t.Optional(
    t.Array(t.Object({ group: text(), role: text(64) }, closed), {
      maxItems: 200,
      description: 'The first group that the person has decides the role; none: `defaultRole`.',
    }),
  ),
  rules: t.Optional(DeclaredRules),
  fetchGroups: t.Optional(
    flag(
      of(
        'fetchGroups',
        'Whether the groups of people who have more than fit into the token are asked for at Microsoft Graph; asks for the scope `User.Read`, to which the tenant has to consent.',
      ),
    ),
  ),
  jit: t.Optional(flag('Whether unknown people are created.')),
  defaultRole: t.Optional(t.String({ ...text(64), description: 'Role of whom no rule gives one.' })),
  allowedDomains: t.Optional(strings('Email domains that may sign in; none: any.')),
  saml: t.Optional(DeclaredSaml),
};

export const DeclaredConnection = t.Object(
  {
    slug: t.Optional(slug),
    type: t.Optional(connectionType),
    status: t.Optional(choice(['draft', 'active', 'disabled'], 'Whether it may be used.')),
    ...connectionMembers,
    redirectUris: t.Optional(connectionMembers.redirectUris),
  },
  closed,
);
