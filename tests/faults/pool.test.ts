/** The pool of connections to Postgres in bad weather: nobody gets another's answer, and it comes back by itself. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { systemClock } from '#ports/clock.ts';
import { writeAuditEvent } from '#ports/db/audit-events.ts';
import { auditEvents } from '#ports/db/audit-schema.ts';
import { type Database, openDatabase } from '#ports/db/client.ts';
import { parameter, statement } from '#ports/db/statement.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { openPostgresProxy, type PostgresProxy } from '#tests/faults/postgres-proxy.ts';
import { migrate } from '#tests/world.ts';

let clone: ClonedDatabase;
let proxy: PostgresProxy;
beforeAll(async () => {
  clone = await cloneDatabase(migrate);
  proxy = await openPostgresProxy(clone.url);
});
afterAll(async () => {
  await proxy?.close();
  await clone?.drop();
});

const SAY = statement<{ text: string; seconds: number }, string>(
  sql`select ${parameter('text')} as text, pg_sleep(${parameter('seconds', 'float8')})`,
  (row) => String(row['text']),
);
const LOCKED = statement<Record<string, unknown>, string>(
  sql`select text from (select 'locked' as text, pg_advisory_xact_lock(4711)) l`,
  (row) => String(row['text']),
);

type Say = (text: string, seconds?: number) => Promise<string | undefined>;

/** A pool through the proxy for `work`: what was said, or the code of the refusal. */
async function withPool(poolMax: number, work: (say: Say, db: Database) => Promise<void>): Promise<void> {
  const db = openDatabase({ url: proxy.url, prepare: true, poolMax, clock: systemClock });
  const say: Say = (text, seconds = 0) => outcomeOf(db.run(SAY, { text, seconds }));
  try {
    expect(await say('first')).toBe('first');
    await work(say, db);
    await untilSaid(say);
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((text) => say(text)))).toEqual(['a', 'b', 'c', 'd']);
  } finally {
    proxy.weather.swallow = 'none';
    proxy.weather.slam = false;
    await db.close();
  }
}

function outcomeOf(said: Promise<string[]>): Promise<string | undefined> {
  return said.then(
    ([text]) => text,
    (error: { code?: string; name: string }) => error.code ?? error.name,
  );
}

/** What was said, or what the database, the driver or the system calls the reason why not. */
function detailOf(said: Promise<string[]>): Promise<string> {
  return said.then(
    ([text]) => text ?? '',
    (error: { detail?: string }) => error.detail ?? '',
  );
}

/** Refused for as long as it takes, and then itself; never anything else. */
async function untilSaid(say: Say): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const text = `back ${attempt}`;
    const said = await say(text);
    if (said === text) return;
    expect(said).toBe(REFUSED);
    await Bun.sleep(50);
  }
}

const REFUSED = 'database_unavailable';

test("whoever asks after a statement that is given up gets no other caller's answer", async () => {
  await withPool(1, async (say) => {
    const slow = say('slow', 30);
    // one behind the other, and the last of them not given up yet when the slow one is
    const texts = ['one', 'two', 'three', 'four', 'five', 'six'];
    const said = texts.map(async (text, index) => {
      await Bun.sleep(index * 400);
      return say(text);
    });
    expect(await slow).toBe(REFUSED);
    for (const [index, answer] of (await Promise.all(said)).entries())
      expect([texts[index], REFUSED]).toContain(answer);
  });
});

test('a lost route: statements are given up although no cancellation gets through, and dead connections replaced', async () => {
  await withPool(1, async (say) => {
    proxy.weather.swallow = 'all';
    await proxy.refuse();
    expect(await say('lost')).toBe(REFUSED);
    proxy.weather.swallow = 'none';
    await proxy.accept();
  });
});

test('a balancer with nobody behind it: what waits for a connection comes back with the first one', async () => {
  const db = openDatabase({ url: proxy.url, prepare: true, poolMax: 2, clock: systemClock });
  const say: Say = (text, seconds = 0) => outcomeOf(db.run(SAY, { text, seconds }));
  proxy.weather.slam = true;
  expect(await Promise.all([say('one'), say('two'), say('three')])).toEqual([REFUSED, REFUSED, REFUSED]);
  proxy.weather.slam = false;
  // both connections serve again: the second statement runs while the first one holds the other
  const held = say('held', 1);
  await untilSaid(say);
  expect(await held).toBe('held');
  await db.close();
});

test.each(['cut', 'reset', 'halfClose'] as const)('connections that are %s, idle and at work', async (how) => {
  await withPool(3, async (say) => {
    for (const seconds of [0, 0.2]) {
      const said = Promise.all(['x', 'y', 'z'].map((text) => say(text, seconds)));
      if (seconds > 0) await Bun.sleep(100);
      else await said;
      for (const link of proxy.links) link[how]();
      await said;
      await untilSaid(say);
    }
  });
});

test('backends terminated again and again under load: no connection stays mute', async () => {
  const db = openDatabase({ url: proxy.url, prepare: true, poolMax: 6, clock: systemClock });
  const operator = postgres(clone.url, { max: 1, onnotice: () => {}, connection: { application_name: 'operator' } });
  const told = new Set<string>();
  // statements that begin where a server's do: when something has arrived over the network
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async () => new Response(await detailOf(db.run(SAY, { text: 'served', seconds: 0 }))),
  });
  let isOver = false;
  const crowd = Array.from({ length: 6 }, async () => {
    while (!isOver) told.add(await (await fetch(server.url)).text());
  });
  for (let round = 0; round < 100; round++) {
    await Bun.sleep(30);
    await operator`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name <> 'operator'`;
  }
  isOver = true;
  await Promise.all(crowd);
  expect(told).toContain('served');
  expect(told.size).toBeGreaterThan(1);
  expect(told).not.toContain('CONNECT_TIMEOUT');
  await Promise.all([server.stop(true), operator.end(), db.close()]);
});

test('every connection is busy: the line is refused and costs nothing, and who is served is served', async () => {
  await withPool(1, async (_say, db) => {
    const holder = postgres(clone.url, { max: 1, onnotice: () => {} });
    const { served, line } = await holder.begin(async (transaction) => {
      await transaction`select pg_advisory_xact_lock(4711)`;
      const first = outcomeOf(db.run(LOCKED, {}));
      const others = await Promise.all(
        Array.from({ length: 500 }, () => outcomeOf(db.run(SAY, { text: 'x', seconds: 0 }))),
      );
      return { served: first, line: others };
    });
    expect(new Set(line)).toEqual(new Set([REFUSED]));
    expect(await served).toBe('locked');
    await holder.end();
  });
});

test('what a query builder is used for happens once', async () => {
  const db = openDatabase({ url: proxy.url, prepare: true, poolMax: 2, clock: systemClock });
  try {
    const event = { id: '6735a1c19f3b2e4d8c7a6b99', action: 'test.once', actorType: 'system' } as const;
    await writeAuditEvent(db, event);
    const before = proxy.seen.executions;
    const rows = await db.using((query) => query.select().from(auditEvents).where(eq(auditEvents.action, 'test.once')));
    expect([rows.length, proxy.seen.executions - before]).toEqual([1, 1]);
  } finally {
    await db.close();
  }
});

describe('a transaction', () => {
  const count = async (db: Database) => {
    const rows = await db.using((query) => query.execute(sql`select count(*)::int as count from users`));
    return rows[0]?.['count'];
  };
  const insert = (id: string) => sql`insert into users (id, email) values (${id}, 'x@acme.test')`;

  test('is kept whole', async () => {
    await withPool(1, async (_say, db) => {
      const answer = db.transaction(async (query) => {
        await query.execute(insert('kept'));
        return 'done';
      });
      expect(await answer).toBe('done');
      expect(await count(db)).toBe(1);
    });
  });

  test.each(['cut', 'reset'] as const)('whose connection is %s leaves nothing, at work or in between', async (how) => {
    await withPool(1, async (_say, db) => {
      const before = await count(db);
      const lose = () => {
        for (const link of proxy.links) link[how]();
      };
      const atWork = db.transaction(async (query) => {
        await query.execute(insert(`${how} at work`));
        setTimeout(lose, 100);
        await query.execute(sql`select pg_sleep(30)`);
      });
      expect(await codeOf(atWork)).toBe(REFUSED);
      const between = db.transaction(async (query) => {
        await query.execute(insert(`${how} in between`));
        lose();
        await Bun.sleep(100);
        await query.execute(insert(`${how} on another connection`));
      });
      expect(await codeOf(between)).toBe(REFUSED);
      expect(await count(db)).toBe(before);
    });
  });

  test('that failed is not kept, whether or not its work says so', async () => {
    await withPool(1, async (_say, db) => {
      const before = await count(db);
      const failed = db.transaction(async (query) => {
        await query.execute(insert('half'));
        await query.execute(insert('half'));
      });
      expect(await failed.catch((error: Error) => error.name)).toBe('UniqueViolation');
      const silent = db.transaction(async (query) => {
        await query.execute(insert('half'));
        await query.execute(insert('half')).catch(() => {});
      });
      expect(await silent.catch((error: Error) => error.message)).toBe('the transaction was rolled back');
      expect(await count(db)).toBe(before);
    });
  });
});

function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
}
