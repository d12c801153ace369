/** A Postgres cluster of a test's own, that is killed as a power cut would and started again. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, startPostgres } from '#dev/postgres.ts';
import { migrate } from '#tests/world.ts';

export interface Cluster {
  /** A migrated database on it; the address stays the same. */
  readonly url: string;
  /** SIGKILL to every process of it; resolves when they are gone. */
  kill(): Promise<void>;
  /** Recovers and serves again. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export async function openCluster(): Promise<Cluster> {
  const directory = await mkdtemp(join(tmpdir(), 'vestibule-faults-'));
  let server = await startPostgres({ directory, durable: true });
  const url = await createDatabase(server.url, 'killed');
  await migrate(url);
  return {
    url,
    async kill() {
      const file = await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8');
      const postmaster = Number(file.split('\n')[0]);
      // the postmaster first: it can't replace its children then
      const pids = [postmaster, ...childrenOf(postmaster)];
      for (const pid of pids) killNow(pid);
      while (pids.some(isAlive)) await sleep(10);
    },
    async start() {
      server = await startPostgres({ directory, durable: true });
    },
    async remove() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function childrenOf(parent: number): number[] {
  const { stdout } = Bun.spawnSync(['ps', '-A', '-o', 'pid=,ppid=']);
  const rows = stdout
    .toString()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid, ppid]) => (pid && ppid === parent ? [pid] : []));
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has gone by itself
  }
}

/** A zombie that nobody has collected yet is as good as gone. */
function isAlive(pid: number): boolean {
  const { stdout } = Bun.spawnSync(['ps', '-o', 'stat=', '-p', String(pid)]);
  const state = stdout.toString().trim();
  return state !== '' && !state.startsWith('Z');
}
