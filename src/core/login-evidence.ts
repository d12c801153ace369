/** What a trace keeps beside its checks: the findings, and the verified claims, sealed, for running the login again. */
import type { LoginEvidence } from '#ports/db/logins.ts';
import type { Login } from '#ports/db/session-schema.ts';
import { reviveDates } from '#ports/idp/claim-dates.ts';
import type { ClaimSource, Claims } from '#ports/idp/identity-provider.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import type { Checks } from './checks.ts';
import { parseEmail } from './email.ts';

/** Characters of JSON. What is larger is a person of very many groups, and is not kept. */
const LONGEST_CLAIMS = 64 * 1024;

/** What no mapping reaches, and what a mapping reads. */
export interface LoginClaims {
  readonly verified: Pick<
    Claims,
    'issuer' | 'subject' | 'providerSessionId' | 'authenticatedAt' | 'sessionNotAfter' | 'nameId'
  >;
  readonly source: ClaimSource;
}

/** A login as far as it came. */
export interface Evident {
  readonly checks: Checks;
  /** From the moment that they were verified. */
  readonly claims?: Claims | undefined;
  /** The address that the login was started with. */
  readonly loginHint?: string | null | undefined;
}

export async function evidenceOf(ports: Ports, loginId: string, login: Evident): Promise<LoginEvidence> {
  const email = parseEmail(login.claims?.email ?? login.loginHint ?? '');
  return {
    findings: login.checks.findings.kept,
    sealedClaims: login.claims ? await sealClaims(ports, loginId, login.claims) : null,
    emailDigest: email ? await digest(email.address) : null,
    subjectDigest: login.claims ? await digest(login.claims.subject) : null,
    isTest: false,
  };
}

async function sealClaims({ keys }: Ports, loginId: string, claims: Claims): Promise<string | null> {
  const { issuer, subject, providerSessionId, authenticatedAt, sessionNotAfter, nameId, source } = claims;
  if (!source) return null;
  const verified = { issuer, subject, providerSessionId, authenticatedAt, sessionNotAfter, nameId };
  const text = JSON.stringify({ verified, source } satisfies LoginClaims);
  return text.length > LONGEST_CLAIMS ? null : keys.seal(text, context(loginId));
}

/** The claims as they were verified; undefined when none were, or they are not kept. */
export async function openClaims(
  { keys }: Ports,
  login: Pick<Login, 'id' | 'sealedClaims'>,
): Promise<LoginClaims | undefined> {
  if (login.sealedClaims === null) return undefined;
  return JSON.parse(await keys.open(login.sealedClaims, context(login.id)), reviveDates) as LoginClaims;
}

/** The place that the sealed value is bound to. */
function context(loginId: string): string {
  return `logins:${loginId}:claims`;
}
