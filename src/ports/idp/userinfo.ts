/** The userinfo endpoint (OpenID Connect Core §5.3), and what plain OAuth 2.0 providers have in its place. */
import type { SsoError } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound, OutboundResponse } from '#ports/http/outbound.ts';
import { badResponse, isJsonObject, type JsonObject, readJson, readJsonObject } from './json-answer.ts';
import { getDocument } from './provider-calls.ts';

/** @throws SsoError `idp_*`, also for an answer that is not 200 */
export async function fetchUserinfo(
  outbound: Outbound,
  connection: Connection,
  endpoint: string,
  accessToken: string,
): Promise<JsonObject> {
  return readJsonObject(await fetchWithToken(outbound, connection, endpoint, accessToken));
}

/** The list of addresses: objects; other items are left out. @throws SsoError `idp_*` */
export async function fetchEmails(
  outbound: Outbound,
  connection: Connection,
  endpoint: string,
  accessToken: string,
): Promise<readonly JsonObject[]> {
  const refusal = (status: number) => badResponse(`emails: ${status}`);
  const list = readJson(await fetchWithToken(outbound, connection, endpoint, accessToken, refusal));
  if (!Array.isArray(list)) throw badResponse('the answer is not a list');
  return list.filter(isJsonObject);
}

/** @param refusal of an answer that is not 200 @throws SsoError `idp_*`, or the refusal */
export async function fetchWithToken(
  outbound: Outbound,
  connection: Connection,
  endpoint: string,
  accessToken: string,
  refusal = (status: number): SsoError => badResponse(`userinfo: ${status}`),
): Promise<OutboundResponse> {
  // a header value from outside: whatever is no RFC 6750 §2.1 token must not get into it
  if (!/^[\w.~+/-]+=*$/.test(accessToken)) throw badResponse('the access token has characters that no token has');
  const answer = await getDocument(outbound, connection, endpoint, { authorization: `Bearer ${accessToken}` });
  if (answer.status !== 200) throw refusal(answer.status);
  return answer;
}
