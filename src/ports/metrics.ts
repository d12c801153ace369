/** Counters and durations for Prometheus (text format 0.0.4). Labels have few values: no ids, no addresses. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Of all SAML connections together: which ones they are, the audit says. */
export interface SamlMetadataGauges {
  /** Connections whose provider's metadata could not be refreshed. */
  readonly stale: number;
  /** Connections whose provider names new keys or addresses that await approval. */
  readonly pending: number;
  /** Signing certificates in use that expire within 30 days, and those that have expired. */
  readonly expiring: number;
  readonly expired: number;
}

/** What is over and goes; each replica counts what it did itself. */
export interface HousekeepingMetrics {
  /** Rows removed from a table, or blanked in one of its columns. */
  removed(what: string, rows: number): void;
  partitionDropped(table: string): void;
  /** A round came to its end. */
  completed(seconds: number, at: Date): void;
}

/** Of the audit's chain; take the maximum over replicas. */
export interface AuditChainGauges {
  readonly position: number;
  /** When the last record was made. */
  readonly chainedAt: Date | undefined;
}

export interface Metrics {
  readonly housekeeping: HousekeepingMetrics;
  auditChain(gauges: AuditChainGauges): void;
  readonly contentType: string;
  text(): Promise<string>;
  /** One finished or refused login. `reason` is empty for a success. */
  login(dialect: string, reason: string): void;
  /** One answered request; `route` is the pattern, never the path. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** A cached document of an identity provider had to do past its time. */
  stale(kind: 'discovery' | 'jwks'): void;
  samlMetadata(gauges: SamlMetadataGauges): void;
  /** `wrong`: unknown, expired, revoked, or no key at all; `limited`: not looked up, after too many of them. */
  apiKeyRefused(outcome: 'wrong' | 'limited'): void;
  /** A SAML message that could not be verified for lack of room or time. */
  verification(outcome: 'busy' | 'timeout' | 'crash'): void;
}

/** Some runtimes let any token through as a method: each would be a series of its own. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const logins = new Counter({
    name: 'vestibule_logins_total',
    help: 'Logins by dialect and reason; an empty reason is a success.',
    labelNames: ['dialect', 'reason'],
    registers,
  });
  const requests = new Histogram({
    name: 'vestibule_request_duration_seconds',
    help: 'Requests by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 5],
    registers,
  });
  const stale = new Counter({
    name: 'vestibule_stale_documents_total',
    help: 'Uses of an identity provider document past its freshness.',
    labelNames: ['kind'],
    registers,
  });
  const saml = samlGauges(registers);
  const verifications = new Counter({
    name: 'vestibule_saml_verifications_abandoned_total',
    help: 'SAML messages that were not verified: no room, no time, or a worker that went down.',
    labelNames: ['outcome'],
    registers,
  });
  const apiKeys = new Counter({
    name: 'vestibule_api_key_refusals_total',
    help: 'Refused API keys: wrong ones, and callers that sent too many.',
    labelNames: ['outcome'],
    registers,
  });
  return {
    housekeeping: housekeepingMetrics(registers),
    auditChain: auditChainGauges(registers),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    login: (dialect, reason) => logins.inc({ dialect, reason }),
    request: (route, method, status, seconds) =>
      requests.observe({ route, method: METHODS.has(method) ? method : 'OTHER', status: String(status) }, seconds),
    apiKeyRefused: (outcome) => apiKeys.inc({ outcome }),
    stale: (kind) => stale.inc({ kind }),
    verification: (outcome) => verifications.inc({ outcome }),
    samlMetadata(gauges) {
      saml.stale.set(gauges.stale);
      saml.pending.set(gauges.pending);
      saml.expiring.set(gauges.expiring);
      saml.expired.set(gauges.expired);
    },
  };
}

/** Every replica reads the same rows: take the maximum over replicas, not the sum. */
function samlGauges(registers: Registry[]): Record<keyof SamlMetadataGauges, Gauge> {
  const gauge = (name: string, help: string) => new Gauge({ name: `vestibule_saml_${name}`, help, registers });
  return {
    stale: gauge('metadata_stale', 'Connections whose identity provider metadata could not be refreshed.'),
    pending: gauge('metadata_pending', 'Connections with identity provider metadata that await approval.'),
    expiring: gauge('certificates_expiring', 'Identity provider certificates in use that expire within 30 days.'),
    expired: gauge('certificates_expired', 'Identity provider certificates in use that have expired.'),
  };
}

function auditChainGauges(registers: Registry[]): Metrics['auditChain'] {
  const named = (name: string, help: string) => new Gauge({ name: `vestibule_audit_chain_${name}`, help, registers });
  const position = named('position', 'Records of the audit chain so far.');
  const chainedAt = named('timestamp_seconds', 'When the last record of the audit chain was made, seconds since 1970.');
  return (gauges) => {
    position.set(gauges.position);
    chainedAt.set((gauges.chainedAt?.getTime() ?? 0) / 1000);
  };
}

function housekeepingMetrics(registers: Registry[]): HousekeepingMetrics {
  const named = (name: string, help: string) => ({ name: `vestibule_housekeeping_${name}`, help, registers });
  const rows = new Counter({ ...named('rows_total', 'Rows removed, or blanked in a column.'), labelNames: ['what'] });
  const partitions = new Counter({ ...named('partitions_dropped_total', 'Months dropped.'), labelNames: ['table'] });
  const seconds = new Gauge(named('round_seconds', 'Duration of the last completed round.'));
  const completed = new Gauge(
    named('completed_timestamp_seconds', 'End of the last completed round, seconds since 1970.'),
  );
  return {
    removed: (what, count) => rows.inc({ what }, count),
    partitionDropped: (table) => partitions.inc({ table }),
    completed(duration, at) {
      seconds.set(duration);
      completed.set(at.getTime() / 1000);
    },
  };
}
