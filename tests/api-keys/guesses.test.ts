/** AK-10: whoever tries keys is refused by address, fills no table, and keeps nobody else from working. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { type Operator, openOperator } from '#tests/api-keys/operator.ts';
import { bearer, indee, visitProvider } from '#tests/hostile/clients.ts';
import { json, read } from '#tests/journey.ts';

const LIMIT = 6;
const MINUTE = 60;
const INITIATE = '/v1/admin/auth/sso/initiate';

let operator: Operator;
beforeAll(async () => {
  operator = await openOperator({ API_KEY_FAILURES_PER_MINUTE: String(LIMIT), TRUSTED_PROXY_HOPS: '1' });
});
beforeEach(() => {
  operator.stage.honest();
  // what was counted is over, and so are the good keys
  operator.stage.world.clock.moveBy(11 * MINUTE);
});
afterAll(() => operator?.stage.close());

const start = (key: string, address: string, replica = operator.stage.world) =>
  replica.fetch(INITIATE, json({ username: 'ada@acme.test' }, { ...bearer(key), 'x-forwarded-for': address }));
const statusOf = async (...use: Parameters<typeof start>) => (await start(...use)).status;
async function guess(address: string, times = LIMIT): Promise<number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < times; count++) statuses.push(await statusOf(createApiKey(), address));
  return statuses;
}
const all = (status: number, times = LIMIT) => Array.from({ length: times }, () => status);

test('an address that sent too many wrong keys is refused in its dialect, for the rest of the minute', async () => {
  const { apiKey } = operator.stage.world;
  expect(await guess('192.0.2.1')).toEqual(all(401));
  const answer = await start(createApiKey(), '192.0.2.1');
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(MINUTE);
  expect(await read(answer, 429)).toEqual({ status_code: 'A5001', status_message: 'Too many requests' });
  // a good key that this replica has not seen from there is refused unseen
  expect(await statusOf(apiKey, '192.0.2.1')).toBe(429);
  expect(await statusOf(apiKey, '192.0.2.2')).toBe(200);
  expect(await statusOf(apiKey, '192.0.2.1', operator.stage.replica)).toBe(200);
  operator.stage.world.clock.moveBy(MINUTE + 1);
  expect(await statusOf(apiKey, '192.0.2.1')).toBe(200);
});

test('a key that was good from there keeps working, until it is wrong', async () => {
  const { id, key } = await operator.make();
  expect(await statusOf(key, '192.0.2.3')).toBe(200);
  expect(await guess('192.0.2.3')).toEqual(all(401));
  expect([await statusOf(createApiKey(), '192.0.2.3'), await statusOf(key, '192.0.2.3')]).toEqual([429, 200]);
  await operator.revoke(id);
  expect([await statusOf(key, '192.0.2.3'), await statusOf(key, '192.0.2.3')]).toEqual([401, 429]);
});

test('IPv6 is counted by /64, and what can be no key counts as well', async () => {
  expect(await guess('2001:db8::1', LIMIT - 1)).toEqual(all(401, LIMIT - 1));
  expect(await statusOf('vst_typing-error', '2001:db8::2')).toBe(401);
  expect(await guess('2001:db8::3', 1)).toEqual([429]);
  expect(await guess('2001:db8:0:1::1', 1)).toEqual([401]);
});

test('nothing is looked up for a text that is no key, nor after too many wrong ones', async () => {
  const { apiKey, sql } = operator.stage.world;
  expect(await guess('192.0.2.4')).toEqual(all(401));
  // while the table is locked, whoever looks into it waits
  await sql.begin(async (locking) => {
    await locking`lock table api_keys in access exclusive mode`;
    expect(await guess('192.0.2.4', 3)).toEqual(all(429, 3));
    const tampered = `${apiKey.slice(0, -1)}${apiKey.endsWith('0') ? '1' : '0'}`;
    for (const text of [tampered, 'k'.repeat(1_048_576), 'null', `${apiKey}${apiKey}`]) {
      expect(await statusOf(text, '192.0.2.5')).toBe(401);
    }
  });
  expect(await statusOf(apiKey, '192.0.2.5')).toBe(200);
});

test('wrong keys at the end of a login leave a few traces, and a login that they do not spend', async () => {
  const { stage } = operator;
  const rows = async () =>
    (
      await stage.world
        .sql`select (select count(*)::int from logins) as logins, (select count(*)::int from audit_events) as events,
      (select count(*)::int from api_keys) as keys`
    )[0] ?? {};
  const started = await indee.start(stage);
  const returned = await visitProvider(stage, started);
  const before = await rows();
  const [path, init] = indee.callback(stage, started, returned);
  const finish = (key: string, address: string) =>
    stage.world.fetch(path, { ...init, headers: { ...init.headers, ...bearer(key), 'x-forwarded-for': address } });
  const statuses: number[] = [];
  for (let count = 0; count < 40; count++) statuses.push((await finish(createApiKey(), '192.0.2.6')).status);
  expect(statuses).toEqual([...all(401), ...all(429, 40 - LIMIT)]);
  const after = await rows();
  expect(after).toEqual({ logins: before['logins'] + 5, events: before['events'] + 5, keys: before['keys'] });
  expect(await stage.world.ports.metrics.text()).toMatch(/vestibule_api_key_refusals_total\{outcome="limited"\} [1-9]/);
  await read(await finish(stage.world.apiKey, '192.0.2.7'));
});
