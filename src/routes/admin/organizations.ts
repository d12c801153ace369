/** The admin API of organizations: make, list, read, change, delete. */
import { Elysia } from 'elysia';
import { requireReach, requireUnlimited } from '#core/admin-caller.ts';
import { changeOrganization, createOrganization, removeOrganization } from '#core/organization-administration.ts';
import { SsoError } from '#error';
import { listOrganizations, readOrganization } from '#ports/db/organizations.ts';
import type { Organization } from '#ports/db/schema.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { createOnce } from '#routes/http/creation.ts';
import { ifMatch, tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as docs from './organization-docs.ts';
import { organizationModels, presentOrganization } from './organization-resources.ts';
import { openPage } from './page.ts';

const callOf = (request: Request) => ({
  origin: adminOriginOf(request),
  precondition: (current: Organization) => ifMatch(request)(presentOrganization(current)),
});

/** Mounted behind the check of the caller. */
export const organizationAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin organizations' })
    .model({ ...problemModels, ...adminHeaderModels, ...organizationModels })
    .post(
      '/organizations',
      async ({ body, request, set }) => {
        requireUnlimited(callerOf(request));
        return createOnce(ports, { body, request, set }, '/admin/v1/organizations', async () =>
          presentOrganization(await createOrganization(ports, body, adminOriginOf(request))),
        );
      },
      docs.create,
    )
    .get(
      '/organizations',
      async ({ query: { limit, cursor, ...filter }, request }) => {
        const { rows, present } = await openPage(request, { limit, cursor });
        const page = { ...filter, ...rows, within: callerOf(request).organizations };
        return present(await listOrganizations(ports.db, page), presentOrganization);
      },
      docs.list,
    )
    .get(
      '/organizations/:id',
      async ({ params, request, set }) => {
        requireReach(callerOf(request), params.id);
        const found = await readOrganization(ports.db, params.id);
        if (!found) throw new SsoError('not_found');
        return tagged(set, presentOrganization(found));
      },
      docs.read,
    )
    .patch(
      '/organizations/:id',
      async ({ params, body, request, set }) => {
        requireReach(callerOf(request), params.id);
        // a slug that is taken tells of an organization out of reach
        if (body.slug !== undefined) requireUnlimited(callerOf(request));
        return tagged(set, presentOrganization(await changeOrganization(ports, params.id, body, callOf(request))));
      },
      docs.update,
    )
    .delete(
      '/organizations/:id',
      async ({ params, request, set }) => {
        requireUnlimited(callerOf(request));
        await removeOrganization(ports, params.id, callOf(request));
        return answerBodiless(set, 204);
      },
      docs.remove,
    );
