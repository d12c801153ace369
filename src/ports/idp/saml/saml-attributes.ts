/** From the attributes of an assertion to our claims: the names that providers in the field use, and how values are read. */
import type { Mapping } from '#ports/db/schema.ts';
import { attributesOf } from '#ports/idp/claim-attributes.ts';
import { mapClaims } from '#ports/idp/claim-mapping.ts';
import { type EmailVoucher, judgeVoucher } from '#ports/idp/email-verification.ts';
import type { MappedClaims } from '#ports/idp/identity-provider.ts';
import type { JsonObject } from '#ports/idp/json-answer.ts';
import type { SamlAssertion, SamlNameId } from './assertion.ts';

/** The pseudo-attribute that a mapping may name to read the NameID. */
const NAME_ID = 'NameID';
const EMAIL_FORMAT = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
const CLAIMS_2005 = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
/** What Entra ID says in place of groups when there are more than 150. */
const GROUPS_LINK = 'http://schemas.microsoft.com/claims/groups.link';
const CLAIMS_2008 = 'http://schemas.microsoft.com/ws/2008/06/identity/claims';

/** Plain names, X.500 and eduPerson object identifiers (RFC 4524, RFC 2798), the older MACE names, and Microsoft's. */
const SOURCES: Mapping = {
  email: [
    'email',
    'mail',
    'emailAddress',
    'Email',
    'urn:oid:0.9.2342.19200300.100.1.3',
    'urn:oid:1.2.840.113549.1.9.1',
    'urn:mace:dir:attribute-def:mail',
    `${CLAIMS_2005}/emailaddress`,
    'User.Email',
    'user.email',
  ],
  givenName: [
    'givenName',
    'given_name',
    'firstName',
    'FirstName',
    'first_name',
    'urn:oid:2.5.4.42',
    'urn:mace:dir:attribute-def:givenName',
    `${CLAIMS_2005}/givenname`,
    'User.FirstName',
    'user.firstName',
  ],
  familyName: [
    'sn',
    'surname',
    'familyName',
    'family_name',
    'lastName',
    'LastName',
    'last_name',
    'urn:oid:2.5.4.4',
    'urn:mace:dir:attribute-def:sn',
    `${CLAIMS_2005}/surname`,
    'User.LastName',
    'user.lastName',
  ],
  name: [
    'displayName',
    'name',
    'cn',
    'urn:oid:2.16.840.1.113730.3.1.241',
    'urn:oid:2.5.4.3',
    'urn:mace:dir:attribute-def:displayName',
    'urn:mace:dir:attribute-def:cn',
    'http://schemas.microsoft.com/identity/claims/displayname',
  ],
  picture: ['picture'],
  locale: ['preferredLanguage', 'locale', 'urn:oid:2.16.840.1.113730.3.1.39'],
  groups: [
    'groups',
    'Groups',
    'group',
    'memberOf',
    'isMemberOf',
    'urn:oid:1.3.6.1.4.1.5923.1.5.1.1',
    `${CLAIMS_2008}/groups`,
    'http://schemas.xmlsoap.org/claims/Group',
  ],
};

/**
 * Names are compared whole and case-sensitive; `FriendlyName` counts for nothing. A name that comes several times
 * counts as one attribute of all its values; a target of one value takes the first that is not empty.
 */
export function samlClaims(
  assertion: Pick<SamlAssertion, 'attributes'> & { readonly nameId?: SamlNameId | undefined },
  mapping: Mapping,
): MappedClaims & { readonly groups: readonly string[] | undefined } {
  const { nameId } = assertion;
  const lists = new Map<string, string[]>();
  if (nameId) lists.set(NAME_ID, [nameId.value]);
  for (const { name, values } of assertion.attributes) {
    // an attribute of that name must not pass for the NameID
    if (name === NAME_ID) continue;
    lists.set(name, [...(lists.get(name) ?? []), ...values.filter((value) => value !== '')]);
  }
  const firsts: JsonObject = Object.fromEntries([...lists].map(([name, [first]]) => [name, first]));
  const all: JsonObject = Object.fromEntries(lists);
  const email = nameId && isEmail(nameId) ? [...(SOURCES.email ?? []), NAME_ID] : SOURCES.email;
  const sources = { mapping, defaults: { ...SOURCES, ...(email && { email }) } };
  const { attributes: _firsts, ...claims } = mapClaims({ ...sources, documents: [firsts] });
  const { groups } = mapClaims({ ...sources, documents: [all] });
  const emailVoucher = vouch(firsts, mapping.emailVerified, claims.email !== undefined);
  return {
    ...claims,
    emailVerified: emailVoucher.verification === 'verified',
    emailVoucher,
    groups,
    groupsIncomplete: !groups?.length && lists.has(GROUPS_LINK),
    attributes: attributesOf([all]),
  };
}

/** All values of one attribute that are not empty, however often its name comes. */
export function attributeValues(assertion: SamlAssertion, name: string): readonly string[] {
  const attributes = assertion.attributes.filter((each) => each.name === name);
  return attributes.flatMap(({ values }) => values.filter((value) => value !== ''));
}

const LEXICAL: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

/**
 * No attribute says so by itself: unless the connection names one, whether it may vouch for an address is decided by
 * its domain. Attributes are texts: `true` and `1` are the lexical forms of a true xs:boolean.
 */
function vouch(document: JsonObject, names: readonly string[] | undefined, hasEmail: boolean): EmailVoucher {
  if (!names) return judgeVoucher([], [], hasEmail);
  const name = names.find((each) => Object.hasOwn(document, each));
  const text = name === undefined ? undefined : document[name];
  const value = typeof text === 'string' && Object.hasOwn(LEXICAL, text) ? LEXICAL[text] : text;
  return judgeVoucher(names, [value], value === true);
}

function isEmail({ value, format }: SamlNameId): boolean {
  if (format === EMAIL_FORMAT) return true;
  return (format === undefined || format === UNSPECIFIED) && /^[^@\s]+@[^@\s]+$/.test(value);
}
