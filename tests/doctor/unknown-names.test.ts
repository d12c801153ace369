/** Starts that name what there is not: an operator sees that a client uses a wrong slug, and a stranger fills no table. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { ADMIN_API_KEY, type Call, type Callers, callersOf } from '#tests/admin/callers.ts';
import type { Wire } from '#tests/doctor/clinic.ts';
import { bearer } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
let callers: Callers;
/** Keys limited to one organization each. */
let ofAcme: Call;
let ofGlobex: Call;

beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
  callers = callersOf(stage.world);
  const rows = await stage.world.sql`select slug, id from organizations`;
  const ids = new Map(rows.map(({ slug, id }) => [slug, id] as const));
  ofAcme = await callers.with({ organizations: [ids.get('acme')], access: 'read' });
  ofGlobex = await callers.with({ organizations: [ids.get('globex')], access: 'read' });
}, 60_000);
// a minute later everybody may leave traces again
beforeEach(() => stage.world.clock.moveBy(61));
afterAll(() => stage?.close());

/** Asks, is refused, and looks for the trace. */
async function traceOf(path: string, status: number, init: RequestInit = {}, call = callers.operator): Promise<Wire> {
  const answer = await stage.world.fetch(path, init);
  expect(answer.status).toBe(status);
  const { items } = await read(await call(`/logins?requestId=${answer.headers.get('request-id')}`));
  return items[0];
}
const found = (login: Wire) => login.checks.find(({ name }: Wire) => name === 'start.connection').actual;

test.each([
  ['/v1/auth/sso/acmee/oidc', 'applivery'],
  ['/sso/acmee', 'pria'],
  ['/api/auth/sso/acmee', 'pria'],
])('%s: an organization that there is not, for keys that reach everything', async (path, dialect) => {
  const accept = { headers: { accept: 'application/json' } };
  const login = await traceOf(path, 404, accept);
  expect(login).toMatchObject({ outcome: 'failed', reason: 'organization_not_found', dialect });
  expect(found(login)).toBe('no organization named acmee');
  expect(login).not.toHaveProperty('organizationId');
  for (const call of [ofAcme, ofGlobex]) {
    expect(await traceOf(path, 404, accept, call)).toBeUndefined();
    await read(await call(`/logins/${login.id}`), 404);
  }
});

test('a connection that the organization does not have, for its own keys too', async () => {
  const login = await traceOf('/v1/auth/sso/acme/samll', 404, {}, ofAcme);
  expect(login).toMatchObject({ reason: 'connection_not_found', dialect: 'applivery' });
  expect(found(login)).toBe('no connection named samll');
  expect(await traceOf('/v1/auth/sso/acme/samll', 404, {}, ofGlobex)).toBeUndefined();
});

test('a domain that no connection serves, where an API key says whose it is', async () => {
  const init = json({ username: 'ada@nowhere.test' }, bearer(stage.world.apiKey));
  const login = await traceOf('/v1/admin/auth/sso/initiate', 401, init, ofAcme);
  expect(login).toMatchObject({ reason: 'connection_not_found', dialect: 'indee' });
  expect(found(login)).toBe('none serves nowhere.test');
});

test('what looks like no name is not kept', async () => {
  const login = await traceOf(`/v1/auth/sso/${encodeURIComponent('my password!')}/oidc`, 404);
  expect(found(login)).toBe('no organization named by a string of 12 characters');
  expect(JSON.stringify(login)).not.toContain('password');
});

test('a stranger who asks on and on leaves a few traces a minute', async () => {
  const count = async () => Number((await stage.world.sql`select count(*) from logins`)[0]?.['count']);
  const before = await count();
  for (let asked = 0; asked < 20; asked++) await stage.world.fetch(`/v1/auth/sso/guess-${asked}/oidc`);
  expect((await count()) - before).toBe(5);
  stage.world.clock.moveBy(61);
  await stage.world.fetch('/v1/auth/sso/guess-again/oidc');
  expect((await count()) - before).toBe(6);
});
