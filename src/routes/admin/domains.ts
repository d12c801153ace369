/** The admin API of domains: add, list, read, verify by DNS, assert, take away; and whom a domain leads to. */
import { Elysia, type Static } from 'elysia';
import { type AdminCaller, requireReach, requireUnlimited } from '#core/admin-caller.ts';
import { servingConnections } from '#core/connection-choice.ts';
import { addDomain, assertDomain, removeDomain } from '#core/domain-administration.ts';
import { verifyDomain } from '#core/domain-verification.ts';
import { parseDomain } from '#core/email.ts';
import { SsoError } from '#error';
import type { Domain } from '#ports/db/domain-schema.ts';
import { listDomains, listServed, readDomain } from '#ports/db/domains.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { createOnce } from '#routes/http/creation.ts';
import { ifMatch, tagged } from '#routes/http/etag.ts';
import { adminHeaderModels } from '#routes/http/openapi-admin.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as docs from './domain-docs.ts';
import { domainModels, presentDomain, presentLook, presentServed } from './domain-resources.ts';
import { openPage } from './page.ts';

const callOf = (request: Request) => ({
  origin: adminOriginOf(request),
  precondition: (current: Domain) => ifMatch(request)(presentDomain(current)),
});

/** Mounted behind the check of the caller. */
export const domainAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin domains' })
    .model({ ...problemModels, ...adminHeaderModels, ...domainModels })
    .post(
      '/organizations/:id/domains',
      async ({ params, body, request, set }) => {
        requireReach(callerOf(request), params.id);
        if (body.verified) requireUnlimited(callerOf(request));
        return createOnce(ports, { body, request, set }, '/admin/v1/domains', async () =>
          presentDomain(await addDomain(ports, params.id, body, adminOriginOf(request))),
        );
      },
      docs.create,
    )
    .get(
      '/organizations/:id/domains',
      async ({ params, query, request }) => {
        requireReach(callerOf(request), params.id);
        return listPage(ports, params.id, query, request);
      },
      docs.list,
    )
    .get(
      '/domains/:id',
      async ({ params, request, set }) =>
        tagged(set, presentDomain(await reachDomain(ports, callerOf(request), params.id))),
      docs.read,
    )
    .patch(
      '/domains/:id',
      async ({ params: { id }, body: { verified }, request, set }) => {
        await reachDomain(ports, callerOf(request), id);
        if (verified) requireUnlimited(callerOf(request));
        return tagged(set, presentDomain(await assertDomain(ports, id, verified, callOf(request))));
      },
      docs.update,
    )
    .delete(
      '/domains/:id',
      async ({ params, request, set }) => {
        await reachDomain(ports, callerOf(request), params.id);
        await removeDomain(ports, params.id, callOf(request));
        return answerBodiless(set, 204);
      },
      docs.remove,
    )
    .post(
      '/domains/:id/verify',
      async ({ params, request }) => {
        const domain = await reachDomain(ports, callerOf(request), params.id);
        return presentLook(await verifyDomain(ports, domain, adminOriginOf(request)));
      },
      docs.verify,
    )
    .get('/domains', ({ query, request }) => lookUp(ports, request, query), docs.lookUp);

type Query = Static<(typeof domainModels)['Admin.DomainQuery']>;

/** @throws SsoError `not_found`, `input_invalid` */
async function listPage(ports: Ports, organizationId: string, query: Query, request: Request) {
  const { rows, present } = await openPage(request, query);
  const found = await listDomains(ports.db, { organizationId, ...rows });
  if (!found) throw new SsoError('not_found');
  return present(found, presentDomain);
}

/** @throws SsoError `not_found` when there is none, or none within reach */
async function reachDomain(ports: Ports, caller: AdminCaller, id: string): Promise<Domain> {
  const found = await readDomain(ports.db, id);
  if (!found) throw new SsoError('not_found');
  requireReach(caller, found.organizationId);
  return found;
}

interface Lookup {
  readonly domain: string;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

async function lookUp(ports: Ports, request: Request, { domain: text, ...query }: Lookup) {
  const domain = parseDomain(text);
  if (!domain) {
    const detail = 'It is no domain name: write it without @, scheme or path, such as acme.example';
    throw new SsoError('input_invalid', { members: [{ pointer: '/domain', detail }] });
  }
  const page = await openPage(request, query);
  const caller = callerOf(request);
  const organizations = caller.organizations === 'all' ? null : caller.organizations;
  const { limit, before: after } = page.rows;
  const rows = await listServed(ports.db, { domain, organizations, limit, after });
  const served = rows.map((row) => {
    const found = { ...row, domainVerified: row.domain?.verifiedAt != null };
    return { ...row, id: row.organization.id, serving: servingConnections(found, domain) };
  });
  return page.present(served, presentServed);
}
