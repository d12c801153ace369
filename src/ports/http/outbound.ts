/**
 * The one outbound HTTP client: contract. Everything that leaves the process over HTTP goes through an
 * `Outbound`; `createOutbound` in `client.ts` makes it. Tenants choose the addresses, so each call is vetted
 * (`url-policy.ts`, `address-policy.ts`), bounded (`exchange.ts`) and kept from starving others (`circuits.ts`).
 */

/** One request to the world. Bodies are small texts; answers are read whole, within the limits. */
export interface OutboundRequest {
  readonly url: string | URL;
  readonly method?: 'GET' | 'POST';
  /** `host`, `content-length`, `accept-encoding` and `user-agent` are set by the client. */
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Whole-call deadline, milliseconds: name resolution, connecting, a retry and reading the answer included. */
  readonly deadlineMs: number;
  /** Limit of the body, bytes. Compressed answers are refused, so what is counted is what is decoded. */
  readonly maxBytes: number;
  /** What the circuit breaker and the concurrency cap are counted by: the connection's id. */
  readonly circuit: string;
  /** GETs may be tried once more with jitter, on transport failure only; a code exchange never is. */
  readonly retry?: boolean;
}

/** The answer, read whole: any status but 3xx. Header names are lower case. */
export interface OutboundResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Valid UTF-8. A byte order mark stays in place, so that JSON readers refuse it (RFC 8259 §8.1). */
  readonly body: string;
}

/**
 * The `detail` of an error names the class of the failure only (`refused`, `no route`, `tls_error (CERT_HAS_EXPIRED)`,
 * `too large`), never anything that the remote said or that we sent.
 *
 * @throws SsoError `url_not_allowed`, `idp_name_not_found`, `idp_connection_refused`, `idp_connect_timeout`,
 * `idp_certificate_*`, `idp_tls_failed`, `idp_unreachable` (any other failure of the connection, an open circuit),
 * `idp_timeout`, `idp_busy`, `idp_redirect`, `idp_bad_response` (too large, broken encoding)
 */
export type Outbound = (request: OutboundRequest) => Promise<OutboundResponse>;
