/**
 * What an assertion says (SAML core §2.3.3 to §2.7). The element was parsed from octets that a signature covers;
 * whether its dates, audiences and addresses are good is for others to say.
 */
import type {
  AuthnStatement,
  SamlAssertion,
  SamlConditions,
  SamlNameId,
  SubjectConfirmation,
} from '#ports/idp/saml/assertion.ts';
import { readAttributes } from './attribute-statement.ts';
import { attributeOf, childrenOf, type Element, nameOf, textOf } from './document.ts';
import { readIssuer } from './envelope.ts';
import { Members, requiredAttribute } from './members.ts';
import { refusal } from './trail.ts';

const ASSERTION_MEMBERS = [
  'saml:Issuer',
  'ds:Signature',
  'saml:Subject',
  'saml:Conditions',
  'saml:Advice',
  'saml:Statement',
  'saml:AuthnStatement',
  'saml:AuthzDecisionStatement',
  'saml:AttributeStatement',
];
const SUBJECT_MEMBERS = ['saml:BaseID', 'saml:NameID', 'saml:EncryptedID', 'saml:SubjectConfirmation'];
const CONFIRMATION_MEMBERS = ['saml:BaseID', 'saml:NameID', 'saml:EncryptedID', 'saml:SubjectConfirmationData'];
const AUTHN_MEMBERS = ['saml:SubjectLocality', 'saml:AuthnContext'];
/** Conditions that restrict what others may do with the assertion; that it is used once we see to anyway. */
const HARMLESS_CONDITIONS = ['saml:OneTimeUse', 'saml:ProxyRestriction'];

/** @throws SsoError `saml_structure` */
export function readAssertion(assertion: Element): SamlAssertion {
  if (attributeOf(assertion, 'Version') !== '2.0')
    throw refusal('saml_structure', 'the assertion is not of version 2.0');
  const members = new Members(assertion, ASSERTION_MEMBERS);
  members.optional('saml:Advice');
  const { issuer = '', issuerFormat } = readIssuer(members);
  const conditions = members.optional('saml:Conditions');
  return {
    id: requiredAttribute(assertion, 'ID'),
    issueInstant: requiredAttribute(assertion, 'IssueInstant'),
    issuer,
    ...present({ issuerFormat }),
    ...readSubject(members.optional('saml:Subject')),
    ...(conditions ? { conditions: readConditions(conditions) } : {}),
    authnStatements: members.all('saml:AuthnStatement').map(readAuthnStatement),
    attributes: members.all('saml:AttributeStatement').flatMap(readAttributes),
  };
}

/** SAML core §2.2.3; also of a LogoutRequest. */
export function readNameId(element: Element): SamlNameId {
  return {
    value: textOf(element),
    ...present({
      format: attributeOf(element, 'Format'),
      nameQualifier: attributeOf(element, 'NameQualifier'),
      spNameQualifier: attributeOf(element, 'SPNameQualifier'),
    }),
  };
}

function readSubject(subject: Element | undefined): Pick<SamlAssertion, 'nameId' | 'subjectConfirmations'> {
  if (!subject) return { subjectConfirmations: [] };
  const members = new Members(subject, SUBJECT_MEMBERS);
  const nameId = members.optional('saml:NameID');
  return {
    ...(nameId ? { nameId: readNameId(nameId) } : {}),
    subjectConfirmations: members.all('saml:SubjectConfirmation').map(readConfirmation),
  };
}

function readConfirmation(confirmation: Element): SubjectConfirmation {
  const data = new Members(confirmation, CONFIRMATION_MEMBERS).optional('saml:SubjectConfirmationData');
  const method = attributeOf(confirmation, 'Method') ?? '';
  if (!data) return { method };
  return {
    method,
    ...present({
      recipient: attributeOf(data, 'Recipient'),
      inResponseTo: attributeOf(data, 'InResponseTo'),
      notBefore: attributeOf(data, 'NotBefore'),
      notOnOrAfter: attributeOf(data, 'NotOnOrAfter'),
    }),
  };
}

function readConditions(conditions: Element): SamlConditions {
  const audienceRestrictions: string[][] = [];
  const unknown: string[] = [];
  for (const condition of childrenOf(conditions)) {
    const name = nameOf(condition);
    if (name === 'saml:AudienceRestriction') audienceRestrictions.push(readAudiences(condition));
    else if (!HARMLESS_CONDITIONS.includes(name)) unknown.push(condition.name);
  }
  return {
    ...present({
      notBefore: attributeOf(conditions, 'NotBefore'),
      notOnOrAfter: attributeOf(conditions, 'NotOnOrAfter'),
    }),
    audienceRestrictions,
    unknown,
  };
}

function readAudiences(restriction: Element): string[] {
  return new Members(restriction, ['saml:Audience']).all('saml:Audience').map(textOf);
}

function readAuthnStatement(statement: Element): AuthnStatement {
  const context = new Members(statement, AUTHN_MEMBERS).optional('saml:AuthnContext');
  const [reference, second] = (context ? childrenOf(context) : []).filter(
    (child) => nameOf(child) === 'saml:AuthnContextClassRef',
  );
  if (second) throw refusal('saml_structure', 'saml:AuthnContext has more than one saml:AuthnContextClassRef');
  return present({
    authnInstant: attributeOf(statement, 'AuthnInstant'),
    sessionIndex: attributeOf(statement, 'SessionIndex'),
    sessionNotOnOrAfter: attributeOf(statement, 'SessionNotOnOrAfter'),
    authnContextClassRef: reference && textOf(reference),
  });
}

/** The members that are there: an absent one is no member at all. */
function present<K extends string>(members: Readonly<Record<K, string | undefined>>): { readonly [P in K]?: string } {
  const found: { [P in K]?: string } = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}
