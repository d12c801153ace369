/** Connections and versions as the admin API answers them. Secrets are shown as set, never as what they are. */
import type { Static } from 'elysia';
import type { ConnectionProblem } from '#core/connection-problems.ts';
import type { VersionedConnection } from '#ports/db/connection-administration.ts';
import type { ConnectionTest, ConnectionVersion } from '#ports/db/connection-schema.ts';
import { connectionAt } from '#ports/db/connection-versions.ts';
import type { Connection } from '#ports/db/schema.ts';
import { backchannelLogoutUri } from '#ports/idp/oidc-logout.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import { known } from '#routes/dialects/known.ts';
import type { connectionModels } from './connection-models.ts';
import type { DeclaredRules } from './declaration-rules.ts';
import { MASK } from './mask.ts';
import { presentMetadata } from './saml-resources.ts';

type Model<Name extends keyof typeof connectionModels> = Static<(typeof connectionModels)[Name]>;

/** @param publicUrl the origin that our addresses are made of */
export function presentConnection(
  { connection, waiting }: VersionedConnection,
  publicUrl: string,
  problems?: readonly ConnectionProblem[],
): Model<'Admin.Connection'> {
  const shown = waiting ? connectionAt(connection, waiting) : connection;
  const isDraft = connection.status === 'draft';
  return known({
    id: connection.id,
    organizationId: connection.organizationId,
    slug: connection.slug,
    type: shown.type,
    status: connection.status,
    version: shown.version,
    versionState: waiting?.state ?? (isDraft ? 'draft' : 'active'),
    activeVersion: isDraft ? undefined : connection.version,
    ...presentConfiguration(shown),
    atProvider: presentAtProvider(shown, publicUrl),
    problems: problems && [...problems],
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
  });
}

export function presentVersion(connection: Connection, version: ConnectionVersion): Model<'Admin.ConnectionVersion'> {
  const { createdAt, activatedAt, testedAt, testLoginId, createdBy, state, source, metadataDocument } = version;
  const configuration = presentConfiguration(connectionAt(connection, version));
  const { saml } = configuration;
  return known({
    version: version.version,
    state,
    source,
    createdBy,
    createdAt: createdAt.toISOString(),
    activatedAt: activatedAt?.toISOString(),
    testedAt: testedAt?.toISOString(),
    testLoginId,
    configuration: {
      ...configuration,
      ...(saml && metadataDocument ? { saml: { ...saml, metadata: presentMetadata(metadataDocument) } } : {}),
    },
  });
}

/** @param url the link, this once: only a digest of what stands in it is kept */
export function presentTest(test: ConnectionTest, url?: string): Model<'Admin.ConnectionTest'> {
  const { id, connectionVersion, redirectUri, expiresAt, outcome, reason, loginId } = test;
  return known({
    id,
    url,
    version: connectionVersion,
    redirectUri,
    expiresAt: expiresAt.toISOString(),
    outcome,
    reason,
    loginId,
  });
}

export function presentConfiguration(connection: Connection) {
  const { sealedClientSecret, sealedClientKey, type, issuer, saml } = connection;
  const { target, redirectUris, clientId, clientAuthentication, scopes, idTokenAlgs, trustedAudiences } = connection;
  const { trustedOrigins, tenants, maxAgeSeconds, maxSessionSeconds, logoutRedirectUri, requireIss } = connection;
  const { requireBrowser, mapping, groupRoles, rules, fetchGroups, jit, defaultRole, allowedDomains } = connection;
  const text = { clientId, clientAuthentication, scopes, idTokenAlgs, maxAgeSeconds, maxSessionSeconds };
  const lists = { trustedAudiences, trustedOrigins, tenants, mapping, groupRoles, allowedDomains };
  return known({
    target,
    redirectUris,
    issuer: type === 'saml' ? undefined : issuer,
    clientSecret: sealedClientSecret === null ? undefined : MASK,
    clientKey: sealedClientKey === null ? undefined : MASK,
    ...text,
    ...lists,
    // kept as the schema had them, in lists that the row type calls readonly
    rules: structuredClone(rules ?? []) as unknown as Static<typeof DeclaredRules>,
    logoutRedirectUri,
    requireIss,
    requireBrowser,
    fetchGroups: fetchGroups ?? false,
    jit,
    defaultRole,
    saml: saml ? known({ ...saml, authnContexts: [...saml.authnContexts], entityId: issuer }) : undefined,
  });
}

export function presentAtProvider(connection: Connection, publicUrl: string): Model<'Admin.Connection'>['atProvider'] {
  const { id, type, redirectUris, logoutRedirectUri, saml } = connection;
  if (type === 'saml') {
    const { entityId, consumerServiceUrl, logoutUrl } = serviceProvider(publicUrl, id);
    const received = saml?.consumerServiceUrl ?? consumerServiceUrl;
    return { entityId, consumerServiceUrl: received, metadataUrl: entityId, logoutUrl };
  }
  const isOAuthAlone = type === 'github' || type === 'gitlab';
  return known({
    redirectUris,
    backchannelLogoutUri: isOAuthAlone ? undefined : backchannelLogoutUri(publicUrl, id),
    postLogoutRedirectUri: isOAuthAlone ? undefined : logoutRedirectUri,
  });
}
