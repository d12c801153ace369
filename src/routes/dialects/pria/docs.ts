/** What the OpenAPI document says of Pria's routes. */
import type { BodyParser } from '#routes/http/body.ts';
import {
  ANY_REFUSALS,
  INPUT_REFUSALS,
  LOGIN_REFUSALS,
  START_REFUSALS,
  TOKEN_REFUSALS,
} from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';
import { refusals } from './errors.ts';

const SESSION = ['accessToken', 'xAccessToken'] as const;

export const priaDocs = (parse: BodyParser) =>
  ({
    start: (operationId: string) => ({
      params: 'Pria.StartParams' as const,
      ...describe({
        operationId,
        summary: 'Start a login',
        description:
          'Redirects to the identity provider; answers JSON when asked for it. Only the browser that came here can finish the login.',
        tag: 'Pria',
        security: [],
        answers: {
          200: answerOf('Pria.StartResponse', 'The started login, as JSON.'),
          302: bodiless('To the identity provider.', { Location: 'The authorization request.' }),
          ...refusals('input_invalid', ...START_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    }),
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
          ...refusals(...LOGIN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
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
        body: { model: 'Pria.RefreshRequest', required: false },
        answers: {
          200: answerOf('Pria.RefreshResponse', 'A fresh token.'),
          ...refusals(...TOKEN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    },
    signout: {
      parse,
      ...describe({
        operationId: 'endPriaSession',
        summary: 'Sign out',
        description: 'Ends the session of the token.',
        tag: 'Pria',
        security: SESSION,
        body: { model: 'Pria.SignoutRequest', required: false },
        answers: {
          200: answerOf('Pria.SignoutResponse', 'Signed out.'),
          ...refusals(...TOKEN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    },
  }) as const;
