/** The token endpoint's answer, read strictly (RFC 6749 §5.1 and §5.2, OpenID Connect Core §3.1.3.3). */
import { SsoError } from '#error';
import type { OutboundResponse } from '#ports/http/outbound.ts';
import { badResponse, isJsonObject, member, readJsonObject } from './json-answer.ts';

/** `expires_in`, `refresh_token` and `scope` are not read: the provider's tokens are used once and dropped. */
export interface TokenResponse {
  readonly accessToken: string;
  readonly idToken?: string | undefined;
}

const CODE_REFUSED = ['invalid_grant', 'bad_verification_code'];
const CLIENT_REFUSED = ['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'];

/**
 * @throws SsoError `code_exchange_failed`, `idp_client_auth_failed`, `idp_redirect`, `idp_bad_response`
 */
export function readTokenResponse(response: OutboundResponse): TokenResponse {
  if (response.status >= 300 && response.status < 400) throw new SsoError('idp_redirect');
  if (response.status !== 200) throw refusal(response.status, errorCode(response.body));

  const body = readJsonObject(response);
  // GitHub answers 200 to what it refuses
  if (member(body, 'error') !== undefined) throw refusal(200, errorCode(response.body));

  const accessToken = member(body, 'access_token');
  const tokenType = member(body, 'token_type');
  const idToken = member(body, 'id_token');
  if (typeof accessToken !== 'string' || accessToken === '') throw badResponse('the answer has no access_token');
  if (typeof tokenType !== 'string' || tokenType.toLowerCase() !== 'bearer')
    throw badResponse('token_type is not Bearer');
  return { accessToken, idToken: typeof idToken === 'string' && idToken !== '' ? idToken : undefined };
}

function refusal(status: number, error: string | undefined): SsoError {
  const detail = `token endpoint: ${status}${error === undefined ? '' : ` ${error}`}`;
  if (error !== undefined && CODE_REFUSED.includes(error)) return new SsoError('code_exchange_failed', { detail });
  if (status === 401 || (error !== undefined && CLIENT_REFUSED.includes(error))) {
    return new SsoError('idp_client_auth_failed', { detail });
  }
  return badResponse(detail);
}

/** The `error` member if it looks like one of the registered tokens; descriptions are the provider's own text and stay out. */
function errorCode(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const error = isJsonObject(value) ? member(value, 'error') : undefined;
    return typeof error === 'string' && /^[a-z_]{1,64}$/.test(error) ? error : undefined;
  } catch {
    return undefined;
  }
}
