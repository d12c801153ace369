/**
 * Applies a declarative file. One rule for what it leaves out: a member that the file does not name keeps what
 * it is, and a new row gets the default. So the file may be applied at every start: what logins and their
 * providers changed meanwhile is theirs, and the same file again changes nothing.
 */
import { UniqueViolation } from '#ports/db/client.ts';
import { type ConfigurationStore, changeConfiguration } from '#ports/db/declaration.ts';
import type { RowChange } from '#ports/db/row-change.ts';
import { type AllowList, parseAllowList } from '#ports/http/url-policy.ts';
import { apiKeyPrefix, isApiKey } from '#ports/keys/api-key.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { completed, connectionRow, requireComplete } from './declaration-connection.ts';
import { applyMember, type DeclaredUser } from './declaration-member.ts';
import { organizationColumns } from './declaration-organization.ts';
import {
  ContradictionError,
  contradiction,
  type Named,
  nameOnce,
  requireSlug,
  requireUnique,
  requireUrlAllowed,
} from './declaration-place.ts';
import { applySamlMetadata } from './declaration-saml.ts';
import { judgeDomain } from './domain-name.ts';

type DeclaredOrganization = Declaration['organizations'][number];
type DeclaredRow<Resource extends 'domains' | 'connections' | 'apiKeys'> = NonNullable<
  DeclaredOrganization[Resource]
>[number];

/** What a file changes; before and after hold the columns that differ, secrets as `changed`. */
export interface DeclarationChange extends Pick<RowChange, 'before' | 'after'> {
  readonly change: 'created' | 'updated';
  /** `organization`, `domain`, `connection`, `api_key`, `user` */
  readonly type: string;
  /** Slug of the organization. */
  readonly organization: string;
  /** What people call it: its slug, domain, name or address. */
  readonly name: string;
}

/** How many rows of a file were created, updated and found as they should be. */
export type DeclarationSummary = Record<RowChange['change'], number>;

interface Application {
  readonly ports: Ports;
  readonly store: ConfigurationStore;
  readonly allow: AllowList;
  readonly named: Named;
  readonly summary: DeclarationSummary;
  readonly changes: DeclarationChange[];
}

export interface Declared {
  readonly summary: DeclarationSummary;
  readonly changes: readonly DeclarationChange[];
}

/** An organization of the file: its id, and where it stands there. */
interface Scope extends Application {
  readonly organizationId: string;
  readonly organization: string;
  readonly at: string;
}

/**
 * All of it in one transaction, or nothing. Every change leaves an audit event.
 * @throws ContradictionError
 */
export async function applyDeclaration(ports: Ports, declaration: Declaration): Promise<DeclarationSummary> {
  return (await declare(ports, declaration)).summary;
}

/**
 * As `applyDeclaration`, and tells what changed.
 * @param isTrial everything is done, told, and undone
 * @throws ContradictionError
 */
export async function declare(ports: Ports, declaration: Declaration, isTrial = false): Promise<Declared> {
  try {
    return await attempt(ports, declaration, isTrial);
  } catch (error) {
    const isTaken = error instanceof ContradictionError && error.cause instanceof UniqueViolation;
    if (!isTaken) throw error;
    // a login may have provisioned the same person between our look and our write, or somebody have made the same over the API
    return attempt(ports, declaration, isTrial);
  }
}

async function attempt(ports: Ports, declaration: Declaration, isTrial: boolean): Promise<Declared> {
  const declared = { summary: { created: 0, updated: 0, unchanged: 0 }, changes: [] };
  const allow = parseAllowList(ports.config.OUTBOUND_ALLOW);
  const undone = new Error('a trial');
  const all = async (store: ConfigurationStore) => {
    const application = { ports, store, allow, named: new Map(), ...declared };
    for (const [index, organization] of declaration.organizations.entries())
      await applyOrganization(application, organization, `/organizations/${index}`);
    if (isTrial) throw undone;
  };
  // replicas that start together wait for each other
  await changeConfiguration(ports.db, all, true).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  return declared;
}

async function applyOrganization(application: Application, declared: DeclaredOrganization, at: string): Promise<void> {
  const { domains, connections, apiKeys, users, slug, name, ...members } = declared;
  nameOnce(application.named, ['organization', slug], `${at}/slug`, 'is the same as that of');
  const columns = organizationColumns({ slug, ...members }, at);
  const write = application.store.organization({ ...columns, slug, name, id: newId(application.ports) });
  const organization =
    (await requireUnique(`${at}/slug`, 'is that of another organization', write)) ??
    contradiction(`${at}/name`, 'is needed for a new organization');
  const scope: Scope = { ...application, organizationId: organization.id, organization: declared.slug, at };
  await note(scope, 'organization', declared.slug, organization);
  for (const [index, domain] of (domains ?? []).entries()) await applyDomain(scope, domain, `${at}/domains/${index}`);
  for (const [index, connection] of (connections ?? []).entries())
    await applyConnection(scope, connection, `${at}/connections/${index}`);
  for (const [index, apiKey] of (apiKeys ?? []).entries()) await applyApiKey(scope, apiKey, `${at}/apiKeys/${index}`);
  await applyUsers(scope, users ?? []);
}

async function applyDomain(scope: Scope, declared: DeclaredRow<'domains'>, at: string): Promise<void> {
  const { ports, store, named, organizationId } = scope;
  const judged = judgeDomain(declared.domain);
  if ('problem' in judged) return contradiction(`${at}/domain`, judged.problem);
  const { domain } = judged;
  nameOnce(named, ['domain', organizationId, domain], `${at}/domain`, 'is the same as that of');
  const verifiedAt = declared.verified === undefined ? undefined : declared.verified ? ports.clock.now() : null;
  const write = store.domain({ id: newId(ports), organizationId, domain, verifiedAt });
  const change = await requireUnique(`${at}/domain`, 'is a domain of the organization already', write);
  await note(scope, 'domain', domain, change);
}

async function applyConnection(scope: Scope, written: DeclaredRow<'connections'>, at: string): Promise<void> {
  const { ports, store, named, organizationId, allow } = scope;
  const slug = written.slug ?? written.type ?? contradiction(`${at}/type`, 'is needed without a slug');
  requireSlug(slug, `${at}/slug`);
  nameOnce(named, ['connection', organizationId, slug], `${at}/slug`, 'is the same as that of');
  const before = await store.findConnection(organizationId, slug);
  const declared = completed(written, before, at);
  if (declared.issuer) requireUrlAllowed(declared.issuer, allow, `${at}/issuer`);
  const id = before?.id ?? newId(ports);
  const row = await connectionRow(scope, id, declared, before, at);
  // over the admin API too, a draft is completed bit by bit
  if ((row.status ?? before?.status) !== 'draft') requireComplete(row, before, at);
  if (before) await store.settleVersion(id, declaredVersion(ports));
  // the order of the file decides which connection serves where a dialect names none
  const change = await store.connection(before, { ...row, id, organizationId, slug }, named.size);
  const kept = await store.findConnection(organizationId, slug);
  const document = kept && (await applySamlMetadata(scope, declared, { before, kept }, at));
  // a change of the metadata alone is one of the connection as well
  if (document && change.change === 'unchanged') await store.countVersionUp(id);
  if (document || change.change !== 'unchanged') await store.settleVersion(id, declaredVersion(ports));
  await note(scope, 'connection', slug, document ? withDocument(change, document) : change);
}

/** What a file says is in use at once. */
const declaredVersion = (ports: Ports) => ({ id: newId(ports), source: 'declaration', createdBy: null }) as const;

function withDocument(row: RowChange, document: Pick<RowChange, 'before' | 'after'>): RowChange {
  return {
    id: row.id,
    change: row.change === 'unchanged' ? 'updated' : row.change,
    before: { ...row.before, ...document.before },
    after: { ...row.after, ...document.after },
  };
}

async function applyApiKey(scope: Scope, declared: DeclaredRow<'apiKeys'>, at: string): Promise<void> {
  const { ports, store, named, organizationId } = scope;
  const { key, name, dialects, expiresAt } = declared;
  if (key?.startsWith('vst_') && !isApiKey(key))
    contradiction(`${at}/key`, 'has a typing error (its checksum is wrong)');
  const keyDigest = key === undefined ? undefined : await digest(key);
  nameOnce(named, ['api key', organizationId, name], `${at}/name`, 'is the same as that of');
  if (keyDigest !== undefined) nameOnce(named, ['api key', keyDigest], `${at}/key`, 'is the same as that of');
  const write = store.apiKey({
    id: newId(ports),
    organizationId,
    name,
    dialects,
    prefix: key === undefined ? undefined : apiKeyPrefix(key),
    keyDigest,
    expiresAt: expiresAt == null ? expiresAt : new Date(expiresAt),
  });
  const sentence = 'is kept already under another name or in another organization';
  const change = await requireUnique(`${at}/key`, sentence, write);
  if (!change) {
    const [missing, why] =
      key === undefined ? ['key', ': no API key of this name is kept'] : ['dialects', ' for a new API key'];
    return contradiction(`${at}/${missing}`, `is needed${why}`);
  }
  await note(scope, 'api_key', name, change);
}

async function applyUsers(scope: Scope, declared: readonly DeclaredUser[]): Promise<void> {
  const { ports, store, named, organizationId } = scope;
  // after the connections, so that the group rules are those of this file
  const groupsDecideRoles = await store.groupsDecideRoles(organizationId);
  for (const [index, user] of declared.entries()) {
    const at = `${scope.at}/users/${index}`;
    const { email, change } = await applyMember({ ports, store, named, organizationId, groupsDecideRoles }, user, at);
    await note(scope, 'user', email, change);
  }
}

/** @param name what people call the target: its slug, domain, name or address */
async function note(scope: Scope, targetType: string, name: string, change: RowChange): Promise<void> {
  scope.summary[change.change]++;
  if (change.change === 'unchanged') return;
  const { before, after } = change;
  scope.changes.push({
    change: change.change,
    type: targetType,
    organization: scope.organization,
    name,
    before,
    after,
  });
  await scope.store.audit({
    id: newId(scope.ports),
    organizationId: scope.organizationId,
    action: `${targetType}.${change.change}`,
    actorType: 'operator',
    targetType,
    targetId: change.id,
    details: { by: 'declaration', name, before: change.before, after: change.after },
  });
}

function newId(ports: Ports): string {
  return createId(ports.clock.now());
}
