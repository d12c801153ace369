/** The admin API's wire: what other rules would change for the people who came lately. */
import { Type } from '@sinclair/typebox';
import { type Static, t } from 'elysia';
import type { RuleSimulation, RuleVerdict } from '#core/rule-simulation.ts';
import { answer, choice, closed, count, dateTime, email, flag, objectId, text } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';
import { connectionMembers } from './declaration-connection.ts';

const { rules, groupRoles, defaultRole } = connectionMembers;

const SimulatedRules = t.Object(
  {
    version: t.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Version whose rules are tried, a draft for example; else the one in use.',
      }),
    ),
    rules,
    groupRoles,
    defaultRole,
    days: t.Optional(Type.Integer({ minimum: 1, maximum: 30, default: 30, description: 'How far to look back.' })),
    limit: t.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 500,
        default: 100,
        description: 'Changes that are listed; all are counted.',
      }),
    ),
  },
  { additionalProperties: false, description: 'A version, and members that are tried over it.' },
);

const Verdict = closed('What the rules make of the person.', {
  outcome: choice(['allowed', 'refused'], 'Whether the rules let them in.'),
  reason: t.Optional(text('Why they are refused.', 64)),
  role: t.Optional(text('The role, of whom is let in.', 64)),
  place: t.Optional(
    text('The rule that decided, such as `rules/0`; absent: none, so the default role, or the one there is.', 64),
  ),
  name: t.Optional(text('Its name.', 128)),
});
const Change = closed('One person for whom something changes.', {
  change: choice(
    ['denied', 'allowed', 'role'],
    '`denied`: would be refused from now on. `allowed`: would be let in. `role`: another role.',
  ),
  email: t.Optional(email('Their address.')),
  userId: t.Optional(objectId('The user, if they are a member by now.')),
  loginId: objectId('The login whose claims were judged.'),
  loginAt: dateTime('When that was.'),
  before: Verdict,
  after: Verdict,
});
const Simulation = answer('Who would gain or lose what.', {
  from: dateTime('Logins since then were looked at.'),
  complete: flag(
    'False: there were more than 20,000 logins or 5,000 people, or judging them took longer than 20 seconds: the newest alone were judged.',
  ),
  logins: closed('The logins.', {
    considered: count('How many there were, tests left out.'),
    withoutClaims: count('Of these, how many kept no claims: they failed before any were verified, or had too many.'),
  }),
  people: count('How many people were judged, each by the claims of their last login.'),
  counts: closed('Of these.', {
    denied: count('Would be refused, and are not now.'),
    allowed: count('Would be let in, and are not now.'),
    role: count('Would have another role.'),
    unchanged: count('Nothing changes.'),
  }),
  changes: t.Array(Change, {
    description: 'Those who lose access first, then those who gain it, then roles; the newest first.',
  }),
});

export const ruleSimulationModels = {
  'Admin.SimulationParams': t.Object({ id: objectId('Connection id.') }),
  'Admin.SimulatedRules': SimulatedRules,
  'Admin.RuleSimulation': Simulation,
};

export const ruleSimulationExample = {
  from: '2026-01-04T15:30:00.123Z',
  complete: true,
  logins: { considered: 412, withoutClaims: 9 },
  people: 57,
  counts: { denied: 1, allowed: 0, role: 0, unchanged: 56 },
  changes: [
    {
      change: 'denied',
      email: 'eve@acme.example',
      userId: '507f1f77bcf86cd799439023',
      loginId: '6735a1c09f3b2e4d8c7a6b51',
      loginAt: '2026-02-02T09:12:00.000Z',
      before: { outcome: 'allowed', role: 'admin', place: 'groupRoles/0' },
      after: { outcome: 'refused', reason: 'access_denied_by_rule', place: 'rules/0', name: 'no contractors' },
    },
  ],
};

export function presentRuleSimulation(simulation: RuleSimulation): Static<typeof Simulation> {
  const { from, complete, logins, people, counts, changes } = simulation;
  return {
    from: from.toISOString(),
    complete,
    logins: { ...logins },
    people,
    counts: { ...counts },
    changes: changes.map(({ change, email: address, userId, loginId, loginAt, before, after }) => ({
      change,
      loginId,
      ...known({ email: address, userId }),
      loginAt: loginAt.toISOString(),
      before: presentVerdict(before),
      after: presentVerdict(after),
    })),
  };
}

const presentVerdict = ({ outcome, ...verdict }: RuleVerdict): Static<typeof Verdict> => ({
  outcome,
  ...known(verdict),
});
