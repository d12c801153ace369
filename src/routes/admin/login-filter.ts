/** The filters of a list of logins, from the wire. */
import type { Static } from '@sinclair/typebox';
import { parseEmail } from '#core/email.ts';
import { SsoError } from '#error';
import type { LoginFilter } from '#ports/db/traces.ts';
import { digest } from '#ports/keys/random.ts';
import type { adminModels } from './resources.ts';

type Query = Omit<Static<(typeof adminModels)['Admin.LoginQuery']>, 'limit' | 'cursor'>;

/** @throws SsoError `input_invalid` for an email that no login can have brought */
export async function readLoginFilter({
  email,
  subject,
  from,
  to,
  test,
  ...filter
}: Query): Promise<Omit<LoginFilter, 'limit'>> {
  return {
    ...filter,
    emailDigest: email === undefined ? undefined : await digestOf(email),
    subjectDigest: subject === undefined ? undefined : await digest(subject),
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    isTest: test === undefined ? undefined : test === 'true',
  };
}

async function digestOf(email: string): Promise<string> {
  const parsed = parseEmail(email);
  if (!parsed) throw new SsoError('input_invalid', { members: [{ pointer: '/email', detail: 'No email address' }] });
  return digest(parsed.address);
}
