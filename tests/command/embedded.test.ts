/** Commands on the embedded Postgres of development: what they start they also stop, however they end; from any directory. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand } from '#tests/command-line.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vestibule-'));
  // the server may run as another user
  await chmod(directory, 0o755);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test.each([
  ['fails', ['keys', 'list'], 1],
  ['migrates', ['migrate'], 0],
  ['succeeds', ['keys', 'list'], 0],
])(
  'one that %s leaves no server behind',
  async (_, args, code) => {
    const { result } = startCommand(args, {}, directory);
    expect((await result).code).toBe(code);
    expect(existsSync(join(directory, '.data/postgres/data/PG_VERSION'))).toBe(true);
    expect(existsSync(join(directory, '.data/postgres/data/postmaster.pid'))).toBe(false);
  },
  120_000,
);
