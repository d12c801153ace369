/** The email of a login: there, well-formed, the one that was typed in, and of a domain that the connection lets in. */
import type { Connection } from '#ports/db/schema.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { Checks } from './checks.ts';
import { type Email, parseEmail } from './email.ts';

/**
 * @param startedWith the address that the login was started with, where the client wants it compared
 * @throws SsoError `email_missing`, `email_invalid`, `email_mismatch`, `domain_not_allowed`
 */
export function requireEmail(
  claims: Claims,
  { allowedDomains }: Pick<Connection, 'allowedDomains'>,
  startedWith: string | null | undefined,
  checks: Checks,
): Email {
  checks.require('email.present', claims.email !== undefined, 'email_missing');
  const email = parseEmail(claims.email ?? '');
  if (!email) return checks.fail('email.wellFormed', 'email_invalid');
  if (startedWith !== undefined) checks.require('email.asStarted', email.address === startedWith, 'email_mismatch');
  if (allowedDomains.length > 0) {
    checks.require('email.domainAllowed', allowedDomains.includes(email.domain), 'domain_not_allowed', {
      expected: allowedDomains,
      actual: email.domain,
    });
  }
  return email;
}
