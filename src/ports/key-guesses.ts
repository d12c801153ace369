/**
 * Wrong API keys, counted by network and minute in this process. A network that sent too many is refused before anything
 * is looked up, but for keys that were good from there a short while ago: customers may share the address of one proxy.
 */
import { SsoError } from '#error';
import type { Clock } from './clock.ts';
import { networkOf } from './http/network.ts';

const WINDOW_MS = 60_000;
/** How long a key that was good keeps working from a network that is refused; each use begins it anew. */
const GOOD_MS = 10 * 60_000;
const MAX_NETWORKS = 100_000;
const MAX_GOOD = 10_000;
/** Refusals that leave a trace, in a minute: from one network, and of all. */
const TRACED_PER_NETWORK = 5;
const TRACED = 60;

export interface KeyGuesses {
  /** @param keyDigest absent when the text can be no key @throws SsoError `rate_limited` */
  admit(address: string | null, keyDigest: string | undefined): void;
  good(address: string | null, keyDigest: string): void;
  wrong(address: string | null, keyDigest: string | undefined): void;
  /** Whether one more refusal may leave rows behind; asking counts. */
  mayTrace(address: string | null): boolean;
}

interface Count {
  wrong: number;
  traced: number;
}

/** @param perMinute 0: nobody is refused; traces are bounded all the same */
export function createKeyGuesses(perMinute: number, clock: Clock): KeyGuesses {
  const counts = new Map<string, Count>();
  const goodUntil = new Map<string, number>();
  let traced = 0;
  let endsAt = 0;

  const now = () => {
    const time = clock.now().getTime();
    if (time >= endsAt || time < endsAt - WINDOW_MS) {
      counts.clear();
      traced = 0;
      endsAt = time + WINDOW_MS;
    }
    return time;
  };
  const countOf = (network: string): Count => {
    const known = counts.get(network) ?? { wrong: 0, traced: 0 };
    keepNewest(counts, network, known, MAX_NETWORKS);
    return known;
  };
  const pair = (address: string | null, keyDigest: string) => `${networkOf(address)} ${keyDigest}`;

  return {
    admit(address, keyDigest) {
      const time = now();
      if (perMinute === 0 || (counts.get(networkOf(address))?.wrong ?? 0) < perMinute) return;
      const isKnown = keyDigest !== undefined && (goodUntil.get(pair(address, keyDigest)) ?? 0) > time;
      if (!isKnown) throw new SsoError('rate_limited', { retryAfterSeconds: Math.ceil((endsAt - time) / 1000) });
    },
    good(address, keyDigest) {
      if (perMinute > 0) keepNewest(goodUntil, pair(address, keyDigest), now() + GOOD_MS, MAX_GOOD);
    },
    wrong(address, keyDigest) {
      now();
      countOf(networkOf(address)).wrong++;
      if (keyDigest !== undefined) goodUntil.delete(pair(address, keyDigest));
    },
    mayTrace(address) {
      now();
      const count = countOf(networkOf(address));
      if (traced >= TRACED || count.traced >= TRACED_PER_NETWORK) return false;
      traced++;
      count.traced++;
      return true;
    },
  };
}

/** Whoever came longest ago is forgotten first. */
function keepNewest<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
