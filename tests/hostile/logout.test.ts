/** The end of a session, on the word of whoever may give it (TK-07). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, bearer, CLIENTS, type Client, signIn, type Tokens } from '#tests/hostile/clients.ts';
import { sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

function logout(client: Client, { access, refresh }: Tokens): Promise<Response> {
  switch (client.dialect) {
    case 'applivery':
      return stage.world.fetch('/v1/auth/logout', { method: 'POST', headers: bearer(access) });
    case 'indee':
      return stage.world.fetch('/v1/admin/auth/logout', json({ refresh_token: refresh }, bearer(stage.world.apiKey)));
    case 'pria':
      return stage.world.fetch('/api/auth/signout', { method: 'POST', headers: { 'x-access-token': access } });
  }
}

describe.each([...CLIENTS])('$dialect', (client) => {
  test('ends this session on every replica, once, and no other', async () => {
    const [own, other] = [await signIn(stage, client), await signIn(stage, client)];
    expect((await logout(client, own)).status).toBe(200);
    for (const { fetch } of [stage.world, stage.replica]) {
      expect(await client.use(fetch, stage, own)).toBe(401);
      expect(await client.use(fetch, stage, other)).toBe(200);
    }
    expect((await logout(client, own)).status).toBe(401);
    const events = await stage.world.sql`select actor_type, reason from audit_events
      where action = 'session.ended' and target_id = ${sessionOf(own)}`;
    expect([...events]).toEqual([{ actor_type: client.dialect === 'indee' ? 'api_key' : 'user', reason: 'logout' }]);
    await expectNoSecrets(stage);
  });

  test('ten at once end it once', async () => {
    const tokens = await signIn(stage, client);
    await Promise.all(Array.from({ length: 10 }, () => logout(client, tokens)));
    const events = await stage.world
      .sql`select 1 from audit_events where action = 'session.ended' and target_id = ${sessionOf(tokens)}`;
    expect(events.length).toBe(1);
    expect(await client.use(stage.replica.fetch, stage, tokens)).toBe(401);
  });

  test('is done by no other dialect, and by nobody without a token', async () => {
    const tokens = await signIn(stage, client);
    for (const foreign of CLIENTS.filter((each) => each !== client)) {
      expect((await logout(foreign, { access: tokens.access, refresh: tokens.refresh ?? tokens.access })).status).toBe(
        401,
      );
    }
    expect((await logout(client, { access: 'x', refresh: 'x' })).status).toBe(401);
    expect(await client.use(stage.world.fetch, stage, tokens)).toBe(200);
  });
});

test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s ends nothing', async (method) => {
  const tokens = await signIn(stage, applivery);
  const answer = await stage.world.fetch('/v1/auth/logout', { method, headers: bearer(tokens.access) });
  expect(answer.status).toBeOneOf([404, 405]);
  expect(await applivery.use(stage.world.fetch, stage, tokens)).toBe(200);
});
