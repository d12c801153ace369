/** Makes the one outbound HTTP client out of its parts: vetting, circuit, one retry, pooled connections. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { SsoError } from '#error';
import { type Clock, systemClock } from '#ports/clock.ts';
import { createLookup, type Resolve, resolveBySystem } from './address-policy.ts';
import { type CircuitState, createCircuits } from './circuits.ts';
import { type Exchange, exchange } from './exchange.ts';
import type { Outbound, OutboundRequest, OutboundResponse } from './outbound.ts';
import { isTransportFailure } from './transport-error.ts';
import { assertUrlAllowed, destination, parseAllowList } from './url-policy.ts';

export interface OutboundOptions {
  /** `host:port` entries of `OUTBOUND_ALLOW`. */
  readonly allow: readonly string[];
  /** Measures how long circuits stay open; deadlines run on real time. */
  readonly clock?: Clock;
  /** Name resolution; the operating system's unless given. */
  readonly resolve?: Resolve;
  /** PEM of the certificate authorities to trust instead of the runtime's own. */
  readonly certificateAuthorities?: string;
  readonly onStateChange?: (circuit: string, state: CircuitState) => void;
}

/** Callable as `Outbound`. */
export interface OutboundClient extends Outbound {
  /**
   * Vets a URL without calling it, for metadata that is saved.
   * @throws SsoError `url_not_allowed`
   */
  assertUrlAllowed(url: string | URL): void;
  /** Closes every connection; calls under way fail. */
  close(): void;
}

/** Idle connections are given up before servers do (5 s is a common limit), lest a POST meets a closing one. */
const IDLE_MS = 4_000;
/** Idle connections kept per destination. */
const MAX_IDLE = 32;
/** Pause before a retry: 50 to 150 ms, so that callers that failed together don't come back together. */
const RETRY_PAUSE_MS = 50;
const RETRY_JITTER_MS = 100;

/** @throws RangeError when an entry of `allow` is not `host:port` */
export function createOutbound(options: OutboundOptions): OutboundClient {
  const allow = parseAllowList(options.allow);
  const circuits = createCircuits({ clock: options.clock ?? systemClock, onStateChange: options.onStateChange });
  const pool = createPool(options);
  let closed = false;
  const assertOpen = () => {
    if (closed) throw new SsoError('idp_unreachable', { detail: 'stopping', retryAfterSeconds: 1 });
  };

  async function send(request: OutboundRequest): Promise<OutboundResponse> {
    const url = assertUrlAllowed(request.url, allow);
    const transport = pool.transport(url, allow.has(destination(url)));
    const startedAt = performance.now();
    const leave = await circuits.enter(request.circuit);
    let failed = false;
    try {
      assertOpen();
      const remainingMs = request.deadlineMs - (performance.now() - startedAt);
      const response = await attempt({ url, request, remainingMs, transport }, assertOpen);
      failed = response.status >= 500;
      return response;
    } catch (error) {
      failed = isTransportFailure(error) || (error instanceof SsoError && error.code === 'idp_timeout');
      throw error;
    } finally {
      leave(failed);
    }
  }

  return Object.assign(send, {
    assertUrlAllowed: (url: string | URL) => void assertUrlAllowed(url, allow),
    close() {
      closed = true;
      pool.close();
    },
  });
}

/**
 * A pooled connection serves whoever calls its `host:port`, and whether that is on the allow-list never
 * changes, so a connection that was vetted when it was made stays vetted.
 */
function createPool(options: OutboundOptions) {
  const limits = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: MAX_IDLE };
  const http = new HttpAgent(limits);
  // Said here as well, because variables such as NODE_TLS_REJECT_UNAUTHORIZED would change the defaults.
  const tls = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;
  const trust = options.certificateAuthorities === undefined ? {} : { ca: options.certificateAuthorities };
  const https = new HttpsAgent({ ...limits, ...tls, ...trust });
  const resolve = options.resolve ?? resolveBySystem;
  const vettedLookup = createLookup(resolve, true);
  const allowedLookup = createLookup(resolve, false);
  return {
    transport: (url: URL, isAllowed: boolean): Exchange['transport'] => ({
      agent: url.protocol === 'https:' ? https : http,
      lookup: isAllowed ? allowedLookup : vettedLookup,
    }),
    close(): void {
      http.destroy();
      https.destroy();
    },
  };
}

/** One exchange, and for a GET that may be retried a second one within the same deadline. */
async function attempt(first: Exchange, assertOpen: () => void): Promise<OutboundResponse> {
  const { method = 'GET', retry = false } = first.request;
  const startedAt = performance.now();
  try {
    return await exchange(first);
  } catch (error) {
    if (!isTransportFailure(error) || !retry || method !== 'GET') throw error;
    // Spreads load, guards nothing: an ordinary random number will do.
    const pauseMs = RETRY_PAUSE_MS + Math.random() * RETRY_JITTER_MS;
    const remainingMs = first.remainingMs - (performance.now() - startedAt) - pauseMs;
    if (remainingMs <= 0) throw error;
    await new Promise((resume) => setTimeout(resume, pauseMs));
    assertOpen();
    return await exchange({ ...first, remainingMs });
  }
}
