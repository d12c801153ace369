/** The filters of a list of logins, from the wire. */
import type { Static } from '@sinclair/typebox';
import { parseEmail } from '#core/email.ts';
import { SsoError } from '#error';
import type { LoginFilter } from '#ports/db/traces.ts';
import { digest } from '#ports/keys/random.ts';
import type { adminModels } from './resources.ts';

type Query = Omit<Static<(typeof adminModels)['Admin.LoginQuery']>, 'limit' | 'cursor'>;

/** @throws SsoError `input_invalid` for an email that no login can have brought, and a time that ends before it begins */
export async function readLoginFilter({
  email,
  subject,
  from,
  to,
  test,
  ...filter
}: Query): Promise<Omit<LoginFilter, 'limit'>> {
  const span = {
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
  requireOrder(span.from, span.to);
  return {
    ...filter,
    ...span,
    emailDigest: email === undefined ? undefined : await digestOf(email),
    subjectDigest: subject === undefined ? undefined : await digest(subject),
    isTest: test === undefined ? undefined : test === 'true',
  };
}

async function digestOf(email: string): Promise<string> {
  return digest(requireEmail(email));
}

/** @returns the address as it is kept @throws SsoError `input_invalid` */
export function requireEmail(email: string): string {
  const parsed = parseEmail(email);
  if (parsed) return parsed.address;
  const detail = 'It is no email address: write it as ada@acme.example';
  throw new SsoError('input_invalid', { members: [{ pointer: '/email', detail }] });
}

function requireOrder(from: Date | undefined, to: Date | undefined): void {
  if (!from || !to || from < to) return;
  const detail = 'Nothing ends before it begins: `to` has to be after `from`';
  throw new SsoError('input_invalid', { members: [{ pointer: '/to', detail }] });
}
