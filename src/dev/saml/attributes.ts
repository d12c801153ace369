/** What identity providers of different make say about a person (SAML core §2.7.3), under the names they use. */
import { nameOf, type Person } from '#dev/people.ts';
import { type Child, element, type Text } from './element.ts';
import { NAME_FORMATS } from './names.ts';

export interface Attribute {
  readonly name: string;
  readonly nameFormat?: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly values: readonly Text[];
  /** The `xsi:type` of its values, such as `xs:string`. */
  readonly xsiType?: string | undefined;
}

/**
 * - `basic`: short names in the basic format (Keycloak, Google)
 * - `urn`: object identifiers with friendly names (Shibboleth, SimpleSAMLphp)
 * - `microsoft`: claim URIs (Entra ID, AD FS)
 * - `okta`: short names in the unspecified format
 */
export type AttributeNames = 'basic' | 'urn' | 'microsoft' | 'okta';

type Field = 'subject' | 'email' | 'givenName' | 'familyName' | 'displayName' | 'groups';

interface Naming {
  readonly nameFormat?: string;
  readonly xsiType?: string;
  readonly names: Partial<Record<Field, { readonly name: string; readonly friendlyName?: string }>>;
}

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

const NAMINGS: Record<AttributeNames, Naming> = {
  basic: {
    nameFormat: NAME_FORMATS.basic,
    xsiType: 'xs:string',
    names: {
      email: { name: 'email' },
      givenName: { name: 'firstName' },
      familyName: { name: 'lastName' },
      displayName: { name: 'displayName' },
      groups: { name: 'groups' },
    },
  },
  urn: {
    nameFormat: NAME_FORMATS.uri,
    names: {
      subject: { name: 'urn:oid:0.9.2342.19200300.100.1.1', friendlyName: 'uid' },
      email: { name: 'urn:oid:0.9.2342.19200300.100.1.3', friendlyName: 'mail' },
      givenName: { name: 'urn:oid:2.5.4.42', friendlyName: 'givenName' },
      familyName: { name: 'urn:oid:2.5.4.4', friendlyName: 'sn' },
      displayName: { name: 'urn:oid:2.16.840.1.113730.3.1.241', friendlyName: 'displayName' },
      groups: { name: 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1', friendlyName: 'isMemberOf' },
    },
  },
  microsoft: {
    names: {
      subject: { name: 'http://schemas.microsoft.com/identity/claims/objectidentifier' },
      email: { name: `${CLAIMS}/emailaddress` },
      givenName: { name: `${CLAIMS}/givenname` },
      familyName: { name: `${CLAIMS}/surname` },
      displayName: { name: 'http://schemas.microsoft.com/identity/claims/displayname' },
      groups: { name: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups' },
    },
  },
  okta: {
    nameFormat: NAME_FORMATS.unspecified,
    xsiType: 'xs:string',
    names: {
      email: { name: 'email' },
      givenName: { name: 'firstName' },
      familyName: { name: 'lastName' },
      groups: { name: 'groups' },
    },
  },
};

/** @param extraGroups groups made up besides the person's own, for large assertions */
export function attributesOf(person: Person, names: AttributeNames = 'basic', extraGroups = 0): Attribute[] {
  const extra = Array.from({ length: extraGroups }, (_, index) => `group-${String(index + 1).padStart(4, '0')}`);
  const values: Record<Field, readonly string[]> = {
    subject: [person.subject],
    email: [person.email],
    givenName: [person.givenName],
    familyName: [person.familyName],
    displayName: [nameOf(person)],
    groups: [...(person.groups ?? []), ...extra],
  };
  const { names: fields, ...common } = NAMINGS[names];
  return Object.entries(fields)
    .map(([field, naming]) => ({ ...common, ...naming, values: values[field as Field] }))
    .filter((attribute) => attribute.values.length > 0);
}

/** Nothing for no attributes: an empty statement is not allowed. */
export function attributeStatement(attributes: readonly Attribute[]): Child {
  if (attributes.length === 0) return null;
  return element('assertion', 'AttributeStatement', {}, attributes.map(attributeElement));
}

function attributeElement(attribute: Attribute): Child {
  const { name, nameFormat, friendlyName, xsiType, values } = attribute;
  const type = xsiType === undefined ? {} : { 'xsi:type': xsiType };
  const also = xsiType === undefined ? [] : (['xs', 'xsi'] as const);
  return element(
    'assertion',
    'Attribute',
    { Name: name, NameFormat: nameFormat, FriendlyName: friendlyName },
    values.map((value) => element('assertion', 'AttributeValue', type, [value], also)),
  );
}
