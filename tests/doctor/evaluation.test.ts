/** A login run again over another configuration: what it would come to, as a real one does, and nothing is written. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { REASONS } from '#core/reasons/reasons.ts';
import { ADA, type Clinic, openClinic, type Slug, type Wire } from '#tests/doctor/clinic.ts';
import { json } from '#tests/journey.ts';

let clinic: Clinic;
/** A login of ada, in the groups `engineering` and `admins`, over each protocol. */
const logins: Partial<Record<Slug, Wire>> = {};
const GROUPED = { ...ADA, groups: ['engineering', 'admins'], upn: 'countess@acme.test' };

beforeAll(async () => {
  clinic = await openClinic();
  clinic.provider.script.user = GROUPED;
  for (const slug of ['oidc', 'github', 'saml'] as const) logins[slug] = await clinic.login(slug);
});
beforeEach(() => clinic.honest());
afterAll(() => clinic?.close());

const evaluate = (login: Wire, tried: object, status = 200): Promise<Wire> =>
  clinic.admin(`/logins/${login.id}/evaluate`, json(tried), status);
const namesOf = ({ checks }: Wire): string[] => checks.map(({ name }: { name: string }) => name);

/** Every row of every table, sealed columns included. */
async function everything(): Promise<string> {
  const { sql } = clinic.world;
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'drizzle') order by 1`;
  const dumps = tables.map(({ name }) =>
    sql.unsafe(`select '${name}' as table, coalesce(json_agg(t order by t::text), '[]')::text as rows from ${name} t`),
  );
  return JSON.stringify((await Promise.all(dumps)).flat());
}

test('over what is in use it comes to what it came to, but that the person is known by now', async () => {
  const again = await evaluate(logins.oidc, {});
  const { id, outcome, connectionVersion, role, claims } = logins.oidc;
  expect(id).toMatch(/^[0-9a-f]{24}$/);
  expect(again).toMatchObject({ outcome, connectionVersion, claims, kind: 'known', membershipRole: role.role });
  expect(again.user).toMatchObject({ id: logins.oidc.userId, email: 'ada@acme.test', fullName: 'Ada Lovelace' });
  expect(again.provisioning.rule).toBe('known_identity');
});

describe('it says what a real login over that configuration does', () => {
  const configurations: [string, Record<string, unknown>][] = [
    ['a group rule', { groupRoles: [{ group: 'admins', role: 'admin' }] }],
    ['a group rule that does not match', { groupRoles: [{ group: 'pilots', role: 'pilot' }], defaultRole: 'guest' }],
    ['a rule that denies', { rules: [{ name: 'no engineers', if: { group: 'engineering' }, deny: true }] }],
    [
      'a rule over a claim of the provider',
      { rules: [{ if: { claim: 'upn', startsWith: 'countess' }, role: 'noble' }] },
    ],
    ['domains that leave her out', { allowedDomains: ['elsewhere.test'] }],
    ['another source of groups', { mapping: { groups: ['departments'] } }],
    ['an email that is not there', { mapping: { email: ['mail'] } }],
  ];
  test.each(configurations)('%s', async (_name, changed) => {
    const tried = await evaluate(logins.oidc, changed);
    await clinic.connect('oidc', changed);
    clinic.provider.script.user = GROUPED;
    const real = await clinic.login('oidc');
    const honest = { groupRoles: [], rules: [], allowedDomains: [], mapping: {}, defaultRole: 'user' };
    await clinic.connect('oidc', honest);
    expect([tried.outcome, tried.reason]).toEqual([real.outcome, real.reason]);
    expect([tried.role, tried.provisioning, tried.texts]).toEqual([real.role, real.provisioning, real.texts]);
    expect([tried.claims.mapped, tried.claims.groups]).toEqual([real.claims.mapped, real.claims.groups]);
    const decisive = (login: Wire) =>
      namesOf(login).filter((name) => /^(email|rules|provisioning|user|membership)\./.test(name));
    expect(decisive(tried)).toEqual(decisive(real));
  });
});

test('a login that failed after its claims were verified is run again, and would create the person', async () => {
  clinic.provider.script.user = { ...GROUPED, sub: 'joan', email: 'joan@acme.test' };
  await clinic.connect('oidc', { jit: false });
  const refused = await clinic.login('oidc');
  await clinic.connect('oidc', { jit: true });
  expect(refused).toMatchObject({ outcome: 'failed', reason: 'provisioning_disabled' });
  const created = await evaluate(refused, { jit: true, groupRoles: [{ group: 'admins', role: 'admin' }] });
  expect(created).toMatchObject({ outcome: 'succeeded', kind: 'created', membershipRole: 'admin' });
  expect(created.user).not.toHaveProperty('id');
  expect(created.groups).toEqual([
    { source: 'oidc', name: 'engineering' },
    { source: 'oidc', name: 'admins' },
  ]);
  expect(await evaluate(refused, { jit: false })).toMatchObject({
    outcome: 'failed',
    reason: 'provisioning_disabled',
    texts: REASONS.provisioning_disabled,
  });
});

test('a mapping reads what the provider said by its own names, over every protocol', async () => {
  const mapped = await evaluate(logins.oidc, { mapping: { email: ['upn'], emailVerified: ['email_verified'] } });
  expect(mapped).toMatchObject({ outcome: 'succeeded', claims: { email: 'c…@acme.test' } });
  expect(await evaluate(logins.github, { mapping: { name: ['login'] } })).toMatchObject({
    user: { fullName: 'alice' },
  });
  const saml = await evaluate(logins.saml, {
    mapping: { familyName: ['firstName'] },
    groupRoles: [{ group: 'admins', role: 'admin' }],
  });
  expect(saml).toMatchObject({ protocol: 'saml', membershipRole: 'admin', user: { lastName: 'Ada' } });
});

test('a version of the connection is named by its number', async () => {
  const { version } = (await clinic.world.sql`select version from connections where slug = 'oidc'`)[0] ?? {};
  await clinic.connect('oidc', { allowedDomains: ['elsewhere.test'] });
  expect(await evaluate(logins.oidc, {})).toMatchObject({
    reason: 'domain_not_allowed',
    connectionVersion: version + 1,
  });
  expect(await evaluate(logins.oidc, { version })).toMatchObject({ outcome: 'succeeded', connectionVersion: version });
  const over = { version, allowedDomains: ['third.test'] };
  expect(await evaluate(logins.oidc, over)).toMatchObject({ reason: 'domain_not_allowed', connectionVersion: version });
  expect(await evaluate(logins.oidc, { version: 9_999 }, 409)).toMatchObject({ code: 'conflict' });
  await clinic.connect('oidc', { allowedDomains: [] });
});

test('a draft is tried before anybody depends on it, and activated when it does what it should', async () => {
  const id = await clinic.idOf('oidc');
  const change = { groupRoles: [{ group: 'admins', role: 'admin' }] };
  const patch = { method: 'PATCH', body: JSON.stringify(change), headers: { 'content-type': 'application/json' } };
  const draft = await clinic.admin(`/connections/${id}`, patch);
  expect(await evaluate(logins.oidc, {})).not.toMatchObject({ membershipRole: 'admin' });
  expect(await evaluate(logins.oidc, { version: draft.version })).toMatchObject({
    outcome: 'succeeded',
    connectionVersion: draft.version,
    membershipRole: 'admin',
    role: { rule: 'rule', place: 'groupRoles/0', group: 'admins' },
  });
  await clinic.admin(`/connections/${id}/activate`, json({ version: draft.version, force: true }));
  clinic.provider.script.user = GROUPED;
  expect(await clinic.login('oidc')).toMatchObject({ connectionVersion: draft.version, role: { role: 'admin' } });
  await clinic.connect('oidc', { groupRoles: [] });
});

test('nothing is written, whatever is tried', async () => {
  const before = await everything();
  expect(before).toContain('sealed_claims');
  for (const login of Object.values(logins)) {
    await evaluate(login, {});
    await evaluate(login, {
      jit: false,
      groupRoles: [{ group: 'admins', role: 'admin' }],
      mapping: { email: ['nothing'] },
    });
    await evaluate(login, { rules: [{ if: { claim: 'email', exists: true }, deny: true }] });
    await evaluate(login, { version: 9_999 }, 409);
  }
  expect(await everything()).toBe(before);
  await clinic.login('oidc');
  expect(await everything()).not.toBe(before);
});

describe('refused:', () => {
  test('a login that ended before any claims were verified', async () => {
    const refused = await clinic.login('oidc', { callback: (returned) => ({ ...returned, code: 'another' }) });
    expect(refused.reason).toBe('code_exchange_failed');
    expect(await evaluate(refused, {}, 409)).toMatchObject({
      code: 'conflict',
      errors: [{ detail: expect.stringContaining('No claims of this login are kept') }],
    });
  });

  test('a login whose claims were sealed with a key that is gone', async () => {
    const login = await clinic.login('github');
    await clinic.world
      .sql`update logins set sealed_claims = regexp_replace(sealed_claims, '^v1\\.[0-9a-f]{8}', 'v1.00000000') where id = ${login.id}`;
    expect(await evaluate(login, {}, 409)).toMatchObject({ code: 'conflict' });
  });

  test.each<[string, object, string]>([
    ['a member that is not known', { jitt: true }, '/jitt'],
    ['a target that no mapping has', { mapping: { emial: ['mail'] } }, '/mapping/emial'],
    ['a domain that is none', { allowedDomains: ['acme.test', 'no domain'] }, '/allowedDomains/1'],
    ['a rule that contradicts itself', { rules: [{ if: { group: 'a' }, role: 'x', deny: true }] }, '/rules/0'],
    ['a version that is no number', { version: 'draft' }, '/version'],
  ])('%s', async (_name, tried, pointer) => {
    const { code, errors } = await evaluate(logins.oidc, tried, 422);
    expect([code, errors[0].pointer]).toEqual(['input_invalid', pointer]);
  });

  test('a login that there is not', async () => {
    expect(await evaluate({ id: 'f'.repeat(24) }, {}, 404)).toMatchObject({ code: 'not_found' });
  });

  test('to a key that does not reach the organization, and not to one that reads', async () => {
    const keyFor = async (organizations: string[]) => {
      const key = { name: crypto.randomUUID(), access: 'read', organizations };
      return (await clinic.admin('/admin-keys', json(key), 201)).key;
    };
    await clinic.world.apply({ organizations: [{ slug: 'globex', name: 'Globex' }] });
    const [other] = await clinic.world.sql`select id from organizations where slug = 'globex'`;
    const path = `/admin/v1/logins/${logins.oidc.id}/evaluate`;
    const send = async (key: string) =>
      (await clinic.world.fetch(path, json({}, { authorization: `Bearer ${key}` }))).status;
    expect(await send(await keyFor([String(other?.['id'])]))).toBe(404);
    expect(await send(await keyFor([logins.oidc.organizationId]))).toBe(200);
  });
});
