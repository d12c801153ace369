/** What the OpenAPI document says of Pria's routes. */
import type { BodyParser } from '#routes/http/body.ts';
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
import { refreshRequest, signoutRequest } from './examples.ts';

const SESSION = ['accessToken', 'xAccessToken'] as const;

const ERRORS = `### Errors

A refusal is \`{"success": false, "message"}\`; there are no error numbers. “Invalid access token” with a reason behind it is Pria’s wording; the other sentences and the statuses are this server’s own.

${refusalTable(presentError, { Message: ({ message }) => message })}`;

/** Two addresses start a login; an operation's name must be unique in the document. */
const start = (operationId: string) => ({
  params: 'Pria.StartParams' as const,
  ...describe({
    operationId,
    summary: 'Start a login',
    description:
      'Redirects to the identity provider; answers JSON when asked for it. Only the browser that came here can finish the login.',
    tag: 'Pria',
    tagNotes: ERRORS,
    security: [],
    answers: {
      200: answerOf('Pria.StartResponse', 'The started login, as JSON.'),
      302: bodiless('To the identity provider.', {
        Location: 'The authorization request.',
        'Set-Cookie': 'Binds the login to this browser, when one navigates here.',
      }),
      ...refusals(...START_REFUSALS, ...ANY_REFUSALS),
    },
  }),
});

export const priaDocs = (parse: BodyParser) =>
  ({
    start,
    callback: {
      parse,
      ...describe({
        operationId: 'finishPriaLogin',
        summary: 'SSO callback',
        description: 'Finishes a login with what came back to the redirect URI.',
        tag: 'Pria',
        security: [],
        body: { model: 'Pria.CallbackRequest' },
        answers: {
          200: answerOf('Pria.SessionResponse', 'Authentication successful.'),
          ...refusals('state_missing', ...LOGIN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    },
    refresh: {
      parse,
      ...describe({
        operationId: 'refreshPriaProfile',
        summary: 'Refresh the profile',
        description: 'Exchanges a valid token for a fresh one, with the profile as it is now.',
        tag: 'Pria',
        security: SESSION,
        body: { model: 'Pria.RefreshRequest', required: false, examples: { default: { value: refreshRequest } } },
        answers: {
          200: answerOf('Pria.RefreshResponse', 'A fresh token.'),
          ...refusals('signing_unavailable', ...TOKEN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    },
    signout: {
      parse,
      ...describe({
        operationId: 'endPriaSession',
        summary: 'Sign out',
        description:
          'Ends the session of the token. Where the identity provider has a logout of its own (SAML single logout, OpenID Connect RP-initiated logout), the answer also says where to send the person to end its session.',
        tag: 'Pria',
        security: SESSION,
        body: { model: 'Pria.SignoutRequest', required: false, examples: { default: { value: signoutRequest } } },
        answers: {
          200: answerOf('Pria.SignoutResponse', 'Signed out.'),
          ...refusals(...TOKEN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    },
  }) as const;
