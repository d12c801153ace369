/**
 * The upkeep of identity providers' metadata, done by housekeeping on every replica, and the operator's word on it.
 *
 * ```
 * due ─▶ claimed ─▶ read ─┬─▶ same, or less than before, or signed by the pinned key ─▶ in use
 *                         ├─▶ new keys or addresses ─▶ pending ─▶ approved ─▶ in use
 *                         └─▶ unreachable, another entity, not usable ─▶ the copy in use stays; tried again later
 * ```
 */
import { conflict, SsoError } from '#error';
import type { AdminOrigin } from '#ports/db/logins.ts';
import { dropPreviousSamlKeys } from '#ports/db/saml-keys.ts';
import {
  changeSamlMetadata,
  claimDueMetadata,
  readConnectionMetadata,
  reportExpiry,
  type SamlConnection,
  tallySamlMetadata,
} from '#ports/db/saml-metadata.ts';
import { copyDigest, summaryOf } from '#ports/idp/saml/metadata-change.ts';
import { metadataEvent, takeCopy } from '#ports/idp/saml/metadata-decision.ts';
import { requireValid } from '#ports/idp/saml/metadata-policy.ts';
import type { Ports } from '#ports/ports.ts';

type UpkeepPorts = Pick<Ports, 'db' | 'clock' | 'log' | 'metrics' | 'samlMetadata'>;

/** A replica that dies during a check leaves it to the others after this. */
const LEASE_SECONDS = 300;
/** Checks at a time, and rounds a call: what is left then waits for the next call. */
const BATCH = 8;
const MAX_ROUNDS = 20;

const DAY = 86_400;
/** How long what a provider encrypts to our previous certificate still opens. */
const RETIRED_KEY_SECONDS = 30 * DAY;
/** How long before its expiry a certificate is reported. */
const EXPIRY_WARNING_SECONDS = 30 * DAY;
const EXPIRY_BATCH = 100;
/** Expiry and the gauges are looked at no more often: it reads every SAML connection. */
const TALLY_SECONDS = 300;

/**
 * Reads again what is due. Safe on any number of replicas: each row is claimed by one of them.
 * @returns how many sources this call read, and how many of these checks failed
 */
export async function refreshSamlMetadata(ports: UpkeepPorts): Promise<{ checked: number; failed: number }> {
  const outcome = { checked: 0, failed: 0 };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const due = await claimDueMetadata(ports.db, { leaseSeconds: LEASE_SECONDS, limit: BATCH });
    const failed = await Promise.all(due.map((one) => checkOne(ports, one)));
    outcome.checked += due.length;
    outcome.failed += failed.filter(Boolean).length;
    if (due.length < BATCH) break;
  }
  return outcome;
}

async function checkOne({ samlMetadata, log }: UpkeepPorts, due: SamlConnection): Promise<boolean> {
  const check = await samlMetadata.check(due);
  if (!('error' in check)) return false;
  log.warn({ connectionId: due.connection.id, error: check.error }, 'metadata of an identity provider not refreshed');
  return true;
}

/**
 * Tells the audit of certificates in use that expire within 30 days, and again of those that have expired. The
 * key of an expired one is still trusted: it is the provider's key until the provider names another.
 */
export async function reportCertificateExpiry({ db, clock }: UpkeepPorts): Promise<number> {
  const at = clock.now();
  const round = () =>
    reportExpiry(db, { at, warnSeconds: EXPIRY_WARNING_SECONDS, limit: EXPIRY_BATCH }, (found) =>
      expiryEvents(found, at),
    );
  let total = 0;
  for (let count = EXPIRY_BATCH; count === EXPIRY_BATCH; ) {
    count = await round();
    total += count;
  }
  return total;
}

function expiryEvents({ connection, metadata }: SamlConnection, at: Date) {
  const since = metadata.expiryReportedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const hasCome = (time: number) => time <= at.getTime() && time > since;
  return (metadata.document?.certificates ?? []).flatMap(({ fingerprint, notAfter }) => {
    const expiry = Date.parse(notAfter);
    const details = { fingerprint, notAfter };
    if (hasCome(expiry)) return [metadataEvent(connection, at, { action: 'connection.certificate_expired', details })];
    const warns = hasCome(expiry - EXPIRY_WARNING_SECONDS * 1_000);
    return warns ? [metadataEvent(connection, at, { action: 'connection.certificate_expiring', details })] : [];
  });
}

/**
 * What housekeeping calls every round: refreshes what is due; every five minutes reports expiries and sets
 * the gauges. A call that comes while the last one still waits for a provider does nothing.
 */
export function createSamlUpkeep(ports: UpkeepPorts): () => Promise<void> {
  let isRunning = false;
  let talliedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await refreshSamlMetadata(ports);
      const now = ports.clock.now().getTime();
      if (Math.abs(now - talliedAt) < TALLY_SECONDS * 1_000) return;
      talliedAt = now;
      await dropPreviousSamlKeys(ports.db, RETIRED_KEY_SECONDS);
      await reportCertificateExpiry(ports);
      ports.metrics.samlMetadata(await tallySamlMetadata(ports.db, EXPIRY_WARNING_SECONDS));
    } finally {
      isRunning = false;
    }
  };
}

export interface Approval {
  readonly connectionId: string;
  /** `copyDigest` of what the operator has looked at: a copy that came since is not approved along with it. */
  readonly copy: string;
}

/**
 * The pending copy becomes the one in use.
 * @throws SsoError `not_found` when there is no such SAML connection, `conflict` when no such copy is pending,
 * `saml_metadata` when it is over meanwhile
 */
export async function approveSamlMetadata(
  ports: Pick<Ports, 'db' | 'clock'>,
  { connectionId, copy }: Approval,
  origin: AdminOrigin,
): Promise<SamlConnection> {
  const { db, clock } = ports;
  const found = await readConnectionMetadata(db, connectionId);
  if (!found) throw new SsoError('not_found');
  const metadata = await changeSamlMetadata(db, { connectionId, version: found.connection.version }, async (row) => {
    const { document, pending } = row;
    if (!pending || (await copyDigest(pending)) !== copy)
      throw conflict(
        '/copy',
        'No such copy waits: read GET /admin/v1/connections/{id}/saml again, and compare its `pending`',
      );
    const now = clock.now();
    requireValid(pending, now);
    const event = metadataEvent(found.connection, now, {
      action: 'connection.metadata_approved',
      details: { before: document && summaryOf(document), after: summaryOf(pending) },
    });
    const approved = { ...event, ...origin, actorType: 'operator' } as const;
    return { columns: takeCopy(row, pending, now), events: [approved] };
  });
  if (!metadata) throw conflict('', 'The connection was changed meanwhile: read it again, and approve what waits then');
  return { connection: found.connection, metadata };
}
