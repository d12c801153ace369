/** The demo's page in a browser: at `/`, and at the connection's redirect URI. Mounted by the demo alone. */
import { Elysia } from 'elysia';
import { SsoError } from '#error';
import { listLogins } from '#ports/db/traces.ts';
import { apiKeyPrefix } from '#ports/keys/api-key.ts';
import type { Ports } from '#ports/ports.ts';
import { demoAssets } from './assets.ts';
import { callbackPage } from './callback-view.ts';
import { homePage } from './home-view.ts';
import type { DemoServer } from './services.ts';
import { findStartedLogin } from './started-login.ts';
import { traceView } from './trace-view.ts';

const SHOWN_LOGINS = 8;
const HIDDEN = { detail: { hide: true } };

/** What the page's server part does for it, because it takes the API key. */
const INDEE_OPERATIONS = new Map([
  ['initiate', '/v1/admin/auth/sso/initiate'],
  ['login', '/v1/admin/auth/sso/login'],
  ['refresh', '/v1/admin/auth/refresh'],
  ['logout', '/v1/admin/auth/logout'],
]);

export const demoPage = (ports: Ports, server: DemoServer) =>
  new Elysia({ name: 'demo' }).use(demoAssets()).use(pages(ports, server)).use(indeeBackEnd(server));

const pages = ({ db }: Ports, { issuer, apiKey }: DemoServer) => {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  };
  return new Elysia({ name: 'demo-pages' })
    .get(
      '/',
      async ({ set }) => {
        Object.assign(set.headers, headers);
        const logins = await listLogins(db, { limit: SHOWN_LOGINS });
        // ids of the same second are in no order
        return homePage(
          issuer,
          logins.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime()),
        );
      },
      HIDDEN,
    )
    .get(
      '/demo/callback',
      async ({ request, set }) => {
        Object.assign(set.headers, headers);
        const parameters = new URL(request.url).searchParams;
        const login = await findStartedLogin(db, parameters.get('state') ?? '');
        return callbackPage({ issuer, apiKeyHint: `${apiKeyPrefix(apiKey)}…`, parameters, login });
      },
      HIDDEN,
    )
    .get(
      '/demo/traces/:requestId',
      async ({ params, set }) => {
        const [login] = await listLogins(db, { requestId: params.requestId, limit: 1 });
        Object.assign(set.headers, headers);
        if (login) return traceView(login).text;
        set.status = 204;
        return undefined;
      },
      HIDDEN,
    );
};

/** The back end of a client of Indee: it holds the API key, adds it, and hands everything else through. */
const indeeBackEnd = ({ url, apiKey }: DemoServer) =>
  new Elysia({ name: 'demo-indee' }).post(
    '/demo/indee/:operation',
    async ({ params, request, set }) => {
      const path = INDEE_OPERATIONS.get(params.operation);
      if (!path) throw new SsoError('not_found');
      // for this page alone, not for whoever can make a browser send something here
      if (request.headers.get('sec-fetch-site') !== 'same-origin') throw new SsoError('api_key_forbidden');
      const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
      const answer = await fetch(url + path, { method: 'POST', headers, body: await request.text() });
      set.status = answer.status;
      set.headers['content-type'] = 'application/json';
      set.headers['request-id'] = answer.headers.get('request-id') ?? '';
      return answer.text();
    },
    { parse: 'none', ...HIDDEN },
  );
