/** What a provider said, by its own names and as lists of plain values: what a connection's rules look at. */
import type { ClaimValue } from '#ports/db/connection-rules.ts';
import { isJsonObject, type JsonObject } from './json-answer.ts';

export type Attributes = Readonly<Record<string, readonly ClaimValue[]>>;

/** Members of objects within objects, so many levels down. */
const DEPTH = 4;
/** What the protocol says to us about the message, and nothing about the person. */
const OF_THE_MESSAGE = new Set(
  'aud exp nbf iat jti nonce azp at_hash c_hash s_hash sid session_expiry _claim_names _claim_sources'.split(' '),
);

/**
 * Objects are taken apart into dotted names (`realm_access.roles`), as a mapping spells them; where a claim's whole
 * name holds the dot, that one counts. Of several documents the first that has the name counts.
 */
export function attributesOf(documents: readonly JsonObject[]): Attributes {
  const attributes = new Map<string, readonly ClaimValue[]>();
  for (const document of documents) {
    const found = new Map<string, readonly ClaimValue[]>();
    collect(document, '', DEPTH, found);
    for (const [name, values] of found) if (!attributes.has(name)) attributes.set(name, values);
  }
  return Object.fromEntries(attributes);
}

function collect(from: JsonObject, prefix: string, depth: number, into: Map<string, readonly ClaimValue[]>): void {
  const members = Object.entries(from).filter(([name]) => prefix !== '' || !OF_THE_MESSAGE.has(name));
  for (const [name, value] of members) {
    const values = (Array.isArray(value) ? value : [value]).filter(isClaimValue);
    const path = `${prefix}${name}`;
    if (!isJsonObject(value) && !into.has(path)) into.set(path, values);
  }
  for (const [name, value] of members)
    if (isJsonObject(value) && depth > 1) collect(value, `${prefix}${name}.`, depth - 1, into);
}

function isClaimValue(value: unknown): value is ClaimValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
