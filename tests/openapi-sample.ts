/** An application with the dialects' models and no core: what the OpenAPI plumbing is tested on. */

import { Elysia, type Static } from 'elysia';
import { SsoError, type SsoErrorCode } from '#error';
import { presentError as appliveryError, refusals as appliveryRefusals } from '#routes/dialects/applivery/errors.ts';
import * as applivery from '#routes/dialects/applivery/examples.ts';
import { appliveryModels } from '#routes/dialects/applivery/payload.ts';
import { presentError as indeeError, refusals as indeeRefusals } from '#routes/dialects/indee/errors.ts';
import * as indee from '#routes/dialects/indee/examples.ts';
import { indeeModels } from '#routes/dialects/indee/payload.ts';
import { refusals as priaRefusals } from '#routes/dialects/pria/errors.ts';
import * as pria from '#routes/dialects/pria/examples.ts';
import { priaModels } from '#routes/dialects/pria/payload.ts';
import { openapiPlugin } from '#routes/http/openapi.ts';
import {
  ANY_REFUSALS,
  API_KEY_REFUSALS,
  INPUT_REFUSALS,
  LOGIN_REFUSALS,
  problems,
  START_REFUSALS,
  TOKEN_REFUSALS,
} from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe, textOf } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';

const FORM = 'application/x-www-form-urlencoded';

/** JSON or a form, whatever else is refused: a parser that returns undefined would fall back to Elysia's own. */
async function jsonOrForm({ request, contentType }: { request: Request; contentType: string }): Promise<unknown> {
  const body = await request.text();
  if (body === '') return {};
  if (contentType === 'application/json') return JSON.parse(body);
  if (contentType === FORM) return Object.fromEntries(new URLSearchParams(body));
  throw new SsoError('content_type_unsupported');
}

const appliverySample = () =>
  new Elysia({ name: 'sample-applivery' })
    .model(appliveryModels)
    .parser('jsonOrForm', jsonOrForm)
    .onError(({ error, code, set }) => {
      const cause = error instanceof Error && error.cause instanceof SsoError ? error.cause : error;
      const known: SsoErrorCode = code === 'VALIDATION' || code === 'PARSE' ? 'input_invalid' : 'internal_error';
      const refusal = appliveryError(cause instanceof SsoError ? cause : new SsoError(known));
      set.status = refusal.status;
      Object.assign(set.headers, refusal.headers);
      return refusal.body;
    })
    .get(
      '/v1/auth/sso/:organizationSlug/:type',
      () => applivery.start as Static<(typeof appliveryModels)['Applivery.StartResponse']>,
      {
        params: 'Applivery.CallbackParams',
        query: 'Applivery.StartQuery',
        ...describe({
          operationId: 'appliveryStart',
          summary: 'Start a login',
          description: 'Answers where to send the person; a browser that asks for HTML is redirected.',
          tag: 'Applivery',
          security: [],
          answers: {
            200: answerOf('Applivery.StartResponse', 'The login has started.'),
            302: bodiless('The same, for a browser.', { Location: 'The authorization request.' }),
            ...appliveryRefusals('input_invalid', ...START_REFUSALS, ...ANY_REFUSALS),
          },
        }),
      },
    )
    .post(
      '/v1/auth/sso/:organizationSlug/:type/callback',
      ({ body, query, params }) => {
        if (params.type === 'echo') throw new SsoError('token_missing');
        const code: string | undefined = body.code ?? query.code;
        if (code === undefined) throw new SsoError('code_missing');
        return { ...applivery.session, secret: 'never leaves' } as Static<
          (typeof appliveryModels)['Applivery.SessionResponse']
        >;
      },
      {
        params: 'Applivery.CallbackParams',
        query: 'Applivery.CallbackQuery',
        parse: ['jsonOrForm'],
        ...describe({
          operationId: 'appliveryCallback',
          summary: 'Finish a login',
          description: 'Verifies what the identity provider sent, provisions the user and answers with a session.',
          tag: 'Applivery',
          security: [],
          body: {
            model: 'Applivery.CallbackRequest',
            contentTypes: ['application/json', FORM],
            required: false,
            examples: { code: { value: applivery.callbackRequest }, saml: { value: applivery.samlCallbackRequest } },
          },
          answers: {
            200: answerOf('Applivery.SessionResponse', 'Signed in.'),
            ...appliveryRefusals(...LOGIN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
          },
        }),
      },
    )
    .get(
      '/v1/users/profile',
      () => applivery.profile as Static<(typeof appliveryModels)['Applivery.ProfileResponse']>,
      {
        ...describe({
          operationId: 'appliveryProfile',
          summary: 'Current user',
          description: 'The user of the access token.',
          tag: 'Applivery',
          security: ['accessToken'],
          answers: {
            200: answerOf('Applivery.ProfileResponse', 'The user.'),
            ...appliveryRefusals(...TOKEN_REFUSALS, ...ANY_REFUSALS),
          },
        }),
      },
    );

const indeeSample = () =>
  new Elysia({ name: 'sample-indee', prefix: '/v1/admin/auth' })
    .model(indeeModels)
    .onError(({ set }) => {
      const refusal = indeeError(new SsoError('input_invalid'));
      set.status = refusal.status;
      return refusal.body;
    })
    .post('/sso/login', () => indee.session as Static<(typeof indeeModels)['Indee.TokenResponse']>, {
      parse: 'json',
      ...describe({
        operationId: 'indeeLogin',
        summary: 'Finish a login',
        description: 'Second step; the first is `sso/initiate`.',
        tag: 'Indee',
        security: ['apiKey'],
        body: { model: 'Indee.LoginRequest' },
        answers: {
          200: answerOf('Indee.TokenResponse', 'Signed in.'),
          ...indeeRefusals(...API_KEY_REFUSALS, ...LOGIN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    })
    // a route that states its models without `describe`
    .post('/refresh', () => indee.refresh as Static<(typeof indeeModels)['Indee.RefreshResponse']>, {
      body: 'Indee.RefreshRequest',
      response: { 200: 'Indee.RefreshResponse', 401: 'Indee.Error' },
      detail: {
        operationId: 'indeeRefresh',
        summary: 'Renew',
        description: 'Renews.',
        tags: ['Indee'],
        security: [{ apiKey: [] }],
      },
    });

/** Mounted at two addresses. */
const priaStart = {
  params: 'Pria.StartParams' as const,
  ...describe({
    operationId: 'priaStart',
    summary: 'Start a login',
    description: 'Redirects to the identity provider.',
    tag: 'Pria',
    security: [],
    answers: {
      200: answerOf('Pria.StartResponse', 'The started login, as JSON.'),
      302: bodiless('To the identity provider.', { Location: 'The authorization request.' }),
      ...priaRefusals(...START_REFUSALS, ...ANY_REFUSALS),
    },
  }),
};

const priaSample = () =>
  new Elysia({ name: 'sample-pria', prefix: '/api' })
    .model(priaModels)
    .get('/sso/:organizationSlug', () => pria.start as Static<(typeof priaModels)['Pria.StartResponse']>, priaStart)
    .get(
      '/auth/sso/:organizationSlug',
      () => pria.start as Static<(typeof priaModels)['Pria.StartResponse']>,
      priaStart,
    )
    .post('/auth/sso_callback', () => pria.session as Static<(typeof priaModels)['Pria.SessionResponse']>, {
      parse: 'json',
      ...describe({
        operationId: 'priaCallback',
        summary: 'Finish a login',
        description: 'Answers with a token and the profile.',
        tag: 'Pria',
        security: [],
        body: { model: 'Pria.CallbackRequest' },
        answers: {
          200: answerOf('Pria.SessionResponse', 'Signed in.'),
          ...priaRefusals(...LOGIN_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    })
    .post('/user/refresh/profile', () => pria.refresh as Static<(typeof priaModels)['Pria.RefreshResponse']>, {
      ...describe({
        operationId: 'priaRefreshProfile',
        summary: 'Renew the token',
        description: 'A valid token is exchanged for a fresh one.',
        tag: 'Pria',
        security: ['xAccessToken', 'accessToken'],
        body: { model: 'Pria.RefreshRequest', required: false },
        answers: {
          200: answerOf('Pria.RefreshResponse', 'A fresh token and the profile.'),
          ...priaRefusals(...TOKEN_REFUSALS, ...ANY_REFUSALS),
        },
      }),
    });

const operations = () =>
  new Elysia({ name: 'sample-operations' }).model(problemModels).get('/metrics', () => 'up 1', {
    ...describe({
      operationId: 'metrics',
      summary: 'Metrics',
      description: 'Prometheus text format.',
      tag: 'Operations',
      security: ['adminKey'],
      answers: { 200: textOf('text/plain', 'The metrics.'), ...problems('api_key_missing', 'internal_error') },
    }),
  });

export const sampleApp = () =>
  new Elysia()
    .use(appliverySample())
    .use(indeeSample())
    .use(priaSample())
    .use(operations())
    .use(openapiPlugin({ version: '0.1.0', publicUrl: 'https://login.acme.test', license: 'MIT' }));
