/** The admin API’s wire: what a login found out beside its checks. Whatever was not reached, or can’t be measured, is absent. */

import { Type } from '@sinclair/typebox';
import { t } from 'elysia';
import { choice, closed, count, flag, text } from '#routes/dialects/fields.ts';

const ClockSkew = closed('One measurement of the provider’s clock.', {
  source: choice(
    ['id_token', 'saml_response', 'http_date'],
    '`iat` of the ID token, `IssueInstant` of the SAML response, or the `Date` header of the token endpoint.',
  ),
  seconds: Type.Integer({
    description: 'The provider’s clock less ours: positive when theirs is ahead. Includes the way of the message.',
  }),
});
const ProviderCall = closed('What the login waited for.', {
  to: choice(['discovery', 'token', 'jwks', 'userinfo', 'emails', 'groups', 'metadata'], 'What was asked.'),
  durationMs: count('For how long, milliseconds.'),
});
const ReceivedClaim = closed('One member of what the provider said.', {
  name: text('In the provider’s spelling.', 128),
  kind: text('Kind of its value, such as `string of 12 characters`.', 64),
});
const ShownClaims = closed('The verified claims, redacted.', {
  email: t.Optional(text('First letter and domain.', 128)),
  emailVerified: flag('Whether the provider called the email verified (SAML: whether one came).'),
  emailVerification: t.Optional(
    choice(
      ['verified', 'not_verified', 'not_said', 'malformed'],
      'How it said so. `not_said`: none of the claims that could came. `malformed`: something else than a boolean did.',
    ),
  ),
  mapped: t.Array(text('Our name.', 32), {
    description: 'Our names of the claims for which the mapping found a value.',
  }),
  groups: t.Optional(t.Array(text('Name.', 128), { description: 'The first 20 groups.' })),
  groupCount: t.Optional(count('How many groups came.')),
  received: t.Array(ReceivedClaim, { description: 'What the provider said by its own names: sources for a mapping.' }),
});
const ProvisioningFinding = closed('How the user was found, and what may be believed of the email.', {
  rule: t.Optional(
    choice(
      ['known_identity', 'member', 'verified_domain', 'created'],
      '`known_identity`: this subject signed in before. `member`: a member made beforehand, linked by the verified email of a verified domain. `verified_domain`: a user of another organization, linked so. `created`: a new user. Absent where the login was refused.',
    ),
  ),
  emailVerified: flag('Whether the provider called the email verified.'),
  domainVerified: flag('Whether the organization has verified the email’s domain.'),
});
const RoleFinding = closed('How the role was chosen.', {
  rule: choice(
    ['rule', 'default', 'kept'],
    '`rule`: by the rule at `place`. `default`: no rule decided. `kept`: the connection has no rules, so the member’s role stays.',
  ),
  place: t.Optional(text('Where the rule stands, such as `rules/0` or `groupRoles/2`.', 64)),
  name: t.Optional(text('Its name, if it has one.', 256)),
  group: t.Optional(text('The group that it asks for, if it asks for one.', 256)),
  role: text('The role.', 64),
});

export const findingFields = {
  protocol: t.Optional(choice(['oidc', 'oauth2', 'saml'], 'What was spoken with the provider.')),
  clockSkews: t.Optional(t.Array(ClockSkew, { description: 'Absent where nothing told the provider’s time.' })),
  calls: t.Optional(
    t.Array(ProviderCall, { description: 'What the login waited for; what came from memory is left out.' }),
  ),
  claims: t.Optional(ShownClaims),
  provisioning: t.Optional(ProvisioningFinding),
  role: t.Optional(RoleFinding),
};
