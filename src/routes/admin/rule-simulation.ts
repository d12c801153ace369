/** The admin API: rules tried on the people who came over a connection lately, writing nothing. */
import { Elysia } from 'elysia';
import { reachConnection } from '#core/admin-caller.ts';
import { simulateRules } from '#core/rule-simulation.ts';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from '#routes/http/admin-caller.ts';
import { CONFIGURATION_LIMIT, configurationParser } from '#routes/http/body.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import { presentRuleSimulation, ruleSimulationExample, ruleSimulationModels } from './rule-simulation-resources.ts';

const docs = {
  params: 'Admin.SimulationParams',
  parse: configurationParser(),
  ...describe({
    tag: 'Connections',
    security: ['adminKey'],
    operationId: 'simulateRules',
    summary: 'Try rules on the logins of the last 30 days',
    description:
      'Compares the rules in use with those named here, or those of a version, for everybody who came over the connection: each by the verified claims of their last login, also one that was refused. Says who would lose access, gain it, or have another role, and by which rule. Asks nothing of the provider and writes nothing, so a key that only reads may ask. Rules alone are compared: deactivated users, `jit` and `allowedDomains` are left out. Claims are kept for as long as login traces are.',
    body: {
      model: 'Admin.SimulatedRules',
      limitBytes: CONFIGURATION_LIMIT,
      examples: {
        rules: {
          summary: 'Rules that are tried',
          value: { rules: [{ name: 'no contractors', if: { claim: 'employment', equals: 'contractor' }, deny: true }] },
        },
        version: { summary: 'The rules of a draft', value: { version: 4 } },
      },
    },
    answers: {
      200: answerOf('Admin.RuleSimulation', 'Who would gain or lose what.', ruleSimulationExample),
      ...problems('not_found', 'conflict', ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

/** Mounted behind the check of the caller. */
export const ruleSimulationAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin rule simulation' }).model({ ...problemModels, ...ruleSimulationModels }).post(
    '/connections/:id/simulate-rules',
    async ({ params, body, request }) => {
      const { id } = await reachConnection(ports, callerOf(request), params.id);
      return presentRuleSimulation(await simulateRules(ports, id, body));
    },
    docs,
  );
