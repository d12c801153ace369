/** Who calls is found with one statement at most, and none is spent on strangers. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { ADMIN_API_KEY, callersOf } from '#tests/admin/callers.ts';
import { openReplica, type Replica } from '#tests/hostile/replica.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { openWiretap, type Wiretap } from '#tests/hostile/wiretap.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
let wiretap: Wiretap;
let replica: Replica;

beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
  wiretap = await openWiretap(stage.world.ports.config.DATABASE_URL ?? '');
  replica = await openReplica(stage, { databaseUrl: wiretap.url, poolMax: 1 });
});
afterAll(async () => {
  await replica?.close();
  await wiretap?.close();
  await stage?.close();
});

const executions = async (work: () => Promise<unknown>) => (await wiretap.count(work)).executions;

test('the operator costs no statement, a key one, a stranger none', async () => {
  const { operator, as, with: make } = callersOf(replica);
  const { key } = await make({});
  const body = () => json({ name: crypto.randomUUID(), organizations: null, access: 'read' });
  for (const [path, init] of [
    ['/organizations', () => ({})],
    ['/admin-keys', body],
  ] as const) {
    const status = path === '/admin-keys' ? 201 : 200;
    const alone = await executions(async () => read(await operator(path, init()), status));
    const keyed = await executions(async () => read(await as(key)(path, init()), status));
    expect([path, keyed - alone]).toEqual([path, 1]);
    const forged = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
    for (const stranger of [forged, `${ADMIN_API_KEY}x`, stage.world.apiKey])
      expect(await executions(async () => read(await as(stranger)(path, init()), 401))).toBe(0);
    expect(await executions(async () => read(await as(createApiKey('vsa'))(path, init()), 401))).toBe(1);
  }
});
