/** Counters and durations for Prometheus (text format 0.0.4). Labels have few values: no ids, no addresses. */
import { Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** One finished or refused login. `reason` is empty for a success. */
  login(dialect: string, reason: string): void;
  /** One answered request; `route` is the pattern, never the path. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** A cached document of an identity provider had to do past its time. */
  stale(kind: 'discovery' | 'jwks'): void;
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
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    login: (dialect, reason) => logins.inc({ dialect, reason }),
    request: (route, method, status, seconds) =>
      requests.observe({ route, method: METHODS.has(method) ? method : 'OTHER', status: String(status) }, seconds),
    stale: (kind) => stale.inc({ kind }),
  };
}
