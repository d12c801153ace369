/** The embedded Postgres: made, shared, restarted, cloned. */
import { afterAll, describe, expect, test } from 'bun:test';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { createDatabase, startPostgres } from '#dev/postgres.ts';
import { cloneDatabase } from '#tests/database.ts';

const parent = await mkdtemp(join(tmpdir(), 'vestibule-'));
// the server may run as another user, who has to get through
await chmod(parent, 0o755);
const directory = join(parent, 'postgres');
afterAll(() => rm(parent, { recursive: true, force: true }));

async function query<T extends object>(url: string, statement: string): Promise<T[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 5 });
  try {
    return await sql.unsafe<T[]>(statement);
  } finally {
    await sql.end();
  }
}

async function refusal(url: string): Promise<unknown> {
  return query(url, 'select 1').then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
}

describe('startPostgres', () => {
  test('is shared by whoever asks for the directory; the last to stop shuts it down', async () => {
    const [first, second] = await Promise.all([startPostgres({ directory }), startPostgres({ directory })]);
    expect(second.url).toBe(first.url);
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
    await first.stop();
    expect(await refusal(second.url)).toBe('answered');
    await second.stop();
    expect(await refusal(second.url)).toBe('ECONNREFUSED');
  });

  test('comes back at the same address with its data, and keeps its password to itself', async () => {
    const before = await startPostgres({ directory });
    const url = await createDatabase(before.url, 'kept');
    await query(url, 'create table notes (body text)');
    await before.stop();
    const after = await startPostgres({ directory });
    expect(after.url).toBe(before.url);
    expect(await createDatabase(after.url, 'kept')).toBe(url);
    expect(await query(url, 'select count(*)::int as count from notes')).toEqual([{ count: 0 }]);
    expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600);
    const guess = new URL(url);
    guess.password = 'postgres';
    expect(await refusal(guess.href)).toBe('28P01');
    await after.stop();
  });

  test('is durable unless told otherwise', async () => {
    for (const [durable, setting] of [
      [undefined, 'on'],
      [false, 'off'],
    ] as const) {
      const server = await startPostgres({ directory, durable });
      expect(await query<{ fsync: string }>(server.url, 'show fsync')).toEqual([{ fsync: setting }]);
      await server.stop();
    }
  });

  test('starts after its server was killed, and beside a pid file that names another program', async () => {
    const killed = await startPostgres({ directory });
    process.kill(await postmasterPid(), 'SIGKILL');
    const restarted = await startPostgres({ directory });
    expect(await refusal(restarted.url)).toBe('answered');
    await killed.stop();
    await restarted.stop();
    await writeFile(
      join(directory, 'data', 'postmaster.pid'),
      `${process.pid}\n${directory}/data\n1\n1\n\n127.0.0.1\n1 1\nready\n`,
    );
    const again = await startPostgres({ directory });
    expect(await refusal(again.url)).toBe('answered');
    await again.stop();
  });

  test('says which directory it cannot use, and what to do', async () => {
    const file = join(parent, 'file');
    await writeFile(file, '');
    const attempt = startPostgres({ directory: file });
    await expect(attempt).rejects.toThrow(file);
    await expect(attempt).rejects.toThrow('DATABASE_URL');
  });
});

describe('cloneDatabase', () => {
  test('copies one migrated template; copies know nothing of each other', async () => {
    let migrations = 0;
    const migrate = async (url: string) => {
      migrations += 1;
      await query(url, 'create table people (name text)');
    };
    const [one, two] = await Promise.all([cloneDatabase(migrate), cloneDatabase(migrate)]);
    await query(one.url, `insert into people values ('Ada')`);
    expect(await query(one.url, 'select name from people')).toEqual([{ name: 'Ada' }]);
    expect(await query(two.url, 'select name from people')).toEqual([]);
    expect(migrations).toBe(1);
    await one.drop();
    expect(await refusal(one.url)).toBe('3D000');
    await two.drop();
  });
});

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}
