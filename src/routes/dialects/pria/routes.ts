/** Pria: start at either address, callback, sliding renewal with the profile, sign-out. */

import { Elysia } from 'elysia';
import { finishLogin } from '#core/authentication-response.ts';
import { findConnection } from '#core/connection.ts';
import { startLogin } from '#core/login-start.ts';
import { logOut } from '#core/provider-logout.ts';
import { slideSession } from '#core/refresh.ts';
import { useSession } from '#core/session.ts';
import type { Ports } from '#ports/ports.ts';
import { accessTokenOf } from '#routes/http/bearer.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { bodyParser } from '#routes/http/body.ts';
import { accepts, type BrowserBinding, isNavigation } from '#routes/http/browser.ts';
import { originOf } from '#routes/http/context.ts';
import { assertStart } from '#routes/http/parameters.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { priaDocs } from './docs.ts';
import { presentError } from './errors.ts';
import { presentRefresh, presentSession, presentSignout, presentStart, priaClaims, priaModels } from './payload.ts';

const DIALECT = 'pria';
const docs = priaDocs(bodyParser('application/json'));

export const pria = (ports: Ports, browser: BrowserBinding) =>
  new Elysia({ name: 'pria' })
    .model(priaModels)
    .onError(refuseWith(ports.log, presentError))
    .get('/sso/:organizationSlug', (context) => start(ports, browser, context), docs.start('startPriaLogin'))
    .get(
      '/api/auth/sso/:organizationSlug',
      (context) => start(ports, browser, context),
      docs.start('startPriaLoginUnderApi'),
    )
    .post(
      '/api/auth/sso_callback',
      async ({ body, request }) => {
        const { code, state, iss } = body;
        const error = body.error || undefined;
        const parts = { code, state, iss, error, browser: browser.read(request), origin: originOf(request), claims };
        return presentSession(await finishLogin(ports, { ...parts, unsolicited: true, dialect: DIALECT }));
      },
      docs.callback,
    )
    .post(
      '/api/user/refresh/profile',
      async ({ request }) => {
        const { record, accessToken } = await slideSession(ports, DIALECT, accessTokenOf(request), claims);
        return presentRefresh({ accessToken, profile: record });
      },
      docs.refresh,
    )
    .post(
      '/api/auth/signout',
      async ({ request }) => {
        const { session, user } = await useSession(ports, DIALECT, accessTokenOf(request));
        return presentSignout(await logOut(ports, session, { type: 'user', id: user.id }, originOf(request)));
      },
      docs.signout,
    );

const claims = (...[profile, sessionId]: Parameters<typeof priaClaims>) => ({ ...priaClaims(profile, sessionId) });

interface StartContext {
  readonly params: { readonly organizationSlug: string };
  readonly request: Request;
  readonly set: { status?: number | string; headers: Record<string, string | number> };
}

/** 302 unless JSON is asked for; bound to the browser when one navigates here. */
async function start(ports: Ports, browser: BrowserBinding, { params, request, set }: StartContext) {
  assertStart(request);
  const binding = isNavigation(request) ? browser.bind(request) : undefined;
  const started = await startLogin(ports, {
    dialect: DIALECT,
    origin: originOf(request),
    choose: (seen) => findConnection(ports, params.organizationSlug, undefined, seen),
    browser: binding?.value,
  });
  if (!binding && accepts(request, 'application/json')) return presentStart(started);
  const cookie: Record<string, string> = binding ? { 'set-cookie': binding.setCookie } : {};
  return answerBodiless(set, 302, { location: started.redirectUrl, ...cookie });
}
