/** What the OpenAPI document says of Applivery's routes. */
import { type BodyParser, LARGE_BODY_LIMIT } from '#routes/http/body.ts';
import {
  ANY_REFUSALS,
  INPUT_REFUSALS,
  LOGIN_REFUSALS,
  refusalTable,
  START_REFUSALS,
  TOKEN_REFUSALS,
} from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';
import { presentError, refusals } from './errors.ts';
import { logoutRequest } from './examples.ts';

/** The numbers that Applivery's own pages give. */
const PUBLISHED: ReadonlySet<number> = new Set([3001, 4002, 4004, 4011, 5070]);

const ERRORS = `### Errors

A refusal is \`{"status": false, "error": {"code", "message"}}\`. The numbers ${[...PUBLISHED].join(', ')} are Applivery’s; all others are Vestibule’s, chosen beside them: 3xxx finds nothing, 4xxx is about the caller, 5xxx about the login or the server.

${refusalTable(presentError, {
  Code: ({ error }) => String(error.code),
  From: ({ error }) => (PUBLISHED.has(error.code) ? 'Applivery' : 'Vestibule'),
  Message: ({ error }) => error.message,
})}`;

export const start = {
  params: 'Applivery.CallbackParams',
  query: 'Applivery.StartQuery',
  ...describe({
    operationId: 'startAppliveryLogin',
    summary: 'Start a login',
    description:
      'Answers where to send the person. A browser that navigates here is redirected at once, and only it can finish the login.',
    tag: 'Applivery',
    tagNotes: ERRORS,
    security: [],
    answers: {
      200: answerOf('Applivery.StartResponse', 'The started login.'),
      302: bodiless('To the identity provider, for a browser.', {
        Location: 'The authorization request.',
        'Set-Cookie': 'Binds the login to this browser.',
      }),
      ...refusals('redirect_not_allowed', ...START_REFUSALS, ...ANY_REFUSALS),
    },
  }),
} as const;

export const callback = (parse: BodyParser) =>
  ({
    params: 'Applivery.CallbackParams',
    query: 'Applivery.CallbackQuery',
    parse,
    ...describe({
      operationId: 'finishAppliveryLogin',
      summary: 'SSO callback',
      description: 'Finishes a login with what the identity provider sent to the redirect URI.',
      tag: 'Applivery',
      security: [],
      body: {
        model: 'Applivery.CallbackRequest',
        contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
        limitBytes: LARGE_BODY_LIMIT,
        required: false,
      },
      answers: {
        200: answerOf('Applivery.SessionResponse', 'Signed in.'),
        ...refusals(
          'organization_not_found',
          'connection_not_found',
          'state_missing',
          'saml_profile',
          ...LOGIN_REFUSALS,
          ...INPUT_REFUSALS,
          ...ANY_REFUSALS,
        ),
      },
    }),
  }) as const;

export const refresh = (parse: BodyParser) =>
  ({
    parse,
    ...describe({
      operationId: 'refreshAppliverySession',
      summary: 'Rotate the pair',
      description: 'Answers the next pair. The pair sent is spent.',
      tag: 'Applivery',
      security: [],
      body: { model: 'Applivery.RefreshRequest' },
      answers: {
        200: answerOf('Applivery.RefreshResponse', 'The next pair.'),
        ...refusals(
          'refresh_token_invalid',
          'refresh_token_reused',
          'refresh_busy',
          'signing_unavailable',
          ...INPUT_REFUSALS,
          ...ANY_REFUSALS,
        ),
      },
    }),
  }) as const;

export const logout = (parse: BodyParser) =>
  ({
    parse,
    ...describe({
      operationId: 'endAppliverySession',
      summary: 'Log out',
      description:
        'Ends the session; every token of it stops working. Where the identity provider has a logout of its own (SAML single logout, OpenID Connect RP-initiated logout), the answer also says where to send the person to end its session.',
      tag: 'Applivery',
      security: ['accessToken'],
      body: { model: 'Applivery.LogoutRequest', required: false, examples: { default: { value: logoutRequest } } },
      answers: {
        200: answerOf('Applivery.LogoutResponse', 'The session has ended.'),
        ...refusals(...TOKEN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
      },
    }),
  }) as const;

export const profile = describe({
  operationId: 'readAppliveryProfile',
  summary: 'Current user',
  description: 'The signed-in user.',
  tag: 'Applivery',
  security: ['accessToken'],
  answers: {
    200: answerOf('Applivery.ProfileResponse', 'The user.'),
    ...refusals(...TOKEN_REFUSALS, ...ANY_REFUSALS),
  },
});
