/** Broken logins of people who have an account already: each cause by itself, over each protocol, and the fix for each. */
import type { Ailment } from '#tests/doctor/ailment.ts';
import {
  addDomain,
  both,
  claimed,
  comes,
  comesByGithub,
  comesBySaml,
  domainIdOf,
  member,
  patch,
  set,
  someone,
  unlinkNamed,
  unmap,
  userOf,
  verifyByDns,
} from '#tests/doctor/linking-steps.ts';

const verifiedByProvider = (expected: RegExp, actual: RegExp) =>
  ['email.verifiedByProvider', expected, actual] as const;
const domainVerified = (expected: RegExp, actual: RegExp) => ['email.domainVerified', expected, actual] as const;
const ITS_OWN = /^email_verified: true$/;
const CHECKED = { mapping: { emailVerified: ['address_checked'] } };

const SAID: readonly Ailment[] = [
  {
    name: 'an email that the provider calls unverified',
    slug: 'oidc',
    harm: claimed('abe', { email_verified: false }),
    reason: 'email_unverified',
    check: verifiedByProvider(ITS_OWN, /^false$/),
    told: ['admin', /Confirm the person’s email.*`email_verified: true`/],
    fix: comes(someone('abe')),
  },
  {
    name: 'an email that another claim of the provider vouches for',
    slug: 'oidc',
    harm: claimed('ben', { email_verified: false, address_checked: true }),
    reason: 'email_unverified',
    check: verifiedByProvider(ITS_OWN, /^false$/),
    told: ['integrator', /name it in `mapping.emailVerified`/],
    fix: set(CHECKED),
    mended: true,
    afterwards: unmap(),
  },
  {
    name: 'a provider that says nothing of it',
    slug: 'oidc',
    harm: claimed('cat', { email_verified: undefined }),
    reason: 'email_verified_missing',
    check: verifiedByProvider(ITS_OWN, /^absent$/),
    told: ['admin', /Send the claim `email_verified: true`/],
    fix: comes(someone('cat')),
  },
  {
    name: 'a provider that says it at userinfo only',
    slug: 'oidc',
    harm: both(claimed('dee', {}), ({ provider }) => {
      provider.script.idToken.claims = { email_verified: undefined };
    }),
    reason: 'email_verified_missing',
    check: verifiedByProvider(ITS_OWN, /^absent$/),
    told: ['integrator', /asked there with `"mapping": \{"emailVerified": \["email_verified"\]\}`/],
    fix: set({ mapping: { emailVerified: ['email_verified'] } }),
    afterwards: unmap(),
  },
  {
    name: 'an email of another claim, of which `email_verified` does not speak',
    slug: 'oidc',
    harm: both(
      set({ mapping: { email: ['upn'] } }),
      claimed('eli', { email: 'elsewhere@acme.test', upn: 'eli@acme.test' }),
    ),
    reason: 'email_verified_missing',
    check: verifiedByProvider(/vouches for the one that mapping.email reads/, /mapping.emailVerified names none/),
    told: ['integrator', /Where `mapping.email` reads another claim than `email`, that is needed/],
    fix: set({ mapping: { email: ['upn'], emailVerified: ['email_verified'] } }),
    mended: true,
    afterwards: unmap(),
  },
  {
    name: 'the text "true" in place of true',
    slug: 'oidc',
    harm: claimed('fay', { email_verified: 'true' }),
    reason: 'email_verified_malformed',
    check: verifiedByProvider(ITS_OWN, /^string of 4 characters$/),
    told: ['admin', /as the boolean `true`, without quotation marks/],
    fix: comes(someone('fay')),
  },
  {
    name: 'a number in place of true, and another claim that is a boolean',
    slug: 'oidc',
    harm: claimed('gil', { email_verified: 1, address_checked: true }),
    reason: 'email_verified_malformed',
    check: verifiedByProvider(ITS_OWN, /^number$/),
    told: ['integrator', /name another claim, that is one, in `mapping.emailVerified`/],
    fix: set(CHECKED),
    mended: true,
    afterwards: unmap(),
  },
];

const DOMAIN: readonly Ailment[] = [
  {
    name: 'a domain that nobody added, proven by its record',
    slug: 'oidc',
    harm: claimed('hal', {}, 'proven.test'),
    reason: 'domain_not_verified',
    check: domainVerified(/^a verified domain of the organization$/, /^proven.test, not added$/),
    told: [
      'integrator',
      /have the TXT record made that the answer names, then `POST \/admin\/v1\/domains\/\{id\}\/verify`/,
    ],
    fix: verifyByDns('proven.test'),
    mended: true,
  },
  {
    name: 'a domain that is added and waits for its record, asserted by the operator',
    slug: 'oidc',
    harm: both((clinic) => addDomain(clinic, 'asserted.test'), claimed('ivy', {}, 'asserted.test')),
    reason: 'domain_not_verified',
    check: domainVerified(/^a verified domain of the organization$/, /^asserted.test, added and not verified$/),
    told: ['integrator', /`PATCH \/admin\/v1\/domains\/\{id\}` with `\{"verified":true\}`/],
    fix: async (clinic) => {
      await clinic.admin(`/domains/${await domainIdOf(clinic, 'asserted.test')}`, patch({ verified: true }));
    },
    mended: true,
  },
  {
    name: 'an organization without any verified domain, put right in the declaration',
    slug: 'oidc',
    harm: both(
      ({ world }) => world.sql`update domains set verified_at = null, verified_by = null`,
      claimed('jim', {}, 'declared.test'),
    ),
    reason: 'domain_not_verified',
    check: domainVerified(/which has none$/, /^declared.test, not added$/),
    told: ['integrator', /`"verified": true` in the declaration/],
    fix: (clinic) => clinic.organize({ domains: [{ domain: 'declared.test', verified: true }] }),
    mended: true,
    afterwards: (clinic) => clinic.organize({ domains: [{ domain: 'acme.test', verified: true }] }),
  },
  {
    name: 'SAML: a domain that the organization has not verified',
    slug: 'saml',
    harm: both(member('kim@saml.test'), comesBySaml('kim@saml.test')),
    reason: 'domain_not_verified',
    check: domainVerified(/^a verified domain of the organization$/, /^saml.test, not added$/),
    told: ['admin', /Make the TXT record/],
    fix: verifyByDns('saml.test'),
    mended: true,
  },
  {
    name: 'GitHub: a domain that the organization has not verified',
    slug: 'github',
    harm: both(member('lou@hub.test'), comesByGithub(3001, 'lou@hub.test')),
    reason: 'domain_not_verified',
    check: domainVerified(/^a verified domain of the organization$/, /^hub.test, not added$/),
    told: ['integrator', /assert it as the operator/],
    fix: (clinic) => addDomain(clinic, 'hub.test', { verified: true }).then(() => undefined),
    mended: true,
  },
];

const otherSubject = ['member.noOtherSubject', /no other subject/, /^another is: identity [0-9a-f]{24}$/] as const;
const VOUCH = { mapping: { emailVerified: ['mailVerified'] } };
const OTHERS: readonly Ailment[] = [
  {
    name: 'GitHub: an email that is mapped from a claim nobody vouches for',
    slug: 'github',
    harm: both(
      set({ mapping: { email: ['notification_email'] } }, 'github'),
      member('max@acme.test'),
      comesByGithub(3002, 'x@acme.test', { notification_email: 'max@acme.test', is_checked: true }),
    ),
    reason: 'email_verified_missing',
    check: verifiedByProvider(/mapping.email reads/, /mapping.emailVerified names none/),
    told: ['integrator', /that is true for checked addresses in `mapping.emailVerified`/],
    fix: set({ mapping: { email: ['notification_email'], emailVerified: ['is_checked'] } }, 'github'),
    mended: true,
    afterwards: unmap('github'),
  },
  {
    name: 'SAML: an attribute that was agreed on and does not come',
    slug: 'saml',
    harm: both(set(VOUCH, 'saml'), member('ned@acme.test'), comesBySaml('ned@acme.test')),
    reason: 'email_verified_missing',
    check: verifiedByProvider(/^mailVerified: true$/, /^absent$/),
    told: ['admin', /SAML: send the attribute that was agreed on/],
    fix: comesBySaml('ned@acme.test', { mailVerified: 'true' }),
    afterwards: unmap('saml'),
  },
  {
    name: 'SAML: an attribute that says no',
    slug: 'saml',
    harm: both(set(VOUCH, 'saml'), member('ola@acme.test'), comesBySaml('ola@acme.test', { mailVerified: '0' })),
    reason: 'email_unverified',
    check: verifiedByProvider(/^mailVerified: true$/, /^false$/),
    told: ['admin', /Confirm the person’s email/],
    fix: comesBySaml('ola@acme.test', { mailVerified: '1' }),
    afterwards: unmap('saml'),
  },
  {
    name: 'SAML: an attribute that says neither yes nor no',
    slug: 'saml',
    harm: both(set(VOUCH, 'saml'), member('pia@acme.test'), comesBySaml('pia@acme.test', { mailVerified: 'yes' })),
    reason: 'email_verified_malformed',
    check: verifiedByProvider(/^mailVerified: true$/, /^string of 3 characters$/),
    told: ['integrator', /says what came/],
    fix: comesBySaml('pia@acme.test', { mailVerified: 'true' }),
    afterwards: unmap('saml'),
  },
  ...(['oidc', 'saml', 'github'] as const).map((slug, index): Ailment => {
    const email = `own-${slug}@acme.test`;
    return {
      name: `${slug}: a member whose own email is not verified`,
      slug,
      harm: both(member(email, { emailVerified: false }), (clinic) => {
        if (slug === 'saml') return comesBySaml(email)(clinic);
        if (slug === 'github') return comesByGithub(3010 + index, email)(clinic);
        return comes(someone(`own-${slug}`))(clinic);
      }),
      reason: 'member_email_unverified',
      check: ['member.emailVerified', /^true$/, /^false$/],
      told: ['integrator', /`PATCH \/admin\/v1\/users\/\{id\}`/],
      fix: async (clinic) => {
        await clinic.admin(`/users/${(await userOf(clinic, email)).id}`, patch({ emailVerified: true }));
      },
      mended: true,
    };
  }),
  {
    name: 'an address that was given to somebody new, freed by its former holder',
    slug: 'oidc',
    harm: both(
      comes(someone('quin')),
      (clinic) => clinic.login('oidc'),
      comes({ ...someone('quin'), sub: 'quin-the-second' }),
    ),
    reason: 'account_exists_link_required',
    check: otherSubject,
    told: ['integrator', /the member who had it needs another address first, which a login of theirs brings/],
    fix: both(
      comes({ ...someone('quin'), email: 'quin-the-first@acme.test' }),
      (clinic) => clinic.login('oidc'),
      comes({ ...someone('quin'), sub: 'quin-the-second' }),
    ),
  },
  {
    name: 'a person whom the provider made anew, whose former subject is unlinked',
    slug: 'oidc',
    harm: both(
      comes(someone('sara')),
      (clinic) => clinic.login('oidc'),
      comes({ ...someone('sara'), sub: 'sara-anew' }),
    ),
    reason: 'account_exists_link_required',
    check: otherSubject,
    told: ['integrator', /unlink the former subject \(`DELETE \/admin\/v1\/identities\/\{id\}`/],
    fix: unlinkNamed,
    mended: true,
  },
  {
    name: 'SAML: a person who comes with another NameID, whose former one is unlinked',
    slug: 'saml',
    harm: both(
      comesBySaml('tom@acme.test'),
      (clinic) => clinic.login('saml'),
      comesBySaml('tom@acme.test', {}, 'another-format'),
    ),
    reason: 'account_exists_link_required',
    check: otherSubject,
    told: ['integrator', /the check `member.noOtherSubject` names it/],
    fix: unlinkNamed,
    mended: true,
  },
  {
    name: 'a provider that names its people anew, over a new connection',
    slug: 'oidc',
    harm: both(
      comes(someone('ruth')),
      (clinic) => clinic.login('oidc'),
      comes({ ...someone('ruth'), sub: 'ruth-anew' }),
    ),
    reason: 'account_exists_link_required',
    check: otherSubject,
    told: ['integrator', /make a new connection for it; its logins are linked by the email/],
    fix: async (clinic) => {
      await clinic.connect('oidc', { slug: 'anew' });
    },
    cured: { slug: 'anew' },
  },
];

export const LINKING_AILMENTS: readonly Ailment[] = [...SAID, ...DOMAIN, ...OTHERS];
