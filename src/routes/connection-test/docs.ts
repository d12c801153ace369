/** What the pages of a test login say of themselves. */
import { t } from 'elysia';
import type { SsoErrorCode } from '#error';
import { text } from '#routes/dialects/fields.ts';
import { bodyParser } from '#routes/http/body.ts';
import { ANY_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { bodiless, describe, textOf, withPage } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';

const optional = (description: string) => t.Optional(text(description, 8192));

export const connectionTestModels = {
  ...problemModels,
  'ConnectionTest.Params': t.Object({
    token: t.String({ description: 'What stands in the link.', pattern: '^[A-Za-z0-9_-]{43}$' }),
  }),
  'ConnectionTest.LinkQuery': t.Object({ start: t.Optional(text('Present: go to the identity provider.', 8)) }),
  'ConnectionTest.Response': t.Object({
    state: optional('`state` of the authorization response.'),
    code: optional('`code`.'),
    iss: optional('`iss` (RFC 9207).'),
    error: optional('`error`.'),
  }),
  'ConnectionTest.Address': t.Object({ address: text('The address that the person landed on.', 16_384) }),
};

const described = { tag: 'Connections', security: [] } as const;
const PAGE = '<!doctype html><title>Test sign-in</title>…';
const refusals = (...codes: SsoErrorCode[]) => withPage(problems(...codes, ...ANY_REFUSALS), PAGE);

export const link = {
  params: 'ConnectionTest.Params',
  query: 'ConnectionTest.LinkQuery',
  ...describe({
    ...described,
    operationId: 'openConnectionTest',
    summary: 'Page of a test login',
    description:
      'What `POST /admin/v1/connections/{id}/test` links to. With `start` the browser goes to the identity provider; afterwards the page says what came of it.',
    answers: {
      200: textOf('text/html', 'The page.', PAGE),
      303: bodiless('To the identity provider.', { Location: 'The authorization request.' }),
      ...refusals('not_found', 'state_expired', 'state_consumed'),
    },
  }),
} as const;

export const answer = {
  params: 'ConnectionTest.Params',
  parse: bodyParser('application/x-www-form-urlencoded'),
  ...describe({
    ...described,
    operationId: 'finishConnectionTest',
    summary: 'Finish a test login by hand',
    description:
      'Takes the address that the person landed on, where the client’s page can’t post a callback that it did not start.',
    body: {
      model: 'ConnectionTest.Address',
      contentTypes: ['application/x-www-form-urlencoded'],
      examples: {
        default: { value: { address: 'https://app.example.com/login/callback?code=abc&state=Jx0m1Zb7y2Vt8sR5nKfW4u' } },
      },
    },
    answers: {
      303: bodiless('To the page with the outcome.', { Location: 'The page.' }),
      ...withPage(problems('not_found', 'state_invalid', ...INPUT_REFUSALS, ...ANY_REFUSALS), PAGE),
    },
  }),
} as const;

export const callback = {
  query: 'ConnectionTest.Response',
  ...describe({
    ...described,
    operationId: 'receiveConnectionTest',
    summary: 'Redirect URI of test logins',
    description:
      'May be registered at the identity provider beside the client’s own. Takes the response of a test and of nothing else, and says what came of it.',
    answers: { 200: textOf('text/html', 'The page.', PAGE), ...refusals('state_invalid') },
  }),
} as const;
