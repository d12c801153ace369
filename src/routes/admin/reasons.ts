/** The admin API’s catalogue of reasons: what each means to the person, the integrator and the customer’s administrator. */

import { Elysia, t } from 'elysia';
import { REASON_CHAPTERS, REASONS } from '#core/reasons/reasons.ts';
import { SSO_ERRORS, type SsoErrorCode } from '#error';
import { answer, closed, text } from '#routes/dialects/fields.ts';
import { ADMIN_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';

export const reasonTextFields = {
  cause: text('Why it happens, technically.', 512),
  person: text('For whoever tried to sign in: what they can do.', 512),
  integrator: text('For the developer of the API client, or whoever runs this server: what to change.', 512),
  admin: text('For the administrator of the customer’s identity provider: what to change there.', 512),
};

const Reason = closed('One reason in words.', {
  code: text('As in `reason` of a login and `code` of problem details.', 64),
  sentence: text('The sentence of problem details.', 256),
  ...reasonTextFields,
});
const reasonModels = {
  'Admin.Reasons': answer('Every reason there is.', {
    items: t.Array(Reason, { description: 'In the order in which a login meets them.' }),
  }),
};

/** Mounted behind the operator’s key. */
export const reasonsAdmin = () =>
  new Elysia({ name: 'admin reasons' }).model({ ...problemModels, ...reasonModels }).get(
    '/reasons',
    () => ({ items: Object.values(REASON_CHAPTERS).flat().map(present) }),
    describe({
      tag: 'Logins',
      security: ['adminKey'],
      operationId: 'listReasons',
      summary: 'Every reason, with its fixes',
      description:
        'What each reason of a refused login means to the person, the integrator and the customer’s administrator. The same as `docs/reasons.md`.',
      answers: {
        200: answerOf('Admin.Reasons', 'All of them.', { items: [present('id_token_aud')] }),
        ...problems(...ADMIN_REFUSALS),
      },
    }),
  );

function present(code: SsoErrorCode) {
  return { code, sentence: SSO_ERRORS[code], ...REASONS[code] };
}
