/** The admin API: for the operator and whoever has an admin key, as far as that reaches. */

import { Elysia } from 'elysia';
import { requireReach } from '#core/admin-caller.ts';
import { SsoError } from '#error';
import { listAuditEvents, listLogins, readLogin } from '#ports/db/traces.ts';
import type { Ports } from '#ports/ports.ts';
import { admitCaller, callerOf, requireAccess } from '#routes/http/admin-caller.ts';
import { contextOf } from '#routes/http/context.ts';
import { tagged } from '#routes/http/etag.ts';
import { createKnownInput } from '#routes/http/known-input.ts';
import { taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, problems, reasonTable } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';
import { presentProblem, problemModels } from '#routes/http/problem.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { adminKeyAdmin } from './admin-keys.ts';
import { apiKeyAdmin } from './api-keys.ts';
import { auditAdmin } from './audit.ts';
import { connectionSetupAdmin } from './connection-setup.ts';
import { connectionTestAdmin } from './connection-tests.ts';
import { connectionVersionAdmin } from './connection-versions.ts';
import { connectionAdmin } from './connections.ts';
import { domainAdmin } from './domains.ts';
import { evaluationAdmin } from './evaluation.ts';
import { auditPage, loginPage } from './examples.ts';
import { identityAdmin } from './identities.ts';
import { loginDetailExample, loginDetailModels, presentLoginDetail } from './login-detail.ts';
import { readLoginFilter } from './login-filter.ts';
import { oidcAdmin } from './oidc.ts';
import { organizationAdmin } from './organizations.ts';
import { openPage } from './page.ts';
import { reasonsAdmin } from './reasons.ts';
import { adminModels, presentAuditEvent, presentLogin } from './resources.ts';
import { ruleSimulationAdmin } from './rule-simulation.ts';
import { samlAdmin } from './saml.ts';
import { sessionAdmin } from './sessions.ts';
import { signingKeysAdmin } from './signing-keys.ts';
import { userAdmin } from './users.ts';

const REASONS = `### Reasons

What a trace names as its \`reason\`, and problem details as their \`code\`; each of the three APIs maps them onto its own errors.

${reasonTable()}`;
const describeRead = { tag: 'Logins', security: ['adminKey'] } as const;

export function admin(ports: Ports) {
  const input = createKnownInput();
  const plugin = new Elysia({ name: 'admin', prefix: '/admin/v1' })
    .model({ ...problemModels, ...adminModels, ...loginDetailModels })
    .onError(refuseWith(ports.log, (error, request) => presentProblem(error, contextOf(request).requestId)))
    // a stranger's body is not read; the refusal comes later, after the rate limit has counted the request
    .onParse(({ request, route }) =>
      admitCaller(ports, request).then(
        () => input.parseUnasked({ request, route }),
        () => ({}),
      ),
    )
    .onTransform(async ({ request, route, body }) => {
      requireAccess(await admitCaller(ports, request), request);
      input.refuseUnknown({ request, route, body });
    })
    .use(adminKeyAdmin(ports))
    .use(connectionAdmin(ports))
    .use(connectionVersionAdmin(ports))
    .use(connectionTestAdmin(ports))
    .use(connectionSetupAdmin(ports))
    .use(organizationAdmin(ports))
    .use(userAdmin(ports))
    .use(identityAdmin(ports))
    .use(samlAdmin(ports))
    .use(oidcAdmin(ports))
    .use(signingKeysAdmin(ports))
    .use(sessionAdmin(ports))
    .use(apiKeyAdmin(ports))
    .use(auditAdmin(ports))
    .use(domainAdmin(ports))
    .use(ruleSimulationAdmin(ports))
    .use(reasonsAdmin())
    .use(evaluationAdmin(ports))
    .get(
      '/logins',
      async ({ query: { limit, cursor, ...query }, request }) => {
        const filter = await readLoginFilter(query);
        const { rows, present } = await openPage(request, { limit, cursor });
        const page = { ...filter, ...rows, within: callerOf(request).organizations };
        return present(await listLogins(ports.db, page), presentLogin);
      },
      {
        query: 'Admin.LoginQuery',
        ...describe({
          ...describeRead,
          operationId: 'listLogins',
          summary: 'Login traces',
          description:
            'Logins of all outcomes with every check, newest first. All filters may be combined; each is answered by an index.',
          tagNotes: REASONS,
          answers: { 200: answerOf('Admin.LoginPage', 'A page.', loginPage), ...problems(...ADMIN_REFUSALS) },
        }),
      },
    )
    .get(
      '/logins/:id',
      async ({ params, request, set }) => {
        const login = await readLogin(ports.db, params.id);
        if (!login) throw new SsoError('not_found');
        requireReach(callerOf(request), login.organizationId);
        return tagged(set, await presentLoginDetail(login));
      },
      {
        params: 'Admin.LoginParams',
        ...describe({
          ...describeRead,
          operationId: 'readLogin',
          summary: 'One login trace',
          description:
            'Why a login went the way it did, and what its reason means to the person, the integrator and the customer’s administrator.',
          answers: {
            200: taggedOf('Admin.LoginDetail', 'The trace.', loginDetailExample),
            ...problems('not_found', ...ADMIN_REFUSALS),
          },
        }),
      },
    )
    .get(
      '/audit-events',
      async ({ query: { limit, cursor, ...filter }, request }) => {
        const { rows, present } = await openPage(request, { limit, cursor });
        const page = { ...filter, ...rows, within: callerOf(request).organizations };
        return present(await listAuditEvents(ports.db, page), presentAuditEvent);
      },
      {
        query: 'Admin.AuditQuery',
        ...describe({
          ...describeRead,
          operationId: 'listAuditEvents',
          summary: 'Audit events',
          description: 'Every login, renewal, end of a session and change of configuration, newest first.',
          answers: { 200: answerOf('Admin.AuditEventPage', 'A page.', auditPage), ...problems(...ADMIN_REFUSALS) },
        }),
      },
    );
  input.readFrom(plugin);
  return plugin;
}
