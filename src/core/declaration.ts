/** Applies a declarative file: what it names exists afterwards as it says; what it does not name stays. */
import { type Change, type ConfigurationStore, changeConfiguration } from '#ports/db/declaration.ts';
import type { ClientAuthentication, ConnectionType } from '#ports/db/schema.ts';
import { apiKeyPrefix, isApiKey } from '#ports/keys/api-key.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { parseDomain, parseEmail } from './email.ts';

type DeclaredOrganization = Declaration['organizations'][number];
type DeclaredConnection = NonNullable<DeclaredOrganization['connections']>[number];
type DeclaredUser = NonNullable<DeclaredOrganization['users']>[number];

/** How many rows of a file were created, updated and found as they should be. */
export type DeclarationSummary = Record<Change, number>;

/** A declaration that contradicts itself; the message names where, and never a value. */
export class ContradictionError extends Error {
  override readonly name = 'ContradictionError';
}

/** Types whose provider is found by the connection's own `issuer`. */
const NEEDS_ISSUER: ReadonlySet<ConnectionType> = new Set(['oidc', 'okta', 'auth0', 'keycloak']);

/**
 * All of it in one transaction; applying it again changes nothing. Every change leaves an audit event.
 * @throws ContradictionError
 */
export async function applyDeclaration(ports: Ports, declaration: Declaration): Promise<DeclarationSummary> {
  const summary: DeclarationSummary = { created: 0, updated: 0, unchanged: 0 };
  await changeConfiguration(ports.db, async (store) => {
    for (const [index, organization] of declaration.organizations.entries()) {
      await new Applier(ports, store, summary, `/organizations/${index}`).apply(organization);
    }
  });
  return summary;
}

class Applier {
  constructor(
    private readonly ports: Ports,
    private readonly store: ConfigurationStore,
    private readonly summary: DeclarationSummary,
    private readonly at: string,
  ) {}

  async apply(declared: DeclaredOrganization): Promise<void> {
    const { domains, connections, apiKeys, users, refreshLifetime, ...fields } = declared;
    const { minSeconds, maxSeconds } = refreshLifetime ?? {};
    if (minSeconds && maxSeconds && minSeconds > maxSeconds)
      this.contradiction('/refreshLifetime', 'minSeconds is above maxSeconds');
    const organization = await this.store.organization({
      ...fields,
      id: this.id(),
      refreshMinSeconds: minSeconds ?? null,
      refreshMaxSeconds: maxSeconds ?? null,
    });
    await this.note('organization', organization.id, organization.id, organization.change);
    for (const [index, domain] of (domains ?? []).entries()) await this.domain(organization.id, domain, index);
    for (const [index, connection] of (connections ?? []).entries())
      await this.connection(organization.id, connection, index);
    for (const key of apiKeys ?? []) await this.apiKey(organization.id, key);
    for (const [index, user] of (users ?? []).entries()) await this.user(organization.id, user, index);
  }

  private async domain(
    organizationId: string,
    declared: { domain: string; verified?: boolean },
    index: number,
  ): Promise<void> {
    const domain = parseDomain(declared.domain) ?? this.contradiction(`/domains/${index}/domain`, 'is no domain name');
    const verifiedAt = declared.verified ? this.ports.clock.now() : null;
    const change = await this.store.domain({ id: this.id(), organizationId, domain, verifiedAt });
    await this.note('domain', domain, organizationId, change);
  }

  private async connection(organizationId: string, declared: DeclaredConnection, index: number): Promise<void> {
    const { clientSecret, clientKey, ...fields } = declared;
    const slug = declared.slug ?? declared.type;
    this.checkConnection(declared, `/connections/${index}`);
    const before = await this.store.findConnection(organizationId, slug);
    const id = before?.id ?? this.id();
    const key = clientKey === undefined ? undefined : JSON.stringify(clientKey);
    const connection = await this.store.connection({
      ...fields,
      id,
      organizationId,
      slug,
      clientAuthentication: declared.clientAuthentication ?? null,
      allowedDomains: (declared.allowedDomains ?? []).map(
        (domain) =>
          parseDomain(domain) ?? this.contradiction(`/connections/${index}/allowedDomains`, 'holds no domain name'),
      ),
      sealedClientSecret: await this.resealed(
        before?.sealedClientSecret,
        clientSecret,
        `connections:${id}:client_secret`,
      ),
      sealedClientKey: await this.resealed(before?.sealedClientKey, key, `connections:${id}:client_key`),
    });
    await this.note('connection', connection.id, organizationId, connection.change);
  }

  /** A sealed value looks different each time: the same secret keeps the one that is there. */
  private async resealed(
    before: string | null | undefined,
    secret: string | undefined,
    context: string,
  ): Promise<string | null> {
    if (secret === undefined) return null;
    const kept = before ? await this.ports.keys.open(before, context).catch(() => undefined) : undefined;
    return before && kept === secret ? before : this.ports.keys.seal(secret, context);
  }

  private checkConnection(declared: DeclaredConnection, at: string): void {
    if (NEEDS_ISSUER.has(declared.type) && !declared.issuer)
      this.contradiction(`${at}/issuer`, `is needed for type ${declared.type}`);
    const method: ClientAuthentication | undefined = declared.clientAuthentication;
    if (method === 'private_key_jwt' && !declared.clientKey)
      this.contradiction(`${at}/clientKey`, 'is needed for private_key_jwt');
    const secretless = method === 'private_key_jwt' || method === 'none';
    if (!secretless && !declared.clientSecret)
      this.contradiction(`${at}/clientSecret`, 'is needed for this client authentication');
  }

  private async apiKey(
    organizationId: string,
    declared: NonNullable<DeclaredOrganization['apiKeys']>[number],
  ): Promise<void> {
    const { key, name, dialects, expiresAt } = declared;
    if (key.startsWith('vst_') && !isApiKey(key))
      this.contradiction('/apiKeys', 'holds a key with a typing error (its checksum is wrong)');
    const change = await this.store.apiKey({
      id: this.id(),
      organizationId,
      name,
      dialects,
      prefix: apiKeyPrefix(key),
      keyDigest: await digest(key),
      expiresAt: expiresAt ? new Date(expiresAt) : null,
    });
    await this.note('api_key', name, organizationId, change);
  }

  private async user(organizationId: string, declared: DeclaredUser, index: number): Promise<void> {
    const { email: text, role, status, ...fields } = declared;
    const email = parseEmail(text) ?? this.contradiction(`/users/${index}/email`, 'is no email address');
    const now = this.ports.clock.now();
    const user = {
      ...fields,
      id: this.id(),
      email: email.address,
      emailVerified: declared.emailVerified ?? true,
    };
    const deactivatedAt = status === 'deactivated' ? now : null;
    const membership = {
      id: this.id(),
      organizationId,
      userId: user.id,
      email: email.address,
      role: role ?? 'user',
      deactivatedAt,
    };
    const change = await this.store.member(
      user,
      status === undefined ? { ...membership, deactivatedAt: undefined } : membership,
    );
    await this.note('user', email.address, organizationId, change);
  }

  private async note(targetType: string, targetId: string, organizationId: string, change: Change): Promise<void> {
    this.summary[change]++;
    if (change === 'unchanged') return;
    await this.store.audit({
      id: this.id(),
      organizationId,
      action: `${targetType}.${change}`,
      actorType: 'operator',
      targetType,
      targetId,
      details: { by: 'declaration' },
    });
  }

  private id(): string {
    return createId(this.ports.clock.now());
  }

  private contradiction(at: string, why: string): never {
    throw new ContradictionError(`The declaration is not usable: ${this.at}${at} ${why}.`);
  }
}
