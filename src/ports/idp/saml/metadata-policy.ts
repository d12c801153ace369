/**
 * What a connection asks of its provider's metadata beyond their form: something to sign in with, the pinned
 * entity id, addresses that a browser may be sent to, and dates (SAML metadata §2.3.1, §2.3.2).
 */
import { SsoError } from '#error';
import type { IdpMetadata, SamlEndpoint } from '#ports/db/saml-schema.ts';
import { type AllowList, destination } from '#ports/http/url-policy.ts';

const MAX_ENTITY_ID = 1_024;
/** Characters of names that a trace shows. */
const SHOWN = 200;
const MAX_LOCATION = 2_048;
/** What the URL parser would quietly drop or turn into `/`. */
const AMBIGUOUS = /[\s\\\p{Cc}]/u;

/** How long a copy may be used without reading the source again, when nobody says less. */
const REFRESH_SECONDS = 6 * 3_600;
/** And how soon it may be, whoever asks for it but the operator. */
export const MIN_REFRESH_SECONDS = 300;
/** Replicas and connections that were read together don't come back together. */
const JITTER = 0.1;

/**
 * @param pinned the entity id to insist on
 * @throws SsoError `saml_metadata`, with the XML path of the member in `detail`; `saml_entity_id_mismatch`
 */
export function requireUsable(metadata: IdpMetadata, pinned: string | undefined, allow: AllowList): void {
  const { entityId, certificates, singleSignOn, singleLogout } = metadata;
  if (entityId.length > MAX_ENTITY_ID) refuse(`EntityDescriptor/@entityID: is longer than ${MAX_ENTITY_ID} characters`);
  if (pinned !== undefined && entityId !== pinned)
    throw new SsoError('saml_entity_id_mismatch', {
      detail: 'EntityDescriptor/@entityID: is not the one that the connection is pinned to',
      evidence: { expected: pinned.slice(0, SHOWN), actual: entityId.slice(0, SHOWN) },
    });
  if (singleSignOn.length === 0)
    refuse('IDPSSODescriptor/SingleSignOnService: none has the HTTP-Redirect or HTTP-POST binding');
  if (certificates.length === 0) refuse('IDPSSODescriptor/KeyDescriptor: none has a certificate for signing');
  requireLocations('SingleSignOnService', singleSignOn, allow);
  requireLocations('SingleLogoutService', singleLogout, allow);
}

/** @throws SsoError `saml_metadata` after `validUntil`: then metadata must not be used any more */
export function requireValid({ validUntil }: IdpMetadata, now: Date): void {
  if (isOver(validUntil, now)) refuse('EntityDescriptor/@validUntil: is past; the provider has to publish a new copy');
}

export function isOver(validUntil: string | null, now: Date): boolean {
  return validUntil !== null && Date.parse(validUntil) <= now.getTime();
}

/** When a copy that was just read is read again. */
export function nextCheck({ validUntil, cacheSeconds }: IdpMetadata, now: Date): Date {
  return after(Math.min(REFRESH_SECONDS, cacheSeconds ?? REFRESH_SECONDS, halfLeft(validUntil, now)), now);
}

/** When a source that could not be read is tried again: later and later, but well before the copy in use is over. */
export function nextAttempt(failures: number, document: IdpMetadata | null, now: Date): Date {
  const backoff = MIN_REFRESH_SECONDS * 2 ** Math.min(failures - 1, 10);
  return after(Math.min(REFRESH_SECONDS, backoff, halfLeft(document?.validUntil ?? null, now)), now);
}

function halfLeft(validUntil: string | null, now: Date): number {
  return validUntil === null ? Number.POSITIVE_INFINITY : (Date.parse(validUntil) - now.getTime()) / 2_000;
}

function after(seconds: number, now: Date): Date {
  // Spreads load, guards nothing: an ordinary random number will do.
  const spread = seconds * (1 - JITTER + Math.random() * 2 * JITTER);
  return new Date(now.getTime() + Math.max(MIN_REFRESH_SECONDS, spread) * 1_000);
}

/** Browsers are sent there, nothing is fetched: a name inside the network is fine, another scheme than https is not. */
function requireLocations(service: string, endpoints: readonly SamlEndpoint[], allow: AllowList): void {
  for (const { binding, location, responseLocation } of endpoints) {
    const place = `IDPSSODescriptor/${service}[${binding}]`;
    if (!isNavigable(location, allow)) refuse(`${place}/@Location: ${WANTED}`);
    if (responseLocation !== undefined && !isNavigable(responseLocation, allow))
      refuse(`${place}/@ResponseLocation: ${WANTED}`);
  }
}

const WANTED = 'has to be a plain https URL, or its host:port in OUTBOUND_ALLOW';

function isNavigable(location: string, allow: AllowList): boolean {
  const url = location.length > MAX_LOCATION || AMBIGUOUS.test(location) ? null : URL.parse(location);
  if (!url || url.username || url.password || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && allow.has(destination(url)));
}

function refuse(detail: string): never {
  throw new SsoError('saml_metadata', { detail });
}
