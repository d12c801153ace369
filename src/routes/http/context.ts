/** What is known of a request before any route sees it: its id, who sent it, and from where. */

import ipaddr from 'ipaddr.js';
import type { SsoErrorCode } from '#error';
import type { Origin } from '#ports/db/logins.ts';
import { createId } from '#ports/keys/identifier.ts';

export interface RequestContext extends Origin {
  /** `performance.now()` when the request arrived. */
  readonly startedAt: number;
}

const USER_AGENT_LIMIT = 256;
const peers = new WeakMap<Request, string>();
const contexts = new WeakMap<Request, RequestContext>();
const refusals = new WeakMap<Request, SsoErrorCode>();

/** Why a request was refused, for its line in the log. */
export function noteRefusal(request: Request, code: SsoErrorCode): void {
  refusals.set(request, code);
}

/** Undefined for a request that was served. */
export function refusalOf(request: Request): SsoErrorCode | undefined {
  return refusals.get(request);
}

/** The listener tells the address of the socket's other end here; nothing else on a request is believed. */
export function notePeer(request: Request, address: string | undefined): void {
  if (address) peers.set(request, address);
}

/**
 * @param hops how many proxies append to `X-Forwarded-For` in front of us; the entry that the outermost of
 * them wrote is the client. Anything further left is the client's own word.
 */
export function openContext(request: Request, hops: number, now: Date): RequestContext {
  const context = {
    requestId: createId(now),
    address: addressOf(request, hops),
    userAgent: request.headers.get('user-agent')?.slice(0, USER_AGENT_LIMIT).toWellFormed() ?? null,
    startedAt: performance.now(),
  };
  contexts.set(request, context);
  return context;
}

/** @throws Error when the request did not come through `openContext` */
export function contextOf(request: Request): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new Error('a request without context');
  return context;
}

/** The part of the context that goes into sessions, traces and the audit. */
export function originOf(request: Request): Origin {
  const { requestId, address, userAgent } = contextOf(request);
  return { requestId, address, userAgent };
}

function addressOf(request: Request, hops: number): string | null {
  const peer = normalise(peers.get(request));
  if (hops === 0) return peer;
  const forwarded = request.headers.get('x-forwarded-for')?.split(',') ?? [];
  return normalise(forwarded.at(-hops)?.trim()) ?? peer;
}

/** One spelling an address: IPv4-mapped IPv6 is IPv4, IPv6 is compressed. */
function normalise(text: string | undefined): string | null {
  return text && ipaddr.isValid(text) ? ipaddr.process(text).toString() : null;
}
