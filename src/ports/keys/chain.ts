/**
 * What the audit's chain is made of, to be computed again with any other tool.
 *
 * An event is written out as JSON by RFC 8785 (members sorted, no white space, UTF-8), without the members that it has none of.
 * Its digest is the SHA-256 of these bytes. The hash of a record is the SHA-256 of 64 bytes: the hash of the record before
 * it (of the first: 32 zero bytes), then the digest.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AuditEvent } from '#ports/db/audit-schema.ts';

/** Before the first record. */
export const GENESIS = '0'.repeat(64);

/** An event as the chain has it, and as it is exported. */
export type ChainedEvent = Readonly<Record<string, unknown>> & { readonly id: string; readonly createdAt: string };

/** The members that are there, its time with milliseconds; what only orders events is no part of it. */
export function chainedEvent({ transactionId: _order, createdAt, ...event }: AuditEvent): ChainedEvent {
  const there = Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null && value !== undefined));
  return { ...there, id: event.id, createdAt: createdAt.toISOString() };
}

/** @returns SHA-256, hex */
export function eventDigest(event: AuditEvent): string {
  return createHash('sha256')
    .update(canonicalize(chainedEvent(event)) ?? '')
    .digest('hex');
}

/** @param previous and @param digest hex @returns hex */
export function recordHash(previous: string, digest: string): string {
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(Buffer.from(digest, 'hex')).digest('hex');
}
