/** Starts of logins whose API key is refused: the operator sees which key is wrong, and a stranger fills no table. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { ADMIN_API_KEY, type Call, type Callers, callersOf } from '#tests/admin/callers.ts';
import type { Wire } from '#tests/doctor/clinic.ts';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
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

const BODY = { username: 'ada@acme.test' };
const ask = (headers: Record<string, string>, path: string, body: object = BODY) =>
  stage.world.fetch(`/v1/admin/auth${path}`, json(body, headers));

/** Asks, is refused, and looks for the trace and the audit event. */
async function traceOf(
  headers: Record<string, string>,
  { call = callers.operator, path = '/sso/initiate' } = {},
): Promise<Wire> {
  const answer = await ask(headers, path);
  expect(answer.status).toBe(401);
  const requestId = answer.headers.get('request-id');
  const { items } = await read(await call(`/logins?requestId=${requestId}`));
  const audit = await stage.world.sql`select reason from audit_events where request_id = ${requestId}`;
  if (call === callers.operator)
    expect(audit.map(({ reason }) => reason)).toEqual(items.map(({ reason }: Wire) => reason));
  return items[0];
}

const USABLE = 'a key that is kept and may be used';
test.each([
  ['one that nobody has', () => createApiKey(), 'unknown, revoked or expired'],
  [
    'one with a typing error',
    () => `${createApiKey().slice(0, -1)}x`,
    'string of 56 characters, which is none or has a typing error',
  ],
])('%s, for keys that reach everything', async (_what, make, actual) => {
  const key = make();
  const login = await traceOf(bearer(key));
  expect(login).toMatchObject({ outcome: 'failed', reason: 'api_key_invalid', dialect: 'indee' });
  expect(login).not.toHaveProperty('organizationId');
  expect(login.checks).toEqual([{ name: 'start.apiKey', outcome: 'failed', expected: USABLE, actual }]);
  expect(JSON.stringify(login)).not.toContain(key.slice(0, 12));
  expect(await traceOf(bearer(key), { call: ofAcme })).toBeUndefined();
  await expectNoSecrets(stage);
});

test.each(['/sso/initiate', '/sso/login'])('none at all, at %s', async (path) => {
  const login = await traceOf({}, { path });
  expect(login).toMatchObject({ reason: 'api_key_missing', dialect: 'indee' });
  expect(login.checks.at(-1)).toMatchObject({ outcome: 'failed', expected: 'a key', actual: 'absent' });
});

test('a good one of another API, for its own organization too', async () => {
  await stage.world.sql`update api_keys set dialects = '{pria,applivery}'`;
  const login = await traceOf(bearer(stage.world.apiKey), { call: ofAcme });
  expect(login).toMatchObject({ reason: 'api_key_forbidden', dialect: 'indee' });
  expect(login.checks).toEqual([
    { name: 'start.apiKey', outcome: 'failed', expected: 'a key for indee', actual: 'pria applivery' },
  ]);
  expect(await traceOf(bearer(stage.world.apiKey), { call: ofGlobex })).toBeUndefined();
  await stage.world.sql`update api_keys set dialects = '{indee}'`;
  const { redirect } = await read(await ask(bearer(stage.world.apiKey), '/sso/initiate'));
  expect(redirect).toBeString();
});

test('a refresh is no login, and what is no email is refused by its form', async () => {
  const refresh = await ask(bearer(createApiKey()), '/refresh', { refresh_token: 'a.b.c' });
  const found = await read(await callers.operator(`/logins?requestId=${refresh.headers.get('request-id')}`));
  expect([refresh.status, found.items]).toEqual([401, []]);
  const malformed = await ask(bearer(stage.world.apiKey), '/sso/initiate', { username: 'a"b@acme.test' });
  const { items } = await read(await callers.operator(`/logins?requestId=${malformed.headers.get('request-id')}`));
  expect([malformed.status, items]).toEqual([400, []]);
});

test('a stranger who tries keys, or has none, leaves a few traces a minute', async () => {
  const count = async () => Number((await stage.world.sql`select count(*) from logins`)[0]?.['count']);
  const before = await count();
  for (let asked = 0; asked < 20; asked++) await ask(asked % 2 ? bearer(createApiKey()) : {}, '/sso/initiate');
  expect((await count()) - before).toBe(5);
  stage.world.clock.moveBy(61);
  await ask(bearer(createApiKey()), '/sso/initiate');
  expect((await count()) - before).toBe(6);
});
