/** Broken logins for want of an account: what the provider says of the person, and what the organization lets in. And GitHub's. */
import type { Overrides, Script } from '#dev/scripted-script.ts';
import { type Ailment, honest } from '#tests/doctor/ailment.ts';
import { ADA, type Clinic, type DeclaredConnection } from '#tests/doctor/clinic.ts';

const person = (user: Overrides) => (clinic: Clinic) => void (clinic.provider.script.user = user);
const set = (changed: Partial<DeclaredConnection>) => (clinic: Clinic) => clinic.connect('oidc', changed);
const both =
  (...steps: readonly ((clinic: Clinic) => Promise<void> | void)[]) =>
  async (clinic: Clinic) => {
    for (const step of steps) await step(clinic);
  };
const member =
  (email: string, more: object = {}) =>
  (clinic: Clinic) =>
    clinic.organize({ users: [{ email, emailVerified: true, ...more }] });
const github = (change: (script: Script) => void) => (clinic: Clinic) => change(clinic.provider.script);

const UPN = { ...ADA, email: undefined, upn: 'ada@acme.test' };
const BY_UPN = { mapping: { email: ['upn'], emailVerified: ['email_verified'] } };
const someone = (name: string, domain = 'acme.test'): Overrides => ({
  sub: name,
  email: `${name}@${domain}`,
  email_verified: true,
});

export const ACCOUNT_AILMENTS: readonly Ailment[] = [
  {
    name: 'an email under another name',
    slug: 'oidc',
    harm: person(UPN),
    reason: 'email_missing',
    told: ['integrator', /`mapping.email`/],
    fix: set(BY_UPN),
    afterwards: (clinic) => clinic.connect('oidc', { mapping: {} }),
  },
  {
    name: 'an email that the provider does not release',
    slug: 'oidc',
    harm: person({ ...ADA, email: undefined }),
    reason: 'email_missing',
    told: ['admin', /Release the person’s email/],
    fix: honest,
  },
  {
    name: 'a user name in place of an email',
    slug: 'oidc',
    harm: person({ ...UPN, email: 'ada' }),
    reason: 'email_invalid',
    told: ['integrator', /`mapping.email`/],
    fix: set(BY_UPN),
    afterwards: (clinic) => clinic.connect('oidc', { mapping: {} }),
  },
  {
    name: 'a domain that is not let in',
    slug: 'oidc',
    harm: set({ allowedDomains: ['elsewhere.test'] }),
    reason: 'domain_not_allowed',
    told: ['integrator', /Add the domain in the trace to the connection’s `allowedDomains`/],
    fix: set({ allowedDomains: ['elsewhere.test', 'acme.test'] }),
    afterwards: (clinic) => clinic.connect('oidc', { allowedDomains: [] }),
  },
  {
    name: 'an unknown person where nobody is created, let in by creating them',
    slug: 'oidc',
    harm: both(set({ jit: false }), person(someone('mary'))),
    reason: 'provisioning_disabled',
    told: ['integrator', /set `jit` to true/],
    fix: set({ jit: true }),
  },
  {
    name: 'an unknown person where nobody is created, made beforehand',
    slug: 'oidc',
    harm: both(set({ jit: false }), person(someone('nell'))),
    reason: 'provisioning_disabled',
    told: ['integrator', /Make the user beforehand/],
    fix: member('nell@acme.test'),
    afterwards: (clinic) => clinic.connect('oidc', { jit: true }),
  },
  {
    name: 'a deactivated member',
    slug: 'oidc',
    harm: both(member('olga@acme.test', { status: 'deactivated' }), person(someone('olga'))),
    reason: 'membership_disabled',
    told: ['integrator', /Set the member’s `status` to `active`/],
    fix: member('olga@acme.test', { status: 'active' }),
  },
  {
    name: 'a deactivated user',
    slug: 'oidc',
    harm: async (clinic) => {
      await member('pam@acme.test')(clinic);
      person(someone('pam'))(clinic);
      await clinic.admin(`/users/${await idOf(clinic, 'pam@acme.test')}`, patch({ status: 'deactivated' }));
    },
    reason: 'user_disabled',
    told: ['integrator', /Set the user’s `status` to `active`/],
    fix: async (clinic) => {
      await clinic.admin(`/users/${await idOf(clinic, 'pam@acme.test')}`, patch({ status: 'active' }));
    },
  },
  {
    name: 'a rule that denies',
    slug: 'oidc',
    harm: both(
      set({ rules: [{ if: { group: 'contractors' }, deny: true }] }),
      person({ ...ADA, groups: ['contractors'] }),
    ),
    reason: 'access_denied_by_rule',
    told: ['admin', /group/],
    fix: person({ ...ADA, groups: ['staff'] }),
    afterwards: (clinic) => clinic.connect('oidc', { rules: [] }),
  },
  {
    name: 'a rule that requires',
    slug: 'oidc',
    harm: both(set({ rules: [{ if: { group: 'staff' }, require: true }] }), person({ ...ADA, groups: [] })),
    reason: 'requirement_not_met',
    told: ['admin', /group/],
    fix: person({ ...ADA, groups: ['staff'] }),
    afterwards: (clinic) => clinic.connect('oidc', { rules: [] }),
  },
  {
    name: 'groups that are too many to be told',
    slug: 'oidc',
    harm: both(
      set({ groupRoles: [{ group: 'staff', role: 'staff' }] }),
      person({
        ...ADA,
        _claim_names: { groups: 'src1' },
        _claim_sources: { src1: { endpoint: 'https://graph.example' } },
      }),
    ),
    reason: 'groups_overage',
    told: ['admin', /group/],
    fix: person({ ...ADA, groups: ['staff'] }),
    afterwards: (clinic) => clinic.connect('oidc', { groupRoles: [] }),
  },
  {
    name: 'a disabled organization',
    slug: 'oidc',
    harm: (clinic) => clinic.organize({ status: 'disabled' }),
    reason: 'organization_disabled',
    told: ['integrator', /`status` to `active`/],
    fix: (clinic) => clinic.organize({ status: 'active' }),
  },
  {
    name: 'a disabled connection',
    slug: 'oidc',
    harm: set({ status: 'disabled' }),
    reason: 'connection_disabled',
    told: ['integrator', /a disabled one with `PATCH/],
    fix: set({ status: 'active' }),
  },
];

export const GITHUB_AILMENTS: readonly Ailment[] = [
  {
    name: 'GitHub: a wrong client secret',
    slug: 'github',
    harm: (clinic) => clinic.connect('github', { clientSecret: 'revoked' }),
    reason: 'idp_client_auth_failed',
    told: ['admin', /Make a new client secret/],
    fix: (clinic) => clinic.connect('github'),
  },
  {
    name: 'GitHub: a primary address that is not verified',
    slug: 'github',
    harm: person({ ...ADA, email_verified: false }),
    reason: 'email_verification_required',
    told: ['admin', /verifies the primary address/],
    check: ['email.verifiedByProvider', /^email_verified: true$/, /^false$/],
    fix: honest,
  },
  {
    name: 'GitHub: no scope for the addresses',
    slug: 'github',
    harm: github((script) => void (script.answers.emails = { status: 404 })),
    reason: 'idp_bad_response',
    detail: 'emails: 404',
    told: ['integrator', /`emails: 404`.*`user:email`/],
    fix: honest,
  },
  {
    name: 'GitHub: a code that is spent',
    slug: 'github',
    patient: { callback: (returned) => ({ ...returned, code: 'spent' }) },
    reason: 'code_exchange_failed',
    told: ['integrator', /Post the code once/],
  },
  {
    name: 'GitHub: a profile without its id',
    slug: 'github',
    harm: github((script) => void (script.userinfo = { id: undefined })),
    reason: 'subject_missing',
    told: ['admin', /read the signed-in person’s profile/],
    fix: honest,
  },
];

async function idOf({ world }: Clinic, email: string): Promise<string> {
  return String((await world.sql`select id from users where email = ${email}`)[0]?.['id']);
}

function patch(body: object): RequestInit {
  return { method: 'PATCH', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}
