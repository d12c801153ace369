/** Ending sessions, and looking through them, where there are many: what it costs does not grow with how many there are or were. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { applivery, bearer, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { sessionOf } from '#tests/hostile/pairs.ts';
import { openReplica } from '#tests/hostile/replica.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';
/** Of one user, organization and connection; over for want of use, which only the row itself tells. */
const MANY = 30_000;
const MOST_COUNTED = 10_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
  const tokens = await signIn(stage, applivery);
  await stage.world.sql`insert into sessions
      (id, user_id, organization_id, connection_id, dialect, target, idle_seconds, started_at, created_at, last_used_at, expires_at)
    select lpad(to_hex(n), 24, '0'), s.user_id, s.organization_id, s.connection_id, s.dialect, s.target, 600,
      now() - interval '1 day', now() - interval '1 day' - n * interval '1 second', now() - interval '1 day', now() + interval '9 days'
    from sessions s, generate_series(1, ${MANY}) n where s.id = ${sessionOf(tokens)}`;
  await stage.world.sql`analyze sessions`;
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const WHOSE = ['userId', 'organizationId', 'connectionId'] as const;

async function ownersOf(session: string): Promise<Record<(typeof WHOSE)[number], string>> {
  const { sql } = stage.world;
  const [row] = await sql`select user_id, organization_id, connection_id from sessions where id = ${session}`;
  return { userId: row?.['user_id'], organizationId: row?.['organization_id'], connectionId: row?.['connection_id'] };
}

/** Rows and index entries of sessions that a request has Postgres read. A backend tells its counts when it ends. */
async function readingsOf(
  path: string,
  init: RequestInit,
): Promise<{ readings: number; body: Record<string, unknown> }> {
  const { sql } = stage.world;
  const count = async () => {
    const [row] = await sql`select (select seq_tup_read from pg_stat_user_tables where relname = 'sessions')
      + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'sessions') as read`;
    return Number(row?.['read']);
  };
  const fresh = await openReplica(stage, { poolMax: 1 });
  const before = await count();
  const body = await read(await fresh.fetch(path, init));
  await fresh.close();
  await Bun.sleep(200);
  return { readings: (await count()) - before, body };
}

test.each([...WHOSE])('all of a %s end', async (whose) => {
  const live = await signIn(stage, applivery);
  const owner = (await ownersOf(sessionOf(live)))[whose];
  const end = json({ [whose]: owner }, bearer(ADMIN_API_KEY));
  const { readings, body } = await readingsOf('/admin/v1/sessions/end', end);
  expect(body['sessions']).toBeGreaterThanOrEqual(1);
  expect(readings).toBeLessThan(MOST_COUNTED + 100);
  expect(await applivery.use(stage.world.fetch, stage, live)).toBe(401);
});

test('another login of the user', async () => {
  const started = await applivery.start(stage);
  const callback = applivery.callback(stage, started, await visitProvider(stage, started));
  const { readings } = await readingsOf(...callback);
  expect(readings).toBeLessThan(1_000);
});

test.each([...WHOSE])('a page of the sessions of a %s', async (whose) => {
  const newest = sessionOf(await signIn(stage, applivery));
  const owner = (await ownersOf(newest))[whose];
  const headers = bearer(ADMIN_API_KEY);
  const first = await readingsOf(`/admin/v1/sessions?${whose}=${owner}&limit=2`, { headers });
  expect((first.body['items'] as { id: string }[])[0]?.id).toBe(newest);
  const next = `/admin/v1/sessions?${whose}=${owner}&limit=2&cursor=${first.body['nextCursor']}`;
  const second = await readingsOf(next, { headers });
  for (const { readings } of [first, second]) expect(readings).toBeLessThan(100);
});
