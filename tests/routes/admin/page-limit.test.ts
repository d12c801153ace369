/** How many rows a page of the admin API has: a whole number from 1 to 100, and never a fault of ours. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { applivery, bearer, signIn } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';

const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
});
afterAll(() => stage?.close());

const get = (path: string) => stage.world.fetch(`/admin/v1/${path}`, { headers: bearer(ADMIN_API_KEY) });

test('of every list', async () => {
  await signIn(stage, applivery);
  const [organization] = await stage.world.sql`select id from organizations where slug = 'acme'`;
  const id = organization?.['id'];
  for (const list of ['logins?', 'audit-events?', `sessions?organizationId=${id}&`, `organizations/${id}/api-keys?`]) {
    for (const limit of ['1', '100']) {
      const answer = await get(`${list}limit=${limit}`);
      expect(answer.status).toBe(200);
      expect((await read(answer)).items.length).toBeGreaterThan(0);
    }
    for (const limit of ['0', '101', '-1', '1.5', '99.5', 'x', 'NaN', 'Infinity', '1e400', '1,2', '1%00'])
      expect([limit, (await get(`${list}limit=${limit}`)).status]).toEqual([limit, 422]);
    for (const limit of ['0', '101', 'x'])
      expect(await read(await get(`${list}limit=${limit}`), 422)).toMatchObject({ errors: [{ pointer: '/limit' }] });
  }
});
