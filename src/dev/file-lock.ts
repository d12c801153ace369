/** A lock between processes: a file that only one of them can create. For development tools only. */
import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const STALE_SECONDS = 120;
const held = new Set<string>();

/**
 * Runs `action` while holding the lock, waiting for whoever has it. A lock whose process is gone, or
 * that is older than two minutes, was left behind and is taken over.
 */
export async function withFileLock<T>(path: string, action: () => Promise<T>): Promise<T> {
  while (!(await take(path))) await sleep(50);
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
    held.delete(path);
  }
}

/** Within this process the set decides, before anything is awaited; the file decides between processes. */
async function take(path: string): Promise<boolean> {
  if (held.has(path)) return false;
  held.add(path);
  const taken = await acquire(path).catch((error: unknown) => {
    held.delete(path);
    throw error;
  });
  if (!taken) held.delete(path);
  return taken;
}

async function acquire(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (await isStale(path)) await rm(path, { force: true });
  return false;
}

async function isStale(path: string): Promise<boolean> {
  const [content, info] = await Promise.all([readFile(path, 'utf8'), stat(path)]).catch(() => []);
  if (content === undefined || info === undefined) return false;
  const ageSeconds = (Date.now() - info.mtimeMs) / 1000;
  const pid = Number(content);
  // an empty file is one whose owner is just writing to it
  if (content === '') return ageSeconds > 5;
  // our own number, though we are still asking: an earlier life of this container
  return pid === process.pid || !isAlive(pid) || ageSeconds > STALE_SECONDS;
}

/** Whether a process with that number exists, no matter whose it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
