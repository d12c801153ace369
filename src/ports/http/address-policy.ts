/**
 * Which addresses may be connected to: global unicast only (IANA special-purpose address registries,
 * RFC 6890). `createLookup` is the hook that `node:net` asks for addresses: the connection is made to the very
 * answer that was vetted, so a name that changes its answer between check and use (DNS rebinding) gains nothing.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { SsoError } from '#error';

interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Resolves a name to all of its addresses; rejects when there are none. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** The operating system's resolver, `/etc/hosts` included. */
export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** All of today's global unicast IPv6. The range table takes special blocks out of it, not all that lies outside. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Judges the host of a URL, if it is an address; `undefined` for a name.
 * Translated forms (`::ffff:…`, `64:ff9b::…`) are refused whatever they hold: nobody writes a provider's URL so.
 */
export function isPublicLiteral(hostname: string): boolean | undefined {
  if (hostname.startsWith('[')) return isGlobalUnicast(ipaddr.parse(hostname.slice(1, -1)));
  return ipaddr.IPv4.isValidFourPartDecimal(hostname) ? isGlobalUnicast(ipaddr.parse(hostname)) : undefined;
}

/**
 * Judges an address out of the DNS. Where IPv6-only networks reach IPv4 by translation (RFC 6052 well-known
 * prefix, RFC 6147), the address inside decides.
 */
function isPublicAnswer(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return isGlobalUnicast(parsed instanceof ipaddr.IPv6 ? withoutTranslation(parsed) : parsed);
}

const TRANSLATED = [ipaddr.IPv6.parseCIDR('64:ff9b::/96'), ipaddr.IPv6.parseCIDR('::ffff:0:0/96')];

function withoutTranslation(address: ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  const isTranslated = TRANSLATED.some((prefix) => address.match(prefix));
  return isTranslated ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

function isGlobalUnicast(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address instanceof ipaddr.IPv6 && !address.match(GLOBAL_IPV6)) return false;
  return address.range() === 'unicast';
}

/**
 * Makes the `lookup` hook for `node:net`.
 *
 * @param vet refuse the name if any of its addresses is not public; off for hosts of the allow-list
 * @returns a hook whose errors are SsoError `idp_name_not_found` or `url_not_allowed`
 */
export function createLookup(resolve: Resolve, vet: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolveVetted(resolve, hostname, vet).then(
      (addresses) => {
        if (options.all) callback(null, addresses);
        else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
      },
      (error: SsoError) => callback(error, ''),
    );
  };
}

async function resolveVetted(resolve: Resolve, hostname: string, vet: boolean): Promise<ResolvedAddress[]> {
  const addresses = await resolve(hostname).catch(() => []);
  if (addresses.length === 0) throw new SsoError('idp_name_not_found', { detail: 'dns' });
  if (vet && !addresses.every(({ address }) => isPublicAnswer(address))) {
    throw new SsoError('url_not_allowed', { detail: 'the name resolves to an address that is not public' });
  }
  return [...addresses];
}
