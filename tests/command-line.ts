/** The command line as an operator uses it: a process of its own, with its output and exit code. */
const ROOT = new URL('..', import.meta.url).pathname;

export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

interface RunningCommand {
  readonly result: Promise<CommandResult>;
  kill(): void;
}

/**
 * @param environment the whole of it, but for the path and the home
 * @param cwd where development keeps its data
 */
export function startCommand(args: readonly string[], environment: Record<string, string>, cwd = ROOT): RunningCommand {
  const child = Bun.spawn([process.execPath, `${ROOT}src/main.ts`, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NO_COLOR: '1', ...environment },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const read = async () => {
    const [out, error] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
    return { code: await child.exited, out, error };
  };
  return { result: read(), kill: () => child.kill('SIGKILL') };
}

export function runCommandLine(args: readonly string[], environment: Record<string, string>): Promise<CommandResult> {
  return startCommand(args, environment).result;
}
