/** Nothing that callers of the API ask for keeps a connection for longer than they would wait. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import postgres, { type Sql } from 'postgres';
import { systemClock } from '#ports/clock.ts';
import { type Database, openDatabase } from '#ports/db/client.ts';
import { changeConfiguration } from '#ports/db/declaration.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { migrate } from '#tests/world.ts';

const CONFIGURATION_LOCK = 7_382_002;

let clone: ClonedDatabase;
let other: Sql;
let db: Database;
beforeAll(async () => {
  clone = await cloneDatabase(migrate);
  other = postgres(clone.url, { max: 2, onnotice: () => {} });
  db = openDatabase({ url: clone.url, prepare: true, poolMax: 2, clock: systemClock });
});
afterAll(async () => {
  await db?.close();
  await other?.end();
  await clone?.drop();
});

const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    ({ code, detail }: { code?: string; detail?: string }) => [code, detail],
  );
const count = async (work: string) => {
  const [row] = await other`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and state = 'active' and query like ${`${work}%`}`;
  return row?.['count'];
};

test('a read of a query builder is given up, by the server too, and its connection serves the next one', async () => {
  const slow = outcomeOf(db.using((query) => query.execute(sql`select pg_sleep(600)`)));
  while ((await count('select pg_sleep(600)')) === 0) await Bun.sleep(10);
  expect(await slow).toEqual(['database_unavailable', 'statement deadline']);
  while ((await count('select pg_sleep(600)')) > 0) await Bun.sleep(10);
  expect(await outcomeOf(db.using((query) => query.execute(sql`select 1`)))).toBe('done');
}, 30_000);

test('a change gives up waiting for another one that takes long; a declaration waits', async () => {
  const held = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const long = other.begin(async (query) => {
    await query`select pg_advisory_xact_lock(${CONFIGURATION_LOCK})`;
    held.resolve();
    await over.promise;
  });
  await held.promise;
  const patient = outcomeOf(changeConfiguration(db, async () => {}, true));
  const impatient = outcomeOf(changeConfiguration(db, async () => {}));
  expect(await impatient).toEqual(['database_unavailable', '55P03']);
  expect(await count('select pg_advisory_xact_lock')).toBe(1);
  over.resolve();
  await long;
  expect(await patient).toBe('done');
}, 30_000);
