/** Applivery: start, callback, rotating renewal, logout and the current user. */

import { Elysia } from 'elysia';
import { finishLogin } from '#core/authentication-response.ts';
import { findConnection } from '#core/connection.ts';
import { startLogin } from '#core/login-start.ts';
import { logOut } from '#core/provider-logout.ts';
import { rotatePair } from '#core/refresh.ts';
import { finishHandedOnLogin } from '#core/saml-handover.ts';
import { useSession } from '#core/session.ts';
import { SsoError } from '#error';
import type { Ports } from '#ports/ports.ts';
import { bearerToken } from '#routes/http/bearer.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { bodyParser, largeBodyParser } from '#routes/http/body.ts';
import { type BrowserBinding, isNavigation } from '#routes/http/browser.ts';
import { originOf } from '#routes/http/context.ts';
import { answeredParameters, assertStart } from '#routes/http/parameters.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import * as docs from './docs.ts';
import { presentError } from './errors.ts';
import {
  appliveryModels,
  presentLogout,
  presentProfile,
  presentRefresh,
  presentSession,
  presentStart,
} from './payload.ts';

const DIALECT = 'applivery';

export const applivery = (ports: Ports, browser: BrowserBinding) =>
  new Elysia({ name: 'applivery', prefix: '/v1' })
    .model(appliveryModels)
    .onError(refuseWith(ports.log, presentError))
    .get(
      '/auth/sso/:organizationSlug/:type',
      async ({ params, query, request, set }) => {
        assertStart(request);
        const binding = isNavigation(request) ? browser.bind(request) : undefined;
        const started = await startLogin(ports, {
          dialect: DIALECT,
          origin: originOf(request),
          choose: (seen) => findConnection(ports, params.organizationSlug, params.type, seen),
          redirectUri: query.redirect_uri,
          loginHint: query.login_hint,
          browser: binding?.value,
        });
        if (!binding) return presentStart(started);
        return answerBodiless(set, 302, { location: started.redirectUrl, 'set-cookie': binding.setCookie });
      },
      docs.start,
    )
    .post(
      '/auth/sso/:organizationSlug/:type/callback',
      async ({ params, body, request }) => {
        const { code, state, iss, error: named, SAMLResponse, RelayState } = answeredParameters(request, body);
        const error = named || undefined;
        const path = { organization: params.organizationSlug, connection: params.type };
        const caller = { dialect: DIALECT, path, browser: browser.read(request), origin: originOf(request) } as const;
        if (SAMLResponse !== undefined) {
          if (code || error) throw new SsoError('response_ambiguous');
          const callbackUrl = ports.config.PUBLIC_URL + new URL(request.url).pathname;
          const handed = { ...caller, message: SAMLResponse, relayState: RelayState, callbackUrl };
          return presentSession(await finishHandedOnLogin(ports, handed));
        }
        const answer = { ...caller, code, state, iss, error, unsolicited: true };
        return presentSession(await finishLogin(ports, answer));
      },
      docs.callback(largeBodyParser('application/json', 'application/x-www-form-urlencoded')),
    )
    .post(
      '/auth/refresh',
      async ({ body, request }) => presentRefresh(await rotatePair(ports, DIALECT, body, originOf(request))),
      docs.refresh(bodyParser('application/json')),
    )
    .post(
      '/auth/logout',
      async ({ request }) => {
        const { session, user } = await useSession(ports, DIALECT, bearerToken(request));
        return presentLogout(await logOut(ports, session, { type: 'user', id: user.id }, originOf(request)));
      },
      docs.logout(bodyParser('application/json')),
    )
    .get(
      '/users/profile',
      async ({ request }) => presentProfile(await useSession(ports, DIALECT, bearerToken(request))),
      docs.profile,
    );
