/** Verified claims between the consumer service and the callback: sealed under a one-time code, with the trace so far. */
import type { Check, Checks } from '#core/checks.ts';
import type { LoginFindings } from '#core/findings.ts';
import { SsoError } from '#error';
import { reviveDates } from '#ports/idp/claim-dates.ts';
import type { Claims, KeptClaims } from '#ports/idp/identity-provider.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import { constantTimeEqual, digest } from '#ports/keys/random.ts';

interface Kept {
  readonly claims: Claims;
  readonly checks: readonly Check[];
  /** Absent in what an earlier version kept, for as long as a code lives. */
  readonly findings?: LoginFindings;
}

/** The place that the sealed value is bound to. */
function context(requestId: string): string {
  return `authentication_requests:${requestId}:claims`;
}

/** @param checks what was checked at the consumer service; they lead the trace of the login */
export function sealClaims(sealer: Sealer, requestId: string, claims: Claims, checks: Checks): Promise<string> {
  const kept: Kept = { claims, checks: checks.entries, findings: checks.findings.kept };
  return sealer.seal(JSON.stringify(kept), context(requestId));
}

/**
 * Redeems the code (RFC 6749 §4.1.3: once, for a short time, by whoever holds it).
 * @throws SsoError `code_exchange_failed`
 */
export async function redeemClaims(
  sealer: Sealer,
  kept: KeptClaims | undefined,
  code: string,
  checks: Checks,
): Promise<Claims> {
  if (!kept)
    return checks.fail('saml.code', 'code_exchange_failed', {
      actual: 'no claims are kept: no response, over, or logged out',
    });
  const matches = constantTimeEqual(await digest(code), kept.codeDigest);
  checks.require('saml.code', matches, 'code_exchange_failed', { expected: 'the code of the SAML response' });
  checks.require('saml.codeFresh', !kept.expired, 'code_exchange_failed', { expected: '60 s' });
  const text = await sealer.open(kept.sealedClaims, context(kept.requestId)).catch((cause: unknown) => {
    throw new SsoError('code_exchange_failed', { detail: 'the kept claims do not open', cause });
  });
  const { claims, checks: earlier, findings = {} } = JSON.parse(text, reviveDates) as Kept;
  checks.entries.push(...earlier);
  checks.findings.adopt(findings);
  return claims;
}
