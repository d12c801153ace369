/** Rules tried on the people who came lately: who would gain or lose what, with nothing asked and nothing written. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { simulateRules } from '#core/rule-simulation.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import { callersOf, patch } from '#tests/admin/callers.ts';
import { ADA, type Clinic, openClinic, type Wire } from '#tests/doctor/clinic.ts';
import { json } from '#tests/journey.ts';

const IN_USE = {
  rules: [{ name: 'the banned', if: { claim: 'employment', equals: 'banned' }, deny: true as const }],
  groupRoles: [{ group: 'admins', role: 'admin' }],
  defaultRole: 'viewer',
};
const person = (name: string, claims: Overrides): Overrides => ({
  ...ADA,
  sub: name,
  email: `${name}@acme.test`,
  ...claims,
});
const PEOPLE = {
  ada: person('ada', { groups: ['admins'] }),
  bob: person('bob', { employment: 'contractor', groups: ['staff'] }),
  eve: person('eve', { employment: 'banned' }),
  many: person('many', { _claim_names: { groups: 'src1' } }),
};

let clinic: Clinic;
let id: string;
beforeAll(async () => {
  clinic = await openClinic();
  id = await clinic.idOf('oidc');
  await clinic.connect('oidc', IN_USE);
  const outcomes: Record<string, string> = {};
  for (const [name, user] of [...Object.entries(PEOPLE), ['ada', PEOPLE.ada] as const]) {
    clinic.honest();
    clinic.provider.script.user = user;
    outcomes[name] = (await clinic.login('oidc')).reason ?? 'succeeded';
  }
  expect(outcomes).toEqual({
    ada: 'succeeded',
    bob: 'succeeded',
    eve: 'access_denied_by_rule',
    many: 'groups_overage',
  });
  clinic.provider.script.idToken.claims = { iss: 'https://elsewhere.test' };
  expect((await clinic.login('oidc')).reason).toBe('id_token_iss');
  await clinic.login('saml');
});
beforeEach(() => clinic.honest());
afterAll(() => clinic?.close());

const simulate = (body: object, connection = id, status = 200): Promise<Wire> =>
  clinic.admin(`/connections/${connection}/simulate-rules`, json(body), status);
const brief = ({ changes }: Wire) =>
  changes.map(({ change, email, before, after }: Wire) => [
    change,
    email,
    before.role ?? before.reason,
    after.role ?? after.reason,
  ]);

describe('over the last 30 days', () => {
  test('the rules in use change nothing', async () => {
    expect(await simulate({})).toMatchObject({
      complete: true,
      logins: { considered: 6, withoutClaims: 1 },
      people: 4,
      counts: { denied: 0, allowed: 0, role: 0, unchanged: 4 },
      changes: [],
    });
  });

  test('says who loses, gains and changes, by which rule', async () => {
    const rules = [{ name: 'no contractors', if: { claim: 'employment', equals: 'contractor' }, deny: true }];
    const groupRoles = [{ group: 'admins', role: 'owner' }];
    const result = await simulate({ rules, groupRoles });
    expect(brief(result)).toEqual([
      ['denied', 'bob@acme.test', 'viewer', 'access_denied_by_rule'],
      ['allowed', 'eve@acme.test', 'access_denied_by_rule', 'viewer'],
      ['role', 'ada@acme.test', 'admin', 'owner'],
    ]);
    expect(result.counts).toEqual({ denied: 1, allowed: 1, role: 1, unchanged: 1 });
    const [bob, eve, ada] = result.changes;
    expect(bob.after).toEqual({
      outcome: 'refused',
      reason: 'access_denied_by_rule',
      place: 'rules/0',
      name: 'no contractors',
    });
    expect(eve.before).toMatchObject({ place: 'rules/0', name: 'the banned' });
    expect(eve).not.toHaveProperty('userId');
    expect(ada.after).toEqual({ outcome: 'allowed', role: 'owner', place: 'groupRoles/0' });
    const [user] = await clinic.world
      .sql`select id from users where email = 'ada@acme.test' and id in (select user_id from identities where subject = 'ada')`;
    expect(ada.userId).toBe(user?.['id']);
    const [last] = await clinic.world
      .sql`select id from logins where user_id = ${ada.userId} and connection_id = ${id} order by created_at desc limit 1`;
    expect(ada.loginId).toBe(last?.['id']);
  });

  test('groups that were left out count where rules stop reading them', async () => {
    const result = await simulate({ groupRoles: [], rules: [] });
    expect(brief(result)).toEqual([
      ['allowed', 'many@acme.test', 'groups_overage', 'viewer'],
      ['allowed', 'eve@acme.test', 'access_denied_by_rule', 'viewer'],
    ]);
  });

  test('where no rule gives roles any more, members keep theirs', async () => {
    const { counts } = await simulate({ groupRoles: [] });
    expect(counts).toMatchObject({ role: 0 });
    expect(brief(await simulate({ groupRoles: [{ group: 'nobody', role: 'x' }], defaultRole: 'guest' }))).toEqual([
      ['role', 'ada@acme.test', 'admin', 'guest'],
      ['role', 'bob@acme.test', 'viewer', 'guest'],
    ]);
  });

  test('lists as many as are wanted, and counts all', async () => {
    const result = await simulate({ rules: [{ if: { claim: 'nothing', exists: true }, require: true }], limit: 1 });
    expect([result.changes.length, result.counts.denied]).toEqual([1, 2]);
  });

  test('ends when its time is over, and says so', async () => {
    const rules = [{ if: { claim: 'nothing', exists: true }, require: true as const }];
    const { complete, people, counts } = await simulateRules(clinic.world.ports, id, { rules }, 0);
    expect({ complete, people, denied: counts.denied }).toEqual({ complete: false, people: 0, denied: 0 });
    const whole = await simulateRules(clinic.world.ports, id, { rules });
    expect([whole.complete, whole.people]).toEqual([true, 4]);
  });

  test('over SAML, texts alone', async () => {
    const saml = await clinic.idOf('saml');
    const result = await simulate({ rules: [{ if: { claim: 'email', endsWith: '@acme.test' }, deny: true }] }, saml);
    expect(result).toMatchObject({ people: 1, counts: { denied: 1 } });
  });
});

test('the rules of a draft', async () => {
  const operator = callersOf({
    fetch: (path, init) => clinic.world.fetch(path, init),
  }).as((await clinic.admin('/admin-keys', json({ name: 'all', organizations: null, access: 'write' }), 201)).key);
  const rules = [
    { name: 'admins', if: { any: [{ group: 'admins' }, { claim: 'x', equals: [1, true, 'y'] }] }, require: true },
  ];
  expect((await operator(`/connections/${id}`, patch({ rules }))).status).toBe(200);
  const [draft] = await clinic.world
    .sql`select version from connection_versions where connection_id = ${id} and state = 'draft'`;
  const shown = await clinic.admin(`/connections/${id}/versions/${draft?.['version']}`);
  expect(shown.configuration.rules).toEqual(rules);
  expect(brief(await simulate({ version: draft?.['version'] }))).toEqual([
    ['denied', 'bob@acme.test', 'viewer', 'requirement_not_met'],
  ]);
  expect(brief(await simulate({ version: draft?.['version'], rules: IN_USE.rules }))).toEqual([]);
  await simulate({ version: 99 }, id, 409);
});

test('writes nothing, and asks nothing of the provider', async () => {
  const { sql } = clinic.world;
  const state = async () => {
    const rows =
      await sql`select (select count(*) from users) u, (select json_agg(m order by id) from memberships m)::text m, (select count(*) from logins) l,
      (select count(*) from audit_events) a, (select json_agg(c order by id) from connections c)::text c`;
    return rows[0];
  };
  const before = await state();
  const asked = clinic.provider.requests.length;
  await simulate({ rules: [], groupRoles: [] });
  expect(await state()).toEqual(before);
  expect(clinic.provider.requests.length).toBe(asked);
});

test('a key that reads may ask; one that does not reach the organization finds nothing', async () => {
  const callers = callersOf(clinic.world);
  const make = async (body: object) => callers.as((await clinic.admin('/admin-keys', json(body), 201)).key);
  const reading = await make({ name: 'reads', organizations: null, access: 'read' });
  const path = `/connections/${id}/simulate-rules`;
  expect((await reading(path, json({}))).status).toBe(200);
  await clinic.world.apply({ organizations: [{ slug: 'globex', name: 'Globex' }] });
  const [other] = await clinic.world.sql`select id from organizations where slug = 'globex'`;
  const stranger = await make({ name: 'globex alone', organizations: [other?.['id']], access: 'write' });
  expect((await stranger(path, json({}))).status).toBe(404);
  expect((await reading(`/connections/${'0'.repeat(24)}/simulate-rules`, json({}))).status).toBe(404);
});

test.each([
  [{ rules: [{ if: {}, deny: true }] }, '/rules/0/if'],
  [{ rules: [{ if: { group: 'x' } }] }, '/rules/0'],
  [{ rules: [{ if: { group: 'x', regex: 'y' }, deny: true }] }, '/rules/0/if/regex'],
  [{ jit: false }, '/jit'],
  [{ days: 31 }, '/days'],
  [{ limit: 501 }, '/limit'],
])('%j is refused at %s', async (body, pointer) => {
  const problem = await simulate(body, id, 422);
  expect(problem.errors[0].pointer).toBe(pointer);
});

test('tests of the connection are nobody’s logins', async () => {
  const isTest = (value: boolean) =>
    clinic.world
      .sql`update logins set is_test = ${value} where user_id = (select user_id from identities where subject = 'bob')`;
  await isTest(true);
  expect(await simulate({})).toMatchObject({ people: 3, logins: { considered: 5 } });
  await isTest(false);
  expect(await simulate({})).toMatchObject({ people: 4 });
});

test('older logins, and claims whose key is gone, are not judged', async () => {
  await clinic.world
    .sql`update logins set sealed_claims = 'v1.x.y' where id = (select id from logins where connection_id = ${id} and reason = 'access_denied_by_rule')`;
  expect((await simulate({})).people).toBe(3);
  expect((await simulate({ days: 1 })).people).toBe(3);
  clinic.world.clock.moveBy(2 * 86_400);
  expect((await simulate({ days: 1 })).people).toBe(0);
  expect((await simulate({})).people).toBe(3);
  clinic.world.clock.moveBy(29 * 86_400);
  expect(await simulate({})).toMatchObject({ people: 0, logins: { considered: 0 } });
});
