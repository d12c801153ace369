/**
 * Which URLs may be called at all, judged without the network (OWASP SSRF prevention; RFC 6761, RFC 6762).
 * Judged is what the WHATWG parser made of the text, since that is what would be called: it turns `0x7f.1`,
 * `2130706433` and `①②⑦.⓪.⓪.①` into `127.0.0.1`.
 */
import { SsoError } from '#error';
import { isPublicLiteral } from './address-policy.ts';

/** Destinations in canonical form, `host:port`, that may be private or plain http. */
export type AllowList = ReadonlySet<string>;

const MAX_URL_LENGTH = 8_192;
/** What the parser would quietly drop or turn into `/`: two readers of such a text see two addresses. */
const AMBIGUOUS = /[\s\\\p{Cc}]/u;
/** Other ports only by the allow-list, lest we speak to databases and mail servers. */
const PUBLIC_PORTS: readonly string[] = ['443', '8443'];
/** Names that only mean something inside a network. */
const SPECIAL_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Reads the `host:port` entries of `OUTBOUND_ALLOW`; IPv6 as `[::1]:8080`.
 * @throws RangeError for an entry that is not one host and one port
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  return new Set(entries.map(canonicalEntry));
}

function canonicalEntry(entry: string): string {
  const port = Number(/:(\d{1,5})$/.exec(entry)?.[1]);
  const url = AMBIGUOUS.test(entry) ? null : URL.parse(`http://${entry}`);
  const isPlain = url && url.href === `${url.origin}/` && port > 0;
  if (!isPlain) throw new RangeError('OUTBOUND_ALLOW: every entry has to be host:port');
  return `${url.hostname}:${port}`;
}

/** `host:port` of a URL, as the allow-list spells it. */
export function destination(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/**
 * Vets a URL without calling it: when metadata is saved, and again at each use. The addresses that its name
 * resolves to are vetted when the connection is made, because they may change in between.
 *
 * @returns the parsed URL
 * @throws SsoError `url_not_allowed`, with the rule that it breaks as `detail`
 */
export function assertUrlAllowed(input: string | URL, allow: AllowList): URL {
  const text = String(input);
  const url = text.length > MAX_URL_LENGTH || AMBIGUOUS.test(text) ? null : URL.parse(text);
  if (!url) throw refusal('malformed');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refusal('scheme');
  if (url.username || url.password) throw refusal('userinfo');
  if (url.hash) throw refusal('fragment');
  if (!allow.has(destination(url))) assertPublic(url);
  return url;
}

function assertPublic(url: URL): void {
  if (url.protocol !== 'https:') throw refusal('scheme');
  if (url.port && !PUBLIC_PORTS.includes(url.port)) throw refusal('port');
  const isPublic = isPublicLiteral(url.hostname);
  if (isPublic === false) throw refusal('address');
  if (isPublic === undefined && !isPublicName(url.hostname)) throw refusal('name');
}

/** A name of one label, or with a trailing dot, is resolved by the network's own search rules. */
function isPublicName(hostname: string): boolean {
  return hostname.includes('.') && !hostname.endsWith('.') && !SPECIAL_NAMES.test(hostname);
}

function refusal(rule: 'malformed' | 'scheme' | 'userinfo' | 'fragment' | 'port' | 'address' | 'name'): SsoError {
  return new SsoError('url_not_allowed', { detail: `${rule} not allowed` });
}
