/**
 * How a session is named by the identity provider that ends it: by OpenID Connect's `sid` or `sub` (Back-Channel Logout
 * 1.0 §2.4), or by the NameID of SAML single logout. A login leaves all that may name it, a logout the one it names.
 */
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { LogoutToken } from '#ports/idp/logout-token.ts';
import type { SamlNameId } from '#ports/idp/saml/assertion.ts';

const providerSessionKey = (providerSessionId: string) => `sid:${providerSessionId}`;
const subjectKey = (subject: string) => `sub:${subject}`;
const unnamedKey = (subject: string) => `unnamed:${subject}`;
const nameIdKey = (value: string) => `name:${value}`;

/** All that a logout may name the session of this login by. */
export function logoutKeysOf({ subject, providerSessionId, nameId }: Claims): string[] {
  if (nameId) return [nameIdKey(nameId.value)];
  return [
    subjectKey(subject),
    providerSessionId === undefined ? unnamedKey(subject) : providerSessionKey(providerSessionId),
  ];
}

/** What a logout token names: the session where it names one, else all of the person's. */
export function logoutKeyOfToken({ subject = '', providerSessionId }: LogoutToken): string {
  return providerSessionId === undefined ? subjectKey(subject) : providerSessionKey(providerSessionId);
}

/** What a token that names both means besides: the person's logins that don't tell which session they belong to. */
export function unnamedKeyOfToken({ subject, providerSessionId }: LogoutToken): string | null {
  return subject === undefined || providerSessionId === undefined ? null : unnamedKey(subject);
}

/** What a SAML logout request names; the sessions of the person that it leaves out, a login under way can't tell. */
export function logoutKeyOfNameId({ value }: SamlNameId): string {
  return nameIdKey(value);
}
