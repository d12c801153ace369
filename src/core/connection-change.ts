/**
 * A change of a connection, as the admin API takes it: merged over the newest version (RFC 7396), judged by the rules
 * of the declarative file. What is only incomplete is kept, since a draft may be; what contradicts itself is refused.
 */
import { SsoError } from '#error';
import type { ConnectionVersion } from '#ports/db/connection-schema.ts';
import { configurationOf, connectionAt } from '#ports/db/connection-versions.ts';
import type { ConfigurationStore } from '#ports/db/declaration.ts';
import { difference, type RowChange } from '#ports/db/row-change.ts';
import type { IdpMetadata, SamlMetadata } from '#ports/db/saml-schema.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { Ports } from '#ports/ports.ts';
import { type ConnectionColumns, connectionRow, type DeclaredConnection } from './declaration-connection.ts';
import { ContradictionError } from './declaration-place.ts';
import { applySamlMetadata, SAML_CLEARED } from './declaration-saml.ts';
import { mergePatch, type Patch } from './merge-patch.ts';

type Fixed = 'type' | 'slug' | 'status';
/** Members that are undefined keep what they are; `null` puts a member back to its default. */
export type ConnectionChange = {
  readonly [Name in keyof Omit<DeclaredConnection, Fixed | 'mapping'>]?: DeclaredConnection[Name] | null | undefined;
} & { readonly mapping?: Patch<Connection['mapping']> | null | undefined };

/** What `null` means where the declarative file has another word for it. */
const CLEARED = {
  scopes: [],
  idTokenAlgs: [],
  trustedAudiences: [],
  trustedOrigins: [],
  tenants: [],
  groupRoles: [],
  rules: [],
  allowedDomains: [],
  clientKey: {},
  requireIss: false,
  requireBrowser: false,
  fetchGroups: false,
  jit: true,
  defaultRole: 'user',
  target: 'dashboard',
} as const;

/** The change as the declarative file would say it, over what the connection is. */
export function declaredChange(base: Connection, change: ConnectionChange): DeclaredConnection {
  const { mapping, saml, clientId, ...rest } = change;
  const named = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value === null && name in CLEARED ? CLEARED[name as keyof typeof CLEARED] : value]);
  return {
    redirectUris: base.redirectUris,
    ...Object.fromEntries(named),
    type: base.type,
    ...(mapping === undefined ? {} : { mapping: mergePatch(base.mapping, mapping) ?? {} }),
    ...samlChange(base, saml),
    // a column that may be empty, which no file wants
    ...(clientId === undefined ? {} : { clientId: clientId as string }),
  };
}

/** The settings are merged where they are kept, as those of a file are: what is not named stays, `null` is the default. */
function samlChange({ type }: Connection, saml: ConnectionChange['saml']): Pick<DeclaredConnection, 'saml'> {
  if (saml === null) return type === 'saml' ? { saml: SAML_CLEARED } : {};
  return saml ? { saml } : {};
}

interface ChangeScope {
  readonly ports: Ports;
  readonly store: ConfigurationStore;
  readonly organizationId: string;
}

/**
 * A secret goes to the issuer with each login: whoever may name another one has to know it.
 * @throws SsoError `input_invalid`
 */
function requireSecretAnew({ issuer, clientSecret }: DeclaredConnection, before: Connection | undefined): void {
  if (!before?.sealedClientSecret || clientSecret !== undefined || typeof issuer !== 'string') return;
  const address = (text: string | null) => (text ?? '').replace(/\/+$/, '');
  if (address(issuer) === address(before.issuer)) return;
  const detail = 'It is needed again: with another issuer, the secret that is kept would be sent there';
  throw new SsoError('input_invalid', { members: [{ pointer: '/clientSecret', detail }] });
}

/** @throws SsoError `input_invalid` at the member that contradicts another, or is needed anew */
export async function columnsOf(
  { ports }: Pick<ChangeScope, 'ports'>,
  id: string,
  declared: DeclaredConnection,
  before: Connection | undefined,
): Promise<ConnectionColumns> {
  requireSecretAnew(declared, before);
  const { status: _kept, ...columns } = await refusing(
    connectionRow({ ports, allow: undefined }, id, declared, before, ''),
  );
  return columns;
}

/** The metadata rows of a connection that is a draft itself. @throws SsoError `input_invalid` */
export async function keepDraftMetadata(
  scope: ChangeScope,
  declared: DeclaredConnection,
  rows: { before: Connection | undefined; kept: Connection },
): Promise<Pick<RowChange, 'before' | 'after'> | undefined> {
  return refusing(applySamlMetadata(scope, declared, rows, ''));
}

/** A version about to be kept beside the one in use, and what it changes. */
export interface DraftedVersion {
  readonly row: Pick<
    ConnectionVersion,
    'configuration' | 'sealedClientSecret' | 'sealedClientKey' | 'metadataDocument'
  >;
  readonly difference: Pick<RowChange, 'before' | 'after'>;
}

/**
 * @param base what the change is merged over: the version that waits, or the one in use
 * @returns undefined when nothing differs
 * @throws SsoError `input_invalid`
 */
export async function draftVersion(
  scope: ChangeScope,
  base: { readonly connection: Connection; readonly waiting: ConnectionVersion | undefined },
  change: ConnectionChange,
): Promise<DraftedVersion | undefined> {
  const { connection, waiting } = base;
  const from = waiting ? connectionAt(connection, waiting) : connection;
  const declared = declaredChange(from, change);
  const columns = await columnsOf(scope, connection.id, declared, from);
  const named = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  const next = { ...from, ...named } as Connection;
  const live = await scope.store.findSamlMetadata(connection.id);
  const document = waiting ? waiting.metadataDocument : (live?.document ?? null);
  const metadata = await draftDocument(scope, declared, { from, next, document, live });
  const changed = difference(from, columns);
  if (Object.keys(changed.after).length === 0 && !metadata.changed) return undefined;
  const { sealedClientSecret, sealedClientKey } = next;
  const row = { configuration: configurationOf(next), sealedClientSecret, sealedClientKey };
  return {
    row: { ...row, metadataDocument: metadata.document },
    difference: {
      before: { ...changed.before, ...metadata.changed?.before },
      after: { ...changed.after, ...metadata.changed?.after },
    },
  };
}

interface Drafted {
  readonly from: Connection;
  readonly next: Connection;
  readonly document: IdpMetadata | null;
  readonly live: SamlMetadata | undefined;
}

/** As a declaration keeps the metadata, but beside the row in use: what would be written there is the version's own. */
async function draftDocument(
  { ports, organizationId }: ChangeScope,
  declared: DeclaredConnection,
  { from, next, document, live }: Drafted,
): Promise<{ document: IdpMetadata | null; changed: Pick<RowChange, 'before' | 'after'> | undefined }> {
  if (!next.saml) return { document: null, changed: undefined };
  const kept: { document: IdpMetadata | null } = { document };
  const store = {
    findSamlMetadata: async () => live && { ...live, document },
    async keepSamlMetadata(_id: string, columns: Partial<SamlMetadata>) {
      if (columns.document !== undefined) kept.document = columns.document;
    },
    removeSamlMetadata: async () => {},
  };
  const rows = { before: from, kept: { ...next, status: 'draft' as const } };
  const changed = await refusing(applySamlMetadata({ ports, organizationId, store }, declared, rows, ''));
  // a copy from another address says nothing of this one
  const isElsewhere = next.saml.metadataUrl !== null && next.saml.metadataUrl !== from.saml?.metadataUrl;
  return { document: isElsewhere ? null : kept.document, changed };
}

async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ContradictionError)) throw error;
    const detail = `${error.sentence.charAt(0).toUpperCase()}${error.sentence.slice(1)}`;
    throw new SsoError('input_invalid', { members: [{ pointer: error.pointer, detail }], cause: error });
  }
}
