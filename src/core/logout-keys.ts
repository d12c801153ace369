/**
 * How a session is named by the identity provider that ends it: by OpenID Connect's `sid`, `sub` or both (Back-Channel
 * Logout 1.0 §2.4), or by the NameID and the SessionIndex of SAML single logout (SAML core §3.7.1). A login leaves all that
 * may name it, a logout those that it names; what both have is one key.
 */
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { LogoutToken } from '#ports/idp/logout-token.ts';
import type { SamlNameId } from '#ports/idp/saml/assertion.ts';

const sessionKey = (providerSessionId: string) => `sid:${providerSessionId}`;
const subjectKey = (subject: string) => `sub:${subject}`;
const pairKey = (providerSessionId: string, subject: string) => `pair:${JSON.stringify([providerSessionId, subject])}`;
/** Of a person's sessions those that don't tell which session of the provider they belong to. */
const unnamedKey = (subject: string) => `unnamed:${subject}`;
const nameIdKey = (value: string) => `name:${value}`;
const indexKey = (sessionIndex: string, value: string) => `index:${JSON.stringify([sessionIndex, value])}`;

/** All that a logout may name the session of this login by. */
export function logoutKeysOf({ subject, providerSessionId, nameId }: Claims): string[] {
  if (nameId) {
    const { value } = nameId;
    return [nameIdKey(value), ...(providerSessionId === undefined ? [] : [indexKey(providerSessionId, value)])];
  }
  if (providerSessionId === undefined) return [subjectKey(subject), unnamedKey(subject)];
  return [subjectKey(subject), sessionKey(providerSessionId), pairKey(providerSessionId, subject)];
}

/**
 * What a logout token names: the session where it names one, else all of the person's. A token that names both means the
 * session if it is that person's, and besides the person's logins that don't tell which session they belong to.
 */
export function logoutKeysOfToken({ subject, providerSessionId }: LogoutToken): string[] {
  if (providerSessionId === undefined) return [subjectKey(subject ?? '')];
  if (subject === undefined) return [sessionKey(providerSessionId)];
  return [pairKey(providerSessionId, subject), unnamedKey(subject)];
}

/** What a SAML logout request names: the sessions of its indexes, or all of the person's where it has none. */
export function logoutKeysOfRequest({ value }: SamlNameId, sessionIndexes: readonly string[]): string[] {
  if (sessionIndexes.length === 0) return [nameIdKey(value)];
  return [...new Set(sessionIndexes)].map((index) => indexKey(index, value));
}
