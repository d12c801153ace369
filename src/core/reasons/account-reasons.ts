/** Reasons about the person’s account here, and about this server itself. */
import type { SsoErrorCode } from '#error';
import { NOTHING, type ReasonTexts, START_AGAIN, TRY_LATER } from './texts.ts';

const ACCOUNT_EXISTS =
  'There is an account with your email already, and a setting keeps you from opening it this way. Tell your organization’s administrator.';
const DEACTIVATED = 'Your account is deactivated. Ask the application’s administrator of your organization.';

export const ACCOUNT_REASONS = {
  email_missing: {
    cause:
      'Neither the ID token and userinfo nor the SAML attributes hold an email under the names that the connection reads.',
    person: 'Your organization did not tell us your email address. Tell your organization’s administrator.',
    integrator:
      'Set `mapping.email` of the connection to the claim or attribute that has it (see `claims` of the trace), or add the scope `email`. GitHub: the primary address of the account.',
    admin:
      'Release the person’s email to this application: the scope or claim `email`, for SAML the attribute `mail`; and see that the person has one.',
  },
  email_invalid: {
    cause: 'What the provider gave for the email is no address of the usual form.',
    person: 'The email address that your organization told us can’t be used. Tell your organization’s administrator.',
    integrator: 'If a user name came in its place, set `mapping.email` to the claim that has the address.',
    admin: 'Send one plain address (`name@domain`) as the email.',
  },
  email_verification_required: {
    cause:
      'The provider does not say that the email is verified, and it is one where anybody has an account and names any address, such as GitHub; the check `email.verifiedByProvider` says what came.',
    person:
      'Your primary email address is not verified where you signed in. Verify it in the settings of that account, then sign in again.',
    integrator:
      'The person verifies the address at the provider; nothing here replaces that, for by an address that nobody has verified anybody would get past `allowedDomains`.',
    admin:
      'GitHub: the person opens Settings, Emails, and verifies the primary address, or makes a verified one the primary.',
  },
  domain_not_allowed: {
    cause: 'The domain of the email is not among the connection’s `allowedDomains`.',
    person: 'Accounts of your email’s domain may not sign in here. Use your work account.',
    integrator: 'Add the domain in the trace to the connection’s `allowedDomains`, if its people are to be let in.',
    admin: 'Send the person’s address of an allowed domain, or ask the application to allow this one.',
  },
  email_unverified: {
    cause:
      'A member has this email, and the provider says that it is not verified: `email_verified: false`; GitLab, that it is not confirmed; Google, also of an address whose domain it does not host.',
    person:
      'There is an account with your email already, and your organization has not confirmed that the address is yours. Confirm it there, or tell your organization’s administrator.',
    integrator:
      'The provider’s word decides, and a domain that is verified does not replace it. If another claim of the provider vouches for the address, name it in `mapping.emailVerified`; `POST /admin/v1/logins/{id}/evaluate` shows what that would come to.',
    admin:
      'Confirm the person’s email at the identity provider, so that it sends `email_verified: true`. Google: the person has to use their account of your Workspace.',
  },
  email_verified_missing: {
    cause:
      'A member has this email, and the provider does not say whether it is verified: what the check `email.verifiedByProvider` expects did not come.',
    person: ACCOUNT_EXISTS,
    integrator:
      'Have the administrator send `email_verified`, or name a claim that is true for checked addresses in `mapping.emailVerified`. Where `mapping.email` reads another claim than `email`, that is needed: `email_verified` speaks of `email` alone. A provider that says it at userinfo only is asked there with `"mapping": {"emailVerified": ["email_verified"]}`.',
    admin:
      'Send the claim `email_verified: true` with the email, in the ID token. Entra ID: under Token configuration, add the optional claims `email` and `xms_edov`. SAML: send the attribute that was agreed on.',
  },
  email_verified_malformed: {
    cause:
      'A member has this email, and what the provider says of its verification is not the boolean true or false, such as the text `"true"` (SAML: not true, false, 1 or 0).',
    person: ACCOUNT_EXISTS,
    integrator:
      'The check `email.verifiedByProvider` says what came. Have the administrator send a boolean; or name another claim, that is one, in `mapping.emailVerified`.',
    admin:
      'Send `email_verified` as the boolean `true`, without quotation marks. Keycloak: “Claim JSON Type” of the mapper is boolean.',
  },
  domain_not_verified: {
    cause:
      'A member has this email, and its domain is not a verified domain of the organization; the check `email.domainVerified` says whether it was added, and whether the organization has a verified one at all.',
    person: ACCOUNT_EXISTS,
    integrator:
      'Verify the email’s domain: add it by `POST /admin/v1/organizations/{id}/domains`, have the TXT record made that the answer names, then `POST /admin/v1/domains/{id}/verify`. Or assert it as the operator: `PATCH /admin/v1/domains/{id}` with `{"verified":true}`, or `"verified": true` in the declaration.',
    admin:
      'Make the TXT record that the application names in the DNS of your domain; or send an address of a domain that is verified there.',
  },
  member_email_unverified: {
    cause:
      'A member has this email, but it is not known to be theirs (`emailVerified` of the user is false): somebody else may have made the account, or may be using it.',
    person: ACCOUNT_EXISTS,
    integrator:
      'If the account is this person’s, set its `emailVerified` to true: `PATCH /admin/v1/users/{id}`, whose id `GET /admin/v1/organizations/{id}/users?email=…` finds. See first by which logins (`?userId=…&outcome=succeeded`) it was used.',
    admin: NOTHING,
  },
  account_exists_link_required: {
    cause:
      'A member has this email and signs in over this connection as another subject: the provider made the person anew, names all its people anew (SAML: by another NameID), or the address was given to somebody else.',
    person:
      'There is an account with your email already, and it can’t be opened this way. Ask the application’s administrator of your organization.',
    integrator:
      'If it is the same person: unlink the former subject (`DELETE /admin/v1/identities/{id}`; the check `member.noOtherSubject` names it), and the next login is linked by the email. If the provider names all its people anew (another tenant, another `nameIdFormat`): make a new connection for it; its logins are linked by the email. If the address was given to somebody else, who would get the account: do not unlink; the member who had it needs another address first, which a login of theirs brings from the provider.',
    admin:
      'Keep the identifier of a person for life, and never give a former colleague’s address to somebody new while their account exists.',
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
      'See the rule that the check `rules.require` names. If the provider sends no such group or claim for anybody: of OpenID Connect a scope of `scopes` may be missing, of any provider a name in `mapping`; GitHub tells no groups at all (`groups_not_read` of the connection’s check).',
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
      'Make the user beforehand with the email that the provider sends (`POST /admin/v1/organizations/{id}/users`), or set `jit` to true. A login becomes a user made beforehand only if `provisioning` of the trace says `emailVerified` and `domainVerified`.',
    admin: 'Assign only people to this application who have an account there.',
  },
  user_disabled: {
    cause: 'The user is deactivated.',
    person: DEACTIVATED,
    integrator: 'If they are to sign in again: Set the user’s `status` to `active` with `PATCH /admin/v1/users/{id}`.',
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
    integrator:
      'Whoever runs the server: see its log. After a change of SECRETS_KEY, set SECRETS_KEY_PREVIOUS to the former one and restart; keys that no SECRETS_KEY opens any more have to be made anew (`vestibule keys rotate`).',
    admin: NOTHING,
  },
  internal_error: {
    cause: 'A fault of this server; its log has it under the Request-Id.',
    person: TRY_LATER,
    integrator: 'Report it with the `Request-Id` of the answer.',
    admin: NOTHING,
  },
} as const satisfies Partial<Record<SsoErrorCode, ReasonTexts>>;
