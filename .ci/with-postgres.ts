/** Runs the command on its command line with the URL of an empty database as last argument, and ends with its code. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, startPostgres } from '#dev/postgres.ts';

const [command, ...args] = process.argv.slice(2);
if (!command) throw new Error('usage: bun .ci/with-postgres.ts COMMAND [ARGUMENT…]');

const directory = await mkdtemp(join(tmpdir(), 'vestibule-ci-'));
const server = await startPostgres({ directory, durable: false });
try {
  const url = await createDatabase(server.url, 'vestibule');
  const { status, error } = spawnSync(command, [...args, url], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw error;
  process.exitCode = status ?? 1;
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
