/** Reads the connection's issuer or base URL for the named providers. */
import { SsoError } from '#error';

/**
 * The URL without query, fragment, credentials and trailing slashes, ready to be built upon.
 *
 * @param issuer as configured; null takes `fallback`
 * @throws SsoError `connection_misconfigured` when neither is there, or it is no plain http(s) URL
 */
export function baseUrl(issuer: string | null, fallback?: string): URL {
  const url = URL.parse(issuer ?? fallback ?? '');
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new SsoError('connection_misconfigured', { detail: 'issuer is missing or is not a plain URL' });
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** The URL as text without a trailing slash. */
export function baseText(issuer: string | null, fallback?: string): string {
  return baseUrl(issuer, fallback).href.replace(/\/$/, '');
}
