/** The admin API of API keys: make, list, read, change, revoke. */

import { Elysia } from 'elysia';
import { type AdminCaller, requireReach } from '#core/admin-caller.ts';
import { changeApiKey, issueApiKey, type KeyCall, revokeApiKey } from '#core/api-key-administration.ts';
import { SsoError } from '#error';
import { listApiKeys, readApiKeyRow } from '#ports/db/api-key-administration.ts';
import type { ApiKey } from '#ports/db/schema.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { createOnce } from '#routes/http/creation.ts';
import { ifMatch, tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as docs from './api-key-docs.ts';
import { apiKeyAdminModels, presentApiKey, presentIssuedApiKey } from './api-key-resources.ts';
import { instantOf } from './declaration-field.ts';
import { openPage } from './page.ts';

/** Mounted behind the operator's key. */
export const apiKeyAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin api keys' })
    .model({ ...problemModels, ...adminHeaderModels, ...apiKeyAdminModels })
    .post(
      '/organizations/:id/api-keys',
      async ({ params, body, request, set }) => {
        requireReach(callerOf(request), params.id);
        const wanted = { ...body, expiresAt: instantOf(body.expiresAt) };
        return createOnce(ports, { body, request, set }, '/admin/v1/api-keys', async () =>
          presentIssuedApiKey(await issueApiKey(ports, params.id, wanted, adminOriginOf(request))),
        );
      },
      docs.create,
    )
    .get(
      '/organizations/:id/api-keys',
      async ({ params, query, request }) => {
        requireReach(callerOf(request), params.id);
        const { rows, present } = await openPage(request, query);
        const found = await listApiKeys(ports.db, { organizationId: params.id, ...rows });
        if (!found) throw new SsoError('not_found');
        return present(found, presentApiKey);
      },
      docs.list,
    )
    .get(
      '/api-keys/:id',
      async ({ params, request, set }) =>
        tagged(set, presentApiKey(await reachApiKey(ports, callerOf(request), params.id))),
      docs.read,
    )
    .patch(
      '/api-keys/:id',
      async ({ params, body, request, set }) => {
        const call = await callFor(ports, request, params.id);
        const wanted = { ...body, expiresAt: instantOf(body.expiresAt) };
        return tagged(set, presentApiKey(await changeApiKey(ports, params.id, wanted, call)));
      },
      docs.update,
    )
    .delete(
      '/api-keys/:id',
      async ({ params, request, set }) => {
        await revokeApiKey(ports, params.id, await callFor(ports, request, params.id));
        return answerBodiless(set, 204);
      },
      docs.revoke,
    );

/** @throws SsoError `not_found` when there is none, or none within reach */
async function reachApiKey(ports: Ports, caller: AdminCaller, id: string): Promise<ApiKey> {
  const found = await readApiKeyRow(ports.db, id);
  if (!found) throw new SsoError('not_found');
  requireReach(caller, found.organizationId);
  return found;
}

/** @throws SsoError `not_found`, `precondition_failed` */
async function callFor(ports: Ports, request: Request, id: string): Promise<KeyCall> {
  const found = await reachApiKey(ports, callerOf(request), id);
  await ifMatch(request)(presentApiKey(found));
  return { origin: adminOriginOf(request), seen: request.headers.has('if-match') ? found : null };
}
