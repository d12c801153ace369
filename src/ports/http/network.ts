/** Whom an address counts for. */
import ipaddr from 'ipaddr.js';

/** IPv6 clients count by /64, the smallest network that anybody is given; callers without an address share one name. */
export function networkOf(address: string | null): string {
  if (address === null) return 'unknown';
  const parsed = ipaddr.parse(address);
  if (parsed.kind() === 'ipv4') return address;
  return parsed.toByteArray().slice(0, 8).join('.');
}
