/** The token endpoint's answer, read strictly (RFC 6749 §5.1 and §5.2, OpenID Connect Core §3.1.3.3). */
import { SsoError } from '#error';
import type { OutboundResponse } from '#ports/http/outbound.ts';
import { badResponse, member, readJsonObject } from './json-answer.ts';
import { tokenRefusal } from './token-refusal.ts';

/** `expires_in`, `refresh_token` and `scope` are not read: the provider's tokens are used once and dropped. */
export interface TokenResponse {
  readonly accessToken: string;
  readonly idToken?: string | undefined;
}

/**
 * @throws SsoError `idp_redirect`, `idp_bad_response`, or the reason of the provider's refusal
 */
export function readTokenResponse(response: OutboundResponse): TokenResponse {
  if (response.status >= 300 && response.status < 400) throw new SsoError('idp_redirect');
  if (response.status !== 200) throw tokenRefusal(response);

  const body = readJsonObject(response);
  // GitHub answers 200 to what it refuses
  if (member(body, 'error') !== undefined) throw tokenRefusal(response);

  const accessToken = member(body, 'access_token');
  const tokenType = member(body, 'token_type');
  const idToken = member(body, 'id_token');
  if (typeof accessToken !== 'string' || accessToken === '') throw badResponse('the answer has no access_token');
  if (typeof tokenType !== 'string' || tokenType.toLowerCase() !== 'bearer')
    throw badResponse('token_type is not Bearer');
  return { accessToken, idToken: typeof idToken === 'string' && idToken !== '' ? idToken : undefined };
}
