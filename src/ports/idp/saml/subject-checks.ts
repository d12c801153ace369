/** Who an assertion is about: the NameID, unless the connection names an attribute (SAML core §2.4.1 and §8.3). */
import type { Checks } from '#core/checks.ts';
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import type { SamlAssertion, SamlNameId } from './assertion.ts';
import { attributeValues } from './saml-attributes.ts';

const MAX_SUBJECT = 256;
const MAX_NAME_ID = 1_024;
const FORMATS = /^urn:oasis:names:tc:SAML:(?:1\.1|2\.0):nameid-format:(?!attribute$)/;
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';

export interface SubjectExpectation {
  readonly settings: SamlSettings;
  readonly ourEntityId: string;
  readonly providerEntityId: string;
}

/**
 * The stable subject. A NameID means something only together with its format and its qualifier (core §2.2.2): the same
 * characters as a user name and as an email address may be two people, and an unsigned request lets the browser
 * choose the format. So all three make the subject.
 *
 * @throws SsoError `saml_subject`
 */
export function checkSubject(assertion: SamlAssertion, expected: SubjectExpectation, checks: Checks): string {
  const { nameId } = assertion;
  const { settings, ourEntityId, providerEntityId } = expected;
  checkFormat(nameId?.format, settings, checks);
  const qualifier = nameId?.spNameQualifier;
  const isOurs = qualifier === undefined || qualifier === ourEntityId;
  checks.require('saml.spNameQualifier', isOurs, 'saml_subject', { expected: ourEntityId, actual: qualifier });
  if (nameId) requireKeepable(nameId, checks);
  const name = settings.subjectAttribute;
  if (name === null) {
    if (!nameId) return checks.fail('saml.subject', 'saml_subject', { expected: 'a NameID', actual: 'absent' });
    requireUsable(nameId.value, 'a NameID of 1 to 256 characters', checks);
    checks.pass('saml.subject', { expected: 'a NameID' });
    return subjectOf(nameId, providerEntityId);
  }
  const values = [...new Set(attributeValues(assertion, name))];
  const [value] = values;
  if (value === undefined || values.length > 1)
    return checks.fail('saml.subject', 'saml_subject', { expected: `one value of ${name}`, actual: values.length });
  requireUsable(value, `1 to 256 characters in ${name}`, checks);
  checks.pass('saml.subject', { expected: `one value of ${name}` });
  return ['attribute', part(name), value].join('!');
}

/**
 * No two NameIDs that differ make the same subject: only the last part may hold an exclamation mark. The SAML version
 * in the name of a format is no difference.
 */
function subjectOf({ format = UNSPECIFIED, nameQualifier, value }: SamlNameId, providerEntityId: string): string {
  // without a qualifier the provider itself is meant (core §8.3.7)
  const qualifier = nameQualifier === providerEntityId ? '' : (nameQualifier ?? '');
  return [part(format.replace(FORMATS, '')), part(qualifier), value].join('!');
}

function part(text: string): string {
  return encodeURIComponent(text).replaceAll('!', '%21');
}

/** It is kept with the session, for single logout, whatever names the person. */
function requireKeepable({ value, format = '', nameQualifier = '' }: SamlNameId, checks: Checks): void {
  const longest = Math.max(value.length, format.length, nameQualifier.length);
  if (longest <= MAX_NAME_ID && format.isWellFormed() && nameQualifier.isWellFormed()) return;
  checks.fail('saml.subject', 'saml_subject', {
    expected: 'a NameID of 1,024 characters',
    actual: `${longest} characters`,
  });
}

/** Something to be seen, and nothing that moves the cursor. */
function requireUsable(value: string, expected: string, checks: Checks): void {
  const isVisible = /[^\p{Z}\p{C}]/u.test(value) && !/\p{Cc}/u.test(value);
  if (isVisible && value.length <= MAX_SUBJECT) return;
  checks.fail('saml.subject', 'saml_subject', { expected, actual: `${value.length} characters` });
}

/** A transient NameID is another one each time and names nobody (core §8.3.8). */
function checkFormat(format: string | undefined, settings: SamlSettings, checks: Checks): void {
  const { nameIdFormat, subjectAttribute } = settings;
  const expected = nameIdFormat ?? 'a NameID that stays; ask for one with nameIdFormat, or name a subjectAttribute';
  const isWanted = nameIdFormat ? format === nameIdFormat : subjectAttribute !== null || format !== TRANSIENT;
  checks.require('saml.nameIdFormat', isWanted, 'saml_subject', { expected, actual: format });
}
