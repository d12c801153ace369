/**
 * Responses that the right provider signed well, and that are no answer to us, now (SAML profiles §4.1.4.3; SAML core
 * §2.5 and §3.2.2; SAML bindings §3.5.5.2).
 */
import { NAME_ID_FORMATS, STATUS } from '#dev/saml/names.ts';
import { type Forgery, insert, replaced, swap, textOf } from './forgery.ts';
import { at, elsewhere, type Said, says } from './saying.ts';

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

export const STATEMENTS: readonly Forgery[] = [...TIMES, ...ADDRESSES, ...REQUESTS, ...ISSUERS, ...STATUSES];
