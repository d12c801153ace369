/** What every refusal has in common, on whichever wire. */
import { describe, expect, test } from 'bun:test';
import type { TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { SSO_ERRORS, SsoError, type SsoErrorCode } from '#error';
import { presentError as applivery } from '#routes/dialects/applivery/errors.ts';
import { appliveryModels } from '#routes/dialects/applivery/payload.ts';
import { presentError as indee } from '#routes/dialects/indee/errors.ts';
import { indeeModels } from '#routes/dialects/indee/payload.ts';
import { presentError as pria } from '#routes/dialects/pria/errors.ts';
import { priaModels } from '#routes/dialects/pria/payload.ts';
import { presentProblem, problemModels, type Refusal, STATUS_PHRASES } from '#routes/http/problem.ts';

const codes = Object.keys(SSO_ERRORS).filter((code): code is SsoErrorCode => code in SSO_ERRORS);
const problem = (error: SsoError) => presentProblem(error, '6735a1c09f3b2e4d8c7a6b50');

type Wire = [name: string, present: (error: SsoError) => Refusal<unknown>, model: TSchema];
const wires: Wire[] = [
  ['Applivery', applivery, appliveryModels['Applivery.Error']],
  ['Indee', indee, indeeModels['Indee.Error']],
  ['Pria', pria, priaModels['Pria.Error']],
  ['problem details', problem, problemModels.Problem],
];

describe.each(wires)('%s', (_, present, model) => {
  for (const code of codes)
    test(code, () => {
      const { status, body, headers } = present(
        new SsoError(code, { detail: 'for the operator', cause: new Error('inner') }),
      );
      expect([...Value.Errors(model, body)]).toEqual([]);
      expect(STATUS_PHRASES[status]).toBeString();
      expect('www-authenticate' in headers).toBe(status === 401);
      expect('retry-after' in headers).toBe(status === 429 || status === 503);
      expect(JSON.stringify([body, headers])).not.toMatch(/operator|inner/);
    });
});

describe('header fields', () => {
  test('Retry-After is what the reason says, in whole seconds, and at least one', () => {
    const after = (retryAfterSeconds?: number) =>
      pria(new SsoError('rate_limited', { retryAfterSeconds })).headers['retry-after'];
    expect([after(), after(0), after(0.2), after(59.5)]).toEqual(['1', '1', '1', '60']);
  });

  test('WWW-Authenticate names an error only when something was presented (RFC 6750 §3.1)', () => {
    const challenge = (code: SsoErrorCode) => applivery(new SsoError(code)).headers['www-authenticate'];
    expect(challenge('token_missing')).toBe('Bearer');
    expect(challenge('token_expired')).toBe('Bearer error="invalid_token"');
  });
});

test('a problem names the members that were refused, if any', () => {
  const members = [{ pointer: '/redirectUris/0', detail: 'must be an absolute URL' }];
  const { status, body, headers } = presentProblem(new SsoError('input_invalid', { members }), 'id');
  expect(status).toBe(422);
  expect(body).toEqual({
    type: 'about:blank',
    title: 'Unprocessable Content',
    status: 422,
    detail: SSO_ERRORS.input_invalid,
    code: 'input_invalid',
    requestId: 'id',
    errors: members,
  });
  expect(headers['content-type']).toBe('application/problem+json');
  expect('errors' in presentProblem(new SsoError('input_invalid'), 'id').body).toBe(false);
});
