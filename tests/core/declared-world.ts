/** A world whose organization is declared with people, who sign in at the development provider and change there. */
import { applyDeclaration, type DeclarationSummary } from '#core/declaration.ts';
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import type { Person } from '#dev/people.ts';
import { signIn } from '#dev/sign-in.ts';
import { type Declaration, parseDeclaration } from '#routes/admin/declaration.ts';
import { json, read } from '#tests/journey.ts';
import { acme, CLIENT } from '#tests/organizations.ts';
import { createWorld, type World } from '#tests/world.ts';

export type DeclaredOrganization = Declaration['organizations'][number];
export type DeclaredConnection = NonNullable<DeclaredOrganization['connections']>[number];

export interface DeclaredWorld {
  readonly world: World;
  readonly provider: RunningIdentityProvider;
  /** What the provider says about people; tests rename them here. */
  readonly people: Person[];
  /** The organization `acme` with these members over the usual ones. */
  declaration(organization?: Partial<DeclaredOrganization>, connection?: Partial<DeclaredConnection>): Declaration;
  apply(declaration: Declaration): Promise<DeclarationSummary>;
  /** Callback of a login over Applivery. */
  login(email: string): Promise<Response>;
  /** Everything that a start could change, and the audit events of configuration. */
  state(): Promise<Record<string, readonly unknown[]>>;
  close(): Promise<void>;
}

const ADA: Person = {
  subject: 'ada',
  email: 'ada@acme.test',
  givenName: 'Ada',
  familyName: 'Lovelace',
  locale: 'en-GB',
  groups: ['admins'],
};

export async function openDeclaredWorld(): Promise<DeclaredWorld> {
  const people = [ADA];
  const provider = await startIdentityProvider({ clients: [CLIENT], people });
  const world = await createWorld({
    outboundAllow: [new URL(provider.issuer).host],
    declaration: (apiKey) => acme(provider.issuer, apiKey),
  });
  const { sql } = world;
  return {
    world,
    provider,
    people,
    declaration(organization = {}, connection = {}) {
      const [usual] = acme(provider.issuer, world.apiKey, connection).organizations;
      return { organizations: usual ? [{ ...usual, ...organization }] : [] };
    },
    apply: (declaration) => applyDeclaration(world.ports, parseDeclaration(JSON.stringify(declaration))),
    async login(email) {
      const started = await read(await world.fetch('/v1/auth/sso/acme/oidc'));
      const { code, state } = await signIn(started.data.redirectUrl, email);
      return world.fetch('/v1/auth/sso/acme/oidc/callback', json({ code, state }));
    },
    async state() {
      return {
        organizations: await sql`select * from organizations order by id`,
        domains: await sql`select * from domains order by id`,
        connections: await sql`select * from connections order by id`,
        apiKeys: await sql`select * from api_keys order by id`,
        users: await sql`select * from users order by id`,
        memberships: await sql`select * from memberships order by id`,
        events: await sql`select * from audit_events where actor_type = 'operator' order by id`,
      };
    },
    async close() {
      await world.close();
      await provider.stop();
    },
  };
}
