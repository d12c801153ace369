/**
 * Arctic: authorization URLs of every provider, and the code exchange of the named ones.
 *
 * Arctic is pinned and no longer maintained. It builds requests here and nothing more: what the provider
 * answers is read by token-response.ts, and replacing Arctic touches this file.
 */

import { ArcticFetchError, CodeChallengeMethod, OAuth2Client } from 'arctic';
import { SsoError } from '#error';
import type { Outbound, OutboundResponse } from '#ports/http/outbound.ts';
import type { CodeExchange } from './code-exchange.ts';
import type { AuthorizationRequest } from './identity-provider.ts';
import { asResponse, postToken } from './provider-calls.ts';
import { withFetch } from './scoped-fetch.ts';

/** What an authorization request carries beyond RFC 6749 §4.1.1 and PKCE; absent members are left out. */
export interface AuthorizationParameters {
  readonly nonce?: string | undefined;
  readonly login_hint?: string | undefined;
  readonly max_age?: string | undefined;
}

/**
 * The authorization request with PKCE S256 (RFC 7636 §4.3), whatever the provider says about PKCE. Parameters
 * of the same name in the endpoint's own query are replaced, so metadata can't smuggle in a `state` or
 * `redirect_uri`.
 */
export function authorizationUrl(
  endpoint: string,
  clientId: string,
  scopes: readonly string[],
  request: AuthorizationRequest,
  parameters: AuthorizationParameters,
): URL {
  const client = new OAuth2Client(clientId, null, request.redirectUri);
  const { state, codeVerifier } = request;
  const url = client.createAuthorizationURLWithPKCE(endpoint, state, CodeChallengeMethod.S256, codeVerifier, [
    ...scopes,
  ]);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

/** @throws SsoError as of Outbound */
export async function exchangeWithArctic(outbound: Outbound, exchange: CodeExchange): Promise<OutboundResponse> {
  const { connection, clientId, credentials, redirectUri, tokenEndpoint, code, codeVerifier } = exchange;
  const client =
    credentials.method === 'client_secret_basic'
      ? new OAuth2Client(formEncode(clientId), formEncode(credentials.secret), redirectUri)
      : new OAuth2Client(clientId, null, redirectUri);

  let answer: OutboundResponse | undefined;
  const send = async (request: Request) => {
    const headers = Object.fromEntries(request.headers);
    delete headers['content-length'];
    answer = await postToken(outbound, connection, request.url, headers, await request.text());
    return asResponse(answer);
  };
  try {
    await withFetch(send, () => client.validateAuthorizationCode(tokenEndpoint, code, codeVerifier));
  } catch (error) {
    if (error instanceof ArcticFetchError && error.cause instanceof SsoError) throw error.cause;
    // Arctic's own opinion of an answer does not count; without an answer, something of ours is broken
    if (!answer) throw error;
  }
  if (!answer)
    throw new SsoError('internal_error', { detail: 'the code exchange did not pass through the outbound client' });
  return answer;
}

/**
 * RFC 6749 §2.3.1: id and secret are form-encoded before they are joined with a colon. Arctic leaves that
 * out. Characters that all the known secrets are made of (letters, digits, `-._~`) stay as they are, so a
 * provider that forgets to decode is served as well.
 */
function formEncode(text: string): string {
  return encodeURIComponent(text).replace(/%20/g, '+');
}
