/** OAuth 2.0 endpoints for API clients: token revocation (RFC 7009) and introspection (RFC 7662), behind an API key. */
import { Elysia } from 'elysia';
import { authenticateApiKey } from '#core/api-key.ts';
import { introspectToken, revokeToken } from '#core/shown-token.ts';
import { SsoError } from '#error';
import type { Ports } from '#ports/ports.ts';
import { refuseMethod } from '#routes/http/allow.ts';
import { apiKeyOf } from '#routes/http/api-key.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { bodyParser } from '#routes/http/body.ts';
import { originOf } from '#routes/http/context.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import * as docs from './docs.ts';
import { oauthErrorModels, presentOAuthError } from './errors.ts';
import { oauth2Models, presentIntrospection } from './payload.ts';

export const oauth2 = (ports: Ports) =>
  new Elysia({ name: 'oauth2', prefix: '/oauth2' })
    .model({ ...oauth2Models, ...oauthErrorModels })
    .onError(refuseWith(ports.log, presentOAuthError))
    // a token in an address would end up in logs
    .get('/revoke', refuseMethod, { detail: { hide: true } })
    .get('/introspect', refuseMethod, { detail: { hide: true } })
    // before the body is looked at: who brings no key learns nothing about schemas
    .onTransform(({ request }) => {
      if (!apiKeyOf(request)) throw new SsoError('api_key_missing');
    })
    .post(
      '/revoke',
      async ({ body, request, set }) => {
        const { apiKey } = await authenticateApiKey(ports, apiKeyOf(request), originOf(request));
        await revokeToken(ports, apiKey, body.token, originOf(request));
        return answerBodiless(set, 200);
      },
      docs.revoke(bodyParser('application/x-www-form-urlencoded')),
    )
    .post(
      '/introspect',
      async ({ body, request }) => {
        const { apiKey } = await authenticateApiKey(ports, apiKeyOf(request), originOf(request));
        return presentIntrospection(await introspectToken(ports, apiKey, body.token), ports.config.PUBLIC_URL);
      },
      docs.introspect(bodyParser('application/x-www-form-urlencoded')),
    );
