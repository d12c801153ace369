/**
 * The declarative file: organizations with their domains, connections, API keys and users. Unknown members
 * are refused, so that a typing error is not a setting that silently does nothing. A member that is left out
 * keeps what it is; `null` (single values), `[]` and `{}` clear.
 */
import { Type } from '@sinclair/typebox';
import { Value, type ValueError } from '@sinclair/typebox/value';
import { type Static, t } from 'elysia';
import { choice, utcDateTime } from '#routes/dialects/fields.ts';
import { clearable, httpUrl, redirectUri, slug, text } from './declaration-field.ts';
import { organizationMembers } from './declaration-organization.ts';
import { DeclaredRules } from './declaration-rules.ts';
import { DeclaredSaml } from './declaration-saml.ts';
import { DeclaredUser } from './declaration-user.ts';

const closed = { additionalProperties: false };
const strings = (maxItems = 100) => t.Array(text(2048), { maxItems });

const Mapping = t.Partial(
  t.Object(
    Object.fromEntries(
      ['email', 'emailVerified', 'givenName', 'familyName', 'name', 'picture', 'locale', 'groups'].map((target) => [
        target,
        strings(10),
      ]),
    ) as Record<
      'email' | 'emailVerified' | 'givenName' | 'familyName' | 'name' | 'picture' | 'locale' | 'groups',
      ReturnType<typeof strings>
    >,
    closed,
  ),
  closed,
);

const Connection = t.Object(
  {
    slug: t.Optional(slug),
    type: choice(
      ['oidc', 'saml', 'google', 'microsoft', 'okta', 'auth0', 'keycloak', 'github', 'gitlab'],
      'Kind of identity provider.',
    ),
    status: t.Optional(choice(['draft', 'active', 'disabled'], 'Whether it may be used.')),
    target: t.Optional(choice(['dashboard', 'store', 'sdk'], 'The surface that its logins count for.')),
    redirectUris: t.Array(redirectUri, { minItems: 1, maxItems: 20 }),
    issuer: clearable(httpUrl),
    clientId: t.Optional(text(512)),
    clientSecret: clearable(text(2048)),
    clientKey: t.Optional(t.Record(t.String(), t.Unknown(), { description: 'Private JWK for private_key_jwt.' })),
    clientAuthentication: clearable(
      choice(
        ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
        'How we authenticate at the token endpoint.',
      ),
    ),
    scopes: t.Optional(strings(30)),
    idTokenAlgs: t.Optional(
      t.Array(
        choice(
          ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
          'JWS algorithm (RFC 7518 §3.1).',
        ),
      ),
    ),
    trustedAudiences: t.Optional(strings()),
    trustedOrigins: t.Optional(t.Array(t.String({ pattern: '^https?://[^/\\s]+$' }), { maxItems: 20 })),
    tenants: t.Optional(strings()),
    maxAgeSeconds: clearable(Type.Integer({ minimum: 0 })),
    maxSessionSeconds: clearable(Type.Integer({ minimum: 60, maximum: 10 * 365 * 86_400 })),
    logoutRedirectUri: clearable(redirectUri),
    requireIss: t.Optional(t.Boolean()),
    requireBrowser: t.Optional(t.Boolean()),
    mapping: t.Optional(Mapping),
    groupRoles: t.Optional(t.Array(t.Object({ group: text(), role: text(64) }, closed), { maxItems: 200 })),
    rules: t.Optional(DeclaredRules),
    jit: t.Optional(t.Boolean()),
    defaultRole: t.Optional(text(64)),
    allowedDomains: t.Optional(strings()),
    saml: t.Optional(DeclaredSaml),
  },
  closed,
);

const ApiKey = t.Object(
  {
    name: text(),
    key: t.String({ pattern: '^[A-Za-z0-9_-]{32,200}$', description: 'Make one with `bun run api-key`.' }),
    dialects: t.Array(choice(['applivery', 'indee', 'pria'], 'APIs that the key may call.'), { minItems: 1 }),
    expiresAt: clearable(utcDateTime('When it stops working; `null`: never.')),
  },
  closed,
);

const Organization = t.Object(
  {
    ...organizationMembers,
    domains: t.Optional(
      t.Array(t.Object({ domain: text(253), verified: t.Optional(t.Boolean()) }, closed), { maxItems: 100 }),
    ),
    connections: t.Optional(t.Array(Connection, { maxItems: 100 })),
    apiKeys: t.Optional(t.Array(ApiKey, { maxItems: 100 })),
    users: t.Optional(t.Array(DeclaredUser, { maxItems: 10_000 })),
  },
  closed,
);

export const Declaration = t.Object({ organizations: t.Array(Organization, { maxItems: 10_000 }) }, closed);
export type Declaration = Static<typeof Declaration>;

/** Thrown with every problem at once: where and why, never what stands there. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';
  constructor(readonly problems: readonly string[]) {
    super(`The declaration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** @throws DeclarationError */
export function parseDeclaration(json: string): Declaration {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new DeclarationError(['not JSON']);
  }
  const problems = [...Value.Errors(Declaration, value)]
    .flatMap(told)
    .map(({ path, message }) => `${path || '/'}: ${message}`);
  if (problems.length > 0) throw new DeclarationError([...new Set(problems)].slice(0, 50));
  return value as Declaration;
}

/** What is wrong with a clearable value is what is wrong with the value, not that it isn't null. */
function told(error: ValueError): ValueError[] {
  const [ofTheValue] = error.errors;
  return ofTheValue ? [...ofTheValue].flatMap(told) : [error];
}
