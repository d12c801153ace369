/** The admin API: a login run again over another configuration, writing nothing. */

import { Elysia } from 'elysia';
import { requireReach } from '#core/admin-caller.ts';
import { evaluateLogin } from '#core/login-evaluation.ts';
import { SsoError } from '#error';
import { readLogin } from '#ports/db/traces.ts';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from '#routes/http/admin-caller.ts';
import { CONFIGURATION_LIMIT, configurationParser } from '#routes/http/body.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import { evaluationExample, evaluationModels, presentEvaluation } from './evaluation-resources.ts';
import { adminModels } from './resources.ts';

const docs = {
  params: 'Admin.LoginParams',
  parse: configurationParser(),
  ...describe({
    tag: 'Logins',
    security: ['adminKey'],
    operationId: 'evaluateLogin',
    summary: 'Run a login again over another configuration',
    description:
      'Takes the claims as they were verified in this login, also in one that failed afterwards, and decides anew by the login’s own code: over a version of its connection, such as a draft, over members named here, or over both. Answers who would be meant or created, with which role and groups, and every check. Asks nothing of the provider and writes nothing. The subject stays the one that was verified. Users and domains are as they are now, so whoever the login itself created is known by now. 409 where no claims are kept: they are from the moment that they were verified, for as long as the trace, up to 64 KiB.',
    body: {
      model: 'Admin.TriedConfiguration',
      limitBytes: CONFIGURATION_LIMIT,
      examples: {
        members: {
          summary: 'Members that are tried',
          value: { groupRoles: [{ group: 'admins', role: 'admin' }], jit: true },
        },
        version: { summary: 'A version of the connection', value: { version: 4 } },
      },
    },
    answers: {
      200: answerOf('Admin.Evaluation', 'What it would come to.', evaluationExample),
      ...problems('not_found', 'conflict', ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

/** Mounted behind the check of the caller. */
export const evaluationAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin evaluation' }).model({ ...problemModels, ...adminModels, ...evaluationModels }).post(
    '/logins/:id/evaluate',
    async ({ params, body, request }) => {
      const login = await readLogin(ports.db, params.id);
      if (!login) throw new SsoError('not_found');
      requireReach(callerOf(request), login.organizationId);
      return presentEvaluation(await evaluateLogin(ports, login, body));
    },
    docs,
  );
