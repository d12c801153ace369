/** Broken logins over SAML: what the customer's administrator, or the operator, set wrong. */
import type { SamlFaults } from '#dev/saml/faults.ts';
import { NAME_ID_FORMATS, SIGNATURE_ALGORITHMS, STATUS } from '#dev/saml/names.ts';
import type { SsoErrorCode } from '#error';
import { type Ailment, honest } from '#tests/doctor/ailment.ts';
import type { Clinic, DeclaredConnection } from '#tests/doctor/clinic.ts';

type Settings = NonNullable<DeclaredConnection['saml']>;
const fault = (faults: Partial<SamlFaults>) => (clinic: Clinic) =>
  void Object.assign(clinic.samlProvider.faults, faults);
const set = (saml: Settings) => (clinic: Clinic) => clinic.connect('saml', { saml });

const MFA = 'https://refeds.org/profile/mfa';
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';

const FAULTS = (
  [
    ['another audience', 'saml_audience', /“Audience”/, { wrongAudience: true }],
    ['another recipient', 'saml_recipient', /“Recipient”/, { wrongRecipient: true }],
    ['another destination', 'saml_destination', /consumer service \(ACS\) address/, { wrongDestination: true }],
    ['another issuer', 'saml_issuer', /under which entity id/, { wrongIssuer: true }],
    ['a response of yesterday', 'saml_expired', /clock by NTP/, { expired: true }],
    ['a clock that is far ahead', 'saml_not_yet', /clock by NTP/, { skewSeconds: 900 }],
    ['an answer to another request', 'saml_in_response_to', /its ID as `InResponseTo`/, { wrongInResponseTo: true }],
    ['no signature', 'saml_signature', /Sign the response or the assertion/, { sign: 'none' }],
    ['a signature of a stranger', 'saml_signature', /certificate that your metadata publish/, { attackerKey: true }],
    ['a signature by SHA-1', 'saml_algorithm', /SHA-256/, { algorithm: SIGNATURE_ALGORITHMS.rsaSha1 }],
    ['a changed address', 'saml_signature', /Sign the response/, { tamperAfterSigning: true }],
    ['two assertions', 'saml_multiple_assertions', /into one assertion/, { duplicateAssertion: true }],
    ['a refusal', 'saml_status', /Assign the person/, { status: [STATUS.responder, STATUS.authnFailed] }],
    ['a NameID that does not stay', 'saml_subject', /`persistent`/, { nameIdFormat: NAME_ID_FORMATS.transient }],
  ] satisfies [string, SsoErrorCode, RegExp, Partial<SamlFaults>][]
).map(([name, reason, words, faults]): Ailment => {
  return { name: `SAML: ${name}`, slug: 'saml', harm: fault(faults), reason, told: ['admin', words], fix: honest };
});

const SETTINGS: readonly Ailment[] = [
  {
    name: 'SAML: a certificate that is not the provider’s any more',
    slug: 'saml',
    harm: async ({ samlProvider }) => {
      await samlProvider.rotateKey({ keep: false });
    },
    reason: 'saml_signature',
    told: ['integrator', /saml\/metadata\/approve`/],
    fix: (clinic) => clinic.connect('saml', { saml: { metadataXml: clinic.samlProvider.metadataXml() } }),
  },
  {
    name: 'SAML: clocks that differ by four minutes',
    slug: 'saml',
    harm: fault({ skewSeconds: 240 }),
    reason: 'saml_not_yet',
    told: ['integrator', /up to 300 may be allowed by `clockSkewSeconds`/],
    fix: set({ clockSkewSeconds: 300 }),
    afterwards: set({ clockSkewSeconds: null }),
  },
  {
    name: 'SAML: encryption that is wanted and not done',
    slug: 'saml',
    harm: set({ wantEncrypted: true }),
    reason: 'saml_encryption_required',
    told: ['admin', /Switch on encryption/],
    fix: fault({ encrypt: { content: 'aes256-gcm' } }),
    afterwards: set({ wantEncrypted: false }),
  },
  {
    name: 'SAML: encryption by AES-CBC',
    slug: 'saml',
    harm: fault({ encrypt: { content: 'aes128-cbc' } }),
    reason: 'saml_algorithm',
    told: ['integrator', /set `allowCbc`/],
    fix: set({ allowCbc: true }),
    afterwards: set({ allowCbc: false }),
  },
  {
    name: 'SAML: a certificate for encryption that is not ours',
    slug: 'saml',
    harm: async (clinic) => {
      const { certificate } = clinic.samlProvider;
      await clinic.samlRegistration({ encryptionCertificate: certificate });
      fault({ encrypt: { content: 'aes256-gcm' } })(clinic);
    },
    reason: 'saml_decryption',
    told: ['admin', /Import our metadata again/],
    fix: (clinic) => clinic.samlRegistration({}),
  },
  {
    name: 'SAML: a method that is not among those asked for',
    slug: 'saml',
    harm: async (clinic) => {
      fault({ authnContext: PASSWORD })(clinic);
      await set({ authnContexts: [MFA] })(clinic);
    },
    reason: 'saml_authn_context',
    told: ['integrator', /Add the class in the trace to `authnContexts`/],
    fix: set({ authnContexts: [MFA, PASSWORD] }),
    afterwards: set({ authnContexts: [] }),
  },
  {
    name: 'SAML: more groups than elements are allowed',
    slug: 'saml',
    harm: fault({ extraGroups: 620, attributeNames: 'urn' }),
    reason: 'saml_structure',
    told: ['integrator', /raise `maxElements`/],
    fix: set({ maxElements: 2_000 }),
    afterwards: set({ maxElements: null }),
  },
  {
    name: 'SAML: a NameID that does not stay, and an attribute that does',
    slug: 'saml',
    patient: { email: 'grace@acme.test' },
    harm: fault({ nameIdFormat: NAME_ID_FORMATS.transient }),
    reason: 'saml_subject',
    told: ['integrator', /name an attribute that never changes as `subjectAttribute`/],
    fix: set({ subjectAttribute: 'email' }),
    cured: { email: 'grace@acme.test' },
    afterwards: set({ subjectAttribute: null }),
  },
  {
    name: 'SAML: an email under another name',
    slug: 'saml',
    harm: (clinic) => clinic.connect('saml', { mapping: { email: ['mailbox'] } }),
    reason: 'email_missing',
    told: ['integrator', /`mapping.email`/],
    fix: (clinic) => clinic.connect('saml', { mapping: { email: ['mailbox', 'email'] } }),
    afterwards: (clinic) => clinic.connect('saml', { mapping: {} }),
  },
  {
    name: 'SAML: a response to no request',
    slug: 'saml',
    harm: fault({ omitInResponseTo: true }),
    reason: 'saml_unsolicited',
    told: ['person', /Start the sign-in at the application/],
    fix: honest,
  },
];

export const SAML_AILMENTS: readonly Ailment[] = [...FAULTS, ...SETTINGS];
