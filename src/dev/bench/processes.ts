/** Processes that the benchmark starts, and the processor time that they have used so far (Linux, proc(5)). */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  /** SIGTERM, and waits for the end. @throws Error when it does not end with 0 */
  stop(): Promise<void>;
}

/** Kernels count processor time for users in hundredths of a second, whatever they use inside (USER_HZ). */
const TICK_MS = 10;
const STOP_MS = 15_000;

/** Starts a program under this runtime. @param args the script and its arguments */
export function startChild(args: readonly string[], options: SpawnOptions): Child {
  const child = spawn(process.execPath, [...args], options);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', reject);
  });
  // whoever waits for the end hears of it; nobody else has to
  ended.catch(() => undefined);
  if (child.pid === undefined) throw new Error(`${args[0]} did not start`);
  return {
    pid: child.pid,
    process: child,
    async stop() {
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.kill('SIGTERM');
      const code = await ended.finally(() => clearTimeout(killer));
      if (code !== 0) throw new Error(`${args[0]} ended with ${code ?? 'a signal'}`);
    },
  };
}

/** What one process, all its threads included, has used, milliseconds; undefined where there is no `/proc`. */
export async function processorMs(pid: number): Promise<number | undefined> {
  const fields = await statFields(pid);
  return fields && ticks(fields, [UTIME, STIME]);
}

/**
 * What a whole server of processes has used, milliseconds: the parent, the children that are alive, and,
 * as the parent's own record says, those that have ended. The children have one thread each, so the scheduler's
 * nanoseconds are all of theirs; hundredths of a second would add up to a visible error over a dozen of them.
 */
export async function familyProcessorMs(parent: number): Promise<number | undefined> {
  const own = await statFields(parent);
  if (!own) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const used = await Promise.all(
    pids.map(async (pid) => {
      const fields = await statFields(pid);
      if (fields?.[PPID] !== String(parent)) return 0;
      return (await scheduledMs(pid)) ?? ticks(fields, [UTIME, STIME]);
    }),
  );
  return used.reduce((sum, each) => sum + each, ticks(own, [UTIME, STIME, CUTIME, CSTIME]));
}

/** The process that started this one; undefined where there is no `/proc`. */
export async function parentOf(pid: number): Promise<number | undefined> {
  const fields = await statFields(pid);
  return fields && Number(fields[PPID]);
}

/** Memory that a process holds in RAM now and at its peak, MiB. */
export async function residentMib(pid: number): Promise<{ now: number; peak: number } | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1]);
  return status === undefined ? undefined : { now: kib('VmRSS') / 1024, peak: kib('VmHWM') / 1024 };
}

/** Places in `/proc/<pid>/stat` behind the program's name, which is the only field that may hold blanks. */
const [PPID, UTIME, STIME, CUTIME, CSTIME] = [1, 11, 12, 13, 14] as const;

async function statFields(pid: number): Promise<readonly string[] | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Time on a processor by the scheduler's count, of the process's first thread; undefined where it keeps none. */
async function scheduledMs(pid: number): Promise<number | undefined> {
  const schedstat = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0');
  return Number.parseInt(schedstat, 10) / 1e6 || undefined;
}

function ticks(fields: readonly string[], places: readonly number[]): number {
  return places.reduce((sum, place) => sum + Number(fields[place]) * TICK_MS, 0);
}
