/** The two kinds of call that a login makes to its identity provider, with their limits. */
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound, OutboundResponse } from '#ports/http/outbound.ts';

/** Limit of any decoded answer, bytes. */
const MAX_BYTES = 256 * 1024;
const GET_DEADLINE_MS = 5_000;
const TOKEN_DEADLINE_MS = 10_000;
/** Some providers (GitHub) refuse a request without one. */
const USER_AGENT = 'Vestibule';

type Called = Pick<Connection, 'id'> & Partial<Pick<Connection, 'status'>>;

/** A draft, which a test login runs on as well, has a circuit of its own: what is tried out must not refuse logins. */
const circuitOf = ({ id, status }: Called) => (status === 'draft' ? `${id}:draft` : id);

/** Reads a document (discovery, JWKS, userinfo): 5 s, tried once more, 256 KiB. @throws SsoError as of Outbound */
export function getDocument(
  outbound: Outbound,
  connection: Called,
  url: string,
  headers: Record<string, string> = {},
): Promise<OutboundResponse> {
  return outbound({
    url,
    method: 'GET',
    headers: { accept: 'application/json', ...headers, 'user-agent': USER_AGENT },
    deadlineMs: GET_DEADLINE_MS,
    maxBytes: MAX_BYTES,
    circuit: circuitOf(connection),
    retry: true,
  });
}

/** Posts to the token endpoint: 10 s and never again, for a code is good for one use. @throws SsoError as of Outbound */
export function postToken(
  outbound: Outbound,
  connection: Called,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<OutboundResponse> {
  return outbound({
    url,
    method: 'POST',
    headers: { ...headers, 'user-agent': USER_AGENT },
    body,
    deadlineMs: TOKEN_DEADLINE_MS,
    maxBytes: MAX_BYTES,
    circuit: circuitOf(connection),
    retry: false,
  });
}

/** When the provider answered, by its own clock (RFC 9110 §6.6.1); undefined when it does not say. */
export function dateOf({ headers }: OutboundResponse): Date | undefined {
  const date = new Date(headers['date'] ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The answer in the shape that OAuth libraries expect of `fetch`. */
export function asResponse(answer: OutboundResponse): Response {
  const hasNoBody = answer.status === 204 || answer.status === 205 || answer.status === 304;
  return new Response(hasNoBody ? null : answer.body, { status: answer.status, headers: answer.headers });
}
