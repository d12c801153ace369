/**
 * Responses that the right provider signed well, and that are no answer to us, now (SAML profiles §4.1.4.2 and
 * §4.1.4.3; SAML core §2 and §3.3.3; SAML bindings §3.5.5.2).
 */
import type { AssertionParts, ResponseParts } from '#dev/saml/document.ts';
import { NAME_ID_FORMATS, STATUS } from '#dev/saml/names.ts';
import type { Forgery } from './forgery.ts';
import { insert, replaced, swap, textOf } from './forgery.ts';
import { type HonestOptions, honest, type Target } from './honest.ts';

interface Said {
  readonly response?: ResponseParts;
  readonly assertion?: AssertionParts;
  readonly sign?: HonestOptions['sign'];
  readonly draft?: (xml: string) => string;
}

function says(
  words: string,
  reason: Forgery['reasons'][number],
  said: Said | ((target: Target) => Said),
  place?: string,
): Forgery {
  const of = (target: Target) => (typeof said === 'function' ? said(target) : said);
  const forge = (target: Target) => honest(target, { sign: 'both', ...of(target) });
  return {
    words,
    reasons: [reason],
    forge,
    ...(place && { place }),
    control: { sign: 'both', ...CONTROLS[place ?? ''] },
  };
}

/** What makes an honest response honest where the connection asks for more. */
const CONTROLS: Readonly<Record<string, HonestOptions>> = {
  persistent: { assertion: { nameId: { value: 'alice-7', format: NAME_ID_FORMATS.persistent } } },
};

const MINUTE = 60_000;
const at = ({ now }: Target, minutes: number) => new Date(now.getTime() + minutes * MINUTE);

const TIMES: readonly Forgery[] = [
  says('conditions that ended ten minutes ago', 'saml_expired', (target) => ({
    assertion: { conditions: { notBefore: at(target, -20), notOnOrAfter: at(target, -10) } },
  })),
  says('a confirmation that ended ten minutes ago', 'saml_expired', (target) => ({
    assertion: { subjectConfirmations: [{ notOnOrAfter: at(target, -10) }] },
  })),
  says('conditions that begin in ten minutes', 'saml_not_yet', (target) => ({
    assertion: { conditions: { notBefore: at(target, 10), notOnOrAfter: at(target, 20) } },
  })),
  says('a confirmation with a beginning, although it has begun', 'saml_not_yet', (target) => ({
    assertion: { subjectConfirmations: [{ notBefore: at(target, -1) }] },
  })),
  says('a confirmation without end', 'saml_confirmation', {
    assertion: { subjectConfirmations: [{ notOnOrAfter: null }] },
  }),
  says('a response of yesterday', 'saml_expired', (target) => ({ response: { issueInstant: at(target, -24 * 60) } })),
  says('an assertion of yesterday', 'saml_expired', (target) => ({
    assertion: { issueInstant: at(target, -24 * 60) },
  })),
  says('a response of tomorrow', 'saml_not_yet', (target) => ({ response: { issueInstant: at(target, 24 * 60) } })),
  says('an assertion of tomorrow', 'saml_not_yet', (target) => ({ assertion: { issueInstant: at(target, 24 * 60) } })),
  says('a session that is over already', 'saml_expired', (target) => ({
    assertion: { authnStatements: [{ sessionNotOnOrAfter: at(target, -10) }] },
  })),
  ...[
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2099-01-01T24:00:00Z',
    '2099-01-01T00:00:60Z',
    '2099-01-01T00:00:00',
    '2099-01-01T00:00:00+00:00',
    '2099-01-01',
    '4102444800',
    '',
    '+12099-01-01T00:00:00Z',
    '２０９９-01-01T00:00:00Z',
  ].flatMap((text) => [
    says(`conditions that end at “${text}”`, 'saml_structure', { assertion: { conditions: { notOnOrAfter: text } } }),
    says(`a confirmation that ends at “${text}”`, 'saml_structure', {
      assertion: { subjectConfirmations: [{ notOnOrAfter: text }] },
    }),
  ]),
  says('a response of a time that is none', 'saml_structure', { response: { issueInstant: 'now' } }),
  says('an assertion of a time that is none', 'saml_structure', {
    assertion: { issueInstant: '2026-13-01T00:00:00Z' },
  }),
  says('conditions from a time that is none', 'saml_structure', { assertion: { conditions: { notBefore: 'now' } } }),
  says('an authentication at a time that is none', 'saml_structure', {
    assertion: { authnStatements: [{ authnInstant: 'now' }] },
  }),
  says('a session that ends at a time that is none', 'saml_structure', {
    assertion: { authnStatements: [{ sessionNotOnOrAfter: 'never' }] },
  }),
  says('a response without time', 'saml_structure', { response: { issueInstant: null } }),
  says('an assertion without time', 'saml_structure', { assertion: { issueInstant: null } }),
];

const elsewhere = 'https://elsewhere.example';
/** Addresses that people take for the same. */
const ALMOST: readonly (readonly [string, (url: string) => string])[] = [
  ['of another port', (url) => swap(url, ':3000', ':3001')],
  ['of another scheme', (url) => swap(url, 'http:', 'https:')],
  ['in capitals', (url) => url.toUpperCase()],
  ['with a slash behind it', (url) => `${url}/`],
  ['with a query', (url) => `${url}?a=b`],
  ['with a fragment', (url) => `${url}#a`],
  ['with a null byte’s escape', (url) => `${url}%00`],
  ['that only begins with ours', (url) => `${url}.evil.example`],
  ['with ours as a query', (url) => `${elsewhere}/?${url}`],
  ['of our metadata', (url) => swap(url, /acs$/, 'metadata')],
  ['that is empty', () => ''],
  ['of somebody else', () => `${elsewhere}/acs`],
];

const ADDRESSES: readonly Forgery[] = [
  ...ALMOST.flatMap(([words, edit]) => [
    says(`a recipient ${words}`, 'saml_recipient', ({ acsUrl }) => ({
      assertion: { subjectConfirmations: [{ recipient: edit(acsUrl) }] },
    })),
    says(`a destination ${words}`, 'saml_destination', ({ acsUrl }) => ({ response: { destination: edit(acsUrl) } })),
  ]),
  says('no recipient', 'saml_recipient', { assertion: { subjectConfirmations: [{ recipient: null }] } }),
  says('no destination of a signed response', 'saml_destination', {
    sign: 'response',
    response: { destination: null },
  }),
  says('another destination of a response that is not signed', 'saml_destination', {
    sign: 'assertion',
    response: { destination: elsewhere },
  }),
  ...[
    ['with a slash behind it', (id: string) => `${id}/`],
    ['in capitals', (id: string) => id.toUpperCase()],
    ['of our consumer service', (id: string) => swap(id, /metadata$/, 'acs')],
    ['that is empty', () => ''],
    ['of somebody else', () => elsewhere],
  ].map(([words, edit]) =>
    says(`an audience ${words}`, 'saml_audience', ({ entityId }) => ({
      assertion: { conditions: { audienceRestrictions: [[(edit as (id: string) => string)(entityId)]] } },
    })),
  ),
  says('no audience', 'saml_audience', { assertion: { conditions: { audienceRestrictions: [] } } }),
  says('an audience restriction without audience', 'saml_audience', {
    assertion: { conditions: { audienceRestrictions: [[]] } },
  }),
  says('two restrictions, one of which is not for us', 'saml_audience', ({ entityId }) => ({
    assertion: { conditions: { audienceRestrictions: [[entityId], [elsewhere]] } },
  })),
  says('no conditions', 'saml_conditions', { assertion: { conditions: null } }),
  says('a condition that nobody knows', 'saml_conditions', {
    assertion: { conditions: { extra: '<x:Only xmlns:x="urn:x"/>' } },
  }),
  says('a condition of the schema’s abstract kind', 'saml_conditions', {
    assertion: { conditions: { extra: '<saml:Condition/>' } },
  }),
];

const REQUESTS: readonly Forgery[] = [
  says('no InResponseTo anywhere', 'saml_unsolicited', {
    response: { inResponseTo: null },
    assertion: { subjectConfirmations: [{ inResponseTo: null }] },
  }),
  says('another InResponseTo in both places', 'saml_in_response_to', {
    response: { inResponseTo: '_other' },
    assertion: { subjectConfirmations: [{ inResponseTo: '_other' }] },
  }),
  says('another InResponseTo in the response', 'saml_in_response_to', { response: { inResponseTo: '_other' } }),
  says('another InResponseTo in the confirmation', 'saml_in_response_to', {
    assertion: { subjectConfirmations: [{ inResponseTo: '_other' }] },
  }),
  says('no InResponseTo in the response', 'saml_in_response_to', { response: { inResponseTo: null } }),
  says('no InResponseTo in the confirmation', 'saml_in_response_to', {
    assertion: { subjectConfirmations: [{ inResponseTo: null }] },
  }),
  says('an empty InResponseTo', 'saml_in_response_to', { response: { inResponseTo: '' } }),
];

const ISSUERS: readonly Forgery[] = [
  ...(['response', 'assertion'] as const).flatMap((part) => [
    says(`another issuer of the ${part}`, 'saml_issuer', { [part]: { issuer: `${elsewhere}/metadata` } }),
    says(`an issuer of the ${part} with a slash behind it`, 'saml_issuer', ({ issuer }) => ({
      [part]: { issuer: `${issuer}/` },
    })),
    says(`an issuer of the ${part} in capitals`, 'saml_issuer', ({ issuer }) => ({
      [part]: { issuer: issuer.toUpperCase() },
    })),
    says(`no issuer of the ${part}`, 'saml_issuer', { [part]: { issuer: null } }),
    says(`an empty issuer of the ${part}`, 'saml_issuer', { [part]: { issuer: '' } }),
    says(`an issuer of the ${part} by another format`, 'saml_issuer', {
      [part]: { issuerFormat: NAME_ID_FORMATS.emailAddress },
    }),
  ]),
];

const status = (statusCodes: readonly string[] | null): Said => ({ response: { statusCodes } });
const STATUSES: readonly Forgery[] = [
  ...(['assertion', 'response', 'both'] as const).map((sign) =>
    says(`a failure with an assertion (signed: ${sign})`, 'saml_status', { sign, ...status([STATUS.responder]) }),
  ),
  says('a failure within a failure', 'saml_status', status([STATUS.requester, STATUS.authnFailed])),
  says('a failure within a success', 'saml_status', status([STATUS.success, STATUS.authnFailed])),
  says('a success within a failure', 'saml_status', status([STATUS.responder, STATUS.success])),
  says('a success within a success', 'saml_status', status([STATUS.success, STATUS.success])),
  says('a success in other letters', 'saml_status', status([STATUS.success.toLowerCase()])),
  says('a success of the first version of SAML', 'saml_status', status(['samlp:Success'])),
  says('a status without code', 'saml_status', status([])),
  says('no status', 'saml_status', status(null)),
  says('a code without value', 'saml_status', { draft: (xml) => replaced(xml, 'StatusCode', '<samlp:StatusCode/>') }),
  says('two codes side by side', 'saml_status', {
    draft: (xml) => insert(xml, 'after', 'StatusCode', textOf(xml, 'StatusCode')),
  }),
  says('a failure whose message is a text of somebody’s', 'saml_status', {
    response: { statusCodes: [STATUS.responder], statusMessage: 'Mallory-canary wants in' },
  }),
  says('a code that holds a text of somebody’s', 'saml_status', status(['Mallory-canary'])),
];

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
  says('no statement of authentication', 'saml_structure', { assertion: { authnStatements: [] } }),
];

const VERSIONS: readonly Forgery[] = (['response', 'assertion'] as const).flatMap((part) => [
  ...['1.1', '2.1', '2', '', null].map((version) =>
    says(`version ${version ?? 'of none'} of the ${part}`, 'saml_structure', { [part]: { version } }),
  ),
]);

/** Without ID nothing can refer to them, so the other of the two carries the signature. */
const IDS: readonly Forgery[] = [
  says('a response without ID', 'saml_structure', { sign: 'assertion', response: { id: null } }),
  says('an assertion without ID', 'saml_structure', { sign: 'response', assertion: { id: null } }),
  says('a response with an empty ID', 'saml_structure', { sign: 'assertion', response: { id: '' } }),
];

export const STATEMENTS: readonly Forgery[] = [
  ...TIMES,
  ...ADDRESSES,
  ...REQUESTS,
  ...ISSUERS,
  ...STATUSES,
  ...SUBJECTS,
  ...VERSIONS,
  ...IDS,
];
