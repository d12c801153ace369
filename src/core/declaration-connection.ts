/** A declared connection: what it needs to work, judged on what the file says and what is kept already. */
import type { ConnectionRow } from '#ports/db/declaration.ts';
import type { Connection, ConnectionType } from '#ports/db/schema.ts';
import type { AllowList } from '#ports/http/url-policy.ts';
import { isPrivateJwk } from '#ports/idp/client-authentication.ts';
import type { Ports } from '#ports/ports.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { requireOwnMembers } from './connection-members.ts';
import { contradiction } from './declaration-place.ts';
import { requireRules } from './declaration-rules.ts';
import { samlColumns } from './declaration-saml.ts';
import { parseDomain } from './email.ts';

type WrittenConnection = NonNullable<Declaration['organizations'][number]['connections']>[number];

/** A connection of which is known what none can do without. */
export type DeclaredConnection = WrittenConnection & Required<Pick<WrittenConnection, 'type' | 'redirectUris'>>;

/** What the file leaves out of these is as it is kept. @throws ContradictionError when nothing is kept */
export function completed(written: WrittenConnection, before: Connection | undefined, at: string): DeclaredConnection {
  const needed = 'is needed for a new connection';
  return {
    ...written,
    type: written.type ?? before?.type ?? contradiction(`${at}/type`, needed),
    redirectUris:
      written.redirectUris ??
      before?.redirectUris ??
      (written.status === 'draft' ? [] : contradiction(`${at}/redirectUris`, needed)),
  };
}

/** Types whose provider is found by the connection's own `issuer`. */
const NEEDS_ISSUER: ReadonlySet<ConnectionType> = new Set(['oidc', 'okta', 'auth0', 'keycloak']);

/** A member without which no login can work over the connection. */
interface MissingMember {
  readonly pointer: '/redirectUris' | '/clientId' | '/issuer' | '/clientKey' | '/clientSecret';
  readonly sentence: string;
}

export type ConnectionColumns = Omit<ConnectionRow, 'id' | 'organizationId' | 'slug'>;

/**
 * The row without what it belongs to; undefined where nothing is named.
 * @param allow where addresses have to be such that may be called; undefined leaves that to the checks
 * @throws ContradictionError
 */
export async function connectionRow(
  { ports, allow }: { readonly ports: Ports; readonly allow: AllowList | undefined },
  id: string,
  declared: DeclaredConnection,
  before: Connection | undefined,
  at: string,
): Promise<ConnectionColumns> {
  const {
    clientSecret,
    clientKey,
    slug: _named,
    saml: _columns,
    scopes,
    idTokenAlgs,
    allowedDomains,
    ...fields
  } = declared;
  requireOwnMembers(declared, at);
  if (declared.rules) requireRules(declared.rules, `${at}/rules`);
  if (clientKey && Object.keys(clientKey).length > 0 && !(await isPrivateJwk(clientKey)))
    contradiction(`${at}/clientKey`, 'is not a private JWK of a signature algorithm');
  const key = clientKey && Object.keys(clientKey).length > 0 ? JSON.stringify(clientKey) : clientKey && null;
  return {
    ...fields,
    ...(await samlColumns(declared, before, allow, at)),
    scopes: emptyAsNull(scopes),
    idTokenAlgs: emptyAsNull(idTokenAlgs),
    allowedDomains: allowedDomains?.map(
      (domain, index) => parseDomain(domain) ?? contradiction(`${at}/allowedDomains/${index}`, 'is no domain name'),
    ),
    sealedClientSecret: await resealed(
      ports,
      before?.sealedClientSecret,
      clientSecret,
      `connections:${id}:client_secret`,
    ),
    sealedClientKey: await resealed(ports, before?.sealedClientKey, key, `connections:${id}:client_key`),
  };
}

/** An empty list means the provider's own again. */
function emptyAsNull<T>(list: readonly T[] | undefined): T[] | null | undefined {
  return list?.length === 0 ? null : list && [...list];
}

/** A sealed value looks different each time: the same secret keeps the one that is there. */
async function resealed(
  { keys }: Ports,
  before: string | null | undefined,
  secret: string | null | undefined,
  context: string,
): Promise<string | null | undefined> {
  if (secret === undefined || secret === null) return secret;
  const kept = before ? await keys.open(before, context).catch(() => undefined) : undefined;
  return before && kept === secret ? before : keys.seal(secret, context);
}

/** @throws ContradictionError at the first member that is missing */
export function requireComplete(row: ConnectionColumns, before: Connection | undefined, at: string): void {
  const [missing] = missingMembers(row, before);
  if (missing) contradiction(`${at}${missing.pointer}`, missing.sentence);
}

/** What the row, over the connection as it was, lacks. */
export function missingMembers(row: ConnectionColumns, before?: Connection): MissingMember[] {
  const type = row.type ?? before?.type;
  const after = <Name extends keyof Connection & keyof typeof row>(name: Name) =>
    row[name] === undefined ? before?.[name] : row[name];
  const missing: MissingMember[] = [];
  if (!after('redirectUris')?.length) missing.push({ pointer: '/redirectUris', sentence: 'is needed for a login' });
  if (type === 'saml') return missing;
  if (!after('clientId')) missing.push({ pointer: '/clientId', sentence: `is needed for type ${type}` });
  if (type && NEEDS_ISSUER.has(type) && !after('issuer'))
    missing.push({ pointer: '/issuer', sentence: `is needed for type ${type}` });
  const method = after('clientAuthentication');
  if (method === 'private_key_jwt' && !after('sealedClientKey'))
    missing.push({ pointer: '/clientKey', sentence: 'is needed for private_key_jwt' });
  const secretless = method === 'private_key_jwt' || method === 'none';
  if (!secretless && !after('sealedClientSecret'))
    missing.push({ pointer: '/clientSecret', sentence: 'is needed for this client authentication' });
  return missing;
}
