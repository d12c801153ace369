/** What is kept, as the declarative file says it: without secrets, or with the names of variables for them. Applied where it came from, it changes nothing. */
import { foreignMembers } from '#core/connection-members.ts';
import type { Member } from '#ports/db/declaration.ts';
import type { Domain } from '#ports/db/domain-schema.ts';
import type { ApiKey, Connection, Organization } from '#ports/db/schema.ts';
import { presentConfiguration } from './connection-resources.ts';
import { reference } from './declaration-secrets.ts';
import { withoutMasked } from './mask.ts';
import { presentOrganization } from './organization-resources.ts';

export interface KeptOrganization {
  readonly organization: Organization;
  readonly domains: readonly Domain[];
  /** In the order in which they were made, by which some logins find theirs. */
  readonly connections: readonly Connection[];
  readonly apiKeys: readonly ApiKey[];
  readonly members: readonly Member[];
}

export interface ExportOptions {
  /** Whether secrets are told as references to the environment, and not left out. */
  readonly secretsFromEnv: boolean;
  /** Ids of users whose dialect attributes stand in an organization before: the file has them once. */
  readonly told: Set<string>;
}

export function declarationOf(kept: KeptOrganization, options: ExportOptions) {
  const { organization, domains, connections, apiKeys, members: people } = kept;
  const { id: _id, createdAt: _made, updatedAt: _changed, ...members } = presentOrganization(organization);
  const { slug } = organization;
  const declared = connections.map((connection) => connectionOf(connection, options, slug));
  const keys = apiKeys.map(({ name, dialects, expiresAt }) => ({
    name,
    ...(options.secretsFromEnv ? { key: reference(slug, name, 'API_KEY') } : {}),
    dialects: [...dialects],
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  }));
  // who is deactivated everywhere would be active again elsewhere
  const users = people.filter(({ user }) => user.deactivatedAt === null).map((member) => userOf(member, options));
  const owned = domains.map(({ domain, verifiedAt }) => ({ domain, verified: verifiedAt !== null }));
  return {
    ...members,
    ...(owned.length > 0 ? { domains: owned } : {}),
    ...(declared.length > 0 ? { connections: declared } : {}),
    ...(keys.length > 0 ? { apiKeys: keys } : {}),
    ...(users.length > 0 ? { users } : {}),
  };
}

function userOf({ user, membership }: Member, { told }: ExportOptions) {
  const { id, emailVerified, firstName, lastName, picture, language, attributes } = user;
  const { declaredEmail, role, deactivatedAt } = membership;
  const isTold = told.has(id) || Object.keys(attributes).length === 0;
  told.add(id);
  const members = { email: declaredEmail, emailVerified, firstName, lastName, picture, language, role };
  return {
    ...Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)),
    status: deactivatedAt ? 'deactivated' : 'active',
    ...(isTold ? {} : { attributes }),
  };
}

function connectionOf(connection: Connection, { secretsFromEnv }: ExportOptions, organization: string): object {
  const { slug, type, status, sealedClientSecret, sealedClientKey } = connection;
  const secrets = {
    ...(sealedClientSecret !== null && { clientSecret: reference(organization, slug, 'clientSecret') }),
    ...(sealedClientKey !== null && { clientKey: reference(organization, slug, 'clientKey') }),
  };
  const { saml, ...members } = withoutMasked(presentConfiguration(connection));
  const foreign: readonly string[] = foreignMembers(type);
  const set = Object.entries(members).filter(([name, value]) => !isEmpty(value) && !foreign.includes(name));
  const settings = Object.entries(saml ?? {}).filter(([, value]) => !isEmpty(value));
  return {
    slug,
    type,
    status,
    ...Object.fromEntries(set),
    ...(secretsFromEnv ? secrets : {}),
    ...(saml ? { saml: Object.fromEntries(settings) } : {}),
  };
}

/** What a new row has anyway. */
const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
