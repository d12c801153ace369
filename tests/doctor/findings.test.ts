/** Beside its checks a login tells what it found out: clocks, waiting, claims, and by which rule the person is who they are. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { openClaims } from '#core/login-evidence.ts';
import { REASONS } from '#core/reasons/reasons.ts';
import { SSO_ERRORS } from '#error';
import { readLogin } from '#ports/db/traces.ts';
import { ADA, type Clinic, openClinic, type Slug, type Wire } from '#tests/doctor/clinic.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
});
beforeEach(() => clinic.honest());
afterAll(() => clinic?.close());

/** What is sealed of a login. */
async function claimsOf({ id }: Wire) {
  const { ports } = clinic.world;
  const login = await readLogin(ports.db, id);
  return login && openClaims(ports, login);
}

const skewOf = (login: Wire, source: string): number =>
  login.clockSkews.find((skew: { source: string }) => skew.source === source)?.seconds;

test('a login over OpenID Connect', async () => {
  clinic.provider.script.user = { ...ADA, groups: ['engineering', 'admins'] };
  const login = await clinic.login('oidc');
  expect(login).toMatchObject({
    outcome: 'succeeded',
    test: false,
    protocol: 'oidc',
    connectionVersion: 1,
    claims: {
      email: 'a…@acme.test',
      emailVerified: true,
      mapped: ['email', 'givenName', 'familyName', 'name', 'groups'],
      groups: ['engineering', 'admins'],
      groupCount: 2,
    },
    provisioning: { rule: 'created', emailVerified: true, domainVerified: true },
    role: { rule: 'default', role: 'user' },
  });
  expect(login.claims.received).toContainEqual({ name: 'email', kind: 'string of 13 characters' });
  expect(login.claims.received).toContainEqual({ name: 'groups', kind: 'array' });
  expect(login.calls.map(({ to }: { to: string }) => to)).toContain('token');
  expect(Math.abs(skewOf(login, 'id_token'))).toBeLessThanOrEqual(2);
  expect(Math.abs(skewOf(login, 'http_date'))).toBeLessThanOrEqual(2);
  expect(login).not.toHaveProperty('texts');
  expect(JSON.stringify(login)).not.toMatch(/ada@acme|ada-1815|Lovelace/);
  expect(await claimsOf(login)).toMatchObject({
    verified: { issuer: clinic.issuer, subject: 'ada-1815' },
    source: { documents: [{ sub: 'ada-1815', email: 'ada@acme.test', groups: ['engineering', 'admins'] }] },
  });
});

test('a login over OAuth 2.0 is dated by the Date header alone', async () => {
  const login = await clinic.login('github');
  expect(login).toMatchObject({ outcome: 'succeeded', protocol: 'oauth2', claims: { email: 'a…@acme.test' } });
  expect(login.clockSkews.map(({ source }: { source: string }) => source)).toEqual(['http_date']);
  expect(await claimsOf(login)).toMatchObject({ verified: { subject: '1001' }, source: { documents: [{ id: 1001 }] } });
});

test('a login over SAML brings what its consumer service found along', async () => {
  const login = await clinic.login('saml');
  expect(login).toMatchObject({
    outcome: 'succeeded',
    protocol: 'saml',
    claims: { groups: ['engineering', 'admins'] },
  });
  expect(login.claims.received).toContainEqual({ name: 'groups', kind: '2 values' });
  expect(Math.abs(skewOf(login, 'saml_response'))).toBeLessThanOrEqual(2);
  const kept = await claimsOf(login);
  expect(kept?.verified.authenticatedAt).toBeInstanceOf(Date);
  expect(kept?.source).toMatchObject({
    attributes: expect.arrayContaining([expect.objectContaining({ name: 'groups' })]),
  });
});

describe('a provider whose clock is wrong', () => {
  test.each<[Slug, string, string, number]>([
    ['oidc', 'id_token', 'id_token_iat', 90],
    ['saml', 'saml_response', 'saml_not_yet', 600],
    ['saml', 'saml_response', 'saml_expired', -3600],
  ])('%s: %s tells by how much; %s', async (slug, source, reason, seconds) => {
    clinic.samlProvider.faults.skewSeconds = seconds;
    const now = Math.floor(Date.now() / 1000) + seconds;
    clinic.provider.script.idToken.claims = { iat: now, exp: now + 300 };
    const login = await clinic.login(slug);
    expect(login).toMatchObject({ outcome: 'failed', reason, texts: REASONS[reason as keyof typeof REASONS] });
    expect(Math.abs(skewOf(login, source) - seconds)).toBeLessThanOrEqual(5);
    expect(login.claims).toBeUndefined();
    expect(await claimsOf(login)).toBeUndefined();
  });
});

describe('how the user was found', () => {
  test('known, then by a rule that gives a role', async () => {
    await clinic.login('oidc');
    clinic.provider.script.user = { ...ADA, groups: ['admins'] };
    await clinic.connect('oidc', { groupRoles: [{ group: 'admins', role: 'admin' }] });
    expect(await clinic.login('oidc')).toMatchObject({
      provisioning: { rule: 'known_identity' },
      role: { rule: 'rule', place: 'groupRoles/0', group: 'admins', role: 'admin' },
    });
    await clinic.connect('oidc', { groupRoles: [] });
    expect(await clinic.login('oidc')).toMatchObject({ role: { rule: 'kept', role: 'admin' } });
  });

  test('made beforehand', async () => {
    await clinic.organize({ users: [{ email: 'joan@acme.test', emailVerified: true, role: 'editor' }] });
    clinic.provider.script.user = { sub: 'joan', email: 'joan@acme.test', email_verified: true };
    expect(await clinic.login('oidc')).toMatchObject({
      provisioning: { rule: 'member', emailVerified: true, domainVerified: true },
      role: { rule: 'kept', role: 'editor' },
    });
  });
});

describe('why an email is not trusted', () => {
  const failedOf = ({ checks }: Wire) =>
    checks.filter(({ outcome }: Wire) => outcome === 'failed').map(({ name }: Wire) => name);

  test('all that is wrong is told at once, the first of it as the reason', async () => {
    await clinic.organize({ users: [{ email: 'tess@other.test', emailVerified: false }] });
    clinic.provider.script.user = { sub: 'tess', email: 'tess@other.test', email_verified: false };
    const login = await clinic.login('oidc');
    expect(login).toMatchObject({
      reason: 'email_unverified',
      claims: { emailVerified: false, emailVerification: 'not_verified' },
      provisioning: { emailVerified: false, domainVerified: false },
    });
    expect(login.provisioning).not.toHaveProperty('rule');
    expect(failedOf(login)).toEqual(['email.verifiedByProvider', 'email.domainVerified', 'member.emailVerified']);
  });

  test('who is nobody here is told so, and what a user made beforehand will need', async () => {
    await clinic.connect('oidc', { jit: false });
    clinic.provider.script.user = { sub: 'uma', email: 'uma@acme.test' };
    const unknown = await clinic.login('oidc');
    expect(unknown).toMatchObject({
      reason: 'provisioning_disabled',
      claims: { emailVerification: 'not_said' },
      provisioning: { emailVerified: false, domainVerified: true },
    });
    expect(failedOf(unknown)).toEqual(['provisioning.allowed']);
    await clinic.organize({ users: [{ email: 'uma@acme.test' }] });
    expect(await clinic.login('oidc')).toMatchObject({ reason: 'email_verified_missing' });
    clinic.provider.script.user = { sub: 'uma', email: 'uma@acme.test', email_verified: true };
    expect(await clinic.login('oidc')).toMatchObject({ outcome: 'succeeded', provisioning: { rule: 'member' } });
    await clinic.connect('oidc', { jit: true });
  });

  test('who is created needs neither, and is not taken for verified', async () => {
    clinic.provider.script.user = { sub: 'vic', email: 'vic@acme.test', email_verified: 'true' };
    expect(await clinic.login('oidc')).toMatchObject({
      outcome: 'succeeded',
      claims: { emailVerification: 'malformed' },
      provisioning: { rule: 'created', emailVerified: false, domainVerified: true },
    });
    const [user] = await clinic.world.sql`select email_verified from users where email = 'vic@acme.test'`;
    expect(user?.['email_verified']).toBe(false);
  });

  test('a new address that is not taken over says why', async () => {
    clinic.provider.script.user = { sub: 'wes', email: 'wes@acme.test', email_verified: true };
    await clinic.login('oidc');
    const skipped = async () =>
      (await clinic.login('oidc')).checks.find(({ name }: Wire) => name === 'provisioning.email').expected;
    clinic.provider.script.user = { sub: 'wes', email: 'wes.new@acme.test', email_verified: false };
    expect(await skipped()).toContain('the provider does not say that it is verified');
    clinic.provider.script.user = { sub: 'wes', email: 'wes@other.test', email_verified: true };
    expect(await skipped()).toContain('its domain is not a verified domain');
  });
});

test('a login that is refused after its claims were verified keeps them', async () => {
  await clinic.connect('oidc', { allowedDomains: ['elsewhere.test'] });
  const login = await clinic.login('oidc');
  await clinic.connect('oidc', { allowedDomains: [] });
  expect(login).toMatchObject({ outcome: 'failed', reason: 'domain_not_allowed', claims: { email: 'a…@acme.test' } });
  expect(login).not.toHaveProperty('provisioning');
  expect(await claimsOf(login)).toMatchObject({ verified: { subject: 'ada-1815' } });
});

test('claims that would fill the table are not kept, and the login goes on', async () => {
  clinic.provider.script.idToken.claims = { email: undefined };
  clinic.provider.script.userinfo = { ...ADA, essay: 'x'.repeat(70_000) };
  const login = await clinic.login('oidc');
  expect(login).toMatchObject({ outcome: 'succeeded', claims: { email: 'a…@acme.test' } });
  expect(await claimsOf(login)).toBeUndefined();
});

test('the page in front of which a person is left says what they can do, and nothing that only others need', async () => {
  const post = { method: 'POST', body: new URLSearchParams({ SAMLResponse: 'x' }), headers: { accept: 'text/html' } };
  const answer = await clinic.world.fetch(`/saml/${await clinic.idOf('saml')}/acs`, post);
  const page = await answer.text();
  expect(page).toContain(REASONS.saml_unsolicited.person);
  expect(page).toContain('saml_unsolicited');
  expect(page).not.toContain(SSO_ERRORS.saml_unsolicited);
});
