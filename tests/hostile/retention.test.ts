/** PR-07, ST-11: what is over goes, on time and however much of it there is. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { sweep } from '#ports/db/housekeeping.ts';
import { applivery, CLIENTS, signIn } from '#tests/hostile/clients.ts';
import { asPair, rotate } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';

const DAY = 86_400;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const run = () => sweep(stage.world.ports);

async function counts(): Promise<Record<string, number>> {
  const [row] = await stage.world.sql`select (select count(*)::int from authentication_requests) as requests,
    (select count(sealed_answer)::int from authentication_requests) as answers,
    (select count(sealed_successor)::int from refresh_tokens) as successors,
    (select count(*)::int from sessions) as sessions, (select count(*)::int from logins) as logins`;
  return { ...row };
}

test('answers after a minute, successors after the grace, requests after an hour, traces and sessions after their month', async () => {
  for (const client of CLIENTS) await signIn(stage, client);
  await rotate(stage, asPair(await signIn(stage, applivery)));
  await run();
  expect(await counts()).toEqual({ requests: 4, answers: 4, successors: 1, sessions: 4, logins: 4 });
  stage.world.clock.moveBy(11);
  await run();
  expect(await counts()).toEqual({ requests: 4, answers: 4, successors: 0, sessions: 4, logins: 4 });
  stage.world.clock.moveBy(50);
  await run();
  expect(await counts()).toEqual({ requests: 4, answers: 0, successors: 0, sessions: 4, logins: 4 });
  stage.world.clock.moveBy(600 + 3_600);
  await run();
  expect(await counts()).toEqual({ requests: 0, answers: 0, successors: 0, sessions: 4, logins: 4 });
  stage.world.clock.moveBy(30 * DAY);
  await run();
  expect(await counts()).toMatchObject({ logins: 0 });
  stage.world.clock.moveBy(31 * DAY);
  await run();
  expect(await counts()).toEqual({ requests: 0, answers: 0, successors: 0, sessions: 0, logins: 0 });
});

test('one round keeps up with more than a thousand logins', async () => {
  const { sql } = stage.world;
  const [connection] = await sql`select id, organization_id from connections limit 1`;
  await sql`insert into authentication_requests (id, state_digest, sealed_nonce, sealed_code_verifier, connection_id,
      connection_version, organization_id, dialect, redirect_uri, expires_at)
    select 'r' || i, 's' || i, '', '', ${connection?.['id']}, 1, ${connection?.['organization_id']}, 'pria', '', '2000-01-01'
    from generate_series(1, 3000) i`;
  await sql`insert into logins (id, dialect, outcome, checks, duration_ms, created_at)
    select 'l' || i, 'pria', 'failed', '[]', 0, '2000-01-01' from generate_series(1, 3000) i`;
  await run();
  expect(await counts()).toMatchObject({ requests: 0, logins: 0 });
});
