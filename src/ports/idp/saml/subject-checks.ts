/** Who an assertion is about: the NameID, unless the connection names an attribute (SAML core §2.4.1 and §8.3). */
import type { Checks } from '#core/checks.ts';
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import type { SamlAssertion } from './assertion.ts';
import { attributeValue } from './saml-attributes.ts';

const MAX_SUBJECT = 256;
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';

/** @throws SsoError `saml_subject` */
export function checkSubject(
  assertion: SamlAssertion,
  settings: SamlSettings,
  ourEntityId: string,
  checks: Checks,
): string {
  const { nameId } = assertion;
  checkFormat(nameId?.format, settings, checks);
  const qualifier = nameId?.spNameQualifier;
  const isOurs = qualifier === undefined || qualifier === ourEntityId;
  checks.require('saml.spNameQualifier', isOurs, 'saml_subject', { expected: ourEntityId, actual: qualifier });
  const subject = settings.subjectAttribute ? attributeValue(assertion, settings.subjectAttribute) : nameId?.value;
  const isUsable = subject !== undefined && subject.trim() !== '' && subject.length <= MAX_SUBJECT;
  checks.require('saml.subject', isUsable, 'saml_subject', {
    expected: settings.subjectAttribute ?? 'a NameID of 1 to 256 characters',
    actual: subject === undefined ? 'absent' : `${subject.length} characters`,
  });
  return subject ?? '';
}

/** A transient NameID is another one each time and names nobody (core §8.3.8). */
function checkFormat(format: string | undefined, settings: SamlSettings, checks: Checks): void {
  const { nameIdFormat, subjectAttribute } = settings;
  const expected = nameIdFormat ?? 'a NameID that stays, or a subjectAttribute on the connection';
  const isWanted = nameIdFormat ? format === nameIdFormat : subjectAttribute !== null || format !== TRANSIENT;
  checks.require('saml.nameIdFormat', isWanted, 'saml_subject', { expected, actual: format });
}
