/** Whether a provider of plain OAuth 2.0, which publishes nothing of itself, is where the connection says: its API is asked. */
import { SsoError } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import type { ProviderExamination } from './examination.ts';
import { readJsonObject } from './json-answer.ts';
import type { OAuth2Provider } from './provider.ts';
import { getDocument } from './provider-calls.ts';

/**
 * Without a token, the API has to want one (RFC 6750 §3), in JSON; 403 and 429 are how GitHub counts those who have none.
 * @throws SsoError `connection_misconfigured`, `url_not_allowed`, `idp_*`
 */
export async function examineApi(
  outbound: Outbound,
  connection: Connection,
  provider: OAuth2Provider,
): Promise<ProviderExamination> {
  const { issuer, tokenEndpoint, userinfoEndpoint } = provider.metadata(connection.issuer);
  const answer = await getDocument(outbound, { id: `${connection.id}:check` }, userinfoEndpoint);
  const { status } = answer;
  if (status >= 500) throw new SsoError('idp_unavailable', { detail: `API: ${status}` });
  if (![401, 403, 429].includes(status)) throw missing(status);
  try {
    readJsonObject(answer);
  } catch {
    throw missing(status);
  }
  return {
    issuer: undefined,
    expectedIssuer: undefined,
    endpointFaults: [],
    announced: () => undefined,
    tokenEndpoint: { issuer, tokenEndpoint, clientAuthentications: undefined, assertionAudience: 'token_endpoint' },
  };
}

function missing(status: number): SsoError {
  return new SsoError('idp_document_missing', { detail: `API: ${status}` });
}
