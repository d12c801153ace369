/** A provider's public document (discovery, SAML metadata), or what it means that there is none. */
import { SsoError, type SsoErrorCode } from '#error';
import type { OutboundResponse } from '#ports/http/outbound.ts';
import { type JsonObject, readJsonObject } from './json-answer.ts';

/** @throws SsoError `idp_unavailable`, `idp_document_missing`, `idp_document_forbidden`, `idp_bad_response` */
export function readDiscoveryDocument(answer: OutboundResponse): JsonObject {
  if (answer.status !== 200) throw documentRefusal('discovery', answer.status);
  // what a server shows under addresses that it does not know
  const isPage = /^(text\/html|application\/xhtml\+xml)\b/i.test(answer.headers['content-type'] ?? '');
  if (isPage) throw new SsoError('idp_document_missing', { detail: 'discovery: 200 with a web page' });
  return readJsonObject(answer);
}

/** @param status any but 200; redirects don't come here */
export function documentRefusal(document: 'discovery' | 'metadata', status: number): SsoError {
  return new SsoError(meaningOf(status), { detail: `${document}: ${status}` });
}

function meaningOf(status: number): SsoErrorCode {
  if (status === 429 || status >= 500) return 'idp_unavailable';
  // Entra ID and Okta answer 400 for a tenant or server that there is not
  if (status === 400 || status === 404 || status === 410) return 'idp_document_missing';
  return status === 401 || status === 403 || status === 451 ? 'idp_document_forbidden' : 'idp_bad_response';
}
