/** The admin API of admin keys: make, list, read, change, revoke. For whoever reaches everything. */
import { Elysia } from 'elysia';
import { requireUnlimited } from '#core/admin-caller.ts';
import { changeAdminKey, issueAdminKey, revokeAdminKey } from '#core/admin-key-administration.ts';
import { SsoError } from '#error';
import { listAdminKeys, readAdminKey } from '#ports/db/admin-keys.ts';
import type { AdminKey } from '#ports/db/admin-schema.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { createOnce } from '#routes/http/creation.ts';
import { ifMatch, tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as docs from './admin-key-docs.ts';
import { adminKeyModels, presentAdminKey, presentIssuedAdminKey } from './admin-key-resources.ts';
import { instantOf } from './declaration-field.ts';
import { openPage } from './page.ts';

const callOf = (request: Request) => ({
  origin: adminOriginOf(request),
  precondition: (current: AdminKey) => ifMatch(request)(presentAdminKey(current)),
});

/** Mounted behind the check of the caller. */
export const adminKeyAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin admin keys' })
    .model({ ...problemModels, ...adminHeaderModels, ...adminKeyModels })
    .onTransform(({ request }) => requireUnlimited(callerOf(request)))
    .post(
      '/admin-keys',
      ({ body, request, set }) =>
        createOnce(ports, { body, request, set }, '/admin/v1/admin-keys', async () => {
          const wanted = { ...body, expiresAt: instantOf(body.expiresAt) };
          return presentIssuedAdminKey(await issueAdminKey(ports, wanted, adminOriginOf(request)));
        }),
      docs.create,
    )
    .get(
      '/admin-keys',
      async ({ query, request }) => {
        const { rows, present } = await openPage(request, query);
        return present(await listAdminKeys(ports.db, rows), presentAdminKey);
      },
      docs.list,
    )
    .get(
      '/admin-keys/:id',
      async ({ params, set }) => {
        const found = await readAdminKey(ports.db, params.id);
        if (!found) throw new SsoError('not_found');
        return tagged(set, presentAdminKey(found));
      },
      docs.read,
    )
    .patch(
      '/admin-keys/:id',
      async ({ params, body, request, set }) => {
        const wanted = { ...body, expiresAt: instantOf(body.expiresAt) };
        return tagged(set, presentAdminKey(await changeAdminKey(ports, params.id, wanted, callOf(request))));
      },
      docs.update,
    )
    .delete(
      '/admin-keys/:id',
      async ({ params, request, set }) => {
        await revokeAdminKey(ports, params.id, callOf(request));
        return answerBodiless(set, 204);
      },
      docs.revoke,
    );
