/**
 * A ceiling on what one address may ask of one replica: against a client gone wild, not a quota. IPv6
 * clients are counted by /64, the smallest network that anybody is given.
 */

import { Elysia } from 'elysia';
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import { networkOf } from '#ports/http/network.ts';
import { contextOf } from './context.ts';

const UNLIMITED = new Set(['/health/live', '/health/ready', '/metrics']);
const WINDOW_MS = 60_000;
/** Addresses that are remembered at once; beyond that, counting starts anew. */
const MAX_ADDRESSES = 100_000;

/** @param perMinute 0 turns it off @throws SsoError `rate_limited` */
export function limitRate(perMinute: number, clock: Clock) {
  const plugin = new Elysia({ name: 'rate-limit' });
  if (perMinute === 0) return plugin;
  const counts = new Map<string, number>();
  let windowEndsAt = 0;
  // scoped globally: a refusal must be worded by the dialect whose route was asked for
  return plugin.onTransform({ as: 'global' }, ({ request, route }) => {
    // probes and scrapers come from inside; refusing them would end a healthy process
    if (UNLIMITED.has(route)) return;
    const now = clock.now().getTime();
    if (now >= windowEndsAt || now < windowEndsAt - WINDOW_MS || counts.size >= MAX_ADDRESSES) {
      counts.clear();
      windowEndsAt = now + WINDOW_MS;
    }
    const network = networkOf(contextOf(request).address);
    const count = (counts.get(network) ?? 0) + 1;
    counts.set(network, count);
    if (count > perMinute) {
      throw new SsoError('rate_limited', { retryAfterSeconds: Math.ceil((windowEndsAt - now) / 1000) });
    }
  });
}
