/**
 * Whether a login may become a member who is there already, by the email: the provider says that the address is verified, the
 * organization has verified its domain, the address is known to be the member's, and nobody else signs in as them over this
 * connection. Each is a check of its own, since each is put right by somebody else.
 */
import type { Evidence, SsoErrorCode } from '#error';
import type { Candidate, Candidates } from '#ports/db/profiles.ts';
import type { EmailVerification, EmailVoucher } from '#ports/idp/email-verification.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { Condition } from './checks.ts';
import type { Email } from './email.ts';

const UNVERIFIED: Readonly<Record<EmailVerification, SsoErrorCode>> = {
  verified: 'email_unverified',
  not_verified: 'email_unverified',
  not_said: 'email_verified_missing',
  malformed: 'email_verified_malformed',
};

export function verifiedByProvider(claims: Claims): Condition {
  const voucher = voucherOf(claims);
  return {
    name: 'email.verifiedByProvider',
    holds: claims.emailVerified,
    code: UNVERIFIED[voucher.verification],
    evidence: providerEvidence(voucher),
  };
}

/** In the order in which a reason is chosen where several don't hold. */
export function linkConditions(
  claims: Claims,
  { domain }: Email,
  candidates: Candidates,
  member: Candidate,
): readonly Condition[] {
  return [
    verifiedByProvider(claims),
    {
      name: 'email.domainVerified',
      holds: candidates.domainVerified,
      code: 'domain_not_verified',
      evidence: domainEvidence(domain, candidates),
    },
    {
      name: 'member.emailVerified',
      holds: member.user.emailVerified,
      code: 'member_email_unverified',
      evidence: { expected: true, actual: member.user.emailVerified },
    },
    {
      name: 'member.noOtherSubject',
      // the address was given to somebody new, or the provider names its people anew
      holds: member.boundBy === undefined,
      code: 'account_exists_link_required',
      evidence: {
        expected: 'no other subject of this connection is the member',
        actual: member.boundBy === undefined ? 'none is' : `another is: identity ${member.boundBy}`,
      },
    },
  ];
}

/** Why an address is not vouched for, in the words of the checks; undefined when it is. */
export function whyNotVouched(claims: Claims, candidates: Candidates): string | undefined {
  if (!claims.emailVerified) return 'the provider does not say that it is verified';
  return candidates.domainVerified ? undefined : 'its domain is not a verified domain of the organization';
}

function voucherOf({ emailVerified, emailVoucher }: Claims): EmailVoucher {
  return emailVoucher ?? { verification: emailVerified ? 'verified' : 'not_verified', claims: [] };
}

function providerEvidence({ verification, claims, kind }: EmailVoucher): Evidence {
  const names = claims.join(' or ');
  switch (verification) {
    case 'verified':
      return names ? { expected: `${names}: true`, actual: true } : { expected: 'an email', actual: 'present' };
    case 'not_verified':
      return { expected: `${names}: true`, actual: false };
    case 'malformed':
      return { expected: `${names}: true`, actual: kind };
    case 'not_said':
      return names
        ? { expected: `${names}: true`, actual: undefined }
        : {
            expected: 'a claim that vouches for the one that mapping.email reads',
            actual: 'mapping.emailVerified names none',
          };
  }
}

function domainEvidence(domain: string, { domainVerified, domainAdded, hasVerifiedDomain }: Candidates): Evidence {
  const expected = hasVerifiedDomain
    ? 'a verified domain of the organization'
    : 'a verified domain of the organization, which has none';
  if (domainVerified) return { expected, actual: domain };
  return { expected, actual: `${domain}, ${domainAdded ? 'added and not verified' : 'not added'}` };
}
