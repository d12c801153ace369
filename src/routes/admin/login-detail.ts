/** One login, told whole: its trace, and what its reason means to whom. */

import { type Static, t } from 'elysia';
import { textsOf } from '#core/reasons/reasons.ts';
import type { LoginTrace } from '#ports/db/session-schema.ts';
import { answer, closed } from '#routes/dialects/fields.ts';
import { login as example } from './examples.ts';
import { reasonTextFields } from './reasons.ts';
import { adminModels, presentLogin } from './resources.ts';

const LoginDetail = answer('One login, with what its reason means.', {
  ...adminModels['Admin.Login'].properties,
  texts: t.Optional(
    closed('What the reason means to the person, the integrator and the customer’s administrator.', reasonTextFields),
  ),
});

export const loginDetailModels = { 'Admin.LoginDetail': LoginDetail };

export const loginDetailExample = { ...example, texts: textsOf(example.reason) };

export function presentLoginDetail(login: LoginTrace): Static<typeof LoginDetail> {
  const texts = textsOf(login.reason);
  return { ...presentLogin(login), ...(texts && { texts: { ...texts } }) };
}
