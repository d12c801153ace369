/** Logout by OpenID Connect on the web: where providers send their logout tokens, and the page that posts our request. */
import { Elysia } from 'elysia';
import { receiveLogoutToken } from '#core/back-channel-logout.ts';
import { findLogoutRequest } from '#core/provider-logout.ts';
import type { Ports } from '#ports/ports.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { bodyParser } from '#routes/http/body.ts';
import { originOf } from '#routes/http/context.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { conveyLogout, refuseInPerson } from '#routes/pages/page-answer.ts';
import * as docs from './docs.ts';
import { presentLogoutError } from './errors.ts';

const PREFIX = '/oidc/:connectionId';

const backChannel = (ports: Ports) =>
  new Elysia({ name: 'oidc back-channel logout', prefix: PREFIX })
    .model(docs.oidcLogoutModels)
    .onError(refuseWith(ports.log, presentLogoutError))
    .post(
      '/backchannel-logout',
      async ({ params: { connectionId }, body, request, set }) => {
        await receiveLogoutToken(ports, { connectionId, logoutToken: body.logout_token, origin: originOf(request) });
        return answerBodiless(set, 200);
      },
      docs.receive(bodyParser('application/x-www-form-urlencoded')),
    );

const logoutRequest = (ports: Ports) =>
  new Elysia({ name: 'oidc logout page', prefix: PREFIX })
    .model(docs.oidcLogoutModels)
    .onError(refuseWith(ports.log, refuseInPerson('Signing out did not work')))
    .get(
      '/logout',
      async ({ params, query, set }) =>
        conveyLogout(set, await findLogoutRequest(ports, params.connectionId, query.session ?? '')),
      docs.page,
    );

export const oidcLogout = (ports: Ports) =>
  new Elysia({ name: 'oidc logout' }).use(backChannel(ports)).use(logoutRequest(ports));
