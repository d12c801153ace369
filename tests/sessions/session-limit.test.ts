/** A user's most sessions, beside other things that happen to them: each session ends once, and only live ones count (TK-13). */
import { afterEach, expect, test } from 'bun:test';
import { applivery, bearer, signIn, type Tokens, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, rotate, sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';
const MINUTE = 60;

let stage: Stage;
afterEach(() => stage?.close());

const open = async (options: Parameters<typeof openStage>[0] = {}) => {
  stage = await openStage({ ...options, environment: { SESSIONS_PER_USER: '2', ADMIN_API_KEY } });
};
const uses = (tokens: Tokens) => applivery.use(stage.replica.fetch, stage, tokens);
const sleepUntil = async (isSo: () => Promise<boolean>) => {
  while (!(await isSo())) await Bun.sleep(5);
};

/** Sends so many callbacks, does something once all of them wait for the user's row, and lets them go on. */
async function finishTogether(count: number, meanwhile: () => Promise<unknown> = async () => {}): Promise<Tokens[]> {
  const callbacks: [string, RequestInit][] = [];
  for (let login = 0; login < count; login++) {
    const started = await applivery.start(stage);
    callbacks.push(applivery.callback(stage, started, await visitProvider(stage, started)));
  }
  const { sql } = stage.world;
  let answers: Promise<Response[]> | undefined;
  await sql.begin(async (transaction) => {
    await transaction`select 1 from users for update`;
    answers = Promise.all(
      callbacks.map(([path, init], index) => (index % 2 ? stage.replica : stage.world).fetch(path, init)),
    );
    await sleepUntil(async () => {
      const [row] = await sql`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      return row?.['waiting'] === count;
    });
    await meanwhile();
  });
  return Promise.all(((await answers) ?? []).map(async (answer) => applivery.tokensOf(await read(answer))));
}

const endsOf = (tokens: Tokens) => stage.world.sql`select reason from audit_events
  where target_id = ${sessionOf(tokens)} and action = 'session.ended'`;

test('logins at once end the oldest session once; the next one ends what they left too much', async () => {
  await open();
  const [oldest] = [await signIn(stage, applivery), await signIn(stage, applivery)];
  const begun = await finishTogether(3);
  expect(await Promise.all(begun.map(uses))).toEqual([200, 200, 200]);
  expect([...(await endsOf(oldest))]).toEqual([{ reason: 'session_limit' }]);
  const next = await signIn(stage, applivery);
  expect((await Promise.all([...begun, next].map(uses))).toSorted()).toEqual([200, 200, 401, 401]);
});

test('a session that its owner ends beside a login is not ended by it again', async () => {
  await open();
  const [oldest] = [await signIn(stage, applivery), await signIn(stage, applivery)];
  await finishTogether(1, () =>
    stage.replica.fetch('/v1/auth/logout', { method: 'POST', headers: bearer(oldest.access) }),
  );
  expect([...(await endsOf(oldest))]).toEqual([{ reason: 'logout' }]);
  const [session] = await stage.world.sql`select revoked_reason from sessions where id = ${sessionOf(oldest)}`;
  expect(session?.['revoked_reason']).toBe('logout');
});

test('a session that was not used for too long does not count', async () => {
  const lifetime = { idleSeconds: 30 * MINUTE, absoluteSeconds: 12 * 60 * MINUTE };
  await open({ organization: { sessionLifetimes: { applivery: lifetime } } });
  let kept = asPair(await signIn(stage, applivery));
  const idle = await signIn(stage, applivery);
  for (let step = 0; step < 2; step++) {
    stage.world.clock.moveBy(16 * MINUTE);
    kept = await rotate(stage, kept);
  }
  await signIn(stage, applivery);
  expect(await uses(kept)).toBe(200);
  for (const tokens of [kept, idle]) expect([...(await endsOf(tokens))]).toEqual([]);
});

test.each(['organizationId', 'connectionId'] as const)('sessions that ended with all of %s end once', async (scope) => {
  await open();
  const ended = [await signIn(stage, applivery), await signIn(stage, applivery)];
  const [owners] = await stage.world.sql`select organization_id as "organizationId", connection_id as "connectionId"
    from sessions limit 1`;
  const init = json({ [scope]: owners?.[scope] }, bearer(ADMIN_API_KEY));
  expect((await stage.world.fetch('/admin/v1/sessions/end', init)).status).toBe(200);
  const begun = [await signIn(stage, applivery), await signIn(stage, applivery)];
  for (const tokens of begun) expect(await uses(tokens)).toBe(200);
  for (const tokens of ended) expect([...(await endsOf(tokens))]).toEqual([]);
});
