/**
 * Strict reading of a provider's JSON (RFC 6749 §5.1, RFC 8259 §8.1): media type, no byte order mark, the
 * expected kind of value. What a provider sends is never repeated in an error.
 */
import { SsoError } from '#error';
import type { OutboundResponse } from '#ports/http/outbound.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own member; `__proto__` and what is inherited read as absent. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/**
 * @param mediaTypes accepted types, lower case, without parameters
 * @throws SsoError `idp_bad_response`
 */
export function readJson(response: OutboundResponse, mediaTypes: readonly string[] = ['application/json']): unknown {
  const mediaType = response.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (!mediaType || !mediaTypes.includes(mediaType)) throw badResponse('the answer is not declared as JSON');
  try {
    return JSON.parse(response.body);
  } catch {
    // a byte order mark ends up here too: JSON.parse refuses it
    throw badResponse('the answer is not JSON');
  }
}

/** @throws SsoError `idp_bad_response` */
export function readJsonObject(response: OutboundResponse, mediaTypes?: readonly string[]): JsonObject {
  const value = readJson(response, mediaTypes);
  if (!isJsonObject(value)) throw badResponse('the answer is not a JSON object');
  return value;
}

export function badResponse(detail: string): SsoError {
  return new SsoError('idp_bad_response', { detail });
}
