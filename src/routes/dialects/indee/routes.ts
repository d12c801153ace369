/**
 * Indee: initiate, login, renewal without rotation, logout. Every call carries the organization's API key.
 * The same routes answer under `/v1` and `/api/v1`, as both spellings are documented.
 */

import { Elysia } from 'elysia';
import { authenticateApiKey } from '#core/api-key.ts';
import { finishLogin } from '#core/authentication-response.ts';
import { findConnectionForEmail } from '#core/connection.ts';
import { parseEmail } from '#core/email.ts';
import { startLogin } from '#core/login-start.ts';
import { logOut } from '#core/provider-logout.ts';
import { readRefreshSession, renewAccessToken } from '#core/refresh.ts';
import { SsoError } from '#error';
import type { Ports } from '#ports/ports.ts';
import { bearerToken } from '#routes/http/bearer.ts';
import { bodyParser } from '#routes/http/body.ts';
import { originOf } from '#routes/http/context.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { indeeDocs } from './docs.ts';
import { presentError } from './errors.ts';
import { indeeModels, presentInitiation, presentLogout, presentRefresh, presentSession } from './payload.ts';

const DIALECT = 'indee';
const json = bodyParser('application/json');

export const indee = (ports: Ports, prefix: '/v1' | '/api/v1') => {
  const docs = indeeDocs(prefix, json);
  return (
    new Elysia({ name: `indee ${prefix}`, prefix: `${prefix}/admin/auth` })
      .model(indeeModels)
      .onError(refuseWith(ports.log, presentError))
      // before the body is looked at: who brings no key learns nothing about schemas
      .onTransform(async ({ request, path }) => {
        if (!bearerToken(request)) await refuseWithoutKey(ports, request, path);
      })
      .post(
        '/sso/initiate',
        async ({ body, request }) => {
          const email = parseEmail(body.username);
          const { redirectUrl, state, nonce } = await startLogin(ports, {
            dialect: DIALECT,
            origin: originOf(request),
            apiKey: { value: bearerToken(request) },
            choose: async (seen, { id }) => {
              if (!email) throw new SsoError('input_invalid', { detail: 'username is no email address' });
              return findConnectionForEmail(ports, id, email, seen);
            },
            loginHint: email?.address,
          });
          return presentInitiation({ state, nonce, redirect: redirectUrl });
        },
        docs.initiate,
      )
      .post(
        '/sso/login',
        async ({ body, request }) => {
          const { state, nonce, email, iss, extended_expiry: extended } = body;
          const error = body.error || undefined;
          // with an error the code means nothing, whatever stands there
          const code = error === undefined ? body.code : undefined;
          const parts = { state, nonce, email, code, iss, error, extended, origin: originOf(request) };
          const apiKey = { value: bearerToken(request) };
          return presentSession(await finishLogin(ports, { ...parts, apiKey, dialect: DIALECT }));
        },
        docs.login,
      )
      .post(
        '/refresh',
        async ({ body, request }) => {
          const { organization } = await authenticateApiKey(ports, bearerToken(request), originOf(request), DIALECT);
          return presentRefresh({
            accessToken: await renewAccessToken(ports, DIALECT, body.refresh_token, organization.id),
          });
        },
        docs.refresh,
      )
      .post(
        '/logout',
        async ({ body, request }) => {
          const { apiKey, organization } = await authenticateApiKey(
            ports,
            bearerToken(request),
            originOf(request),
            DIALECT,
          );
          const { session } = await readRefreshSession(ports, DIALECT, body.refresh_token, organization.id);
          return presentLogout(await logOut(ports, session, { type: 'api_key', id: apiKey.id }, originOf(request)));
        },
        docs.logout,
      )
  );
};

/** Starts and ends of logins without a key leave a trace, as those with a wrong one. @throws SsoError `api_key_missing` */
async function refuseWithoutKey(ports: Ports, request: Request, path: string): Promise<never> {
  const keyless = { dialect: DIALECT, origin: originOf(request), apiKey: { value: undefined } } as const;
  const missing = new SsoError('api_key_missing');
  if (path.endsWith('/sso/initiate')) await startLogin(ports, { ...keyless, choose: () => Promise.reject(missing) });
  if (path.endsWith('/sso/login')) await finishLogin(ports, { ...keyless, state: undefined, code: undefined });
  throw missing;
}
