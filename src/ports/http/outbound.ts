/** The one outbound HTTP client: contract. */

/** One request to the world. Bodies are small texts; answers are read whole, within the limits. */
export interface OutboundRequest {
  readonly url: string | URL;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Whole-call deadline, milliseconds. */
  readonly deadlineMs: number;
  /** Limit of the decoded body, bytes. */
  readonly maxBytes: number;
  /** What the circuit breaker and the concurrency cap are counted by: the connection's id. */
  readonly circuit: string;
  /** GETs may be tried once more with jitter; a code exchange never is. */
  readonly retry?: boolean;
}

/** The answer, read whole. Header names are lower case. */
export interface OutboundResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * @throws SsoError `url_not_allowed`, `idp_unreachable`, `idp_timeout`, `idp_busy`, `idp_redirect`,
 * `idp_bad_response` (too large, broken encoding)
 */
export type Outbound = (request: OutboundRequest) => Promise<OutboundResponse>;
