/**
 * Using a session waits for nobody: a row of it that is locked (its user's login is being written, say) holds up no request,
 * and so no connection (RT-11). Noting the use can wait for the next one.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { CLIENTS, signIn } from '#tests/hostile/clients.ts';
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
