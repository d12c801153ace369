/** The list of logins, narrowed: each filter finds what it names and nothing else, and they combine. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { callersOf } from '#tests/admin/callers.ts';
import { ADA, type Clinic, openClinic, type Wire } from '#tests/doctor/clinic.ts';
import { json, read } from '#tests/journey.ts';

let clinic: Clinic;
/** By what they are: successes of ada and grace, a failure of ada over GitHub, and a test. */
let ids: Record<'ada' | 'grace' | 'refused' | 'tested', string>;

beforeAll(async () => {
  clinic = await openClinic();
  const ada = await clinic.login('oidc');
  clinic.world.clock.moveBy(60);
  clinic.provider.script.user = { ...ADA, sub: 'grace', email: 'Grace@Acme.test' };
  const grace = await clinic.login('oidc');
  clinic.world.clock.moveBy(60);
  clinic.provider.script.user = { ...ADA, email_verified: false };
  const refused = await clinic.login('github');
  const tested = await clinic.login('oidc', { callback: () => ({ state: 'x', code: 'y' }) });
  await clinic.world.sql`update logins set is_test = true where id = ${tested.id}`;
  ids = { ada: ada.id, grace: grace.id, refused: refused.id, tested: tested.id };
});
afterAll(() => clinic?.close());

async function listed(query: Record<string, string>): Promise<string[]> {
  const { items } = await clinic.admin(`/logins?${new URLSearchParams(query)}`);
  const names = Object.entries(ids).map(([name, id]) => [id, name] as const);
  return items.map(({ id }: { id: string }) => new Map(names).get(id) ?? id).sort();
}

test('without a filter all are there', async () => {
  expect(await listed({})).toEqual(['ada', 'grace', 'refused', 'tested']);
});

test('each filter alone', async () => {
  const { items }: Wire = await clinic.admin('/logins');
  const ada = items.find(({ id }: { id: string }) => id === ids.ada);
  expect(await listed({ outcome: 'succeeded' })).toEqual(['ada', 'grace']);
  expect(await listed({ outcome: 'failed' })).toEqual(['refused', 'tested']);
  expect(await listed({ reason: 'email_verification_required' })).toEqual(['refused']);
  expect(await listed({ organizationId: ada.organizationId })).toEqual(['ada', 'grace', 'refused']);
  expect(await listed({ connectionId: await clinic.idOf('oidc') })).toEqual(['ada', 'grace']);
  expect(await listed({ userId: ada.userId })).toEqual(['ada']);
  expect(await listed({ test: 'true' })).toEqual(['tested']);
  expect(await listed({ test: 'false' })).toEqual(['ada', 'grace', 'refused']);
});

test('by email, however it is spelled, also where the login failed for want of another', async () => {
  expect(await listed({ email: 'ada@acme.test' })).toEqual(['ada', 'refused']);
  expect(await listed({ email: 'ada@acme.test', outcome: 'failed' })).toEqual(['refused']);
  expect(await listed({ email: 'GRACE@acme.TEST' })).toEqual(['grace']);
  expect(await listed({ email: 'nobody@acme.test' })).toEqual([]);
  expect(await clinic.admin('/logins?email=a%22b@acme.test', {}, 422)).toMatchObject({ code: 'input_invalid' });
});

test('by the provider’s subject, case included, also where the login failed', async () => {
  expect(await listed({ subject: 'ada-1815' })).toEqual(['ada']);
  expect(await listed({ subject: 'grace' })).toEqual(['grace']);
  expect(await listed({ subject: 'Grace' })).toEqual([]);
  // GitHub's is a number, which the adapter reads as text
  expect(await listed({ subject: '1001' })).toEqual(['refused']);
});

test('filters narrow each other, and a key that is limited sees its own alone', async () => {
  const { organizationId: acme } = await clinic.admin(`/logins/${ids.grace}`);
  const oidc = await clinic.idOf('oidc');
  expect(
    await listed({ subject: 'grace', email: 'grace@acme.test', outcome: 'succeeded', connectionId: oidc }),
  ).toEqual(['grace']);
  expect(await listed({ subject: 'grace', email: 'ada@acme.test' })).toEqual([]);
  expect(await listed({ subject: 'grace', outcome: 'failed' })).toEqual([]);
  expect(await listed({ subject: 'grace', connectionId: await clinic.idOf('github') })).toEqual([]);
  const { id: other } = await clinic.admin('/organizations', json({ slug: 'other', name: 'Other' }), 201);
  const callers = callersOf(clinic.world);
  const listedBy = async (organization: string) => {
    const limited = await callers.with({ organizations: [organization], access: 'read' });
    const { items } = await read(await limited('/logins?subject=grace'));
    return items.map(({ id }: Wire) => id);
  };
  expect(await listedBy(acme)).toEqual([ids.grace]);
  expect(await listedBy(other)).toEqual([]);
});

test('by time, from on and before', async () => {
  const { createdAt } = await clinic.admin(`/logins/${ids.grace}`);
  expect(await listed({ from: createdAt })).toEqual(['grace', 'refused', 'tested']);
  expect(await listed({ to: createdAt })).toEqual(['ada']);
  expect(await listed({ from: createdAt, outcome: 'succeeded' })).toEqual(['grace']);
  expect(await clinic.admin('/logins?from=yesterday', {}, 422)).toMatchObject({ code: 'input_invalid' });
});

test('a value that a filter does not have is refused', async () => {
  expect(await clinic.admin('/logins?outcome=maybe', {}, 422)).toMatchObject({ code: 'input_invalid' });
});
