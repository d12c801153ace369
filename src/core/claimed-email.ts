/** The email of a login: there, well-formed, the one that was typed in, and of a domain that the connection lets in. */
import type { Evidence } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import { kindOf } from '#ports/idp/evidence.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { Checks } from './checks.ts';
import { type Email, parseEmail } from './email.ts';
import { verifiedByProvider } from './linking.ts';
import { redactEmail } from './shown-claims.ts';

/** Both without whom they name; of two that look alike then, that they differ. */
export function compareEmails(startedWith: string | null, email: Email | undefined): Evidence {
  const isSame = email?.address === startedWith;
  return {
    expected: startedWith === null ? undefined : redactEmail(startedWith),
    actual: email && `${redactEmail(email.address)}, which ${isSame ? 'matches' : 'differs'}`,
  };
}

/**
 * @param startedWith the address that the login was started with, where the client wants it compared
 * @throws SsoError `email_missing`, `email_invalid`, `email_mismatch`, `email_verification_required`,
 * `domain_not_allowed`
 */
export function requireEmail(
  claims: Claims,
  { allowedDomains }: Pick<Connection, 'allowedDomains'>,
  startedWith: string | null | undefined,
  checks: Checks,
): Email {
  checks.require('email.present', claims.email !== undefined, 'email_missing', {
    expected: 'an email',
    actual: claims.email === undefined ? undefined : 'present',
  });
  const email = parseEmail(claims.email ?? '');
  const form = { expected: 'one address, name@domain' };
  if (!email) return checks.fail('email.wellFormed', 'email_invalid', { ...form, actual: kindOf(claims.email) });
  checks.pass('email.wellFormed', { ...form, actual: redactEmail(email.address) });
  if (startedWith !== undefined)
    checks.require(
      'email.asStarted',
      email.address === startedWith,
      'email_mismatch',
      compareEmails(startedWith, email),
    );
  if (claims.emailMustBeVerified) {
    const { name, holds, evidence } = verifiedByProvider(claims);
    checks.require(name, holds, 'email_verification_required', evidence);
  }
  if (allowedDomains.length > 0) {
    checks.require('email.domainAllowed', allowedDomains.includes(email.domain), 'domain_not_allowed', {
      expected: allowedDomains,
      actual: email.domain,
    });
  }
  return email;
}
