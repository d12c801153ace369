/** Reasons about the person’s account here, and about this server itself. */
import type { SsoErrorCode } from '#error';
import { NOTHING, type ReasonTexts, START_AGAIN, TRY_LATER } from './texts.ts';

const DEACTIVATED = 'Your account is deactivated. Ask the application’s administrator of your organization.';

export const ACCOUNT_REASONS = {
  email_missing: {
    cause:
      'Neither the ID token and userinfo nor the SAML attributes hold an email under the names that the connection reads.',
    person: 'Your organization did not tell us your email address. Tell your organization’s administrator.',
    integrator:
      'Set `mapping.email` of the connection to the claim or attribute that has it (see `claims` of the trace), or add the scope `email`. GitHub gives a verified primary address only.',
    admin:
      'Release the person’s email to this application: the scope or claim `email`, for SAML the attribute `mail`; and see that the person has one.',
  },
  email_invalid: {
    cause: 'What the provider gave for the email is no address of the usual form.',
    person: 'The email address that your organization told us can’t be used. Tell your organization’s administrator.',
    integrator: 'If a user name came in its place, set `mapping.email` to the claim that has the address.',
    admin: 'Send one plain address (`name@domain`) as the email.',
  },
  domain_not_allowed: {
    cause: 'The domain of the email is not among the connection’s `allowedDomains`.',
    person: 'Accounts of your email’s domain may not sign in here. Use your work account.',
    integrator: 'Add the domain in the trace to the connection’s `allowedDomains`, if its people are to be let in.',
    admin: 'Send the person’s address of an allowed domain, or ask the application to allow this one.',
  },
  account_exists_link_required: {
    cause:
      'A member with this email exists, and this connection may not sign in as them: the email or its domain is not verified, or another subject of the connection is that member.',
    person:
      'There is an account with your email already, and it can’t be opened this way. Ask the application’s administrator of your organization.',
    integrator:
      'See the check `provisioning.link`. Verify the email’s domain for the organization; the provider must call the email verified, and the member’s own must be (`emailVerified`). If `otherSubject` is true, the address was given to somebody new: deactivate or rename the member who had it.',
    admin:
      'Send `email_verified: true` for addresses that are checked, and never give a former colleague’s address to somebody new while their account exists.',
  },
  access_denied_by_rule: {
    cause: 'One of the connection’s rules denies people like this one; the check `rules.deny` says which.',
    person: 'You may not sign in to this application. Ask your organization’s administrator.',
    integrator:
      'See the rule that the check `rules.deny` names. If the person is to be let in, change its `if` or give it an `unless`. Sessions that there are go on: end them by `POST /admin/v1/sessions/end`, if need be.',
    admin: 'Take the person out of the group, or change the attribute, that the application denies.',
  },
  requirement_not_met: {
    cause: 'One of the connection’s rules requires what this person lacks; the check `rules.require` says which.',
    person: 'You may not sign in to this application yet. Ask your organization’s administrator for access.',
    integrator:
      'See the rule that the check `rules.require` names. If the provider sends no such group or claim for anybody, its `scopes` or `mapping` of the connection may be missing.',
    admin:
      'Put the person into the group, or set the attribute, that the application requires, and send it to the application.',
  },
  groups_overage: {
    cause:
      'Entra ID leaves the groups of a person out who has more than 200 (SAML: 150), and the connection’s rules read groups.',
    person: 'Your organization’s sign-in could not tell your groups. Tell your organization’s administrator.',
    integrator:
      'Have the administrator send fewer groups, or map `groups` to app roles (`"mapping": {"groups": ["roles"]}`). A connection of type `microsoft` can ask Microsoft Graph (`fetchGroups`); if it does already, the check `groups.fetched` says what is missing there.',
    admin:
      'In the app registration, under Token configuration, send only the groups assigned to the application; or give people app roles instead of groups. If the application reads them from Microsoft Graph: grant the delegated permission User.Read, with admin consent.',
  },
  provisioning_disabled: {
    cause: 'Nobody here is this person, and the connection creates nobody (`jit` is off).',
    person: 'You have no account here yet. Ask the application’s administrator of your organization to make one.',
    integrator:
      'Make the user beforehand with the email that the provider sends (its domain verified), or set `jit` to true.',
    admin: 'Assign only people to this application who have an account there.',
  },
  user_disabled: {
    cause: 'The user is deactivated.',
    person: DEACTIVATED,
    integrator: 'Set the user’s `status` to `active` in the admin API, if they are to sign in again.',
    admin: 'Take the person off this application, if they have left.',
  },
  membership_disabled: {
    cause: 'The user’s membership of this organization is deactivated.',
    person: DEACTIVATED,
    integrator:
      'Set the member’s `status` to `active`, in the admin API or the declaration, if they are to sign in again.',
    admin: 'Take the person off this application, if they have left.',
  },
  login_abandoned: {
    cause: 'The server stopped, or lost its database, before the login was finished; its code is spent.',
    person: START_AGAIN,
    integrator: 'Start a new login; a repeat of this callback can’t succeed.',
    admin: NOTHING,
  },
  database_unavailable: {
    cause: 'The database did not answer, or too many requests wait for it.',
    person: TRY_LATER,
    integrator: 'Send the same request again after `Retry-After`; `/health/ready` says when the database is back.',
    admin: NOTHING,
  },
  signing_unavailable: {
    cause: 'There is no signing key, or none that this server’s SECRETS_KEY opens.',
    person: TRY_LATER,
    integrator: 'Whoever runs the server: see its log. After a change of SECRETS_KEY, give it the former one as well.',
    admin: NOTHING,
  },
  internal_error: {
    cause: 'A fault of this server; its log has it under the Request-Id.',
    person: TRY_LATER,
    integrator: 'Report it with the `Request-Id` of the answer.',
    admin: NOTHING,
  },
} as const satisfies Partial<Record<SsoErrorCode, ReasonTexts>>;
