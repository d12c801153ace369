/** TXT records, as the system's resolver finds them. */
import { Resolver } from 'node:dns/promises';

/** Per server and attempt; two attempts. */
const TIMEOUT_MS = 2_000;
const MAX_RECORDS = 50;

export type TxtAnswer =
  | {
      readonly outcome: 'found';
      /** Strings in the order of the answer. Bun's resolver tells the strings of one record apart as if they were records. */
      readonly records: readonly (readonly string[])[];
    }
  | { readonly outcome: 'none' }
  /** No answer, or one that says nothing of the name: `SERVFAIL`, `TIMEOUT`, … */
  | { readonly outcome: 'failed'; readonly code: string };

/** A CNAME at the name is followed by the resolver, as for any other type. Never throws. */
export type TxtResolver = (name: string) => Promise<TxtAnswer>;

/** @param servers `address` or `address:port`; none: the system's, read anew at each look */
export function createTxtResolver(servers: readonly string[]): TxtResolver {
  return async (name) => {
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });
    if (servers.length > 0) resolver.setServers(servers);
    try {
      return { outcome: 'found', records: (await resolver.resolveTxt(name)).slice(0, MAX_RECORDS) };
    } catch (error) {
      const code = String(Object(error).code ?? 'UNKNOWN').replace(/^E/, '');
      return code === 'NOTFOUND' || code === 'NODATA' ? { outcome: 'none' } : { outcome: 'failed', code };
    }
  };
}

/** An IP address, with or without `:port`; IPv6 with a port in brackets. */
export function isServerAddress(text: string): boolean {
  try {
    new Resolver().setServers([text]);
    return Number(/:(\d+)$/.exec(text)?.[1] ?? 0) < 65_536;
  } catch {
    return false;
  }
}
