/** The command line as an operator uses it: a process of its own, with its output and exit code. */
import { exitCodeOf, failureOf } from '#command/failure.ts';
import { parseInvocation } from '#command/table.ts';
import type { Ports } from '#ports/ports.ts';

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

/** The command over the ports of a test, in its process: what would be printed, and the exit code. */
export async function runWithin(
  ports: Ports,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const invocation = parseInvocation(args);
  if (invocation.kind !== 'command') throw new Error(`no command: ${args.join(' ')}`);
  const { command, given } = invocation;
  const isJson = given.flags['json'] === true;
  try {
    const {
      value,
      lines,
      texts,
      exitCode = 0,
    } = await command.run(ports, given, {
      databaseUrl: '',
      environment,
      migrations: '',
    });
    const out = texts ? (await Array.fromAsync(texts)).join('') : isJson ? JSON.stringify(value) : lines.join('\n');
    return { code: exitCode, out, error: '' };
  } catch (error) {
    const failure = failureOf(error, command.name);
    return { code: exitCodeOf(failure), out: '', error: isJson ? JSON.stringify(failure) : failure.message };
  }
}
