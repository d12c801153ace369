/** A world with one SAML connection, whose provider's metadata come from a server that the test changes. */
import type { SsoError } from '#error';
import { readConnectionMetadata, type SamlConnection } from '#ports/db/saml-metadata.ts';
import type { DeclaredConnection } from '#tests/core/declared-world.ts';
import { keyNamed, type MetadataSource, startMetadataSource } from '#tests/core/metadata-source.ts';
import { createWorld, REDIRECT_URI, type World } from '#tests/world.ts';

export const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';

type Saml = NonNullable<DeclaredConnection['saml']>;

export interface MetadataWorld {
  readonly world: World;
  readonly source: MetadataSource;
  /** Declares the connection with these members over `type: 'saml'` and the source's URL. */
  declare(saml?: Saml, connection?: Partial<DeclaredConnection>): Promise<void>;
  found(): Promise<SamlConnection>;
  /** Metadata as a login of this replica reads them; a refusal as `code: detail`. */
  login(replica?: World): Promise<string>;
  /** Details of the audit events of this action, the oldest first. */
  events(action: string): Promise<{ reason: string | null; details: Record<string, unknown> }[]>;
  close(): Promise<void>;
}

export function samlDeclaration(saml: Saml | undefined, connection: Partial<DeclaredConnection> = {}) {
  const declared = { slug: 'saml', type: 'saml' as const, redirectUris: [REDIRECT_URI], saml, ...connection };
  return { organizations: [{ slug: 'acme', name: 'Acme Industries', connections: [declared as DeclaredConnection] }] };
}

export async function openMetadataWorld(
  options: { allowed?: (source: MetadataSource) => readonly string[] } = {},
): Promise<MetadataWorld> {
  const source = await startMetadataSource({ certificates: [(await keyNamed('first')).certificate] });
  const world = await createWorld({
    outboundAllow: options.allowed?.(source) ?? [source.host],
    declaration: () => ({ organizations: [{ slug: 'acme', name: 'Acme Industries' }] }),
    environment: { ADMIN_API_KEY },
  });
  const found = async () => {
    const [row] = await world.sql`select id from connections where slug = 'saml'`;
    const connection = await readConnectionMetadata(world.ports.db, row?.['id']);
    if (!connection) throw new Error('there is no SAML connection');
    return connection;
  };
  return {
    world,
    source,
    found,
    declare: (saml = { metadataUrl: source.url }, connection = {}) => world.apply(samlDeclaration(saml, connection)),
    async login(replica = world) {
      const { connection } = await found();
      return replica.ports.samlMetadata.readProviderMetadata(connection).then(
        ({ entityId }) => entityId,
        ({ code, detail }: SsoError) => `${code}: ${detail}`,
      );
    },
    async events(action) {
      const rows =
        await world.sql`select reason, details from audit_events where action = ${action} order by created_at, id`;
      return rows.map(({ reason, details }) => ({ reason, details }));
    },
    async close() {
      await world.close();
      await source.stop();
    },
  };
}
