/**
 * Using a session waits for nobody: a row of it that is locked (its user's login is being written, say) holds up no request,
 * and so no connection (RT-11). Noting the use can wait for the next one.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { CLIENTS, indee, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

test.each([...CLIENTS])('$dialect', async (client) => {
  const tokens = await signIn(stage, client);
  const use = () => client.use(stage.world.fetch, stage, tokens);
  const { sql, clock } = stage.world;
  const noted = async () => {
    const [row] = await sql`select (select last_used_at from sessions where id = ${sessionOf(tokens)}) as session,
      (select last_action from users) as "user"`;
    return { ...row };
  };
  for (const table of ['sessions', 'users']) {
    clock.moveBy(120);
    const before = await noted();
    await sql.begin(async (transaction) => {
      await transaction.unsafe(`select 1 from ${table} for update`);
      expect(await use()).toBe(200);
      const meanwhile = await noted();
      expect(meanwhile['user']).toEqual(before['user']);
      if (table === 'sessions') expect(meanwhile).toEqual(before);
    });
    clock.moveBy(120);
    expect(await use()).toBe(200);
    const after = await noted();
    expect(after['session']).not.toEqual(before['session']);
    expect(after['user']).not.toEqual(before['user']);
  }
});

test('nor does calling with an API key', async () => {
  const [tokens, started] = [await signIn(stage, indee), await indee.start(stage)];
  const callback = indee.callback(stage, started, await visitProvider(stage, started));
  const { sql, clock } = stage.world;
  const lastUse = async () => {
    const [row] = await sql`select max(last_used_at) as at from api_keys where name = 'front end'`;
    return row?.['at'];
  };
  clock.moveBy(120);
  const before = await lastUse();
  await sql.begin(async (transaction) => {
    await transaction`select 1 from api_keys for update`;
    expect(await indee.use(stage.world.fetch, stage, tokens)).toBe(200);
    expect((await stage.world.fetch(...callback)).status).toBe(200);
    expect(await lastUse()).toEqual(before);
  });
  expect(await indee.use(stage.world.fetch, stage, tokens)).toBe(200);
  expect(await lastUse()).not.toEqual(before);
});
