/**
 * Attribute statements (SAML core §2.7.3). A response can carry hundreds of groups, and most values are plain text:
 * the queries find all values of an attribute at once, and only a statement with other values is looked at closely.
 */
import type { SamlAttribute } from '#ports/idp/saml/assertion.ts';
import { attributeOf, type Element, find, findTexts, holds, nameOf, query, trim } from './document.ts';
import { Members, requiredAttribute } from './members.ts';

const VALUES = query('saml:AttributeValue');
const HAS_OTHER_VALUES = query('boolean(saml:Attribute/saml:AttributeValue[* or @xsi:nil])');
const ELEMENTS = query('*');
const IS_NIL = query(`boolean(@xsi:nil[normalize-space(.) = 'true' or normalize-space(.) = '1'])`);

/**
 * Values are text. One that is a single saml:NameID (eduPersonTargetedID) counts as its text; other elements and
 * xsi:nil are no values to us. Encrypted attributes are not read.
 *
 * @throws SsoError `saml_structure`
 */
export function readAttributes(statement: Element): SamlAttribute[] {
  const attributes = new Members(statement, ['saml:Attribute', 'saml:EncryptedAttribute']).all('saml:Attribute');
  const readValues = holds(statement, HAS_OTHER_VALUES) ? readAnyValues : readPlainValues;
  return attributes.map((attribute) => {
    const nameFormat = attributeOf(attribute, 'NameFormat');
    return {
      name: requiredAttribute(attribute, 'Name'),
      ...(nameFormat === undefined ? {} : { nameFormat }),
      values: readValues(attribute),
    };
  });
}

function readPlainValues(attribute: Element): string[] {
  return findTexts(attribute, VALUES).map(trim);
}

function readAnyValues(attribute: Element): string[] {
  return find(attribute, VALUES).flatMap((value) => (holds(value, IS_NIL) ? [] : readAnyValue(value)));
}

function readAnyValue(value: Element): string[] {
  const text = trim(value.content);
  const elements = find(value, ELEMENTS);
  const [only] = elements;
  if (!only) return [text];
  const isNameId = elements.length === 1 && nameOf(only) === 'saml:NameID' && find(only, ELEMENTS).length === 0;
  // text beside the NameID would be part of the whole content
  return isNameId && trim(only.content) === text ? [text] : [];
}
