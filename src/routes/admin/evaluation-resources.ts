/** The admin API’s wire: a login run again over another configuration. */

import { Type } from '@sinclair/typebox';
import { type Static, t } from 'elysia';
import type { Evaluation } from '#core/login-evaluation.ts';
import { textsOf } from '#core/reasons/reasons.ts';
import { answer, choice, closed, email, flag, objectId, text } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';
import { Declaration } from './declaration.ts';
import { findingFields } from './finding-resources.ts';
import { reasonTextFields } from './reasons.ts';
import { adminModels } from './resources.ts';

const declared = Declaration.properties.organizations.items.properties.connections.items.properties;
const { mapping, groupRoles, rules, jit, defaultRole, allowedDomains } = declared;

const TriedConfiguration = t.Object(
  {
    version: t.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Version of the login’s connection, a draft for example; else the one in use.',
      }),
    ),
    mapping,
    groupRoles,
    rules,
    jit,
    defaultRole,
    allowedDomains,
  },
  { additionalProperties: false, description: 'A version, and members that are tried over it.' },
);

const text256 = (description: string) => t.Optional(text(description, 256));
const EvaluatedUser = closed('The user as the login would leave them.', {
  id: t.Optional(objectId('Id; absent for a user that would be created.')),
  email: email('Email.'),
  emailVerified: flag('Whether the email counts as verified.'),
  firstName: text256('Given name.'),
  lastName: text256('Family name.'),
  fullName: text256('Whole name.'),
  picture: t.Optional(text('Address of the picture.', 2048)),
  language: t.Optional(text('Language.', 8)),
});
const EvaluatedGroup = closed('A group of the membership.', {
  source: text('Slug of the connection it comes from.', 64),
  name: text('Name.', 1024),
});
const EvaluationModel = answer('What the login would come to.', {
  outcome: choice(['succeeded', 'failed'], 'How it would end.'),
  reason: t.Optional(text('Why it would be refused.', 64)),
  texts: t.Optional(
    closed('What the reason means to the person, the integrator and the customer’s administrator.', reasonTextFields),
  ),
  connectionVersion: Type.Integer({ description: 'The version that was tried, or that the members were tried over.' }),
  kind: t.Optional(choice(['known', 'linked', 'created'], 'Whether the user is known, would be linked, or created.')),
  user: t.Optional(EvaluatedUser),
  membershipRole: t.Optional(text('The role that the membership would have.', 64)),
  groups: t.Optional(t.Array(EvaluatedGroup, { description: 'All groups that the membership would have.' })),
  checks: t.Array(adminModels['Admin.Check'], { description: 'Every check of this evaluation, in order.' }),
  protocol: findingFields.protocol,
  claims: findingFields.claims,
  provisioning: findingFields.provisioning,
  role: findingFields.role,
});

export const evaluationModels = { 'Admin.TriedConfiguration': TriedConfiguration, 'Admin.Evaluation': EvaluationModel };

export const evaluationExample = {
  outcome: 'succeeded',
  connectionVersion: 4,
  kind: 'created',
  user: {
    email: 'ada@acme.example',
    emailVerified: true,
    firstName: 'Ada',
    lastName: 'Lovelace',
    fullName: 'Ada Lovelace',
  },
  membershipRole: 'admin',
  groups: [{ source: 'oidc', name: 'admins' }],
  checks: [
    { name: 'email.present', outcome: 'passed' },
    {
      name: 'rules.role',
      outcome: 'passed',
      expected: 'the first rule that applies',
      actual: 'groupRoles/0: role admin',
    },
    { name: 'provisioning.rule', outcome: 'passed', actual: 'created' },
  ],
  protocol: 'oidc',
  provisioning: { rule: 'created', emailVerified: true, domainVerified: true },
  role: { rule: 'rule', place: 'groupRoles/0', group: 'admins', role: 'admin' },
};

export function presentEvaluation(evaluation: Evaluation): Static<typeof EvaluationModel> {
  const { outcome, reason, connectionVersion, person, findings, checks } = evaluation;
  const texts = textsOf(reason);
  return known({
    outcome,
    reason,
    texts: texts && { ...texts },
    connectionVersion,
    ...(person && presentPerson(person)),
    checks: [...checks],
    ...findings,
  });
}

function presentPerson({ kind, user, membership }: NonNullable<Evaluation['person']>) {
  const { id, emailVerified, firstName, lastName, fullName, picture, language } = user;
  const person = { id: kind === 'created' ? null : id, email: user.email, emailVerified };
  return {
    kind,
    user: known({ ...person, firstName, lastName, fullName, picture, language }),
    membershipRole: membership.role,
    groups: membership.groups.map((group) => ({ ...group })),
  };
}
