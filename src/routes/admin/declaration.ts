/**
 * The declarative file: organizations with their domains, connections, API keys and users. Unknown members
 * are refused, so that a typing error is not a setting that silently does nothing. A member that is left out
 * keeps what it is (what a new row can't do without, `core/declaration.ts` says); `null` (single values), `[]` and `{}` clear.
 */
import { Value } from '@sinclair/typebox/value';
import { type Static, t } from 'elysia';
import { choice, utcDateTime } from '#routes/dialects/fields.ts';
import { schemaErrors } from '#routes/http/refused-members.ts';
import { DeclaredConnection } from './declaration-connection.ts';
import { clearable, text } from './declaration-field.ts';
import { organizationMembers } from './declaration-organization.ts';
import { type Environment, readSecrets } from './declaration-secrets.ts';
import { DeclaredUser } from './declaration-user.ts';

const closed = { additionalProperties: false };

const ApiKey = t.Object(
  {
    name: text(),
    key: t.Optional(
      t.String({
        pattern: '^[A-Za-z0-9_-]{32,200}$',
        description: 'Make one with `bun run api-key`; left out: the key of this name that is kept.',
      }),
    ),
    dialects: t.Optional(
      t.Array(choice(['applivery', 'indee', 'pria'], 'APIs that the key may call.'), { minItems: 1 }),
    ),
    expiresAt: clearable(utcDateTime('When it stops working; `null`: never.')),
  },
  closed,
);

const Organization = t.Object(
  {
    ...organizationMembers,
    name: t.Optional(organizationMembers.name),
    domains: t.Optional(
      t.Array(t.Object({ domain: text(253), verified: t.Optional(t.Boolean()) }, closed), { maxItems: 100 }),
    ),
    connections: t.Optional(t.Array(DeclaredConnection, { maxItems: 100 })),
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

/**
 * @param environment where secrets are read that the file refers to as `{ "env": "NAME" }`
 * @throws DeclarationError
 */
export function parseDeclaration(json: string, environment: Environment = {}): Declaration {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new DeclarationError(['not JSON']);
  }
  const missing = readSecrets(value, environment);
  if (missing.length > 0) throw new DeclarationError(missing);
  const problems = new Map<string, string>();
  // the first of each place: what is missing is also of no type
  for (const { pointer, detail } of schemaErrors(Value.Errors(Declaration, value)))
    if (!problems.has(pointer)) problems.set(pointer, `${pointer || '/'}: ${detail}`);
  if (problems.size > 0) throw new DeclarationError([...problems.values()].slice(0, 50));
  return value as Declaration;
}
