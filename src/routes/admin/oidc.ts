/** The admin API of OpenID connections: what to enter at the provider. */

import { Elysia } from 'elysia';
import { reachConnection } from '#core/admin-caller.ts';
import { readOidcConnection } from '#core/oidc-connection.ts';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from '#routes/http/admin-caller.ts';
import { tagged } from '#routes/http/etag.ts';
import { taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { describe } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import { oidcAdminModels, presentOidcConnection } from './oidc-resources.ts';

const id = '507f1f77bcf86cd799439029';
const EXAMPLE = {
  connectionId: id,
  organizationId: '507f1f77bcf86cd799439024',
  client: {
    clientId: 'vestibule',
    redirectUris: ['https://app.example.com/login/callback'],
    backchannelLogoutUri: `https://login.example.com/oidc/${id}/backchannel-logout`,
    postLogoutRedirectUri: 'https://app.example.com/signed-out',
  },
  provider: {
    issuer: 'https://login.acme.example',
    backchannelLogoutSupported: true,
    backchannelLogoutSessionSupported: true,
    endSessionEndpoint: 'https://login.acme.example/logout',
    endSessionTrusted: true,
  },
};

/** Mounted behind the operator's key. */
export const oidcAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin oidc' }).model({ ...problemModels, ...oidcAdminModels }).get(
    '/connections/:id/oidc',
    async ({ params, request, set }) => {
      await reachConnection(ports, callerOf(request), params.id);
      const found = await readOidcConnection(ports, params.id);
      return tagged(set, presentOidcConnection(found, ports.config.PUBLIC_URL));
    },
    {
      params: 'Admin.OidcParams',
      ...describe({
        tag: 'Connections',
        security: ['adminKey'],
        operationId: 'readOidcConnection',
        summary: 'OpenID Connect side of a connection',
        description: 'What to enter at the provider, and what the provider announces of logout.',
        answers: {
          200: taggedOf('Admin.OidcConnection', 'The connection.', EXAMPLE),
          ...problems('not_found', ...ADMIN_REFUSALS),
        },
      }),
    },
  );
