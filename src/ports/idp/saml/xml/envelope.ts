/**
 * The structure of a response around its assertion (SAML core §3.2.2 and §3.3.3), and what must hold of the whole
 * document: one assertion, IDs that are unique, signatures only where the profile has them.
 */
import type { SamlResponse } from '#ports/idp/saml/assertion.ts';
import { attributeOf, childrenOf, type Element, find, findTexts, holds, nameOf, query, textOf } from './document.ts';
import { Members, requiredAttribute } from './members.ts';
import { refusal } from './trail.ts';

/** One by one: the library takes quadratic time to unite sets of nodes. */
const IDS = ['//@ID', '//@Id', '//@id', '//@xml:id'].map(query);
/** What references of signatures lead to: elements of SAML, never a signature, key or encrypted datum. */
const SAML_IDS = query('//@ID');
const ASSERTIONS = query('//saml:Assertion | //saml:EncryptedAssertion');
const SIGNATURES = query('//ds:Signature');
const MISPLACED_SIGNATURE = query(
  'boolean(//ds:Signature[not(parent::samlp:Response[not(parent::*)] or parent::saml:Assertion)])',
);
/** What SAML says of people, in places where nobody reads it: the rest of the response, and what a signature carries along. */
const SAID_ELSEWHERE = query(
  'boolean(/*/*[not(self::saml:Assertion or self::saml:EncryptedAssertion)]//saml:* | /*/saml:Assertion/ds:Signature//saml:*)',
);
const RESPONSE_MEMBERS = [
  'saml:Issuer',
  'ds:Signature',
  'samlp:Extensions',
  'samlp:Status',
  'saml:Assertion',
  'saml:EncryptedAssertion',
];
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const STATUS_PREFIX = 'urn:oasis:names:tc:SAML:2.0:status:';
const MAX_SIGNATURES = 2;

/** SAML core §3.2.2.2. */
const STATUS_NAMES = new Set([
  'Success',
  'Requester',
  'Responder',
  'VersionMismatch',
  'AuthnFailed',
  'InvalidAttrNameOrValue',
  'InvalidNameIDPolicy',
  'NoAuthnContext',
  'NoAvailableIDP',
  'NoPassive',
  'NoSupportedIDP',
  'PartialLogout',
  'ProxyCountExceeded',
  'RequestDenied',
  'RequestUnsupported',
  'RequestVersionDeprecated',
  'RequestVersionTooHigh',
  'RequestVersionTooLow',
  'ResourceNotRecognized',
  'TooManyResponses',
  'UnknownAttrProfile',
  'UnknownPrincipal',
  'UnsupportedBinding',
]);

export interface Envelope {
  readonly response: SamlResponse;
  readonly members: Members;
}

/**
 * @param signed whether the element was parsed from verified octets
 * @throws SsoError `saml_structure`
 */
export function readEnvelope(root: Element, signed: boolean): Envelope {
  if (nameOf(root) !== 'samlp:Response') throw refusal('saml_structure', 'the root is not a samlp:Response');
  const message = readMessage(root);
  const members = new Members(root, RESPONSE_MEMBERS);
  members.optional('samlp:Extensions');
  return { response: { ...message, ...readIssuer(members), signed }, members };
}

/** What requests and responses of all kinds have in common (SAML core §3.2.1 and §3.2.2). */
export function readMessage(root: Element): Pick<SamlResponse, 'id' | 'issueInstant' | 'destination' | 'inResponseTo'> {
  if (attributeOf(root, 'Version') !== '2.0') throw refusal('saml_structure', `${nameOf(root)} is not of version 2.0`);
  const destination = attributeOf(root, 'Destination');
  const inResponseTo = attributeOf(root, 'InResponseTo');
  return {
    id: requiredAttribute(root, 'ID'),
    issueInstant: requiredAttribute(root, 'IssueInstant'),
    ...(destination === undefined ? {} : { destination }),
    ...(inResponseTo === undefined ? {} : { inResponseTo }),
  };
}

export function readIssuer(members: Members): { issuer?: string; issuerFormat?: string } {
  const issuer = members.optional('saml:Issuer');
  if (!issuer) return {};
  const issuerFormat = attributeOf(issuer, 'Format');
  return { issuer: textOf(issuer), ...(issuerFormat === undefined ? {} : { issuerFormat }) };
}

/** @throws SsoError `saml_status` for anything but one plain success; says the provider's code if it is a known one */
export function requireSuccess(members: Members): void {
  const codes = readStatusCodes(members.optional('samlp:Status'));
  if (codes.length === 1 && codes[0] === SUCCESS) return;
  throw refusal('saml_status', 'the status is not a success', {
    expected: 'Success',
    actual: statusName(codes.at(-1)),
  });
}

/** @returns the codes from the outermost inwards; none when a level has several */
export function readStatusCodes(status: Element | undefined): readonly string[] {
  const codes: string[] = [];
  let level = status;
  while (level) {
    const [code, second]: Element[] = childrenOf(level).filter((child) => nameOf(child) === 'samlp:StatusCode');
    if (second) return [];
    if (code) codes.push(attributeOf(code, 'Value') ?? '');
    level = code;
  }
  return codes;
}

function statusName(code: string | undefined): string {
  const name = code?.startsWith(STATUS_PREFIX) ? code.slice(STATUS_PREFIX.length) : '';
  return STATUS_NAMES.has(name) ? name : 'unknown';
}

/**
 * @returns the one assertion, encrypted or not
 * @throws SsoError `saml_multiple_assertions`, `saml_structure`
 */
export function requireOneAssertion(root: Element, members: Members): Element {
  if (find(root, ASSERTIONS).length > 1)
    throw refusal('saml_multiple_assertions', 'more than one assertion in the document');
  if (holds(root, SAID_ELSEWHERE))
    throw refusal('saml_structure', 'parts of an assertion stand outside of the assertion');
  const assertion = members.optional('saml:Assertion') ?? members.optional('saml:EncryptedAssertion');
  if (!assertion) throw refusal('saml_structure', 'the response has no assertion');
  return assertion;
}

/**
 * @param taken IDs of the document that this one was encrypted in
 * @returns the IDs of SAML's elements, for what is encrypted in this document: there are providers that call the
 * signatures within and without the same
 * @throws SsoError `saml_structure`
 */
export function requireUniqueIds(root: Element, taken: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const ids = new Set(taken);
  for (const id of IDS.flatMap((path) => findTexts(root, path))) {
    if (ids.has(id)) throw refusal('saml_structure', 'an ID that occurs twice');
    ids.add(id);
  }
  return new Set(findTexts(root, SAML_IDS));
}

/** @throws SsoError `saml_structure` when there are signatures elsewhere than right below response and assertion */
export function requirePlacedSignatures(root: Element): void {
  const count = find(root, SIGNATURES).length;
  if (count > MAX_SIGNATURES) throw refusal('saml_structure', 'more than two signatures');
  if (count > 0 && holds(root, MISPLACED_SIGNATURE))
    throw refusal('saml_structure', 'a signature where the profile has none');
}
