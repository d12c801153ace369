/**
 * Email addresses (RFC 5321 §4.1.2, the dot-string subset): normalised before anything is compared with
 * them, so that no later normalisation can make two addresses equal that a check saw as different.
 */

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

export interface Email {
  readonly address: string;
  readonly domain: string;
}

/** NFKC, lower case, domain in its ASCII form; undefined when it is no address that we accept (≤ 254 characters). */
export function parseEmail(text: string): Email | undefined {
  if (text.length > 320) return undefined;
  const normalised = text.normalize('NFKC').trim().toLowerCase();
  const at = normalised.lastIndexOf('@');
  const local = normalised.slice(0, at);
  const domain = parseDomain(normalised.slice(at + 1));
  // RFC 5321 §4.1.2: a Domain has no dot of the root
  if (normalised.endsWith('.') || at < 1 || local.length > 64 || !LOCAL.test(local) || !domain) return undefined;
  const address = `${local}@${domain}`;
  return address.length <= 254 ? { address, domain } : undefined;
}

/** A DNS name in lower-case ASCII (IDNA), with at least two labels and without the root's dot (RFC 1034 §3.1), which may be written; undefined when it is none. */
export function parseDomain(text: string): string | undefined {
  if (/[\s/?#@:\\[\]%]/.test(text)) return undefined;
  const url = `http://${text.replace(/\.$/, '')}/`;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return DOMAIN.test(hostname) && hostname.length <= 253 ? hostname : undefined;
}
