/** What the OpenAPI document says of Indee's routes. */
import type { BodyParser } from '#routes/http/body.ts';
import {
  ANY_REFUSALS,
  API_KEY_REFUSALS,
  INPUT_REFUSALS,
  LOGIN_REFUSALS,
  refusalTable,
  START_REFUSALS,
} from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';
import { presentError, refusals } from './errors.ts';

const EVERY = [...API_KEY_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS, 'organization_disabled'] as const;
const RENEWAL = [
  'refresh_token_invalid',
  'token_invalid',
  'token_expired',
  'session_ended',
  'session_expired',
] as const;

/** What the first step made is compared with what the second one brings. */
const COMPARED = ['api_key_mismatch', 'nonce_mismatch', 'email_mismatch'] as const;

const ERRORS = `### Errors

A refusal is \`{"status_code", "status_message"}\`. The families are Indee’s: A20xx authentication, A21xx authorization, A49xx other input, A5xxx the server; which reason takes which code is this server’s choice. Success is \`A0000\`.

${refusalTable(presentError, {
  Code: ({ status_code }) => status_code,
  Message: ({ status_message }) => status_message,
})}`;

/** Both prefixes have the same routes; an operation's name must be unique in the document. */
export const indeeDocs = (prefix: '/v1' | '/api/v1', parse: BodyParser) => {
  const suffix = prefix === '/v1' ? '' : 'UnderApi';
  return {
    initiate: {
      parse,
      ...describe({
        operationId: `initiateIndeeLogin${suffix}`,
        summary: 'SSO initiate',
        description: 'First step: answers where to send the person, and the state and nonce to keep.',
        tag: 'Indee',
        tagNotes: ERRORS,
        security: ['apiKey'],
        body: { model: 'Indee.InitiateRequest' },
        answers: { 200: answerOf('Indee.InitiateResponse', 'Started.'), ...refusals(...START_REFUSALS, ...EVERY) },
      }),
    },
    login: {
      parse,
      ...describe({
        operationId: `finishIndeeLogin${suffix}`,
        summary: 'SSO login',
        description: 'Second step: exchanges what came back for a session.',
        tag: 'Indee',
        security: ['apiKey'],
        body: { model: 'Indee.LoginRequest' },
        answers: {
          200: answerOf('Indee.TokenResponse', 'Signed in.'),
          ...refusals(...COMPARED, ...LOGIN_REFUSALS, ...EVERY),
        },
      }),
    },
    refresh: {
      parse,
      ...describe({
        operationId: `refreshIndeeSession${suffix}`,
        summary: 'Refresh',
        description: 'Answers a new access token; the refresh token stays the same.',
        tag: 'Indee',
        security: ['apiKey'],
        body: { model: 'Indee.RefreshRequest' },
        answers: {
          200: answerOf('Indee.RefreshResponse', 'Renewed.'),
          ...refusals('signing_unavailable', ...RENEWAL, ...EVERY),
        },
      }),
    },
    logout: {
      parse,
      ...describe({
        operationId: `endIndeeSession${suffix}`,
        summary: 'Logout',
        description:
          'Ends the session; its access tokens stop working too. Where the identity provider has a logout of its own (SAML single logout, OpenID Connect RP-initiated logout), the answer also says where to send the person to end its session.',
        tag: 'Indee',
        security: ['apiKey'],
        body: { model: 'Indee.LogoutRequest' },
        answers: { 200: answerOf('Indee.LogoutResponse', 'Ended.'), ...refusals(...RENEWAL, ...EVERY) },
      }),
    },
  } as const;
};
