/** The one list where everything is mounted. No side effects: ports come in, an application goes out. */

import { Elysia } from 'elysia';
import type { Ports } from '#ports/ports.ts';
import { admin } from '#routes/admin/routes.ts';
import { connectionTest } from '#routes/connection-test/routes.ts';
import { applivery } from '#routes/dialects/applivery/routes.ts';
import { indee } from '#routes/dialects/indee/routes.ts';
import { pria } from '#routes/dialects/pria/routes.ts';
import { logAccess } from '#routes/http/access-log.ts';
import { createRouteTable } from '#routes/http/allow.ts';
import { createBrowserBinding } from '#routes/http/browser.ts';
import { contextOf, openContext } from '#routes/http/context.ts';
import { crossOrigin } from '#routes/http/cross-origin.ts';
import { openapiPlugin } from '#routes/http/openapi.ts';
import { refuseUnstorable } from '#routes/http/parameters.ts';
import { presentProblem } from '#routes/http/problem.ts';
import { limitRate } from '#routes/http/rate-limit.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { oauth2 } from '#routes/oauth2/routes.ts';
import { oidcLogout } from '#routes/oidc/logout.ts';
import { operations, type Readiness } from '#routes/operations.ts';
import { samlLogout } from '#routes/saml/logout.ts';
import { saml } from '#routes/saml/routes.ts';

export interface AppOptions {
  readonly readiness: Readiness;
  readonly version: string;
}

/** Every answer carries these; a page that needs more says so itself. */
const HEADERS = {
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export function createApp(ports: Ports, { readiness, version }: AppOptions) {
  const { config, log, clock, metrics } = ports;
  const browser = createBrowserBinding(config.PUBLIC_URL, config.AUTHENTICATION_REQUEST_SECONDS);
  const transport: Record<string, string> = config.PUBLIC_URL.startsWith('https:')
    ? { 'strict-transport-security': 'max-age=31536000' }
    : {};
  const routes = createRouteTable();
  const refuse = refuseWith(log, (error, request) => presentProblem(error, contextOf(request).requestId));
  const app = new Elysia({ name: 'vestibule' })
    .onRequest(({ request, set }) => {
      const { requestId } = openContext(request, config.TRUSTED_PROXY_HOPS, clock.now());
      Object.assign(set.headers, HEADERS, transport, { 'request-id': requestId });
      // HEAD would run the GET handler, and starting a login is not a safe thing to do for a link checker
      if (request.method === 'HEAD') throw routes.refusalOf(request);
    })
    .use(logAccess(log, metrics))
    .use(refuseUnstorable)
    .use(crossOrigin(config.ALLOWED_ORIGINS))
    .use(limitRate(config.RATE_LIMIT_PER_MINUTE, clock))
    .use(applivery(ports, browser))
    .use(indee(ports, '/v1'))
    .use(indee(ports, '/api/v1'))
    .use(pria(ports, browser))
    .use(saml(ports, browser))
    .use(samlLogout(ports))
    .use(oidcLogout(ports))
    .use(connectionTest(ports))
    .use(oauth2(ports))
    .use(admin(ports))
    .use(operations(ports, readiness))
    .use(openapiPlugin({ version, publicUrl: config.PUBLIC_URL, license: 'Apache-2.0' }))
    // after the dialects: a hook reaches the routes that come after it, and theirs speak for themselves
    .onError(({ code, error, request, set }) =>
      refuse({ code, error: code === 'NOT_FOUND' ? routes.refusalOf(request) : error, request, set }),
    );
  routes.readFrom(app);
  return app;
}

export type App = ReturnType<typeof createApp>;
