/**
 * What a verified response must say to be an answer to us, now (SAML profiles §4.1.4.3; core §2.4 and §2.5). Each
 * rule is a named check; none of them reads anything but verified data and what we know ourselves.
 */
import type { Checks } from '#core/checks.ts';
import type { SsoErrorCode } from '#error';
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import type { AuthnStatement, SamlConditions, SubjectConfirmation, VerifiedResponse } from './assertion.ts';
import { parseInstant } from './instant.ts';

/** What we know before anything was verified. */
export interface Expectation {
  readonly providerEntityId: string;
  readonly ourEntityId: string;
  /** Consumer services that the response may be addressed to, compared character by character. */
  readonly recipients: readonly string[];
  /** The ID of our request; undefined when the provider initiates the login. */
  readonly inResponseTo: string | undefined;
  /** When our request was made. */
  readonly requestedAt: Date | undefined;
  readonly settings: SamlSettings;
  readonly maxAgeSeconds: number | null;
  readonly now: Date;
}

/** What the checks found out on the way. */
export interface CheckedTimes {
  /** From when on the assertion is refused by its dates, skew included. */
  readonly usableUntil: Date;
  readonly sessionNotAfter: Date | undefined;
  readonly authenticatedAt: Date | undefined;
}

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const ENTITY_FORMAT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity';
/** A response is made when it is sent; an older one was kept by somebody. */
const MAX_AGE_SECONDS = 10 * 60;

/** @throws SsoError the `saml_*` reason of the first rule that is broken, or `reauth_required` */
export function checkResponse(verified: VerifiedResponse, expected: Expectation, checks: Checks): CheckedTimes {
  checkIssuer(verified, expected, checks);
  checkDestination(verified, expected, checks);
  checkRequest(verified, expected, checks);
  checkIssueInstants(verified, expected, checks);
  const confirmedUntil = checkConfirmation(verified.assertion.subjectConfirmations, expected, checks);
  const validUntil = checkConditions(verified.assertion.conditions, expected, checks);
  const session = checkAuthentication(verified, expected, checks);
  const tooOld = (parseInstant(verified.assertion.issueInstant)?.getTime() ?? 0) + MAX_AGE_SECONDS * 1000;
  const until = Math.min(tooOld, confirmedUntil, validUntil ?? confirmedUntil);
  return { ...session, usableUntil: new Date(until + skew(expected)) };
}

function checkIssuer({ response, assertion }: VerifiedResponse, { providerEntityId }: Expectation, checks: Checks) {
  const isProvider = (issuer: string | undefined, format: string | undefined) =>
    issuer === providerEntityId && (format === undefined || format === ENTITY_FORMAT);
  checks.require('saml.issuer', isProvider(response.issuer, response.issuerFormat), 'saml_issuer', {
    expected: providerEntityId,
    actual: response.issuer,
  });
  checks.require('saml.assertionIssuer', isProvider(assertion.issuer, assertion.issuerFormat), 'saml_issuer', {
    expected: providerEntityId,
    actual: assertion.issuer,
  });
}

/** SAML bindings §3.5.5.2: a signed message that was posted says where to. */
function checkDestination({ response }: VerifiedResponse, { recipients }: Expectation, checks: Checks) {
  const { destination, signed } = response;
  const isOurs = destination === undefined ? !signed : recipients.includes(destination);
  checks.require('saml.destination', isOurs, 'saml_destination', { expected: recipients[0], actual: destination });
}

function checkRequest({ response, assertion }: VerifiedResponse, { inResponseTo }: Expectation, checks: Checks) {
  const bearers = assertion.subjectConfirmations.filter(({ method }) => method === BEARER);
  const named = [response.inResponseTo, ...bearers.map((bearer) => bearer.inResponseTo)];
  const answersNone = named.every((name) => name === undefined);
  if (inResponseTo === undefined) {
    checks.require('saml.inResponseTo', answersNone, 'saml_in_response_to', { expected: 'none', actual: named[0] });
    return;
  }
  const evidence = { expected: inResponseTo, actual: response.inResponseTo };
  if (answersNone) checks.fail('saml.inResponseTo', 'saml_unsolicited', evidence);
  checks.require('saml.inResponseTo', response.inResponseTo === inResponseTo, 'saml_in_response_to', evidence);
}

function checkIssueInstants({ response, assertion }: VerifiedResponse, expected: Expectation, checks: Checks) {
  for (const [name, text] of [
    ['saml.issueInstant', response.issueInstant],
    ['saml.assertionIssueInstant', assertion.issueInstant],
  ] as const) {
    const at = instant(name, text, checks);
    const age = expected.now.getTime() - at;
    const wanted = `at most ${MAX_AGE_SECONDS} s before ${timing(expected, text).expected}`;
    const evidence = { expected: wanted, actual: text.slice(0, 40) };
    if (age < -skew(expected)) checks.fail(name, 'saml_not_yet', evidence);
    checks.require(name, age <= MAX_AGE_SECONDS * 1000 + skew(expected), 'saml_expired', evidence);
  }
}

/** One bearer confirmation must hold in full (SAML profiles §4.1.4.2); the first one's fault is the reason. */
function checkConfirmation(
  confirmations: readonly SubjectConfirmation[],
  expected: Expectation,
  checks: Checks,
): number {
  const bearers = confirmations.filter(({ method }) => method === BEARER);
  checks.require('saml.confirmation', bearers.length > 0, 'saml_confirmation', {
    expected: 'bearer',
    actual: confirmations.map(({ method }) => method.slice(method.lastIndexOf(':') + 1)),
  });
  const faults = bearers.map((bearer) => confirmationFault(bearer, expected));
  const good = bearers.filter((_bearer, index) => faults[index] === undefined);
  const fault = faults[0];
  if (good.length > 0) {
    checks.pass('saml.recipient', { actual: good[0]?.recipient });
    // the last of them to end keeps the assertion usable
    return Math.max(...good.map(({ notOnOrAfter }) => parseInstant(notOnOrAfter ?? '')?.getTime() ?? 0));
  }
  const { name, code, evidence } = fault ?? {
    name: 'saml.recipient',
    code: 'saml_confirmation' as const,
    evidence: {},
  };
  return checks.fail(name, code, evidence);
}

interface Fault {
  readonly name: string;
  readonly code: SsoErrorCode;
  readonly evidence: { readonly expected?: unknown; readonly actual?: unknown };
}

function confirmationFault(bearer: SubjectConfirmation, expected: Expectation): Fault | undefined {
  const { recipient, inResponseTo, notBefore, notOnOrAfter } = bearer;
  if (recipient === undefined || !expected.recipients.includes(recipient)) {
    const evidence = { expected: expected.recipients[0], actual: recipient };
    return { name: 'saml.recipient', code: 'saml_recipient', evidence };
  }
  if (inResponseTo !== expected.inResponseTo) {
    const evidence = { expected: expected.inResponseTo ?? 'none', actual: inResponseTo };
    return { name: 'saml.inResponseTo', code: 'saml_in_response_to', evidence };
  }
  const name = 'saml.confirmationTime';
  const evidence = timing(expected, notOnOrAfter);
  if (notBefore !== undefined)
    return { name, code: 'saml_not_yet', evidence: { expected: 'no NotBefore', actual: notBefore } };
  const until = parseInstant(notOnOrAfter ?? '');
  if (!until) return { name, code: notOnOrAfter === undefined ? 'saml_confirmation' : 'saml_structure', evidence };
  return isOver(until.getTime(), expected) ? { name, code: 'saml_expired', evidence } : undefined;
}

/** @returns NotOnOrAfter in milliseconds, where there is one */
function checkConditions(
  conditions: SamlConditions | undefined,
  expected: Expectation,
  checks: Checks,
): number | undefined {
  if (!conditions) return checks.fail('saml.conditions', 'saml_conditions');
  const { notBefore, notOnOrAfter, audienceRestrictions, unknown } = conditions;
  checks.require('saml.conditions', unknown.length === 0, 'saml_conditions', { actual: unknown });
  if (notBefore !== undefined) {
    const from = instant('saml.notBefore', notBefore, checks);
    const isReached = from - skew(expected) <= expected.now.getTime();
    checks.require('saml.notBefore', isReached, 'saml_not_yet', timing(expected, notBefore));
  }
  let until: number | undefined;
  if (notOnOrAfter !== undefined) {
    until = instant('saml.notOnOrAfter', notOnOrAfter, checks);
    checks.require('saml.notOnOrAfter', !isOver(until, expected), 'saml_expired', timing(expected, notOnOrAfter));
  }
  const isMeant = audienceRestrictions.every((audiences) => audiences.includes(expected.ourEntityId));
  checks.require('saml.audience', audienceRestrictions.length > 0 && isMeant, 'saml_audience', {
    expected: expected.ourEntityId,
    actual: audienceRestrictions.flat(),
  });
  return until;
}

function earliest(dates: readonly (Date | undefined)[]): Date | undefined {
  const times = dates.flatMap((date) => (date ? [date.getTime()] : []));
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** Of several statements each must do, and the session ends with the first that does. */
function checkAuthentication({ assertion }: VerifiedResponse, expected: Expectation, checks: Checks) {
  const { authnStatements } = assertion;
  checks.require('saml.authnStatement', authnStatements.length > 0, 'saml_structure', {
    actual: authnStatements.length,
  });
  const times = authnStatements.map((statement) => checkStatement(statement, expected, checks));
  return {
    authenticatedAt: earliest(times.map(({ authenticatedAt }) => authenticatedAt)),
    sessionNotAfter: earliest(times.map(({ sessionNotAfter }) => sessionNotAfter)),
  };
}

function checkStatement(statement: AuthnStatement, expected: Expectation, checks: Checks) {
  const { authnContextClassRef, authnInstant, sessionNotOnOrAfter } = statement;
  const { authnContexts } = expected.settings;
  if (authnContexts.length > 0) {
    const isWanted = authnContextClassRef !== undefined && authnContexts.includes(authnContextClassRef);
    const evidence = { expected: authnContexts, actual: authnContextClassRef };
    checks.require('saml.authnContext', isWanted, 'saml_authn_context', evidence);
  }
  const authenticatedAt =
    authnInstant === undefined ? undefined : new Date(instant('saml.authnInstant', authnInstant, checks));
  const oldest = oldestAuthentication(expected);
  if (oldest !== undefined) {
    const isFresh = authenticatedAt !== undefined && authenticatedAt.getTime() >= oldest - skew(expected);
    const wanted = `not before ${new Date(oldest).toISOString()}, give or take the clocks`;
    checks.require('saml.authnInstant', isFresh, 'reauth_required', { expected: wanted, actual: authnInstant });
  }
  if (sessionNotOnOrAfter === undefined) return { authenticatedAt, sessionNotAfter: undefined };
  const ends = instant('saml.sessionNotOnOrAfter', sessionNotOnOrAfter, checks);
  const evidence = timing(expected, sessionNotOnOrAfter);
  checks.require('saml.sessionNotOnOrAfter', ends > expected.now.getTime(), 'saml_expired', evidence);
  return { authenticatedAt, sessionNotAfter: new Date(ends) };
}

/** The earliest sign-in that will do, in milliseconds; undefined when any will. */
function oldestAuthentication({ settings, requestedAt, maxAgeSeconds, now }: Expectation): number | undefined {
  // without a request of ours, a sign-in for this very response
  const forced = settings.forceAuthn ? [requestedAt?.getTime() ?? now.getTime() - MAX_AGE_SECONDS * 1000] : [];
  const aged = maxAgeSeconds === null ? [] : [now.getTime() - maxAgeSeconds * 1000];
  const limits = [...forced, ...aged];
  return limits.length === 0 ? undefined : Math.max(...limits);
}

function instant(name: string, text: string, checks: Checks): number {
  const at = parseInstant(text);
  return at
    ? at.getTime()
    : checks.fail(name, 'saml_structure', { expected: 'a time in UTC', actual: text.slice(0, 40) });
}

function isOver(notOnOrAfter: number, expected: Expectation): boolean {
  return expected.now.getTime() >= notOnOrAfter + skew(expected);
}

function skew({ settings }: Expectation): number {
  return settings.clockSkewSeconds * 1000;
}

function timing(expected: Expectation, actual: string | undefined) {
  const expectedText = `${expected.now.toISOString()} ± ${expected.settings.clockSkewSeconds} s`;
  return { expected: expectedText, actual: actual?.slice(0, 40) };
}
