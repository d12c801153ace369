/** What anybody may post changes nothing of a connection that nobody signs in over yet: JK-14. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { connectionId, logoutToken, post } from '#tests/hostile/back-channel.ts';
import { applivery, signIn } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';

let stage: Stage;
let acme: string;
beforeAll(async () => {
  stage = await openStage({ connection: { status: 'draft' } });
  acme = await connectionId(stage);
});
afterAll(() => stage?.close());

const row = async () => ({ ...(await stage.world.sql`select * from connections where id = ${acme}`)[0] });

test.each(['draft', 'disabled', 'active'] as const)('a logout token for a connection that is %s', async (status) => {
  await stage.reconnect({ status });
  const before = await row();
  expect(before).toMatchObject({ status, pinned_metadata: null });
  expect((await post(stage.world.fetch, acme, 'no token')).status).toBe(400);
  expect((await post(stage.world.fetch, acme, logoutToken(stage))).status).toBe(200);
  const after = await row();
  if (status !== 'active') return expect(after).toEqual(before);
  // the positive control: it did come as far as the provider's endpoints
  expect(after).toMatchObject({ pinned_metadata: { jwksUri: expect.any(String) } });
});

test('the first login over what was a draft pins what it finds', async () => {
  await stage.world.sql`update connections set pinned_metadata = null, version = version + 1 where id = ${acme}`;
  await signIn(stage, applivery);
  expect(await row()).toMatchObject({ pinned_metadata: { tokenEndpoint: expect.any(String) } });
});
