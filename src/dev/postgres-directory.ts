/**
 * Where an embedded Postgres keeps its things, and as which system user it runs.
 *
 * Postgres refuses to run as root. Started by root (a container, a CI job) it therefore runs as the
 * owner of the existing cluster, else as `postgres`, else as `nobody`: no user is added to the machine.
 * That user has to be able to reach the directory. Where it can't, because the project lies below a
 * private home, a directory below the system's temporary one stands in, named by a digest of the path.
 */
import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand, type SystemUser } from './command.ts';

export interface PostgresDirectory {
  readonly path: string;
  /** The cluster itself, as initdb makes it. */
  readonly data: string;
  /** The user that the server runs as; undefined for the current one. */
  readonly user: SystemUser | undefined;
}

/**
 * Makes the directory if it is missing, readable by the server's user alone.
 * @throws Error when it can't be made or used; names the directory and the way out
 */
export async function preparePostgresDirectory(directory: string): Promise<PostgresDirectory> {
  const wanted = resolve(directory);
  try {
    if (process.getuid?.() !== 0) return await prepareOwn(wanted);
    return (await prepareFor(wanted)) ?? (await standIn(wanted));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The embedded Postgres cannot keep its data in ${wanted}: ${reason}. ${WAY_OUT}`, { cause });
  }
}

const WAY_OUT = 'Give the directory to the user you are, remove it, or point DATABASE_URL at a Postgres of your own.';

async function prepareOwn(path: string): Promise<PostgresDirectory> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const owner = (await stat(path)).uid;
  if (process.getuid && owner !== process.getuid())
    throw new Error(`it belongs to ${owner === 0 ? 'root' : `user ${owner}`}`);
  await chmod(path, 0o700);
  return { path, data: join(path, 'data'), user: undefined };
}

/** For root: undefined when the server's user can't get there. */
async function prepareFor(path: string): Promise<PostgresDirectory | undefined> {
  await mkdir(path, { recursive: true });
  const data = join(path, 'data');
  const user = (await ownerOf(data)) ?? (await systemUser());
  await chown(path, user.uid, user.gid);
  await chmod(path, 0o700);
  const { code } = await runCommand('/bin/sh', ['-c', 'cd "$0" && test -w .', path], { user, cwd: '/' });
  return code === 0 ? { path, data, user } : undefined;
}

async function standIn(wanted: string): Promise<PostgresDirectory> {
  const key = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `vestibule-postgres-${key}`);
  await mkdir(path, { mode: 0o700 }).catch(() => undefined);
  // the temporary directory is everybody's: what lies there under this name may have been put there
  const [info, user] = await Promise.all([lstat(path), systemUser()]);
  if (!info.isDirectory() || (info.uid !== 0 && info.uid !== user.uid))
    throw new Error(`${path} belongs to somebody else`);
  const prepared = await prepareFor(path);
  if (!prepared) throw new Error(`user ${user.uid} can reach neither it nor ${path}`);
  return prepared;
}

async function ownerOf(data: string): Promise<SystemUser | undefined> {
  const info = await stat(data).catch(() => undefined);
  return info && info.uid !== 0 ? { uid: info.uid, gid: info.gid } : undefined;
}

async function systemUser(): Promise<SystemUser> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([runCommand('id', ['-u', name]), runCommand('id', ['-g', name])]);
    if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new Error('Postgres does not run as root, and there is neither a user postgres nor nobody');
}
