/**
 * What a provider says of an email's verification (OpenID Connect Core §5.1, `email_verified`). Only the boolean true
 * counts; how anything else was said decides what has to be put right, so it is kept.
 */
import { kindOf } from './evidence.ts';

/** `not_said`: none of the claims came · `malformed`: something else than a boolean came, such as the text "true" */
export type EmailVerification = 'verified' | 'not_verified' | 'not_said' | 'malformed';

/** What there is to be believed of an email, and where it was looked for. */
export interface EmailVoucher {
  readonly verification: EmailVerification;
  /** Where it is said, in the provider's spelling; empty where no claim speaks of this address. */
  readonly claims: readonly string[];
  /** Of a malformed value: its kind. */
  readonly kind?: string | undefined;
}

/**
 * @param values what came under the names, in order; `undefined` is what did not come
 * @param accepted whether the first that counts, or any of them, says that the email is verified
 */
export function judgeVoucher(claims: readonly string[], values: readonly unknown[], accepted: boolean): EmailVoucher {
  if (accepted) return { verification: 'verified', claims };
  const said = values.filter((value) => value !== undefined);
  if (said.includes(false)) return { verification: 'not_verified', claims };
  const [first] = said;
  return said.length > 0
    ? { verification: 'malformed', claims, kind: kindOf(first) }
    : { verification: 'not_said', claims };
}
