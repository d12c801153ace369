/** What a check of a provider's metadata does to the row: the copy taken, kept waiting or refused, and what the audit says. */
import type { SsoError } from '#error';
import type { MetadataWrite } from '#ports/db/saml-metadata.ts';
import type { IdpMetadata, SamlMetadata } from '#ports/db/saml-schema.ts';
import type { Connection } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import { additions, addsTrust, sameButDates, summaryOf } from './metadata-change.ts';
import { nextAttempt, nextCheck } from './metadata-policy.ts';

type Event = MetadataWrite['events'][number];

/** An event about a connection's metadata that nobody's request caused. */
export function metadataEvent(
  connection: Pick<Connection, 'id' | 'organizationId'>,
  now: Date,
  event: { action: string; reason?: string; details: Record<string, unknown> },
): Event {
  return {
    id: createId(now),
    organizationId: connection.organizationId,
    actorType: 'system',
    targetType: 'connection',
    targetId: connection.id,
    ...event,
  };
}

/**
 * The entity id that a copy must have: the declared one, else that of the copy in use, once its source has
 * confirmed it. After the operator has named another source its first copy is taken.
 */
export function pinnedEntityId(connection: Connection, row: SamlMetadata | undefined): string | undefined {
  return connection.issuer ?? (row?.checkedAt ? row.document?.entityId : undefined);
}

type Sourced = Pick<Connection, 'saml' | 'issuer'>;

/** Whether both read their metadata from one place and trust them by the same rules: then one copy serves both. */
export function hasSameSource(one: Sourced, { saml, issuer }: Sourced): boolean {
  return (
    saml !== null &&
    saml.metadataUrl !== null &&
    saml.metadataUrl === one.saml?.metadataUrl &&
    saml.metadataCertificate === one.saml.metadataCertificate &&
    issuer === one.issuer
  );
}

/** @param found well-formed, usable, of the pinned entity, and signed if the connection pins a certificate for that */
export function decideCopy(connection: Connection, row: SamlMetadata, found: IdpMetadata, now: Date): MetadataWrite {
  const { document } = row;
  const recovered =
    row.failures > 0 ? [metadataEvent(connection, now, { action: 'connection.metadata_recovered', details: {} })] : [];
  const read = { failures: 0, failure: null, readAt: now, nextCheckAt: nextCheck(found, now) };
  const isSigned = Boolean(connection.saml?.metadataCertificate);
  const isOwn = document !== null && row.checkedAt !== null && document.entityId === found.entityId;
  if (isOwn && !isSigned && addsTrust(document, found)) {
    const isKnown = row.pending !== null && sameButDates(row.pending, found);
    const details = { before: summaryOf(document), after: summaryOf(found) };
    const told = isKnown ? [] : [metadataEvent(connection, now, { action: 'connection.metadata_pending', details })];
    return { columns: { ...read, pending: found }, events: [...recovered, ...told] };
  }
  const taken = takeCopy(row, found, now);
  const details = { before: document && summaryOf(document), after: summaryOf(found) };
  // dates alone are no event: many providers stamp new ones on every answer
  const isNews = document === null || !sameButDates(document, found);
  const told = isNews ? [metadataEvent(connection, now, { action: 'connection.metadata_updated', details })] : [];
  return { columns: { ...read, ...taken }, events: [...recovered, ...told] };
}

/** The columns by which a copy becomes the one in use. New certificates are looked at anew for their expiry. */
export function takeCopy(row: SamlMetadata, found: IdpMetadata, now: Date): MetadataWrite['columns'] {
  const { document } = row;
  const hasNewCertificates = document === null || additions(document, found).certificates.length > 0;
  const expiry = hasNewCertificates ? { expiryReportedAt: null } : {};
  return { document: found, pending: null, checkedAt: now, ...expiry };
}

/** Our own refusal to try (its errors say when to come back: circuit open, all workers busy) tells nothing of the source. */
function isOurs({ code, retryAfterSeconds }: SsoError): boolean {
  return code === 'saml_busy' || code === 'database_unavailable' || retryAfterSeconds !== undefined;
}

/**
 * The copy in use stays. The audit is told when checks begin to fail, and when a source that could not be reached
 * begins to answer with what can't be used, or the other way round.
 * @returns undefined when the failure was ours: then the check is due again after its lease
 */
export function decideFailure(
  connection: Connection,
  row: SamlMetadata,
  error: SsoError,
  now: Date,
): MetadataWrite | undefined {
  if (isOurs(error)) return undefined;
  const failures = row.failures + 1;
  const isNews = row.failure === null || isAboutContent(row.failure) !== isAboutContent(error.code);
  const details = { detail: error.detail, ...error.evidence, keeps: row.document && summaryOf(row.document) };
  const event = { action: 'connection.metadata_failed', reason: error.code, details };
  return {
    columns: { failures, failure: error.code, readAt: now, nextCheckAt: nextAttempt(failures, row.document, now) },
    events: isNews ? [metadataEvent(connection, now, event)] : [],
  };
}

function isAboutContent(code: string): boolean {
  return code.startsWith('saml_');
}
