/**
 * The declarative file: organizations with their domains, connections, API keys and users. Unknown members
 * are refused, so that a typing error is not a setting that silently does nothing. A member that is left out
 * keeps what it is; `null` (single values), `[]` and `{}` clear.
 */
import { Type } from '@sinclair/typebox';
import { Value, type ValueError } from '@sinclair/typebox/value';
import { type Static, t } from 'elysia';
import { SHORTEST_IDLE_SECONDS } from '#ports/db/session-state.ts';
import {
  UserAttributes as AppliveryUserAttributes,
  OrganizationAttributes,
} from '#routes/dialects/applivery/attributes.ts';
import { choice, utcDateTime } from '#routes/dialects/fields.ts';
import { InstitutionAttributes, UserAttributes as PriaUserAttributes } from '#routes/dialects/pria/attributes.ts';
import { DeclaredConnection } from './declaration-connection.ts';
import { clearable, httpUrl, slug, text } from './declaration-field.ts';

const closed = { additionalProperties: false };
const ApiKey = t.Object(
  {
    name: text(),
    key: t.String({ pattern: '^[A-Za-z0-9_-]{32,200}$', description: 'Make one with `bun run api-key`.' }),
    dialects: t.Array(choice(['applivery', 'indee', 'pria'], 'APIs that the key may call.'), { minItems: 1 }),
    expiresAt: clearable(utcDateTime('When it stops working; `null`: never.')),
  },
  closed,
);

const User = t.Object(
  {
    email: text(254),
    emailVerified: t.Optional(t.Boolean()),
    firstName: t.Optional(text()),
    lastName: t.Optional(text()),
    picture: t.Optional(httpUrl),
    language: t.Optional(t.String({ pattern: '^[a-z]{2,3}$' })),
    role: t.Optional(text(64)),
    status: t.Optional(choice(['active', 'deactivated'], 'Whether it may be used.')),
    attributes: t.Optional(
      t.Object({ applivery: t.Optional(AppliveryUserAttributes), pria: t.Optional(PriaUserAttributes) }, closed),
    ),
  },
  closed,
);

const SessionLifetime = t.Object(
  {
    absoluteSeconds: t.Optional(Type.Integer({ minimum: 60, maximum: 10 * 365 * 86_400 })),
    idleSeconds: t.Optional(Type.Integer({ minimum: SHORTEST_IDLE_SECONDS, maximum: 10 * 365 * 86_400 })),
  },
  closed,
);

const Organization = t.Object(
  {
    slug,
    name: text(),
    status: t.Optional(choice(['active', 'disabled'], 'Whether it may be used.')),
    picture: clearable(httpUrl),
    createdBy: clearable(text(128)),
    ...OrganizationAttributes.properties,
    institution: t.Optional(InstitutionAttributes),
    refreshLifetime: t.Optional(
      t.Object(
        {
          minSeconds: t.Optional(Type.Integer({ minimum: 60 })),
          maxSeconds: t.Optional(Type.Integer({ minimum: 60 })),
        },
        closed,
      ),
    ),
    sessionLifetimes: t.Optional(
      t.Partial(
        t.Object({ applivery: SessionLifetime, indee: SessionLifetime, pria: SessionLifetime }, closed),
        closed,
      ),
    ),
    domains: t.Optional(
      t.Array(t.Object({ domain: text(253), verified: t.Optional(t.Boolean()) }, closed), { maxItems: 100 }),
    ),
    connections: t.Optional(t.Array(DeclaredConnection, { maxItems: 100 })),
    apiKeys: t.Optional(t.Array(ApiKey, { maxItems: 100 })),
    users: t.Optional(t.Array(User, { maxItems: 10_000 })),
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
