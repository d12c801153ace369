/** The demo's page in a browser: at `/`, and at the connections' redirect URI. Mounted by the demo alone. */
import { Elysia } from 'elysia';
import { SsoError } from '#error';
import { listLogins } from '#ports/db/traces.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import { apiKeyPrefix } from '#ports/keys/api-key.ts';
import type { Ports } from '#ports/ports.ts';
import { demoAssets } from './assets.ts';
import { callbackPage, signedOutPage } from './callback-view.ts';
import { type DemoConnection, isOrganization, readConnections } from './connections.ts';
import { homePage } from './home-view.ts';
import { REDIRECT_PATH, SIGNED_OUT_PATH } from './organization.ts';
import type { DemoServer } from './services.ts';
import { findStartedLogin } from './started-login.ts';
import { traceView } from './trace-view.ts';

const SHOWN_LOGINS = 10;
/** The SAML provider's metadata to look at: browsers keep what comes under its proper type as a file. */
const METADATA_PATH = '/demo/saml-provider';
const HIDDEN = { detail: { hide: true } };
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
};

/** What the page's server part does for it, because it takes the API key. */
const INDEE_OPERATIONS = new Map([
  ['initiate', '/v1/admin/auth/sso/initiate'],
  ['login', '/v1/admin/auth/sso/login'],
  ['refresh', '/v1/admin/auth/refresh'],
  ['logout', '/v1/admin/auth/logout'],
]);

export const demoPage = (ports: Ports, server: DemoServer) =>
  new Elysia({ name: 'demo' }).use(demoAssets()).use(pages(ports, server)).use(indeeBackEnd(server));

const pages = ({ db }: Ports, server: DemoServer) => {
  const providers = { issuer: server.issuer, metadataPath: METADATA_PATH };
  return new Elysia({ name: 'demo-pages' })
    .get(
      '/',
      async ({ set }) => {
        Object.assign(set.headers, HEADERS);
        const [logins, connections] = await Promise.all([listLogins(db, { limit: SHOWN_LOGINS }), readConnections(db)]);
        // ids of the same second are in no order
        logins.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
        return homePage({ providers, connections, initiateUrl: initiateUrl(server, connections), logins });
      },
      HIDDEN,
    )
    .get(
      REDIRECT_PATH,
      async ({ request, set }) => {
        Object.assign(set.headers, HEADERS);
        const parameters = new URL(request.url).searchParams;
        const login = await findStartedLogin(db, parameters);
        const keyHint = (organization: keyof DemoServer['apiKeys']) => `${apiKeyPrefix(server.apiKeys[organization])}…`;
        return callbackPage({ providers, keyHint, parameters, login });
      },
      HIDDEN,
    )
    .get(
      METADATA_PATH,
      ({ set }) => {
        set.headers['content-type'] = 'text/xml; charset=utf-8';
        // styles and arrows are those of the browser's own view of XML
        set.headers['content-security-policy'] =
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
        return server.saml.metadataXml();
      },
      HIDDEN,
    )
    .get(
      SIGNED_OUT_PATH,
      ({ set }) => {
        Object.assign(set.headers, HEADERS);
        return signedOutPage(providers);
      },
      HIDDEN,
    )
    .get(
      '/demo/traces/:requestId',
      async ({ params, set }) => {
        const [login] = await listLogins(db, { requestId: params.requestId, limit: 1 });
        Object.assign(set.headers, HEADERS);
        if (login) return traceView(login).text;
        set.status = 204;
        return undefined;
      },
      HIDDEN,
    );
};

/** Where Globex's people start by themselves. */
function initiateUrl({ url, saml }: DemoServer, connections: readonly DemoConnection[]): string {
  const globex = connections.find(({ organization }) => organization === 'globex');
  return saml.initiateUrl(serviceProvider(url, globex?.id ?? '').entityId).href;
}

/** The back end of each organization's client of Indee: it holds the API key, adds it, and hands everything else through. */
const indeeBackEnd = ({ url, apiKeys }: DemoServer) =>
  new Elysia({ name: 'demo-indee' }).post(
    '/demo/indee/:organization/:operation',
    async ({ params: { organization, operation }, request, set }) => {
      const path = INDEE_OPERATIONS.get(operation);
      if (!path || !isOrganization(organization)) throw new SsoError('not_found');
      // for this page alone, not for whoever can make a browser send something here
      if (request.headers.get('sec-fetch-site') !== 'same-origin') throw new SsoError('api_key_forbidden');
      const headers = { authorization: `Bearer ${apiKeys[organization]}`, 'content-type': 'application/json' };
      const answer = await fetch(url + path, { method: 'POST', headers, body: await request.text() });
      set.status = answer.status;
      set.headers['content-type'] = 'application/json';
      set.headers['request-id'] = answer.headers.get('request-id') ?? '';
      return answer.text();
    },
    { parse: 'none', ...HIDDEN },
  );
