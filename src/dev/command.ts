/** Runs one program to its end, as another system user if need be. For development tools only. */
import { spawn } from 'node:child_process';

/** A system user by number; undefined stands for "as whoever runs this process". */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

export interface CommandOptions {
  readonly user?: SystemUser | undefined;
  readonly cwd?: string | undefined;
}

export interface CommandResult {
  /** -1 when the program could not be started. */
  readonly code: number;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
}

/** Never rejects: a program that cannot be started is a result with code -1 and the reason as output. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = '';
    const failed = (error: unknown) =>
      resolve({ code: -1, output: error instanceof Error ? error.message : String(error) });
    try {
      const child = spawn(command, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        cwd: options.cwd,
        env: environment(),
        ...options.user,
      });
      child.on('error', failed);
      child.on('close', (code) => resolve({ code: code ?? -1, output }));
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
      }
    } catch (error) {
      failed(error);
    }
  });
}

/** Ours without the `PG…` variables, which would change what Postgres' programs do; messages in English. */
function environment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(entries), LC_ALL: 'C' };
}
