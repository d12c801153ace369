/**
 * A samlp:Response (SAML core §3.3.3) as text, honest by default and with every part replaceable: an omitted option
 * takes the honest value, `null` leaves the part out.
 */

import type { Person } from '#dev/people.ts';
import { type Attribute, attributeStatement, attributesOf } from './attributes.ts';
import { type Child, type Element, element, type RenderOptions, render, type Text } from './element.ts';
import { BEARER, NAME_ID_FORMATS, PASSWORD_CONTEXT, STATUS } from './names.ts';

export interface NameIdParts {
  readonly value: Text;
  /** URI; null leaves it out. Default emailAddress. */
  readonly format?: string | null | undefined;
  readonly nameQualifier?: string | undefined;
  readonly spNameQualifier?: string | undefined;
}

/** Omitted members take the honest value: bearer, the consumer service, the request, five minutes. */
export interface SubjectConfirmationParts {
  readonly method?: string | null | undefined;
  readonly recipient?: string | null | undefined;
  readonly inResponseTo?: string | null | undefined;
  readonly notBefore?: Instant | null | undefined;
  readonly notOnOrAfter?: Instant | null | undefined;
  readonly address?: string | undefined;
  /** False leaves out SubjectConfirmationData altogether. */
  readonly data?: boolean | undefined;
}

export interface ConditionsParts {
  readonly notBefore?: Instant | null | undefined;
  readonly notOnOrAfter?: Instant | null | undefined;
  /** One list a restriction. Default one restriction to the service provider. */
  readonly audienceRestrictions?: readonly (readonly Text[])[] | undefined;
  /** OneTimeUse, ProxyRestriction, conditions of one's own: XML with its namespace declarations. */
  readonly extra?: string | undefined;
}

export interface AuthnStatementParts {
  readonly authnInstant?: Instant | null | undefined;
  readonly sessionIndex?: string | null | undefined;
  readonly sessionNotOnOrAfter?: Instant | null | undefined;
  readonly authnContextClassRef?: string | null | undefined;
}

export interface AssertionParts {
  readonly id?: string | null | undefined;
  readonly version?: string | null | undefined;
  readonly issueInstant?: Instant | null | undefined;
  readonly issuer?: Text | null | undefined;
  readonly issuerFormat?: string | undefined;
  readonly nameId?: NameIdParts | null | undefined;
  readonly subjectConfirmations?: readonly SubjectConfirmationParts[] | undefined;
  readonly conditions?: ConditionsParts | null | undefined;
  readonly authnStatements?: readonly AuthnStatementParts[] | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
  /** XML between Conditions and the statements. */
  readonly advice?: string | undefined;
}

export interface ResponseParts {
  readonly id?: string | null | undefined;
  readonly version?: string | null | undefined;
  readonly issueInstant?: Instant | null | undefined;
  readonly destination?: string | null | undefined;
  readonly inResponseTo?: string | null | undefined;
  readonly issuer?: Text | null | undefined;
  readonly issuerFormat?: string | undefined;
  /** Outermost first, each nested in the one before. Default Success; null leaves Status out. */
  readonly statusCodes?: readonly string[] | null | undefined;
  readonly statusMessage?: string | undefined;
  /** XML of samlp:Extensions, placed before Status. */
  readonly extensions?: string | undefined;
}

/** A text is taken as it is. */
export type Instant = Date | string;

export interface ResponseOptions extends RenderOptions {
  readonly idp: { readonly entityId: string };
  readonly sp: { readonly entityId: string; readonly acsUrl: string };
  readonly person: Person;
  /** The AuthnRequest; without one the response is unsolicited. */
  readonly request?: { readonly id: string } | undefined;
  /** Default: the wall clock. */
  readonly now?: Date | undefined;
  readonly response?: ResponseParts | undefined;
  /** Null leaves it out; several make several. */
  readonly assertion?: AssertionParts | null | readonly AssertionParts[] | undefined;
}

const VALID_SECONDS = 300;

/** @returns without an XML declaration */
export function buildResponse(options: ResponseOptions): string {
  return render(responseElement(options), options);
}

/** A saml:Assertion that stands alone, its namespaces declared on itself. */
export function buildAssertion(options: ResponseOptions, parts: AssertionParts = {}): string {
  return render(assertionElement(options, parts), options);
}

/** An ID (xs:ID, so it begins with an underscore) of 128 random bits (SAML core §1.3.4). */
export function newId(): string {
  return `_${crypto.getRandomValues(new Uint8Array(16)).toHex()}`;
}

function responseElement(options: ResponseOptions): Element {
  const { idp, sp, request, response: parts = {}, assertion } = options;
  const attributes = {
    ID: or(parts.id, newId),
    Version: or(parts.version, () => '2.0'),
    IssueInstant: instant(parts.issueInstant, () => nowOf(options)),
    Destination: or(parts.destination, () => sp.acsUrl),
    InResponseTo: or(parts.inResponseTo, () => request?.id ?? null),
  };
  const assertions: readonly AssertionParts[] = assertion === null ? [] : [assertion ?? {}].flat();
  return element('protocol', 'Response', attributes, [
    issuerElement(parts.issuer, parts.issuerFormat, idp.entityId),
    raw(parts.extensions),
    statusElement(parts),
    ...assertions.map((each) => assertionElement(options, each)),
  ]);
}

export function statusElement(parts: Pick<ResponseParts, 'statusCodes' | 'statusMessage'>): Child {
  const codes = or(parts.statusCodes, () => [STATUS.success]);
  if (codes === null) return null;
  const code = codes.reduceRight<Child>(
    (inner, value) => element('protocol', 'StatusCode', { Value: value }, [inner]),
    null,
  );
  const message =
    parts.statusMessage === undefined ? null : element('protocol', 'StatusMessage', {}, [parts.statusMessage]);
  return element('protocol', 'Status', {}, [code, message]);
}

export function issuerElement(issuer: Text | null | undefined, format: string | undefined, entityId: string): Child {
  const value = or(issuer, () => entityId);
  return value === null ? null : element('assertion', 'Issuer', { Format: format }, [value]);
}

export function nameIdElement(parts: NameIdParts): Element {
  const attributes = {
    NameQualifier: parts.nameQualifier,
    SPNameQualifier: parts.spNameQualifier,
    Format: or(parts.format, () => NAME_ID_FORMATS.emailAddress),
  };
  return element('assertion', 'NameID', attributes, [parts.value]);
}

function assertionElement(options: ResponseOptions, parts: AssertionParts): Element {
  const attributes = {
    ID: or(parts.id, newId),
    Version: or(parts.version, () => '2.0'),
    IssueInstant: instant(parts.issueInstant, () => nowOf(options)),
  };
  const statements = parts.authnStatements ?? [{}];
  return element('assertion', 'Assertion', attributes, [
    issuerElement(parts.issuer, parts.issuerFormat, options.idp.entityId),
    subjectElement(options, parts),
    parts.conditions === null ? null : conditionsElement(options, parts.conditions ?? {}),
    raw(parts.advice),
    ...statements.map((statement) => authnStatementElement(options, statement)),
    attributeStatement(parts.attributes ?? attributesOf(options.person)),
  ]);
}

function subjectElement(options: ResponseOptions, parts: AssertionParts): Child {
  const nameId = or(parts.nameId, (): NameIdParts => ({ value: options.person.email }));
  const confirmations = (parts.subjectConfirmations ?? [{}]).map((each) => confirmationElement(options, each));
  if (nameId === null && confirmations.length === 0) return null;
  return element('assertion', 'Subject', {}, [nameId && nameIdElement(nameId), ...confirmations]);
}

function confirmationElement(options: ResponseOptions, parts: SubjectConfirmationParts): Element {
  const attributes = {
    NotBefore: instant(parts.notBefore, () => null),
    NotOnOrAfter: instant(parts.notOnOrAfter, () => later(options)),
    Recipient: or(parts.recipient, () => options.sp.acsUrl),
    InResponseTo: or(parts.inResponseTo, () => options.request?.id ?? null),
    Address: parts.address,
  };
  const data = parts.data === false ? null : element('assertion', 'SubjectConfirmationData', attributes);
  return element('assertion', 'SubjectConfirmation', { Method: or(parts.method, () => BEARER) }, [data]);
}

function conditionsElement(options: ResponseOptions, parts: ConditionsParts): Element {
  const attributes = {
    NotBefore: instant(parts.notBefore, () => nowOf(options)),
    NotOnOrAfter: instant(parts.notOnOrAfter, () => later(options)),
  };
  const restrictions = parts.audienceRestrictions ?? [[options.sp.entityId]];
  const audience = (value: Text) => element('assertion', 'Audience', {}, [value]);
  return element('assertion', 'Conditions', attributes, [
    ...restrictions.map((values) => element('assertion', 'AudienceRestriction', {}, values.map(audience))),
    raw(parts.extra),
  ]);
}

function authnStatementElement(options: ResponseOptions, parts: AuthnStatementParts): Element {
  const attributes = {
    AuthnInstant: instant(parts.authnInstant, () => nowOf(options)),
    SessionIndex: or(parts.sessionIndex, newId),
    SessionNotOnOrAfter: instant(parts.sessionNotOnOrAfter, () => null),
  };
  const reference = or(parts.authnContextClassRef, () => PASSWORD_CONTEXT);
  const context = reference && element('assertion', 'AuthnContextClassRef', {}, [reference]);
  return element('assertion', 'AuthnStatement', attributes, [element('assertion', 'AuthnContext', {}, [context])]);
}

function or<Value>(value: Value | null | undefined, honest: () => Value | null): Value | null {
  return value === undefined ? honest() : value;
}

function instant(value: Instant | null | undefined, honest: () => Instant | null): string | null {
  return instantOf(or(value, honest)) ?? null;
}

/** xs:dateTime in UTC (SAML core §1.3.3). */
export function instantOf(value: Instant | null | undefined): string | null | undefined {
  return value instanceof Date ? value.toISOString() : value;
}

function nowOf(options: ResponseOptions): Date {
  return options.now ?? new Date();
}

function later(options: ResponseOptions): Date {
  return new Date(nowOf(options).getTime() + VALID_SECONDS * 1000);
}

function raw(xml: string | undefined): Child {
  return xml === undefined ? null : { xml };
}
