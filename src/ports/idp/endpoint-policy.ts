/**
 * Which endpoints an issuer's metadata may name. A metadata document is input: whoever can change it could
 * otherwise have codes and client secrets sent elsewhere, or our own network called.
 */

import { getDomain } from 'tldts';
import { SsoError } from '#error';

/** Whether the outbound client would call a URL. */
export type MayCall = (url: string) => boolean;

export const isHttps: MayCall = (url) => url.startsWith('https://');

/**
 * The endpoint has to lie on the issuer's origin, on one of `trustedOrigins`, or (https on the default port)
 * within the issuer's registrable domain by the Public Suffix List, its private part included, so that
 * two tenants of one hosting domain stay strangers. Addresses have no registrable domain.
 *
 * @param name as the metadata spells it, for the trace
 * @param mayCall whether the outbound client would call it, which plain http has to be allowed for
 * @throws SsoError `url_not_allowed` when it is no https URL and may not be called, `metadata_changed` when it lies elsewhere
 */
export function requireTrustedEndpoint(
  name: string,
  endpoint: string,
  issuer: string,
  trustedOrigins: readonly string[],
  mayCall: MayCall = isHttps,
): void {
  const url = URL.parse(endpoint);
  const home = URL.parse(issuer);
  const isPlain = url && !url.username && !url.password && !url.hash && /^https?:$/.test(url.protocol);
  if (!isPlain || !home) throw new SsoError('url_not_allowed', { detail: `${name} is not an https URL` });
  if (url.origin === home.origin || trustedOrigins.some((origin) => URL.parse(origin)?.origin === url.origin)) return;
  // allowed by OUTBOUND_ALLOW, it lacks what any other foreign origin lacks: the connection's trust
  if (url.protocol !== 'https:' && !mayCall(endpoint))
    throw new SsoError('url_not_allowed', { detail: `${name} is not an https URL` });

  const domain = registrableDomain(url);
  if (
    url.protocol === 'https:' &&
    url.port === '' &&
    home.protocol === 'https:' &&
    domain !== null &&
    domain === registrableDomain(home)
  )
    return;
  throw new SsoError('metadata_changed', { detail: `${name} is on another site than the issuer: ${url.origin}` });
}

function registrableDomain(url: URL): string | null {
  return getDomain(url.hostname, { allowPrivateDomains: true });
}
