/** Sends the code to the token endpoint (RFC 6749 §4.1.3 with RFC 7636 §4.5), through one of two libraries. */
import { SsoError } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound, OutboundResponse } from '#ports/http/outbound.ts';
import { exchangeWithArctic } from './arctic-client.ts';
import type { ClientCredentials } from './client-authentication.ts';
import { exchangeWithOauth4webapi } from './oauth4webapi-client.ts';

/** Everything that one code exchange needs. */
export interface CodeExchange {
  readonly connection: Connection;
  readonly clientId: string;
  readonly credentials: ClientCredentials;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly assertionAudience: 'issuer' | 'token_endpoint';
  readonly redirectUri: string;
  readonly codeVerifier: string;
  readonly code: string;
  /** Seconds that our clock is ahead of the machine's: 0 outside tests. */
  readonly clockOffsetSeconds: number;
}

/**
 * The raw answer: both libraries build and send the request, and neither's reading of the answer is
 * relied on. Arctic serves the named providers; it knows no other client authentication than a secret
 * in the header, so a connection that asks for one is served as an issuer-configured one is.
 *
 * @throws SsoError as of Outbound
 */
export function exchangeCode(outbound: Outbound, exchange: CodeExchange): Promise<OutboundResponse> {
  const { method } = exchange.credentials;
  const isNamed = exchange.connection.type !== 'oidc';
  if (isNamed && (method === 'client_secret_basic' || method === 'none')) return exchangeWithArctic(outbound, exchange);
  return exchangeWithOauth4webapi(outbound, exchange);
}

/** @throws SsoError `connection_misconfigured` */
export function requireClientId(connection: Connection): string {
  if (connection.clientId) return connection.clientId;
  throw new SsoError('connection_misconfigured', { detail: 'the connection has no client id' });
}
