/** The admin API of API keys: make, list, read, change, revoke. */

import { Elysia } from 'elysia';
import { changeApiKey, issueApiKey, revokeApiKey } from '#core/api-key-administration.ts';
import { SsoError } from '#error';
import { listApiKeys, readApiKeyRow } from '#ports/db/api-key-administration.ts';
import type { Ports } from '#ports/ports.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { originOf } from '#routes/http/context.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as docs from './api-key-docs.ts';
import { apiKeyAdminModels, presentApiKey, presentIssuedApiKey } from './api-key-resources.ts';
import { presentPage } from './resources.ts';

const DEFAULT_LIMIT = 50;

/** Mounted behind the operator's key. */
export const apiKeyAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin api keys' })
    .model({ ...problemModels, ...apiKeyAdminModels })
    .post(
      '/organizations/:id/api-keys',
      async ({ params, body, request, set }) => {
        const wanted = { ...body, expiresAt: instantOf(body.expiresAt) };
        const issued = await issueApiKey(ports, params.id, wanted, originOf(request));
        set.status = 201;
        return presentIssuedApiKey(issued);
      },
      docs.create,
    )
    .get(
      '/organizations/:id/api-keys',
      async ({ params, query: { limit = DEFAULT_LIMIT, cursor } }) => {
        const found = await listApiKeys(ports.db, { organizationId: params.id, limit: limit + 1, before: cursor });
        if (!found) throw new SsoError('not_found');
        return presentPage(found, limit, presentApiKey);
      },
      docs.list,
    )
    .get(
      '/api-keys/:id',
      async ({ params }) => {
        const found = await readApiKeyRow(ports.db, params.id);
        if (!found) throw new SsoError('not_found');
        return presentApiKey(found);
      },
      docs.read,
    )
    .patch(
      '/api-keys/:id',
      async ({ params, body, request }) => {
        const wanted = { ...body, expiresAt: instantOf(body.expiresAt) };
        return presentApiKey(await changeApiKey(ports, params.id, wanted, originOf(request)));
      },
      docs.update,
    )
    .delete(
      '/api-keys/:id',
      async ({ params, request, set }) => {
        await revokeApiKey(ports, params.id, originOf(request));
        return answerBodiless(set, 204);
      },
      docs.revoke,
    );

/** Checked by its pattern. */
function instantOf(text: string | null | undefined): Date | null | undefined {
  return typeof text === 'string' ? new Date(text) : text;
}
