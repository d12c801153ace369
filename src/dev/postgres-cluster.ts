/**
 * One Postgres cluster on disk: made by `initdb`, started and stopped by `pg_ctl`. The server is a daemon
 * of its own, so it outlives the process that started it; callers hold the directory's lock.
 */
import { chown, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './command.ts';
import { isAlive } from './file-lock.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import type { PostgresDirectory } from './postgres-directory.ts';

export interface ServerOptions {
  readonly port?: number | undefined;
  readonly durable?: boolean | undefined;
}

const SUPERUSER = 'postgres';
const MAX_LOG_BYTES = 1_000_000;

/** The same on every machine: no socket files, UTC, and a collation that needs no locale of the system. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_connections=',
  'log_checkpoints=off',
];

/** For tests: a crash of the machine may cost the whole cluster, and nothing waits for the disk. */
const NOT_DURABLE = '-c fsync=off -c synchronous_commit=off -c full_page_writes=off';

/** Where clients connect: the maintenance database. */
export function clusterUrl(port: number, password: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * Makes the cluster if there is none. It appears under its name only when it is whole, so that an
 * interrupted attempt is simply repeated.
 * @param passwordFile readable by the server's user
 */
export async function createCluster(directory: PostgresDirectory, passwordFile: string): Promise<void> {
  if (await exists(join(directory.data, 'PG_VERSION'))) return;
  const partial = `${directory.data}.partial`;
  await Promise.all([partial, directory.data].map((path) => rm(path, { recursive: true, force: true })));
  const { initdb } = await findPostgresBinaries(directory.user);
  const { code, output } = await runCommand(
    initdb,
    [
      `--pgdata=${partial}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
      ...SETTINGS.map((setting) => `--set=${setting}`),
    ],
    { user: directory.user, cwd: directory.path },
  );
  if (code !== 0)
    throw new Error(`The embedded Postgres could not be initialised in ${directory.data}:\n${output.trim()}`);
  await rename(partial, directory.data);
}

/**
 * Starts the server and waits until it answers.
 * @returns its port, which is kept for the next start, so that URLs stay valid
 */
export async function startCluster(directory: PostgresDirectory, options: ServerOptions): Promise<number> {
  const { pgCtl } = await findPostgresBinaries(directory.user);
  const log = join(directory.path, 'postgres.log');
  const kept = Number(await readFile(join(directory.path, 'port'), 'utf8').catch(() => ''));
  let reason = '';
  for (const wanted of options.port ? [options.port] : [kept, 0, 0]) {
    const port = options.port ?? (await freePort(wanted));
    await trimLog(log);
    const flags = `-p ${port}${options.durable === false ? ` ${NOT_DURABLE}` : ''}`;
    const args = [
      'start',
      '--wait',
      '--timeout=60',
      '--silent',
      `--pgdata=${directory.data}`,
      `--log=${log}`,
      '-o',
      flags,
    ];
    const { code, output } = await runCommand(pgCtl, args, { user: directory.user, cwd: directory.path });
    if (code === 0) {
      await writeOwned(directory, 'port', String(port));
      return port;
    }
    reason = `${output.trim()}\n${await lastLines(log)}`;
    // somebody may have taken the port since it was found free: only then is another try worth it
    if (!/Address already in use|could not create any TCP\/IP sockets/.test(reason)) break;
  }
  throw new Error(`The embedded Postgres in ${directory.path} did not start:\n${reason}`);
}

/** Ends the connections that are left, and waits until the server is gone. */
export async function stopCluster(directory: PostgresDirectory): Promise<void> {
  const { pgCtl } = await findPostgresBinaries(directory.user);
  const args = ['stop', '--wait', '--timeout=60', '--silent', '--mode=fast', `--pgdata=${directory.data}`];
  const { code, output } = await runCommand(pgCtl, args, { user: directory.user, cwd: directory.path });
  if (code !== 0 && (await livePort(directory)) !== undefined) {
    throw new Error(`The embedded Postgres in ${directory.path} did not stop: ${output.trim()}`);
  }
}

/**
 * The port of the server that is running from that directory. A `postmaster.pid` that an unclean stop
 * left behind is removed: its number may meanwhile be another program's, which would keep Postgres from starting.
 */
export async function livePort(directory: PostgresDirectory): Promise<number | undefined> {
  const file = join(directory.data, 'postmaster.pid');
  for (let attempt = 0; attempt < 300; attempt += 1) {
    // its lines: pid, data directory, start time, port, socket directory, address, shared memory, state
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').map((line) => line.trim());
    if (!lines[0]) return undefined;
    if (!(await isServerOf(directory, Math.abs(Number(lines[0]))))) {
      await rm(file, { force: true });
      return undefined;
    }
    if (lines[7] === 'ready') return Number(lines[3]);
    await sleep(100);
  }
  throw new Error(
    `The embedded Postgres in ${directory.path} is neither starting nor stopping; see postgres.log there.`,
  );
}

async function isServerOf(directory: PostgresDirectory, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (platform() === 'win32') return true;
  const proc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  const commandLine = proc ?? (await runCommand('ps', ['-o', 'command=', '-p', String(pid)])).output;
  return commandLine.includes('postgres') && commandLine.includes(directory.data);
}

/** Writes a file beside the data that only the server's user (and root) can read. */
export async function writeOwned(directory: PostgresDirectory, name: string, content: string): Promise<string> {
  const path = join(directory.path, name);
  await writeFile(path, content, { mode: 0o600 });
  if (directory.user) await chown(path, directory.user.uid, directory.user.gid);
  return path;
}

/** That port if it is free, else one that the system picks. */
async function freePort(wanted: number): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
      });
    });
  return wanted > 0 ? attempt(wanted).catch(() => attempt(0)) : attempt(0);
}

async function trimLog(log: string): Promise<void> {
  const size = await stat(log).then(
    (info) => info.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await truncate(log);
}

async function lastLines(log: string): Promise<string> {
  return (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-12).join('\n');
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
