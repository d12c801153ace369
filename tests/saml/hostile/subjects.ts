/** Responses that the right provider signed well, and that name nobody, or not in the way that was asked for (SAML core §2.4 and §2.7). */
import type { AssertionParts } from '#dev/saml/document.ts';
import { NAME_ID_FORMATS } from '#dev/saml/names.ts';
import { type Forgery, insert, textOf } from './forgery.ts';
import { at, elsewhere, MFA, type Said, says } from './saying.ts';

const confirmed = (...subjectConfirmations: NonNullable<AssertionParts['subjectConfirmations']>): Said => ({
  assertion: { subjectConfirmations },
});
const method = (name: string) => `urn:oasis:names:tc:SAML:2.0:cm:${name}`;
const SUBJECTS: readonly Forgery[] = [
  says('a confirmation by holder of key', 'saml_confirmation', confirmed({ method: method('holder-of-key') })),
  says('a confirmation by sender vouches', 'saml_confirmation', confirmed({ method: method('sender-vouches') })),
  says(
    'both of these',
    'saml_confirmation',
    confirmed({ method: method('holder-of-key') }, { method: method('sender-vouches') }),
  ),
  says('no confirmation', 'saml_confirmation', confirmed()),
  says('a confirmation without method', 'saml_confirmation', confirmed({ method: null })),
  says('a confirmation without data', 'saml_recipient', confirmed({ data: false })),
  says(
    'two confirmations, each good in half',
    'saml_recipient',
    confirmed({ recipient: elsewhere }, { inResponseTo: '_other' }),
  ),
  says('a NameID that is empty', 'saml_subject', { assertion: { nameId: { value: '' } } }),
  says('a NameID of white space', 'saml_subject', { assertion: { nameId: { value: ' \t ' } } }),
  says('a NameID of spaces that XML does not trim', 'saml_subject', {
    assertion: { nameId: { value: '\u00a0\u2003' } },
  }),
  says('a NameID of 257 characters', 'saml_subject', { assertion: { nameId: { value: 'a'.repeat(257) } } }),
  says('no NameID', 'saml_subject', { assertion: { nameId: null } }),
  says('no subject', 'saml_confirmation', { assertion: { nameId: null, subjectConfirmations: [] } }),
  says('a NameID that is another one each time', 'saml_subject', {
    assertion: { nameId: { value: 'x7', format: NAME_ID_FORMATS.transient } },
  }),
  says(
    'a transient NameID where a persistent one is wanted',
    'saml_subject',
    { assertion: { nameId: { value: 'x7', format: NAME_ID_FORMATS.transient } } },
    'persistent',
  ),
  says('an address where a persistent NameID is wanted', 'saml_subject', {}, 'persistent'),
  says(
    'a NameID without format where a persistent one is wanted',
    'saml_subject',
    { assertion: { nameId: { value: 'x7', format: null } } },
    'persistent',
  ),
  says('a NameID for another service provider', 'saml_subject', {
    assertion: { nameId: { value: 'alice@acme.test', spNameQualifier: elsewhere } },
  }),
  says('two NameIDs', 'saml_structure', { draft: (xml) => insert(xml, 'after', 'NameID', textOf(xml, 'NameID')) }),
  says('two subjects', 'saml_structure', { draft: (xml) => insert(xml, 'after', 'Subject', textOf(xml, 'Subject')) }),
  says('two conditions', 'saml_structure', {
    draft: (xml) => insert(xml, 'after', 'Conditions', textOf(xml, 'Conditions')),
  }),
  says('two issuers', 'saml_structure', { draft: (xml) => insert(xml, 'after', 'Issuer', textOf(xml, 'Issuer')) }),
  says('two statuses', 'saml_structure', { draft: (xml) => insert(xml, 'after', 'Status', textOf(xml, 'Status')) }),
  says('two advices', 'saml_structure', {
    draft: (xml) => insert(xml, 'after', 'Conditions', '<saml:Advice/>'.repeat(2)),
  }),
  says('no statement of authentication', 'saml_structure', { assertion: { authnStatements: [] } }),
];

const VERSIONS: readonly Forgery[] = (['response', 'assertion'] as const).flatMap((part) => [
  ...['1.1', '2.1', '2', '', null].map((version) =>
    says(`version ${version ?? 'of none'} of the ${part}`, 'saml_structure', { [part]: { version } }),
  ),
]);

const authenticated = (statement: NonNullable<AssertionParts['authnStatements']>[number]): Said => ({
  assertion: { authnStatements: [statement] },
});
/** `fresh` asks for a new sign-in, `context` for a certain method of it. */
const SIGN_INS: readonly Forgery[] = [
  says(
    'a sign-in of an hour ago where a new one was asked for',
    'reauth_required',
    (target) => authenticated({ authnInstant: at(target, -60) }),
    'fresh',
  ),
  says(
    'a sign-in at no time where a new one was asked for',
    'reauth_required',
    authenticated({ authnInstant: null }),
    'fresh',
  ),
  says('another method of sign-in than was asked for', 'saml_authn_context', {}, 'context'),
  says(
    'no method of sign-in where one was asked for',
    'saml_authn_context',
    authenticated({ authnContextClassRef: null }),
    'context',
  ),
  says(
    'a method of sign-in in other letters',
    'saml_authn_context',
    authenticated({ authnContextClassRef: MFA.toUpperCase() }),
    'context',
  ),
  says('two methods of sign-in', 'saml_structure', {
    draft: (xml) => insert(xml, 'after', 'AuthnContextClassRef', textOf(xml, 'AuthnContextClassRef')),
  }),
];

/** Without ID nothing can refer to them, so the other of the two carries the signature. */
const IDS: readonly Forgery[] = [
  says('a response without ID', 'saml_structure', { sign: 'assertion', response: { id: null } }),
  says('an assertion without ID', 'saml_structure', { sign: 'response', assertion: { id: null } }),
  says('a response with an empty ID', 'saml_structure', { sign: 'assertion', response: { id: '' } }),
];

export const SUBJECT_STATEMENTS: readonly Forgery[] = [...SUBJECTS, ...VERSIONS, ...SIGN_INS, ...IDS];
